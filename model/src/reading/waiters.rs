//! Reads waiters: conditions for which an operation is polled.

use crate::diagnostics::diagnostic::Code;
use crate::naming;
use crate::reading::node::Node;
use crate::reading::problem::Problem;
use crate::reading::reader::{FileReader, Mapping};
use crate::spec::operation::Operation;
use crate::spec::types::{Field, SharedTypes, Type};
use crate::spec::waiters::{Waiter, WaitsFor};

/// Reads the waiters of an operation. The other parts of the operation must already be read.
pub(crate) fn read_waiters(
    reader: &FileReader<'_>,
    nodes: &[Node],
    types: &SharedTypes,
    operation: &Operation,
) -> Vec<Waiter> {
    let mut waiters: Vec<Waiter> = Vec::with_capacity(nodes.len());
    for node in nodes {
        let Some(mut map) = reader.mapping(node, "a waiter") else { continue };
        let name_node = map.required("name");
        let name = name_node.and_then(|node| read_name(reader, node));
        let waits_for = read_condition(reader, &mut map, types, operation);
        let limits = read_limits(reader, &mut map);
        map.finish(reader);
        if let (Some(node), Some(name)) = (name_node, &name)
            && waiters.iter().any(|known| known.name == *name)
        {
            reader.report(Problem::new(node.id, Code::DuplicateName, format!("the waiter `{name}` appears twice")));
        }
        if let (Some(name), Some(waits_for), Some((every, at_most))) = (name, waits_for, limits) {
            waiters.push(Waiter { name, waits_for, every, at_most });
        }
    }
    waiters
}

fn read_name(reader: &FileReader<'_>, node: &Node) -> Option<String> {
    let name = reader.text(node, "the waiter's name")?;
    if naming::is_snake(name) {
        return Some(name.to_owned());
    }
    reader.report(
        Problem::new(node.id, Code::BadName, format!("`{name}` is not a valid name for a waiter"))
            .expected("lower-case letters, digits and `_`, such as `instance_running`"),
    );
    None
}

fn read_condition<'n>(
    reader: &'n FileReader<'_>,
    map: &mut Mapping<'n>,
    types: &SharedTypes,
    operation: &Operation,
) -> Option<WaitsFor> {
    let keys = ["field", "until", "fails", "codes"];
    let [field, until, fails, codes] = keys.map(|key| map.get(key));
    if field.or(until).or(fails).is_some() == codes.is_some() {
        let problem = Problem::new(map.id, Code::BadWaiter, "a waiter has exactly one condition");
        reader.report(problem.expected("either `field` with `until`, or `codes`"));
        return None;
    }
    if let Some(node) = codes {
        return Some(WaitsFor::Error { codes: read_codes(reader, node, operation) });
    }
    let field = map.required("field").and_then(|node| read_field(reader, node, types, operation));
    let found = field.as_ref().map(|(_, found)| *found);
    let values = map.required("until").map(|node| read_values(reader, node, found));
    let failing = fails.map(|node| read_values(reader, node, found)).unwrap_or_default();
    if let (Some(values), Some(node)) = (&values, fails)
        && let Some(both) = failing.iter().find(|value| values.contains(value))
    {
        reader.report(Problem::new(node.id, Code::BadWaiter, format!("`{both}` is in both `until` and `fails`")));
    }
    let (path, _) = field?;
    Some(WaitsFor::Value { field: path, values: values?, failing })
}

/// Reads the path of a field, and returns it with the field. A path continues in the items of lists.
fn read_field<'f>(
    reader: &FileReader<'_>,
    node: &Node,
    types: &'f SharedTypes,
    operation: &'f Operation,
) -> Option<(Vec<String>, &'f Field)> {
    let text = reader.text(node, "a response field, with dots for nested ones")?;
    let path: Vec<String> = text.split('.').map(str::to_owned).collect();
    let mut fields = operation.response.as_slice();
    let mut found = None;
    for name in &path {
        found = fields.iter().find(|field| &field.name == name);
        let Some(field) = found else {
            let known = || fields.iter().map(|field| field.name.as_str());
            let message = format!("`{text}` is not a response field");
            reader.report(Problem::new(node.id, Code::UnknownField, message).did_you_mean(name, known));
            return None;
        };
        fields = types.fields_of(item_type(&field.ty)).unwrap_or_default();
    }
    let field = found?;
    let ty = item_type(&field.ty);
    if !matches!(ty, Type::String | Type::Integer | Type::Long | Type::Boolean) {
        let message = format!("`{text}` is of type `{}`, whose values cannot be compared", ty.spelling());
        let problem = Problem::new(node.id, Code::BadType, message);
        reader.report(problem.expected("a field of type `String`, `Integer`, `Long` or `Boolean`"));
        return None;
    }
    if field.sensitive {
        let message = format!("`{text}` is sensitive, but errors show the value of a waiter");
        reader.report(Problem::new(node.id, Code::BadWaiter, message).help("wait for another field"));
        return None;
    }
    Some((path, field))
}

/// Returns the type of a single value, inside any lists.
fn item_type(ty: &Type) -> &Type {
    match ty {
        Type::List(item) => item_type(item),
        other => other,
    }
}

fn read_values(reader: &FileReader<'_>, node: &Node, field: Option<&Field>) -> Vec<String> {
    if reader.is_empty_list(node) {
        reader.report(Problem::new(node.id, Code::BadWaiter, "the list has no values").expected("a list of values"));
    }
    let mut values: Vec<String> = Vec::new();
    for item in reader.list(node, "values") {
        let Some(text) = reader.text(item, "a value") else { continue };
        let misfit = field.and_then(|field| Some((field, item_type(&field.ty).check(text).err()?)));
        if let Some((field, expected)) = misfit {
            let message = format!("`{text}` is not a value of type `{}`", item_type(&field.ty).spelling());
            reader.report(Problem::new(item.id, Code::BadWaiter, message).expected(expected));
        } else if let Some(field) = field
            && !field.values.is_empty()
            && !field.values.iter().any(|known| known == text)
        {
            let message = format!("`{text}` is not a documented value of `{}`", field.name);
            let known = || field.values.iter().map(String::as_str);
            reader.report(Problem::new(item.id, Code::BadWaiter, message).did_you_mean(text, known));
        }
        let value = as_returned(text, field.map(|field| item_type(&field.ty)));
        if values.contains(&value) {
            reader.report(Problem::new(item.id, Code::DuplicateName, format!("the value `{text}` appears twice")));
        } else {
            values.push(value);
        }
    }
    values
}

/// Returns the value in the form that it has in a decoded response.
fn as_returned(text: &str, ty: Option<&Type>) -> String {
    match ty {
        Some(Type::Boolean) => text.to_ascii_lowercase(),
        Some(Type::Integer | Type::Long) => text.parse::<i64>().map_or(text.to_owned(), |number| number.to_string()),
        _ => text.to_owned(),
    }
}

fn read_codes(reader: &FileReader<'_>, node: &Node, operation: &Operation) -> Vec<String> {
    if reader.is_empty_list(node) {
        reader
            .report(Problem::new(node.id, Code::BadWaiter, "the list has no codes").expected("documented error codes"));
    }
    let mut codes: Vec<String> = Vec::new();
    for item in reader.list(node, "error codes") {
        let Some(code) = reader.text(item, "an error code") else { continue };
        let known = || operation.error_variants.iter().map(|variant| variant.code.as_str());
        if !known().any(|other| other == code) {
            let message = format!("`{code}` is not a documented error");
            reader.report(Problem::new(item.id, Code::BadWaiter, message).did_you_mean(code, known));
        } else if codes.iter().any(|known| known == code) {
            reader.report(Problem::new(item.id, Code::DuplicateName, format!("the code `{code}` appears twice")));
        } else {
            codes.push(code.to_owned());
        }
    }
    codes
}

/// Reads the interval between two calls and the maximum time to wait, both in seconds.
fn read_limits(reader: &FileReader<'_>, map: &mut Mapping<'_>) -> Option<(u32, u32)> {
    let [every, at_most] = ["every", "at_most"].map(|key| {
        let node = map.required(key)?;
        Some((node, reader.number::<u32>(node, "seconds, a whole number")?))
    });
    for (node, _) in [every, at_most].into_iter().flatten().filter(|(_, seconds)| *seconds == 0) {
        let problem = Problem::new(node.id, Code::BadLimit, "a wait cannot last 0 seconds");
        reader.report(problem.expected("1 or more"));
    }
    let ((_, every), (node, at_most)) = (every?, at_most?);
    if at_most < every {
        let message = format!("a wait of at most {at_most} seconds ends before the first interval of {every} seconds");
        reader.report(Problem::new(node.id, Code::BadLimit, message).expected("no less than `every`"));
    }
    Some((every, at_most))
}
