//! The trait of credentials providers.

use std::fmt;
use std::future::{self, Future};
use std::pin::Pin;
use std::sync::Arc;

use crate::credentials::access_key::Credentials;
use crate::error::credentials_failure::CredentialsFailure;
use crate::transport::connection_settings::ConnectionSettings;

/// A credentials provider. It is asked for credentials before each attempt of a call.
///
/// ```
/// use alicloud_runtime::{Config, Credentials, CredentialsFailure, ProvideCredentials, CredentialsFuture};
///
/// /// The last credentials that the program has received.
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
    /// Returns credentials that are valid now. This is called for every attempt, so a provider that fetches credentials
    /// must cache them.
    ///
    /// # Errors
    ///
    /// Returns the reason if there are no credentials. The call then fails with this error, and nothing is sent.
    fn provide(&self) -> CredentialsFuture<'_>;

    /// Sets the proxies and the TLS settings with which the provider fetches credentials. Each client calls this when it
    /// is created. The providers of this crate use the settings of the first client. A provider that wraps another one
    /// should pass the settings on. Defaults to ignoring them.
    fn connect_with(&self, settings: &ConnectionSettings) {
        let _ = settings;
    }

    /// Returns the region that belongs to the credentials, such as that of a profile. It is used if no region is
    /// configured. Defaults to `None`.
    fn region(&self) -> Option<String> {
        None
    }

    /// Returns the credentials if they never change. Defaults to `None`.
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

    fn connect_with(&self, settings: &ConnectionSettings) {
        P::connect_with(self, settings);
    }

    fn region(&self) -> Option<String> {
        P::region(self)
    }

    fn fixed(&self) -> Option<&Credentials> {
        P::fixed(self)
    }
}
