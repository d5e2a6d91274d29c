//! Reads API metadata documents, and the operations of each.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io::{self, Read as _};
use std::path::Path;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;

/// One API metadata document: a product in one version.
#[derive(Debug)]
pub struct Document {
    /// The product and the version, and a number if it is not their first document.
    pub name: String,
    /// The product's name.
    pub product: String,
    /// The API version.
    pub version: String,
    /// The document itself.
    pub text: Box<RawValue>,
    /// The names of the operations, without duplicates.
    pub operations: Vec<String>,
}

#[derive(Deserialize)]
struct Outline {
    info: Info,
    #[serde(default)]
    apis: Operations,
}

#[derive(Deserialize)]
struct Info {
    product: String,
    version: String,
}

/// Some documents have `[]` instead of an empty object.
#[derive(Deserialize)]
#[serde(untagged)]
enum Operations {
    Some(BTreeMap<String, IgnoredAny>),
    None(#[expect(dead_code, reason = "read to see that it is a list")] Vec<IgnoredAny>),
}

impl Default for Operations {
    fn default() -> Self {
        Self::None(Vec::new())
    }
}

/// Reads concatenated documents; `-` is the standard input. With `sample`, reads only that many of them, spread evenly.
pub fn read(path: &Path, sample: Option<usize>) -> Result<Vec<Document>, String> {
    let mut bytes = Vec::new();
    let read = if path.as_os_str() == "-" {
        io::stdin().read_to_end(&mut bytes)
    } else {
        fs::File::open(path).and_then(|mut file| file.read_to_end(&mut bytes))
    };
    read.map_err(|error| format!("cannot read `{}`: {error}", path.display()))?;
    let mut texts: Vec<Box<RawValue>> = Vec::new();
    for (index, text) in serde_json::Deserializer::from_slice(&bytes).into_iter().enumerate() {
        texts.push(
            text.map_err(|error| format!("document {} of `{}` is not JSON: {error}", index + 1, path.display()))?,
        );
    }
    if texts.is_empty() {
        return Err(format!("`{}` holds no document; is it packed? `xz -dc` unpacks it", path.display()));
    }
    let all = texts.len();
    let wanted = sample.map_or(all, |sample| sample.clamp(1, all));
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut documents = Vec::with_capacity(wanted);
    for (index, text) in texts.into_iter().enumerate() {
        if index * wanted / all == (index + 1) * wanted / all {
            continue;
        }
        let outline: Outline = serde_json::from_str(text.get())
            .map_err(|error| format!("document {} of `{}` is not API metadata: {error}", index + 1, path.display()))?;
        let Info { product, version } = outline.info;
        let operations = match outline.apis {
            Operations::Some(operations) => operations.into_keys().collect(),
            Operations::None(_) => Vec::new(),
        };
        let mut name = format!("{product} {version}");
        let times = seen.entry(name.clone()).or_default();
        *times += 1;
        if *times > 1 {
            name = format!("{name} ({times})");
        }
        documents.push(Document { name, product, version, text, operations });
    }
    Ok(documents)
}

impl Document {
    /// Returns the group of products that may share a folder: their names differ only in case or punctuation.
    pub fn group(&self) -> String {
        self.product.chars().filter(char::is_ascii_alphanumeric).map(|one| one.to_ascii_lowercase()).collect()
    }
}
