//! The rows of an error code in the specs of the catalogue.

use std::collections::{BTreeMap, BTreeSet};

use alicloud_catalogue::{Catalogue, Operation, Product, ProductVersion};
use serde::Deserialize;

use crate::catalogue::failure;
use crate::ending::Failure;
use crate::output::counted;

/// The maximum number of operations to name for a version.
const NAMED: usize = 3;

/// The rows of a code in the specs of all operations.
#[derive(Default)]
pub(super) struct Documented {
    versions: Vec<InVersion>,
    /// The number of operations by status and message.
    messages: BTreeMap<(u16, String), usize>,
}

/// The operations of one version that document the code.
pub(super) struct InVersion {
    folder: String,
    operations: Vec<String>,
}

/// A number of operations.
pub(super) struct Seen<T> {
    pub(super) of: T,
    pub(super) operations: usize,
}

/// The part of a spec that is read here.
#[derive(Deserialize)]
struct Part {
    #[serde(default)]
    errors: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    status: u16,
    code: String,
    #[serde(default)]
    message: String,
}

impl Documented {
    pub(super) fn read(catalogue: &Catalogue, code: &str, within: Option<&Product>) -> Result<Self, Failure> {
        let mut documented = Self::default();
        let is_within = |version: &ProductVersion| {
            let has = |product: &Product| product.versions().iter().any(|one| one.folder() == version.folder());
            within.is_none_or(has)
        };
        let operations = catalogue.operations_with_error(code).map_err(failure)?;
        let operations: Vec<Operation<'_>> =
            operations.into_iter().filter(|operation| is_within(operation.version)).collect();
        for in_version in operations.chunk_by(|one, other| one.version.folder() == other.version.folder()) {
            let Some(version) = in_version.first().map(|operation| operation.version) else { continue };
            let files = catalogue.spec_files(version).map_err(failure)?;
            for operation in in_version {
                let Some(own) = files.operation(operation.name).and_then(errors) else { continue };
                let rows: BTreeSet<(u16, String)> = own
                    .errors
                    .into_iter()
                    .filter(|row| row.code == code)
                    .map(|row| (row.status, row.message))
                    .collect();
                for row in rows {
                    *documented.messages.entry(row).or_default() += 1;
                }
            }
            documented.versions.push(InVersion {
                folder: version.folder().to_owned(),
                operations: in_version.iter().map(|operation| operation.name.to_owned()).collect(),
            });
        }
        Ok(documented)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.versions.is_empty()
    }

    pub(super) fn operation_count(&self) -> usize {
        self.versions.iter().map(|version| version.operations.len()).sum()
    }

    pub(super) fn product_count(&self) -> usize {
        let products: BTreeSet<&str> =
            self.versions.iter().filter_map(|version| version.folder.split('/').next()).collect();
        products.len()
    }

    /// The versions, those with the most operations first.
    pub(super) fn versions(&self) -> Vec<&InVersion> {
        let mut versions: Vec<&InVersion> = self.versions.iter().collect();
        versions.sort_by_key(|version| std::cmp::Reverse(version.operations.len()));
        versions
    }

    /// The statuses with their messages, the most frequent first.
    pub(super) fn messages(&self) -> Vec<Seen<&(u16, String)>> {
        let mut messages: Vec<Seen<&(u16, String)>> =
            self.messages.iter().map(|(of, operations)| Seen { of, operations: *operations }).collect();
        messages.sort_by_key(|seen| std::cmp::Reverse(seen.operations));
        messages
    }

    pub(super) fn statuses(&self) -> BTreeSet<u16> {
        self.messages.keys().map(|(status, _)| *status).collect()
    }
}

impl InVersion {
    /// `ecs 2014-05-26`.
    pub(super) fn name(&self) -> String {
        self.folder.replacen('/', " ", 1)
    }

    pub(super) fn words(&self) -> String {
        let named: Vec<&str> = self.operations.iter().take(NAMED).map(String::as_str).collect();
        let more = if self.operations.len() > named.len() { ", …" } else { "" };
        format!("{}: {}{more}", counted(self.operations.len(), "operation"), named.join(", "))
    }
}

/// Reads only the part `errors` of a spec, a tenth of it, because parsing YAML takes most of the time.
fn errors(text: &str) -> Option<Part> {
    let Some((_, after)) = text.split_once("\nerrors:\n") else { return Some(Part { errors: Vec::new() }) };
    let is_other = |line: &&str| line.starts_with(|one: char| one.is_ascii_alphabetic());
    let rows: String = after.lines().take_while(|line| !is_other(line)).map(|line| format!("{line}\n")).collect();
    serde_yaml::from_str(&format!("errors:\n{rows}")).ok()
}
