//! Responses that report an error.

use hyper::StatusCode;
use hyper::header::{CONNECTION, HeaderName, HeaderValue};

use crate::calls::call::{Call, CallOutcome};
use crate::catalog::served_operation::ServedOperation;
use crate::gateway_error::GatewayError;
use crate::responses::failed_outcome::failed_outcome;
use crate::responses::headers::response;
use crate::wire::error_envelope::{ErrorContext, gateway_error};
use crate::wire::reply::Reply;

/// Creates the response for an error of the operation. Some products return status 200, and the error in the body.
pub(crate) fn operation_error_response(
    served: &ServedOperation,
    error: &GatewayError,
    call: &Call,
    request_id: &str,
) -> (Reply, CallOutcome) {
    match &served.operation.outcome {
        Some(outcome) if error.status == 200 => {
            let body = failed_outcome(served, outcome, error, call.format, request_id);
            let outcome = CallOutcome { status: Some(200), code: Some(error.code.clone()) };
            (Reply::Send(response(StatusCode::OK, Some(call.format.content_type()), request_id, body)), outcome)
        }
        _ => gateway_error_response(error, call, request_id),
    }
}

/// Creates the response for an error of the gateway.
pub(crate) fn gateway_error_response(error: &GatewayError, call: &Call, request_id: &str) -> (Reply, CallOutcome) {
    let context =
        ErrorContext { style: call.style, format: call.format, request_id, host: &call.host, product: &call.product };
    let body = gateway_error(error, &context);
    let status = StatusCode::from_u16(error.status).unwrap_or(StatusCode::BAD_REQUEST);
    let mut response = response(status, Some(call.format.content_type()), request_id, body);
    if let Some(milliseconds) = error.retry_after.and_then(|wait| HeaderValue::from_str(&wait.to_string()).ok()) {
        response.headers.insert(HeaderName::from_static("x-acs-retry-after"), milliseconds);
    }
    if status == StatusCode::PAYLOAD_TOO_LARGE {
        response.headers.insert(CONNECTION, HeaderValue::from_static("close"));
    }
    let outcome = CallOutcome { status: Some(status.as_u16()), code: Some(error.code.clone()) };
    (Reply::Send(response), outcome)
}
