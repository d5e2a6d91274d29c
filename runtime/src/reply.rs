//! From an answer to a response or a failure.

use std::time::Duration;

use crate::attempts::Hints;
use crate::credentials::Credentials;
use crate::decode::{self, Decode, HEADER, Slot, named};
use crate::failure::{Failure, ServiceFailure, UnreadableResponse};
use crate::input::Input;
use crate::operation::{Answer, Method, Operation, Outcome};
use crate::redaction::Redaction;
use crate::transport::HttpResponse;

/// The header that carries the ID of the request.
pub(crate) const REQUEST_ID: &str = "x-acs-request-id";

/// A whole response, with what the request says is secret.
pub(crate) struct Reply {
    answer: HttpResponse,
    credentials: Credentials,
    /// Values of parameters and headers that no spec describes.
    secrets: Vec<String>,
}

impl Reply {
    pub(crate) fn new(answer: HttpResponse, credentials: Credentials, secrets: Vec<String>) -> Self {
        Self { answer, credentials, secrets }
    }

    pub(crate) fn into_answer(self) -> HttpResponse {
        self.answer
    }

    /// What the head says about another attempt. Of the two headers for a delay the gateway's own is the finer; 0 says nothing.
    pub(crate) fn hints(&self) -> Hints {
        let header = |name| self.answer.headers.get(name)?.to_str().ok();
        let number = |name| header(name)?.trim().parse().ok();
        Hints {
            retry_after: number("x-acs-retry-after")
                .filter(|milliseconds| *milliseconds > 0)
                .map(Duration::from_millis)
                .or_else(|| number("retry-after").map(Duration::from_secs)),
            date: header("date").and_then(|date| httpdate::parse_http_date(date).ok()),
        }
    }

    /// Reads the response, or returns why it is a failure.
    pub(crate) fn read_into(
        &self,
        operation: &Operation<'_>,
        input: &Input,
        response: &mut dyn Decode,
    ) -> Result<(), Failure> {
        let unread = match self.read(operation, response) {
            Ok(()) => return Ok(()),
            Err(unread) => unread,
        };
        let redaction = Redaction::new(&self.credentials, &operation.parameters, input, &self.secrets, response);
        Err(match unread {
            Unread::Failed(envelope) => Failure::Service(Box::new(self.service_failure(envelope, &redaction))),
            Unread::Unreadable(reason) => self.unreadable(reason, &redaction),
        })
    }

    fn read(&self, operation: &Operation<'_>, response: &mut dyn Decode) -> Result<(), Unread> {
        if !(200..300).contains(&self.answer.status) {
            return Err(self.refusal());
        }
        let body = &self.answer.body;
        let read = match operation.answer {
            Answer::Fields if self.lacks_body(operation, response) => Err("the body is empty".to_owned()),
            Answer::Fields => decode::from_bytes(body, operation.name, response),
            Answer::Whole => decode::whole_from_bytes(body, response),
            Answer::Nothing => Ok(()),
        };
        let read = read.and_then(|()| self.read_headers(operation, response));
        if let Some(outcome) = &operation.service.outcome {
            // A response without the field was read with its default, so an apparent failure is looked at again.
            if read.is_err()
                || matches!(named(response, outcome.success), Slot::Boolean(false) | Slot::OptionalBoolean(Some(false)))
            {
                self.check_outcome(operation, outcome)?;
            }
        }
        read.map_err(Unread::Unreadable)
    }

    /// Whether nothing came in place of documented fields. Some responses have no body by definition (RFC 9110, sections
    /// 9.3.2 and 15.3.5).
    fn lacks_body(&self, operation: &Operation<'_>, response: &mut dyn Decode) -> bool {
        self.answer.body.trim_ascii().is_empty()
            && self.answer.status != 204
            && operation.method != Method::Head
            && (0..)
                .map(|index| response.field(index).0)
                .take_while(|name| !name.is_empty())
                .any(|name| !name.starts_with(HEADER))
    }

    fn read_headers(&self, operation: &Operation<'_>, response: &mut dyn Decode) -> Result<(), String> {
        for name in operation.response_headers {
            let Some(value) = self.answer.text(name) else { continue };
            let slot = named(response, &format!("{HEADER}{}", name.to_ascii_lowercase()));
            decode::from_text(&value, slot).map_err(|expected| format!("the header `{name}` should be {expected}"))?;
        }
        Ok(())
    }

    fn refusal(&self) -> Unread {
        let mut envelope = Envelope::default();
        match decode::from_bytes_any_root(&self.answer.body, &mut envelope) {
            Ok(()) if !envelope.code.is_empty() => Unread::Failed(envelope),
            Ok(()) => Unread::Unreadable("an error without a code".to_owned()),
            Err(reason) => Unread::Unreadable(reason),
        }
    }

    fn check_outcome(&self, operation: &Operation<'_>, outcome: &Outcome) -> Result<(), Unread> {
        let mut probe = OutcomeProbe::new(outcome);
        match decode::from_bytes(&self.answer.body, operation.name, &mut probe) {
            Ok(()) if probe.success == Some(false) => Err(Unread::Failed(probe.envelope)),
            _ => Ok(()),
        }
    }

    fn service_failure(&self, envelope: Envelope, redaction: &Redaction) -> ServiceFailure {
        let optional = |text: Option<String>| text.map(|text| redaction.text(text));
        ServiceFailure {
            code: redaction.text(envelope.code),
            message: redaction.text(envelope.message),
            request_id: optional(envelope.request_id.or_else(|| self.answer.text(REQUEST_ID))),
            status: self.answer.status,
            host: optional(envelope.host),
            recommend: optional(envelope.recommend),
        }
    }

    fn unreadable(&self, reason: String, redaction: &Redaction) -> Failure {
        let optional = |text: Option<String>| text.map(|text| redaction.text(text));
        Failure::Unreadable(Box::new(UnreadableResponse {
            status: self.answer.status,
            content_type: optional(self.answer.text("content-type")),
            request_id: optional(self.answer.text(REQUEST_ID)),
            reason: redaction.text(reason),
            body: redaction.excerpt(&self.answer.body),
        }))
    }
}

/// Why a response is not read, before secrets are hidden.
enum Unread {
    /// The service reports a failure.
    Failed(Envelope),
    /// For this reason.
    Unreadable(String),
}

/// The fields of an error body. RPC gateways capitalise them, newer back ends do not.
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

/// Reads the fields that an [`Outcome`] names.
struct OutcomeProbe<'o> {
    outcome: &'o Outcome,
    success: Option<bool>,
    envelope: Envelope,
}

impl<'o> OutcomeProbe<'o> {
    fn new(outcome: &'o Outcome) -> Self {
        Self { outcome, success: None, envelope: Envelope::default() }
    }
}

impl Decode for OutcomeProbe<'_> {
    fn field(&mut self, index: usize) -> (&'static str, Slot<'_>) {
        match index {
            0 => (self.outcome.success, Slot::OptionalBoolean(&mut self.success)),
            1 => (self.outcome.code, Slot::Text(&mut self.envelope.code)),
            2 => (self.outcome.message, Slot::Text(&mut self.envelope.message)),
            3 => ("RequestId", Slot::OptionalText(&mut self.envelope.request_id)),
            _ => ("", Slot::Skip),
        }
    }
}
