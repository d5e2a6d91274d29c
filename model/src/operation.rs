//! One operation, as its spec file tells it.

use crate::service::Outcome;
use crate::types::{Field, SharedTypes, Type};

/// An operation of a product.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Operation {
    /// The name on the wire: the value of `Action`.
    pub name: String,
    /// The client method's name.
    pub method_name: String,
    /// What the names of its types start with: `<rust_name>Request`, `…Response` and `…Error`.
    pub rust_name: String,
    /// One sentence on what it does.
    pub summary: String,
    /// The rest of what a user should know.
    pub doc: String,
    /// The HTTP methods it takes.
    pub methods: Vec<Method>,
    /// What it does to the service's state.
    pub effect: Effect,
    /// Whether sending it twice does no more than sending it once.
    pub idempotent: bool,
    /// Set where it is deprecated: what to use instead, or empty.
    pub deprecated: Option<String>,
    /// The documented flow control.
    pub flow: Option<FlowLimit>,
    /// The permission a RAM user needs.
    pub ram: Option<Ram>,
    /// How calls are addressed.
    pub style: ApiStyle,
    /// The path, with `{Name}` for path parameters. `/` for RPC.
    pub path: String,
    /// Whether the form parameters are sent as one JSON object.
    pub form_as_json: bool,
    /// The parameters, in the page's order.
    pub parameters: Vec<Parameter>,
    /// What parameters demand of each other.
    pub rules: Vec<Rule>,
    /// How a 2xx body reports failure.
    pub outcome: Option<Outcome>,
    /// The fields of a good answer, in the page's order. Empty where [`Operation::response_body`] is set.
    pub response: Vec<Field>,
    /// The type of a good answer's body where it is no object with known fields.
    pub response_body: Option<Type>,
    /// The headers of a good answer that are part of it.
    pub response_headers: Vec<Field>,
    /// Codes by which the operation says that it has not acted and may be asked again, besides those of the product.
    pub retry: Vec<String>,
    /// The documented errors, in the page's order. A code may stand under several statuses.
    pub errors: Vec<ErrorRow>,
    /// The variants of the error type: those of [`Operation::errors`], then those of the whole product.
    pub error_variants: Vec<ErrorVariant>,
    /// Sample messages.
    pub examples: Vec<Example>,
    /// How its pages follow each other.
    pub pagination: Option<Pagination>,
    /// What it can be asked for again and again until it is so.
    pub waiters: Vec<Waiter>,
}

impl Operation {
    /// The parameter with this wire name.
    pub fn parameter(&self, name: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|parameter| parameter.field.name == name)
    }

    /// The parameter at a path of field names, or the member of an object parameter.
    pub fn parameter_at<'o>(&'o self, types: &'o SharedTypes, path: &[String]) -> Option<&'o Field> {
        parameter_at(types, &self.parameters, path)
    }

    /// The HTTP method to send it with: the first for ROA; for RPC POST where it is allowed, as the official SDKs do.
    pub fn preferred_method(&self) -> Method {
        if self.style == ApiStyle::Rpc && self.methods.contains(&Method::Post) {
            Method::Post
        } else {
            self.methods.first().copied().unwrap_or(Method::Post)
        }
    }
}

/// How calls are addressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ApiStyle {
    /// By the name of the operation, at one path.
    #[default]
    Rpc,
    /// By HTTP method and path.
    Roa,
}

impl ApiStyle {
    /// As specs write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rpc => "RPC",
            Self::Roa => "ROA",
        }
    }
}

/// An HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it all")]
pub enum Method {
    Get,
    Post,
    Put,
    Delete,
    Patch,
    Head,
    Options,
}

impl Method {
    /// The method as it stands in a request line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
            Self::Patch => "PATCH",
            Self::Head => "HEAD",
            Self::Options => "OPTIONS",
        }
    }
}

/// What an operation does to the service's state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It reads.
    Read,
    /// It writes.
    Write,
    /// It may do both.
    ReadAndWrite,
}

/// Documented flow control.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowLimit {
    /// Queries per second.
    pub qps: u32,
    /// Who shares them.
    pub per: FlowScope,
}

/// Who shares a flow limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlowScope {
    /// An Alibaba Cloud account with all its RAM users.
    Account,
    /// Each user alone.
    User,
}

/// The permission that a RAM user needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ram {
    /// The action of a policy statement.
    pub action: String,
    /// The page's access level, as written.
    pub access: Option<String>,
    /// The page's resource type, as written.
    pub resource: Option<String>,
}

/// A parameter of a request.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Name, type and limits.
    pub field: Field,
    /// Where it goes.
    pub position: Position,
    /// How a structure becomes text.
    pub style: Style,
}

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Position {
    /// The URL's query.
    Query,
    /// An `application/x-www-form-urlencoded` body.
    Form,
    /// The whole body.
    Body,
    /// A `{Name}` of the path.
    Path,
    /// A header of this name.
    Header,
    /// A `{Name}` of the host.
    Host,
}

impl Position {
    /// As specs write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Query => "query",
            Self::Form => "form",
            Self::Body => "body",
            Self::Path => "path",
            Self::Header => "header",
            Self::Host => "host",
        }
    }
}

/// How lists, objects and maps become text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `Name.1`, `Name.1.Key`, `Name.Key`. The default, also called `repeatList`.
    RepeatList,
    /// As [`Style::RepeatList`], with `#<length>#<key>` for the keys of maps.
    Flat,
    /// One parameter of compact JSON.
    Json,
    /// Joined by commas.
    Simple,
    /// Joined by spaces.
    SpaceDelimited,
    /// Joined by `|`.
    PipeDelimited,
}

/// What parameters demand of each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    /// One of these groups must be there whole. They stand in order of precedence: where several are, the first wins.
    AnyOf(Vec<Vec<String>>),
    /// All of these or none.
    Together(Vec<String>),
}

/// A row of an error table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorRow {
    /// The HTTP status.
    pub status: u16,
    /// The code; `%s` stands for what the service fills in.
    pub code: String,
    /// The variant's name in the error type.
    pub rust_name: String,
    /// The message, as on the wire.
    pub message: String,
    /// What it means and what to do.
    pub doc: String,
}

/// A variant of an operation's error type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorVariant {
    /// The variant's name.
    pub rust_name: String,
    /// The code, as in its rows.
    pub code: String,
    /// The rows with this code, in order.
    pub rows: Vec<ErrorRow>,
}

impl ErrorVariant {
    /// Whether the service puts something in the place of a `%s` in the code.
    pub fn is_pattern(&self) -> bool {
        self.code.contains("%s")
    }
}

/// A sample request with its answer.
#[derive(Clone, Debug)]
pub struct Example {
    /// The parameters.
    pub request: Vec<(String, Sample)>,
    /// The answer as JSON, as on the page.
    pub json: Option<String>,
    /// The answer as XML, as on the page.
    pub xml: Option<String>,
}

/// A value of a sample request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sample {
    /// A scalar, as written.
    Text(String),
    /// A list.
    List(Vec<Sample>),
    /// An object or a map.
    Object(Vec<(String, Sample)>),
}

impl Sample {
    /// How many lists, objects and maps are within each other at the deepest place.
    pub fn depth(&self) -> usize {
        let deepest = match self {
            Self::Text(_) => return 0,
            Self::List(items) => items.iter().map(Self::depth).max(),
            Self::Object(members) => members.iter().map(|(_, sample)| sample.depth()).max(),
        };
        1 + deepest.unwrap_or_default()
    }
}

/// How a list is divided into pages. Paths are the names of fields, each inside the one before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pagination {
    /// What the parameter takes.
    pub turning: Turning,
    /// The parameter that selects a page, or the path to a member of an object parameter.
    pub parameter: Vec<String>,
    /// The parameter with the maximum number of items on a page.
    pub size: Option<Vec<String>>,
    /// The response field with the number of items on all pages.
    pub total: Option<Vec<String>>,
    /// The response field that says whether there are more pages.
    pub more: Option<Vec<String>>,
    /// The response list.
    pub items: Vec<String>,
    /// The tokens that the operation offers beside page numbers or offsets.
    pub token: Option<TokenPages>,
}

/// Pages by token, of an operation that has pages by number as well. A request that sets one of these parameters, or a page with
/// a token, selects them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenPages {
    /// The parameter that takes the token.
    pub parameter: Vec<String>,
    /// The parameter with the maximum number of items on a page.
    pub size: Option<Vec<String>>,
    /// The response field with the token of the next page.
    pub next: Vec<String>,
}

/// How a request selects a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Turning {
    /// By a token that the page before it contains.
    Token {
        /// The response field with the token of the next page.
        next: Vec<String>,
    },
    /// By the page's number.
    Number {
        /// The number of the first page: 0 or 1.
        first: u8,
    },
    /// By the number of items on the pages before it.
    Offset,
}

/// What an operation is asked for again and again until it is so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiter {
    /// Its name, in snake case.
    pub name: String,
    /// What ends the wait.
    pub waits_for: WaitsFor,
    /// How many seconds there are between two calls.
    pub every: u32,
    /// For how many seconds calls are made.
    pub at_most: u32,
}

/// What ends a wait.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WaitsFor {
    /// A field of the response has one of some values.
    Value {
        /// The field, as a path of field names that goes on in each item of a list.
        field: Vec<String>,
        /// The values, of which all that the path leads to must be one.
        values: Vec<String>,
        /// Values with which the wait is in vain.
        failing: Vec<String>,
    },
    /// The operation fails with one of these documented codes.
    Error {
        /// The codes.
        codes: Vec<String>,
    },
}

/// Where a field path such as `Instances.Instance` leads.
pub(crate) fn field_at<'f>(types: &'f SharedTypes, fields: &'f [Field], path: &[String]) -> Option<&'f Field> {
    let (first, rest) = path.split_first()?;
    let field = fields.iter().find(|field| &field.name == first)?;
    if rest.is_empty() { Some(field) } else { field_at(types, types.fields_of(&field.ty)?, rest) }
}

/// The parameter at a path, or the member of one.
pub(crate) fn parameter_at<'f>(
    types: &'f SharedTypes,
    parameters: &'f [Parameter],
    path: &[String],
) -> Option<&'f Field> {
    let (first, rest) = path.split_first()?;
    let parameter = parameters.iter().find(|parameter| parameter.field.name == *first)?;
    member_at(types, &parameter.field, rest)
}

fn member_at<'f>(types: &'f SharedTypes, field: &'f Field, path: &[String]) -> Option<&'f Field> {
    let Some((first, rest)) = path.split_first() else { return Some(field) };
    member_at(types, types.members_of(&field.ty)?.iter().find(|member| member.name == *first)?, rest)
}
