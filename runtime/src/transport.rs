//! HTTP. The only file that sends.

use std::error::Error as StdError;

use reqwest::header::{CONTENT_LENGTH, HeaderMap, HeaderValue};
use reqwest::{Url, redirect};

use crate::config::Config;
use crate::failure::{Failure, Phase, TransportFailure, UnreadableResponse};
use crate::operation::Method;
use crate::outgoing::Outgoing;
use crate::tls;

const NO_BODY: HeaderValue = HeaderValue::from_static("0");
const USER_AGENT: &str = concat!("AlibabaCloud (Rust) alicloud/", env!("CARGO_PKG_VERSION"));

/// A pool of connections to one endpoint.
#[derive(Debug)]
pub(crate) struct Transport {
    http: reqwest::Client,
    base: Url,
    host: String,
    max_response_bytes: usize,
}

/// A whole answer.
#[derive(Debug)]
pub(crate) struct Incoming {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body,
}

/// A body in the pieces it came in: nearly always one, which then is never copied.
pub(crate) type Body = bytes::Bytes;

impl Transport {
    pub(crate) fn new(config: &Config, base: Url) -> Result<Self, Failure> {
        let http = reqwest::Client::builder()
            .tls_backend_preconfigured(tls::settings(base.scheme() == "https")?)
            .connect_timeout(config.connect_timeout)
            .read_timeout(config.read_timeout)
            // A signed request is for one host: it is never sent on.
            .redirect(redirect::Policy::none())
            .user_agent(USER_AGENT)
            .build()
            .map_err(|error| Failure::configuration(format!("no HTTP client can be made: {}", chain(&error))))?;
        let name = base.host_str().unwrap_or_default();
        let host = base.port().map_or_else(|| name.to_owned(), |port| format!("{name}:{port}"));
        Ok(Self { http, base, host, max_response_bytes: config.max_response_bytes })
    }

    /// What the `host` header of every request says: the port is in it where it is not the scheme's own.
    pub(crate) fn host(&self) -> &str {
        &self.host
    }

    pub(crate) async fn send(&self, outgoing: Outgoing) -> Result<Incoming, Failure> {
        let mut url = self.base.clone();
        if let Some(label) = &outgoing.host_label {
            let host = format!("{label}.{}", self.base.host_str().unwrap_or_default());
            let refused = |_| Failure::configuration(format!("`{host}` is no host"));
            url.set_host(Some(&host)).map_err(refused)?;
        }
        url.set_path(&outgoing.path);
        url.set_query(Some(outgoing.query.as_str()).filter(|query| !query.is_empty()));
        let method = match outgoing.method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
            Method::Put => reqwest::Method::PUT,
            Method::Delete => reqwest::Method::DELETE,
            Method::Patch => reqwest::Method::PATCH,
            Method::Head => reqwest::Method::HEAD,
        };
        let mut request = reqwest::Request::new(method, url);
        *request.headers_mut() = outgoing.headers;
        match (outgoing.body, outgoing.method) {
            (Some(body), _) => *request.body_mut() = Some(body.into()),
            // Some gateways want a length for these (RFC 9110, section 8.6), and nobody else would add it.
            (None, Method::Post | Method::Put | Method::Patch) => {
                request.headers_mut().insert(CONTENT_LENGTH, NO_BODY);
            }
            (None, Method::Get | Method::Delete | Method::Head) => {}
        }
        let mut response = self.http.execute(request).await.map_err(|error| self.failure(error))?;
        let status = response.status().as_u16();
        let headers = std::mem::take(response.headers_mut());
        let body = self.read(response, status, &headers).await?;
        Ok(Incoming { status, headers, body })
    }

    async fn read(&self, mut response: reqwest::Response, status: u16, headers: &HeaderMap) -> Result<Body, Failure> {
        let mut first = Body::new();
        let mut all = Vec::new();
        while let Some(piece) = response.chunk().await.map_err(|error| self.failure(error))? {
            if first.len() + all.len() + piece.len() > self.max_response_bytes {
                return Err(Failure::Unreadable(Box::new(UnreadableResponse {
                    status,
                    content_type: header(headers, "content-type"),
                    request_id: header(headers, REQUEST_ID),
                    reason: format!("the body is longer than {} bytes", self.max_response_bytes),
                    body: String::new(),
                })));
            }
            if first.is_empty() && all.is_empty() {
                first = piece;
            } else {
                if all.is_empty() {
                    all.extend_from_slice(&first);
                    first = Body::new();
                }
                all.extend_from_slice(&piece);
            }
        }
        Ok(if all.is_empty() { first } else { all.into() })
    }

    fn failure(&self, error: reqwest::Error) -> Failure {
        let phase = if error.is_connect() {
            Phase::Connect
        } else if error.is_timeout() {
            Phase::Timeout
        } else {
            Phase::Interrupted
        };
        let host = self.base.host_str().unwrap_or_default().to_owned();
        // The URL holds the AccessKey ID and the signature.
        let source = Some(error.without_url().into());
        Failure::Transport(Box::new(TransportFailure { phase, host, source }))
    }
}

/// The header that carries the ID of the request.
pub(crate) const REQUEST_ID: &str = "x-acs-request-id";

pub(crate) fn header(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
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
