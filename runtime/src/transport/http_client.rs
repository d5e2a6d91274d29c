//! The transport that is used where no other is given.

use std::error::Error as StdError;
use std::fmt;
use std::future;
use std::sync::OnceLock;
use std::time::Duration;

use bytes::Bytes;
use reqwest::header::{CONTENT_LENGTH, HeaderValue};
use reqwest::{Proxy, redirect, retry};

use crate::error::failure::{Failure, TransportPhase, UnreadableResponse};
use crate::http_message::{HttpRequest, HttpResponse, REQUEST_ID};
use crate::operation::description::Method;
use crate::transport::sending::{ResponseFuture, Transport};
use crate::transport::tls::TlsSettings;

const NO_BODY: HeaderValue = HeaderValue::from_static("0");
const USER_AGENT: &str = concat!("AlibabaCloud (Rust) alicloud/", env!("CARGO_PKG_VERSION"));

/// A pool of connections for each of the schemes that are called, made when it is first needed.
#[derive(Debug)]
pub(crate) struct HttpClient {
    settings: HttpSettings,
    plain: OnceLock<reqwest::Client>,
    encrypted: OnceLock<reqwest::Client>,
}

/// What connections are like.
#[derive(Clone, Debug)]
pub(crate) struct HttpSettings {
    pub(crate) connect_timeout: Duration,
    pub(crate) read_timeout: Duration,
    pub(crate) max_response_bytes: usize,
    pub(crate) proxies: Proxies,
    pub(crate) tls: TlsSettings,
}

/// The proxies between a client and the service.
#[derive(Clone)]
pub(crate) enum Proxies {
    /// What the environment names.
    Environment,
    /// Nothing.
    None,
    /// This one, by its URL.
    This(String),
}

impl fmt::Debug for Proxies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Environment => "Environment",
            Self::None => "None",
            // A password may be in it.
            Self::This(_) => "This(***)",
        })
    }
}

impl HttpClient {
    pub(crate) fn new(settings: HttpSettings) -> Self {
        Self { settings, plain: OnceLock::new(), encrypted: OnceLock::new() }
    }

    /// The pool for a scheme.
    ///
    /// # Errors
    ///
    /// Where the settings do not make one.
    pub(crate) fn pool(&self, is_encrypted: bool) -> Result<&reqwest::Client, Failure> {
        let pool = if is_encrypted { &self.encrypted } else { &self.plain };
        if let Some(made) = pool.get() {
            return Ok(made);
        }
        let settings = &self.settings;
        let builder = reqwest::Client::builder();
        let builder = match &settings.proxies {
            Proxies::Environment => builder,
            Proxies::None => builder.no_proxy(),
            Proxies::This(url) => builder.proxy(proxy(url)?),
        };
        let made = builder
            .tls_backend_preconfigured(settings.tls.client(is_encrypted)?)
            .connect_timeout(settings.connect_timeout)
            .read_timeout(settings.read_timeout)
            // A signed request is for one host: it is never sent on.
            .redirect(redirect::Policy::none())
            // Nor is it sent twice behind our back, for which a copy of it would be kept: its nonce is used then.
            .retry(retry::never().max_retries_per_request(0))
            .user_agent(USER_AGENT)
            .build()
            .map_err(|error| Failure::configuration(format!("no HTTP client can be made: {}", chain(&error))))?;
        Ok(pool.get_or_init(|| made))
    }

    /// Hands the request to its pool. What is awaited then is small: many calls may be under way at once.
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
        let mut out = reqwest::Request::new(method, request.url);
        *out.headers_mut() = request.headers;
        match (request.body, request.method) {
            (Some(body), _) => *out.body_mut() = Some(body.into()),
            // Some gateways want a length for these (RFC 9110, section 8.6), and nobody else would add it.
            (None, Method::Post | Method::Put | Method::Patch) => {
                out.headers_mut().insert(CONTENT_LENGTH, NO_BODY);
            }
            (None, Method::Get | Method::Delete | Method::Head | Method::Options) => {}
        }
        let answer = pool.execute(out);
        Ok(Box::pin(async move {
            match answer.await {
                Ok(response) => self.whole(response, &host).await,
                Err(error) => Err(failure(&host, error)),
            }
        }))
    }

    /// The answer, when its body has come to its end.
    async fn whole(&self, mut response: reqwest::Response, host: &str) -> Result<HttpResponse, Failure> {
        let headers = std::mem::take(response.headers_mut());
        let mut answer = HttpResponse { status: response.status().as_u16(), headers, body: Bytes::new() };
        let mut all = Vec::new();
        while let Some(piece) = response.chunk().await.map_err(|error| failure(host, error))? {
            if answer.body.len() + all.len() + piece.len() > self.settings.max_response_bytes {
                return Err(self.too_long(&answer));
            }
            // Nearly always there is one piece, which then is never copied.
            if answer.body.is_empty() && all.is_empty() {
                answer.body = piece;
            } else {
                all.extend_from_slice(&std::mem::take(&mut answer.body));
                all.extend_from_slice(&piece);
            }
        }
        if !all.is_empty() {
            answer.body = all.into();
        }
        Ok(answer)
    }

    fn too_long(&self, answer: &HttpResponse) -> Failure {
        Failure::Unreadable(Box::new(UnreadableResponse {
            status: answer.status,
            content_type: answer.text("content-type"),
            request_id: answer.text(REQUEST_ID),
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

/// The proxy at a URL, which no failure repeats: a password may be in it.
fn proxy(url: &str) -> Result<Proxy, Failure> {
    Proxy::all(url).map_err(|_| {
        Failure::configuration(
            "`Config::proxy` takes the URL of an HTTP proxy, such as `http://proxy.example.com:3128`",
        )
    })
}

fn failure(host: &str, error: reqwest::Error) -> Failure {
    // The URL holds the AccessKey ID and the signature.
    let error = error.without_url();
    let tls = tls_error(&error);
    if let Some(rustls::Error::InvalidMessage(_)) = tls {
        let advice = "the server does not speak TLS; if it speaks plain HTTP, begin the endpoint with `http://`";
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

/// Why a connection could not be encrypted.
fn tls_error(error: &reqwest::Error) -> Option<&rustls::Error> {
    if !error.is_connect() {
        return None;
    }
    let mut cause = error.source();
    while let Some(error) = cause {
        if let Some(tls) = error.downcast_ref() {
            return Some(tls);
        }
        // An I/O error has the source of what is in it, and not what is in it.
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
