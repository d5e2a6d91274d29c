//! Client-side rate limiting, by the documented queries per second.

use std::collections::HashMap;
use std::fmt;
use std::num::NonZeroU32;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use governor::clock::{Clock as _, MonotonicClock};
use governor::middleware::NoOpMiddleware;
use governor::state::{InMemoryState, NotKeyed};
use governor::{Quota, RateLimiter};

use crate::error::failure::Failure;
use crate::operation::query_limit::QueryLimit;
use crate::system::clock;

/// Limits the rate of calls of operations with documented queries per second.
///
/// [`DocumentedLimits`] enforces the limits within one program. The crate `alicloud-limits-redis` shares them between
/// programs. For another store, implement this trait and set it with [`Config::limits`](crate::Config::limits).
pub trait RateLimit: fmt::Debug + Send + Sync {
    /// Completes when one more attempt can be sent.
    ///
    /// # Errors
    ///
    /// [`Failure::over_limit`] if the call should fail instead of waiting.
    fn admit(&self, limit: QueryLimit) -> AdmissionFuture<'_>;
}

/// The future that [`RateLimit::admit`] returns.
pub type AdmissionFuture<'a> = Pin<Box<dyn Future<Output = Result<(), Failure>> + Send + 'a>>;

/// Enforces the documented limits, without bursts.
///
/// At 10 queries per second, a call is sent every 100 ms, first come, first served. Clones share their state: to share
/// the limits between several configurations, set a clone in each of them.
#[derive(Clone, Debug)]
pub struct DocumentedLimits {
    waits: bool,
    operations: Arc<Mutex<HashMap<QueryLimit, Arc<Queue>>>>,
}

/// The calls of one operation.
#[derive(Debug)]
struct Queue {
    limiter: RateLimiter<NotKeyed, InMemoryState, MonotonicClock, NoOpMiddleware<std::time::Instant>>,
    /// Locked by the first call in the queue, which is the only one with a timer. The others wait in order for the
    /// lock.
    first: tokio::sync::Mutex<()>,
}

impl DocumentedLimits {
    /// Creates limits that make calls wait until they can be sent, first come, first served.
    pub fn queue() -> Self {
        Self { waits: true, operations: Arc::default() }
    }

    /// Creates limits that make calls fail instead of waiting. The error contains the time after which a call can be
    /// sent.
    pub fn fail_fast() -> Self {
        Self { waits: false, ..Self::queue() }
    }

    fn queue_of(&self, limit: &QueryLimit) -> Arc<Queue> {
        // Nothing panics while the lock is held, so the data of a poisoned lock is consistent.
        let mut operations = self.operations.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = operations.get(limit) {
            return Arc::clone(known);
        }
        let per_second = NonZeroU32::new(limit.per_second()).unwrap_or(NonZeroU32::MIN);
        // Without bursts, because it is not known when the service's seconds begin.
        let quota = Quota::per_second(per_second).allow_burst(NonZeroU32::MIN);
        let limiter = RateLimiter::direct_with_clock(quota, MonotonicClock);
        let queue = Arc::new(Queue { limiter, first: tokio::sync::Mutex::new(()) });
        operations.insert(limit.clone(), Arc::clone(&queue));
        queue
    }

    async fn wait_for_admission(&self, limit: QueryLimit) -> Result<(), Failure> {
        let queue = self.queue_of(&limit);
        let wait = || queue.limiter.check().err().map(|early| early.wait_time_from(MonotonicClock.now()));
        if !self.waits {
            return match wait() {
                Some(wait) => Err(Failure::over_limit(limit, wait)),
                None => Ok(()),
            };
        }
        let _first = queue.first.lock().await;
        while let Some(wait) = wait() {
            clock::sleep(wait.max(Duration::from_millis(1))).await;
        }
        Ok(())
    }
}

impl RateLimit for DocumentedLimits {
    fn admit(&self, limit: QueryLimit) -> AdmissionFuture<'_> {
        Box::pin(self.wait_for_admission(limit))
    }
}
