//! `alicloud import`: converts an official API metadata document to spec files.
//!
//! [`import`] is the command without its command line: it reads a document, updates the folder of its product version,
//! and accounts for every operation and parameter. [`convert`] does not touch the file system.

mod comments;
mod document;
mod effect;
mod endpoints;
mod errors;
mod example;
mod field;
mod imported_files;
mod item_examples;
mod json;
mod merge;
mod naming;
mod operation;
mod options;
mod outcome;
mod output;
mod pagination;
mod parameters;
mod path;
mod product;
mod prose;
mod ram_codes;
mod report;
mod response;
mod retried_codes;
mod rust_names;
mod schema;
mod spec_file;
mod summary;
mod yaml;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use alicloud_model::{Diagnostic, SourceFile, load_sources};
use clap::{Args, ValueEnum};

pub use imported_files::ImportedFiles;
pub use options::Options;
pub use product::Converted;
pub use report::{Note, Reason, Report, Tally};
pub use retried_codes::{codes_with_retries, operations_retried_after};
pub use spec_file::spec_text;

// Shared with the transcription of pages.
pub(crate) use effect::effect_of_name;
pub(crate) use naming::{check_operation_name, product_folder};
pub(crate) use output::write_folder;
pub(crate) use prose::markdown;
pub(crate) use report::shown;
pub(crate) use spec_file::outcome_node;
pub(crate) use summary::generated_summary;
pub(crate) use yaml::Node as YamlNode;

use document::Document;
use merge::Merge;
use report::Scope;
use yaml::Node;

use crate::input::{InputError, read_input};

const AFTER_HELP: &str = "\
Manual additions and changes in the files are kept, and listed with the value in the document; --prefer-document replaces them.
The importer keeps its last output in `.imported`, to detect manual changes: commit this folder. The report accounts for every
operation and parameter of the document, and lists everything that was dropped or changed, with the reason.

Examples:
  alicloud import api-docs.json --out specs
  alicloud import api-docs.json --out specs --operations RunInstances,DescribeInstances
  curl -s https://example.org/api-docs.json | alicloud import - --out specs --format json

Exit codes:
  0  the files are up to date with the document
  1  the files are up to date, but `alicloud check` finds errors in the product
  2  wrong usage, or the document cannot be read; no file was changed";

/// Converts an official API metadata document to spec files, or updates existing ones
#[derive(Args, Clone, Debug)]
#[command(after_help = AFTER_HELP)]
pub struct Arguments {
    /// The metadata document, `api-docs.json`; `-` reads it from the standard input
    document: PathBuf,
    /// The folder of all specs; the files go to `<product>/<version>` below it
    #[arg(long, value_name = "specs-dir")]
    out: PathBuf,
    /// Import only these operations, separated by commas
    #[arg(long, value_delimiter = ',', value_name = "A,B,…")]
    operations: Vec<String>,
    /// Replace manual changes in the files with the values of the document
    #[arg(long)]
    prefer_document: bool,
    /// The format of the report
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// List everything that was dropped or changed, not only a few of each kind
    #[arg(long)]
    verbose: bool,
}

/// The format of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Text for people.
    Text,
    /// JSON for programs, always complete.
    Json,
}

/// The folder in a version's folder with the last output of the importer. A value that differs from it is a manual change.
const WRITTEN: &str = ".imported";

/// Runs the command. The report goes to the standard output. The exit code is 2 if nothing was imported, and 1 if the product
/// has errors after it.
pub fn run(arguments: &Arguments) -> ExitCode {
    let Arguments { operations, prefer_document, .. } = arguments.clone();
    let options = Options { operations, prefer_document };
    let report = read_input(&arguments.document, document::MOST_BYTES)
        .and_then(|bytes| import(&bytes, &arguments.out, &options));
    match report {
        Ok(report) => {
            let text = match arguments.format {
                Format::Text => report.to_text(arguments.verbose),
                Format::Json => report.to_json(),
            };
            // A closed pipe, as with `head`, is not a failure.
            drop(io::stdout().write_all(text.as_bytes()));
            for error in &report.errors {
                drop(writeln!(io::stderr(), "{error}\n"));
            }
            if report.errors.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) }
        }
        Err(error) => {
            drop(writeln!(io::stderr(), "error: {error}"));
            ExitCode::from(2)
        }
    }
}

/// Converts a document to spec files. Ignores existing files.
pub fn convert(bytes: &[u8], options: &Options) -> Result<Converted, InputError> {
    product::convert(&Document::parse(bytes)?, options, None)
}

/// Converts a document to spec files below `specs`, merged with the existing ones. On an error, nothing has changed.
pub fn import(bytes: &[u8], specs: &Path, options: &Options) -> Result<Report, InputError> {
    let document = Document::parse(bytes)?;
    let product_folder = document.product_folder()?;
    let target = Target {
        specs,
        product_folder: &product_folder,
        version: &document.version,
        product: &document.product,
        prefers_document: options.prefer_document,
        writing: Writing::Files,
    };
    target.update(|kept_outcome, _| product::convert(&document, options, kept_outcome))
}

/// Adds some operations of files that were imported before to the spec files below `specs`, like [`import`]: it keeps manual
/// changes, and on an error nothing has changed. Shared types that the operations do not need are left out.
///
/// With [`Writing::Nothing`], the report lists the files that would be written.
pub fn add(
    imported: &ImportedFiles,
    operations: &[String],
    specs: &Path,
    writing: Writing,
) -> Result<Report, InputError> {
    let target = Target {
        specs,
        product_folder: &imported.folder,
        version: &imported.version,
        product: &imported.product,
        prefers_document: false,
        writing,
    };
    target.update(|kept_outcome, existing| imported.select(operations, existing, kept_outcome))
}

/// Whether [`add`] writes files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writing {
    /// They are written.
    Files,
    /// They are only compared with the existing ones.
    Nothing,
}

/// The folder of a product version that gets new spec files.
struct Target<'a> {
    specs: &'a Path,
    product_folder: &'a str,
    version: &'a str,
    product: &'a str,
    prefers_document: bool,
    writing: Writing,
}

impl Target<'_> {
    /// Merges converted spec files with the existing ones. `convert` gets the outcome of the product if it was changed
    /// manually, and the existing files.
    fn update(
        &self,
        convert: impl FnOnce(Option<Option<Node>>, &[Node]) -> Result<Converted, InputError>,
    ) -> Result<Report, InputError> {
        let folder = self.specs.join(self.product_folder).join(self.version);
        let mut existing = read_existing(&folder)?;
        let mut written = read_existing(&folder.join(WRITTEN))?;
        let service = existing.get("service.yaml").map(|(_, service)| service);
        check_owner(self.product, service, &folder)?;
        let before = written.get("service.yaml").map(|(_, before)| before);
        // The outcome of a service is that of its operations. Without a base, an operation was written by hand.
        let has_hand_written = existing
            .keys()
            .any(|name| !matches!(name.as_str(), "service.yaml" | "types.yaml") && !written.contains_key(name));
        let kept_outcome = service.filter(|_| !self.prefers_document).and_then(|service| {
            let own = || service.get("outcome").cloned();
            if has_hand_written { Some(own()) } else { changed_outcome(service, before) }
        });
        let module = service.map(|service| service.get("module").and_then(Node::scalar).map(str::to_owned));
        let nodes: Vec<Node> = existing.values().map(|(_, node)| node.clone()).collect();
        let mut converted = convert(kept_outcome, &nodes)?;
        if let Some(module) = module.unwrap_or_else(|| module_beside_others(self.specs, &converted)) {
            converted.set_module(&module);
        }
        let notes = RefCell::new(Vec::new());
        let mut update = Update::new(Merge { prefers_document: self.prefers_document }, &notes);
        for (name, node) in std::mem::take(&mut converted.nodes) {
            let (base, old) = (written.remove(&name), existing.remove(&name));
            update.add(name, node, base.as_ref(), old);
        }
        for (name, (text, _)) in existing {
            update.keep(name, text, &converted.all_operations);
        }
        let Update { mut files, all, bases, unchanged, .. } = update;
        let mut report = converted.report;
        report.notes.append(&mut notes.into_inner());
        report.errors = product_errors(self.product_folder, self.version, all);
        report.written = files.iter().map(|(name, _)| name.clone()).collect();
        report.unchanged = unchanged;
        files.extend(bases);
        if !files.is_empty() && self.writing == Writing::Files {
            output::write_folder(self.specs, self.product_folder, self.version, &files)?;
        }
        Ok(report)
    }
}

/// Checks that the folder belongs to the product.
fn check_owner(product: &str, service: Option<&Node>, folder: &Path) -> Result<(), InputError> {
    let owner = service.and_then(|service| service.get("product")).and_then(Node::scalar);
    match owner.filter(|owner| *owner != product) {
        None => Ok(()),
        Some(owner) => Err(InputError::new(
            format!("`{}` holds the product `{}`, not `{}`", folder.display(), shown(owner), product),
            "nothing has changed; import into another specs folder",
        )),
    }
}

/// The outcome of a `service.yaml`, if it differs from the importer's last output: a manual change, which is kept.
fn changed_outcome(service: &Node, written: Option<&Node>) -> Option<Option<Node>> {
    let stated = service.get("outcome");
    let is_importers = match (stated, written.map(|written| written.get("outcome"))) {
        (Some(stated), Some(Some(before))) => stated.says_the_same(before),
        (None, Some(None)) => true,
        _ => false,
    };
    (!is_importers).then(|| stated.cloned())
}

/// The files of a version folder during an import.
struct Update<'n> {
    merge: Merge,
    notes: &'n RefCell<Vec<Note>>,
    /// The files that change, each with its new text.
    files: Vec<(String, String)>,
    /// The new outputs of the importer that differ from the last ones.
    bases: Vec<(String, String)>,
    /// All files, each with its text after the import.
    all: Vec<(String, String)>,
    unchanged: usize,
}

impl<'n> Update<'n> {
    fn new(merge: Merge, notes: &'n RefCell<Vec<Note>>) -> Self {
        Self { merge, notes, files: Vec::new(), bases: Vec::new(), all: Vec::new(), unchanged: 0 }
    }

    /// Adds a file of the document; `base` is the importer's last output, `old` the existing file.
    fn add(&mut self, name: String, node: Node, base: Option<&(String, Node)>, old: Option<(String, Node)>) {
        let fresh = node.to_yaml();
        // Without a base, an operation stays one that was written by hand.
        let is_shared = matches!(name.as_str(), "service.yaml" | "types.yaml");
        let is_kept = !is_shared && base.is_none() && old.is_some() && !self.merge.prefers_document;
        if !is_kept && base.is_none_or(|(text, _)| *text != fresh) {
            self.bases.push((format!("{WRITTEN}/{name}"), fresh.clone()));
        }
        let Some((old_text, old)) = old else { return self.change(name, fresh) };
        let scope = Scope::new(self.notes, name.trim_end_matches(".yaml"));
        let merged = self.merge.file(&name, base.map(|(_, base)| base), &old, node, &scope);
        if merged.says_the_same(&old) {
            self.all.push((name, old_text));
            self.unchanged += 1;
        } else {
            let text = self.with_comments(&name, &merged, &old_text);
            self.change(name, text);
        }
    }

    /// Adds an existing file that is not in the document or not selected.
    fn keep(&mut self, name: String, text: String, operations: &[String]) {
        let operation = name.trim_end_matches(".yaml");
        let is_operation = !matches!(name.as_str(), "service.yaml" | "types.yaml");
        if is_operation && !operations.iter().any(|known| known == operation) {
            Scope::new(self.notes, operation).note(Reason::OperationNotInDocument, "its file is kept");
        }
        self.all.push((name, text));
    }

    fn change(&mut self, name: String, text: String) {
        self.all.push((name.clone(), text.clone()));
        self.files.push((name, text));
    }

    /// The text of a merged file, with the comments of the old one.
    fn with_comments(&self, name: &str, merged: &Node, old_text: &str) -> String {
        let fresh = merged.to_yaml();
        let (commented, homeless) = comments::carry_over(old_text, &fresh);
        // A comment must not change the meaning of the file.
        let is_sound = Node::parse(&commented).is_ok_and(|read| read.says_the_same(merged));
        if !is_sound || homeless > 0 {
            let detail = if is_sound { format!("{homeless} lines") } else { "all of them are lost".to_owned() };
            Scope::new(self.notes, name).note(Reason::Comment, detail);
        }
        if is_sound { commented } else { fresh }
    }
}

/// The diagnostics of `check` for the files of a product version after the import.
fn product_errors(product: &str, version: &str, files: Vec<(String, String)>) -> Vec<Diagnostic> {
    let sources: Vec<SourceFile> = files
        .into_iter()
        .map(|(name, text)| SourceFile { path: format!("{product}/{version}/{name}"), text })
        .collect();
    load_sources(&sources).diagnostics
}

/// The existing spec files, each with its text.
fn read_existing(folder: &Path) -> Result<BTreeMap<String, (String, Node)>, InputError> {
    let mut files = BTreeMap::new();
    if !folder.exists() {
        return Ok(files);
    }
    let unreadable = |path: &Path, error: &dyn std::fmt::Display| {
        InputError::new(
            format!("cannot read `{}`: {error}", path.display()),
            "nothing has changed; existing files are merged with the document, so fix the file or remove it",
        )
    };
    let entries = fs::read_dir(folder).map_err(|error| unreadable(folder, &error))?;
    for entry in entries {
        let path = entry.map_err(|error| unreadable(folder, &error))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with('.') || !name.ends_with(".yaml") || path.is_dir() {
            continue;
        }
        let text = fs::read_to_string(&path).map_err(|error| unreadable(&path, &error))?;
        let node = Node::parse(&text).map_err(|error| unreadable(&path, &error))?;
        files.insert(name, (text, node));
    }
    Ok(files)
}

/// The module for another version of a product, if an existing version has the default module name.
fn module_beside_others(specs: &Path, converted: &Converted) -> Option<String> {
    let product = specs.join(&converted.product_folder);
    let others = fs::read_dir(product).ok()?.filter_map(Result::ok).map(|entry| entry.path()).filter(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        !name.starts_with('.') && *name != converted.report.version
    });
    let mut has_folders_name = others
        .filter_map(|path| fs::read_to_string(path.join("service.yaml")).ok())
        .map(|text| Node::parse(&text).map_or(true, |service| service.get("module").is_none()));
    has_folders_name.any(|has| has).then(|| {
        let digits: String =
            converted.report.version.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
        format!("{}_v{}", converted.product_folder, shown(&digits))
    })
}
