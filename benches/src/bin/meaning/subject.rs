//! Operations that should have a property, and the reasons why some do not.

use std::collections::BTreeMap;

use alicloud_benches::table;

use crate::percent;

/// The number of operations that should have a property, and those that do not.
#[derive(Debug, Default)]
pub(crate) struct Subject {
    with: usize,
    /// The operations without it, by reason.
    without: BTreeMap<String, Vec<String>>,
}

impl Subject {
    pub(crate) fn add_with(&mut self) {
        self.with += 1;
    }

    pub(crate) fn add_without(&mut self, reason: String, operation: String) {
        self.without.entry(reason).or_default().push(operation);
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.with += other.with;
        for (reason, operations) in other.without {
            self.without.entry(reason).or_default().extend(operations);
        }
    }

    fn count_without(&self) -> usize {
        self.without.values().map(Vec::len).sum()
    }

    pub(crate) fn percent_without(&self) -> f64 {
        let without = self.count_without();
        without as f64 / (self.with + without).max(1) as f64 * 100.0
    }

    pub(crate) fn print(&self, title: &str, property: &str, most: f64) {
        let without = self.count_without();
        let all = self.with + without;
        println!("{title}: {all}");
        let mut rows = vec![vec![format!("with {property}"), self.with.to_string(), percent(self.with, all)]];
        let mut reasons: Vec<_> = self.without.iter().collect();
        reasons.sort_by_key(|(_, operations)| std::cmp::Reverse(operations.len()));
        rows.extend(reasons.into_iter().map(|(reason, operations)| {
            vec![format!("without: {reason}"), operations.len().to_string(), percent(operations.len(), all)]
        }));
        table::print(&["", "operations", "%"], &rows);
        println!("without {property}: {:.2} % (at most {most} %)\n", self.percent_without());
    }

    pub(crate) fn print_without(&self) {
        for (reason, operations) in &self.without {
            println!("{reason}: {}", operations.len());
            operations.iter().for_each(|operation| println!("  {operation}"));
        }
    }
}
