//! A recorded call.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use alicloud_model::ApiStyle;
use hyper::header::USER_AGENT;
use serde_json::{Value, json};

use crate::catalog::parameter_names::ParameterNames;
use crate::signature::version::SignatureVersion;
use crate::wire::format::Format;
use crate::wire::request::WireRequest;

/// The result of a call.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CallOutcome {
    /// The HTTP status, or `None` if there was no response.
    pub status: Option<u16>,
    /// The error code, or `None` if the call succeeded or got a scripted body.
    pub code: Option<String>,
}

/// A recorded call, whether it succeeded or failed.
///
/// `Debug` and the admin API hide bodies, and the values of parameters that the spec marks as sensitive or does not
/// contain. Access keys, tokens and signatures are not recorded.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Call {
    /// The number of the call, from 1.
    pub number: u64,
    /// The time of its arrival, by the clock of the emulator.
    pub time: SystemTime,
    /// The time to handle it, including the delay of a scripted response.
    pub took: Duration,
    /// The product, such as `Ecs`. Empty if the operation is unknown.
    pub product: String,
    /// The requested operation: the value of `Action`, or for ROA the operation with this path and method.
    pub operation: String,
    /// The requested API version.
    pub version: String,
    /// The HTTP method.
    pub method: String,
    /// The path, as it was sent.
    pub path: String,
    /// The requested host, without port.
    pub host: String,
    /// The header `User-Agent`. Empty if it is not text.
    pub user_agent: String,
    /// The version of the signature, whether it is valid or not.
    pub signature: SignatureVersion,
    /// The requested format of the response.
    pub format: Format,
    /// The parameters of the operation, flattened as on the wire: `Tag.1.Key`. Includes parameters that the spec does
    /// not contain, but not common parameters such as `Action`.
    pub parameters: BTreeMap<String, String>,
    /// The names of the parameters in the query.
    pub query: BTreeSet<String>,
    /// The names of the parameters in the form.
    pub form: BTreeSet<String>,
    /// The parameters in headers. For a parameter whose name ends with `*`, all matching headers, in lower case.
    pub headers: BTreeMap<String, String>,
    /// The body, unless it is a form.
    pub body: Vec<u8>,
    /// The parameters of the spec as lists, objects and maps. Scalars are texts. Invalid UTF-8 of a whole body is
    /// replaced.
    pub input: Value,
    /// The signature's nonce.
    pub nonce: String,
    /// The result.
    pub outcome: CallOutcome,
    pub(crate) style: ApiStyle,
    /// The names of the parameters in the spec, or `None` if the operation is unknown.
    pub(crate) names: Option<Arc<ParameterNames>>,
    /// Whether a sensitive parameter is in the path.
    pub(crate) is_path_sensitive: bool,
}

impl Call {
    /// Creates a call from the request line and the headers.
    pub(crate) fn arrived(request: &WireRequest, time: SystemTime) -> Self {
        let user_agent = request.headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        Self {
            number: 0,
            time,
            took: Duration::ZERO,
            product: String::new(),
            operation: String::new(),
            version: String::new(),
            method: request.method.clone(),
            path: request.path.clone(),
            host: request.host.clone(),
            user_agent: user_agent.to_owned(),
            signature: SignatureVersion::None,
            format: Format::default(),
            parameters: BTreeMap::new(),
            query: BTreeSet::new(),
            form: BTreeSet::new(),
            headers: BTreeMap::new(),
            body: Vec::new(),
            input: Value::Null,
            nonce: String::new(),
            outcome: CallOutcome::default(),
            style: ApiStyle::default(),
            names: None,
            is_path_sensitive: false,
        }
    }

    fn hides(&self, name: &str) -> bool {
        self.names.as_ref().is_none_or(|names| names.hides(name))
    }

    fn shown(&self, values: &BTreeMap<String, String>) -> BTreeMap<String, String> {
        let show = |(name, value): (&String, &String)| {
            (name.clone(), if self.hides(name) { "***".to_owned() } else { value.clone() })
        };
        values.iter().map(show).collect()
    }

    fn shown_input(&self) -> Value {
        let Value::Object(members) = &self.input else { return self.input.clone() };
        let show = |(name, value): (&String, &Value)| {
            (name.clone(), if self.hides(name) { Value::String("***".to_owned()) } else { value.clone() })
        };
        Value::Object(members.iter().map(show).collect())
    }
}

impl Call {
    /// Returns the call as the admin API shows it.
    pub(crate) fn to_json(&self) -> Value {
        json!({
            "number": self.number,
            "time": humantime::format_rfc3339_millis(self.time).to_string(),
            "took_ms": u64::try_from(self.took.as_millis()).unwrap_or(u64::MAX),
            "product": self.product,
            "operation": self.operation,
            "version": self.version,
            "method": self.method,
            "path": if self.is_path_sensitive { "***" } else { &self.path },
            "host": self.host,
            "user_agent": self.user_agent,
            "signature": self.signature.as_str(),
            "format": self.format.as_str(),
            "parameters": self.shown(&self.parameters),
            "query": self.query,
            "form": self.form,
            "headers": self.shown(&self.headers),
            "body_bytes": self.body.len(),
            "input": self.shown_input(),
            "nonce": self.nonce,
            "status": self.outcome.status,
            "code": self.outcome.code,
        })
    }
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("number", &self.number)
            .field("time", &self.time)
            .field("took", &self.took)
            .field("product", &self.product)
            .field("operation", &self.operation)
            .field("version", &self.version)
            .field("method", &self.method)
            .field("path", if self.is_path_sensitive { &"***" } else { &self.path })
            .field("host", &self.host)
            .field("user_agent", &self.user_agent)
            .field("signature", &self.signature)
            .field("format", &self.format)
            .field("parameters", &self.shown(&self.parameters))
            .field("query", &self.query)
            .field("form", &self.form)
            .field("headers", &self.shown(&self.headers))
            .field("body", &format_args!("[{} bytes]", self.body.len()))
            .field("input", &self.shown_input())
            .field("nonce", &self.nonce)
            .field("outcome", &self.outcome)
            .finish_non_exhaustive()
    }
}
