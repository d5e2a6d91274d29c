//! One operation, as its spec file tells it.

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
    /// Set if it is deprecated: what to use instead, or empty.
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
    /// The fields of a successful response, in the page's order. Empty where [`Operation::response_body`] is set.
    pub response: Vec<Field>,
    /// The type of a successful response's body where it is not an object with known fields.
    pub response_body: Option<Type>,
    /// The headers of a successful response that are part of it.
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

    /// The parameters in the order in which requests number them: the required ones first.
    pub fn ordered_parameters(&self) -> Vec<&Parameter> {
        let mut parameters: Vec<&Parameter> = self.parameters.iter().collect();
        parameters.sort_by_key(|parameter| !parameter.field.required);
        parameters
    }

    /// The HTTP methods as they stand in a request line.
    pub fn method_names(&self) -> Vec<&'static str> {
        self.methods.iter().map(|method| method.as_str()).collect()
    }

    /// Whether sending the operation again does no more than sending it once: it reads, or is idempotent.
    pub fn is_repeatable(&self) -> bool {
        self.effect == Effect::Read || self.idempotent
    }

    /// What the body of a successful response is.
    pub fn response_kind(&self) -> ResponseKind {
        if self.response_body.is_some() {
            ResponseKind::Whole
        } else if self.response.is_empty() {
            ResponseKind::Nothing
        } else {
            ResponseKind::Fields
        }
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

words! {
    /// What an operation does to the state of the service.
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
    /// Who shares them.
    pub per: FlowScope,
}

words! {
    /// Who shares a flow limit.
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
    /// The page's access level, as written.
    pub access: Option<String>,
    /// The page's resource type, as written.
    pub resource: Option<String>,
}

/// What the body of a successful response is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResponseKind {
    /// Nothing is known of it.
    Nothing,
    /// An object with known fields.
    Fields,
    /// A value of one type, which is not an object with known fields.
    Whole,
}
