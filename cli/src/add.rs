//! `alicloud add`: operations of the catalogue, as spec files in a folder of specs.

mod source;

use std::path::{Path, PathBuf};

use alicloud_cli::import::{self, Report, Writing};
use alicloud_model::{Operation, Service, load_dir};
use clap::Args;
use quote::quote;

pub(crate) use crate::add::source::Source;
use crate::ending::{Ending, Failure};
use crate::output::{counted, note, print};
use crate::{sample_call, sdk};

const AFTER_HELP: &str = "\
The catalogue has the official API metadata of all products. Names can be written in any case, with hyphens or underscores.
`service.yaml` and the shared types that the operations need are added with them. Manual changes in the files are kept, and
listed with the value in the catalogue. Commit the folder `.imported`, by which they are detected. If the command fails, no
file has changed.

Examples:
  alicloud add vpc DescribeVpcs
  alicloud add ecs describe-instances RunInstances --specs my-specs
  alicloud add sts --all
  alicloud add ecs --check                               compares the operations that the specs have
  alicloud add ecs RunInstances --from api-docs.json     takes a newer document instead of the catalogue

Exit codes:
  0  the files are up to date
  1  the specs have errors, or with --check, a file is missing or outdated
  2  wrong usage, an unknown name, or a file cannot be read or written; no file was changed";

/// Adds operations of the catalogue to your specs
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Arguments {
    /// The product, such as `ecs`
    product: String,
    /// The operations, such as `DescribeInstances`; with --check, those that the specs have if none is given
    #[arg(value_name = "OPERATION")]
    operations: Vec<String>,
    /// The API version [default: the one with the most documented operations]
    #[arg(long, value_name = "DATE")]
    version: Option<String>,
    /// Add all operations of the version
    #[arg(long, conflicts_with = "operations")]
    all: bool,
    /// The folder of all specs; the files go to `<product>/<version>` below it
    #[arg(long, value_name = "DIR", default_value = "specs")]
    specs: PathBuf,
    /// Take the operations of this metadata document, `api-docs.json`; `-` reads it from the standard input
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
    /// Change nothing; report the files that are missing or outdated
    #[arg(long)]
    check: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Ending, Failure> {
    let Arguments { product, version, specs, from, check, .. } = arguments;
    let source = match from {
        Some(document) => Source::document(document, product, version.as_deref())?,
        None => Source::catalogue(product, version.as_deref())?,
    };
    let operations = operations(arguments, &source)?;
    let writing = if *check { Writing::Nothing } else { Writing::Files };
    let report = import::add(source.files(), &operations, specs, writing)
        .map_err(|error| Failure::new(error.message()).help(error.help()))?;
    print(&summary(&report, &source, specs, *check))?;
    for error in &report.errors {
        note(&format!("{error}\n"));
    }
    if *check {
        return Ok(if report.written.is_empty() { Ending::Fine } else { Ending::Outdated });
    }
    if let Some(first) = operations.first() {
        print(&how_to_call(specs, &report, first, &operations)?)?;
    }
    Ok(if report.errors.is_empty() { Ending::Fine } else { Ending::SpecErrors })
}

fn operations(arguments: &Arguments, source: &Source) -> Result<Vec<String>, Failure> {
    let files = source.files();
    if arguments.all {
        return Ok(files.operations().map(str::to_owned).collect());
    }
    if !arguments.operations.is_empty() {
        let mut operations: Vec<String> = Vec::with_capacity(arguments.operations.len());
        for name in &arguments.operations {
            let found = source.operation(name)?;
            if !operations.contains(&found) {
                operations.push(found);
            }
        }
        return Ok(operations);
    }
    let folder = arguments.specs.join(&files.folder).join(&files.version);
    if !arguments.check {
        return Err(Failure::new("no operation is given").help(format!(
            "name the operations to add, or use `--all` for all {} of {} {}",
            files.operations().count(),
            files.product,
            files.version
        )));
    }
    let there = |name: &&str| folder.join(format!("{name}.yaml")).is_file();
    let operations: Vec<String> = files.operations().filter(there).map(str::to_owned).collect();
    if operations.is_empty() {
        let message = format!("`{}` has no operation of {} {}", folder.display(), files.product, files.version);
        return Err(Failure::new(message).help("name the operations to compare, or use `--all`"));
    }
    Ok(operations)
}

fn summary(report: &Report, source: &Source, specs: &Path, check: bool) -> String {
    let mut text = format!("{} {}, from {}\n", report.product, report.version, source.described());
    let folder = specs.join(&report.folder);
    for name in &report.written {
        let path = folder.join(name);
        let state = match (check, path.is_file()) {
            (false, _) => "written",
            (true, true) => "outdated",
            (true, false) => "missing",
        };
        text.push_str(&format!("{state}: {}\n", path.display()));
    }
    if report.unchanged > 0 {
        text.push_str(&format!("unchanged: {}\n", counted(report.unchanged, "file")));
    }
    for (reason, count) in report.counts() {
        text.push_str(&format!("\n{count} {reason} [{}]\n", reason.as_str()));
        for note in report.notes.iter().filter(|note| note.reason == reason) {
            text.push_str(&format!("  {}: {}\n", note.path, note.detail));
        }
    }
    text
}

/// Returns the lines that the crate of the specs lacks, and a call of the first operation.
fn how_to_call(specs: &Path, report: &Report, first: &str, all: &[String]) -> Result<String, Failure> {
    let folder = report.folder.split('/').next().unwrap_or_default();
    let loaded = load_dir(specs, "specs", Some(&[folder.to_owned()]));
    let Some(service) = loaded.services.iter().find(|service| service.version == report.version) else {
        return Ok(String::new());
    };
    let mut text = String::new();
    if let Some(lines) = sdk::missing_lines(specs, folder, &features(service, all)) {
        text.push_str(&format!("\n{lines}"));
    }
    if let Some(operation) = service.operation(first) {
        text.push_str(&call(service, operation)?);
    }
    Ok(text)
}

/// The features of the runtime that calls of these operations use.
fn features(service: &Service, operations: &[String]) -> Vec<&'static str> {
    let pages = operations.iter().filter_map(|name| service.operation(name)).any(|one| one.pagination.is_some());
    if pages { vec!["chain", "pagination"] } else { vec!["chain"] }
}

fn call(service: &Service, operation: &Operation) -> Result<String, Failure> {
    let config = sample_call::config(service);
    let call = sample_call::statements(service, operation)?;
    let statements = sample_call::formatted(&quote!(let config = #config; #call))?;
    let mut text = "\nA call in Rust, where the crate says `alicloud_macros::generate!(\"specs\");`:\n\n".to_owned();
    for line in
        format!("use crate::{};\nuse alicloud_runtime::{{Config, DefaultCredentials}};\n\n{statements}", service.module)
            .lines()
    {
        text.push_str(format!("  {line}").trim_end());
        text.push('\n');
    }
    Ok(text)
}
