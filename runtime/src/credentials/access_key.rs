//! Who calls, and where that comes from.
//!
//! [`Credentials`] are fixed; everything else that implements [`ProvideCredentials`] gives some that may change, and is asked
//! before each attempt of a call.

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use bytes::Bytes;
use zeroize::Zeroizing;

use crate::error::credentials_failure::CredentialsFailure;
use crate::error::failure::Failure;
use crate::system::environment::variable;
use crate::system::timestamp;

/// An AccessKey, with an STS token where it is a temporary one.
///
/// `Debug` shows the AccessKey ID and hides the rest. Clones share one copy, which is overwritten in memory when the last of
/// them goes.
///
/// ```
/// use alicloud_runtime::Credentials;
///
/// let credentials = Credentials::new("LTAI5tExample", "hush").security_token("CAIS...");
/// assert!(!format!("{credentials:?}").contains("hush"));
/// ```
#[derive(Clone)]
pub struct Credentials {
    key: Arc<AccessKey>,
}

#[derive(Clone)]
struct AccessKey {
    id: String,
    secret: Zeroizing<String>,
    security_token: Option<Zeroizing<String>>,
    expiration: Option<SystemTime>,
    is_anonymous: bool,
}

impl Credentials {
    /// An AccessKey pair.
    pub fn new(access_key_id: impl Into<String>, access_key_secret: impl Into<String>) -> Self {
        let (id, secret) = (access_key_id.into(), Zeroizing::new(access_key_secret.into()));
        Self { key: Arc::new(AccessKey { id, secret, security_token: None, expiration: None, is_anonymous: false }) }
    }

    /// Nobody, for the few operations whose parameters say who calls. Nothing is signed; signature V1 has no such calls.
    pub fn anonymous() -> Self {
        let mut nobody = Self::new("", "");
        Arc::make_mut(&mut nobody.key).is_anonymous = true;
        nobody
    }

    pub(crate) fn is_anonymous(&self) -> bool {
        self.key.is_anonymous
    }

    /// The same with the token that STS gave with the pair.
    #[must_use]
    pub fn security_token(mut self, token: impl Into<String>) -> Self {
        Arc::make_mut(&mut self.key).security_token = Some(Zeroizing::new(token.into()));
        self
    }

    /// Sets the time at which the credentials expire. [`RefreshingProvider`](crate::Refreshing) refreshes them before.
    #[must_use]
    pub fn expiration(mut self, at: SystemTime) -> Self {
        Arc::make_mut(&mut self.key).expiration = Some(at);
        self
    }

    /// From `ALIBABA_CLOUD_ACCESS_KEY_ID`, `ALIBABA_CLOUD_ACCESS_KEY_SECRET` and, where it is set,
    /// `ALIBABA_CLOUD_SECURITY_TOKEN`. As in the official SDKs an empty variable counts as unset.
    ///
    /// # Errors
    ///
    /// Where one of the first two is not set, naming it.
    pub fn from_env() -> Result<Self, CredentialsFailure> {
        Self::from_variables(variable)
    }

    pub(crate) fn from_variables(get: impl Fn(&str) -> Option<String>) -> Result<Self, CredentialsFailure> {
        let need = |name: &str| {
            get(name).ok_or_else(|| CredentialsFailure::new("environment", format!("`{name}` is not set")))
        };
        let credentials = Self::new(need("ALIBABA_CLOUD_ACCESS_KEY_ID")?, need("ALIBABA_CLOUD_ACCESS_KEY_SECRET")?);
        Ok(match get("ALIBABA_CLOUD_SECURITY_TOKEN") {
            Some(token) => credentials.security_token(token),
            None => credentials,
        })
    }

    /// The AccessKey ID, which is no secret.
    pub fn access_key_id(&self) -> &str {
        &self.key.id
    }

    /// When the service takes them no more; `None` where they do not end.
    pub fn expires(&self) -> Option<SystemTime> {
        self.key.expiration
    }

    pub(crate) fn secret(&self) -> &str {
        &self.key.secret
    }

    pub(crate) fn token(&self) -> Option<&str> {
        self.key.security_token.as_deref().map(String::as_str).filter(|token| !token.is_empty())
    }

    /// The token as it goes in a header: no copy of it, which would stay in memory when it is freed.
    pub(crate) fn token_bytes(&self) -> Option<Bytes> {
        struct Token(Credentials);

        impl AsRef<[u8]> for Token {
            fn as_ref(&self) -> &[u8] {
                self.0.token().unwrap_or_default().as_bytes()
            }
        }

        self.token().is_some().then(|| Bytes::from_owner(Token(self.clone())))
    }

    pub(crate) fn check(&self) -> Result<(), Failure> {
        if self.is_anonymous() {
            return Ok(());
        }
        for (what, value) in [
            ("AccessKey ID", self.key.id.as_str()),
            ("AccessKey secret", &self.key.secret),
            ("STS token", self.key.security_token.as_deref().map_or("-", String::as_str)),
        ] {
            if value.is_empty() {
                return Err(Failure::configuration(format!("the {what} is empty")));
            }
            if value.chars().any(|one| one.is_whitespace() || one.is_control()) {
                return Err(Failure::configuration(format!(
                    "the {what} has a space, line break or control character in it; was it copied whole and alone?"
                )));
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials")
            .field("access_key_id", &self.key.id)
            .field("access_key_secret", &"***")
            .field("security_token", &self.key.security_token.as_ref().map(|_| "***"))
            .field("expiration", &self.key.expiration.map(timestamp::rfc3339))
            .finish()
    }
}
