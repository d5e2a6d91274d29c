//! The first stage: imports documents, checks the specs, and runs the generator.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::Instant;

use alicloud_cli::import::{Note, Options, Reason, import};
use alicloud_model::{Diagnostic, Loaded, load_dir};

use crate::state::{Checked, Rejection};
use alicloud_benches::metadata::Document;

/// The prefix of spec paths in messages.
const SHOWN: &str = "specs";

/// Imports and checks documents that may share a product folder, one after the other, because the module name of a
/// second version depends on the existing ones.
pub(crate) fn take_in(documents: &[&Document], specs: &Path, code: &str) -> Vec<Checked> {
    let mut all: Vec<Checked> = documents.iter().map(|document| import_one(document, specs, code)).collect();
    let products: BTreeSet<String> =
        all.iter().filter_map(|one| Some(one.folder.split_once('/')?.0.to_owned())).collect();
    let start = Instant::now();
    let loaded = load_dir(specs, SHOWN, Some(&Vec::from_iter(products)));
    let seconds = start.elapsed().as_secs_f64() / all.len() as f64;
    for (document, checked) in documents.iter().zip(&mut all) {
        checked.check_seconds = seconds;
        check_one(document, &loaded, checked);
    }
    all
}

fn import_one(document: &Document, specs: &Path, code: &str) -> Checked {
    let start = Instant::now();
    let imported = import(document.text.get().as_bytes(), specs, &Options::default());
    let mut checked = Checked { code: code.to_owned(), ..Checked::default() };
    checked.import_seconds = start.elapsed().as_secs_f64();
    let report = match imported {
        Ok(report) => report,
        Err(error) => {
            checked.in_document = document.operations.len();
            checked.rejected_by_import = document
                .operations
                .iter()
                .map(|operation| Rejection {
                    operation: operation.clone(),
                    reason: "the whole document".to_owned(),
                    detail: error.message().to_owned(),
                })
                .collect();
            return checked;
        }
    };
    checked.in_document = report.operations.in_document;
    checked.imported = report.operations.imported;
    let folder = specs.join(&report.folder);
    let mut rejected: BTreeSet<&str> = BTreeSet::new();
    for operation in &document.operations {
        if !folder.join(format!("{operation}.yaml")).is_file() {
            rejected.insert(operation);
        }
    }
    checked.rejected_by_import =
        rejected.iter().map(|operation| rejection(operation, reason_of(operation, &report.notes))).collect();
    let twice = report
        .notes
        .iter()
        .filter(|note| note.reason == Reason::MalformedOperation && !rejected.contains(note.path.as_str()));
    checked.rejected_by_import.extend(twice.map(|note| rejection(&note.path, Some(note))));
    let mut altered: BTreeMap<String, usize> = BTreeMap::new();
    for note in report.notes.iter().filter(|note| !rejected.contains(note.path.split('.').next().unwrap_or_default())) {
        *altered.entry(note.reason.as_str().to_owned()).or_default() += 1;
    }
    checked.altered = altered;
    checked.folder = report.folder;
    checked
}

/// Returns the reason why an operation was rejected: the last note about it.
fn reason_of<'n>(operation: &str, notes: &'n [Note]) -> Option<&'n Note> {
    notes.iter().rev().find(|note| note.path == operation)
}

fn rejection(operation: &str, note: Option<&Note>) -> Rejection {
    let (reason, detail) = note
        .map_or(("unknown", "the import has no note about it"), |note| (note.reason.as_str(), note.detail.as_str()));
    Rejection { operation: operation.to_owned(), reason: reason.to_owned(), detail: detail.to_owned() }
}

fn check_one(document: &Document, loaded: &Loaded, checked: &mut Checked) {
    let Some((product, version)) = checked.folder.split_once('/') else { return };
    let folder = format!("{SHOWN}/{}", checked.folder);
    let in_file = |name: &str| {
        let file = format!("{folder}/{name}");
        loaded.diagnostics.iter().find(move |diagnostic| diagnostic.file == file)
    };
    let about_all = loaded.diagnostics.iter().find(|diagnostic| diagnostic.file == folder);
    let shared = about_all.or_else(|| in_file("service.yaml")).or_else(|| in_file("types.yaml"));
    let service = loaded.services.iter().find(|service| service.feature == product && service.version == version);
    let rejected_by_import: BTreeSet<&str> =
        checked.rejected_by_import.iter().map(|rejection| rejection.operation.as_str()).collect();
    for operation in document.operations.iter().filter(|one| !rejected_by_import.contains(one.as_str())) {
        if service.is_some_and(|service| service.operation(operation).is_some()) {
            checked.checked.push(operation.clone());
            continue;
        }
        let diagnostic = in_file(&format!("{operation}.yaml")).or(shared);
        checked.rejected_by_check.push(Rejection {
            operation: operation.clone(),
            reason: diagnostic.map_or("unknown", |diagnostic| diagnostic.code.as_str()).to_owned(),
            detail: diagnostic.map_or_else(|| "the check says nothing of it".to_owned(), one_line),
        });
    }
    checked.blocked = shared.map(|diagnostic| format!("[{}] {}", diagnostic.code.as_str(), one_line(diagnostic)));
    let Some(service) = service.filter(|_| !checked.checked.is_empty()) else { return };
    let start = Instant::now();
    // Code generation cannot fail by design. A panic would be detected here, and invalid Rust in the second stage.
    let generated = catch_unwind(AssertUnwindSafe(|| alicloud_codegen::service(service)));
    checked.generate_seconds = start.elapsed().as_secs_f64();
    match generated {
        Ok(_) => checked.generated = checked.checked.len(),
        Err(_) => checked.blocked = Some("the generator panics".to_owned()),
    }
}

fn one_line(diagnostic: &Diagnostic) -> String {
    let file = diagnostic.file.rsplit('/').next().unwrap_or_default();
    let expected = diagnostic.expected.as_ref().map(|expected| format!("; expected {expected}")).unwrap_or_default();
    let source = diagnostic.source_line.trim();
    let source = if source.is_empty() { String::new() } else { format!(": {source}") };
    format!("{}{expected} ({file}:{}{source})", diagnostic.message, diagnostic.line)
}

/// Removes earlier imports of these groups.
pub(crate) fn remove_products(specs: &Path, groups: &BTreeSet<&str>) -> Result<(), String> {
    let failed = |path: &Path, error: std::io::Error| format!("cannot remove from `{}`: {error}", path.display());
    for entry in fs::read_dir(specs).map_err(|error| failed(specs, error))? {
        let path = entry.map_err(|error| failed(specs, error))?.path();
        let folder = path.file_name().unwrap_or_default().to_string_lossy().replace('_', "");
        if groups.contains(folder.as_str()) {
            fs::remove_dir_all(&path).map_err(|error| failed(&path, error))?;
        }
    }
    Ok(())
}
