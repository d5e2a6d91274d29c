//! Answers that were prepared for calls to come.

use std::collections::{HashMap, VecDeque};

use hyper::StatusCode;
use hyper::header::{HeaderName, HeaderValue};

use crate::error::ScriptError;
use crate::refusal::Refusal;

/// An answer to give in place of the normal one, once the gateway has let the call pass.
#[derive(Clone, Debug)]
pub struct Answer {
    kind: Kind,
    headers: Vec<(String, String)>,
}

#[derive(Clone, Debug)]
enum Kind {
    Body { status: u16, content_type: String, body: Vec<u8>, cut: bool },
    Error(Refusal),
    Close,
    Silence,
}

impl Answer {
    /// These bytes, whatever they are.
    pub fn raw(status: u16, content_type: impl Into<String>, body: impl Into<Vec<u8>>) -> Self {
        Self::of(Kind::Body { status, content_type: content_type.into(), body: body.into(), cut: false })
    }

    /// A JSON text or value.
    pub fn json(status: u16, body: impl ToString) -> Self {
        Self::raw(status, "application/json;charset=utf-8", body.to_string())
    }

    /// The gateway's error envelope, in the format that the caller asks for, with any code and message.
    pub fn error(status: u16, code: impl Into<String>, message: impl Into<String>) -> Self {
        Self::of(Kind::Error(Refusal::new(status, code, message)))
    }

    /// The start of a body: its announced length is greater, and the connection is closed after it.
    pub fn truncated(status: u16, content_type: impl Into<String>, body: impl Into<Vec<u8>>) -> Self {
        Self::of(Kind::Body { status, content_type: content_type.into(), body: body.into(), cut: true })
    }

    /// None at all: the connection is closed.
    pub fn close() -> Self {
        Self::of(Kind::Close)
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

    fn of(kind: Kind) -> Self {
        Self { kind, headers: Vec::new() }
    }

    /// Finds out now what could not be sent later.
    pub(crate) fn checked(self) -> Result<Prepared, ScriptError> {
        let status_of = |status: u16| match StatusCode::from_u16(status) {
            Ok(code) if (200..=599).contains(&status) => Ok(code),
            _ => Err(ScriptError::InvalidStatus(status)),
        };
        let value_of = |name: &str, value: &str| {
            HeaderValue::from_str(value).map_err(|_| ScriptError::InvalidHeader(name.to_owned()))
        };
        let what = match self.kind {
            Kind::Body { status, content_type, body, cut } => What::Body {
                status: status_of(status)?,
                content_type: value_of("content-type", &content_type)?,
                body,
                cut,
            },
            Kind::Error(refusal) => {
                status_of(refusal.status)?;
                What::Error(refusal)
            }
            Kind::Close => What::Close,
            Kind::Silence => What::Silence,
        };
        let mut headers = Vec::new();
        for (name, value) in &self.headers {
            let known: HeaderName = name.parse().map_err(|_| ScriptError::InvalidHeader(name.clone()))?;
            headers.push((known, value_of(name, value)?));
        }
        Ok(Prepared { what, headers })
    }
}

/// An answer that can be sent.
pub(crate) struct Prepared {
    pub(crate) what: What,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
}

/// What is sent.
pub(crate) enum What {
    Body { status: StatusCode, content_type: HeaderValue, body: Vec<u8>, cut: bool },
    Error(Refusal),
    Close,
    Silence,
}

/// The prepared answers by operation.
#[derive(Default)]
pub(crate) struct Script(HashMap<String, VecDeque<Prepared>>);

impl Script {
    pub(crate) fn add(&mut self, operation: &str, answer: Prepared) {
        self.0.entry(operation.to_owned()).or_default().push_back(answer);
    }

    pub(crate) fn next(&mut self, operation: &str) -> Option<Prepared> {
        self.0.get_mut(operation)?.pop_front()
    }
}
