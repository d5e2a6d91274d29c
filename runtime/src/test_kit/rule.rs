//! Rules: for which calls there are which answers.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use super::answer::Answer;
use super::call::MockCall;
use super::registered_rule::SharedState;
use crate::call::request::Request;
use crate::error::failure::Phase;
use crate::http_message::HttpResponse;

/// A rule of a [`MockTransport`] for the calls of one operation.
///
/// Answers are given one after the other, in the order in which they were added: each once, or so many times as
/// [`times`](Self::times) says. The last one is given again and again, unless `times` says how often; after that the rule
/// answers no more.
pub struct MockRule<R> {
    state: SharedState,
    index: usize,
    request: PhantomData<fn(R)>,
}

impl<R: Request> MockRule<R> {
    pub(super) fn new(state: SharedState, index: usize) -> Self {
        Self { state, index, request: PhantomData }
    }

    /// Only for calls of which this holds; of several conditions, all must.
    pub fn when(self, condition: impl Fn(&MockCall) -> bool + Send + Sync + 'static) -> Self {
        self.state.with_rule(self.index, |rule| rule.conditions.push(Arc::new(condition)));
        self
    }

    /// Answers with this response, as JSON. Where the product tells success in the body, the answer tells it whatever the
    /// response says: another would be a failure, which [`error`](Self::error) makes.
    pub fn answer(self, mut response: R::Response) -> Self {
        self.add(Answer::response(R::OPERATION, &mut response))
    }

    /// Answers with HTTP 200 and this JSON text.
    pub fn answer_json(self, json: impl Into<String>) -> Self {
        self.raw(HttpResponse::new(200, json.into()).header("content-type", "application/json;charset=utf-8"))
    }

    /// Answers with a refusal as the service writes it. With a `status` of 2xx, that is the body by which the product
    /// tells failure, with others the gateway's.
    ///
    /// A call fails with [`Failure::Configuration`](crate::Failure::Configuration) where the operation does not document
    /// the code and the gateway does not have it either, or where no product could send the status with it: then the test
    /// is wrong. Where the service does it all the same, use [`raw`](Self::raw).
    pub fn error(self, status: u16, code: impl Into<String>, message: impl Into<String>) -> Self {
        self.add(Answer::refusal(R::OPERATION, status, code.into(), message.into()))
    }

    /// Answers with this, whatever it is.
    pub fn raw(self, answer: HttpResponse) -> Self {
        self.add(Answer::Http(answer))
    }

    /// Gives no answer: the call gets so far and fails there.
    pub fn fail(self, phase: Phase) -> Self {
        self.add(Answer::Failure(phase))
    }

    /// Gives the answer before this so many times.
    pub fn times(self, count: usize) -> Self {
        self.state.with_rule(self.index, |rule| match rule.steps.last_mut() {
            Some(step) => step.times = Some(count),
            None => rule.add(Answer::Mistake("`times` stands behind the answer that it is about".to_owned())),
        });
        self
    }

    /// The requests that this rule has answered, each attempt of a call for itself, in their order.
    pub fn calls(&self) -> Vec<MockCall> {
        self.state.with_rule(self.index, |rule| rule.calls.clone())
    }

    fn add(self, answer: Answer) -> Self {
        self.state.with_rule(self.index, |rule| rule.add(answer));
        self
    }
}

impl<R: Request> fmt::Debug for MockRule<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockRule").field("operation", &R::OPERATION.name).finish_non_exhaustive()
    }
}
