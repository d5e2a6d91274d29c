//! Operations that are compiled as one program, with their samples.

use std::path::{Path, PathBuf};

use alicloud_benches::facts::{Facts, Sample};
use alicloud_benches::metadata::Document;
use alicloud_benches::scratch::{self, our_dependencies, package_manifest, repository, write};
use alicloud_cli::import::{Note, Options, Reason, convert};
use alicloud_model::{Operation, Service, SourceFile, load_sources};

use crate::expected::{Expected, expected};

/// The program without the list of its operations.
const READER: &str = include_str!("reader.rs");

/// The operations that are compiled as one program.
#[derive(Default)]
pub(crate) struct Batch {
    sources: Vec<SourceFile>,
    entries: Vec<String>,
    pub(crate) cases: Vec<Case>,
}

/// A sample of an operation.
pub(crate) struct Case {
    /// Product, version and operation.
    pub(crate) key: String,
    pub(crate) kind: &'static str,
    pub(crate) text: String,
    pub(crate) expected: Expected,
    /// Whether the root element of the operation was added.
    pub(crate) is_wrapped: bool,
    /// Whether the importer, which shares no code with the decoders, rejects the sample.
    pub(crate) contradicts_document: bool,
}

/// Imports the operations with samples. Each product version is in one batch, with a unique module name.
pub(crate) fn batches(documents: &[Document], facts: &Facts, most: usize) -> Vec<Batch> {
    let mut batches: Vec<Batch> = vec![Batch::default()];
    for (index, document) in documents.iter().enumerate() {
        let with_samples = document.operations.iter().filter(|name| facts.sample(document, name).is_some());
        let operations: Vec<String> = with_samples.cloned().collect();
        if operations.is_empty() {
            continue;
        }
        let root = facts.complete(document);
        let Ok(converted) = convert(root.to_string().as_bytes(), &Options { operations, ..Options::default() }) else {
            eprintln!("{} cannot be imported", document.name);
            continue;
        };
        let (folder, version) = (format!("p{index}"), &converted.report.version);
        let files = converted.files().into_iter();
        let sources: Vec<SourceFile> =
            files.map(|(name, text)| SourceFile { path: format!("{folder}/{version}/{name}"), text }).collect();
        let loaded = load_sources(&sources);
        let Some(service) = loaded.services.first().filter(|service| service.gateway.is_none()) else {
            eprintln!("{} has another signature, and cannot be called", document.name);
            continue;
        };
        if batches
            .last()
            .is_some_and(|batch| batch.operations() > 0 && batch.operations() + service.operations.len() > most)
        {
            batches.push(Batch::default());
        }
        if let Some(batch) = batches.last_mut() {
            let contradicts = |operation: &str, kind: &str| {
                let is_about = |note: &&Note| note.reason == Reason::Example && note.path == operation;
                converted.report.notes.iter().filter(is_about).any(|note| note.detail.starts_with(&format!("{kind}: ")))
            };
            batch.add(service, &sources, |operation| facts.sample(document, &operation.name), contradicts);
        }
    }
    batches
}

impl Batch {
    pub(crate) fn operations(&self) -> usize {
        self.entries.len()
    }

    fn add<'s>(
        &mut self,
        service: &Service,
        sources: &[SourceFile],
        sample_of: impl Fn(&Operation) -> Option<&'s Sample>,
        contradicts: impl Fn(&str, &str) -> bool,
    ) {
        let is_healthy = |source: &&SourceFile| {
            let name = source.path.rsplit('/').next().unwrap_or_default().trim_end_matches(".yaml");
            matches!(name, "service" | "types") || service.operation(name).is_some()
        };
        self.sources.extend(sources.iter().filter(is_healthy).cloned());
        for operation in &service.operations {
            let key = format!("{} {} {}", service.product, service.version, operation.name);
            self.entries.push(format!("entry::<{}::{}Request>({key:?})", service.module, operation.rust_name));
            let Some(sample) = sample_of(operation) else { continue };
            let kinds = [
                ("json", &sample.json),
                ("xml", &sample.xml),
                ("json_error", &sample.json_error),
                ("xml_error", &sample.xml_error),
            ];
            for (kind, text) in kinds {
                let Some(text) = text.as_deref().map(str::trim).filter(|text| !text.is_empty()) else { continue };
                let (text, is_wrapped) = match kind.starts_with("xml") {
                    true => with_root(text, &operation.name),
                    false => (text.to_owned(), false),
                };
                let expected = expected(operation, kind, &text);
                // The body of a failure is not documented, unless the response has outcome fields.
                let is_unknown = kind.ends_with("_error") && operation.outcome.is_none();
                let contradicts_document = is_unknown || contradicts(&operation.name, kind.trim_end_matches("_error"));
                self.cases.push(Case { key: key.clone(), kind, text, expected, is_wrapped, contradicts_document });
            }
        }
    }

    /// Writes the crate.
    pub(crate) fn write(&self, folder: &Path, name: &str) {
        let features: Vec<String> = Vec::new();
        let dependencies = format!(
            "{}serde_json = \"1.0\"\ntokio = {{ version = \"1\", features = [\"macros\", \"rt\", \"time\"] }}\n",
            our_dependencies(&repository())
        );
        scratch::write(&folder.join("Cargo.toml"), &package_manifest(name, &dependencies, &features));
        let list = self.entries.iter().map(|entry| format!("    {entry},\n")).collect::<String>();
        let program = format!(
            "#![allow(deprecated)]\n{READER}\nalicloud_macros::generate!(\"specs\");\n\n\
             static OPERATIONS: &[Entry] = &[\n{list}];\n"
        );
        write(&folder.join("src/main.rs"), &program);
        for source in &self.sources {
            write(&folder.join("specs").join(&source.path), &source.text);
        }
    }

    /// Writes the samples as the program reads them.
    pub(crate) fn write_samples(&self, folder: &Path) -> PathBuf {
        let lines = self.cases.iter().map(|case| format!("{}\n", serde_json::json!([case.key, case.kind, case.text])));
        let path = folder.join("samples.jsonl");
        write(&path, &lines.collect::<String>());
        path
    }
}

/// Returns the sample with the root element of the operation, which most XML samples lack.
fn with_root(text: &str, operation: &str) -> (String, bool) {
    let root = format!("{operation}Response");
    let has_root = text.contains(&format!("<{root}>")) || text.contains(&format!("<{root} "));
    if has_root {
        return (text.to_owned(), false);
    }
    let inside = text.split_once("?>").filter(|(start, _)| start.starts_with("<?xml")).map_or(text, |(_, rest)| rest);
    (format!("<{root}>{inside}</{root}>"), true)
}
