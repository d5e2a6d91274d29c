//! The signatures of requests, as pure functions of the request, the credentials, the time and a nonce.
//!
//! The intermediate results are public, so that you can find out why a signature does not match: the gateway's error
//! `SignatureDoesNotMatch` contains the string to sign that it computed, and for [`v3`] the canonical request as well.

pub(crate) mod canonical;
pub(crate) mod prepared_request;
pub mod v1;
pub mod v3;
pub(crate) mod version;

pub use crate::operation::description::{Method, Place};
pub use crate::request::wire_parameters::WireParameter;
