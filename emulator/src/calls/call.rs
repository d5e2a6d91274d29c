//! A recorded call.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::time::{Duration, SystemTime};

use alicloud_model::ApiStyle;
use hyper::header::USER_AGENT;
use serde_json::{Value, json};

use crate::parameters::headers::header_prefix;
use crate::signature::version::SignatureVersion;
use crate::wire::format::Format;
use crate::wire::request::WireRequest;

/// How a call ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CallOutcome {
    /// The HTTP status, or `None` where the connection was closed or left without an answer.
    pub status: Option<u16>,
    /// The error code, or `None` where there is none: the call succeeded, or a prepared answer was sent as it is.
    pub code: Option<String>,
}

/// One call that arrived, whether it was served or refused.
///
/// `Debug` and the admin API leave out bodies, and the values of parameters that the spec calls sensitive or does not know.
/// Access keys, tokens and signatures are not in here at all.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Call {
    /// Counts the calls of an emulator from 1.
    pub number: u64,
    /// When it arrived, by the clock that time stamps are checked against.
    pub time: SystemTime,
    /// How long the gateway took, with the delay of a prepared answer.
    pub took: Duration,
    /// The product, such as `Ecs`; empty where the operation is not known.
    pub product: String,
    /// The operation that was asked for: the value of `Action`, or of ROA what the path and the method tell.
    pub operation: String,
    /// The API version that was asked for.
    pub version: String,
    /// The HTTP method.
    pub method: String,
    /// The path, as it was sent.
    pub path: String,
    /// The host that the caller meant to reach, without port.
    pub host: String,
    /// The header of this name, as far as it is text.
    pub user_agent: String,
    /// What the call was signed with, rightly or wrongly.
    pub signature: SignatureVersion,
    /// How the caller wanted the answer.
    pub format: Format,
    /// The operation's own parameters, flattened as on the wire: `Tag.1.Key`. Parameters that the spec does not know
    /// are here too; common ones such as `Action` are not.
    pub parameters: BTreeMap<String, String>,
    /// Which of the parameters stood in the query.
    pub query: BTreeSet<String>,
    /// Which of the parameters stood in the form.
    pub form: BTreeSet<String>,
    /// Parameters that the spec puts into headers. Those of one whose name ends with `*` are all here, in lower case.
    pub headers: BTreeMap<String, String>,
    /// The body where it is no form; empty otherwise.
    pub body: Vec<u8>,
    /// The parameters that the spec knows, as the lists, objects and maps that it describes; scalars are texts. Bytes of a
    /// whole body that are no UTF-8 are replaced in here.
    pub input: Value,
    /// The signature's nonce.
    pub nonce: String,
    /// How the call ended.
    pub outcome: CallOutcome,
    pub(crate) style: ApiStyle,
    pub(crate) sensitive: BTreeSet<String>,
    /// The operation's parameters. What else was sent may be a secret that went astray.
    pub(crate) known: BTreeSet<String>,
    /// Whether one of [`Call::sensitive`] stands in the path.
    pub(crate) is_path_sensitive: bool,
}

impl Call {
    /// A call of which nothing is known yet but what its request line and its headers say.
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
            sensitive: BTreeSet::new(),
            known: BTreeSet::new(),
            is_path_sensitive: false,
        }
    }

    /// About how many bytes of memory it takes.
    pub(crate) fn weight(&self) -> usize {
        const ENTRY: usize = 64;
        let texts = |values: &BTreeMap<String, String>| -> usize {
            values.iter().map(|(name, value)| name.len() + value.len() + ENTRY).sum()
        };
        let parameters = texts(&self.parameters);
        let names = [&self.operation, &self.version, &self.path, &self.host, &self.user_agent, &self.nonce];
        // The names stand in `query` or `form` again, and all of it in `input`.
        let sum: usize = names.into_iter().map(String::len).sum();
        size_of::<Self>() + sum + 3 * parameters + 2 * texts(&self.headers) + 2 * self.body.len()
    }

    fn hides(&self, name: &str) -> bool {
        let at_or_below = |known: &String| {
            let is_header = header_prefix(known).is_some_and(|prefix| name.starts_with(&prefix));
            is_header || name.strip_prefix(known.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        self.sensitive.iter().any(at_or_below) || !self.known.iter().any(at_or_below)
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
    /// As the admin API shows it.
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
