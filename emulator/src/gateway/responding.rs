//! The last step: the response of a call that has passed the checks.

use hyper::StatusCode;
use hyper::header::{CONTENT_TYPE, HeaderMap};
use serde_json::{Map, Value};

use crate::calls::call::{Call, CallOutcome};
use crate::catalog::served_operation::ServedOperation;
use crate::gateway::state::Gateway;
use crate::gateway_error::GatewayError;
use crate::responses::failure::failed;
use crate::responses::headers::{extend, response};
use crate::responses::success::good_answer;
use crate::scenario::scripted_response::{Prepared, What};
use crate::wire::format::Format;
use crate::wire::reply::{Reply, Response};

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
            let refusal = served.error(&code).unwrap_or_else(|| GatewayError::new(404, &code, &code));
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
