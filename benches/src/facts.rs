//! Facts that current official documents contain and the collected ones lack: tags and sample responses.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::metadata::Document;

/// A product, its version and an operation, in lower case.
type Key = (String, String, String);

/// Tags and sample responses by operation.
#[derive(Debug, Default)]
pub struct Facts {
    tags: HashMap<Key, Tags>,
    samples: HashMap<Key, Sample>,
}

#[derive(Debug, Deserialize)]
struct Tags(String, String, String, Value, Value);

/// The sample responses of an operation.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "the names are self-explanatory")]
pub struct Sample {
    pub product: String,
    pub version: String,
    pub operation: String,
    pub json: Option<String>,
    pub xml: Option<String>,
    /// A sample of a failure.
    pub json_error: Option<String>,
    pub xml_error: Option<String>,
}

impl Facts {
    /// Reads the given files.
    pub fn read(tags: Option<&Path>, samples: Option<&Path>) -> Result<Self, String> {
        let tags: Vec<Tags> = tags.map_or(Ok(Vec::new()), read_lines)?;
        let samples: Vec<Sample> = samples.map_or(Ok(Vec::new()), read_lines)?;
        Ok(Self {
            tags: tags.into_iter().map(|tags| (key(&tags.0, &tags.1, &tags.2), tags)).collect(),
            samples: samples
                .into_iter()
                .map(|sample| (key(&sample.product, &sample.version, &sample.operation), sample))
                .collect(),
        })
    }

    /// Returns the sample responses of an operation.
    pub fn sample(&self, document: &Document, operation: &str) -> Option<&Sample> {
        self.samples.get(&key(&document.product, &document.version, operation))
    }

    /// Writes each document, completed with the facts, to a separate file.
    pub fn write(&self, documents: &[Document], folder: &Path) -> Result<(), String> {
        let failed = |error: std::io::Error| format!("cannot write to `{}`: {error}", folder.display());
        fs::create_dir_all(folder).map_err(failed)?;
        for document in documents {
            let name = format!("{}.json", document.name.replace(' ', "-"));
            fs::write(folder.join(name), self.complete(document).to_string()).map_err(failed)?;
        }
        Ok(())
    }

    /// Returns the document, completed with the facts.
    pub fn complete(&self, document: &Document) -> Value {
        let mut root: Value = serde_json::from_str(document.text.get()).expect("the document was read before");
        let Some(operations) = root.get_mut("apis").and_then(Value::as_object_mut) else { return root };
        for (name, operation) in operations {
            let Some(operation) = operation.as_object_mut() else { continue };
            let key = key(&document.product, &document.version, name);
            if let Some(Tags(_, _, _, stated, tag)) = self.tags.get(&key) {
                if stated.is_string() {
                    operation.entry("operationType").or_insert_with(|| stated.clone());
                }
                if tag.is_string() {
                    operation.entry("systemTags").or_insert_with(|| json!({ "operationType": tag }));
                }
            }
            if let Some(sample) = self.samples.get(&key) {
                let texts: Vec<Value> = [("json", &sample.json), ("xml", &sample.xml)]
                    .into_iter()
                    .filter_map(|(format, text)| Some(json!({ "type": format, "example": text.as_ref()? })))
                    .collect();
                operation.entry("responseDemo").or_insert_with(|| json!(Value::Array(texts).to_string()));
            }
        }
        root
    }
}

fn key(product: &str, version: &str, operation: &str) -> Key {
    (product.to_ascii_lowercase(), version.to_owned(), operation.to_ascii_lowercase())
}

fn read_lines<T: for<'d> Deserialize<'d>>(path: &Path) -> Result<Vec<T>, String> {
    let shown = path.display();
    let text = fs::read_to_string(path).map_err(|error| format!("cannot read `{shown}`: {error}"))?;
    let lines = text.lines().enumerate().map(|(index, line)| {
        serde_json::from_str(line).map_err(|error| format!("line {} of `{shown}`: {error}", index + 1))
    });
    lines.collect()
}
