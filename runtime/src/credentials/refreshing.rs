//! Credentials that expire: cached while they are valid, and refreshed before they expire.

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
use crate::transport::connection_settings::ConnectionSettings;

/// A source from which [`RefreshingProvider`] fetches credentials.
pub trait CredentialsSource: fmt::Debug + Send + Sync {
    /// Returns the name for error messages.
    fn name(&self) -> &str;

    /// Fetches new credentials, with their [expiration](Credentials::expiration) if they have one.
    ///
    /// # Errors
    ///
    /// Returns the reason if no credentials can be fetched.
    fn fetch(&self) -> CredentialsFuture<'_>;

    /// Returns the time after which credentials without an expiration are fetched again. Until a fetch succeeds, the old
    /// ones stay in use. Defaults to `None`: they are fetched once.
    fn refresh_after(&self) -> Option<Duration> {
        None
    }

    /// Sets the proxies and the TLS settings of the client. See [`ProvideCredentials::connect_with`]. Defaults to ignoring
    /// them.
    fn connect_with(&self, settings: &ConnectionSettings) {
        let _ = settings;
    }
}

/// New credentials are fetched in the last fifth of the lifetime of the cached ones.
const REFRESH_FRACTION: u32 = 5;

/// New credentials are fetched at most 15 minutes before the cached ones expire.
const MAX_REFRESH_MARGIN: Duration = Duration::from_secs(15 * 60);

/// Credentials are not used in the last 10 seconds, or the last tenth of a short lifetime, if others can be fetched:
/// they could expire while a request is in progress.
const EXPIRY_MARGIN: Duration = Duration::from_secs(10);

/// The delay before the next fetch after a failed one, while the cached credentials are still valid.
const REFRESH_BACKOFF: Duration = Duration::from_secs(10);

/// The timeout of a fetch. When it passes, all calls that wait for the fetch fail.
const FETCH_TIMEOUT: Duration = Duration::from_secs(60);

/// Caches the credentials of a [`CredentialsSource`], and fetches new ones before they expire.
///
/// While the cached credentials are valid, they are refreshed in the background and no call waits. If there are no
/// valid credentials, all calls wait for one fetch, for at most 60 s. If a fetch fails, cached credentials that are
/// still valid stay in use.
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
    cached: Option<Cached>,
    /// The fetch in progress.
    fetch: Option<Fetch>,
}

/// Receives the result of a fetch. If the sender is dropped without sending one, the fetch was dropped.
type Fetch = watch::Receiver<Option<Result<Credentials, CredentialsFailure>>>;

#[derive(Clone)]
struct Cached {
    credentials: Credentials,
    /// The time from which new credentials are fetched.
    stale: Option<SystemTime>,
    /// The time from which these credentials are used only if no others can be fetched.
    over: Option<SystemTime>,
}

impl Cached {
    fn new(credentials: Credentials, refresh_after: Option<Duration>, now: SystemTime) -> Self {
        let life = credentials.expires().map(|end| (end, end.duration_since(now).unwrap_or_default()));
        let before_end = |margin: fn(Duration) -> Duration| life.and_then(|(end, life)| end.checked_sub(margin(life)));
        Self {
            stale: match life {
                Some(_) => before_end(|life| (life / REFRESH_FRACTION).min(MAX_REFRESH_MARGIN)),
                None => refresh_after.and_then(|time| now.checked_add(time)),
            },
            over: before_end(|life| (life / 10).min(EXPIRY_MARGIN)),
            credentials,
        }
    }

    fn is_fresh(&self, now: SystemTime) -> bool {
        self.stale.is_none_or(|stale| now < stale)
    }

    fn is_usable(&self, now: SystemTime) -> bool {
        self.over.is_none_or(|over| now < over)
    }

    fn has_expired(&self, now: SystemTime) -> bool {
        self.credentials.expires().is_some_and(|end| end <= now)
    }
}

impl<S: CredentialsSource + 'static> RefreshingProvider<S> {
    /// Creates a provider for this source. Credentials are fetched when they are first needed.
    pub fn new(source: S) -> Self {
        Self::with_clock(source, clock::now)
    }

    /// Creates a provider with another clock, for tests.
    #[doc(hidden)]
    pub fn with_clock(source: S, now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        Self { shared: Arc::new(Shared { source, now: Box::new(now), state: Mutex::default() }) }
    }

    async fn current(&self) -> Result<Credentials, CredentialsFailure> {
        let shared = &self.shared;
        let mut fetch = {
            let mut state = shared.state();
            let now = (shared.now)();
            let cached = state.cached.as_ref().filter(|cached| !cached.has_expired(now)).cloned();
            if let Some(cached) = cached.as_ref().filter(|cached| cached.is_fresh(now)) {
                return Ok(cached.credentials.clone());
            }
            let fetch = shared.fetch(&mut state);
            match cached.filter(|cached| cached.is_usable(now)) {
                // The fetch continues in the background.
                Some(cached) => return Ok(cached.credentials),
                None => fetch?,
            }
        };
        let outcome = fetch.wait_for(Option::is_some).await.ok().and_then(|outcome| outcome.clone());
        let failure = match outcome {
            Some(Ok(credentials)) => return Ok(credentials),
            Some(Err(failure)) => failure,
            None => shared.failure("the task that fetches credentials was dropped"),
        };
        // Credentials that are about to expire are better than none.
        let now = (shared.now)();
        match &shared.state().cached {
            Some(cached) if !cached.has_expired(now) => Ok(cached.credentials.clone()),
            _ => Err(failure),
        }
    }
}

impl<S: CredentialsSource + 'static> Shared<S> {
    /// Returns the fetch in progress, or starts one.
    fn fetch(self: &Arc<Self>, state: &mut State) -> Result<Fetch, CredentialsFailure> {
        // If the sender is gone, the fetch was dropped together with its runtime.
        if let Some(fetch) = state.fetch.as_ref().filter(|fetch| fetch.has_changed().is_ok()) {
            return Ok(fetch.clone());
        }
        let Ok(runtime) = Handle::try_current() else {
            return Err(self.failure("credentials are fetched on a tokio runtime, but there is none in this thread"));
        };
        let (sender, fetch) = watch::channel(None);
        state.fetch = Some(fetch.clone());
        let shared = Arc::clone(self);
        runtime.spawn(async move {
            let fetched = Deadline::after(FETCH_TIMEOUT).timeout(shared.source.fetch()).await;
            let fetched = fetched.unwrap_or_else(|| {
                Err(shared.failure(format!("the source returned no credentials within {} s", FETCH_TIMEOUT.as_secs())))
            });
            // Fails if no call waits for the result any more.
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
        let cached =
            outcome.map(|credentials| Cached::new(credentials, self.source.refresh_after(), now)).and_then(|cached| {
                if cached.is_usable(now) {
                    Ok(cached)
                } else {
                    Err(self.failure("the source returned expired credentials"))
                }
            });
        match cached {
            Ok(cached) => {
                let credentials = cached.credentials.clone();
                state.cached = Some(cached);
                Ok(credentials)
            }
            Err(failure) => {
                if let Some(cached) = &mut state.cached {
                    cached.stale = now.checked_add(REFRESH_BACKOFF);
                }
                Err(failure)
            }
        }
    }
}

impl<S> Shared<S> {
    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing panics while the lock is held, so the data of a poisoned lock is consistent.
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

    fn connect_with(&self, settings: &ConnectionSettings) {
        self.shared.source.connect_with(settings);
    }
}
