//! Writes spec files as YAML: the keys of the format and their order.

use alicloud_model::{
    ApiStyle, Bounds, Effect, Endpoints, ErrorRow, Example, Field, FlowLimit, FormAs, Hosts, Length, LengthUnit,
    Method, Operation, Outcome, OutcomeField, Pagination, Parameter, Position, Ram, Range, Rule, Sample, Service,
    SharedType, SharedTypes, Style, TokenPages, Turning, Type, Waiter, WaitsFor,
};

use super::document::Document;
use super::errors::default_variant_name;
use super::field::object_in;
use super::json::Json;
use super::ram_codes::ram_code;
use super::rust_names::default_name;
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
    entries.extend(ram_code(&document.product).map(|code| ("ram_code".to_owned(), Node::text(code))));
    entries.extend(endpoints.map(|endpoints| ("endpoints".to_owned(), endpoints_node(endpoints))));
    entries.extend(outcome.map(|outcome| ("outcome".to_owned(), outcome)));
    Node::Map(entries)
}

/// The `types.yaml`.
pub(crate) fn types_node<'t>(types: impl Iterator<Item = &'t SharedType>) -> Node {
    let types = types.map(|SharedType { name, doc, members, .. }| {
        map([("name", Some(Node::text(&name.name))), ("doc", prose(doc)), ("fields", Some(fields_node(members, true)))])
    });
    map([("types", Some(Node::List(types.collect())))])
}

/// Returns the spec file of an operation of a service. It states everything that the service does not.
pub fn spec_text(operation: &Operation, service: &Service) -> String {
    let outcome = service.outcome.as_ref().map(outcome_node);
    let defaults = ServiceDefaults { style: service.style, outcome, types: &service.types };
    operation_node(operation, true, &defaults).to_yaml()
}

/// The properties of the product that the spec of an operation need not repeat.
pub(crate) struct ServiceDefaults<'s> {
    pub(crate) style: ApiStyle,
    pub(crate) outcome: Option<Node>,
    pub(crate) types: &'s SharedTypes,
}

/// The file of an operation. It states the effect only if `states_effect`.
pub(crate) fn operation_node(operation: &Operation, states_effect: bool, service: &ServiceDefaults<'_>) -> Node {
    let is_roa = operation.style == ApiStyle::Roa;
    let effect = Some(operation.effect).filter(|_| states_effect).map(Effect::as_str);
    map([
        ("operation", Some(Node::text(&operation.name))),
        ("summary", Some(Node::text(&operation.summary))),
        ("doc", prose(&operation.doc)),
        ("methods", Some(list(&operation.methods, |method: &Method| Node::text(method.as_str())))),
        ("style", (operation.style != service.style).then(|| Node::text(operation.style.as_str()))),
        ("path", is_roa.then(|| Node::text(&operation.path))),
        ("effect", effect.map(Node::text)),
        ("idempotent", flag(operation.idempotent)),
        ("deprecated", operation.deprecated.as_deref().map(deprecated_node)),
        ("form_as", operation.form_as_json.then(|| Node::text(FormAs::Json.as_str()))),
        ("limits", operation.flow.as_ref().map(flow_node)),
        ("ram", operation.ram.as_ref().map(ram_node)),
        ("parameters", filled(&operation.parameters, parameter_node)),
        ("rules", filled(&operation.rules, rule_node)),
        ("outcome", stated_outcome(operation.outcome.as_ref(), service.outcome.as_ref())),
        ("response", response_node(operation)),
        ("pagination", operation.pagination.as_ref().map(pagination_node)),
        ("waiters", filled(&operation.waiters, waiter_node)),
        ("retry", filled(&operation.retry, |text| Node::text(text))),
        ("errors", (!operation.errors.is_empty()).then(|| errors_node(&operation.errors))),
        ("examples", filled(&operation.examples, |example| example_node(example, operation, service.types))),
    ])
}

fn flow_node(FlowLimit { qps, per }: &FlowLimit) -> Node {
    map([("qps", Some(number(qps))), ("per", Some(Node::text(per.as_str())))])
}

fn ram_node(Ram { action, access, resource }: &Ram) -> Node {
    map([
        ("action", Some(Node::text(action))),
        ("access", access.as_deref().map(Node::text)),
        ("resource", resource.as_deref().map(Node::text)),
    ])
}

fn rule_node(rule: &Rule) -> Node {
    match rule {
        Rule::AnyOf(groups) => map([("any_of", Some(list(groups, |names| texts(names))))]),
        Rule::Together(names) => map([("together", Some(texts(names)))]),
    }
}

fn waiter_node(Waiter { name, waits_for, every, at_most }: &Waiter) -> Node {
    let (field, until, fails, codes) = match waits_for {
        WaitsFor::Value { field, values, failing } => (Some(field), Some(values), Some(failing), None),
        WaitsFor::Error { codes } => (None, None, None, Some(codes)),
    };
    map([
        ("name", Some(Node::text(name))),
        ("field", field.map(|path| path_node(path))),
        ("until", until.map(|values| texts(values))),
        ("fails", fails.and_then(|values| filled(values, |text| Node::text(text)))),
        ("codes", codes.map(|codes| texts(codes))),
        ("every", Some(number(every))),
        ("at_most", Some(number(at_most))),
    ])
}

/// The position and the style of a field, if the spec states them.
#[derive(Clone, Copy, Default)]
struct Placement {
    position: Option<Position>,
    style: Option<Style>,
}

fn parameter_node(Parameter { field, position, style }: &Parameter) -> Node {
    let position = Some(*position).filter(|position| *position != Position::Query);
    let style = Some(*style).filter(|style| *style != Style::RepeatList);
    field_node(field, Placement { position, style }, true)
}

fn fields_node(fields: &[Field], in_request: bool) -> Node {
    list(fields, |field| field_node(field, Placement::default(), in_request))
}

/// A parameter, a member of an object, or a field of a response.
fn field_node(field: &Field, placement: Placement, in_request: bool) -> Node {
    let item = if let Type::List(item) = &field.ty { item } else { &field.ty };
    let is_default_name = default_name(&field.name, in_request).as_ref() == Some(&field.rust_name);
    let limits = &field.limits;
    map([
        ("name", Some(Node::text(&field.name))),
        ("rust", (!is_default_name).then(|| Node::text(&field.rust_name))),
        ("type", Some(Node::Text(field.ty.spelling()))),
        ("in", placement.position.map(|position| Node::text(position.as_str()))),
        ("style", placement.style.map(|style| Node::text(style.as_str()))),
        ("required", flag(field.required)),
        ("optional", flag(field.optional)),
        ("sensitive", flag(field.sensitive)),
        ("deprecated", field.deprecated.as_deref().map(deprecated_node)),
        ("length", limits.length.as_ref().map(length_node)),
        ("count", limits.count.map(|Bounds { min, max }| bounds_node(min, max))),
        ("range", limits.range.map(range_node)),
        ("pattern", limits.pattern.as_deref().map(Node::text)),
        ("default", field.default.as_ref().map(|text| value_node(&field.ty, text))),
        ("values", filled(&field.values, |text| value_node(item, text))),
        ("example", field.example.as_ref().map(|text| value_node(&field.ty, text))),
        ("doc", prose(&field.doc)),
        ("fields", object_in(&field.ty).map(|object| fields_node(&object.fields, in_request))),
    ])
}

fn length_node(Length { bounds: Bounds { min, max }, unit }: &Length) -> Node {
    map([
        ("min", min.as_ref().map(number)),
        ("max", max.as_ref().map(number)),
        ("unit", (*unit != LengthUnit::Characters).then(|| Node::text(unit.as_str()))),
    ])
}

fn range_node(range: Range) -> Node {
    match range {
        Range::Integer { min, max } => bounds_node(min, max),
        Range::Float { min, max } => bounds_node(min, max),
    }
}

fn bounds_node<N: ToString>(min: Option<N>, max: Option<N>) -> Node {
    map([("min", min.as_ref().map(number)), ("max", max.as_ref().map(number))])
}

/// A value of a type. Numbers and booleans in their usual form are not quoted.
fn value_node(ty: &Type, text: &str) -> Node {
    let is_usual = match ty {
        Type::Integer | Type::Long => text.parse::<i64>().is_ok_and(|number| number.to_string() == text),
        Type::Float | Type::Double => {
            text.parse::<f64>().is_ok_and(|number| number.is_finite() && number.to_string() == text)
        }
        Type::Boolean => text == "true" || text == "false",
        _ => false,
    };
    if is_usual { Node::Bare(text.to_owned()) } else { Node::text(text) }
}

/// The fields of a response, or the type of its body; nothing if it is empty.
fn response_node(operation: &Operation) -> Option<Node> {
    if let Some(ty) = &operation.response_body {
        let fields = object_in(ty).map(|object| fields_node(&object.fields, false));
        return Some(map([("type", Some(Node::Text(ty.spelling()))), ("fields", fields)]));
    }
    let in_header = Placement { position: Some(Position::Header), style: None };
    let body = operation.response.iter().map(|field| field_node(field, Placement::default(), false));
    let headers = operation.response_headers.iter().map(|field| field_node(field, in_header, false));
    let fields: Vec<Node> = body.chain(headers).collect();
    (!fields.is_empty()).then_some(Node::List(fields))
}

/// The outcome of an operation, if it differs from the product's.
fn stated_outcome(outcome: Option<&Outcome>, of_product: Option<&Node>) -> Option<Node> {
    match (outcome.map(outcome_node), of_product) {
        (Some(own), Some(product)) if product.says_the_same(&own) => None,
        (None, Some(_)) => Some(Node::text(Outcome::NONE)),
        (own, _) => own,
    }
}

fn example_node(Example { request, json, xml }: &Example, operation: &Operation, types: &SharedTypes) -> Node {
    let fields = operation.parameters.iter().map(|parameter| &parameter.field);
    map([
        ("request", Some(samples_node(request, &fields.collect::<Vec<_>>(), types))),
        ("json", json.as_deref().map(Node::text)),
        ("xml", xml.as_deref().map(Node::text)),
    ])
}

/// Samples of these fields.
fn samples_node(samples: &[(String, Sample)], fields: &[&Field], types: &SharedTypes) -> Node {
    let member = |(name, sample): &(String, Sample)| {
        // Imports quote the values of a JSON example. As long as they do, a new import does not change the files.
        let field = fields.iter().find(|field| field.name == *name && !is_json_example(field, sample));
        (name.clone(), sample_node(sample, field.map_or(&Type::Any, |field| &field.ty), types))
    };
    Node::Map(samples.iter().map(member).collect())
}

fn sample_node(sample: &Sample, ty: &Type, types: &SharedTypes) -> Node {
    match (sample, ty) {
        (Sample::Text(text), ty) => value_node(ty, text),
        (Sample::List(items), Type::List(item)) => list(items, |sample| sample_node(sample, item, types)),
        (Sample::List(items), _) => list(items, |sample| sample_node(sample, &Type::Any, types)),
        (Sample::Object(members), Type::Map(item)) => {
            let member = |(name, sample): &(String, Sample)| (name.clone(), sample_node(sample, item, types));
            Node::Map(members.iter().map(member).collect())
        }
        (Sample::Object(members), ty) => {
            let fields: Vec<&Field> = types.members_of(ty).into_iter().flatten().collect();
            samples_node(members, &fields, types)
        }
    }
}

/// Whether a sample has the scalars of a list or an object that the example of the field writes as JSON.
fn is_json_example(field: &Field, sample: &Sample) -> bool {
    let is_same =
        |sample: &Sample, json: &Json| matches!(sample, Sample::Text(text) if json.text().as_deref() == Some(text));
    let json: Option<Json> = field.example.as_deref().and_then(|example| serde_json::from_str(example).ok());
    match (sample, json) {
        (Sample::List(items), Some(Json::List(values))) => {
            items.len() == values.len() && items.iter().zip(&values).all(|(item, value)| is_same(item, value))
        }
        (Sample::Object(members), Some(Json::Object(values))) => {
            let is_same = |((key, member), (name, value)): (&(String, Sample), &(String, Json))| {
                key == name && is_same(member, value)
            };
            members.len() == values.len() && members.iter().zip(&values).all(is_same)
        }
        _ => false,
    }
}

/// The error table. The first row of a code has its Rust name, if that is not the default.
fn errors_node(rows: &[ErrorRow]) -> Node {
    let row_node = |(index, row): (usize, &ErrorRow)| {
        let is_first = rows.iter().position(|other| other.code == row.code) == Some(index);
        let is_default = default_variant_name(&row.code).as_ref() == Some(&row.rust_name);
        map([
            ("status", Some(number(&row.status))),
            ("code", Some(Node::text(&row.code))),
            ("rust", (is_first && !is_default).then(|| Node::text(&row.rust_name))),
            ("message", Some(Node::text(&row.message))),
            ("doc", prose(&row.doc)),
        ])
    };
    Node::List(rows.iter().enumerate().map(row_node).collect())
}

/// An outcome.
pub(crate) fn outcome_node(outcome: &Outcome) -> Node {
    let field = |OutcomeField { path, values }: &OutcomeField| match values.as_slice() {
        [] => Node::text(path),
        values => map([("field", Some(Node::text(path))), ("values", Some(texts(values)))]),
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
    let path = |path: &[String]| Some(path_node(path));
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
        ("first", first.as_ref().map(number)),
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

fn texts(texts: &[String]) -> Node {
    list(texts, |text| Node::text(text))
}

/// A path of names, with dots between them.
fn path_node(path: &[String]) -> Node {
    Node::Text(path.join("."))
}

fn number(number: &impl ToString) -> Node {
    Node::Bare(number.to_string())
}

/// `true`; a spec omits `false`.
fn flag(is_set: bool) -> Option<Node> {
    is_set.then(|| Node::Bare("true".to_owned()))
}

/// `true`, or the replacement.
fn deprecated_node(replacement: &str) -> Node {
    if replacement.is_empty() { Node::Bare("true".to_owned()) } else { Node::text(replacement) }
}

/// A text; a spec omits an empty one.
fn prose(text: &str) -> Option<Node> {
    (!text.is_empty()).then(|| Node::text(text))
}

fn list<T>(items: &[T], node: impl Fn(&T) -> Node) -> Node {
    Node::List(items.iter().map(node).collect())
}

/// A list; a spec omits an empty one.
fn filled<T>(items: &[T], node: impl Fn(&T) -> Node) -> Option<Node> {
    (!items.is_empty()).then(|| list(items, node))
}

/// The entries that have a value.
fn map<const COUNT: usize>(entries: [(&str, Option<Node>); COUNT]) -> Node {
    let entries = entries.into_iter().filter_map(|(key, node)| Some((key.to_owned(), node?)));
    Node::Map(entries.collect())
}
