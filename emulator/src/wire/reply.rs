//! What the emulator does with the connection.

use hyper::StatusCode;
use hyper::header::HeaderMap;

/// What to do with the connection.
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
    pub(crate) body: Vec<u8>,
    /// Whether more is announced than there is.
    pub(crate) truncated: bool,
}
