//! Responses that are prepared for calls to come.

use std::time::Duration;

use hyper::StatusCode;
use hyper::header::{HeaderName, HeaderValue};

use crate::gateway_error::GatewayError;
use crate::scenario::script_error::ScriptError;

/// An answer to give in place of the normal one, once the gateway has let the call pass.
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
    /// What the call would have been answered with anyway, for [`ScriptedResponse::delay`] and [`ScriptedResponse::header`].
    pub fn usual() -> Self {
        Self::of(Kind::Usual)
    }

    /// The error with this code that the operation's spec documents, or the gateway, as with
    /// [`Emulator::fail_next`](crate::Emulator::fail_next).
    pub fn documented(code: impl Into<String>) -> Self {
        Self::of(Kind::Documented(code.into()))
    }

    /// These bytes, whatever they are.
    pub fn raw(status: u16, content_type: impl Into<String>, body: impl Into<Vec<u8>>) -> Self {
        Self::of(Kind::Body { status, content_type: content_type.into(), body: body.into(), truncated: false })
    }

    /// A JSON text or value.
    pub fn json(status: u16, body: impl ToString) -> Self {
        Self::raw(status, "application/json;charset=utf-8", body.to_string())
    }

    /// The gateway's error envelope, in the format that the caller asks for, with any code and message.
    pub fn error(status: u16, code: impl Into<String>, message: impl Into<String>) -> Self {
        Self::of(Kind::Error(GatewayError::new(status, code, message)))
    }

    /// The start of a body: its announced length is greater, and the connection is closed after it.
    pub fn truncated(status: u16, content_type: impl Into<String>, body: impl Into<Vec<u8>>) -> Self {
        Self::of(Kind::Body { status, content_type: content_type.into(), body: body.into(), truncated: true })
    }

    /// None at all: the connection is closed.
    pub fn close() -> Self {
        Self::of(Kind::Close)
    }

    /// None at all: the connection is reset, as by a server that has crashed.
    pub fn reset() -> Self {
        Self::of(Kind::Reset)
    }

    /// None at all: the connection stays open until the caller gives up.
    pub fn silence() -> Self {
        Self::of(Kind::Silence)
    }

    /// Adds a header, such as `x-acs-retry-after`.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Comes so much later; a closed or reset connection ends so much later.
    #[must_use]
    pub fn delay(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Is given to so many calls in a row, in place of one.
    #[must_use]
    pub fn times(mut self, times: u32) -> Self {
        self.times = times;
        self
    }

    fn of(kind: Kind) -> Self {
        Self { kind, headers: Vec::new(), delay: Duration::ZERO, times: 1 }
    }

    /// Finds out now what could not be sent later. `documented` finds the error of a code.
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
        let what = match self.kind {
            Kind::Body { status, content_type, body, truncated } => PreparedKind::Body {
                status: status_of(status)?,
                content_type: value_of("content-type", &content_type)?,
                body,
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
        Ok(PreparedResponse { what, headers, delay: self.delay, times: self.times })
    }
}

/// An answer that can be sent.
#[derive(Clone)]
pub(crate) struct PreparedResponse {
    pub(crate) what: PreparedKind,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) delay: Duration,
    /// To how many calls it is still to be given.
    pub(crate) times: u32,
}

impl PreparedResponse {
    /// How many bytes it keeps.
    pub(crate) fn bytes(&self) -> usize {
        let body = if let PreparedKind::Body { body, .. } = &self.what { body.len() } else { 0 };
        body + self.headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum::<usize>()
    }

    /// For a call that nothing was prepared for.
    pub(crate) fn usual() -> Self {
        Self { what: PreparedKind::Usual, headers: Vec::new(), delay: Duration::ZERO, times: 1 }
    }
}

/// What is sent.
#[derive(Clone)]
pub(crate) enum PreparedKind {
    Body { status: StatusCode, content_type: HeaderValue, body: Vec<u8>, truncated: bool },
    Error(GatewayError),
    Usual,
    Close,
    Reset,
    Silence,
}
