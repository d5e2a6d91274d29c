//! Credentials: an AccessKey, or an STS session.

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use bytes::Bytes;
use zeroize::Zeroizing;

use crate::error::credentials_failure::CredentialsFailure;
use crate::error::failure::Failure;
use crate::system::environment::variable;
use crate::system::timestamp;

/// An AccessKey pair, with the STS token if it is temporary.
///
/// `Debug` shows the AccessKey ID and hides the secrets. Clones share one copy of the secrets, which is overwritten in
/// memory when the last clone is dropped.
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
    /// Creates credentials from an AccessKey pair.
    pub fn new(access_key_id: impl Into<String>, access_key_secret: impl Into<String>) -> Self {
        let (id, secret) = (access_key_id.into(), Zeroizing::new(access_key_secret.into()));
        Self { key: Arc::new(AccessKey { id, secret, security_token: None, expiration: None, is_anonymous: false }) }
    }

    /// Creates anonymous credentials, for the few operations that authenticate the caller by their parameters. Such
    /// requests are not signed. Signature V1 does not support them.
    pub fn anonymous() -> Self {
        let mut anonymous = Self::new("", "");
        Arc::make_mut(&mut anonymous.key).is_anonymous = true;
        anonymous
    }

    pub(crate) fn is_anonymous(&self) -> bool {
        self.key.is_anonymous
    }

    /// Sets the STS token, which STS issues together with a temporary AccessKey pair.
    #[must_use]
    pub fn security_token(mut self, token: impl Into<String>) -> Self {
        Arc::make_mut(&mut self.key).security_token = Some(Zeroizing::new(token.into()));
        self
    }

    /// Sets the expiration time. [`RefreshingProvider`](crate::RefreshingProvider) fetches new credentials before it.
    #[must_use]
    pub fn expiration(mut self, at: SystemTime) -> Self {
        Arc::make_mut(&mut self.key).expiration = Some(at);
        self
    }

    /// Reads credentials from the environment variables `ALIBABA_CLOUD_ACCESS_KEY_ID`,
    /// `ALIBABA_CLOUD_ACCESS_KEY_SECRET` and, if it is set, `ALIBABA_CLOUD_SECURITY_TOKEN`. As in the official SDKs, an
    /// empty variable counts as unset.
    ///
    /// # Errors
    ///
    /// Returns an error that names the variable if one of the first two is not set.
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

    /// Returns the AccessKey ID, which is not secret.
    pub fn access_key_id(&self) -> &str {
        &self.key.id
    }

    /// Returns whether the credentials are temporary: STS has issued them, together with an STS token.
    pub fn is_temporary(&self) -> bool {
        self.token().is_some()
    }

    /// Returns the expiration time, or `None` if the credentials do not expire.
    pub fn expires(&self) -> Option<SystemTime> {
        self.key.expiration
    }

    pub(crate) fn secret(&self) -> &str {
        &self.key.secret
    }

    pub(crate) fn token(&self) -> Option<&str> {
        self.key.security_token.as_deref().map(String::as_str).filter(|token| !token.is_empty())
    }

    /// The token for a header. It is not copied, because a copy would not be overwritten in memory.
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
        for (name, value) in [
            ("AccessKey ID", self.key.id.as_str()),
            ("AccessKey secret", &self.key.secret),
            ("STS token", self.key.security_token.as_deref().map_or("-", String::as_str)),
        ] {
            if value.is_empty() {
                return Err(Failure::configuration(format!("the {name} is empty")));
            }
            if value.chars().any(|one| one.is_whitespace() || one.is_control()) {
                return Err(Failure::configuration(format!(
                    "the {name} contains a space, line break or control character; check that it was copied correctly"
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
