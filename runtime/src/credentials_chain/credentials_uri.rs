//! Credentials from a URL, such as that of a local server.

use std::fmt;

use crate::credentials::access_key::Credentials;
use crate::credentials::provider::CredentialsFuture;
use crate::credentials::refreshing::CredentialsSource;
use crate::credentials_chain::http::Http;
use crate::credentials_chain::session_key::SessionKey;
use crate::error::credentials_failure::CredentialsFailure;
use crate::operation::description::Method;
use crate::transport::connection_settings::ConnectionSettings;

const NAME: &str = "credentials URI";

/// Fetches temporary credentials from a URL: a JSON object with `AccessKeyId`, `AccessKeySecret`, `SecurityToken` and
/// `Expiration`.
pub struct CredentialsUri {
    url: String,
    http: Http,
}

impl CredentialsUri {
    /// Creates a source that fetches from this URL.
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: url.into(), http: Http::far(NAME) }
    }

    async fn session_key(&self) -> Result<Credentials, CredentialsFailure> {
        let response = self.http.send(Method::Get, &self.url, &[], None).await?;
        SessionKey::from_json(response.body(), NAME)?.into_credentials(NAME)
    }
}

/// Shows the URL without its query, which may contain a secret.
impl fmt::Debug for CredentialsUri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CredentialsUri").field("url", &self.url.split('?').next()).finish_non_exhaustive()
    }
}

impl CredentialsSource for CredentialsUri {
    fn name(&self) -> &str {
        NAME
    }

    fn fetch(&self) -> CredentialsFuture<'_> {
        Box::pin(self.session_key())
    }

    fn connect_with(&self, settings: &ConnectionSettings) {
        self.http.connect_with(settings);
    }
}
