//! Where a client gets credentials from.

use std::fmt;
use std::future::{self, Future};
use std::pin::Pin;
use std::sync::Arc;

use crate::credentials::access_key::Credentials;
use crate::error::credentials_failure::CredentialsFailure;

/// Returns credentials. It is asked before each attempt of a call.
///
/// ```
/// use alicloud_runtime::{Config, Credentials, CredentialsFailure, ProvideCredentials, CredentialsFuture};
///
/// /// The credentials that the program was given last.
/// #[derive(Debug)]
/// struct Latest(std::sync::Mutex<Option<Credentials>>);
///
/// impl ProvideCredentials for Latest {
///     fn provide(&self) -> CredentialsFuture<'_> {
///         let latest = self.0.lock().ok().and_then(|latest| latest.clone());
///         Box::pin(async { latest.ok_or_else(|| CredentialsFailure::new("Latest", "there are none yet")) })
///     }
/// }
///
/// let config = Config::new(Latest(None.into())).region("cn-hangzhou");
/// ```
pub trait ProvideCredentials: fmt::Debug + Send + Sync {
    /// Returns credentials that are valid now. This is called for every attempt, so cache credentials that must be
    /// fetched.
    ///
    /// # Errors
    ///
    /// Why there are no credentials. The call fails with this error, and nothing is sent.
    fn provide(&self) -> CredentialsFuture<'_>;

    /// The region of the credentials, such as that of a profile. It is used if no other setting has a region.
    fn region(&self) -> Option<String> {
        None
    }

    /// The credentials, if they never change.
    fn fixed(&self) -> Option<&Credentials> {
        None
    }
}

/// The future that [`ProvideCredentials::provide`] returns.
pub type CredentialsFuture<'a> = Pin<Box<dyn Future<Output = Result<Credentials, CredentialsFailure>> + Send + 'a>>;

impl ProvideCredentials for Credentials {
    fn provide(&self) -> CredentialsFuture<'_> {
        Box::pin(future::ready(Ok(self.clone())))
    }

    fn fixed(&self) -> Option<&Credentials> {
        Some(self)
    }
}

impl<P: ProvideCredentials + ?Sized> ProvideCredentials for Arc<P> {
    fn provide(&self) -> CredentialsFuture<'_> {
        P::provide(self)
    }

    fn region(&self) -> Option<String> {
        P::region(self)
    }

    fn fixed(&self) -> Option<&Credentials> {
        P::fixed(self)
    }
}
