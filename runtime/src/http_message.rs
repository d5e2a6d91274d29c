//! HTTP requests and responses, independent of the HTTP client.

use std::fmt;

use bytes::Bytes;
use reqwest::Url;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use crate::operation::description::Method;

/// A signed HTTP request.
///
/// `Debug` shows the method, the host and the path, but no query, headers or body, which may contain secrets.
#[derive(Clone)]
pub struct HttpRequest {
    pub(crate) method: Method,
    pub(crate) url: Url,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Vec<u8>>,
}

impl HttpRequest {
    /// Returns the method, in capital letters.
    pub fn method(&self) -> &'static str {
        self.method.as_str()
    }

    /// Returns the URL. With signature V1, its query contains the signature.
    pub fn url(&self) -> &str {
        self.url.as_str()
    }

    /// Returns the host, without the port.
    pub fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    /// Returns the headers, except `host` and `content-length`. Names are in lower case.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes()))
    }

    /// Returns the body, if there is one.
    pub fn body(&self) -> Option<&[u8]> {
        self.body.as_deref()
    }
}

impl fmt::Debug for HttpRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpRequest")
            .field("method", &self.method())
            .field("host", &self.host())
            .field("path", &self.url.path())
            .field("body_bytes", &self.body.as_ref().map_or(0, Vec::len))
            .finish_non_exhaustive()
    }
}

/// An HTTP response with its whole body.
#[derive(Clone)]
pub struct HttpResponse {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl HttpResponse {
    /// Creates a response with this status and body.
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self { status, headers: HeaderMap::new(), body: Bytes::from(body.into()) }
    }

    /// Adds a header. Names and values that are not valid in HTTP are ignored.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            self.headers.append(name, value);
        }
        self
    }

    /// Returns the HTTP status.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// Returns the headers. Names are in lower case.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes()))
    }

    /// Returns the body.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// A header as text.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        self.headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
    }
}

impl fmt::Debug for HttpResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpResponse")
            .field("status", &self.status)
            .field("body_bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

/// The header that carries the ID of the request.
pub(crate) const REQUEST_ID: &str = "x-acs-request-id";
