//! The headers of responses.

use hyper::StatusCode;
use hyper::body::Bytes;
use hyper::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};

use crate::wire::reply::Response;

/// Creates a response with its content type and request ID.
pub(crate) fn response(
    status: StatusCode,
    content_type: Option<&'static str>,
    request_id: &str,
    body: impl Into<Bytes>,
) -> Response {
    let mut headers = HeaderMap::new();
    if let Some(content_type) = content_type {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    }
    // The request ID of an example can be any text.
    if let Ok(request_id) = HeaderValue::from_str(request_id) {
        headers.insert(HeaderName::from_static("x-acs-request-id"), request_id);
    }
    Response { status, headers, body: body.into(), truncated: false }
}

/// Adds scripted headers. They replace headers of the same name. A scripted header can have several values.
pub(crate) fn extend(headers: &mut HeaderMap, scripted: Vec<(HeaderName, HeaderValue)>) {
    for (name, _) in &scripted {
        headers.remove(name);
    }
    for (name, value) in scripted {
        headers.append(name, value);
    }
}
