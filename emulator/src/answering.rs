//! What a call is answered with that passes, and one that does not.

use hyper::StatusCode;
use hyper::header::{self, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use serde_json::{Map, Value};

use crate::calls::{Call, CallOutcome, Format};
use crate::catalog::ServedOperation;
use crate::envelope::{Circumstances, failed_outcome, gateway_error};
use crate::gateway::{Gateway, Reply, Response};
use crate::good_answer::good_answer;
use crate::refusal::Refusal;
use crate::script::{Prepared, What};

impl Gateway {
    /// What was prepared, or what is usual.
    pub(crate) fn answer(
        &self,
        served: &ServedOperation,
        call: &Call,
        request_id: &str,
        prepared: Prepared,
    ) -> (Reply, CallOutcome) {
        let (mut reply, outcome) = match prepared.what {
            What::Usual => self.usual(served, call, request_id),
            What::Close => (Reply::Close, CallOutcome::default()),
            What::Reset => (Reply::Reset, CallOutcome::default()),
            What::Silence => (Reply::Silence, CallOutcome::default()),
            What::Error(refusal) => failed(served, &refusal, call, request_id),
            What::Body { status, content_type, body, cut } => {
                let headers = HeaderMap::from_iter([(CONTENT_TYPE, content_type)]);
                let outcome = CallOutcome { status: Some(status.as_u16()), code: None };
                (Reply::Send(Response { status, headers, body, cut }), outcome)
            }
        };
        if let Reply::Send(response) = &mut reply {
            extend(&mut response.headers, prepared.headers);
        }
        (reply, outcome)
    }

    /// A good answer, unless what the call is about is not there.
    fn usual(&self, served: &ServedOperation, call: &Call, request_id: &str) -> (Reply, CallOutcome) {
        let none = Map::new();
        let input = call.input.as_object().unwrap_or(&none);
        let operation = &served.operation.name;
        let applied = self.state().resources.apply(operation, input);
        if let Err(code) = applied {
            let refusal = self.error_of(served, &code).unwrap_or_else(|| Refusal::new(404, &code, &code));
            return failed(served, &refusal, call, request_id);
        }
        let mut changes = Vec::new();
        if self.state().resources.reads_answer_of(operation) {
            let answer = good_answer(served, input, Format::Json, request_id, &[]).body;
            let answer = serde_json::from_slice(&answer).unwrap_or(Value::Null);
            changes = self.state().resources.created(operation, &answer);
        }
        let good = good_answer(served, input, call.format, request_id, &changes);
        let request_id = good.request_id.as_deref().unwrap_or(request_id);
        let mut response = response(StatusCode::OK, good.content_type, request_id, good.body);
        for (name, value) in good.headers {
            response.headers.entry(name).or_insert(value);
        }
        (Reply::Send(response), CallOutcome { status: Some(200), code: None })
    }
}

/// An error of the operation's own. Some products answer 200 and say in the body how it went.
fn failed(served: &ServedOperation, refusal: &Refusal, call: &Call, request_id: &str) -> (Reply, CallOutcome) {
    match &served.operation.outcome {
        Some(outcome) if refusal.status == 200 => {
            let body = failed_outcome(served, outcome, refusal, call.format, request_id);
            let outcome = CallOutcome { status: Some(200), code: Some(refusal.code.clone()) };
            (Reply::Send(response(StatusCode::OK, Some(call.format.content_type()), request_id, body.into())), outcome)
        }
        _ => refused(refusal, call, request_id),
    }
}

/// The gateway's error envelope.
pub(crate) fn refused(refusal: &Refusal, call: &Call, request_id: &str) -> (Reply, CallOutcome) {
    let circumstances =
        Circumstances { style: call.style, format: call.format, request_id, host: &call.host, product: &call.product };
    let body = gateway_error(refusal, &circumstances);
    let status = StatusCode::from_u16(refusal.status).unwrap_or(StatusCode::BAD_REQUEST);
    let mut response = response(status, Some(call.format.content_type()), request_id, body.into());
    if let Some(milliseconds) = refusal.retry_after.and_then(|wait| HeaderValue::from_str(&wait.to_string()).ok()) {
        response.headers.insert(HeaderName::from_static("x-acs-retry-after"), milliseconds);
    }
    if status == StatusCode::PAYLOAD_TOO_LARGE {
        response.headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    let outcome = CallOutcome { status: Some(status.as_u16()), code: Some(refusal.code.clone()) };
    (Reply::Send(response), outcome)
}

fn response(status: StatusCode, content_type: Option<&'static str>, request_id: &str, body: Vec<u8>) -> Response {
    let mut headers = HeaderMap::new();
    if let Some(content_type) = content_type {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    }
    // An example's request ID may be anything.
    if let Ok(request_id) = HeaderValue::from_str(request_id) {
        headers.insert(HeaderName::from_static("x-acs-request-id"), request_id);
    }
    Response { status, headers, body, cut: false }
}

/// A header that stands there already is replaced by the prepared ones, which may themselves stand there several times.
fn extend(headers: &mut HeaderMap, prepared: Vec<(HeaderName, HeaderValue)>) {
    for (name, _) in &prepared {
        headers.remove(name);
    }
    for (name, value) in prepared {
        headers.append(name, value);
    }
}
