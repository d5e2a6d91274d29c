//! One product version: its compressed spec files, and its entries in the index.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use alicloud_benches::facts::Facts;
use alicloud_benches::metadata::Document;
use alicloud_cli::import::{Options, convert};
use alicloud_model::{ApiStyle, Effect, Endpoints, Field, SharedTypes, SourceFile, Type, load_sources};
use serde_json::Value;

use crate::data::compress;

/// The maximum length of a sample response. Longer ones are omitted.
const LONGEST_SAMPLE: usize = 20_000;

/// A product version.
pub(crate) struct Block {
    /// The folder of its spec files.
    pub(crate) path: String,
    pub(crate) product: String,
    pub(crate) version: String,
    pub(crate) packed: Vec<u8>,
    /// The length before compression.
    pub(crate) unpacked: usize,
    pub(crate) endpoints: Endpoints,
    pub(crate) operations: Vec<Operation>,
    /// The number of operations that official documents describe.
    pub(crate) documented: usize,
}

/// The index entry of an operation.
pub(crate) struct Operation {
    pub(crate) name: String,
    pub(crate) effect: Option<Effect>,
    pub(crate) deprecated: bool,
    /// The methods and the path of a ROA operation.
    pub(crate) route: Option<(String, String)>,
    pub(crate) errors: BTreeSet<String>,
    /// The names of its parameters and of their members.
    pub(crate) parameters: BTreeSet<String>,
}

impl Block {
    pub(crate) fn read(document: &Document, facts: &Facts, date: &str) -> Result<Self, String> {
        let mut root = facts.complete(document);
        drop_long_samples(&mut root);
        let failed = |error: &dyn std::fmt::Display| format!("{}: {error}", document.name);
        let converted = convert(root.to_string().as_bytes(), &Options::default()).map_err(|error| failed(&error))?;
        let path = converted.report.folder.clone();
        let files = converted.files();
        let sources: Vec<SourceFile> = files
            .iter()
            .map(|(name, text)| SourceFile { path: format!("{path}/{name}"), text: text.clone() })
            .collect();
        let loaded = load_sources(&sources);
        if let Some(diagnostic) = loaded.diagnostics.first() {
            return Err(failed(diagnostic));
        }
        let service = loaded.services.first().ok_or_else(|| failed(&"it has no service"))?;
        for rejected in document.operations.iter().filter(|name| service.operation(name).is_none()) {
            eprintln!("{}: `{rejected}` cannot be imported", document.name);
        }
        let mut operations = Vec::new();
        for (name, text) in &files {
            let name = name.trim_end_matches(".yaml");
            if matches!(name, "service" | "types") {
                continue;
            }
            let operation = service.operation(name).ok_or_else(|| failed(&format!("`{name}` cannot be loaded")))?;
            operations.push(Operation {
                name: name.to_owned(),
                // The model treats an unknown effect as a write.
                effect: text.lines().any(|line| line.starts_with("effect:")).then_some(operation.effect),
                deprecated: text.lines().any(|line| line.starts_with("deprecated:")),
                route: (operation.style == ApiStyle::Roa)
                    .then(|| (operation.method_names().join(","), operation.path.clone())),
                errors: operation.errors.iter().map(|row| row.code.clone()).collect(),
                parameters: parameter_names(operation, &service.types),
            });
        }
        let documented = documented(&root, document.operations.len());
        let source = if documented > 0 { "official API metadata" } else { "definitions in the official SDKs" };
        let text = block_text(source, date, &files);
        Ok(Self {
            path,
            product: converted.report.product.clone(),
            version: converted.report.version.clone(),
            packed: compress(text.as_bytes()).map_err(|error| failed(&error))?,
            unpacked: text.len(),
            endpoints: service.endpoints.clone(),
            operations,
            documented,
        })
    }
}

fn parameter_names(operation: &alicloud_model::Operation, types: &SharedTypes) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut shared = BTreeSet::new();
    for parameter in &operation.parameters {
        add_names(&parameter.field, types, &mut shared, &mut names);
    }
    names
}

/// Shared types may contain themselves.
fn add_names<'t>(
    field: &'t Field,
    types: &'t SharedTypes,
    shared: &mut BTreeSet<&'t str>,
    names: &mut BTreeSet<String>,
) {
    names.insert(field.name.clone());
    let mut ty = &field.ty;
    while let Type::List(item) | Type::Map(item) = ty {
        ty = item;
    }
    if let Type::Shared(name) = ty
        && !shared.insert(&name.name)
    {
        return;
    }
    for member in types.members_of(ty).unwrap_or_default() {
        add_names(member, types, shared, names);
    }
}

/// Returns the number of operations that official documents describe. Collected documents count them by source.
fn documented(root: &Value, all: usize) -> usize {
    let Some(counts) = root.get("x-counts") else { return all };
    let stated = ["apiInfoHasDoc", "docsRaw", "docs", "meta"].iter().filter_map(|key| counts.get(key)?.as_u64());
    stated.max().map_or(0, |most| most as usize)
}

fn drop_long_samples(root: &mut Value) {
    let operations = root.get_mut("apis").and_then(Value::as_object_mut);
    for operation in operations.into_iter().flat_map(|operations| operations.values_mut()) {
        let Some(operation) = operation.as_object_mut() else { continue };
        let demo = operation.get("responseDemo").and_then(Value::as_str);
        let samples = demo.and_then(|demo| serde_json::from_str::<Vec<Value>>(demo).ok()).unwrap_or_default();
        let is_short = |sample: &Value| {
            sample.get("example").and_then(Value::as_str).is_none_or(|text| text.chars().count() <= LONGEST_SAMPLE)
        };
        if !samples.iter().all(is_short) {
            let short: Vec<Value> = samples.into_iter().filter(is_short).collect();
            operation.insert("responseDemo".to_owned(), Value::String(Value::Array(short).to_string()));
        }
    }
}

fn block_text(source: &str, date: &str, files: &[(String, String)]) -> String {
    let mut text = format!("source: {source}\ndate: {date}\n");
    for (name, file) in files {
        writeln!(text, "{name} {}", file.len()).expect("a string takes everything");
    }
    text.push('\n');
    files.iter().for_each(|(_, file)| text.push_str(file));
    text
}
