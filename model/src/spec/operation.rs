//! One operation.

use crate::naming;
use crate::spec::api_style::ApiStyle;
use crate::spec::errors::{ErrorRow, ErrorVariant};
use crate::spec::examples::Example;
use crate::spec::field_paths::parameter_at;
use crate::spec::method::Method;
use crate::spec::outcome::Outcome;
use crate::spec::pagination::Pagination;
use crate::spec::parameters::{Parameter, Rule};
use crate::spec::types::{Field, SharedTypes, Type};
use crate::spec::waiters::Waiter;
use crate::spec::words::words;

/// An operation of a product.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Operation {
    /// The name on the wire: the value of `Action`.
    pub name: String,
    /// The client method's name.
    pub method_name: String,
    /// The prefix of the names of its types: `<rust_name>Request`, `…Response` and `…Error`.
    pub rust_name: String,
    /// A summary in one sentence.
    pub summary: String,
    /// The documentation without the summary, as Markdown.
    pub doc: String,
    /// The HTTP methods that it accepts.
    pub methods: Vec<Method>,
    /// Its effect on the state of the service.
    pub effect: Effect,
    /// Whether it is idempotent: sending it twice has the same effect as sending it once.
    pub idempotent: bool,
    /// If it is deprecated, what to use instead; may be empty.
    pub deprecated: Option<String>,
    /// The documented flow control.
    pub flow: Option<FlowLimit>,
    /// The permission that a RAM user needs.
    pub ram: Option<Ram>,
    /// The API style.
    pub style: ApiStyle,
    /// The path, with `{Name}` for path parameters. `/` for RPC.
    pub path: String,
    /// Whether the form parameters are sent as one JSON object.
    pub form_as_json: bool,
    /// The parameters, in the order of the documentation.
    pub parameters: Vec<Parameter>,
    /// The rules between parameters.
    pub rules: Vec<Rule>,
    /// How a 2xx body reports failure.
    pub outcome: Option<Outcome>,
    /// The fields of a successful response, in the order of the documentation. Empty if [`Operation::response_body`] is
    /// set.
    pub response: Vec<Field>,
    /// The type of the body of a successful response, if it is not an object with known fields.
    pub response_body: Option<Type>,
    /// The response headers that the spec lists as fields.
    pub response_headers: Vec<Field>,
    /// Error codes after which a call can be retried, because the operation has not acted, in addition to those of the
    /// product.
    pub retry: Vec<String>,
    /// The documented errors, in the order of the documentation. A code may appear under several statuses.
    pub errors: Vec<ErrorRow>,
    /// The variants of the error type: those of [`Operation::errors`], then those of the whole product.
    pub error_variants: Vec<ErrorVariant>,
    /// Sample messages.
    pub examples: Vec<Example>,
    /// The pagination, if the operation lists.
    pub pagination: Option<Pagination>,
    /// The waiters: conditions for which the operation can be polled.
    pub waiters: Vec<Waiter>,
}

impl Operation {
    /// Creates an RPC operation without parameters, response and documentation. It has no HTTP methods, and counts as a
    /// write. `None` if the name cannot become a Rust name.
    pub fn new(name: &str) -> Option<Self> {
        Some(Self {
            name: name.to_owned(),
            method_name: naming::setter(name)?,
            rust_name: naming::camel(name)?,
            summary: String::new(),
            doc: String::new(),
            methods: Vec::new(),
            effect: Effect::Write,
            idempotent: false,
            deprecated: None,
            flow: None,
            ram: None,
            style: ApiStyle::Rpc,
            path: "/".to_owned(),
            form_as_json: false,
            parameters: Vec::new(),
            rules: Vec::new(),
            outcome: None,
            response: Vec::new(),
            response_body: None,
            response_headers: Vec::new(),
            retry: Vec::new(),
            errors: Vec::new(),
            error_variants: Vec::new(),
            examples: Vec::new(),
            pagination: None,
            waiters: Vec::new(),
        })
    }

    /// Returns the parameter with this wire name.
    pub fn parameter(&self, name: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|parameter| parameter.field.name == name)
    }

    /// Returns the parameter at a path of field names, or the member of an object parameter.
    pub fn parameter_at<'o>(&'o self, types: &'o SharedTypes, path: &[String]) -> Option<&'o Field> {
        parameter_at(types, &self.parameters, path)
    }

    /// Returns the parameters in the order in which requests number them: the required ones first.
    pub fn ordered_parameters(&self) -> Vec<&Parameter> {
        let mut parameters: Vec<&Parameter> = self.parameters.iter().collect();
        parameters.sort_by_key(|parameter| !parameter.field.required);
        parameters
    }

    /// Returns the HTTP methods as they appear in a request line.
    pub fn method_names(&self) -> Vec<&'static str> {
        self.methods.iter().map(|method| method.as_str()).collect()
    }

    /// Whether the operation can be sent again safely: it only reads, or is idempotent.
    pub fn is_repeatable(&self) -> bool {
        self.effect == Effect::Read || self.idempotent
    }

    /// Whether a URL of the operation can be presigned: it is an RPC read that accepts GET.
    pub fn is_presignable(&self) -> bool {
        self.effect == Effect::Read && self.style == ApiStyle::Rpc && self.methods.contains(&Method::Get)
    }

    /// Returns the kind of a successful response.
    pub fn response_kind(&self) -> ResponseKind {
        if self.response_body.is_some() {
            ResponseKind::Whole
        } else if self.response.is_empty() {
            ResponseKind::Nothing
        } else {
            ResponseKind::Fields
        }
    }

    /// Returns the HTTP method to send it with: the first one for ROA; POST for RPC if it is allowed, as in the
    /// official SDKs.
    pub fn preferred_method(&self) -> Method {
        if self.style == ApiStyle::Rpc && self.methods.contains(&Method::Post) {
            Method::Post
        } else {
            self.methods.first().copied().unwrap_or(Method::Post)
        }
    }
}

words! {
    /// The effect of an operation on the state of the service.
    Effect {
        /// It reads.
        Read = "read",
        /// It writes.
        Write = "write",
        /// It may do both.
        ReadAndWrite = "readAndWrite",
    }
}

/// Documented flow control.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowLimit {
    /// Queries per second.
    pub qps: u32,
    /// The scope of the limit.
    pub per: FlowScope,
}

words! {
    /// The scope of a flow limit.
    FlowScope {
        /// An Alibaba Cloud account with all its RAM users.
        Account = "account",
        /// Each user alone.
        User = "user",
    }
}

/// The permission that a RAM user needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ram {
    /// The action of a policy statement.
    pub action: String,
    /// The access level, as documented.
    pub access: Option<String>,
    /// The resource type, as documented.
    pub resource: Option<String>,
}

/// The kind of a successful response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResponseKind {
    /// Nothing is known about the body.
    Nothing,
    /// An object with known fields.
    Fields,
    /// A value of one type, which is not an object with known fields.
    Whole,
}
