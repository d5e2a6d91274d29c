//! `alicloud check`: shows every error in the specs.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use alicloud_model::{Diagnostic, Loaded, find_warnings};
use clap::{Args, ValueEnum};
use serde::Serialize;

use crate::ending::{Ending, Failure};
use crate::output::{self, counted, note, print};
use crate::specs;

/// Checks specs and shows every error with its location
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Arguments {
    /// The folder with `<product>/<version>/service.yaml`
    specs_dir: PathBuf,
    /// The output format
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
}

const AFTER_HELP: &str = "\
Examples:
  alicloud check specs
  alicloud check specs --format json | jq -r '.[] | \"\\(.file):\\(.line):\\(.column): \\(.message)\"'

The JSON list has an object for each error and warning: file, line, column and end_column (in characters, from 1), code,
level (`error` or `warning`), message, expected, help, source_line. Absent values are null. The counts go to standard
error.

Exit codes:
  0  the specs have no errors; they may have warnings
  1  they have errors
  2  wrong usage, or the folder cannot be read";

pub(crate) fn run(arguments: &Arguments) -> Result<Ending, Failure> {
    let loaded = specs::load(&arguments.specs_dir)?;
    let mut found = loaded.diagnostics.clone();
    let warnings = find_warnings(&loaded.files);
    found.extend(warnings.iter().cloned());
    found.sort_by(|one, other| (&one.file, one.line, one.column).cmp(&(&other.file, other.line, other.column)));
    match arguments.format {
        Format::Text => print(&text(&found))?,
        Format::Json => print(&json(&found)?)?,
    }
    note(&summary(&loaded, warnings.len()));
    Ok(if loaded.diagnostics.is_empty() { Ending::Fine } else { Ending::SpecErrors })
}

fn text(diagnostics: &[Diagnostic]) -> String {
    diagnostics.iter().map(|diagnostic| format!("{diagnostic}\n\n")).collect()
}

/// A diagnostic in the JSON output, for scripts and editors.
#[derive(Serialize)]
struct DiagnosticEntry<'d> {
    file: &'d str,
    line: usize,
    column: usize,
    /// The first column after the error; the same as `column` if the error concerns the whole file.
    end_column: usize,
    code: &'static str,
    /// `error` or `warning`.
    level: &'static str,
    message: &'d str,
    expected: Option<&'d str>,
    help: Option<&'d str>,
    source_line: Option<&'d str>,
}

impl<'d> DiagnosticEntry<'d> {
    fn new(diagnostic: &'d Diagnostic) -> Self {
        Self {
            file: &diagnostic.file,
            line: diagnostic.line,
            column: diagnostic.column,
            end_column: diagnostic.column + characters(diagnostic),
            code: diagnostic.code.as_str(),
            level: if diagnostic.code.is_warning() { "warning" } else { "error" },
            message: &diagnostic.message,
            expected: diagnostic.expected.as_deref(),
            help: diagnostic.help.as_deref(),
            source_line: (diagnostic.width > 0).then_some(diagnostic.source_line.as_str()),
        }
    }
}

/// The number of characters that the error covers. Only its width is in bytes.
fn characters(diagnostic: &Diagnostic) -> usize {
    let from = diagnostic.source_line.char_indices().skip(diagnostic.column.saturating_sub(1));
    let mut left = diagnostic.width;
    from.take_while(|(_, one)| {
        let is_covered = left > 0;
        left = left.saturating_sub(one.len_utf8());
        is_covered
    })
    .count()
}

fn json(diagnostics: &[Diagnostic]) -> Result<String, Failure> {
    let entries: Vec<DiagnosticEntry<'_>> = diagnostics.iter().map(DiagnosticEntry::new).collect();
    output::json(&entries)
}

fn summary(loaded: &Loaded, warnings: usize) -> String {
    // An operation with errors is not loaded, but was checked.
    let operations = loaded.files.iter().filter(|file| is_operation(file)).count();
    let operations = counted(operations, "operation");
    // A product can have several versions.
    let products: BTreeSet<&str> = loaded.services.iter().map(|service| service.product.as_str()).collect();
    let products = counted(products.len(), "product");
    let errors = counted(loaded.diagnostics.len(), "error");
    let warnings = if warnings == 0 { String::new() } else { format!(", {}", counted(warnings, "warning")) };
    format!("{operations} of {products}, {errors}{warnings}")
}

fn is_operation(file: &Path) -> bool {
    // Also a misspelled name, which is reported: `Service.yml`.
    let is_shared = |stem: &std::ffi::OsStr| ["service", "types"].iter().any(|known| stem.eq_ignore_ascii_case(known));
    file.file_stem().is_some_and(|stem| !is_shared(stem))
}
