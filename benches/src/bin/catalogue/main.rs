//! Builds the data of the crate `alicloud-catalogue` from official API metadata, and checks it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a program for one's own machine that measures time, and stops if it cannot go on"
)]

mod block;
mod check;
mod data;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};

use alicloud_benches::facts::Facts;
use alicloud_benches::metadata::{self, Document};
use clap::{Parser, Subcommand};

use crate::block::Block;

const AFTER_HELP: &str = "\
The same input always creates the same data, byte for byte.

Exit codes:
  0  the data was written, or is valid
  1  an operation cannot be imported or loaded; nothing was written
  2  wrong usage, or the files cannot be read or written

Examples:
  xz -dc all-products.jsonl.xz | catalogue build - --tags tags.jsonl --samples samples.jsonl --date 2026-08
  catalogue check";

/// Builds the catalogue's data from API metadata documents, and checks it
#[derive(Parser)]
#[command(name = "catalogue", after_help = AFTER_HELP)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Imports all documents, and replaces the data of the catalogue
    Build(Input),
    /// Loads every operation of the bundled catalogue, and prints counts, sizes and times
    Check,
}

#[derive(clap::Args)]
struct Input {
    /// The documents, one after the other (`.jsonl`, or any `.json`); `-` reads them from the standard input
    documents: PathBuf,
    /// A file with `systemTags` of operations: a list of product, version, operation, operationType and tag per line
    #[arg(long, value_name = "FILE")]
    tags: Option<PathBuf>,
    /// A file with sample responses: an object with product, version, operation, json and xml per line
    #[arg(long, value_name = "FILE")]
    samples: Option<PathBuf>,
    /// The date of the documents, which each block states
    #[arg(long, value_name = "YYYY-MM")]
    date: String,
    /// The folder of the crate `alicloud-catalogue`
    #[arg(long, value_name = "DIR", default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/../catalogue"))]
    out: PathBuf,
}

fn main() -> ExitCode {
    let ended = match Arguments::parse().command {
        Command::Build(input) => build(&input),
        Command::Check => check::check(),
    };
    match ended {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn build(input: &Input) -> Result<bool, String> {
    let facts = Facts::read(input.tags.as_deref(), input.samples.as_deref())?;
    let documents = largest_of_each_version(metadata::read(&input.documents, None)?);
    let (mut blocks, errors) = read_all(&documents, &facts, &input.date);
    if !errors.is_empty() {
        errors.iter().for_each(|error| eprintln!("{error}"));
        eprintln!("{} errors; nothing was written", errors.len());
        return Ok(false);
    }
    blocks.sort_by(|one, other| one.path.cmp(&other.path));
    data::write(&blocks, &input.out)?;
    Ok(true)
}

/// One document for each version of a product. Some versions have two, and one has all operations of the other.
fn largest_of_each_version(documents: Vec<Document>) -> Vec<Document> {
    let mut largest: Vec<Document> = Vec::with_capacity(documents.len());
    for document in documents {
        let is_same = |known: &&mut Document| {
            known.group() == document.group() && known.version.eq_ignore_ascii_case(&document.version)
        };
        match largest.iter_mut().find(is_same) {
            None => largest.push(document),
            Some(known) => {
                let (more, less) = if known.operations.len() < document.operations.len() {
                    (&document, &*known)
                } else {
                    (&*known, &document)
                };
                for operation in less.operations.iter().filter(|name| !more.operations.contains(name)) {
                    eprintln!("{}: `{operation}` is left out, because another document is larger", less.name);
                }
                if more.operations.len() == document.operations.len() {
                    *known = document;
                }
            }
        }
    }
    largest
}

/// Imports and compresses on all processors.
fn read_all(documents: &[Document], facts: &Facts, date: &str) -> (Vec<Block>, Vec<String>) {
    let next = AtomicUsize::new(0);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let work = || {
        let (mut blocks, mut errors) = (Vec::new(), Vec::new());
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(document) = documents.get(index) else { return (blocks, errors) };
            if index.is_multiple_of(50) {
                eprintln!("{index} of {} documents", documents.len());
            }
            match Block::read(document, facts, date) {
                Ok(block) => blocks.push(block),
                Err(error) => errors.push(error),
            }
        }
    };
    std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let (mut blocks, mut errors) = (Vec::new(), Vec::new());
        for thread in running {
            let (some_blocks, some_errors) = thread.join().expect("an importing thread does not panic");
            blocks.extend(some_blocks);
            errors.extend(some_errors);
        }
        errors.sort();
        (blocks, errors)
    })
}
