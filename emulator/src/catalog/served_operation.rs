//! An operation that is served.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use alicloud_model::{ApiStyle, ErrorRow, Operation, Position, Service};
use hyper::body::Bytes;

use crate::catalog::parameter_names::ParameterNames;
use crate::gateway_error::{self, GatewayError};
use crate::parameters::path_template::PathTemplate;
use crate::wire::format::Format;

/// An operation with its product.
pub(crate) struct ServedOperation {
    /// Its product, without the operations.
    pub(crate) service: Arc<Service>,
    pub(crate) operation: Operation,
    /// Shared with the recorded calls.
    pub(crate) names: Arc<ParameterNames>,
    pub(crate) path: PathTemplate,
    /// The bodies that are the same for each call, by example and format.
    bodies: Vec<[OnceLock<FieldsBody>; 2]>,
}

/// A response body that is an object.
#[derive(Clone)]
pub(crate) struct FieldsBody {
    pub(crate) text: Bytes,
    /// The request ID in it.
    pub(crate) request_id: Option<String>,
}

impl ServedOperation {
    pub(crate) fn new(service: &Arc<Service>, operation: Operation) -> Self {
        Self {
            service: Arc::clone(service),
            names: Arc::new(ParameterNames::new(&service.types, &operation)),
            path: PathTemplate::new(&operation.path),
            bodies: operation.examples.iter().map(|_| Default::default()).collect(),
            operation,
        }
    }

    pub(crate) fn is_roa(&self) -> bool {
        self.operation.style == ApiStyle::Roa
    }

    /// Whether the operation accepts this HTTP method.
    pub(crate) fn accepts(&self, method: &str) -> bool {
        self.operation.methods.iter().any(|known| known.as_str() == method)
    }

    /// Returns the number of required parameters in query and form that are not among these names.
    pub(crate) fn missing(&self, given: &BTreeSet<String>) -> usize {
        let is_given = |name: &str| {
            // Members of structures are named `Tag.1.Key`.
            let member = |given: &String| given.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'));
            given.contains(name) || given.iter().any(member)
        };
        let parameters = self.operation.parameters.iter();
        let required = parameters.filter(|parameter| {
            parameter.field.required && matches!(parameter.position, Position::Query | Position::Form)
        });
        required.filter(|parameter| !is_given(&parameter.field.name)).count()
    }

    /// Whether the body of a request is not a form.
    pub(crate) fn has_body_of_its_own(&self) -> bool {
        let mut parameters = self.operation.parameters.iter();
        self.operation.form_as_json || parameters.any(|parameter| parameter.position == Position::Body)
    }

    /// Returns the body for the example with this index, which is the same for each call. Creates it for the first one.
    pub(crate) fn same_body(
        &self,
        example: usize,
        format: Format,
        create: impl FnOnce() -> FieldsBody,
    ) -> Option<&FieldsBody> {
        let [json, xml] = self.bodies.get(example)?;
        let body = match format {
            Format::Json => json,
            Format::Xml => xml,
        };
        Some(body.get_or_init(create))
    }

    /// Returns the documented errors, including those of the product.
    pub(crate) fn rows(&self) -> impl Iterator<Item = &ErrorRow> {
        self.operation.error_variants.iter().flat_map(|variant| &variant.rows)
    }

    /// Returns the documented error with this code. A `%s` in a documented code matches any text.
    fn documented_error(&self, code: &str) -> Option<GatewayError> {
        let exact = self.rows().find(|row| row.code == code && !row.code.contains("%s"));
        if let Some(row) = exact {
            return Some(GatewayError::new(row.status, code, &row.message));
        }
        self.rows().find_map(|row| {
            let (before, after) = row.code.split_once("%s")?;
            let filled = code.strip_prefix(before)?.strip_suffix(after).filter(|filled| !filled.is_empty())?;
            let filled = match filled {
                // No service sends the `%s` itself, so a likely text replaces it.
                "%s" => self.operation.parameters.first().map_or("Parameter", |first| first.field.name.as_str()),
                filled => filled,
            };
            let code = format!("{before}{filled}{after}");
            Some(GatewayError::new(row.status, code, row.message.replace("%s", filled)))
        })
    }

    /// Returns the error with this code: a documented one, or one of the gateway.
    pub(crate) fn error(&self, code: &str) -> Option<GatewayError> {
        self.documented_error(code).or_else(|| gateway_error::of_all_operations(code))
    }

    /// Returns the documented codes.
    pub(crate) fn documented_codes(&self) -> impl Iterator<Item = &str> {
        self.rows().map(|row| row.code.as_str())
    }
}
