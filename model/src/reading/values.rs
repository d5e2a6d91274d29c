//! Reads and checks single values of a field: its example, its default and its documented values.

use crate::diagnostics::diagnostic::Code;
use crate::reading::node::Node;
use crate::reading::problem::Problem;
use crate::reading::reader::FileReader;
use crate::spec::types::Type;

pub(crate) fn read_values<'n>(reader: &'n FileReader<'_>, nodes: &'n [Node], ty: Option<&Type>) -> Vec<String> {
    let mut values: Vec<String> = Vec::with_capacity(nodes.len());
    for node in nodes {
        let Some(text) = reader.text(node, "a documented value") else { continue };
        // The documented values of a list are values of its items.
        let item = match ty {
            Some(Type::List(item)) => Some(item.as_ref()),
            other => other,
        };
        if let Some(ty) = item {
            check_scalar(reader, node, text, ty, Code::BadLimit, "value");
        }
        if values.iter().any(|known| known == text) {
            reader.report(Problem::new(node.id, Code::DuplicateName, format!("the value `{text}` appears twice")));
            continue;
        }
        values.push(text.to_owned());
    }
    values
}

/// Checks that the example, the default or a documented value of a parameter has the right type.
pub(crate) fn check_scalar(reader: &FileReader<'_>, node: &Node, text: &str, ty: &Type, code: Code, what: &str) {
    if let Err(expected) = ty.check(text) {
        let message = format!("`{text}` is not a valid {what} of type `{}`", ty.spelling());
        reader.report(Problem::new(node.id, code, message).expected(expected));
    }
}
