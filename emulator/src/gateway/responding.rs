//! Creates the response to a call that has passed the checks.

use hyper::StatusCode;
use hyper::header::{CONTENT_TYPE, HeaderMap};
use serde_json::{Map, Value};

use crate::calls::call::{Call, CallOutcome};
use crate::catalog::served_operation::ServedOperation;
use crate::gateway::state::Gateway;
use crate::gateway_error::GatewayError;
use crate::responses::failure::operation_error_response;
use crate::responses::headers::{extend, response};
use crate::responses::request_id::RequestId;
use crate::responses::success::success;
use crate::scenario::scripted_response::{PreparedKind, PreparedResponse};
use crate::wire::format::Format;
use crate::wire::reply::{Reply, Response};

impl Gateway {
    /// Returns the scripted response, or the usual one.
    pub(crate) fn respond(
        &self,
        served: &ServedOperation,
        call: &Call,
        request_id: &RequestId,
        prepared: PreparedResponse,
    ) -> (Reply, CallOutcome) {
        let (mut reply, outcome) = match prepared.kind {
            PreparedKind::Usual => self.usual(served, call, request_id),
            PreparedKind::Close => (Reply::Close, CallOutcome::default()),
            PreparedKind::Reset => (Reply::Reset, CallOutcome::default()),
            PreparedKind::Silence => (Reply::Silence, CallOutcome::default()),
            PreparedKind::Error(error) => operation_error_response(served, &error, call, request_id),
            PreparedKind::Body { status, content_type, body, truncated } => {
                let headers = HeaderMap::from_iter([(CONTENT_TYPE, content_type)]);
                let outcome = CallOutcome { status: Some(status.as_u16()), code: None };
                (Reply::Send(Response { status, headers, body, truncated }), outcome)
            }
        };
        if let Reply::Send(response) = &mut reply {
            extend(&mut response.headers, prepared.headers);
        }
        (reply, outcome)
    }

    /// Returns a successful response, unless a resource is missing or already exists.
    fn usual(&self, served: &ServedOperation, call: &Call, request_id: &RequestId) -> (Reply, CallOutcome) {
        let none = Map::new();
        let input = call.input.as_object().unwrap_or(&none);
        let operation = &served.operation.name;
        let applied = self.state().resources.apply(operation, input);
        if let Err(code) = applied {
            let error = served.error(&code).unwrap_or_else(|| GatewayError::new(404, &code, &code));
            return operation_error_response(served, &error, call, request_id);
        }
        let mut changes = Vec::new();
        if self.state().resources.is_named_by_response_of(operation) {
            let body = success(served, input, Format::Json, request_id, &[]).body;
            let body = serde_json::from_slice(&body).unwrap_or(Value::Null);
            changes = self.state().resources.created(operation, &body);
        }
        let good = success(served, input, call.format, request_id, &changes);
        let request_id: &str = match &good.request_id {
            Some(of_sample) => of_sample,
            None => request_id,
        };
        let mut response = response(StatusCode::OK, good.content_type, request_id, good.body);
        for (name, value) in good.headers {
            response.headers.entry(name).or_insert(value);
        }
        (Reply::Send(response), CallOutcome { status: Some(200), code: None })
    }
}
