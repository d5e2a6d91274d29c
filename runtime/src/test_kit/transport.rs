//! A transport that responds by rules.

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

/// A transport that responds by rules. Clones share rules and calls: one is given to
/// [`Config::transport`](crate::Config::transport), another kept for the rules.
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
    /// A request contains the name and the version of the operation, but not the product, so rules are found by these.
    #[track_caller]
    pub fn on<R: Request>(&self) -> MockRule<R> {
        let rules = &mut self.state.lock().rules;
        rules.push(Registered::new(R::OPERATION, Location::caller()));
        MockRule::new(self.state.clone(), rules.len() - 1)
    }

    /// All requests, in their order, including those without a response. Each attempt of a call counts.
    pub fn calls(&self) -> Vec<MockCall> {
        self.state.lock().calls.clone()
    }

    fn exchange(&self, request: HttpRequest) -> Result<HttpResponse, Failure> {
        let target = call::target(&request);
        let (operation, rules) = self.rules_for(&target);
        let call = MockCall::read(request, &target, operation);
        // Conditions are the test's own code, which may look at the mock.
        let held: Vec<usize> = rules
            .iter()
            .filter(|(_, conditions)| conditions.iter().all(|condition| condition(&call)))
            .map(|(place, _)| *place)
            .collect();
        let mut state = self.state.lock();
        state.calls.push(call.clone());
        let number = state.calls.len();
        for place in &held {
            let response = state.rules.get_mut(*place).and_then(|rule| rule.take(&call));
            if let Some(response) = response {
                return response.to_result(&call, number);
            }
        }
        Err(Failure::configuration(nothing_for(&call, &target, &held, &state.rules)))
    }

    /// The rules for what is asked for, with their places and conditions, and its operation where there is a rule.
    fn rules_for(&self, target: &call::Target) -> (Option<&'static Operation<'static>>, Vec<(usize, Vec<Condition>)>) {
        let state = self.state.lock();
        let rules = || state.rules.iter().enumerate().filter(|(_, rule)| target.is(rule.operation));
        let operation = rules().next().map(|(_, rule)| rule.operation);
        (operation, rules().map(|(place, rule)| (place, rule.conditions.clone())).collect())
    }
}

/// The error for a request without a rule. Values may be secret, names are not.
fn nothing_for(call: &MockCall, target: &call::Target, held: &[usize], rules: &[Registered]) -> String {
    let names: Vec<&str> = call.parameters().map(|(name, _)| name).collect();
    let mut text = format!("no rule of the mock transport matches {}", target.shown());
    text.push_str(&match names.as_slice() {
        [] => " without parameters".to_owned(),
        names => format!(" with {}", names.join(", ")),
    });
    if rules.is_empty() {
        text.push_str("; it has no rules; add one with `MockTransport::on`");
    }
    for (place, rule) in rules.iter().enumerate() {
        let why = if !target.is(rule.operation) {
            "is for another operation"
        } else if !held.contains(&place) {
            "has a condition that is not met"
        } else {
            rule.why_silent()
        };
        text.push_str(&format!("; the rule for `{}` at {} {why}", rule.operation.name, rule.made_at));
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
