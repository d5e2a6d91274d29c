//! The default transport, an HTTP client.

use std::error::Error as StdError;
use std::future;
use std::sync::OnceLock;
use std::time::Duration;

use bytes::Bytes;
use reqwest::header::{CONTENT_LENGTH, HeaderValue};
use reqwest::{redirect, retry};

use crate::error::failure::{Failure, TransportPhase, UnreadableResponse};
use crate::http_message::{HttpRequest, HttpResponse, REQUEST_ID};
use crate::operation::description::Method;
use crate::transport::connection_settings::ConnectionSettings;
use crate::transport::sending::{ResponseFuture, Transport};

const NO_BODY: HeaderValue = HeaderValue::from_static("0");
const USER_AGENT: &str = concat!("AlibabaCloud (Rust) alicloud/", env!("CARGO_PKG_VERSION"));

/// An HTTP client with one connection pool for each scheme. A pool is created when it is first needed.
#[derive(Debug)]
pub(crate) struct HttpClient {
    settings: HttpSettings,
    plain: OnceLock<reqwest::Client>,
    encrypted: OnceLock<reqwest::Client>,
}

/// The settings of an HTTP client.
#[derive(Clone, Debug)]
pub(crate) struct HttpSettings {
    pub(crate) connect_timeout: Duration,
    pub(crate) read_timeout: Duration,
    pub(crate) max_response_bytes: usize,
    pub(crate) connections: ConnectionSettings,
}

impl HttpClient {
    pub(crate) fn new(settings: HttpSettings) -> Self {
        Self { settings, plain: OnceLock::new(), encrypted: OnceLock::new() }
    }

    /// The connection pool for a scheme.
    ///
    /// # Errors
    ///
    /// Returns an error if the settings are invalid.
    pub(crate) fn pool(&self, is_encrypted: bool) -> Result<&reqwest::Client, Failure> {
        let pool = if is_encrypted { &self.encrypted } else { &self.plain };
        if let Some(pool) = pool.get() {
            return Ok(pool);
        }
        let settings = &self.settings;
        let builder = reqwest::Client::builder();
        let connections = &settings.connections;
        let client = connections
            .proxies
            .add_to(builder)?
            .tls_backend_preconfigured(connections.tls.client(is_encrypted)?)
            .connect_timeout(settings.connect_timeout)
            .read_timeout(settings.read_timeout)
            // Redirects are not followed, because the signature is valid for one host only.
            .redirect(redirect::Policy::none())
            // The HTTP library must not retry: the nonce would be used twice. It would also keep a copy of the request.
            .retry(retry::never().max_retries_per_request(0))
            .user_agent(USER_AGENT)
            .build()
            .map_err(|error| Failure::configuration(format!("the HTTP client cannot be created: {}", chain(&error))))?;
        Ok(pool.get_or_init(|| client))
    }

    /// Sends the request with its connection pool. The returned future is small, because many calls may be in progress.
    fn exchange(&self, request: HttpRequest) -> Result<ResponseFuture<'_>, Failure> {
        let method = match request.method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
            Method::Put => reqwest::Method::PUT,
            Method::Delete => reqwest::Method::DELETE,
            Method::Patch => reqwest::Method::PATCH,
            Method::Head => reqwest::Method::HEAD,
            Method::Options => reqwest::Method::OPTIONS,
        };
        let host = request.host().to_owned();
        let pool = self.pool(request.url.scheme() == "https")?;
        let mut http_request = reqwest::Request::new(method, request.url);
        *http_request.headers_mut() = request.headers;
        match (request.body, request.method) {
            (Some(body), _) => *http_request.body_mut() = Some(body.into()),
            // Some gateways require a length for these methods (RFC 9110, section 8.6), and the HTTP library does not
            // add it.
            (None, Method::Post | Method::Put | Method::Patch) => {
                http_request.headers_mut().insert(CONTENT_LENGTH, NO_BODY);
            }
            (None, Method::Get | Method::Delete | Method::Head | Method::Options) => {}
        }
        let exchange = pool.execute(http_request);
        Ok(Box::pin(async move {
            match exchange.await {
                Ok(response) => self.read_whole(response, &host).await,
                Err(error) => Err(failure(&host, error)),
            }
        }))
    }

    /// Reads the whole body of a response.
    async fn read_whole(&self, mut incoming: reqwest::Response, host: &str) -> Result<HttpResponse, Failure> {
        let headers = std::mem::take(incoming.headers_mut());
        let mut response = HttpResponse { status: incoming.status().as_u16(), headers, body: Bytes::new() };
        let mut all = Vec::new();
        while let Some(chunk) = incoming.chunk().await.map_err(|error| failure(host, error))? {
            if response.body.len() + all.len() + chunk.len() > self.settings.max_response_bytes {
                return Err(self.too_long(&response));
            }
            // There is usually a single chunk, which is not copied.
            if response.body.is_empty() && all.is_empty() {
                response.body = chunk;
            } else {
                all.extend_from_slice(&std::mem::take(&mut response.body));
                all.extend_from_slice(&chunk);
            }
        }
        if !all.is_empty() {
            response.body = all.into();
        }
        Ok(response)
    }

    fn too_long(&self, response: &HttpResponse) -> Failure {
        Failure::Unreadable(Box::new(UnreadableResponse {
            status: response.status,
            content_type: response.text("content-type"),
            request_id: response.text(REQUEST_ID),
            reason: format!("the body is longer than {} bytes", self.settings.max_response_bytes),
            body: String::new(),
        }))
    }
}

impl Transport for HttpClient {
    fn send(&self, request: HttpRequest) -> ResponseFuture<'_> {
        self.exchange(request).unwrap_or_else(|failure| Box::pin(future::ready(Err(failure))))
    }
}

fn failure(host: &str, error: reqwest::Error) -> Failure {
    // The URL may contain the AccessKey ID and the signature.
    let error = error.without_url();
    let tls = tls_error(&error);
    if let Some(rustls::Error::InvalidMessage(_)) = tls {
        let advice = "the server does not use TLS; if it uses plain HTTP, begin the endpoint with `http://`";
        return Failure::transport(TransportPhase::Tls, host, format!("{}: {advice}", chain(&error)));
    }
    let phase = if tls.is_some() {
        TransportPhase::Tls
    } else if error.is_connect() {
        TransportPhase::Connect
    } else if error.is_timeout() {
        TransportPhase::Timeout
    } else {
        TransportPhase::Interrupted
    };
    Failure::transport(phase, host, error)
}

/// The TLS error because of which a connection failed, if there is one.
fn tls_error(error: &reqwest::Error) -> Option<&rustls::Error> {
    if !error.is_connect() {
        return None;
    }
    let mut cause = error.source();
    while let Some(error) = cause {
        if let Some(tls) = error.downcast_ref() {
            return Some(tls);
        }
        // The `source` of an I/O error is the source of its inner error, not the inner error itself.
        let inner = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        cause = inner.map(|inner| inner as &dyn StdError).or_else(|| error.source());
    }
    None
}

fn chain(error: &dyn StdError) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}
