//! HTTP requests and responses, and the forms of their bodies.

pub(crate) mod error_envelope;
pub(crate) mod format;
pub(crate) mod json_path;
pub(crate) mod reply;
pub(crate) mod request;
pub(crate) mod xml;
