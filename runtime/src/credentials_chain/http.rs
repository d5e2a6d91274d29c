//! The HTTP client of credentials providers, with short timeouts and small responses.

use std::fmt::Display;
use std::sync::OnceLock;
use std::time::Duration;

use reqwest::Url;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use crate::error::credentials_failure::CredentialsFailure;
use crate::http_message::{HttpRequest, HttpResponse};
use crate::operation::description::Method;
use crate::system::clock::Deadline;
use crate::transport::connection_settings::ConnectionSettings;
use crate::transport::http_client::{HttpClient, HttpSettings};
use crate::transport::proxies::Proxies;
use crate::transport::sending::Transport as _;

/// The maximum size of a response. Credentials have a few hundred bytes.
const MAX_RESPONSE_BYTES: usize = 1 << 20;

/// An HTTP client for one provider.
#[derive(Debug)]
pub(super) struct Http {
    provider: &'static str,
    /// The timeout of a request with its whole response, so that a server that sends slowly blocks no call.
    timeout: Duration,
    connect_timeout: Duration,
    read_timeout: Duration,
    connections: OnceLock<ConnectionSettings>,
    client: OnceLock<HttpClient>,
}

impl Http {
    /// Creates a client for a server on the local network, without proxies.
    pub(super) fn near(provider: &'static str) -> Self {
        let http = Self::new(provider, Duration::from_secs(3), Duration::from_secs(1), Duration::from_secs(1));
        http.connect_with(&ConnectionSettings { proxies: Proxies::None, ..ConnectionSettings::default() });
        http
    }

    /// Creates a client for any server.
    pub(super) fn far(provider: &'static str) -> Self {
        Self::new(provider, Duration::from_secs(20), Duration::from_secs(5), Duration::from_secs(10))
    }

    fn new(provider: &'static str, timeout: Duration, connect_timeout: Duration, read_timeout: Duration) -> Self {
        let (connections, client) = (OnceLock::new(), OnceLock::new());
        Self { provider, timeout, connect_timeout, read_timeout, connections, client }
    }

    /// Sets the proxies and the TLS settings, unless they are already set.
    pub(super) fn connect_with(&self, settings: &ConnectionSettings) {
        self.connections.get_or_init(|| settings.clone());
    }

    fn client(&self) -> &HttpClient {
        self.client.get_or_init(|| {
            HttpClient::new(HttpSettings {
                connect_timeout: self.connect_timeout,
                read_timeout: self.read_timeout,
                max_response_bytes: MAX_RESPONSE_BYTES,
                connections: self.connections.get().cloned().unwrap_or_default(),
            })
        })
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
        let sending = self.client().send(HttpRequest { method, url, headers: fields, body });
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
