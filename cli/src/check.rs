//! `alicloud check`: every mistake in the specs.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use alicloud_model::{Diagnostic, Loaded};
use clap::{Args, ValueEnum};
use serde::Serialize;

use crate::ending::{Ending, Failure};
use crate::output::{self, counted, note, print};
use crate::specs;

/// Checks specs, and tells every mistake with its place
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Arguments {
    /// The folder that holds `<product>/<version>/service.yaml`
    specs_dir: PathBuf,
    /// How the mistakes are told: for people, or as a JSON list
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

The JSON list has an object a mistake: file, line, column and end_column (in characters, from 1), code, message,
expected, help, source_line. What there is none of is null. The count of mistakes goes to standard error.

Exit codes:
  0  the specs have no mistakes
  1  they have
  2  wrong usage, or the folder cannot be read";

pub(crate) fn run(arguments: &Arguments) -> Result<Ending, Failure> {
    let loaded = specs::load(&arguments.specs_dir)?;
    match arguments.format {
        Format::Text => print(&text(&loaded.diagnostics))?,
        Format::Json => print(&json(&loaded.diagnostics)?)?,
    }
    note(&summary(&loaded));
    Ok(if loaded.diagnostics.is_empty() { Ending::Fine } else { Ending::Mistakes })
}

fn text(diagnostics: &[Diagnostic]) -> String {
    diagnostics.iter().map(|diagnostic| format!("{diagnostic}\n\n")).collect()
}

/// A mistake as scripts and editors read it.
#[derive(Serialize)]
struct Mistake<'d> {
    file: &'d str,
    line: usize,
    column: usize,
    /// The first column behind the mistake; `column` itself where it is about the file as a whole.
    end_column: usize,
    code: &'static str,
    message: &'d str,
    expected: Option<&'d str>,
    help: Option<&'d str>,
    source_line: Option<&'d str>,
}

impl<'d> Mistake<'d> {
    fn new(diagnostic: &'d Diagnostic) -> Self {
        Self {
            file: &diagnostic.file,
            line: diagnostic.line,
            column: diagnostic.column,
            end_column: diagnostic.column + characters(diagnostic),
            code: diagnostic.code.as_str(),
            message: &diagnostic.message,
            expected: diagnostic.expected.as_deref(),
            help: diagnostic.help.as_deref(),
            source_line: (diagnostic.width > 0).then_some(diagnostic.source_line.as_str()),
        }
    }
}

/// How many characters the mistake covers; its width is in bytes, and nothing else here is.
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
    let mistakes: Vec<Mistake<'_>> = diagnostics.iter().map(Mistake::new).collect();
    output::json(&mistakes)
}

fn summary(loaded: &Loaded) -> String {
    // An operation with mistakes is none of the loaded ones, and was checked all the same.
    let operations = loaded.files.iter().filter(|file| is_operation(file)).count();
    let operations = counted(operations, "operation");
    // Versions of a product may stand side by side.
    let products: BTreeSet<&str> = loaded.services.iter().map(|service| service.product.as_str()).collect();
    let products = counted(products.len(), "product");
    format!("{operations} of {products}, {}", counted(loaded.diagnostics.len(), "mistake"))
}

fn is_operation(file: &Path) -> bool {
    file.file_stem().is_some_and(|stem| stem != "service" && stem != "types")
}
