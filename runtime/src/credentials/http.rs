//! HTTP as providers use it: short limits, small answers.

use std::fmt::Display;
use std::time::Duration;

use reqwest::Url;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use super::CredentialsFailure;
use crate::http_client::{HttpClient, HttpSettings, Proxies};
use crate::operation::Method;
use crate::tls::TlsSettings;
use crate::transport::{HttpRequest, HttpResponse, Transport as _};

/// An answer with credentials has some hundred bytes.
const MOST_BYTES: usize = 1 << 20;

/// A client for one provider, made when it is first needed.
#[derive(Debug)]
pub(super) struct Http {
    provider: &'static str,
    client: HttpClient,
}

impl Http {
    /// For a server on the network of the machine itself, to which no proxy leads.
    pub(super) fn near(provider: &'static str) -> Self {
        let second = Duration::from_secs(1);
        Self::new(
            provider,
            HttpSettings { connect_timeout: second, read_timeout: second, ..Self::settings(Proxies::None) },
        )
    }

    /// For a server anywhere.
    pub(super) fn far(provider: &'static str) -> Self {
        Self::new(provider, Self::settings(Proxies::Environment))
    }

    fn settings(proxies: Proxies) -> HttpSettings {
        HttpSettings {
            connect_timeout: Duration::from_secs(5),
            read_timeout: Duration::from_secs(10),
            max_response_bytes: MOST_BYTES,
            proxies,
            tls: TlsSettings::default(),
        }
    }

    fn new(provider: &'static str, settings: HttpSettings) -> Self {
        Self { provider, client: HttpClient::new(settings) }
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
        let answer = self.client.send(HttpRequest { method, url, headers: fields, body }).await;
        let answer = answer.map_err(|failure| self.failure(failure))?;
        match answer.status() {
            200..300 => Ok(answer),
            status => Err(self.failure(format!("{path} answers HTTP {status}"))),
        }
    }
}
