//! The `outcome` of a product or an operation: how the body of a 2xx response reports failure.

use crate::diagnostics::diagnostic::Code;
use crate::nearest::nearest;
use crate::reading::node::{Node, NodeId, Value};
use crate::reading::problem::Problem;
use crate::reading::reader::FileReader;
use crate::reading::yaml::Document;
use crate::spec::field_paths::field_at;
use crate::spec::outcome::{Outcome, OutcomeField};
use crate::spec::types::{Field, SharedTypes, Type};

/// The outcome in a file.
pub(crate) enum StatedOutcome {
    /// `none`: 2xx bodies report no failure.
    None,
    This(Outcome),
}

/// Reads an `outcome`.
pub(crate) fn read_outcome(reader: &FileReader<'_>, node: &Node) -> Option<StatedOutcome> {
    if reader.document.text(node) == Some(Outcome::NONE) {
        return Some(StatedOutcome::None);
    }
    let mut map = reader.mapping(node, "an outcome")?;
    let success = map.get("success").and_then(|node| read_field(reader, node));
    let code = map.get("code").and_then(|node| read_field(reader, node));
    let message = map.text(reader, "message").map(str::to_owned);
    let outcome = Outcome { success, code, message };
    if outcome.decides().is_empty() && !reader.has_problems() {
        reader.report(
            Problem::new(node.id, Code::BadPlacement, "the outcome does not distinguish success from failure")
                .expected("`success`, or a `code` with `values`")
                .help("for example `code: { field: Code, values: [OK] }`"),
        );
    }
    map.finish(reader);
    Some(StatedOutcome::This(outcome))
}

/// Reads the path of a field, or a mapping with the path and the values that mean success.
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

/// How messages refer to the outcome of a product.
pub(crate) const PRODUCTS_OUTCOME: &str = "the product's `outcome`";

/// Returns the message for a response that lacks a field of the outcome.
pub(crate) fn lacking(whose: &str, key: &str, path: &str) -> String {
    format!("{whose} uses `{path}` as its `{key}`, but this response has no such field")
}

/// Returns the node with the path of a field of the outcome.
pub(crate) fn outcome_node(document: &Document<'_>, key: &str) -> Option<NodeId> {
    let value_of = |node: &'_ Node, key: &str| -> Option<NodeId> { entry_of(node, key).map(|node| node.id) };
    let field = entry_of(entry_of(&document.root, "outcome")?, key)?;
    Some(value_of(field, "field").unwrap_or(field.id))
}

fn entry_of<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    let Value::Map(entries) = &node.value else { return None };
    entries.iter().find(|entry| entry.key == key).map(|entry| &entry.value)
}

/// Returns the field at a dotted path.
pub(crate) fn response_field<'f>(types: &'f SharedTypes, response: &'f [Field], path: &str) -> Option<&'f Field> {
    let names: Vec<String> = path.split('.').map(str::to_owned).collect();
    field_at(types, response, &names)
}

/// Returns the path that was most likely meant: corrects the first wrong name in it.
fn nearest_field(types: &SharedTypes, response: &[Field], path: &str) -> Option<String> {
    let mut fields = response;
    let mut right: Vec<&str> = Vec::new();
    let mut names = path.split('.');
    for name in names.by_ref() {
        if let Some(field) = fields.iter().find(|field| field.name == name) {
            fields = types.fields_of(&field.ty)?;
            right.push(name);
            continue;
        }
        right.push(nearest(name, fields.iter().map(|field| field.name.as_str()))?);
        break;
    }
    right.extend(names);
    let meant = right.join(".");
    // If the path is still wrong after the corrected name, there is no suggestion.
    response_field(types, response, &meant).map(|_| meant)
}

/// Checks an outcome against a response. `whose` describes the source of the outcome. Problems are reported at the
/// operation's own outcome, or else at `at`.
pub(crate) fn check_outcome(
    reader: &FileReader<'_>,
    outcome: &Outcome,
    whose: &str,
    types: &SharedTypes,
    response: &[Field],
    at: NodeId,
) {
    for (key, path) in outcome.keys() {
        let at = outcome_node(reader.document, key).unwrap_or(at);
        let Some(field) = response_field(types, response, path) else {
            let message = lacking(whose, key, path);
            let problem = Problem::new(at, Code::UnknownField, message);
            reader.report(match nearest_field(types, response, path) {
                Some(near) => problem.help(format!("did you mean `{near}`?")),
                None if whose == PRODUCTS_OUTCOME => {
                    problem.help(format!("add `{path}` to `response`, or give the operation its own `outcome`"))
                }
                None => problem.help(format!("add `{path}` to `response`, or name another field")),
            });
            continue;
        };
        let fits = match key {
            "success" => matches!(field.ty, Type::Boolean | Type::String | Type::Integer | Type::Long),
            _ => field.ty.is_scalar(),
        };
        if !fits {
            let message = format!("{whose} uses `{path}` as its `{key}`, but it is a `{}`", field.ty.spelling());
            let expected = if key == "success" { "a `Boolean`, a `String` or a number" } else { "a single value" };
            reader.report(Problem::new(at, Code::BadType, message).expected(expected));
        }
    }
}
