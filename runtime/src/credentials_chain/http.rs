//! HTTP as providers use it: short limits, small answers.

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

/// An answer with credentials has some hundred bytes.
const MOST_BYTES: usize = 1 << 20;

/// A client for one provider, made when it is first needed.
#[derive(Debug)]
pub(super) struct Http {
    provider: &'static str,
    /// For one request with its whole response: a server that sends a byte now and then holds nobody up.
    limit: Duration,
    client: HttpClient,
}

impl Http {
    /// For a server on the network of the machine itself, to which no proxy leads.
    pub(super) fn near(provider: &'static str) -> Self {
        let second = Duration::from_secs(1);
        let client = HttpClient::new(Self::settings(Proxies::None, second, second));
        Self { provider, limit: Duration::from_secs(3), client }
    }

    /// For a server anywhere.
    pub(super) fn far(provider: &'static str) -> Self {
        let (connect_timeout, read_timeout) = (Duration::from_secs(5), Duration::from_secs(10));
        let client = HttpClient::new(Self::settings(Proxies::Environment, connect_timeout, read_timeout));
        Self { provider, limit: Duration::from_secs(20), client }
    }

    fn settings(proxies: Proxies, connect_timeout: Duration, read_timeout: Duration) -> HttpSettings {
        HttpSettings {
            connect_timeout,
            read_timeout,
            max_response_bytes: MOST_BYTES,
            proxies,
            tls: TlsSettings::default(),
        }
    }

    pub(super) fn failure(&self, reason: impl Display) -> CredentialsFailure {
        CredentialsFailure::new(self.provider, reason.to_string())
    }

    /// The answer, where its status is a good one.
    pub(super) async fn send(
        &self,
        method: Method,
        url: &str,
        headers: &[(&'static str, &str)],
        body: Option<Vec<u8>>,
    ) -> Result<HttpResponse, CredentialsFailure> {
        let url = Url::parse(url).map_err(|error| self.failure(format!("it is given no URL: {error}")))?;
        let mut fields = HeaderMap::new();
        for (name, value) in headers {
            let mut value = HeaderValue::try_from(*value)
                .map_err(|_| self.failure(format!("what goes in the header `{name}` cannot stand in one")))?;
            value.set_sensitive(true);
            fields.insert(HeaderName::from_static(name), value);
        }
        let path = url.path().to_owned();
        let host = url.host_str().unwrap_or_default().to_owned();
        let sending = self.client.send(HttpRequest { method, url, headers: fields, body });
        let answer = match Deadline::after(self.limit).cut(sending).await {
            Some(answer) => answer.map_err(|failure| self.failure(failure))?,
            None => {
                let limit = self.limit.as_secs();
                return Err(self.failure(format!("{host} did not answer {path} within {limit} s")));
            }
        };
        match answer.status() {
            200..300 => Ok(answer),
            status => Err(self.failure(format!("{path} answers HTTP {status}"))),
        }
    }
}
