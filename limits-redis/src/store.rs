//! The connection to the store, and what happens when the store is lost.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use alicloud_runtime::Failure;
use redis::aio::MultiplexedConnection;
use redis::{AsyncConnectionConfig, Client, IntoConnectionInfo, RedisError};
use tokio::sync::Mutex;
use tokio::time::Instant;

/// Gives a call its slot, by the generic cell rate algorithm (GCRA), and returns the time until the slot.
///
/// The key stands for the account, product and operation. Its value is the first free slot. A value in the past limits
/// nothing, so the key expires. The arguments are the time between two slots, and 1 to take a slot only if the call can
/// be sent now, or 0 to take the next slot in any case. All times are in microseconds of the server's clock.
///
/// It runs with `EVAL`, so that it needs no other command after a restart. The server compiles it once.
const ADMISSION: &str = include_str!("admission.lua");

/// The key with which a lost store is tested, without an effect on any limit.
const TEST_KEY: &str = "alicloud:limits:test";

/// The time between two attempts to connect to a lost store.
const RECONNECT_INTERVAL: Duration = Duration::from_secs(1);

/// A change of the connection to the store. See [`RedisLimits::on_store_change`](crate::RedisLimits::on_store_change).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StoreChange {
    /// The store cannot be used. From now on, each process enforces the limits for itself.
    #[non_exhaustive]
    Lost {
        /// The error. It contains no secrets.
        reason: String,
    },
    /// The store can be used again. From now on, the limits are shared.
    Restored,
}

/// The store is lost. The local limits apply.
#[derive(Debug)]
pub(crate) struct Lost;

/// Whether a call takes a slot for which it must wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    Next,
    OnlyNow,
}

/// The store. Clones share the connection.
#[derive(Clone)]
pub(crate) struct Store {
    client: Client,
    pub(crate) timeout: Duration,
    pub(crate) observer: Option<Observer>,
    state: Arc<Mutex<State>>,
}

/// See [`RedisLimits::on_store_change`](crate::RedisLimits::on_store_change).
pub(crate) type Observer = Arc<dyn Fn(&StoreChange) + Send + Sync>;

enum State {
    Unconnected,
    Connected(MultiplexedConnection),
    Lost { reconnect_at: Instant },
}

impl Store {
    pub(crate) fn new(store: impl IntoConnectionInfo) -> Result<Self, Failure> {
        let client = Client::open(store).map_err(|error| {
            Failure::Configuration(format!(
                "the address of the store is invalid: {error}; expected a URL, such as `redis://127.0.0.1:6379`"
            ))
        })?;
        let state = Arc::new(Mutex::new(State::Unconnected));
        Ok(Self { client, timeout: Duration::from_millis(500), observer: None, state })
    }

    /// Takes a slot, and returns the time until it.
    pub(crate) async fn take(&self, key: &str, interval: Duration, slot: Slot) -> Result<Duration, Lost> {
        let connection = self.connection().await?;
        match evaluate(connection, key, interval, slot).await {
            Ok(wait) => return Ok(wait),
            // Servers and proxies close idle connections. If the slot was taken before that, it remains empty.
            Err(error) if error.is_unrecoverable_error() && !error.is_timeout() => self.disconnect().await,
            Err(error) => return Err(self.lose(&error).await),
        }
        match evaluate(self.connection().await?, key, interval, slot).await {
            Ok(wait) => Ok(wait),
            Err(error) => Err(self.lose(&error).await),
        }
    }

    async fn connection(&self) -> Result<MultiplexedConnection, Lost> {
        // Locked while the first call connects, so that the others use its connection.
        let mut state = self.state.lock().await;
        match &mut *state {
            State::Connected(connection) => Ok(connection.clone()),
            State::Unconnected => match self.connect().await {
                Ok(connection) => {
                    *state = State::Connected(connection.clone());
                    Ok(connection)
                }
                Err(error) => {
                    drop(state);
                    Err(self.lose(&error).await)
                }
            },
            State::Lost { reconnect_at } => {
                let now = Instant::now();
                if now >= *reconnect_at {
                    *reconnect_at = now + RECONNECT_INTERVAL;
                    // In a task of its own: no call waits for a store that is lost.
                    tokio::spawn(self.clone().reconnect());
                }
                Err(Lost)
            }
        }
    }

    async fn connect(&self) -> Result<MultiplexedConnection, RedisError> {
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(self.timeout))
            .set_response_timeout(Some(self.timeout));
        self.client.get_multiplexed_async_connection_with_config(&config).await
    }

    async fn disconnect(&self) {
        let mut state = self.state.lock().await;
        if matches!(*state, State::Connected(_)) {
            *state = State::Unconnected;
        }
    }

    async fn lose(&self, error: &RedisError) -> Lost {
        let mut state = self.state.lock().await;
        if !matches!(*state, State::Lost { .. }) {
            *state = State::Lost { reconnect_at: Instant::now() + RECONNECT_INTERVAL };
            drop(state);
            self.report(&StoreChange::Lost { reason: error.to_string() });
        }
        Lost
    }

    async fn reconnect(self) {
        let Ok(connection) = self.connect().await else { return };
        // A server can accept connections and still reject the script, for example because it is a read-only replica.
        if evaluate(connection.clone(), TEST_KEY, Duration::ZERO, Slot::Next).await.is_ok() {
            *self.state.lock().await = State::Connected(connection);
            self.report(&StoreChange::Restored);
        }
    }

    fn report(&self, change: &StoreChange) {
        #[cfg(feature = "tracing")]
        match change {
            StoreChange::Lost { reason } => tracing::warn!(
                target: "alicloud",
                reason,
                "the store of the rate limits is lost; each process enforces them for itself"
            ),
            StoreChange::Restored => {
                tracing::info!(target: "alicloud", "the store of the rate limits is restored");
            }
        }
        if let Some(observer) = &self.observer {
            observer(change);
        }
    }
}

impl fmt::Debug for Store {
    /// Shows neither the address nor the password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store").field("timeout", &self.timeout).finish_non_exhaustive()
    }
}

async fn evaluate(
    mut connection: MultiplexedConnection,
    key: &str,
    interval: Duration,
    slot: Slot,
) -> Result<Duration, RedisError> {
    let mut command = redis::cmd("EVAL");
    command.arg(ADMISSION).arg(1).arg(key);
    command.arg(u64::try_from(interval.as_micros()).unwrap_or(u64::MAX)).arg(u8::from(slot == Slot::OnlyNow));
    command.query_async(&mut connection).await.map(Duration::from_micros)
}
