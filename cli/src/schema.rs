//! `alicloud schema`: the JSON Schema of the spec format.

use std::fs;
use std::path::PathBuf;

use clap::Args;

use crate::ending::{Ending, Failure};
use crate::output::print;

/// Prints the JSON Schema (draft 2020-12) of spec files, for completion and checks in editors
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

One schema describes all files: the keys of a file decide whether it is an operation, a service.yaml or a types.yaml. Each has
a definition under $defs. Editors with yaml-language-server find it by the first line of a spec:

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
                .help("the folder must exist, and the path must be the path of a file")
        })?,
    }
    Ok(Ending::Fine)
}
