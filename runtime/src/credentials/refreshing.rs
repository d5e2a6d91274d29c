//! Credentials that end: kept while they are good, and fetched anew in time.

use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use super::{Credentials, CredentialsFailure, ProvideCredentials, Providing};
use crate::clock;

/// Where [`Refreshing`] fetches credentials: each time new ones, with their [expiration](Credentials::expiration) where they
/// have one.
pub trait Source: fmt::Debug + Send + Sync {
    /// What failures call it.
    fn name(&self) -> &str;

    /// Fetches credentials.
    ///
    /// # Errors
    ///
    /// Why there are none now.
    fn fetch(&self) -> Providing<'_>;
}

/// Before the end of credentials, the part of their life in which new ones are fetched: the last fifth.
const LAST_PART: u32 = 5;

/// Of a long life, the last quarter of an hour is enough.
const EARLIEST: Duration = Duration::from_secs(15 * 60);

/// A credential is not used in its last moments, in which a request may be under way; nor in the last tenth of a short life.
const LAST_MOMENTS: Duration = Duration::from_secs(10);

/// After a fetch in vain, and while there are still credentials, the next is made no sooner.
const PAUSE: Duration = Duration::from_secs(10);

/// Keeps the credentials of a [`Source`], and fetches new ones before they end.
///
/// One call fetches while the others go on with what there is, or wait where there is nothing good. While fetching fails, the
/// credentials that are still good serve on.
#[derive(Debug)]
pub struct Refreshing<S> {
    source: S,
    state: Mutex<State>,
    /// Held by the one that fetches.
    turn: tokio::sync::Mutex<()>,
}

#[derive(Debug, Default)]
struct State {
    held: Option<Held>,
    fetches: u64,
    /// Where the last fetch was in vain.
    failure: Option<CredentialsFailure>,
}

#[derive(Clone, Debug)]
struct Held {
    credentials: Credentials,
    /// From when on new ones are wanted.
    stale: Option<SystemTime>,
    /// From when on they cannot be used.
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
}

impl<S: Source> Refreshing<S> {
    /// Fetches from this source, when credentials are first wanted.
    pub fn new(source: S) -> Self {
        Self { source, state: Mutex::default(), turn: tokio::sync::Mutex::new(()) }
    }

    async fn current(&self) -> Result<Credentials, CredentialsFailure> {
        let (held, fetches) = {
            let state = self.state();
            (state.held.clone(), state.fetches)
        };
        let now = clock::now();
        match held {
            Some(held) if held.is_good(now) => {
                if held.is_fresh(now) {
                    return Ok(held.credentials);
                }
                // Who has the turn fetches for all.
                let Ok(_turn) = self.turn.try_lock() else { return Ok(held.credentials) };
                Ok(self.fetch_after(fetches).await.unwrap_or(held.credentials))
            }
            _ => {
                let _turn = self.turn.lock().await;
                self.fetch_after(fetches).await
            }
        }
    }

    /// Fetches, unless another call has done so since there were as many fetches; the caller has the turn.
    async fn fetch_after(&self, fetches: u64) -> Result<Credentials, CredentialsFailure> {
        match self.fetched_since(fetches) {
            Some(outcome) => outcome,
            None => self.fetch().await,
        }
    }

    /// What came of a fetch that ended after `fetches` others, while this call waited for its turn.
    fn fetched_since(&self, fetches: u64) -> Option<Result<Credentials, CredentialsFailure>> {
        let state = self.state();
        if state.fetches == fetches {
            return None;
        }
        match (&state.failure, &state.held) {
            (Some(failure), _) => Some(Err(failure.clone())),
            (None, Some(held)) if held.is_good(clock::now()) => Some(Ok(held.credentials.clone())),
            (None, _) => None,
        }
    }

    async fn fetch(&self) -> Result<Credentials, CredentialsFailure> {
        let fetched = self.source.fetch().await;
        let now = clock::now();
        let mut state = self.state();
        state.fetches += 1;
        let fetched = fetched.map(|credentials| Held::new(credentials, now)).and_then(|held| {
            let ended = || CredentialsFailure::new(self.source.name(), "it gave credentials that have ended already");
            if held.is_good(now) { Ok(held) } else { Err(ended()) }
        });
        match fetched {
            Ok(held) => {
                state.failure = None;
                let credentials = held.credentials.clone();
                state.held = Some(held);
                Ok(credentials)
            }
            Err(failure) => {
                if let Some(held) = &mut state.held {
                    held.stale = now.checked_add(PAUSE);
                }
                state.failure = Some(failure.clone());
                Err(failure)
            }
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing that can panic happens while it is held.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<S: Source> ProvideCredentials for Refreshing<S> {
    fn provide(&self) -> Providing<'_> {
        Box::pin(self.current())
    }
}
