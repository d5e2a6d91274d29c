//! Spec files that were imported before, and some of their operations with the shared types that these need.

use std::collections::BTreeSet;

use super::product::Converted;
use super::report::{Report, Tally};
use super::yaml::Node;
use crate::input::InputError;

/// The spec files of one product version, as [`convert`](super::convert) returns them.
#[derive(Clone, Debug)]
pub struct ImportedFiles {
    /// The product's name.
    pub product: String,
    /// The API version.
    pub version: String,
    /// The folder of the product below the specs folder.
    pub folder: String,
    /// The files: the name of each in its version folder, and its text.
    pub files: Vec<(String, String)>,
}

impl ImportedFiles {
    /// Returns the names of the operations.
    pub fn operations(&self) -> impl Iterator<Item = &str> + Clone {
        let names = self.files.iter().filter_map(|(name, _)| name.strip_suffix(".yaml"));
        names.filter(|name| !matches!(*name, "service" | "types"))
    }

    /// The product, these operations, and the shared types that they and the existing files use.
    pub(super) fn select(
        &self,
        operations: &[String],
        existing: &[Node],
        kept_outcome: Option<Option<Node>>,
    ) -> Result<Converted, InputError> {
        let mut service = self.read("service.yaml")?;
        let outcome = service.get("outcome").cloned();
        if let Some(kept) = &kept_outcome {
            set_outcome(&mut service, kept.clone());
        }
        let mut selected = Vec::with_capacity(operations.len());
        for name in operations {
            let file = format!("{name}.yaml");
            let mut operation = self.read(&file)?;
            if let Some(kept) = &kept_outcome {
                let own = own_outcome(operation.get("outcome"), outcome.as_ref(), kept.as_ref());
                set_outcome(&mut operation, own);
            }
            selected.push((file, operation));
        }
        let mut nodes = vec![("service.yaml".to_owned(), service)];
        let mut types = 0;
        if self.files.iter().any(|(name, _)| name == "types.yaml") {
            let all = self.read("types.yaml")?;
            let users: Vec<&Node> = selected.iter().map(|(_, node)| node).chain(existing).collect();
            let reached = reached_types(all.get("types").map(Node::items).unwrap_or_default(), &users);
            types = reached.len();
            if types > 0 {
                nodes.push(("types.yaml".to_owned(), Node::Map(vec![("types".to_owned(), Node::List(reached))])));
            }
        }
        nodes.append(&mut selected);
        let all_operations: Vec<String> = self.operations().map(str::to_owned).collect();
        let in_document = all_operations.len();
        let imported = operations.len();
        let tally = Tally { in_document, imported, not_selected: in_document - imported, ..Tally::default() };
        let report = Report {
            product: self.product.clone(),
            version: self.version.clone(),
            folder: format!("{}/{}", self.folder, self.version),
            operations: tally,
            types,
            ..Report::default()
        };
        Ok(Converted { product_folder: self.folder.clone(), report, nodes, all_operations })
    }

    fn read(&self, name: &str) -> Result<Node, InputError> {
        let failed = |problem: String| {
            InputError::new(
                format!("`{name}` of `{}` {}: {problem}", self.product, self.version),
                "nothing has changed",
            )
        };
        let file = self.files.iter().find(|(known, _)| known == name);
        let (_, text) = file.ok_or_else(|| failed("there is no such file".to_owned()))?;
        Node::parse(text).map_err(|error| failed(error.to_string()))
    }
}

/// The outcome that an operation states in addition to the kept outcome of the product, if the meaning is unchanged.
fn own_outcome(own: Option<&Node>, of_product: Option<&Node>, kept: Option<&Node>) -> Option<Node> {
    let is_none = |node: &&Node| node.scalar() != Some("none");
    let meant = own.or(of_product).filter(is_none);
    match (meant, kept) {
        (Some(meant), Some(kept)) if meant.says_the_same(kept) => None,
        (Some(meant), _) => Some(meant.clone()),
        (None, Some(_)) => Some(Node::text("none")),
        (None, None) => None,
    }
}

/// Sets the key, and leaves the order of the others.
fn set_outcome(of: &mut Node, outcome: Option<Node>) {
    let Node::Map(entries) = of else { return };
    let at = entries.iter().position(|(key, _)| key == "outcome");
    match (at, outcome) {
        (Some(at), Some(outcome)) => {
            if let Some((_, value)) = entries.get_mut(at) {
                *value = outcome;
            }
        }
        (Some(at), None) => drop(entries.remove(at)),
        (None, Some(outcome)) => {
            // Before the response, as the importer writes it.
            let after = ["response", "pagination", "retry", "errors", "examples"];
            let at = entries.iter().position(|(key, _)| after.contains(&key.as_str())).unwrap_or(entries.len());
            entries.insert(at, ("outcome".to_owned(), outcome));
        }
        (None, None) => {}
    }
}

/// The shared types that these files use, and those that these types use, in their order.
fn reached_types(types: &[Node], users: &[&Node]) -> Vec<Node> {
    let name_of = |node: &Node| node.get("name").and_then(Node::scalar).map(str::to_owned).unwrap_or_default();
    let mut waiting = BTreeSet::new();
    users.iter().for_each(|user| used_types(user, &mut waiting));
    let mut reached: BTreeSet<String> = BTreeSet::new();
    while let Some(name) = waiting.pop_first() {
        if let Some(used) = types.iter().find(|node| name_of(node) == name)
            && reached.insert(name)
        {
            used_types(used, &mut waiting);
        }
    }
    types.iter().filter(|node| reached.contains(&name_of(node))).cloned().collect()
}

/// Adds every word of the types that fields have.
fn used_types(node: &Node, words: &mut BTreeSet<String>) {
    for (key, value) in node.entries() {
        match (key.as_str(), value.scalar()) {
            ("type", Some(ty)) => words.extend(ty.split(['<', '>']).map(|word| word.trim().to_owned())),
            ("parameters" | "response" | "fields", None) => {
                used_types(value, words);
                value.items().iter().for_each(|item| used_types(item, words));
            }
            _ => {}
        }
    }
}
