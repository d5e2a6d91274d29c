//! From an answer to a response or a failure.

use std::time::Duration;

use crate::attempts::Hints;
use crate::decode::{self, Decode, HEADER, Slot, named};
use crate::failure::{Failure, ServiceFailure, UnreadableResponse};
use crate::operation::{Answer, Operation, Outcome};
use crate::transport::HttpResponse;

/// The header that carries the ID of the request.
pub(crate) const REQUEST_ID: &str = "x-acs-request-id";

/// Longer bodies are cut in failures: they are for people to read.
const SHOWN_CHARACTERS: usize = 4096;

/// An answer that has come whole.
pub(crate) struct Reply {
    answer: HttpResponse,
}

impl Reply {
    pub(crate) fn new(answer: HttpResponse) -> Self {
        Self { answer }
    }

    pub(crate) fn into_answer(self) -> HttpResponse {
        self.answer
    }

    /// What the head says about another attempt.
    pub(crate) fn hints(&self) -> Hints {
        let header = |name| self.answer.headers.get(name)?.to_str().ok();
        let number = |name| header(name)?.trim().parse().ok();
        Hints {
            throttled_for: number("x-acs-retry-after").map(Duration::from_millis),
            retry_after: number("retry-after").map(Duration::from_secs),
            date: header("date").and_then(|date| httpdate::parse_http_date(date).ok()),
        }
    }

    /// Fills the response, or tells why there is none.
    pub(crate) fn read_into(&self, operation: &Operation<'_>, response: &mut dyn Decode) -> Result<(), Failure> {
        if !(200..300).contains(&self.answer.status) {
            return Err(self.refusal());
        }
        let body = &self.answer.body;
        let read = match operation.answer {
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
        read.map_err(|reason| self.unreadable(reason))
    }

    fn read_headers(&self, operation: &Operation<'_>, response: &mut dyn Decode) -> Result<(), String> {
        for name in operation.response_headers {
            let Some(value) = self.answer.text(name) else { continue };
            let slot = named(response, &format!("{HEADER}{}", name.to_ascii_lowercase()));
            decode::from_text(&value, slot).map_err(|expected| format!("the header `{name}` should be {expected}"))?;
        }
        Ok(())
    }

    fn refusal(&self) -> Failure {
        let mut envelope = Envelope::default();
        match decode::from_bytes_any_root(&self.answer.body, &mut envelope) {
            Ok(()) if !envelope.code.is_empty() => Failure::Service(Box::new(self.service_failure(envelope))),
            Ok(()) => self.unreadable("an error without a code".to_owned()),
            Err(reason) => self.unreadable(reason),
        }
    }

    fn check_outcome(&self, operation: &Operation<'_>, outcome: &Outcome) -> Result<(), Failure> {
        let mut probe = OutcomeProbe::new(outcome);
        match decode::from_bytes(&self.answer.body, operation.name, &mut probe) {
            Ok(()) if probe.success == Some(false) => {
                Err(Failure::Service(Box::new(self.service_failure(probe.envelope))))
            }
            _ => Ok(()),
        }
    }

    fn service_failure(&self, envelope: Envelope) -> ServiceFailure {
        ServiceFailure {
            code: envelope.code,
            message: envelope.message,
            request_id: envelope.request_id.or_else(|| self.answer.text(REQUEST_ID)),
            status: self.answer.status,
            host: envelope.host,
            recommend: envelope.recommend,
        }
    }

    pub(crate) fn unreadable(&self, reason: String) -> Failure {
        let body = String::from_utf8_lossy(&self.answer.body);
        Failure::Unreadable(Box::new(UnreadableResponse {
            status: self.answer.status,
            content_type: self.answer.text("content-type"),
            request_id: self.answer.text(REQUEST_ID),
            reason,
            body: body.chars().take(SHOWN_CHARACTERS).collect(),
        }))
    }
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
