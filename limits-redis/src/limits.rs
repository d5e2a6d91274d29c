//! The shared limits.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use alicloud_runtime::{AdmissionFuture, DocumentedLimits, Failure, QueryLimit, RateLimit};
use redis::IntoConnectionInfo;
use tokio::time::Instant;

use crate::account::Account;
use crate::store::{Lost, Slot, Store, StoreChange};

/// Enforces the documented limits of an account for all processes that use the same store: a Redis or Valkey server.
///
/// It works like [`DocumentedLimits`], without bursts: at 10 queries per second, all processes together send a call
/// every 100 ms, by the server's clock. Within a process, calls are sent first come, first served. Each process takes
/// one slot at a time, so that processes take turns.
///
/// If the store is lost, each process enforces the limits for itself until the store is restored. It tries to reconnect
/// once per second, while calls continue.
///
/// Clones share their state.
///
/// ```no_run
/// use alicloud_limits_redis::{Account, RedisLimits};
/// use alicloud_runtime::{Config, Credentials};
///
/// # fn example() -> Result<(), Box<dyn std::error::Error>> {
/// let limits = RedisLimits::queue("redis://127.0.0.1:6379", Account::id("1234567890123456"))?
///     .on_store_change(|change| eprintln!("rate limits: {change:?}"));
/// let config = Config::new(Credentials::from_env()?).limits(limits);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct RedisLimits {
    waits: bool,
    account: Account,
    store: Store,
    local: DocumentedLimits,
    queues: Arc<Mutex<HashMap<String, Arc<Queue>>>>,
}

/// The calls of one operation in this process.
///
/// The first call in the queue holds the lock and waits for its slot. If it is dropped before that, the next call gets
/// the slot.
type Queue = tokio::sync::Mutex<Option<Instant>>;

impl RedisLimits {
    /// Creates limits that make calls wait until they can be sent. Connects when the first call is made.
    ///
    /// `store` is a URL, such as `redis://user:password@host:6379/0` or `valkey://host`, or a
    /// [`ConnectionInfo`](redis::ConnectionInfo).
    ///
    /// # Errors
    ///
    /// Returns an error if the URL is invalid, or if it needs TLS and TLS is not enabled: see the README of this crate.
    pub fn queue(store: impl IntoConnectionInfo, account: Account) -> Result<Self, Failure> {
        let (store, local) = (Store::new(store)?, DocumentedLimits::queue());
        Ok(Self { waits: true, account, store, local, queues: Arc::default() })
    }

    /// Creates limits that make calls fail instead of waiting. The error contains the time after which a call can be
    /// sent.
    ///
    /// While calls of other processes wait in a [queue](Self::queue), all calls with these limits fail.
    ///
    /// # Errors
    ///
    /// See [`RedisLimits::queue`].
    pub fn fail_fast(store: impl IntoConnectionInfo, account: Account) -> Result<Self, Failure> {
        Ok(Self { waits: false, local: DocumentedLimits::fail_fast(), ..Self::queue(store, account)? })
    }

    /// Sets the time after which the store is considered lost: of each connection attempt, and of each response.
    /// Defaults to 500 ms.
    #[must_use]
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.store.timeout = limit;
        self
    }

    /// Sets a function that is called when the store is lost, and when it is restored. It must not block.
    ///
    /// With the feature `tracing`, there are also events for both, with the target `alicloud`.
    #[must_use]
    pub fn on_store_change(mut self, observer: impl Fn(&StoreChange) + Send + Sync + 'static) -> Self {
        self.store.observer = Some(Arc::new(observer));
        self
    }

    async fn wait_for_admission(&self, limit: QueryLimit) -> Result<(), Failure> {
        let key = format!("alicloud:limits:{}:{}:{}", self.account.hash(), limit.product(), limit.operation());
        // Rounded up, so that there are never more calls than documented.
        let interval = Duration::from_micros(1_000_000_u64.div_ceil(u64::from(limit.per_second().max(1))));
        if !self.waits {
            return match self.store.take(&key, interval, Slot::OnlyNow).await {
                Ok(Duration::ZERO) => Ok(()),
                Ok(wait) => Err(Failure::over_limit(limit, wait)),
                Err(Lost) => self.local.admit(limit).await,
            };
        }
        let queue = self.queue_of(&key);
        let mut slot = queue.lock().await;
        // Later, an empty slot would be sent at the time of another one.
        if slot.is_none_or(|slot| slot <= Instant::now()) {
            *slot = None;
            match self.store.take(&key, interval, Slot::Next).await {
                Ok(Duration::ZERO) => return Ok(()),
                Ok(wait) => *slot = Some(Instant::now() + wait),
                Err(Lost) => return self.local.admit(limit).await,
            }
        }
        if let Some(slot) = *slot {
            tokio::time::sleep_until(slot).await;
        }
        *slot = None;
        Ok(())
    }

    fn queue_of(&self, key: &str) -> Arc<Queue> {
        // Nothing panics while the lock is held, so the data of a poisoned lock is consistent.
        let mut queues = self.queues.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(queue) = queues.get(key) {
            return Arc::clone(queue);
        }
        Arc::clone(queues.entry(key.to_owned()).or_default())
    }
}

impl RateLimit for RedisLimits {
    fn admit(&self, limit: QueryLimit) -> AdmissionFuture<'_> {
        Box::pin(self.wait_for_admission(limit))
    }
}
