//! The HTTP client of credentials providers, with short timeouts and small responses.

use std::fmt::Display;
use std::time::Duration;

use reqwest::Url;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use crate::error::credentials_failure::CredentialsFailure;
use crate::http_message::{HttpRequest, HttpResponse};
use crate::operation::description::Method;
use crate::system::clock::Deadline;
use crate::transport::http_client::{HttpClient, HttpSettings, Proxies};
use crate::transport::sending::Transport as _;
use crate::transport::tls::TlsSettings;

/// The maximum size of a response. Credentials have a few hundred bytes.
const MAX_RESPONSE_BYTES: usize = 1 << 20;

/// An HTTP client for one provider.
#[derive(Debug)]
pub(super) struct Http {
    provider: &'static str,
    /// The timeout of a request with its whole response, so that a server that sends slowly blocks no call.
    timeout: Duration,
    client: HttpClient,
}

impl Http {
    /// Creates a client for a server on the local network, without proxies.
    pub(super) fn near(provider: &'static str) -> Self {
        let second = Duration::from_secs(1);
        let client = HttpClient::new(Self::settings(Proxies::None, second, second));
        Self { provider, timeout: Duration::from_secs(3), client }
    }

    /// Creates a client for any server.
    pub(super) fn far(provider: &'static str) -> Self {
        let (connect_timeout, read_timeout) = (Duration::from_secs(5), Duration::from_secs(10));
        let client = HttpClient::new(Self::settings(Proxies::Environment, connect_timeout, read_timeout));
        Self { provider, timeout: Duration::from_secs(20), client }
    }

    fn settings(proxies: Proxies, connect_timeout: Duration, read_timeout: Duration) -> HttpSettings {
        HttpSettings {
            connect_timeout,
            read_timeout,
            max_response_bytes: MAX_RESPONSE_BYTES,
            proxies,
            tls: TlsSettings::default(),
        }
    }

    pub(super) fn failure(&self, reason: impl Display) -> CredentialsFailure {
        CredentialsFailure::new(self.provider, reason.to_string())
    }

    /// Sends a request. A status other than 2xx is an error.
    pub(super) async fn send(
        &self,
        method: Method,
        url: &str,
        headers: &[(&'static str, &str)],
        body: Option<Vec<u8>>,
    ) -> Result<HttpResponse, CredentialsFailure> {
        let url = Url::parse(url).map_err(|error| self.failure(format!("its URL is not valid: {error}")))?;
        let mut fields = HeaderMap::new();
        for (name, value) in headers {
            let mut value = HeaderValue::try_from(*value).map_err(|_| {
                self.failure(format!("the value of the header `{name}` has characters that are not allowed in headers"))
            })?;
            value.set_sensitive(true);
            fields.insert(HeaderName::from_static(name), value);
        }
        let path = url.path().to_owned();
        let host = url.host_str().unwrap_or_default().to_owned();
        let sending = self.client.send(HttpRequest { method, url, headers: fields, body });
        let response = match Deadline::after(self.timeout).timeout(sending).await {
            Some(result) => result.map_err(|failure| self.failure(failure))?,
            None => {
                let timeout = self.timeout.as_secs();
                return Err(self.failure(format!("{host} did not respond to {path} within {timeout} s")));
            }
        };
        match response.status() {
            200..300 => Ok(response),
            status => Err(self.failure(format!("{path} returned HTTP {status}"))),
        }
    }
}
