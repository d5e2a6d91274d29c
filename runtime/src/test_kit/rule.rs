//! The rules of a mock transport: calls and the responses to them.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use super::call::MockCall;
use super::registered_rule::SharedState;
use super::scripted_response::ScriptedResponse;
use crate::call::request::Request;
use crate::error::failure::TransportPhase;
use crate::http_message::HttpResponse;

/// A rule of a [`MockTransport`](super::MockTransport) for the calls of one operation.
///
/// The responses are used one after the other, in the order in which they were added: each once, or as often as
/// [`times`](Self::times) says. The last one is repeated, unless it has a `times`; then the rule is used up.
pub struct MockRule<R> {
    state: SharedState,
    index: usize,
    request: PhantomData<fn(R)>,
}

impl<R: Request> MockRule<R> {
    pub(super) fn new(state: SharedState, index: usize) -> Self {
        Self { state, index, request: PhantomData }
    }

    /// Restricts the rule to calls that meet this condition. With several conditions, all must be met.
    pub fn when(self, condition: impl Fn(&MockCall) -> bool + Send + Sync + 'static) -> Self {
        self.state.with_rule(self.index, |rule| rule.conditions.push(Arc::new(condition)));
        self
    }

    /// Responds with this response, as JSON. If the product reports success in the body, the body always reports
    /// success. Use [`error`](Self::error) for failures.
    pub fn respond(self, mut response: R::Response) -> Self {
        self.add(ScriptedResponse::response(R::OPERATION, &mut response))
    }

    /// Responds with HTTP 200 and this JSON text.
    pub fn respond_json(self, json: impl Into<String>) -> Self {
        self.respond_http(HttpResponse::new(200, json.into()).header("content-type", "application/json;charset=utf-8"))
    }

    /// Responds with an error in the format of the service. With a `status` of 2xx, it has the format in which the
    /// product reports failures in the body. With any other status, it has the format of the gateway.
    ///
    /// A call fails with [`Failure::Configuration`](crate::Failure::Configuration) if the code is neither documented
    /// for the operation nor a code of the gateway, or if the product cannot return it with this status, because the
    /// test is probably wrong. If the service does return such an error, use [`respond_http`](Self::respond_http).
    pub fn error(self, status: u16, code: impl Into<String>, message: impl Into<String>) -> Self {
        self.add(ScriptedResponse::service_error(R::OPERATION, status, code.into(), message.into()))
    }

    /// Responds with this HTTP response, unchanged.
    pub fn respond_http(self, response: HttpResponse) -> Self {
        self.add(ScriptedResponse::Http(response))
    }

    /// Fails in this phase, without a response.
    pub fn fail(self, phase: TransportPhase) -> Self {
        self.add(ScriptedResponse::TransportFailure(phase))
    }

    /// Sets the number of times that the last added response is used.
    pub fn times(self, count: usize) -> Self {
        self.state.with_rule(self.index, |rule| match rule.steps.last_mut() {
            Some(step) => step.times = Some(count),
            None => {
                rule.add(ScriptedResponse::InvalidRule("call `times` after the response that it repeats".to_owned()))
            }
        });
        self
    }

    /// Returns the requests that this rule has responded to, in order. Each attempt of a call is a request.
    pub fn calls(&self) -> Vec<MockCall> {
        self.state.with_rule(self.index, |rule| rule.calls.clone())
    }

    fn add(self, response: ScriptedResponse) -> Self {
        self.state.with_rule(self.index, |rule| rule.add(response));
        self
    }
}

impl<R: Request> fmt::Debug for MockRule<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockRule").field("operation", &R::OPERATION.name).finish_non_exhaustive()
    }
}
