//! A mock transport, which responds by rules.

use std::fmt;
use std::panic::Location;

use super::call::{self, MockCall};
use super::registered_rule::{Condition, Registered, SharedState};
use super::rule::MockRule;
use crate::call::request::Request;
use crate::error::failure::Failure;
use crate::http_message::{HttpRequest, HttpResponse};
use crate::operation::description::Operation;
use crate::transport::sending::{ResponseFuture, Transport};

/// A mock transport, which responds by rules. Clones share rules and calls: set one with
/// [`Config::transport`](crate::Config::transport), and keep another to add rules.
///
/// The first rule that was added for the operation responds, if its conditions are met and it has responses left.
/// Otherwise the next one does. If no rule matches, the call fails with [`Failure::Configuration`], which names the
/// operation, its parameters and the rules. It is not retried.
#[derive(Clone, Default)]
pub struct MockTransport {
    state: SharedState,
}

impl MockTransport {
    /// Creates a transport without rules: every call fails.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a rule for the operation of this request, with any parameters. It needs a response.
    ///
    /// A rule applies to requests with the same name and version of the operation. Requests do not contain the product.
    #[track_caller]
    pub fn on<R: Request>(&self) -> MockRule<R> {
        let rules = &mut self.state.lock().rules;
        rules.push(Registered::new(R::OPERATION, Location::caller()));
        MockRule::new(self.state.clone(), rules.len() - 1)
    }

    /// Returns all requests, in order, including those without a response. Each attempt of a call is a request.
    pub fn calls(&self) -> Vec<MockCall> {
        self.state.lock().calls.clone()
    }

    fn exchange(&self, request: HttpRequest) -> Result<HttpResponse, Failure> {
        let target = call::target(&request);
        let (operation, rules) = self.rules_for(&target);
        let call = MockCall::parse(request, &target, operation);
        // The state is not locked, because conditions are code of the test, which may use the mock transport.
        let matching: Vec<usize> = rules
            .iter()
            .filter(|(_, conditions)| conditions.iter().all(|condition| condition(&call)))
            .map(|(index, _)| *index)
            .collect();
        let mut state = self.state.lock();
        state.calls.push(call.clone());
        let number = state.calls.len();
        for index in &matching {
            let response = state.rules.get_mut(*index).and_then(|rule| rule.take(&call));
            if let Some(response) = response {
                return response.into_result(&call, number);
            }
        }
        Err(Failure::configuration(no_response(&call, &target, &matching, &state.rules)))
    }

    /// The rules for the target, with their indices and conditions, and the target's operation if there is a rule.
    fn rules_for(&self, target: &call::Target) -> (Option<&'static Operation<'static>>, Vec<(usize, Vec<Condition>)>) {
        let state = self.state.lock();
        let rules = || state.rules.iter().enumerate().filter(|(_, rule)| target.is(rule.operation));
        let operation = rules().next().map(|(_, rule)| rule.operation);
        (operation, rules().map(|(index, rule)| (index, rule.conditions.clone())).collect())
    }
}

/// The error for a request without a response. It does not show the values of parameters, which may be secret.
fn no_response(call: &MockCall, target: &call::Target, matching: &[usize], rules: &[Registered]) -> String {
    let names: Vec<&str> = call.parameters().map(|(name, _)| name).collect();
    let mut text = format!("no rule of the mock transport matches {}", target.display());
    text.push_str(&match names.as_slice() {
        [] => " without parameters".to_owned(),
        names => format!(" with {}", names.join(", ")),
    });
    if rules.is_empty() {
        text.push_str("; it has no rules; add one with `MockTransport::on`");
    }
    for (index, rule) in rules.iter().enumerate() {
        let reason = if !target.is(rule.operation) {
            "is for another operation"
        } else if !matching.contains(&index) {
            "has a condition that is not met"
        } else {
            rule.why_no_response()
        };
        text.push_str(&format!("; the rule for `{}` at {} {reason}", rule.operation.name, rule.location));
    }
    text
}

impl Transport for MockTransport {
    fn send(&self, request: HttpRequest) -> ResponseFuture<'_> {
        Box::pin(async { self.exchange(request) })
    }
}

impl fmt::Debug for MockTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.state.lock();
        f.debug_struct("MockTransport")
            .field("rules", &state.rules.len())
            .field("calls", &state.calls.len())
            .finish_non_exhaustive()
    }
}
