//! A request as it arrived.

use std::net::IpAddr;

use hyper::header::{CONTENT_TYPE, HeaderMap, HeaderValue};

/// The maximum size of a body in bytes.
pub(crate) const MAX_BODY: usize = 1024 * 1024;

/// A request as it arrived.
pub(crate) struct WireRequest {
    pub(crate) method: String,
    pub(crate) peer: IpAddr,
    pub(crate) host: String,
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    /// `None` if it is larger than [`MAX_BODY`].
    pub(crate) body: Option<Vec<u8>>,
}

impl WireRequest {
    /// Returns the body if it is a form. Official clients omit the content type of forms.
    pub(crate) fn form(&self) -> &[u8] {
        let is_form = match self.headers.get(CONTENT_TYPE).map(HeaderValue::to_str) {
            None => true,
            Some(Ok(kind)) => {
                let (kind, _) = kind.split_once(';').unwrap_or((kind, ""));
                kind.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded")
            }
            Some(Err(_)) => false,
        };
        let takes_body = !matches!(self.method.as_str(), "GET" | "HEAD");
        self.body.as_deref().filter(|_| is_form && takes_body).unwrap_or_default()
    }

    /// Returns the body if there is one. An empty body counts if the request has a content type.
    pub(crate) fn body_of_its_own(&self) -> Option<&[u8]> {
        self.body.as_deref().filter(|body| !body.is_empty() || self.headers.contains_key(CONTENT_TYPE))
    }
}

/// Returns a host without its port.
pub(crate) fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}
