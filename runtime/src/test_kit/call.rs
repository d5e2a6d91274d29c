//! The requests that a mock transport has received, parsed as the service would parse them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use reqwest::Url;
use serde_json::value::RawValue;

use crate::http_message::HttpRequest;
use crate::operation::description::{Operation, Place};
use crate::request::wire_parameters::COMMON;

/// A request that a [`MockTransport`](super::MockTransport) has received.
///
/// `Debug` shows the names of the parameters, but not their values.
#[derive(Clone)]
pub struct MockCall {
    operation: String,
    parameters: BTreeMap<String, String>,
    request: HttpRequest,
}

impl MockCall {
    /// Returns the name of the operation, such as `ResetThing`.
    pub fn operation(&self) -> &str {
        &self.operation
    }

    /// Returns the text of a parameter, in any part of the request. `None` if it is not sent.
    ///
    /// Lists and objects are flattened, with wire names such as `Tag.1.Key`. A body other than a form is a single
    /// parameter, as text.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.get(name).map(String::as_str)
    }

    /// Returns the names and texts of all parameters, sorted by name. The common parameters, such as `Action` and
    /// `Signature`, are not included.
    pub fn parameters(&self) -> impl Iterator<Item = (&str, &str)> {
        self.parameters.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Returns the signed request.
    pub fn request(&self) -> &HttpRequest {
        &self.request
    }

    /// Parses a request of the operation. If the operation is not known, only parameters in the query and in a form are
    /// found.
    pub(super) fn parse(request: HttpRequest, target: &Target, operation: Option<&'static Operation<'static>>) -> Self {
        let mut parameters = BTreeMap::new();
        for (name, value) in request.url.query_pairs() {
            if !target.is_in_query || !COMMON.contains(&name.as_ref()) {
                parameters.insert(name.into_owned(), value.into_owned());
            }
        }
        let is_form = header(&request, "content-type").starts_with("application/x-www-form-urlencoded");
        if let Some(form) = body_text(&request).filter(|_| is_form) {
            parameters.extend(decoded(&request.url, &form));
        }
        if let Some(operation) = operation {
            parse_other_places(&request, operation, &mut parameters);
        }
        Self { operation: target.name.clone(), parameters, request }
    }
}

impl fmt::Debug for MockCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockCall")
            .field("operation", &self.operation)
            .field("parameters", &self.parameters.keys())
            .field("request", &self.request)
            .finish()
    }
}

/// The operation of a request.
pub(super) struct Target {
    name: String,
    version: String,
    /// Whether the operation is in the query, as with signature V1, or in the headers.
    is_in_query: bool,
}

impl Target {
    pub(super) fn is(&self, operation: &Operation<'_>) -> bool {
        self.name == operation.name && self.version == operation.service.version
    }

    pub(super) fn display(&self) -> String {
        format!("`{}` of version `{}`", self.name, self.version)
    }
}

pub(super) fn target(request: &HttpRequest) -> Target {
    let name = header(request, "x-acs-action");
    if !name.is_empty() {
        let version = header(request, "x-acs-version").into_owned();
        return Target { name: name.into_owned(), version, is_in_query: false };
    }
    let common = |wanted: &str| {
        let found = request.url.query_pairs().find(|(name, _)| name == wanted);
        found.map(|(_, value)| value.into_owned()).unwrap_or_default()
    };
    Target { name: common("Action"), version: common("Version"), is_in_query: true }
}

/// Parses the parameters that are neither in the query nor in a form.
fn parse_other_places(
    request: &HttpRequest,
    operation: &'static Operation<'static>,
    parameters: &mut BTreeMap<String, String>,
) {
    if let Some(template) = operation.path {
        parse_path(request, template, parameters);
    }
    if let Some(json) = body_text(request).filter(|_| operation.form_as_json) {
        let members: BTreeMap<String, Box<RawValue>> = serde_json::from_str(&json).unwrap_or_default();
        parameters.extend(members.into_iter().map(|(name, value)| {
            let text = serde_json::from_str::<String>(value.get());
            (name, text.unwrap_or_else(|_| value.get().to_owned()))
        }));
    }
    for parameter in (0..).map_while(|index| operation.parameters.get(index)) {
        let name = parameter.name;
        match parameter.detail.place {
            Place::Query | Place::Form | Place::Path => {}
            Place::Body => parameters.extend(body_text(request).map(|text| (name.to_owned(), text.into_owned()))),
            Place::Host => {
                let label = request.host().split('.').next().unwrap_or_default();
                parameters.insert(name.to_owned(), label.to_owned());
            }
            Place::Header => {
                let lower = name.to_ascii_lowercase();
                for (known, value) in request.headers() {
                    let value = || String::from_utf8_lossy(value).into_owned();
                    if known == lower {
                        parameters.insert(name.to_owned(), value());
                    } else if lower.strip_suffix('*').is_some_and(|start| known.starts_with(start)) {
                        parameters.insert(known.to_owned(), value());
                    }
                }
            }
        }
    }
}

fn parse_path(request: &HttpRequest, template: &str, parameters: &mut BTreeMap<String, String>) {
    let mut path = request.url.path();
    let mut rest = template.split_once('?').map_or(template, |(path, _)| path);
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        let literal = after.split('{').next().unwrap_or_default();
        let remaining = path.get(before.len()..).unwrap_or_default();
        let end = if literal.is_empty() { None } else { remaining.find(literal) };
        let (value, others) = remaining.split_at(end.unwrap_or(remaining.len()));
        let name = name.trim_end_matches('*');
        let value = decoded(&request.url, &format!("={value}")).map(|(_, value)| value).collect::<String>();
        parameters.insert(name.to_owned(), value);
        (path, rest) = (others, after);
    }
}

/// Decodes the pairs of a form, by way of a URL's query.
fn decoded(url: &Url, form: &str) -> impl Iterator<Item = (String, String)> {
    let mut url = url.clone();
    url.set_query(Some(form));
    let pairs: Vec<(String, String)> =
        url.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned())).collect();
    pairs.into_iter()
}

fn body_text(request: &HttpRequest) -> Option<Cow<'_, str>> {
    request.body().map(String::from_utf8_lossy)
}

fn header<'r>(request: &'r HttpRequest, name: &str) -> Cow<'r, str> {
    request.headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes())).unwrap_or_default()
}
