//! Decodes an HTTP response into a typed response, or converts it into a failure.

use std::time::Duration;

use crate::credentials::access_key::Credentials;
use crate::decoding::body;
use crate::decoding::decode::{Decode, HEADER, Slot, named};
use crate::decoding::path::values_at;
use crate::error::failure::{Failure, ServiceFailure, UnreadableResponse};
use crate::http_message::{HttpResponse, REQUEST_ID};
use crate::operation::description::{Method, Operation, Outcome, ResponseKind};
use crate::operation::input::Input;
use crate::request::scalar_text::scalar_text;
use crate::response::hints::Hints;
use crate::response::redaction::Redaction;

/// A response that is not decoded yet, with the secrets of its request.
pub(crate) struct RawResponse {
    http: HttpResponse,
    credentials: Credentials,
    /// The secret values of parameters and headers that no spec describes.
    secrets: Vec<String>,
}

impl RawResponse {
    pub(crate) fn new(http: HttpResponse, credentials: Credentials, secrets: Vec<String>) -> Self {
        Self { http, credentials, secrets }
    }

    pub(crate) fn into_http_response(self) -> HttpResponse {
        self.http
    }

    /// The hints for a retry. There are two headers for the delay. The gateway's own, in milliseconds, has precedence
    /// unless it is 0.
    pub(crate) fn hints(&self) -> Hints {
        let header = |name| self.http.headers.get(name)?.to_str().ok();
        let number = |name| header(name)?.trim().parse().ok();
        Hints {
            retry_after: number("x-acs-retry-after")
                .filter(|milliseconds| *milliseconds > 0)
                .map(Duration::from_millis)
                .or_else(|| number("retry-after").map(Duration::from_secs)),
            date: header("date").and_then(|date| httpdate::parse_http_date(date).ok()),
        }
    }

    /// Decodes the response, or returns the failure.
    pub(crate) fn decode_into(
        &self,
        operation: &Operation<'_>,
        input: &Input,
        response: &mut dyn Decode,
    ) -> Result<(), Failure> {
        let error = match self.decode(operation, response) {
            Ok(()) => return Ok(()),
            Err(error) => error,
        };
        let redaction = Redaction::new(&self.credentials, &operation.parameters, input, &self.secrets, response);
        Err(match error {
            NotDecoded::Failed(envelope) => Failure::Service(Box::new(self.service_failure(envelope, &redaction))),
            NotDecoded::Unreadable(reason) => self.unreadable(reason, &redaction),
        })
    }

    fn decode(&self, operation: &Operation<'_>, response: &mut dyn Decode) -> Result<(), NotDecoded> {
        if !(200..300).contains(&self.http.status) {
            return Err(self.service_error());
        }
        let body = &self.http.body;
        let decoded = match operation.response_kind {
            ResponseKind::Fields if self.lacks_body(operation, response) => Err("the body is empty".to_owned()),
            ResponseKind::Fields => body::from_bytes(body, operation.name, response),
            ResponseKind::Whole => body::whole_from_bytes(body, response),
            ResponseKind::Nothing => Ok(()),
        };
        let decoded = decoded.and_then(|()| self.decode_headers(operation, response));
        if let Some(outcome) = operation.outcome() {
            // Missing fields have their defaults, so an apparent failure is checked in the body.
            if decoded.is_err() || may_be_failure(outcome, response) {
                self.check_outcome(operation, outcome)?;
            }
        }
        decoded.map_err(NotDecoded::Unreadable)
    }

    /// Whether the body is empty although the response has documented fields. Some responses never have a body (RFC
    /// 9110, sections 9.3.2 and 15.3.5).
    fn lacks_body(&self, operation: &Operation<'_>, response: &mut dyn Decode) -> bool {
        self.http.body.trim_ascii().is_empty()
            && self.http.status != 204
            && operation.method != Method::Head
            && (0..)
                .map(|index| response.field(index).0)
                .take_while(|name| !name.is_empty())
                .any(|name| !name.starts_with(HEADER))
    }

    fn decode_headers(&self, operation: &Operation<'_>, response: &mut dyn Decode) -> Result<(), String> {
        for name in operation.response_headers {
            let Some(value) = self.http.text(name) else { continue };
            let slot = named(response, &format!("{HEADER}{}", name.to_ascii_lowercase()));
            body::from_text(&value, slot).map_err(|expected| format!("the header `{name}` should be {expected}"))?;
        }
        Ok(())
    }

    fn service_error(&self) -> NotDecoded {
        let mut envelope = Envelope::default();
        match body::from_bytes_any_root(&self.http.body, &mut envelope) {
            // A string field also accepts a structure, which is not a code.
            Ok(()) if !envelope.code.is_empty() && !envelope.code.starts_with(['{', '[']) => {
                NotDecoded::Failed(envelope)
            }
            Ok(()) => NotDecoded::Unreadable("the error has no code".to_owned()),
            Err(reason) => NotDecoded::Unreadable(reason),
        }
    }

    /// Returns an error if the body reports a failure.
    fn check_outcome(&self, operation: &Operation<'_>, outcome: &Outcome) -> Result<(), NotDecoded> {
        let paths = [outcome.success.path, outcome.code.path, outcome.message, "RequestId"];
        let mut body = Probe::default();
        paths.iter().for_each(|path| body.add(path));
        if body::from_bytes(&self.http.body, operation.name, &mut body).is_err() {
            return Ok(());
        }
        let [success, code, message, request_id] = paths.map(|path| body.text(path));
        let is_failure = match (&success, &code) {
            (Some(success), _) => !outcome.success.is_success(success),
            (None, Some(code)) => !outcome.code.values.is_empty() && !outcome.code.is_success(code),
            (None, None) => false,
        };
        if !is_failure {
            return Ok(());
        }
        Err(NotDecoded::Failed(Envelope {
            code: code.unwrap_or_default(),
            message: message.unwrap_or_default(),
            request_id,
            ..Envelope::default()
        }))
    }

    fn service_failure(&self, envelope: Envelope, redaction: &Redaction) -> ServiceFailure {
        let optional = |text: Option<String>| text.map(|text| redaction.text(text));
        ServiceFailure {
            code: redaction.text(envelope.code),
            message: redaction.text(envelope.message),
            request_id: optional(envelope.request_id.or_else(|| self.http.text(REQUEST_ID))),
            status: self.http.status,
            host: optional(envelope.host),
            recommend: optional(envelope.recommend),
        }
    }

    fn unreadable(&self, reason: String, redaction: &Redaction) -> Failure {
        let optional = |text: Option<String>| text.map(|text| redaction.text(text));
        Failure::Unreadable(Box::new(UnreadableResponse {
            status: self.http.status,
            content_type: optional(self.http.text("content-type")),
            request_id: optional(self.http.text(REQUEST_ID)),
            reason: redaction.text(reason),
            body: redaction.excerpt(&self.http.body),
        }))
    }
}

/// The reason why a response was not decoded, before redaction.
enum NotDecoded {
    /// The service returned an error.
    Failed(Envelope),
    /// The body or a header cannot be decoded, for this reason.
    Unreadable(String),
}

/// The fields of an error body. RPC gateways capitalize their names, newer services do not.
#[derive(Default)]
struct Envelope {
    code: String,
    message: String,
    request_id: Option<String>,
    host: Option<String>,
    recommend: Option<String>,
}

impl Decode for Envelope {
    fn field(&mut self, index: usize) -> (&'static str, Slot<'_>) {
        match index {
            0 => ("Code", Slot::Text(&mut self.code)),
            1 => ("code", Slot::Text(&mut self.code)),
            2 => ("Message", Slot::Text(&mut self.message)),
            3 => ("message", Slot::Text(&mut self.message)),
            4 => ("HostId", Slot::OptionalText(&mut self.host)),
            5 => ("hostId", Slot::OptionalText(&mut self.host)),
            6 => ("Recommend", Slot::OptionalText(&mut self.recommend)),
            7 => ("recommend", Slot::OptionalText(&mut self.recommend)),
            8 => ("RequestId", Slot::OptionalText(&mut self.request_id)),
            9 => ("requestId", Slot::OptionalText(&mut self.request_id)),
            10 => ("requestid", Slot::OptionalText(&mut self.request_id)),
            _ => ("", Slot::Skip),
        }
    }
}

/// Whether the decoded fields may report a failure. Missing fields have their defaults.
fn may_be_failure(outcome: &Outcome, response: &mut dyn Decode) -> bool {
    // Most responses.
    if let Slot::Boolean(true) | Slot::OptionalBoolean(Some(true)) = named(response, outcome.success.path) {
        return false;
    }
    // If the response type has no such field, the body is searched.
    let first = |path: &'static str| path.split('.').next().unwrap_or_default();
    let paths = [outcome.success.path, outcome.code.path];
    if paths.iter().any(|path| !path.is_empty() && matches!(named(response, first(path)), Slot::Skip)) {
        return true;
    }
    let mut text = |path| values_at(response, path).first().map(|value| scalar_text(value).into_owned());
    let success = text(outcome.success.path).filter(|text| !text.is_empty());
    match (success, text(outcome.code.path)) {
        (Some(success), _) => !outcome.success.is_success(&success),
        (None, Some(code)) => !code.is_empty() && !outcome.code.values.is_empty() && !outcome.code.is_success(&code),
        (None, None) => false,
    }
}

/// Decodes single values of a body by their paths.
#[derive(Default)]
struct Probe {
    name: &'static str,
    /// The value, as JSON.
    value: Option<String>,
    members: Vec<Probe>,
}

impl Probe {
    fn add(&mut self, path: &'static str) {
        if path.is_empty() {
            return;
        }
        let (name, rest) = path.split_once('.').unwrap_or((path, ""));
        let index = self.members.iter().position(|member| member.name == name).unwrap_or_else(|| {
            self.members.push(Self { name, ..Self::default() });
            self.members.len() - 1
        });
        if let Some(member) = self.members.get_mut(index) {
            member.add(rest);
        }
    }

    /// The text of a value; `None` if it is missing, null or empty.
    fn text(&self, path: &str) -> Option<String> {
        let (name, rest) = path.split_once('.').unwrap_or((path, ""));
        let member = self.members.iter().find(|member| member.name == name)?;
        if !rest.is_empty() {
            return member.text(rest);
        }
        let value = member.value.as_deref()?;
        let text = serde_json::from_str::<String>(value).unwrap_or_else(|_| value.to_owned());
        Some(text.trim().to_owned()).filter(|text| !text.is_empty())
    }
}

impl Decode for Probe {
    fn field(&mut self, index: usize) -> (&'static str, Slot<'_>) {
        match self.members.get_mut(index) {
            Some(member) if member.members.is_empty() => (member.name, Slot::OptionalRaw(&mut member.value)),
            Some(member) => (member.name, Slot::Object(member)),
            None => ("", Slot::Skip),
        }
    }
}
