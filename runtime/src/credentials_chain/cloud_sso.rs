//! Credentials for users who have signed in to CloudSSO with the command line tool.

use std::time::{Duration, UNIX_EPOCH};

use zeroize::Zeroizing;

use crate::credentials::access_key::Credentials;
use crate::credentials::provider::CredentialsFuture;
use crate::credentials::refreshing::CredentialsSource;
use crate::credentials_chain::http::Http;
use crate::credentials_chain::session_key::SessionKey;
use crate::decoding::body;
use crate::decoding::decode::{Decode, Slot};
use crate::error::credentials_failure::CredentialsFailure;
use crate::operation::description::Method;
use crate::system::clock;
use crate::transport::connection_settings::ConnectionSettings;

const NAME: &str = "CloudSSO";

/// Fetches credentials for an account and an access configuration, with the access token of a sign-in.
pub(super) struct CloudSso {
    pub(super) sign_in_url: String,
    pub(super) account_id: String,
    pub(super) access_configuration: String,
    pub(super) access_token: Zeroizing<String>,
    /// The expiration time of the access token, in seconds since 1970.
    pub(super) token_expiration: i64,
    pub(super) http: Http,
}

impl CloudSso {
    pub(super) fn http() -> Http {
        Http::far(NAME)
    }

    async fn session_key(&self) -> Result<Credentials, CredentialsFailure> {
        let expires =
            UNIX_EPOCH.checked_add(Duration::from_secs(u64::try_from(self.token_expiration).unwrap_or_default()));
        if expires.is_some_and(|expires| expires <= clock::now()) {
            return Err(self
                .http
                .failure("the sign-in has expired; sign in again with `aliyun configure --mode CloudSSO`"));
        }
        let url = format!("{}/cloud-credentials", self.sign_in_url.trim_end_matches('/'));
        let bearer = Zeroizing::new(format!("Bearer {}", *self.access_token));
        let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
        let request = serde_json::json!({
            "AccountId": self.account_id,
            "AccessConfigurationId": self.access_configuration,
        });
        let response = self.http.send(Method::Post, &url, &headers, Some(request.to_string().into_bytes())).await?;
        let mut envelope = Envelope::default();
        body::from_bytes_any_root(response.body(), &mut envelope)
            .map_err(|_| self.http.failure("the response is not a valid JSON object"))?;
        envelope.0.into_credentials(NAME)
    }
}

impl std::fmt::Debug for CloudSso {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CloudSso").field("sign_in_url", &self.sign_in_url).finish_non_exhaustive()
    }
}

impl CredentialsSource for CloudSso {
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

#[derive(Default)]
struct Envelope(SessionKey);

impl Decode for Envelope {
    fn field(&mut self, index: usize) -> (&'static str, Slot<'_>) {
        match index {
            0 => ("CloudCredential", Slot::Object(&mut self.0)),
            _ => ("", Slot::Skip),
        }
    }
}
