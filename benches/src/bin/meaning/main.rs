//! Counts the properties that an import infers from official metadata: effects, outcomes, pagination and secrets.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a program for one's own machine that cannot go on says so and stops"
)]

mod count;
mod subject;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};

use alicloud_benches::facts::Facts;
use alicloud_benches::metadata::{self, Document};
use alicloud_benches::table;
use clap::Parser;

use crate::count::{Counts, count};

/// The largest share of operations with outcome fields that may be without an outcome, in percent.
const WITHOUT_OUTCOME: f64 = 3.0;

/// The largest share of listing operations with page parameters that may be without pagination, in percent.
const WITHOUT_PAGINATION: f64 = 5.0;

const AFTER_HELP: &str = "\
Without --tags and --samples, an import only uses the documents.

Exit codes:
  0  at most 3 % of the operations with outcome fields have no outcome, and at most 5 % of the listing operations with
     page parameters have no pagination
  1  there are more
  2  wrong usage, or the files cannot be read

Examples:
  xz -dc all-products.jsonl.xz | meaning - --tags system-tags.jsonl --samples samples.jsonl
  meaning all-products.jsonl --without outcome
  meaning all-products.jsonl --samples samples.jsonl --write documents";

/// Counts the properties that an import infers from API metadata documents
#[derive(Parser)]
#[command(name = "meaning", after_help = AFTER_HELP)]
struct Arguments {
    /// The documents, one after the other (`.jsonl`, or any `.json`); `-` reads them from the standard input
    documents: PathBuf,
    /// A file with `systemTags` of operations: a list of product, version, operation, operationType and tag per line
    #[arg(long, value_name = "FILE")]
    tags: Option<PathBuf>,
    /// A file with sample responses: an object with product, version, operation, json and xml per line
    #[arg(long, value_name = "FILE")]
    samples: Option<PathBuf>,
    /// Only this many documents, spread evenly
    #[arg(long, value_name = "N")]
    sample: Option<usize>,
    /// Lists the operations that lack an `outcome` or `pagination`, each with its reason, and the fields named like a
    /// secret that are not sensitive (`sensitive`)
    #[arg(long, value_name = "KEY", value_parser = ["outcome", "pagination", "sensitive"])]
    without: Option<String>,
    /// Writes each document, completed with tags and sample responses, to a file that `alicloud import` reads
    #[arg(long, value_name = "DIR")]
    write: Option<PathBuf>,
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
    let facts = Facts::read(arguments.tags.as_deref(), arguments.samples.as_deref())?;
    let documents = metadata::read(&arguments.documents, arguments.sample)?;
    if let Some(folder) = &arguments.write {
        return facts.write(&documents, folder).map(|()| true);
    }
    let counts = count_all(&documents, &facts);
    match arguments.without.as_deref() {
        Some("outcome") => counts.outcome.print_without(),
        Some("pagination") => counts.pagination.print_without(),
        Some(_) => print_names("Texts named like a secret that are not sensitive", &counts.not_sensitive, usize::MAX),
        None => print_tables(&counts),
    }
    let few = |subject: &subject::Subject, most: f64| subject.percent_without() <= most;
    Ok(few(&counts.outcome, WITHOUT_OUTCOME) && few(&counts.pagination, WITHOUT_PAGINATION))
}

/// Counts on all processors.
fn count_all(documents: &[Document], facts: &Facts) -> Counts {
    let next = AtomicUsize::new(0);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let work = || {
        let mut counts = Counts::default();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(document) = documents.get(index) else { return counts };
            if index.is_multiple_of(50) {
                eprintln!("{index} of {} documents", documents.len());
            }
            count(document, facts, &mut counts);
        }
    };
    std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let mut all = Counts::default();
        for thread in running {
            all.add(thread.join().expect("a counting thread does not panic"));
        }
        all
    })
}

fn print_tables(counts: &Counts) {
    println!("{} operations imported, {} rejected\n", counts.imported, counts.rejected);
    println!("Effect");
    let rows: Vec<Vec<String>> = counts
        .effects
        .iter()
        .map(|(effect, count)| vec![effect.clone(), count.to_string(), percent(*count, counts.imported)])
        .collect();
    table::print(&["", "operations", "%"], &rows);
    println!("Tags disbelieved: {}\n", counts.tags_disbelieved);
    counts.outcome.print("Operations with outcome fields", "an outcome", WITHOUT_OUTCOME);
    counts.pagination.print("Listing operations with page parameters", "pagination", WITHOUT_PAGINATION);
    println!("Pagination by kind");
    let rows: Vec<Vec<String>> =
        counts.kinds.iter().map(|(kind, count)| vec![kind.clone(), count.to_string()]).collect();
    table::print(&["", "operations"], &rows);
    println!();
    print_names("Sensitive fields by name", &counts.sensitive, 40);
    print_names("Texts named like a secret that are not sensitive", &counts.not_sensitive, 20);
}

fn print_names(title: &str, names: &std::collections::BTreeMap<String, usize>, most: usize) {
    let mut sorted: Vec<(&String, &usize)> = names.iter().collect();
    sorted.sort_by_key(|(name, count)| (std::cmp::Reverse(**count), name.as_str()));
    println!("{title}: {} of {} names", names.values().sum::<usize>(), names.len());
    let rows: Vec<Vec<String>> =
        sorted.iter().take(most).map(|(name, count)| vec![(*name).clone(), count.to_string()]).collect();
    table::print(&["", "fields"], &rows);
    if let Some(more) = sorted.len().checked_sub(most).filter(|more| *more > 0) {
        println!("and {more} more names");
    }
    println!();
}

fn percent(part: usize, whole: usize) -> String {
    format!("{:.1}", part as f64 / whole.max(1) as f64 * 100.0)
}
