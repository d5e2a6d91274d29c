//! Responses that report an error.

use hyper::StatusCode;
use hyper::header::{CONNECTION, HeaderName, HeaderValue};

use crate::calls::call::{Call, CallOutcome};
use crate::catalog::served_operation::ServedOperation;
use crate::gateway_error::GatewayError;
use crate::responses::failed_outcome::failed_outcome;
use crate::responses::headers::response;
use crate::wire::error_envelope::{Circumstances, gateway_error};
use crate::wire::reply::Reply;

/// An error of the operation's own. Some products answer 200 and say in the body how it went.
pub(crate) fn failed(
    served: &ServedOperation,
    refusal: &GatewayError,
    call: &Call,
    request_id: &str,
) -> (Reply, CallOutcome) {
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
pub(crate) fn refused(refusal: &GatewayError, call: &Call, request_id: &str) -> (Reply, CallOutcome) {
    let circumstances =
        Circumstances { style: call.style, format: call.format, request_id, host: &call.host, product: &call.product };
    let body = gateway_error(refusal, &circumstances);
    let status = StatusCode::from_u16(refusal.status).unwrap_or(StatusCode::BAD_REQUEST);
    let mut response = response(status, Some(call.format.content_type()), request_id, body.into());
    if let Some(milliseconds) = refusal.retry_after.and_then(|wait| HeaderValue::from_str(&wait.to_string()).ok()) {
        response.headers.insert(HeaderName::from_static("x-acs-retry-after"), milliseconds);
    }
    if status == StatusCode::PAYLOAD_TOO_LARGE {
        response.headers.insert(CONNECTION, HeaderValue::from_static("close"));
    }
    let outcome = CallOutcome { status: Some(status.as_u16()), code: Some(refusal.code.clone()) };
    (Reply::Send(response), outcome)
}
