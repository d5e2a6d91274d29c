//! One call from its first attempt to its last.

use std::borrow::Cow;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use crate::client::Client;
use crate::clock;
use crate::credentials::ProvideCredentials;
use crate::decode::Decode;
use crate::failure::Failure;
use crate::input::Input;
use crate::operation::{Operation, Place};
use crate::reply::Reply;
use crate::retries::{Cause, Retries, cause};
use crate::transport::HttpResponse;

/// The parameter by which services know a repeated call; at most 64 ASCII characters.
const CLIENT_TOKEN: &str = "ClientToken";

/// What a caller wants to be different in one call.
#[derive(Clone, Debug, Default)]
pub(crate) struct CallOptions {
    pub(crate) retries: Option<Retries>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) credentials: Option<Arc<dyn ProvideCredentials>>,
    pub(crate) extras: Vec<Extra>,
}

/// A parameter or header that the operation does not know.
#[derive(Clone, Debug)]
pub(crate) struct Extra {
    pub(crate) name: String,
    pub(crate) value: String,
    pub(crate) place: Place,
}

/// The attempts of one call.
pub(crate) struct Attempts<'a> {
    client: &'a Client,
    operation: &'static Operation,
    input: Cow<'a, Input>,
    options: CallOptions,
    retries: Retries,
    deadline: Option<clock::Deadline>,
    is_repeatable: bool,
    clock_was_set: bool,
    made: u32,
}

/// A call that will not be made again.
pub(crate) struct Failed {
    pub(crate) failure: Failure,
    pub(crate) attempts: u32,
    /// The answer of the last attempt, where one came.
    pub(crate) answer: Option<HttpResponse>,
}

/// An attempt under way, after the delay before it. It gives the call back, for the next one.
pub(crate) type Attempt<'a> = Pin<Box<dyn Future<Output = (Attempts<'a>, Result<Reply, Failure>)> + Send + 'a>>;

/// What came of an attempt.
pub(crate) enum Outcome<'a> {
    Done(HttpResponse),
    Again(Attempt<'a>),
    Failed(Failed),
}

impl<'a> Attempts<'a> {
    pub(crate) fn begin(
        client: &'a Client,
        operation: &'static Operation,
        mut input: Cow<'a, Input>,
        options: CallOptions,
    ) -> Attempt<'a> {
        let config = client.config();
        let place = operation.parameters.place(CLIENT_TOKEN);
        if let Some(place) = place.filter(|place| config.fill_client_token && !input.has(*place)) {
            input = Cow::Owned(input.into_owned().text(place, clock::nonce().to_string()));
        }
        let timeout = options.timeout.or(config.call_timeout);
        let is_repeatable = operation.repeatable || place.is_some_and(|place| input.has(place));
        let attempts = Self {
            client,
            operation,
            input,
            retries: options.retries.unwrap_or(config.retries),
            options,
            deadline: timeout.map(clock::Deadline::after),
            is_repeatable,
            clock_was_set: false,
            made: 0,
        };
        attempts.make(Duration::ZERO)
    }

    fn make(mut self, delay: Duration) -> Attempt<'a> {
        self.made += 1;
        Box::pin(async move {
            if !delay.is_zero() {
                clock::sleep(delay).await;
            }
            let sending = self.client.send(self.operation, &self.input, &self.options);
            let reply = match &self.deadline {
                None => sending.await,
                Some(deadline) => match deadline.cut(sending).await {
                    Some(reply) => reply,
                    None => Err(self.client.out_of_time(deadline.limit())),
                },
            };
            (self, reply)
        })
    }

    /// Reads the answer into the response, or decides what follows from there being none.
    pub(crate) fn finish(self, reply: Result<Reply, Failure>, response: &mut dyn Decode) -> Outcome<'a> {
        let (failure, hints, answer) = match reply {
            Ok(reply) => match reply.read_into(self.operation, response) {
                Ok(()) => {
                    self.client.earn_retries();
                    return Outcome::Done(reply.into_answer());
                }
                Err(failure) => (failure, reply.hints(), Some(reply.into_answer())),
            },
            Err(failure) => (failure, Hints::default(), None),
        };
        if let Some(date) = hints.date.filter(|_| !self.clock_was_set && is_about_time(&failure)) {
            self.client.set_clock(date);
            if self.retries.allows(self.made) {
                return Outcome::Again(Self { clock_was_set: true, ..self }.make(Duration::ZERO));
            }
        }
        match self.delay_after(&failure, &hints) {
            Some(delay) => Outcome::Again(self.make(delay)),
            None => {
                let attempts = self.made - u32::from(failure.is_unsent());
                Outcome::Failed(Failed { failure, attempts, answer })
            }
        }
    }

    fn delay_after(&self, failure: &Failure, hints: &Hints) -> Option<Duration> {
        let cause = cause(failure, hints.throttled_for.is_some())?;
        if cause == Cause::Unclear && !self.is_repeatable || !self.retries.allows(self.made) {
            return None;
        }
        let delay = self.retries.delay(cause, self.made, hints.throttled_for.or(hints.retry_after))?;
        let delay = clock::chosen(delay);
        let is_in_time = self.deadline.as_ref().is_none_or(|deadline| deadline.is_later_than(delay));
        (is_in_time && self.client.spend_retry()).then_some(delay)
    }
}

/// What an answer says about another attempt.
#[derive(Debug, Default)]
pub(crate) struct Hints {
    /// `x-acs-retry-after`, in milliseconds: the gateway's throttling.
    pub(crate) throttled_for: Option<Duration>,
    /// `Retry-After` in seconds (RFC 9110, section 10.2.3).
    pub(crate) retry_after: Option<Duration>,
    /// `Date`: the service's clock.
    pub(crate) date: Option<SystemTime>,
}

/// The service takes no time stamp that is 15 minutes off its own clock.
fn is_about_time(failure: &Failure) -> bool {
    failure.code().is_some_and(|code| code.starts_with("InvalidTimeStamp"))
}
