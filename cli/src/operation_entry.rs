//! The objects of `alicloud ops --json`.

use alicloud_model::{
    ErrorRow, Field, FormAs, Operation, Pagination, Parameter, Position, Rule, Service, SharedName, SharedType,
    Turning, Type, Waiter, WaitsFor,
};
use serde::Serialize;

/// An operation for scripts. `None` means not documented.
#[derive(Serialize)]
pub(crate) struct OperationEntry<'s> {
    product: &'s str,
    version: &'s str,
    module: &'s str,
    /// The gateway, if its signature differs.
    gateway: Option<&'s str>,
    api_style: &'static str,
    operation: &'s str,
    summary: &'s str,
    doc: Option<&'s str>,
    methods: Vec<&'static str>,
    path: &'s str,
    effect: &'static str,
    idempotent: bool,
    deprecated: bool,
    /// The replacement.
    deprecated_note: Option<&'s str>,
    qps: Option<u32>,
    /// The scope of the queries per second.
    qps_per: Option<&'static str>,
    ram_action: Option<String>,
    /// Whether the action is put together from the product's code and the operation's name.
    ram_action_is_inferred: Option<bool>,
    ram_access: Option<&'s str>,
    ram_resource: Option<&'s str>,
    /// The encoding of form parameters: `form`, or `json` for one JSON object.
    form_as: Option<&'static str>,
    parameters: Vec<FieldEntry<'s>>,
    rules: Vec<RuleEntry<'s>>,
    /// The fields of a successful response, those of its headers last.
    response: Vec<FieldEntry<'s>>,
    /// The type of the body, if it is not an object with known fields.
    response_body: Option<BodyEntry<'s>>,
    /// The shared types of parameters and response, directly or indirectly.
    types: Vec<TypeEntry<'s>>,
    errors: Vec<ErrorEntry<'s>>,
    pagination: Option<PaginationEntry>,
    waiters: Vec<WaiterEntry<'s>>,
}

impl<'s> OperationEntry<'s> {
    pub(crate) fn new(service: &'s Service, operation: &'s Operation) -> Self {
        let (flow, ram) = (operation.flow.as_ref(), operation.ram.as_ref());
        let (ram_action, ram_action_is_inferred) =
            service.ram_action(operation).map(|known| (known.action, known.is_inferred)).unzip();
        Self {
            product: &service.product,
            version: &service.version,
            module: &service.module,
            gateway: service.gateway.as_deref(),
            api_style: operation.style.as_str(),
            operation: &operation.name,
            summary: &operation.summary,
            doc: written(&operation.doc),
            methods: operation.method_names(),
            path: &operation.path,
            effect: operation.effect.as_str(),
            idempotent: operation.idempotent,
            deprecated: operation.deprecated.is_some(),
            deprecated_note: operation.deprecated.as_deref().and_then(written),
            qps: flow.map(|flow| flow.qps),
            qps_per: flow.map(|flow| flow.per.as_str()),
            ram_action,
            ram_action_is_inferred,
            ram_access: ram.and_then(|ram| ram.access.as_deref()),
            ram_resource: ram.and_then(|ram| ram.resource.as_deref()),
            form_as: operation
                .parameters
                .iter()
                .any(|parameter| parameter.position == Position::Form)
                .then_some(if operation.form_as_json { FormAs::Json } else { FormAs::Form }.as_str()),
            parameters: operation.parameters.iter().map(FieldEntry::of_request).collect(),
            rules: operation.rules.iter().map(RuleEntry::new).collect(),
            response: response(operation),
            response_body: operation
                .response_body
                .as_ref()
                .map(|ty| BodyEntry { r#type: ty.spelling(), fields: members(ty) }),
            types: types(service, operation),
            errors: errors(service, operation),
            pagination: operation.pagination.as_ref().map(PaginationEntry::new),
            waiters: operation.waiters.iter().map(WaiterEntry::new).collect(),
        }
    }
}

/// A parameter, a field of the response, or a member of an object inside one.
#[derive(Serialize)]
struct FieldEntry<'s> {
    name: &'s str,
    /// `None` inside an object: its position is that of the object.
    r#in: Option<&'static str>,
    /// `None` for scalars and for whole bodies.
    style: Option<&'static str>,
    r#type: String,
    /// The call is rejected without it.
    required: bool,
    /// A successful response may lack it.
    optional: bool,
    default: Option<&'s str>,
    values: Option<&'s [String]>,
    sensitive: bool,
    deprecated: bool,
    deprecated_note: Option<&'s str>,
    example: Option<&'s str>,
    doc: Option<&'s str>,
    /// The members, if the type is an object or contains objects.
    fields: Option<Vec<FieldEntry<'s>>>,
}

impl<'s> FieldEntry<'s> {
    fn of_request(parameter: &'s Parameter) -> Self {
        let is_styled = !parameter.field.ty.is_scalar() && parameter.position != Position::Body;
        let style = is_styled.then_some(parameter.style.as_str());
        Self { r#in: Some(parameter.position.as_str()), style, ..Self::member(&parameter.field) }
    }

    fn of_response(position: Position) -> impl Fn(&'s Field) -> Self {
        move |field| Self { r#in: Some(position.as_str()), ..Self::member(field) }
    }

    fn member(field: &'s Field) -> Self {
        Self {
            name: &field.name,
            r#in: None,
            style: None,
            r#type: field.ty.spelling(),
            required: field.required,
            optional: field.optional,
            default: field.default.as_deref(),
            values: documented(&field.values),
            sensitive: field.sensitive,
            deprecated: field.deprecated.is_some(),
            deprecated_note: field.deprecated.as_deref().and_then(written),
            example: field.example.as_deref(),
            doc: written(&field.doc),
            fields: members(&field.ty),
        }
    }
}

fn response(operation: &Operation) -> Vec<FieldEntry<'_>> {
    let fields = operation.response.iter().map(FieldEntry::of_response(Position::Body));
    fields.chain(operation.response_headers.iter().map(FieldEntry::of_response(Position::Header))).collect()
}

fn members(ty: &Type) -> Option<Vec<FieldEntry<'_>>> {
    match ty {
        Type::Object(object) => Some(object.fields.iter().map(FieldEntry::member).collect()),
        Type::List(item) | Type::Map(item) => members(item),
        _ => None,
    }
}

#[derive(Serialize)]
struct BodyEntry<'s> {
    r#type: String,
    fields: Option<Vec<FieldEntry<'s>>>,
}

#[derive(Serialize)]
struct TypeEntry<'s> {
    name: &'s str,
    doc: Option<&'s str>,
    fields: Vec<FieldEntry<'s>>,
}

/// The shared types that the operation uses, in the order of their first use. They may refer to themselves.
fn types<'s>(service: &'s Service, operation: &'s Operation) -> Vec<TypeEntry<'s>> {
    let mut names: Vec<&SharedName> = Vec::new();
    let fields = operation.parameters.iter().map(|parameter| &parameter.field);
    let fields = fields.chain(&operation.response).chain(&operation.response_headers);
    for ty in fields.map(|field| &field.ty).chain(&operation.response_body) {
        note_shared(ty, &mut names);
    }
    let mut types = Vec::new();
    while let Some(shared) = names.get(types.len()).and_then(|name| service.types.get(name)) {
        shared.fields.iter().for_each(|field| note_shared(&field.ty, &mut names));
        types.push(shared);
    }
    let entry = |shared: &'s SharedType| TypeEntry {
        name: &shared.name.name,
        doc: written(&shared.doc),
        fields: shared.fields.iter().map(FieldEntry::member).collect(),
    };
    types.into_iter().map(entry).collect()
}

/// Adds the names of shared types inside a type.
fn note_shared<'s>(ty: &'s Type, names: &mut Vec<&'s SharedName>) {
    match ty {
        Type::Shared(name) if !names.contains(&name) => names.push(name),
        Type::List(item) | Type::Map(item) => note_shared(item, names),
        Type::Object(object) => object.fields.iter().for_each(|field| note_shared(&field.ty, names)),
        _ => {}
    }
}

#[derive(Serialize)]
struct ErrorEntry<'s> {
    status: u16,
    code: &'s str,
    message: &'s str,
    doc: Option<&'s str>,
    /// The source of its documentation: the operation, or its product for all operations.
    from: &'static str,
}

/// The errors of the operation, then those of its product with other codes.
fn errors<'s>(service: &'s Service, operation: &'s Operation) -> Vec<ErrorEntry<'s>> {
    let entry = |from| {
        move |row: &'s ErrorRow| ErrorEntry {
            status: row.status,
            code: &row.code,
            message: &row.message,
            doc: written(&row.doc),
            from,
        }
    };
    let is_own = |row: &&ErrorRow| operation.errors.iter().any(|own| own.code == row.code);
    let shared = service.errors.iter().filter(|row| !is_own(row));
    operation.errors.iter().map(entry("operation")).chain(shared.map(entry("product"))).collect()
}

/// The requirements of parameters on each other, as in a spec.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum RuleEntry<'s> {
    AnyOf(&'s [Vec<String>]),
    Together(&'s [String]),
}

impl<'s> RuleEntry<'s> {
    fn new(rule: &'s Rule) -> Self {
        match rule {
            Rule::AnyOf(groups) => Self::AnyOf(groups),
            Rule::Together(names) => Self::Together(names),
        }
    }
}

/// The pagination, as in a spec.
#[derive(Serialize)]
struct PaginationEntry {
    by: &'static str,
    first: Option<u8>,
    parameter: String,
    next: Option<String>,
    size: Option<String>,
    total: Option<String>,
    more: Option<String>,
    items: String,
    token: Option<TokenEntry>,
}

#[derive(Serialize)]
struct TokenEntry {
    parameter: String,
    next: String,
    size: Option<String>,
}

impl PaginationEntry {
    fn new(pagination: &Pagination) -> Self {
        let Pagination { turning, parameter, size, total, more, items, token } = pagination;
        let (first, next) = match turning {
            Turning::Token { next } => (None, Some(next.join("."))),
            Turning::Number { first } => (Some(*first), None),
            Turning::Offset => (None, None),
        };
        let path = |path: &Option<Vec<String>>| path.as_ref().map(|path| path.join("."));
        Self {
            by: turning.kind().as_str(),
            first,
            parameter: parameter.join("."),
            next,
            size: path(size),
            total: path(total),
            more: path(more),
            items: items.join("."),
            token: token.as_ref().map(|token| TokenEntry {
                parameter: token.parameter.join("."),
                next: token.next.join("."),
                size: path(&token.size),
            }),
        }
    }
}

/// A waiter: for values of a field, or for error codes.
#[derive(Serialize)]
struct WaiterEntry<'s> {
    name: &'s str,
    field: Option<String>,
    until: Option<&'s [String]>,
    /// The values with which the wait fails.
    fails: Option<&'s [String]>,
    codes: Option<&'s [String]>,
    /// Seconds between two calls.
    every: u32,
    /// The timeout in seconds.
    at_most: u32,
}

impl<'s> WaiterEntry<'s> {
    fn new(waiter: &'s Waiter) -> Self {
        let Waiter { name, waits_for, every, at_most } = waiter;
        let (field, until, fails, codes) = match waits_for {
            WaitsFor::Value { field, values, failing } => {
                (Some(field.join(".")), Some(values.as_slice()), documented(failing), None)
            }
            WaitsFor::Error { codes } => (None, None, None, Some(codes.as_slice())),
        };
        Self { name, field, until, fails, codes, every: *every, at_most: *at_most }
    }
}

fn written(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

fn documented(values: &[String]) -> Option<&[String]> {
    (!values.is_empty()).then_some(values)
}
