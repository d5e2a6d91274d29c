//! For the tests of programs that call: a transport that answers by rules, and reaches no network.
//!
//! A [`MockTransport`] stands in the place of HTTP. Everything else of a call happens as it always does: the request is
//! validated, signed and counted against limits, what failed is made again where that is safe, and the answer is read.
//! Only what fetches credentials has connections of its own, so that tests call with
//! [`Credentials`](crate::Credentials).
//!
//! ```
//! # use alicloud_runtime::__private::{Client, Decode, Hosts, Input, Method, Operation, Parameters, Request, Service, Slot};
//! # static SERVICE: Service = Service {
//! #     product: "Iot", version: "2018-01-20", public: Hosts { host: "iot.aliyuncs.com", ..Hosts::NONE },
//! #     vpc: Hosts::NONE, outcome: None, retried: &[],
//! #     gateway: None,
//! # };
//! # struct ResetThingRequest(Input);
//! # #[derive(Default)]
//! # struct ResetThingResponse { request_id: String }
//! # impl Decode for ResetThingResponse {
//! #     fn field(&mut self, index: usize) -> (&'static str, Slot<'_>) {
//! #         if index == 0 { ("RequestId", Slot::Text(&mut self.request_id)) } else { ("", Slot::Skip) }
//! #     }
//! # }
//! # impl Request for ResetThingRequest {
//! #     type Response = ResetThingResponse;
//! #     type Error = ();
//! #     const OPERATION: &'static Operation =
//! #         &Operation::new(&SERVICE, "ResetThing", Method::Post, Parameters::new(0, &["IotId"]));
//! #     fn input(&self) -> &Input { &self.0 }
//! #     fn error(_: usize, _: &str) {}
//! # }
//! use std::time::Duration;
//! use alicloud_runtime::{Config, Credentials, Retries};
//! use alicloud_runtime::test_kit::MockTransport;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # tokio::runtime::Builder::new_current_thread().enable_time().build()?.block_on(async {
//! let mock = MockTransport::new();
//! let mut reset = ResetThingResponse::default();
//! reset.request_id = "R".to_owned();
//! let rule = mock
//!     .on::<ResetThingRequest>()
//!     .when(|call| call.parameter("IotId") == Some("x"))
//!     .error(400, "Throttling.User", "Request was denied due to user flow control.")
//!     .times(2)
//!     .answer(reset);
//!
//! let config = Config::new(Credentials::new("id", "secret"))
//!     .retries(Retries::new().longest_delay(Duration::ZERO))
//!     .transport(mock.clone());
//! # let client = Client::new(&SERVICE, &config)?;
//! # let request = ResetThingRequest(Input::new().text(0, "x"));
//! # let answer = client.call(&request).await?;
//! // … the code under test calls `reset_thing` …
//! # assert_eq!(answer.request_id, "R");
//! assert_eq!(rule.calls().len(), 3);
//! # Ok(())
//! # })
//! # }
//! ```
//!
//! Where the gateway itself is to be there, with its checks of signatures and parameters and with sample answers for all
//! operations, start the emulator, `alicloud-emulator`, and give its address as [`Config::endpoint`](crate::Config::endpoint).

mod answer;
mod call;
mod gateway_codes;
mod rule;

use std::fmt;
use std::panic::Location;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use answer::Answer;
pub use call::MockCall;
pub use rule::MockRule;
use rule::{Condition, Registered};

use crate::call::Request;
use crate::failure::Failure;
use crate::operation::Operation;
use crate::transport::{HttpRequest, HttpResponse, Sending, Transport};

/// A transport that answers by rules. Clones share rules and calls: one is given to
/// [`Config::transport`](crate::Config::transport), another kept for the rules.
///
/// Of the rules for a request's operation, the one that was made first answers, among those whose conditions hold and
/// that have answers left. Where there is none, the call fails with
/// [`Failure::Configuration`], which names the operation, its parameters, and the rules; it is not made again.
#[derive(Clone, Default)]
pub struct MockTransport {
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    rules: Vec<Registered>,
    calls: Vec<MockCall>,
}

impl MockTransport {
    /// Without rules, so that every call fails.
    pub fn new() -> Self {
        Self::default()
    }

    /// A new rule for the operation of this request, whatever its parameters. It needs an answer.
    ///
    /// A request says the operation's name and version, and not its product, so that those are what rules go by.
    #[track_caller]
    pub fn on<R: Request>(&self) -> MockRule<R> {
        let rules = &mut self.state().rules;
        rules.push(Registered::new(R::OPERATION, Location::caller()));
        MockRule::new(self.clone(), rules.len() - 1)
    }

    /// All requests that came, each attempt of a call for itself, those without an answer too, in their order.
    pub fn calls(&self) -> Vec<MockCall> {
        self.state().calls.clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes or reads the rule in this place.
    fn with_rule<T: Default>(&self, place: usize, act: impl FnOnce(&mut Registered) -> T) -> T {
        self.state().rules.get_mut(place).map(act).unwrap_or_default()
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
        let mut state = self.state();
        state.calls.push(call.clone());
        let number = state.calls.len();
        for place in &held {
            let answer = state.rules.get_mut(*place).and_then(|rule| rule.take(&call));
            if let Some(answer) = answer {
                return answer.given_to(&call, number);
            }
        }
        Err(Failure::configuration(nothing_for(&call, &target, &held, &state.rules)))
    }

    /// The rules for what is asked for, with their places and conditions, and its operation where there is a rule.
    fn rules_for(&self, target: &call::Target) -> (Option<&'static Operation<'static>>, Vec<(usize, Vec<Condition>)>) {
        let state = self.state();
        let rules = || state.rules.iter().enumerate().filter(|(_, rule)| target.is(rule.operation));
        let operation = rules().next().map(|(_, rule)| rule.operation);
        (operation, rules().map(|(place, rule)| (place, rule.conditions.clone())).collect())
    }
}

/// What to tell of a request that no rule answers. Values may be secret, names are not.
fn nothing_for(call: &MockCall, target: &call::Target, held: &[usize], rules: &[Registered]) -> String {
    let names: Vec<&str> = call.parameters().map(|(name, _)| name).collect();
    let mut text = format!("no rule of the mock transport answers {}", target.shown());
    text.push_str(&match names.as_slice() {
        [] => " without parameters".to_owned(),
        names => format!(" with {}", names.join(", ")),
    });
    if rules.is_empty() {
        text.push_str("; it has no rules, make one with `MockTransport::on`");
    }
    for (place, rule) in rules.iter().enumerate() {
        let why = if !target.is(rule.operation) {
            "is for another operation"
        } else if !held.contains(&place) {
            "has a condition that does not hold"
        } else {
            rule.why_silent()
        };
        text.push_str(&format!("; the rule for `{}` at {} {why}", rule.operation.name, rule.made_at));
    }
    text
}

impl Transport for MockTransport {
    fn send(&self, request: HttpRequest) -> Sending<'_> {
        Box::pin(async { self.exchange(request) })
    }
}

impl fmt::Debug for MockTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.state();
        f.debug_struct("MockTransport")
            .field("rules", &state.rules.len())
            .field("calls", &state.calls.len())
            .finish_non_exhaustive()
    }
}
