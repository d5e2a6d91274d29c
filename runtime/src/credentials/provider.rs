//! Where a client gets credentials from.

use std::fmt;
use std::future::{self, Future};
use std::pin::Pin;
use std::sync::Arc;

use crate::credentials::access_key::Credentials;
use crate::error::credentials_failure::CredentialsFailure;

/// Gives credentials, asked before each attempt of a call.
///
/// ```
/// use alicloud_runtime::{Config, Credentials, CredentialsFailure, ProvideCredentials, Providing};
///
/// /// Whatever the program has been told last.
/// #[derive(Debug)]
/// struct Told(std::sync::Mutex<Option<Credentials>>);
///
/// impl ProvideCredentials for Told {
///     fn provide(&self) -> Providing<'_> {
///         let told = self.0.lock().ok().and_then(|told| told.clone());
///         Box::pin(async { told.ok_or_else(|| CredentialsFailure::new("Told", "nobody has told any")) })
///     }
/// }
///
/// let config = Config::new(Told(None.into())).region("cn-hangzhou");
/// ```
pub trait ProvideCredentials: fmt::Debug + Send + Sync {
    /// Credentials that are good now. Whoever has to fetch them keeps them: this is called for every attempt.
    ///
    /// # Errors
    ///
    /// Why there are none; the call fails with it, and nothing is sent.
    fn provide(&self) -> Providing<'_>;

    /// The region that comes with the credentials, as in a profile. It is asked for where nothing else names one.
    fn region(&self) -> Option<String> {
        None
    }

    /// The credentials, where they are always the same.
    fn fixed(&self) -> Option<&Credentials> {
        None
    }
}

/// What [`ProvideCredentials::provide`] gives.
pub type Providing<'a> = Pin<Box<dyn Future<Output = Result<Credentials, CredentialsFailure>> + Send + 'a>>;

impl ProvideCredentials for Credentials {
    fn provide(&self) -> Providing<'_> {
        Box::pin(future::ready(Ok(self.clone())))
    }

    fn fixed(&self) -> Option<&Credentials> {
        Some(self)
    }
}

impl<P: ProvideCredentials + ?Sized> ProvideCredentials for Arc<P> {
    fn provide(&self) -> Providing<'_> {
        P::provide(self)
    }

    fn region(&self) -> Option<String> {
        P::region(self)
    }

    fn fixed(&self) -> Option<&Credentials> {
        P::fixed(self)
    }
}
