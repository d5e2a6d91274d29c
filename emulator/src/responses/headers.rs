//! The headers of responses.

use hyper::StatusCode;
use hyper::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};

use crate::wire::reply::Response;

pub(crate) fn response(
    status: StatusCode,
    content_type: Option<&'static str>,
    request_id: &str,
    body: Vec<u8>,
) -> Response {
    let mut headers = HeaderMap::new();
    if let Some(content_type) = content_type {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    }
    // An example's request ID may be anything.
    if let Ok(request_id) = HeaderValue::from_str(request_id) {
        headers.insert(HeaderName::from_static("x-acs-request-id"), request_id);
    }
    Response { status, headers, body, truncated: false }
}

/// A header that stands there already is replaced by the prepared ones, which may themselves stand there several times.
pub(crate) fn extend(headers: &mut HeaderMap, prepared: Vec<(HeaderName, HeaderValue)>) {
    for (name, _) in &prepared {
        headers.remove(name);
    }
    for (name, value) in prepared {
        headers.append(name, value);
    }
}
