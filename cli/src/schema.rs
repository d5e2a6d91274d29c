//! `alicloud schema`: the spec format, for editors.

use std::fs;
use std::path::PathBuf;

use clap::Args;

use crate::ending::{Ending, Failure};
use crate::output::print;

/// Prints the JSON Schema (draft 2020-12) of spec files, by which editors complete and check
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Arguments {
    /// Write it to this file instead of printing it
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

const AFTER_HELP: &str = "\
Examples:
  alicloud schema
  alicloud schema --out schema/spec.schema.json

One schema serves all files: it tells by its keys whether a file is an operation, a service.yaml or a types.yaml, and
has each of them under $defs. An editor with yaml-language-server finds it through a spec's first line:

  # yaml-language-server: $schema=../../../schema/spec.schema.json

Exit codes:
  0  the schema was printed or written
  2  wrong usage, or the file cannot be written";

pub(crate) fn run(arguments: &Arguments) -> Result<Ending, Failure> {
    let schema = alicloud_model::json_schema();
    match &arguments.out {
        None => print(&schema)?,
        Some(path) => fs::write(path, &schema).map_err(|error| {
            Failure::new(format!("cannot write `{}`: {error}", path.display()))
                .help("its folder must be there already, and the path must be a file's")
        })?,
    }
    Ok(Ending::Fine)
}
