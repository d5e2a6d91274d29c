//! Polls an operation until a condition is met.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use crate::call::request::Request;
use crate::call::typed::Call;
use crate::decoding::path::values_at;
use crate::error::call_error::Error;
use crate::operation::input::Value;
use crate::system::clock;
use crate::system::clock::Deadline;
use crate::waiter::description::{Until, Waiter};

/// The maximum number of characters of a value in an error.
const SHOWN_CHARACTERS: usize = 200;

impl<'a, R: Request> Call<'a, R> {
    /// Polls the operation until the condition of a [`Waiter`] is met.
    ///
    /// ```
    /// # use alicloud_runtime::Request;
    /// # use alicloud_runtime::{Call, WaitError, Waiter};
    /// # use std::time::Duration;
    /// # async fn example<R: Request>(call: Call<'_, R>, running: Waiter<R>) -> Result<(), WaitError<R::Error>> {
    /// let response = call.wait_until(running).timeout(Duration::from_secs(60)).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// The options of this call, such as its timeout, apply to each poll. If the field that is checked is in a list,
    /// the list must not be empty, and all its items must have the value.
    pub fn wait_until<T>(self, waiter: Waiter<R, T>) -> WaitUntil<'a, R, T> {
        let Waiter { until, every, at_most } = waiter;
        WaitUntil { call: self, until, every, at_most, time_limit: None, delay: None, polls: 0, last: None }
    }
}

/// The future of [`Call::wait_until`]. It starts when it is awaited and stops when it is dropped.
#[must_use = "a future does nothing until it is awaited"]
pub struct WaitUntil<'a, R: Request, T = <R as Request>::Response> {
    call: Call<'a, R>,
    until: Until<R, T>,
    every: Duration,
    at_most: Duration,
    time_limit: Option<TimeLimit>,
    delay: Option<Timer>,
    polls: u32,
    last: Option<String>,
}

type Timer = Pin<Box<dyn Future<Output = ()> + Send>>;

/// The timeout of a wait.
struct TimeLimit {
    deadline: Deadline,
    /// Interrupts a poll in progress.
    timer: Timer,
}

impl TimeLimit {
    fn start(limit: Duration) -> Self {
        Self { deadline: Deadline::after(limit), timer: Box::pin(clock::sleep(limit)) }
    }
}

impl<R: Request, T> WaitUntil<'_, R, T> {
    /// Sets the delay between two polls. Defaults to the delay in the spec.
    pub fn every(mut self, delay: Duration) -> Self {
        self.every = delay;
        self
    }

    /// Sets the timeout of the whole wait. Defaults to the timeout in the spec. A poll that is in progress when it
    /// passes is canceled.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.at_most = limit;
        self
    }

    /// Checks the condition after a poll. Returns the outcome of the wait, or `None` if it continues.
    fn check(&mut self, result: Result<R::Response, Error<R::Error>>) -> Option<Result<T, WaitError<R::Error>>> {
        match (&self.until, result) {
            (Until::Value { field, values, failing, convert }, Ok(mut response)) => {
                let found: Vec<String> = values_at(&mut response, field).into_iter().filter_map(text).collect();
                let is_in = |list: &[&str], value: &String| list.contains(&value.as_str());
                if let Some(value) = found.iter().find(|value| is_in(failing, value)) {
                    let value = shown(value);
                    return Some(Err(WaitError::FailureState { awaited: self.awaited(), value }));
                }
                let missing = found.iter().find(|value| !is_in(values, value));
                if missing.is_none() && !found.is_empty() {
                    return Some(Ok(convert(response)));
                }
                self.last = missing.map(|value| shown(value));
                None
            }
            (Until::Code { codes, convert }, Err(error)) => {
                let documented = error.code().and_then(|code| R::OPERATION.documented(code));
                let code = documented.and_then(|(index, _)| R::OPERATION.errors.get(index));
                let is_awaited = code.is_some_and(|code| codes.contains(code));
                Some(if is_awaited { Ok(convert()) } else { Err(WaitError::Call(error)) })
            }
            (Until::Value { .. }, Err(error)) => Some(Err(WaitError::Call(error))),
            (Until::Code { .. }, Ok(_)) => None,
        }
    }

    fn timed_out(&mut self) -> WaitError<R::Error> {
        WaitError::TimedOut { awaited: self.awaited(), limit: self.at_most, polls: self.polls, last: self.last.take() }
    }

    /// The condition, for errors.
    fn awaited(&self) -> String {
        let operation = R::OPERATION.name;
        match &self.until {
            Until::Value { field, values, .. } => format!("`{field}` of {operation} to be `{}`", values.join("` or `")),
            Until::Code { codes, .. } => format!("{operation} to fail with `{}`", codes.join("` or `")),
        }
    }
}

impl<R: Request, T> Future for WaitUntil<'_, R, T> {
    type Output = Result<T, WaitError<R::Error>>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        loop {
            if let Some(delay) = &mut this.delay {
                ready!(delay.as_mut().poll(cx));
                this.delay = None;
                this.call.send_again();
            }
            let limit = this.at_most;
            let time_limit = this.time_limit.get_or_insert_with(|| TimeLimit::start(limit));
            let Poll::Ready(result) = this.call.poll_output(cx) else {
                ready!(time_limit.timer.as_mut().poll(cx));
                return Poll::Ready(Err(this.timed_out()));
            };
            let is_last = !time_limit.deadline.is_later_than(this.every);
            this.polls = this.polls.saturating_add(1);
            if let Some(outcome) = this.check(result.map(|(response, _)| response)) {
                return Poll::Ready(outcome);
            }
            if is_last {
                return Poll::Ready(Err(this.timed_out()));
            }
            this.delay = Some(Box::pin(clock::sleep(this.every)));
        }
    }
}

impl<R: Request, T> fmt::Debug for WaitUntil<'_, R, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WaitUntil").field("every", &self.every).field("at_most", &self.at_most).finish_non_exhaustive()
    }
}

fn text(value: Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text),
        Value::Integer(number) => Some(number.to_string()),
        Value::Boolean(flag) => Some(flag.to_string()),
        _ => None,
    }
}

fn shown(value: &str) -> String {
    value.chars().take(SHOWN_CHARACTERS).collect()
}

/// Why a wait failed.
#[derive(Debug)]
#[non_exhaustive]
pub enum WaitError<E> {
    /// A poll failed with an error other than the one that is waited for.
    Call(Error<E>),
    /// The field has a value that the spec lists as a failure.
    #[non_exhaustive]
    FailureState {
        /// A description of the condition.
        awaited: String,
        /// The value, at most 200 characters.
        value: String,
    },
    /// The condition was not met before the timeout. To wait longer, use [`WaitUntil::timeout`].
    #[non_exhaustive]
    TimedOut {
        /// A description of the condition.
        awaited: String,
        /// The timeout.
        limit: Duration,
        /// The number of polls with a response.
        polls: u32,
        /// The last value of the field, at most 200 characters. In a list, the first value that does not meet the
        /// condition. `None` if the last response does not contain the field, or if an error is waited for.
        last: Option<String>,
    },
}

impl<E> fmt::Display for WaitError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(error) => error.fmt(f),
            Self::FailureState { awaited, value } => {
                write!(f, "stopped waiting for {awaited}: it is {value:?}, which is a failure")
            }
            Self::TimedOut { awaited, limit, polls, last } => {
                let limit = humantime::format_duration(*limit);
                let calls = if *polls == 1 { "call" } else { "calls" };
                write!(f, "timed out after {limit} and {polls} {calls} while waiting for {awaited}")?;
                last.as_ref().map_or(Ok(()), |last| write!(f, "; the last value was {last:?}"))
            }
        }
    }
}

impl<E: fmt::Debug> std::error::Error for WaitError<E> {}
