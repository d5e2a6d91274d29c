//! Decodes the official sample responses with the generated types of imported operations.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a program for one's own machine that cannot go on says so and stops"
)]

mod batch;
mod expected;
mod tally;

/// The program of a batch is generated, but a change of the runtime that breaks it is an error here.
#[cfg(test)]
#[allow(dead_code, unreachable_pub, reason = "only the compiler reads it")]
mod reader {
    include!("reader.rs");

    static OPERATIONS: &[Entry] = &[];
}

use std::path::PathBuf;
use std::process::{Command, ExitCode};

use alicloud_benches::facts::Facts;
use alicloud_benches::metadata;
use alicloud_benches::scratch;
use clap::Parser;

use crate::batch::{Batch, batches};
use crate::tally::Tally;

const AFTER_HELP: &str = "\
Imports, generates and compiles the operations with samples, and decodes each sample as a response with status 200. An
XML sample without the root element of the operation gets one.

Exit codes:
  0  every usable sample is decoded as expected
  1  some are not
  2  wrong usage, the files cannot be read, or something does not compile

Example:
  samples all-products.jsonl --samples samples.jsonl --tags system-tags.jsonl";

/// Decodes official sample responses with the generated types
#[derive(Parser)]
#[command(name = "samples", after_help = AFTER_HELP)]
struct Arguments {
    /// The documents, one after the other (`.jsonl`, or any `.json`); `-` reads them from the standard input
    documents: PathBuf,
    /// The sample responses: an object with product, version, operation, json, xml, json_error and xml_error per line
    #[arg(long, value_name = "FILE")]
    samples: PathBuf,
    /// A file with `systemTags` of operations: a list of product, version, operation, operationType and tag per line
    #[arg(long, value_name = "FILE")]
    tags: Option<PathBuf>,
    /// The number of operations per program
    #[arg(long, value_name = "OPERATIONS", default_value_t = 1500)]
    batch: usize,
    /// Only this many documents, spread evenly
    #[arg(long, value_name = "N")]
    sample: Option<usize>,
    /// Lists the samples that are not decoded as expected
    #[arg(long)]
    verbose: bool,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &Arguments) -> Result<bool, String> {
    let facts = Facts::read(arguments.tags.as_deref(), Some(&arguments.samples))?;
    let documents = metadata::read(&arguments.documents, arguments.sample)?;
    let batches = batches(&documents, &facts, arguments.batch);
    let workspace = scratch::workspace("samples");
    let names: Vec<String> = (0..batches.len()).map(|index| format!("batch{index}")).collect();
    scratch::write_workspace(&workspace, &names);
    let mut tally = Tally::default();
    for (batch, name) in batches.iter().zip(&names) {
        batch.write(&workspace.join(name), name);
    }
    for (batch, name) in batches.iter().zip(&names) {
        eprintln!("{name} of {}: {} operations", names.len(), batch.operations());
        let printed = read(batch, &workspace, name)?;
        tally.add(batch, &printed)?;
    }
    Ok(tally.print(arguments.verbose))
}

/// Compiles and runs the program of a batch.
fn read(batch: &Batch, workspace: &std::path::Path, name: &str) -> Result<String, String> {
    let samples = batch.write_samples(&workspace.join(name));
    let output = Command::new("cargo")
        .args(["run", "--quiet", "--package", name, "--"])
        .arg(samples)
        .current_dir(workspace)
        .output()
        .map_err(|error| format!("cargo cannot be run: {error}"))?;
    if !output.status.success() {
        return Err(format!("`{name}` fails: {}", String::from_utf8_lossy(&output.stderr)));
    }
    String::from_utf8(output.stdout).map_err(|error| error.to_string())
}
