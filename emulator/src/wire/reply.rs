//! The reaction of the emulator to a request: a response, or a network failure.

use hyper::StatusCode;
use hyper::body::Bytes;
use hyper::header::HeaderMap;

/// A response, or an action on the connection instead of a response.
pub(crate) enum Reply {
    Send(Response),
    Close,
    Reset,
    Silence,
}

/// A response to send.
pub(crate) struct Response {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// Whether the body is shorter than the `Content-Length`.
    pub(crate) truncated: bool,
}
