//! How generated code describes waiters: the condition, the delay between polls and the timeout.

use std::fmt;
use std::time::Duration;

use crate::call::request::Request;

/// A condition for [`Call::wait_until`](crate::Call::wait_until). Generated request types have a constant for each waiter
/// of the spec. `T` is the result of the wait.
#[cfg_attr(not(feature = "pagination"), expect(dead_code, reason = "nothing waits without it"))]
pub struct Waiter<R: Request, T = <R as Request>::Response> {
    pub(crate) until: Until<R, T>,
    pub(crate) every: Duration,
    pub(crate) at_most: Duration,
}

#[cfg_attr(not(feature = "pagination"), expect(dead_code, reason = "nothing waits without it"))]
pub(crate) enum Until<R: Request, T> {
    /// All values of the field are among `values`. One of `failing` ends the wait with an error.
    Value {
        field: &'static str,
        values: &'static [&'static str],
        failing: &'static [&'static str],
        give: fn(R::Response) -> T,
    },
    /// The service returns one of these documented error codes.
    Code { codes: &'static [&'static str], give: fn() -> T },
}

impl<R: Request> Waiter<R> {
    /// Waits until the field has one of these values. `every` and `at_most` are in seconds.
    #[doc(hidden)]
    pub const fn value(field: &'static str, values: &'static [&'static str], every: u32, at_most: u32) -> Self {
        let until = Until::Value { field, values, failing: &[], give: std::convert::identity };
        Self { until, every: seconds(every), at_most: seconds(at_most) }
    }

    /// Adds the values with which the wait fails.
    #[doc(hidden)]
    #[must_use]
    pub const fn failing(mut self, values: &'static [&'static str]) -> Self {
        if let Until::Value { failing, .. } = &mut self.until {
            *failing = values;
        }
        self
    }
}

impl<R: Request> Waiter<R, ()> {
    /// Waits until the service returns one of these error codes. `every` and `at_most` are in seconds.
    #[doc(hidden)]
    pub const fn code(codes: &'static [&'static str], every: u32, at_most: u32) -> Self {
        const fn nothing() {}
        Self { until: Until::Code { codes, give: nothing }, every: seconds(every), at_most: seconds(at_most) }
    }
}

const fn seconds(number: u32) -> Duration {
    // `from` is no constant function.
    Duration::from_secs(number as u64)
}

impl<R: Request, T> fmt::Debug for Waiter<R, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Waiter").finish_non_exhaustive()
    }
}
