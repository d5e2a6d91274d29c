//! A scripted response.

use std::time::Duration;

use hyper::StatusCode;
use hyper::body::Bytes;
use hyper::header::{HeaderName, HeaderValue};

use crate::gateway_error::GatewayError;
use crate::scenario::script_error::ScriptError;

/// A response that is sent instead of the usual one, to a call that passes the checks.
#[derive(Clone, Debug)]
pub struct ScriptedResponse {
    kind: Kind,
    headers: Vec<(String, String)>,
    delay: Duration,
    times: u32,
}

#[derive(Clone, Debug)]
enum Kind {
    Body { status: u16, content_type: String, body: Vec<u8>, truncated: bool },
    Documented(String),
    Error(GatewayError),
    Usual,
    Close,
    Reset,
    Silence,
}

impl ScriptedResponse {
    /// Creates the usual response, to combine it with [`ScriptedResponse::delay`] or [`ScriptedResponse::header`].
    pub fn usual() -> Self {
        Self::of(Kind::Usual)
    }

    /// Creates the response for the error with this code, as in [`Emulator::fail_next`](crate::Emulator::fail_next).
    pub fn documented(code: impl Into<String>) -> Self {
        Self::of(Kind::Documented(code.into()))
    }

    /// Creates a response with this body, which is sent unchanged.
    pub fn raw(status: u16, content_type: impl Into<String>, body: impl Into<Vec<u8>>) -> Self {
        Self::of(Kind::Body { status, content_type: content_type.into(), body: body.into(), truncated: false })
    }

    /// Creates a JSON response from a text or a value.
    pub fn json(status: u16, body: impl ToString) -> Self {
        Self::raw(status, "application/json;charset=utf-8", body.to_string())
    }

    /// Creates an error with any code and message, in the gateway's error envelope and the format that the caller
    /// requests.
    pub fn error(status: u16, code: impl Into<String>, message: impl Into<String>) -> Self {
        Self::of(Kind::Error(GatewayError::new(status, code, message)))
    }

    /// Creates a response whose body is shorter than its `Content-Length`. The connection is closed after it.
    pub fn truncated(status: u16, content_type: impl Into<String>, body: impl Into<Vec<u8>>) -> Self {
        Self::of(Kind::Body { status, content_type: content_type.into(), body: body.into(), truncated: true })
    }

    /// Closes the connection without a response.
    pub fn close() -> Self {
        Self::of(Kind::Close)
    }

    /// Resets the connection without a response, as if the server had crashed.
    pub fn reset() -> Self {
        Self::of(Kind::Reset)
    }

    /// Sends no response and keeps the connection open until the caller closes it.
    pub fn silence() -> Self {
        Self::of(Kind::Silence)
    }

    /// Adds a header, such as `x-acs-retry-after`.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Sets the delay before the response is sent, or the connection is closed or reset. Defaults to zero.
    #[must_use]
    pub fn delay(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Sets the number of calls that get this response. Defaults to 1.
    #[must_use]
    pub fn times(mut self, times: u32) -> Self {
        self.times = times;
        self
    }

    fn of(kind: Kind) -> Self {
        Self { kind, headers: Vec::new(), delay: Duration::ZERO, times: 1 }
    }

    /// Checks that the response can be sent. `documented` returns the error with a given code.
    pub(crate) fn checked(
        self,
        documented: impl FnOnce(&str) -> Result<GatewayError, ScriptError>,
    ) -> Result<PreparedResponse, ScriptError> {
        let status_of = |status: u16| match StatusCode::from_u16(status) {
            Ok(code) if (200..=599).contains(&status) => Ok(code),
            _ => Err(ScriptError::InvalidStatus(status)),
        };
        let value_of = |name: &str, value: &str| {
            HeaderValue::from_str(value).map_err(|_| ScriptError::InvalidHeader(name.to_owned()))
        };
        let kind = match self.kind {
            Kind::Body { status, content_type, body, truncated } => PreparedKind::Body {
                status: status_of(status)?,
                content_type: value_of("content-type", &content_type)?,
                body: body.into(),
                truncated,
            },
            Kind::Documented(code) => PreparedKind::Error(documented(&code)?),
            Kind::Error(error) => {
                status_of(error.status)?;
                PreparedKind::Error(error)
            }
            Kind::Usual => PreparedKind::Usual,
            Kind::Close => PreparedKind::Close,
            Kind::Reset => PreparedKind::Reset,
            Kind::Silence => PreparedKind::Silence,
        };
        let mut headers = Vec::new();
        for (name, value) in &self.headers {
            let known: HeaderName = name.parse().map_err(|_| ScriptError::InvalidHeader(name.clone()))?;
            headers.push((known, value_of(name, value)?));
        }
        Ok(PreparedResponse { kind, headers, delay: self.delay, times: self.times })
    }
}

/// A response that can be sent.
#[derive(Clone)]
pub(crate) struct PreparedResponse {
    pub(crate) kind: PreparedKind,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) delay: Duration,
    /// The number of calls that will still get it.
    pub(crate) times: u32,
}

impl PreparedResponse {
    /// Returns the size of its body and headers in bytes.
    pub(crate) fn bytes(&self) -> usize {
        let body = if let PreparedKind::Body { body, .. } = &self.kind { body.len() } else { 0 };
        body + self.headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum::<usize>()
    }

    /// Returns the usual response, for a call without a scripted one.
    pub(crate) fn usual() -> Self {
        Self { kind: PreparedKind::Usual, headers: Vec::new(), delay: Duration::ZERO, times: 1 }
    }
}

/// The response to send, or the action on the connection.
#[derive(Clone)]
pub(crate) enum PreparedKind {
    Body { status: StatusCode, content_type: HeaderValue, body: Bytes, truncated: bool },
    Error(GatewayError),
    Usual,
    Close,
    Reset,
    Silence,
}
