//! Sample messages, checked against the operation they belong to.

use quick_xml::events::Event;
use serde_json::Value as Json;

use crate::diagnostic::Code;
use crate::field_reading::scalar_fits;
use crate::operation::{Example, Operation, Rule, Sample};
use crate::reader::{FileReader, Problem, quoted};
use crate::types::{Field, LengthUnit, Type};
use crate::yaml::{Node, NodeId, Value};

/// Reads one entry of `examples:` and checks it against its operation.
pub(crate) fn read_example(reader: &FileReader<'_>, node: &Node, operation: &Operation) -> Option<Example> {
    let mut map = reader.mapping(node, "an example")?;
    let request = match map.required(reader, "request") {
        Some(node) => read_request(reader, node, operation),
        None => Vec::new(),
    };
    let json = map.get("json").and_then(|node| {
        let text = reader.text(node, "a JSON message")?;
        check_json(reader, node.id, text, operation);
        Some(text.to_owned())
    });
    let xml = map.get("xml").and_then(|node| {
        let text = reader.text(node, "an XML message")?;
        check_xml(reader, node.id, text, operation);
        Some(text.to_owned())
    });
    if json.is_none() && xml.is_none() && reader.is_clean() {
        reader.report(
            Problem::new(map.id, Code::BadExample, "an example without an answer").expected("`json`, `xml` or both"),
        );
    }
    map.finish(reader);
    Some(Example { request, json, xml })
}

fn read_request(reader: &FileReader<'_>, node: &Node, operation: &Operation) -> Vec<(String, Sample)> {
    let Some(map) = reader.mapping(node, "a sample request") else { return Vec::new() };
    let mut request = Vec::new();
    for entry in map.entries() {
        let Some(parameter) = operation.parameter(&entry.key) else {
            let known = || operation.parameters.iter().map(|parameter| parameter.field.name.as_str());
            reader.report(
                Problem::new(
                    entry.key_id,
                    Code::BadExample,
                    format!("`{}` is no parameter of `{}`", entry.key, operation.name),
                )
                .expected(format!("one of {}", quoted(known())))
                .did_you_mean(&entry.key, known()),
            );
            continue;
        };
        check_length(reader, &entry.value, &parameter.field);
        if let Some(sample) = read_sample(reader, &entry.value, &parameter.field.name, &parameter.field.ty) {
            request.push((entry.key.clone(), sample));
        }
    }
    let has = |name: &String| map.entries().iter().any(|entry| &entry.key == name);
    for field in operation.parameters.iter().map(|parameter| &parameter.field) {
        if field.required && !has(&field.name) {
            reader.report(
                Problem::new(node.id, Code::BadExample, format!("the sample request lacks `{}`", field.name))
                    .expected(format!("`{}`, which is required", field.name)),
            );
        }
    }
    for rule in &operation.rules {
        let broken = match rule {
            Rule::AnyOf(groups) if !groups.iter().any(|group| group.iter().all(has)) => {
                let groups = groups.iter().map(|group| quoted(group.iter()).replace(", ", " with "));
                Some(groups.collect::<Vec<_>>().join(", or "))
            }
            Rule::Together(names) if names.iter().any(has) && !names.iter().all(has) => {
                Some(format!("{} together", quoted(names.iter())))
            }
            _ => None,
        };
        if let Some(expected) = broken {
            reader
                .report(Problem::new(node.id, Code::BadExample, "the sample request breaks a rule").expected(expected));
        }
    }
    request
}

fn check_length(reader: &FileReader<'_>, node: &Node, field: &Field) {
    let (Some(length), Some(text)) = (field.limits.length, reader.document.text(node)) else { return };
    let (found, unit) = match length.unit {
        LengthUnit::Bytes => (text.len(), "bytes"),
        LengthUnit::Characters => (text.chars().count(), "characters"),
    };
    let found = found as u64;
    if length.bounds.min.is_some_and(|min| found < min) || length.bounds.max.is_some_and(|max| found > max) {
        reader.report(Problem::new(
            node.id,
            Code::BadExample,
            format!("the sample has {found} {unit}, outside the limits of `{}`", field.name),
        ));
    }
}

fn read_sample(reader: &FileReader<'_>, node: &Node, name: &str, ty: &Type) -> Option<Sample> {
    match (ty, &node.value) {
        (Type::List(item), Value::List(nodes)) => {
            Some(Sample::List(nodes.iter().filter_map(|node| read_sample(reader, node, name, item)).collect()))
        }
        (Type::Map(item), Value::Map(entries)) => Some(Sample::Object(
            entries
                .iter()
                .filter_map(|entry| Some((entry.key.clone(), read_sample(reader, &entry.value, name, item)?)))
                .collect(),
        )),
        (Type::Object(object), Value::Map(entries)) => {
            let mut members = Vec::new();
            for entry in entries {
                let Some(field) = object.fields.iter().find(|field| field.name == entry.key) else {
                    let known = || object.fields.iter().map(|field| field.name.as_str());
                    reader.report(
                        Problem::new(entry.key_id, Code::BadExample, format!("`{name}` has no `{}`", entry.key))
                            .expected(format!("one of {}", quoted(known())))
                            .did_you_mean(&entry.key, known()),
                    );
                    continue;
                };
                members.push((entry.key.clone(), read_sample(reader, &entry.value, &field.name, &field.ty)?));
            }
            Some(Sample::Object(members))
        }
        (ty, _) if ty.is_scalar() => {
            let text = reader.text(node, &format!("a value of `{name}`"))?;
            if let Err(expected) = scalar_fits(text, ty) {
                reader.report(
                    Problem::new(
                        node.id,
                        Code::BadExample,
                        format!("`{text}` is no `{}`, which `{name}` is", ty.spelling()),
                    )
                    .expected(expected),
                );
            }
            Some(Sample::Text(text.to_owned()))
        }
        _ => {
            reader.report(
                Problem::new(node.id, Code::BadExample, format!("`{name}` is a `{}`", ty.spelling()))
                    .expected("a list or a mapping, as the type says"),
            );
            None
        }
    }
}

fn check_json(reader: &FileReader<'_>, id: NodeId, text: &str, operation: &Operation) {
    match serde_json::from_str::<Json>(text) {
        Err(error) => {
            reader.report(Problem::new(id, Code::BadExample, format!("the sample is no JSON: {error}")));
        }
        Ok(Json::Object(members)) => {
            for (name, value) in &members {
                check_json_member(reader, id, name, value, &operation.response, "");
            }
        }
        Ok(_) => {
            reader.report(Problem::new(id, Code::BadExample, "the sample answer is no JSON object").expected("`{ … }`"))
        }
    }
}

fn check_json_member(reader: &FileReader<'_>, id: NodeId, name: &str, value: &Json, fields: &[Field], path: &str) {
    let Some(field) = known_field(reader, id, name, fields, path) else { return };
    check_json_value(reader, id, value, &field.ty, &format!("{path}{name}"));
}

fn check_json_value(reader: &FileReader<'_>, id: NodeId, value: &Json, ty: &Type, path: &str) {
    match (ty, value) {
        (_, Json::Null) | (Type::Any, _) => {}
        (Type::Object(object), Json::Object(members)) => {
            for (name, value) in members {
                check_json_member(reader, id, name, value, &object.fields, &format!("{path}."));
            }
        }
        (Type::List(item), Json::Array(values)) => {
            for value in values {
                check_json_value(reader, id, value, item, path);
            }
        }
        (Type::Map(item), Json::Object(members)) => {
            for (name, value) in members {
                check_json_value(reader, id, value, item, &format!("{path}.{name}"));
            }
        }
        (ty, Json::String(text)) if ty.is_scalar() => check_text(reader, id, text, ty, path),
        (ty, Json::Bool(_) | Json::Number(_)) if ty.is_scalar() => {
            check_text(reader, id, &value.to_string(), ty, path);
        }
        _ => misfit(reader, id, path, ty),
    }
}

fn check_text(reader: &FileReader<'_>, id: NodeId, text: &str, ty: &Type, path: &str) {
    if scalar_fits(text, ty).is_err() {
        misfit(reader, id, path, ty);
    }
}

fn misfit(reader: &FileReader<'_>, id: NodeId, path: &str, ty: &Type) {
    reader.report(
        Problem::new(id, Code::BadExample, format!("`{path}` of the sample answer does not fit its type"))
            .expected(format!("a value of `{}`", ty.spelling())),
    );
}

fn known_field<'f>(
    reader: &FileReader<'_>,
    id: NodeId,
    name: &str,
    fields: &'f [Field],
    path: &str,
) -> Option<&'f Field> {
    let found = fields.iter().find(|field| field.name == name);
    if found.is_none() {
        let known = || fields.iter().map(|field| field.name.as_str());
        reader.report(
            Problem::new(
                id,
                Code::BadExample,
                format!("the sample answer has `{path}{name}`, which is no response field"),
            )
            .expected(format!("one of {}", quoted(known())))
            .did_you_mean(name, known()),
        );
    }
    found
}

/// An element with its text or its children.
struct Element {
    name: String,
    text: String,
    children: Vec<Element>,
}

fn check_xml(reader: &FileReader<'_>, id: NodeId, text: &str, operation: &Operation) {
    let root = match parse_xml(text) {
        Ok(root) => root,
        Err(why) => {
            reader.report(Problem::new(id, Code::BadExample, format!("the sample is no XML: {why}")));
            return;
        }
    };
    let expected = format!("{}Response", operation.name);
    if root.name != expected {
        reader.report(
            Problem::new(id, Code::BadExample, format!("the root element is `{}`", root.name))
                .expected(format!("`{expected}`")),
        );
    }
    check_children(reader, id, &root, &operation.response, "");
}

fn check_children(reader: &FileReader<'_>, id: NodeId, element: &Element, fields: &[Field], path: &str) {
    for child in &element.children {
        let Some(field) = known_field(reader, id, &child.name, fields, path) else { continue };
        // A list is its element repeated, so each occurrence is an item.
        let ty = match &field.ty {
            Type::List(item) => item,
            other => other,
        };
        check_element(reader, id, child, ty, &format!("{path}{}", child.name));
    }
}

fn check_element(reader: &FileReader<'_>, id: NodeId, element: &Element, ty: &Type, path: &str) {
    match ty {
        Type::Object(object) => check_children(reader, id, element, &object.fields, &format!("{path}.")),
        Type::Map(item) => {
            for child in &element.children {
                check_element(reader, id, child, item, &format!("{path}.{}", child.name));
            }
        }
        Type::Any | Type::List(_) => {}
        _ if !element.children.is_empty() => misfit(reader, id, path, ty),
        _ if element.text.is_empty() => {}
        _ => check_text(reader, id, &element.text, ty, path),
    }
}

/// Reads the one element of a document. Deeper than any sample is, it gives up instead of the stack.
fn parse_xml(text: &str) -> Result<Element, String> {
    let mut events = quick_xml::Reader::from_str(text);
    let mut open: Vec<Element> = Vec::new();
    let mut root = None;
    let named = |name: &str| Element { name: name.to_owned(), text: String::new(), children: Vec::new() };
    loop {
        let closed = match events.read_event().map_err(|error| error.to_string())? {
            Event::Start(start) => {
                open.push(named(start.name().as_ref()));
                None
            }
            Event::Empty(start) => Some(named(start.name().as_ref())),
            Event::End(_) => open.pop(),
            Event::Text(text) => {
                if let Some(element) = open.last_mut() {
                    element.text.push_str(text.xml10_content().trim());
                }
                None
            }
            Event::Eof => break,
            _ => None,
        };
        if let Some(element) = closed {
            match open.last_mut() {
                Some(parent) => parent.children.push(element),
                None => root = Some(element),
            }
        }
    }
    if let Some(element) = open.last() {
        return Err(format!("`<{}>` is not closed", element.name));
    }
    root.ok_or_else(|| "there is no element".to_owned())
}
