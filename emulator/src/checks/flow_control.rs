//! Flow control: the documented queries per second, counted for each AccessKey.

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::time::{Duration, UNIX_EPOCH};

use governor::clock::Clock as _;
use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use governor::state::{InMemoryState, NotKeyed};
use governor::{Quota, RateLimiter};

use crate::catalog::served_operation::ServedOperation;
use crate::clock::Clock;

/// Limits the calls of each AccessKey and operation to the documented queries per second. Each AccessKey counts as one
/// account, so limits per account and per user are the same.
pub(crate) struct FlowControl {
    clock: Clock,
    limiters: HashMap<Caller, Limiter>,
}

/// The AccessKey ID, the product and the operation.
type Caller = (String, String, String);

type Limiter = RateLimiter<NotKeyed, InMemoryState, GatewayClock, NoOpMiddleware<Nanos>>;

impl FlowControl {
    pub(crate) fn new(clock: Clock) -> Self {
        Self { clock, limiters: HashMap::new() }
    }

    /// Counts a call. If it is above the limit, returns the delay until the next one is accepted.
    pub(crate) fn admit(&mut self, access_key_id: &str, served: &ServedOperation) -> Result<(), Duration> {
        let Some(flow) = &served.operation.flow else { return Ok(()) };
        let caller = (access_key_id.to_owned(), served.service.product.clone(), served.operation.name.clone());
        let limiter = self.limiters.entry(caller).or_insert_with(|| {
            let quota = Quota::per_second(NonZeroU32::new(flow.qps).unwrap_or(NonZeroU32::MIN));
            RateLimiter::direct_with_clock(quota, GatewayClock(Clock::clone(&self.clock)))
        });
        limiter.check().map_err(|early| early.wait_time_from(limiter.clock().now()))
    }
}

/// Adapts the clock of the emulator to the rate limiter.
#[derive(Clone)]
struct GatewayClock(Clock);

impl governor::clock::Clock for GatewayClock {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        (self.0)().duration_since(UNIX_EPOCH).unwrap_or_default().into()
    }
}
