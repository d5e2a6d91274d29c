//! The table at the end: the stage that each operation reached, and the reasons for rejections.

use std::collections::BTreeMap;

use alicloud_benches::table;

use crate::state::{Rejection, State};
use alicloud_benches::metadata::Document;

/// The number of examples for each reason.
const SHOWN: usize = 3;
/// The share of operations that must be compiled for the run to succeed.
const WANTED: f64 = 0.995;

#[derive(Default)]
struct Totals {
    in_documents: usize,
    imported: usize,
    checked: usize,
    generated: usize,
    compiled: usize,
    seconds: [f64; 4],
    largest: f64,
    other_code: usize,
}

/// Rejected operations by stage and reason, each with a few examples.
type Reasons = BTreeMap<(&'static str, String), (usize, Vec<String>)>;

/// Prints the results. Returns whether enough operations were compiled.
pub(crate) fn print(documents: &[Document], state: &State, code: &str) -> bool {
    let mut totals = Totals::default();
    let mut reasons: Reasons = BTreeMap::new();
    let mut altered: BTreeMap<&str, usize> = BTreeMap::new();
    for document in documents {
        let Some(checked) = state.checked(&document.name) else { continue };
        totals.in_documents += checked.in_document;
        totals.imported += checked.imported;
        totals.checked += checked.checked.len();
        totals.generated += checked.generated;
        let seconds = [checked.import_seconds, checked.check_seconds, checked.generate_seconds];
        totals.seconds.iter_mut().zip(seconds).for_each(|(sum, seconds)| *sum += seconds);
        let mut is_other = checked.code != code;
        for (reason, count) in &checked.altered {
            *altered.entry(reason).or_default() += count;
        }
        let mut count = |stage, rejections: &[Rejection]| {
            rejections.iter().for_each(|rejection| add(&mut reasons, stage, &document.name, rejection));
        };
        count("1 import", &checked.rejected_by_import);
        count("2 check", &checked.rejected_by_check);
        if let Some(compiled) = state.compiled(&document.name) {
            totals.compiled += compiled.compiled;
            totals.seconds[3] += compiled.seconds;
            totals.largest = totals.largest.max(compiled.mib);
            is_other |= compiled.code != code;
            count("3 compile", &compiled.failed);
        } else if let Some(why) = &checked.blocked {
            let blocked: Vec<Rejection> = checked
                .checked
                .iter()
                .map(|operation| Rejection {
                    operation: operation.clone(),
                    reason: "shared code".to_owned(),
                    detail: why.clone(),
                })
                .collect();
            count("3 compile", &blocked);
        }
        totals.other_code += usize::from(is_other);
    }
    print_totals(documents.len(), &totals);
    print_reasons(&reasons);
    if !altered.is_empty() {
        println!("\nDropped or altered by the import (`alicloud import --verbose` prints details)\n");
        let rows: Vec<Vec<String>> =
            altered.iter().map(|(reason, count)| vec![(*reason).to_owned(), count.to_string()]).collect();
        table::print(&["reason", "notes"], &rows);
    }
    if totals.other_code > 0 {
        println!(
            "\n{} documents have results of another version of importer, model, generator or runtime; `--fresh` repeats \
             all",
            totals.other_code
        );
    }
    totals.compiled as f64 >= WANTED * totals.in_documents as f64
}

fn print_totals(documents: usize, totals: &Totals) {
    println!();
    let row = |name: String, count: usize, seconds: Option<f64>| {
        let share = 100.0 * count as f64 / totals.in_documents.max(1) as f64;
        vec![
            name,
            count.to_string(),
            // 100 % means all of them.
            format!("{:.2} %", if count < totals.in_documents { share.min(99.99) } else { share }),
            seconds.map_or_else(String::new, |seconds| format!("{seconds:.0}")),
        ]
    };
    let [import, check, generate, compile] = totals.seconds;
    table::print(
        &["", "operations", "share", "seconds"],
        &[
            row(format!("in {documents} documents"), totals.in_documents, None),
            row("imported".to_owned(), totals.imported, Some(import)),
            row("checked".to_owned(), totals.checked, Some(check)),
            row("generated".to_owned(), totals.generated, Some(generate)),
            row("compiled".to_owned(), totals.compiled, Some(compile)),
        ],
    );
    println!("\nSeconds are those of all threads together. The largest compiler took {:.0} MiB.", totals.largest);
}

fn add(reasons: &mut Reasons, stage: &'static str, document: &str, rejection: &Rejection) {
    let kind = format!("[{}] {}", rejection.reason, without_names(&rejection.detail));
    let (count, examples) = reasons.entry((stage, kind)).or_default();
    *count += 1;
    if examples.len() < SHOWN {
        examples.push(format!("{document} {}: {}", rejection.operation, rejection.detail));
    }
}

/// Returns a message without names, so that messages of one kind are counted together.
fn without_names(detail: &str) -> String {
    let message = detail.split(" (").next().unwrap_or(detail);
    let parts = message.split('`').enumerate();
    parts.map(|(index, part)| if index % 2 == 1 { "`…`" } else { part }).collect()
}

fn print_reasons(reasons: &Reasons) {
    let mut stage = "";
    let mut sorted: Vec<_> = reasons.iter().collect();
    sorted.sort_by_key(|((stage, _), (count, _))| (*stage, std::cmp::Reverse(*count)));
    for ((of, reason), (count, examples)) in sorted {
        if *of != stage {
            stage = of;
            println!("\nRejected by {}", stage.trim_start_matches(|one: char| !one.is_alphabetic()));
        }
        println!("\n{count}  {reason}");
        for example in examples {
            println!("    {example}");
        }
    }
}
