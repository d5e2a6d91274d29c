//! Writes spec files as YAML: the keys of the format and their order.

use alicloud_model::{
    ApiStyle, Endpoints, ErrorRow, FormAs, Hosts, Outcome, OutcomeField, Pagination, Position, TokenPages, Turning,
};

use super::document::Document;
use super::errors::default_variant_name;
use super::field::{Field, Type, TypeNaming};
use super::operation::{Operation, placeholder_summary};
use super::response::Response;
use super::yaml::Node;

/// The `service.yaml`.
pub(crate) fn service_node(
    document: &Document,
    style: ApiStyle,
    endpoints: Option<&Endpoints>,
    outcome: Option<Node>,
) -> Node {
    let mut entries = vec![
        ("product".to_owned(), Node::text(&document.product)),
        ("version".to_owned(), Node::text(&document.version)),
        ("style".to_owned(), Node::text(style.as_str())),
    ];
    if document.is_gateway() {
        entries.push(("gateway".to_owned(), Node::text(&document.style)));
    }
    entries.extend(endpoints.map(|endpoints| ("endpoints".to_owned(), endpoints_node(endpoints))));
    entries.extend(outcome.map(|outcome| ("outcome".to_owned(), outcome)));
    Node::Map(entries)
}

/// The `types.yaml`.
pub(crate) fn types_node<'t>(types: impl Iterator<Item = &'t (String, Vec<Field>)>, names: &TypeNaming<'_>) -> Node {
    let types = types.map(|(name, fields)| {
        let name = Node::Text(names(name));
        Node::Map(vec![("name".to_owned(), name), ("fields".to_owned(), fields_node(fields, names))])
    });
    Node::Map(vec![("types".to_owned(), Node::List(types.collect()))])
}

/// The file of an operation.
pub(crate) fn operation_node(operation: &Operation, product_style: ApiStyle, names: &TypeNaming<'_>) -> Node {
    let summary = operation.summary.clone().unwrap_or_else(|| placeholder_summary(&operation.name));
    let mut entries =
        vec![("operation".to_owned(), Node::text(&operation.name)), ("summary".to_owned(), Node::Text(summary))];
    let mut add = |key: &str, node: Node| entries.push((key.to_owned(), node));
    if let Some(doc) = &operation.doc {
        add("doc", Node::Text(doc.clone()));
    }
    add("methods", Node::List(operation.methods.iter().map(|method| Node::text(method.as_str())).collect()));
    if operation.style != product_style {
        add("style", Node::text(operation.style.as_str()));
    }
    if let Some(path) = &operation.path {
        add("path", Node::text(path));
    }
    if let Some(effect) = operation.effect {
        add("effect", Node::text(effect.as_str()));
    }
    if operation.deprecated {
        add("deprecated", Node::Bare("true".to_owned()));
    }
    if operation.form_as_json {
        add("form_as", Node::text(FormAs::Json.as_str()));
    }
    if let Some(action) = &operation.ram_action {
        add("ram", Node::Map(vec![("action".to_owned(), Node::text(action))]));
    }
    if !operation.parameters.is_empty() {
        add("parameters", fields_node(&operation.parameters, names));
    }
    if let Some(outcome) = &operation.outcome {
        add("outcome", outcome.clone());
    }
    if let Some(response) = response_node(&operation.response, names) {
        add("response", response);
    }
    if let Some(pagination) = &operation.pagination {
        add("pagination", pagination_node(pagination));
    }
    if !operation.retry.is_empty() {
        add("retry", Node::List(operation.retry.iter().map(|code| Node::text(code)).collect()));
    }
    if !operation.errors.is_empty() {
        add("errors", errors_node(&operation.errors));
    }
    if let Some(examples) = &operation.examples {
        add("examples", examples.clone());
    }
    Node::Map(entries)
}

fn fields_node(fields: &[Field], names: &TypeNaming<'_>) -> Node {
    Node::List(fields.iter().map(|field| field_node(field, names)).collect())
}

/// A parameter, a member of an object, or a field of a response.
fn field_node(field: &Field, names: &TypeNaming<'_>) -> Node {
    let mut entries = vec![("name".to_owned(), Node::text(&field.name))];
    let mut add = |key: &str, node: Node| entries.push((key.to_owned(), node));
    if let Some(rust) = &field.rust {
        add("rust", Node::text(rust));
    }
    let mut of_type = type_entries(&field.ty, names).into_iter();
    if let Some((key, node)) = of_type.next() {
        add(&key, node);
    }
    if field.position != Position::Query {
        add("in", Node::text(field.position.as_str()));
    }
    if let Some(style) = field.style {
        add("style", Node::text(style.as_str()));
    }
    for (key, set) in [("required", field.required), ("sensitive", field.sensitive), ("deprecated", field.deprecated)] {
        if set {
            add(key, Node::Bare("true".to_owned()));
        }
    }
    for (key, span) in [("length", &field.length), ("count", &field.count), ("range", &field.range)] {
        let bounds = [("min", &span.0), ("max", &span.1)];
        let bounds: Vec<_> =
            bounds.into_iter().filter_map(|(key, bound)| Some((key.to_owned(), Node::Bare(bound.clone()?)))).collect();
        if !bounds.is_empty() {
            add(key, Node::Map(bounds));
        }
    }
    if let Some(pattern) = &field.pattern {
        add("pattern", Node::text(pattern));
    }
    if let Some(default) = &field.default {
        add("default", field.ty.value(default));
    }
    if !field.values.is_empty() {
        let item = if let Type::List(item) = &field.ty { item } else { &field.ty };
        add("values", Node::List(field.values.iter().map(|value| item.value(value)).collect()));
    }
    if let Some(example) = &field.example {
        add("example", field.ty.value(example));
    }
    if let Some(doc) = &field.doc {
        add("doc", Node::Text(doc.clone()));
    }
    for (key, node) in of_type {
        add(&key, node);
    }
    Node::Map(entries)
}

/// `type`, and `fields` for an object.
fn type_entries(ty: &Type, names: &TypeNaming<'_>) -> Vec<(String, Node)> {
    let mut entries = vec![("type".to_owned(), Node::Text(ty.spelling(names)))];
    if let Some(fields) = ty.members() {
        entries.push(("fields".to_owned(), fields_node(fields, names)));
    }
    entries
}

/// The fields of a response, or the type of its body; nothing if it is empty.
fn response_node(response: &Response, names: &TypeNaming<'_>) -> Option<Node> {
    match response {
        Response::Empty => None,
        Response::Fields(fields) => Some(fields_node(fields, names)),
        Response::Whole(ty) => Some(Node::Map(type_entries(ty, names))),
    }
}

/// The error table. The first row of a code has its Rust name, if that is not the default.
fn errors_node(rows: &[ErrorRow]) -> Node {
    let row_node = |(index, row): (usize, &ErrorRow)| {
        let is_first = rows.iter().position(|other| other.code == row.code) == Some(index);
        let is_default = default_variant_name(&row.code).as_ref() == Some(&row.rust_name);
        map([
            ("status", Some(Node::Bare(row.status.to_string()))),
            ("code", Some(Node::text(&row.code))),
            ("rust", (is_first && !is_default).then(|| Node::text(&row.rust_name))),
            ("message", Some(Node::text(&row.message))),
            ("doc", prose(&row.doc)),
        ])
    };
    Node::List(rows.iter().enumerate().map(row_node).collect())
}

/// A text that a spec leaves out if it is empty.
fn prose(text: &str) -> Option<Node> {
    (!text.is_empty()).then(|| Node::text(text))
}

/// An outcome.
pub(crate) fn outcome_node(outcome: &Outcome) -> Node {
    let field = |OutcomeField { path, values }: &OutcomeField| match values.as_slice() {
        [] => Node::text(path),
        values => {
            let values = Node::List(values.iter().map(|value| Node::text(value)).collect());
            Node::Map(vec![("field".to_owned(), Node::text(path)), ("values".to_owned(), values)])
        }
    };
    let Outcome { success, code, message } = outcome;
    map([
        ("success", success.as_ref().map(field)),
        ("code", code.as_ref().map(field)),
        ("message", message.as_deref().map(Node::text)),
    ])
}

fn pagination_node(pagination: &Pagination) -> Node {
    let Pagination { turning, parameter, size, total, more, items, token } = pagination;
    let path = |path: &[String]| Some(Node::Text(path.join(".")));
    let (first, next) = match turning {
        // Page 1 is the default.
        Turning::Number { first } => (Some(*first).filter(|first| *first != 1), None),
        Turning::Token { next } => (None, Some(next)),
        Turning::Offset => (None, None),
    };
    let token = token.as_ref().map(|TokenPages { parameter, size, next }| {
        map([("parameter", path(parameter)), ("next", path(next)), ("size", size.as_deref().and_then(path))])
    });
    map([
        ("by", Some(Node::text(turning.kind().as_str()))),
        ("first", first.map(|first| Node::Bare(first.to_string()))),
        ("parameter", path(parameter)),
        ("next", next.and_then(|next| path(next))),
        ("size", size.as_deref().and_then(path)),
        ("total", total.as_deref().and_then(path)),
        ("more", more.as_deref().and_then(path)),
        ("items", path(items)),
        ("token", token),
    ])
}

fn endpoints_node(endpoints: &Endpoints) -> Node {
    let Endpoints { public, vpc } = endpoints;
    let mut entries = host_entries(public);
    if *vpc != Hosts::default() {
        entries.push(("vpc".to_owned(), Node::Map(host_entries(vpc))));
    }
    Node::Map(entries)
}

fn host_entries(hosts: &Hosts) -> Vec<(String, Node)> {
    let Hosts { host, regions, exceptions } = hosts;
    let mut entries = vec![("host".to_owned(), Node::text(host))];
    if !regions.is_empty() {
        entries.push(("regions".to_owned(), Node::List(regions.iter().map(|region| Node::text(region)).collect())));
    }
    if !exceptions.is_empty() {
        let exceptions = exceptions.iter().map(|(region, host)| (region.clone(), Node::text(host)));
        entries.push(("exceptions".to_owned(), Node::Map(exceptions.collect())));
    }
    entries
}

/// The entries that have a value.
fn map<const COUNT: usize>(entries: [(&str, Option<Node>); COUNT]) -> Node {
    let entries = entries.into_iter().filter_map(|(key, node)| Some((key.to_owned(), node?)));
    Node::Map(entries.collect())
}
