//! What generated code says of how long to ask again: until a field has a value, or until a documented error comes.

use std::fmt;
use std::time::Duration;

use crate::call::request::Request;

/// What to wait for with [`Call::wait_until`](crate::Call::wait_until). Generated code has one for each that a spec
/// declares; `T` is what waiting gives.
#[cfg_attr(not(feature = "pagination"), expect(dead_code, reason = "nothing waits without it"))]
pub struct Waiter<R: Request, T = <R as Request>::Response> {
    pub(crate) until: Until<R, T>,
    pub(crate) every: Duration,
    pub(crate) at_most: Duration,
}

#[cfg_attr(not(feature = "pagination"), expect(dead_code, reason = "nothing waits without it"))]
pub(crate) enum Until<R: Request, T> {
    /// The values that the field's path leads to are all among `values`. One among `failing` ends the wait.
    Value {
        field: &'static str,
        values: &'static [&'static str],
        failing: &'static [&'static str],
        give: fn(R::Response) -> T,
    },
    /// The service refuses with one of these documented codes.
    Code { codes: &'static [&'static str], give: fn() -> T },
}

impl<R: Request> Waiter<R> {
    /// Until the field has one of these values, asked for every so many seconds, and so many at most.
    #[doc(hidden)]
    pub const fn value(field: &'static str, values: &'static [&'static str], every: u32, at_most: u32) -> Self {
        let until = Until::Value { field, values, failing: &[], give: std::convert::identity };
        Self { until, every: seconds(every), at_most: seconds(at_most) }
    }

    /// The same, in vain where the field has one of these.
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
    /// Until the service refuses with one of these codes, called every so many seconds, and so many at most.
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
