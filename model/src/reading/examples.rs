//! Reads examples and checks them against their operation.

use serde_json::Value as Json;

use crate::diagnostics::diagnostic::Code;
use crate::reading::node::{Node, NodeId, Value};
use crate::reading::problem::{Problem, quoted};
use crate::reading::reader::FileReader;
use crate::samples::xml::{Element, parse};
use crate::spec::examples::{Example, Sample};
use crate::spec::operation::Operation;
use crate::spec::parameters::Rule;
use crate::spec::types::{Field, SharedTypes, Type};

/// Reads one entry of `examples:` and checks it against its operation.
pub(crate) fn read_example(
    reader: &FileReader<'_>,
    node: &Node,
    types: &SharedTypes,
    operation: &Operation,
) -> Option<Example> {
    let mut map = reader.mapping(node, "an example")?;
    let request = match map.required("request") {
        Some(node) => read_request(reader, node, types, operation),
        None => Vec::new(),
    };
    let (json, xml) = (map.get("json"), map.get("xml"));
    if json.is_none() && xml.is_none() {
        reader.report(
            Problem::new(map.id, Code::BadExample, "an example needs a response").expected("`json`, `xml` or both"),
        );
    }
    let json = json.and_then(|node| {
        let text = reader.text(node, "a JSON message")?;
        SampleResponse { reader, types, id: node.id, text }.check_json(operation);
        Some(text.to_owned())
    });
    let xml = xml.and_then(|node| {
        let text = reader.text(node, "an XML message")?;
        SampleResponse { reader, types, id: node.id, text }.check_xml(operation);
        Some(text.to_owned())
    });
    map.finish(reader);
    Some(Example { request, json, xml })
}

fn read_request(
    reader: &FileReader<'_>,
    node: &Node,
    types: &SharedTypes,
    operation: &Operation,
) -> Vec<(String, Sample)> {
    let Some(map) = reader.mapping(node, "a sample request") else { return Vec::new() };
    let mut request = Vec::new();
    for entry in map.entries() {
        let Some(parameter) = operation.parameter(&entry.key) else {
            let known = || operation.parameters.iter().map(|parameter| parameter.field.name.as_str());
            reader.report(
                Problem::new(
                    entry.key_id,
                    Code::BadExample,
                    format!("`{}` is not a parameter of `{}`", entry.key, operation.name),
                )
                .did_you_mean(&entry.key, known),
            );
            continue;
        };
        if let Some(sample) = read_field_sample(reader, &entry.value, types, &parameter.field) {
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
                Some(format!("all or none of {}", quoted(names.iter())))
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

fn read_field_sample(reader: &FileReader<'_>, node: &Node, types: &SharedTypes, field: &Field) -> Option<Sample> {
    let sample = read_sample(reader, node, types, &field.name, &field.ty)?;
    // A value beyond the limits would be rejected before it is sent.
    if let Err(beyond) = field.limits.check(&sample) {
        let message = format!("the sample {}, beyond the limits of `{}`", beyond.found, field.name);
        reader.report(Problem::new(node.id, Code::BadExample, message).expected(beyond.allowed));
    }
    Some(sample)
}

fn read_sample(reader: &FileReader<'_>, node: &Node, types: &SharedTypes, name: &str, ty: &Type) -> Option<Sample> {
    match (ty, &node.value) {
        (Type::List(item), Value::List(nodes)) => {
            Some(Sample::List(nodes.iter().filter_map(|node| read_sample(reader, node, types, name, item)).collect()))
        }
        (Type::Map(item), Value::Map(entries)) => Some(Sample::Object(
            entries
                .iter()
                .filter_map(|entry| Some((entry.key.clone(), read_sample(reader, &entry.value, types, name, item)?)))
                .collect(),
        )),
        (Type::Object(_) | Type::Shared(_), Value::Map(entries)) => {
            let fields = types.members_of(ty).unwrap_or_default();
            let mut members = Vec::new();
            for entry in entries {
                let Some(field) = fields.iter().find(|field| field.name == entry.key) else {
                    let known = || fields.iter().map(|field| field.name.as_str());
                    reader.report(
                        Problem::new(entry.key_id, Code::BadExample, format!("`{name}` has no `{}`", entry.key))
                            .did_you_mean(&entry.key, known),
                    );
                    continue;
                };
                members.push((entry.key.clone(), read_field_sample(reader, &entry.value, types, field)?));
            }
            let lacks = |field: &&Field| field.required && !entries.iter().any(|entry| entry.key == field.name);
            for field in fields.iter().filter(lacks) {
                reader.report(
                    Problem::new(node.id, Code::BadExample, format!("the sample of `{name}` lacks `{}`", field.name))
                        .expected(format!("`{}`, which is required", field.name)),
                );
            }
            Some(Sample::Object(members))
        }
        (ty, _) if ty.is_scalar() => {
            let text = reader.text(node, &format!("a value of `{name}`"))?;
            if let Err(expected) = ty.check(text) {
                reader.report(
                    Problem::new(
                        node.id,
                        Code::BadExample,
                        format!("`{text}` is not a `{}`, the type of `{name}`", ty.spelling()),
                    )
                    .expected(expected),
                );
            }
            Some(Sample::Text(text.to_owned()))
        }
        _ => {
            let expected = if matches!(ty, Type::List(_)) { "a list" } else { "a mapping" };
            let message = format!("`{name}` is of type `{}`", ty.spelling());
            reader.report(Problem::new(node.id, Code::BadExample, message).expected(expected));
            None
        }
    }
}

/// A range of bytes in a sample response, as far as it is known.
#[derive(Clone, Copy)]
struct Span {
    offset: Option<usize>,
    width: usize,
}

impl Span {
    const UNKNOWN: Self = Self { offset: None, width: 1 };

    fn byte(offset: Option<usize>) -> Self {
        Self { offset, width: 1 }
    }

    fn of(element: &Element) -> Self {
        Self { offset: Some(element.at), width: element.name.len() }
    }
}

/// Checks a sample response. Errors point into its text.
struct SampleResponse<'a> {
    reader: &'a FileReader<'a>,
    types: &'a SharedTypes,
    id: NodeId,
    text: &'a str,
}

impl SampleResponse<'_> {
    fn problem(&self, at: Span, message: String) -> Problem {
        Problem::new(self.id, Code::BadExample, message).inside(self.text, at.offset, at.width)
    }

    fn misfit(&self, at: Span, path: &str, ty: &Type) {
        let message = format!("`{path}` of the sample response does not fit its type");
        self.reader.report(self.problem(at, message).expected(format!("a value of `{}`", ty.spelling())));
    }

    fn check_text(&self, at: Span, text: &str, ty: &Type, path: &str) {
        if ty.check(text).is_err() {
            self.misfit(at, path, ty);
        }
    }

    fn known_field<'f>(&self, at: Span, name: &str, fields: &'f [Field], path: &str) -> Option<&'f Field> {
        let found = fields.iter().find(|field| field.name == name);
        if found.is_none() {
            let message = format!("the sample response has `{path}{name}`, which is not a response field");
            let known = || fields.iter().map(|field| field.name.as_str());
            self.reader.report(self.problem(at, message).did_you_mean(name, known));
        }
        found
    }

    fn check_json(&self, operation: &Operation) {
        // Such a body can be any text.
        if matches!(operation.response_body, Some(Type::String | Type::Binary)) {
            return;
        }
        match serde_json::from_str::<Json>(self.text) {
            Err(error) => {
                let full = error.to_string();
                let why = full.split(" at line ").next().unwrap_or(&full);
                let at = byte_at(self.text, error.line(), error.column());
                self.reader.report(self.problem(Span::byte(at), format!("the sample is not valid JSON: {why}")));
            }
            Ok(value) if operation.response_body.is_some() => {
                if let Some(ty) = &operation.response_body {
                    self.check_json_value(Span::UNKNOWN, &value, ty, "body");
                }
            }
            Ok(Json::Object(members)) => {
                for (name, value) in &members {
                    self.check_json_member(name, value, &operation.response, "");
                }
            }
            Ok(_) => {
                let problem = self.problem(Span::UNKNOWN, "the sample response is not a JSON object".to_owned());
                self.reader.report(problem.expected("`{ … }`"));
            }
        }
    }

    fn check_json_member(&self, name: &str, value: &Json, fields: &[Field], path: &str) {
        let at = self.only_key(name);
        let Some(field) = self.known_field(at, name, fields, path) else { return };
        self.check_json_value(at, value, &field.ty, &format!("{path}{name}"));
    }

    fn check_json_value(&self, at: Span, value: &Json, ty: &Type, path: &str) {
        match (ty, value) {
            (_, Json::Null) | (Type::Any, _) => {}
            (Type::Object(_) | Type::Shared(_), Json::Object(members)) => {
                let fields = self.types.fields_of(ty).unwrap_or_default();
                for (name, value) in members {
                    self.check_json_member(name, value, fields, &format!("{path}."));
                }
            }
            (Type::List(item), Json::Array(values)) => {
                for value in values {
                    self.check_json_value(at, value, item, path);
                }
            }
            (Type::Map(item), Json::Object(members)) => {
                for (name, value) in members {
                    self.check_json_value(self.only_key(name), value, item, &format!("{path}.{name}"));
                }
            }
            (ty, Json::String(text)) if ty.is_scalar() => self.check_text(at, text, ty, path),
            (ty, Json::Bool(_) | Json::Number(_)) if ty.is_scalar() => {
                self.check_text(at, &value.to_string(), ty, path);
            }
            _ => self.misfit(at, path, ty),
        }
    }

    /// Returns the location of a JSON key, if it appears only once. The parsed value has no locations, so the right one
    /// of several keys is unknown.
    fn only_key(&self, name: &str) -> Span {
        let quoted = format!("\"{name}\"");
        let is_key =
            |at: &usize| self.text.get(at + quoted.len()..).is_some_and(|rest| rest.trim_start().starts_with(':'));
        let mut found = self.text.match_indices(quoted.as_str()).map(|(at, _)| at).filter(is_key);
        let first = found.next();
        Span { offset: first.filter(|_| found.next().is_none()), width: quoted.len() }
    }

    fn check_xml(&self, operation: &Operation) {
        let root = match parse(self.text) {
            Ok(root) => root,
            Err(error) => {
                self.reader
                    .report(self.problem(Span::byte(error.at), format!("the sample is not valid XML: {}", error.why)));
                return;
            }
        };
        let expected = format!("{}Response", operation.name);
        if root.name != expected {
            let problem = self.problem(Span::of(&root), format!("the root element is `{}`", root.name));
            self.reader.report(problem.expected(format!("`{expected}`")));
        }
        self.check_children(&root, &operation.response, "");
    }

    fn check_children(&self, element: &Element, fields: &[Field], path: &str) {
        for child in &element.children {
            let Some(field) = self.known_field(Span::of(child), &child.name, fields, path) else { continue };
            // XML writes a list by repeating its element, so each occurrence is an item.
            let ty = match &field.ty {
                Type::List(item) => item,
                other => other,
            };
            self.check_element(child, ty, &format!("{path}{}", child.name));
        }
    }

    fn check_element(&self, element: &Element, ty: &Type, path: &str) {
        let at = Span::of(element);
        match ty {
            Type::Object(_) | Type::Shared(_) => {
                let fields = self.types.fields_of(ty).unwrap_or_default();
                self.check_children(element, fields, &format!("{path}."));
            }
            Type::Map(item) => {
                for child in &element.children {
                    self.check_element(child, item, &format!("{path}.{}", child.name));
                }
            }
            Type::Any | Type::List(_) => {}
            _ if !element.children.is_empty() => self.misfit(at, path, ty),
            _ if element.text.is_empty() => {}
            _ => self.check_text(at, &element.text, ty, path),
        }
    }
}

/// Returns the index of the byte at a line and a column in bytes, both from 1, as in JSON errors.
fn byte_at(text: &str, line: usize, column: usize) -> Option<usize> {
    let before: usize = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
    let at = (before + column.saturating_sub(1)).min(text.len());
    text.is_char_boundary(at).then_some(at)
}
