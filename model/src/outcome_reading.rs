//! How the body of a response with a good status reports failure: `outcome`, of a product or of an operation.

use crate::diagnostic::Code;
use crate::nearest::nearest;
use crate::operation::field_at;
use crate::reader::{FileReader, Problem};
use crate::service::{Outcome, OutcomeField};
use crate::types::{Field, SharedTypes, Type};
use crate::yaml::{Document, Node, NodeId, Value};

/// What a file says of its outcome.
pub(crate) enum StatedOutcome {
    /// `none`: such a body reports no failure.
    None,
    This(Outcome),
}

/// Reads an `outcome`.
pub(crate) fn read_outcome(reader: &FileReader<'_>, node: &Node) -> Option<StatedOutcome> {
    if reader.document.text(node) == Some("none") {
        return Some(StatedOutcome::None);
    }
    let mut map = reader.mapping(node, "an outcome")?;
    let success = map.get("success").and_then(|node| read_field(reader, node));
    let code = map.get("code").and_then(|node| read_field(reader, node));
    let message = map.text(reader, "message").map(str::to_owned);
    let outcome = Outcome { success, code, message };
    if outcome.decides().is_empty() && !reader.has_problems() {
        reader.report(
            Problem::new(node.id, Code::BadPlacement, "nothing tells success from failure")
                .expected("`success`, or a `code` with `values`")
                .help("for example `code: { field: Code, values: [OK] }`"),
        );
    }
    map.finish(reader);
    Some(StatedOutcome::This(outcome))
}

/// A field's path, or a mapping of it and the values that mean success.
fn read_field(reader: &FileReader<'_>, node: &Node) -> Option<OutcomeField> {
    if !matches!(node.value, Value::Map(_)) {
        let path = reader.text(node, "a response field")?.to_owned();
        return Some(OutcomeField { path, values: Vec::new() });
    }
    let mut map = reader.mapping(node, "a field of an outcome")?;
    let path = map.required_text(reader, "field").map(str::to_owned);
    let mut values = Vec::new();
    for item in map.list(reader, "values", "values that mean success") {
        values.extend(reader.text(item, "a value that means success").map(str::to_owned));
    }
    map.finish(reader);
    Some(OutcomeField { path: path?, values })
}

/// How the outcome that a product states is called in messages.
pub(crate) const PRODUCTS_OUTCOME: &str = "the product's `outcome`";

/// What is wrong if a response lacks a field of an outcome.
pub(crate) fn lacking(whose: &str, key: &str, path: &str) -> String {
    format!("{whose} reads `{path}` (its `{key}`), which this response lacks")
}

/// The node with the path of a field of the outcome in a `service.yaml`.
pub(crate) fn outcome_place(document: &Document<'_>, key: &str) -> Option<NodeId> {
    let value_of = |node: &'_ Node, key: &str| -> Option<NodeId> { entry_of(node, key).map(|node| node.id) };
    let field = entry_of(entry_of(&document.root, "outcome")?, key)?;
    Some(value_of(field, "field").unwrap_or(field.id))
}

fn entry_of<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    let Value::Map(entries) = &node.value else { return None };
    entries.iter().find(|entry| entry.key == key).map(|entry| &entry.value)
}

/// Checks an outcome against a response. Problems are reported at `at`; `whose` is where the outcome is stated.
pub(crate) fn check_outcome(
    reader: &FileReader<'_>,
    outcome: &Outcome,
    whose: &str,
    types: &SharedTypes,
    response: &[Field],
    at: NodeId,
) {
    for (key, path) in outcome.keys() {
        let names: Vec<String> = path.split('.').map(str::to_owned).collect();
        let Some(field) = field_at(types, response, &names) else {
            let message = lacking(whose, key, path);
            let known = || response.iter().map(|field| field.name.as_str());
            let problem = Problem::new(at, Code::UnknownField, message);
            reader.report(match nearest(path, known()) {
                Some(_) => problem.did_you_mean(path, known),
                None => problem.help(format!("add `{path}` to `response`, or give the operation its own `outcome`")),
            });
            continue;
        };
        let fits = match key {
            "success" => matches!(field.ty, Type::Boolean | Type::String | Type::Integer | Type::Long),
            _ => field.ty.is_scalar(),
        };
        if !fits {
            let message = format!("{whose} reads `{path}` as its `{key}`, and it is a `{}`", field.ty.spelling());
            let expected = if key == "success" { "a `Boolean`, a `String` or a number" } else { "a single value" };
            reader.report(Problem::new(at, Code::BadType, message).expected(expected));
        }
    }
}
