//! The signatures: pure functions of what is sent, who sends it, when, and a nonce.
//!
//! Each step is public, because a signature that does not match is found by comparing them: the gateway answers
//! `SignatureDoesNotMatch` with the string to sign that it computed, and for [`v3`] with the canonical request, too.

pub(crate) mod canonical;
pub(crate) mod prepared_request;
pub mod v1;
pub mod v3;
pub(crate) mod version;

pub use crate::operation::description::{Method, Place};
pub use crate::request::wire_parameters::WireParameter;
