//! The transport that is used where no other is given.

use std::error::Error as StdError;
use std::time::Duration;

use bytes::Bytes;
use reqwest::header::{CONTENT_LENGTH, HeaderValue};
use reqwest::redirect;

use crate::failure::{Failure, Phase, UnreadableResponse};
use crate::operation::Method;
use crate::reply::REQUEST_ID;
use crate::tls;
use crate::transport::{HttpRequest, HttpResponse, Sending, Transport};

const NO_BODY: HeaderValue = HeaderValue::from_static("0");
const USER_AGENT: &str = concat!("AlibabaCloud (Rust) alicloud/", env!("CARGO_PKG_VERSION"));

/// A pool of connections.
#[derive(Debug)]
pub(crate) struct HttpClient {
    http: reqwest::Client,
    max_response_bytes: usize,
}

/// What connections are like.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HttpSettings {
    pub(crate) connect_timeout: Duration,
    pub(crate) read_timeout: Duration,
    pub(crate) max_response_bytes: usize,
    /// Whether there will be TLS.
    pub(crate) is_encrypted: bool,
    /// Whether the proxies that the environment names are used.
    pub(crate) is_proxied: bool,
}

impl HttpClient {
    pub(crate) fn new(settings: &HttpSettings) -> Result<Self, Failure> {
        let builder = reqwest::Client::builder();
        let builder = if settings.is_proxied { builder } else { builder.no_proxy() };
        let http = builder
            .tls_backend_preconfigured(tls::settings(settings.is_encrypted)?)
            .connect_timeout(settings.connect_timeout)
            .read_timeout(settings.read_timeout)
            // A signed request is for one host: it is never sent on.
            .redirect(redirect::Policy::none())
            .user_agent(USER_AGENT)
            .build()
            .map_err(|error| Failure::configuration(format!("no HTTP client can be made: {}", chain(&error))))?;
        Ok(Self { http, max_response_bytes: settings.max_response_bytes })
    }

    async fn exchange(&self, request: HttpRequest) -> Result<HttpResponse, Failure> {
        let method = match request.method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
            Method::Put => reqwest::Method::PUT,
            Method::Delete => reqwest::Method::DELETE,
            Method::Patch => reqwest::Method::PATCH,
            Method::Head => reqwest::Method::HEAD,
        };
        let host = request.host().to_owned();
        let mut out = reqwest::Request::new(method, request.url);
        *out.headers_mut() = request.headers;
        match (request.body, request.method) {
            (Some(body), _) => *out.body_mut() = Some(body.into()),
            // Some gateways want a length for these (RFC 9110, section 8.6), and nobody else would add it.
            (None, Method::Post | Method::Put | Method::Patch) => {
                out.headers_mut().insert(CONTENT_LENGTH, NO_BODY);
            }
            (None, Method::Get | Method::Delete | Method::Head) => {}
        }
        let mut response = self.http.execute(out).await.map_err(|error| failure(&host, error))?;
        let headers = std::mem::take(response.headers_mut());
        let mut answer = HttpResponse { status: response.status().as_u16(), headers, body: Bytes::new() };
        let mut all = Vec::new();
        while let Some(piece) = response.chunk().await.map_err(|error| failure(&host, error))? {
            if answer.body.len() + all.len() + piece.len() > self.max_response_bytes {
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
            reason: format!("the body is longer than {} bytes", self.max_response_bytes),
            body: String::new(),
        }))
    }
}

impl Transport for HttpClient {
    fn send(&self, request: HttpRequest) -> Sending<'_> {
        Box::pin(self.exchange(request))
    }
}

fn failure(host: &str, error: reqwest::Error) -> Failure {
    let phase = if error.is_connect() {
        Phase::Connect
    } else if error.is_timeout() {
        Phase::Timeout
    } else {
        Phase::Interrupted
    };
    // The URL holds the AccessKey ID and the signature.
    Failure::transport(phase, host, error.without_url())
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
