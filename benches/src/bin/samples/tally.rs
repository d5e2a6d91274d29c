//! The results of the samples.

use std::collections::BTreeMap;

use alicloud_benches::table;

use crate::batch::Batch;
use crate::expected::Expected;

/// The number of decoded samples, and those that were not decoded as expected.
#[derive(Default)]
pub(crate) struct Tally {
    /// By kind: all, decoded as success, decoded as failure with its code, with an added root element.
    counts: BTreeMap<&'static str, [usize; 4]>,
    /// Unusable samples, by reason.
    hopeless: BTreeMap<String, Vec<String>>,
    /// Samples that are not decoded as expected, by reason.
    wrong: BTreeMap<String, Vec<String>>,
    operations: usize,
}

impl Tally {
    pub(crate) fn add(&mut self, batch: &Batch, printed: &str) -> Result<(), String> {
        self.operations += batch.operations();
        let mut lines = printed.lines();
        for case in &batch.cases {
            let line = lines.next().ok_or("the program stopped before the end")?;
            let [key, kind, verdict, detail]: [String; 4] =
                serde_json::from_str(line).map_err(|error| error.to_string())?;
            assert!(key == case.key && kind == case.kind, "{key} {kind}");
            let counts = self.counts.entry(case.kind).or_default();
            counts[0] += 1;
            counts[3] += usize::from(case.is_wrapped);
            let place = format!("{key} ({kind})");
            match (&case.expected, verdict.as_str()) {
                (Expected::Ok, "ok") => counts[1] += 1,
                (Expected::Failure(code), "failure") if code.trim() == detail.trim() => counts[2] += 1,
                (Expected::Nothing(why), _) => self.hopeless.entry((*why).to_owned()).or_default().push(place),
                (_, "unreadable") if detail.contains("***") => {
                    self.hopeless.entry("a number is cut with stars".to_owned()).or_default().push(place);
                }
                (_, "unreadable") if case.contradicts_document => {
                    let reason = "a value is not of the documented type".to_owned();
                    self.hopeless.entry(reason).or_default().push(format!("{place}: {detail}"));
                }
                (_, "unreadable") => {
                    let reason = without_names(&detail);
                    self.wrong.entry(reason).or_default().push(format!("{place}: {detail}"));
                }
                (expected, verdict) => {
                    let reason = format!("read as {verdict}, and it is {}", name(expected));
                    self.wrong.entry(reason).or_default().push(format!("{place}: {expected:?}, {detail}"));
                }
            }
        }
        Ok(())
    }

    /// Prints the results. Returns whether every usable sample is decoded as expected.
    pub(crate) fn print(&self, verbose: bool) -> bool {
        println!("{} operations\n", self.operations);
        let rows: Vec<Vec<String>> = self
            .counts
            .iter()
            .map(|(kind, counts)| {
                std::iter::once((*kind).to_owned()).chain(counts.iter().map(usize::to_string)).collect()
            })
            .collect();
        table::print(&["", "samples", "read as success", "read as failure", "given a root"], &rows);
        for (title, reasons) in [("Unusable", &self.hopeless), ("Not decoded as expected", &self.wrong)] {
            println!("\n{title}: {}", reasons.values().map(Vec::len).sum::<usize>());
            let mut sorted: Vec<_> = reasons.iter().collect();
            sorted.sort_by_key(|(_, samples)| std::cmp::Reverse(samples.len()));
            for (reason, samples) in sorted {
                println!("{:>6}  {reason}", samples.len());
                let shown = if verbose { samples.len() } else { 2 };
                samples.iter().take(shown).for_each(|sample| println!("          {sample}"));
            }
        }
        self.wrong.is_empty()
    }
}

fn name(expected: &Expected) -> &'static str {
    match expected {
        Expected::Ok => "a success",
        Expected::Failure(_) => "a failure",
        Expected::Nothing(_) => "nothing",
    }
}

/// Returns a reason without names and locations.
fn without_names(detail: &str) -> String {
    let text = detail.split(" at line ").next().unwrap_or(detail);
    text.split('`').enumerate().map(|(index, part)| if index % 2 == 0 { part } else { "…" }).collect()
}
