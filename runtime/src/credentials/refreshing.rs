//! Credentials that expire: kept while they are valid, and replaced in time.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use tokio::runtime::Handle;
use tokio::sync::watch;

use crate::credentials::access_key::Credentials;
use crate::credentials::provider::{CredentialsFuture, ProvideCredentials};
use crate::error::credentials_failure::CredentialsFailure;
use crate::system::clock;
use crate::system::clock::Deadline;

/// Where [`RefreshingProvider`] fetches credentials: each time new ones, with their [expiration](Credentials::expiration) if they
/// have one.
pub trait CredentialsSource: fmt::Debug + Send + Sync {
    /// The name in errors.
    fn name(&self) -> &str;

    /// Fetches credentials.
    ///
    /// # Errors
    ///
    /// Why there are none now.
    fn fetch(&self) -> CredentialsFuture<'_>;
}

/// The part of the lifetime of credentials, before their end, in which new ones are fetched: the last fifth.
const LAST_PART: u32 = 5;

/// Of a long lifetime, the last quarter of an hour is enough.
const EARLIEST: Duration = Duration::from_secs(15 * 60);

/// Credentials are not used in their last moments if there are others, because a request may be under way then; nor in the
/// last tenth of a short lifetime.
const LAST_MOMENTS: Duration = Duration::from_secs(10);

/// The pause after a failed fetch while the credentials are still valid.
const PAUSE: Duration = Duration::from_secs(10);

/// How long a fetch may take. All calls that wait for it fail together then.
const FETCH_LIMIT: Duration = Duration::from_secs(60);

/// Keeps the credentials of a [`CredentialsSource`], and fetches new ones before they expire.
///
/// While the credentials are valid, they are refreshed in the background and no call waits. Without valid ones, all calls
/// wait for one fetch, for 60 s at most. While fetching fails, credentials that are still valid stay in use.
pub struct RefreshingProvider<S> {
    shared: Arc<Shared<S>>,
}

struct Shared<S> {
    source: S,
    now: Box<dyn Fn() -> SystemTime + Send + Sync>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    held: Option<Held>,
    /// The fetch under way.
    fetch: Option<Fetch>,
}

/// What came of a fetch, when it is done. Dropping the sender without it means that the fetch was dropped.
type Fetch = watch::Receiver<Option<Result<Credentials, CredentialsFailure>>>;

#[derive(Clone)]
struct Held {
    credentials: Credentials,
    /// From when on new ones are wanted.
    stale: Option<SystemTime>,
    /// From when on they are used only if there are no others.
    over: Option<SystemTime>,
}

impl Held {
    fn new(credentials: Credentials, now: SystemTime) -> Self {
        let life = credentials.expires().map(|end| (end, end.duration_since(now).unwrap_or_default()));
        let before_end = |margin: fn(Duration) -> Duration| life.and_then(|(end, life)| end.checked_sub(margin(life)));
        Self {
            stale: before_end(|life| (life / LAST_PART).min(EARLIEST)),
            over: before_end(|life| (life / 10).min(LAST_MOMENTS)),
            credentials,
        }
    }

    fn is_fresh(&self, now: SystemTime) -> bool {
        self.stale.is_none_or(|stale| now < stale)
    }

    fn is_good(&self, now: SystemTime) -> bool {
        self.over.is_none_or(|over| now < over)
    }

    fn has_ended(&self, now: SystemTime) -> bool {
        self.credentials.expires().is_some_and(|end| end <= now)
    }
}

impl<S: CredentialsSource + 'static> RefreshingProvider<S> {
    /// Fetches from this source, when credentials are first needed.
    pub fn new(source: S) -> Self {
        Self::with_clock(source, clock::now)
    }

    /// The same, with another clock, for tests.
    #[doc(hidden)]
    pub fn with_clock(source: S, now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        Self { shared: Arc::new(Shared { source, now: Box::new(now), state: Mutex::default() }) }
    }

    async fn current(&self) -> Result<Credentials, CredentialsFailure> {
        let shared = &self.shared;
        let mut fetch = {
            let mut state = shared.state();
            let now = (shared.now)();
            let held = state.held.as_ref().filter(|held| !held.has_ended(now)).cloned();
            if let Some(held) = held.as_ref().filter(|held| held.is_fresh(now)) {
                return Ok(held.credentials.clone());
            }
            let fetch = shared.fetch(&mut state);
            match held.filter(|held| held.is_good(now)) {
                // The fetch goes on in the background.
                Some(held) => return Ok(held.credentials),
                None => fetch?,
            }
        };
        let outcome = fetch.wait_for(Option::is_some).await.ok().and_then(|outcome| outcome.clone());
        let failure = match outcome {
            Some(Ok(credentials)) => return Ok(credentials),
            Some(Err(failure)) => failure,
            None => shared.failure("the task that fetches credentials was dropped"),
        };
        // The last moments are better than nothing.
        let now = (shared.now)();
        match &shared.state().held {
            Some(held) if !held.has_ended(now) => Ok(held.credentials.clone()),
            _ => Err(failure),
        }
    }
}

impl<S: CredentialsSource + 'static> Shared<S> {
    /// The fetch under way, or a new one.
    fn fetch(self: &Arc<Self>, state: &mut State) -> Result<Fetch, CredentialsFailure> {
        // Without its sender a fetch was dropped, with the runtime that it ran on.
        if let Some(fetch) = state.fetch.as_ref().filter(|fetch| fetch.has_changed().is_ok()) {
            return Ok(fetch.clone());
        }
        let Ok(runtime) = Handle::try_current() else {
            return Err(self.failure("credentials are fetched on a tokio runtime, and there is none here"));
        };
        let (sender, fetch) = watch::channel(None);
        state.fetch = Some(fetch.clone());
        let shared = Arc::clone(self);
        runtime.spawn(async move {
            let fetched = Deadline::after(FETCH_LIMIT).cut(shared.source.fetch()).await;
            let fetched = fetched.unwrap_or_else(|| {
                Err(shared.failure(format!("it gave no credentials within {} s", FETCH_LIMIT.as_secs())))
            });
            // Nobody may be waiting for it.
            let _ = sender.send(Some(shared.keep(fetched)));
        });
        Ok(fetch)
    }

    fn failure(&self, reason: impl Into<String>) -> CredentialsFailure {
        CredentialsFailure::new(self.source.name(), reason)
    }

    fn keep(&self, outcome: Result<Credentials, CredentialsFailure>) -> Result<Credentials, CredentialsFailure> {
        let now = (self.now)();
        let mut state = self.state();
        state.fetch = None;
        let held = outcome.map(|credentials| Held::new(credentials, now)).and_then(|held| {
            if held.is_good(now) {
                Ok(held)
            } else {
                Err(self.failure("it gave credentials that have expired already"))
            }
        });
        match held {
            Ok(held) => {
                let credentials = held.credentials.clone();
                state.held = Some(held);
                Ok(credentials)
            }
            Err(failure) => {
                if let Some(held) = &mut state.held {
                    held.stale = now.checked_add(PAUSE);
                }
                Err(failure)
            }
        }
    }
}

impl<S> Shared<S> {
    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing that can panic happens while it is held.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<S: fmt::Debug> fmt::Debug for RefreshingProvider<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RefreshingProvider").field("source", &self.shared.source).finish_non_exhaustive()
    }
}

impl<S: CredentialsSource + 'static> ProvideCredentials for RefreshingProvider<S> {
    fn provide(&self) -> CredentialsFuture<'_> {
        Box::pin(self.current())
    }
}
