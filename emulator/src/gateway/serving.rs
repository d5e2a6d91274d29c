//! Serves one request, from its arrival to its response.

use std::time::Duration;

use crate::calls::call::Call;
use crate::calls::packed_call::PackedCall;
use crate::clock::Stopwatch;
use crate::gateway::state::Gateway;
use crate::responses::failure::gateway_error_response;
use crate::responses::request_id::new_request_id;
use crate::scenario::scripted_response::PreparedResponse;
use crate::wire::reply::Reply;
use crate::wire::request::WireRequest;

impl Gateway {
    /// Serves one request. The call is recorded before the response is sent, which can be delayed.
    pub(crate) fn serve(&self, request: &WireRequest) -> (Reply, Duration) {
        let stopwatch = Stopwatch::start();
        let request_id = new_request_id();
        let mut call = Call::arrived(request, self.now());
        let mut delay = Duration::ZERO;
        let (reply, outcome) = match self.admit(request, &mut call) {
            Ok(served) => {
                let prepared = self.state().script.next(&served.operation.name).unwrap_or_else(PreparedResponse::usual);
                delay = prepared.delay;
                self.respond(&served, &call, &request_id, prepared)
            }
            Err(error) => gateway_error_response(&error, &call, &request_id),
        };
        call.outcome = outcome;
        call.took = stopwatch.elapsed().saturating_add(delay);
        let packed = PackedCall::new(&call);
        call.number = self.state().calls.push(packed);
        if let Some(on_call) = &self.on_call {
            on_call(&call);
        }
        (reply, delay)
    }
}
