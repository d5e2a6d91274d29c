//! Who calls.

use std::env;
use std::fmt;

use crate::failure::Failure;

/// An AccessKey, with an STS token where it is a temporary one.
///
/// `Debug` shows the AccessKey ID and hides the rest.
///
/// ```
/// use alicloud_runtime::Credentials;
///
/// let credentials = Credentials::new("LTAI5tExample", "hush").security_token("CAIS...");
/// assert!(!format!("{credentials:?}").contains("hush"));
/// ```
#[derive(Clone)]
pub struct Credentials {
    access_key_id: String,
    access_key_secret: String,
    security_token: Option<String>,
}

impl Credentials {
    /// An AccessKey pair.
    pub fn new(access_key_id: impl Into<String>, access_key_secret: impl Into<String>) -> Self {
        Self { access_key_id: access_key_id.into(), access_key_secret: access_key_secret.into(), security_token: None }
    }

    /// The same with the token that STS gave with the pair.
    #[must_use]
    pub fn security_token(mut self, token: impl Into<String>) -> Self {
        self.security_token = Some(token.into());
        self
    }

    /// From `ALIBABA_CLOUD_ACCESS_KEY_ID`, `ALIBABA_CLOUD_ACCESS_KEY_SECRET` and, where it is set,
    /// `ALIBABA_CLOUD_SECURITY_TOKEN`. As in the official SDKs an empty variable counts as unset.
    ///
    /// # Errors
    ///
    /// Where one of the first two is not set, naming it.
    pub fn from_env() -> Result<Self, Failure> {
        let read = |name: &str| {
            #[expect(clippy::disallowed_methods, reason = "this is the one place")]
            env::var(name).ok().filter(|value| !value.is_empty())
        };
        let need = |name: &str| read(name).ok_or_else(|| Failure::configuration(format!("`{name}` is not set")));
        let mut credentials = Self::new(need("ALIBABA_CLOUD_ACCESS_KEY_ID")?, need("ALIBABA_CLOUD_ACCESS_KEY_SECRET")?);
        credentials.security_token = read("ALIBABA_CLOUD_SECURITY_TOKEN");
        Ok(credentials)
    }

    /// The AccessKey ID, which is no secret.
    pub fn access_key_id(&self) -> &str {
        &self.access_key_id
    }

    pub(crate) fn secret(&self) -> &str {
        &self.access_key_secret
    }

    pub(crate) fn token(&self) -> Option<&str> {
        self.security_token.as_deref().filter(|token| !token.is_empty())
    }

    pub(crate) fn check(&self) -> Result<(), Failure> {
        for (what, value) in [
            ("AccessKey ID", self.access_key_id.as_str()),
            ("AccessKey secret", &self.access_key_secret),
            ("STS token", self.security_token.as_deref().unwrap_or("-")),
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
            .field("access_key_id", &self.access_key_id)
            .field("access_key_secret", &"***")
            .field("security_token", &self.security_token.as_ref().map(|_| "***"))
            .finish()
    }
}
