//! Operations as scripts read them: the objects of `alicloud ops --json`.

use alicloud_model::{
    Effect, ErrorRow, Field, FlowScope, Object, Operation, Pagination, Parameter, Position, Rule, Service, Style, Type,
};
use serde::Serialize;

use crate::ops::methods;

/// An operation as scripts read it. What is `None` is not documented.
#[derive(Serialize)]
pub(super) struct OperationEntry<'s> {
    product: &'s str,
    version: &'s str,
    module: &'s str,
    api_style: &'static str,
    operation: &'s str,
    summary: &'s str,
    doc: Option<&'s str>,
    methods: Vec<&'static str>,
    path: &'s str,
    effect: &'static str,
    idempotent: bool,
    deprecated: bool,
    /// What to use instead.
    deprecated_note: Option<&'s str>,
    qps: Option<u32>,
    /// Who shares the queries per second.
    qps_per: Option<&'static str>,
    ram_action: Option<&'s str>,
    ram_access: Option<&'s str>,
    ram_resource: Option<&'s str>,
    parameters: Vec<ParameterEntry<'s>>,
    rules: Vec<RuleEntry<'s>>,
    response: Vec<ResponseEntry<'s>>,
    errors: Vec<ErrorEntry<'s>>,
    pagination: Option<PaginationEntry<'s>>,
}

impl<'s> OperationEntry<'s> {
    pub(super) fn new(service: &'s Service, operation: &'s Operation) -> Self {
        let (flow, ram) = (operation.flow.as_ref(), operation.ram.as_ref());
        Self {
            product: &service.product,
            version: &service.version,
            module: &service.module,
            // The model reads no other yet.
            api_style: "RPC",
            operation: &operation.name,
            summary: &operation.summary,
            doc: written(&operation.doc),
            methods: methods(operation),
            path: &operation.path,
            effect: match operation.effect {
                Effect::Read => "read",
                Effect::Write => "write",
                Effect::ReadAndWrite => "readAndWrite",
            },
            idempotent: operation.idempotent,
            deprecated: operation.deprecated.is_some(),
            deprecated_note: operation.deprecated.as_deref().and_then(written),
            qps: flow.map(|flow| flow.qps),
            qps_per: flow.map(|flow| match flow.per {
                FlowScope::Account => "account",
                FlowScope::User => "user",
            }),
            ram_action: ram.map(|ram| ram.action.as_str()),
            ram_access: ram.and_then(|ram| ram.access.as_deref()),
            ram_resource: ram.and_then(|ram| ram.resource.as_deref()),
            parameters: operation.parameters.iter().map(ParameterEntry::new).collect(),
            rules: operation.rules.iter().map(RuleEntry::new).collect(),
            response: operation.response.iter().map(ResponseEntry::new).collect(),
            errors: errors(service, operation),
            pagination: operation.pagination.as_ref().map(PaginationEntry::new),
        }
    }
}

/// A parameter, or a member of an object inside one.
#[derive(Serialize)]
struct ParameterEntry<'s> {
    name: &'s str,
    /// `None` inside an object: that is where the object is.
    r#in: Option<&'static str>,
    /// `None` where a value is text already.
    style: Option<&'static str>,
    r#type: String,
    required: bool,
    default: Option<&'s str>,
    values: Option<&'s [String]>,
    sensitive: bool,
    deprecated: bool,
    deprecated_note: Option<&'s str>,
    example: Option<&'s str>,
    doc: Option<&'s str>,
    /// The members, where the type is an object or holds some.
    fields: Option<Vec<ParameterEntry<'s>>>,
}

impl<'s> ParameterEntry<'s> {
    fn new(parameter: &'s Parameter) -> Self {
        let is_styled = !parameter.field.ty.is_scalar() && parameter.position != Position::Body;
        let position = match parameter.position {
            Position::Query => "query",
            Position::Form => "form",
            Position::Body => "body",
            Position::Path => "path",
            Position::Header => "header",
            Position::Host => "host",
        };
        let style = match parameter.style {
            Style::RepeatList => "repeatList",
            Style::Flat => "flat",
            Style::Json => "json",
            Style::Simple => "simple",
            Style::SpaceDelimited => "spaceDelimited",
            Style::PipeDelimited => "pipeDelimited",
        };
        Self { r#in: Some(position), style: is_styled.then_some(style), ..Self::member(&parameter.field) }
    }

    fn member(field: &'s Field) -> Self {
        Self {
            name: &field.name,
            r#in: None,
            style: None,
            r#type: field.ty.spelling(),
            required: field.required,
            default: field.default.as_deref(),
            values: documented(&field.values),
            sensitive: field.sensitive,
            deprecated: field.deprecated.is_some(),
            deprecated_note: field.deprecated.as_deref().and_then(written),
            example: field.example.as_deref(),
            doc: written(&field.doc),
            fields: object_of(&field.ty).map(|object| object.fields.iter().map(Self::member).collect()),
        }
    }
}

/// A field of the response.
#[derive(Serialize)]
struct ResponseEntry<'s> {
    name: &'s str,
    r#type: String,
    /// A good answer may lack it.
    optional: bool,
    values: Option<&'s [String]>,
    sensitive: bool,
    deprecated: bool,
    deprecated_note: Option<&'s str>,
    example: Option<&'s str>,
    doc: Option<&'s str>,
    /// The members, where the type is an object or holds some.
    fields: Option<Vec<ResponseEntry<'s>>>,
}

impl<'s> ResponseEntry<'s> {
    fn new(field: &'s Field) -> Self {
        Self {
            name: &field.name,
            r#type: field.ty.spelling(),
            optional: field.optional,
            values: documented(&field.values),
            sensitive: field.sensitive,
            deprecated: field.deprecated.is_some(),
            deprecated_note: field.deprecated.as_deref().and_then(written),
            example: field.example.as_deref(),
            doc: written(&field.doc),
            fields: object_of(&field.ty).map(|object| object.fields.iter().map(Self::new).collect()),
        }
    }
}

fn object_of(ty: &Type) -> Option<&Object> {
    match ty {
        Type::Object(object) => Some(object),
        Type::List(item) | Type::Map(item) => object_of(item),
        _ => None,
    }
}

#[derive(Serialize)]
struct ErrorEntry<'s> {
    status: u16,
    code: &'s str,
    message: &'s str,
    doc: Option<&'s str>,
    /// Who documents it: the operation, or its product for all operations.
    from: &'static str,
}

/// The operation's own errors, then those of its product with other codes.
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

/// What parameters demand of each other, as a spec says it.
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

/// How pages follow each other, as a spec says it.
#[derive(Serialize)]
#[serde(tag = "by", rename_all = "snake_case")]
enum PaginationEntry<'s> {
    Token { parameter: &'s str, next: &'s str, items: String },
    Number { parameter: &'s str, size: &'s str, total: &'s str, items: String },
}

impl<'s> PaginationEntry<'s> {
    fn new(pagination: &'s Pagination) -> Self {
        match pagination {
            Pagination::Token { parameter, next, items } => Self::Token { parameter, next, items: items.join(".") },
            Pagination::Number { parameter, size, total, items } => {
                Self::Number { parameter, size, total, items: items.join(".") }
            }
        }
    }
}

fn written(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

fn documented(values: &[String]) -> Option<&[String]> {
    (!values.is_empty()).then_some(values)
}
