//! The state that a mock transport shares with the rules in a test.

use std::panic::Location;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::call::MockCall;
use super::scripted_response::ScriptedResponse;
use crate::operation::description::Operation;

pub(super) type Condition = Arc<dyn Fn(&MockCall) -> bool + Send + Sync>;

/// The state of a mock transport, which its rules share.
#[derive(Clone, Default)]
pub(super) struct SharedState(Arc<Mutex<State>>);

#[derive(Default)]
pub(super) struct State {
    pub(super) rules: Vec<Registered>,
    pub(super) calls: Vec<MockCall>,
}

impl SharedState {
    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes or reads the rule with this index.
    pub(super) fn with_rule<T: Default>(&self, index: usize, act: impl FnOnce(&mut Registered) -> T) -> T {
        self.lock().rules.get_mut(index).map(act).unwrap_or_default()
    }
}

/// A rule in the state of the transport.
pub(super) struct Registered {
    pub(super) operation: &'static Operation<'static>,
    pub(super) location: &'static Location<'static>,
    pub(super) conditions: Vec<Condition>,
    pub(super) steps: Vec<Step>,
    pub(super) calls: Vec<MockCall>,
}

pub(super) struct Step {
    response: ScriptedResponse,
    pub(super) times: Option<usize>,
}

impl Registered {
    pub(super) fn new(operation: &'static Operation<'static>, location: &'static Location<'static>) -> Self {
        Self { operation, location, conditions: Vec::new(), steps: Vec::new(), calls: Vec::new() }
    }

    pub(super) fn add(&mut self, response: ScriptedResponse) {
        self.steps.push(Step { response, times: None });
    }

    /// Takes the next response for this call, if one is left.
    pub(super) fn take(&mut self, call: &MockCall) -> Option<ScriptedResponse> {
        let mut before = self.calls.len();
        let mut steps = self.steps.iter().peekable();
        while let Some(step) = steps.next() {
            let times = step.times.unwrap_or(if steps.peek().is_some() { 1 } else { usize::MAX });
            if before < times {
                self.calls.push(call.clone());
                return Some(step.response.clone());
            }
            before -= times;
        }
        None
    }

    pub(super) fn why_no_response(&self) -> &'static str {
        if self.steps.is_empty() { "has no response" } else { "has used all of its responses" }
    }
}
