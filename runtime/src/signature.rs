//! The signatures: pure functions of what is sent, who sends it, when, and a nonce.
//!
//! Each stage is there to look at, because a signature that does not match is found by comparing them: the gateway
//! answers `SignatureDoesNotMatch` with the string to sign that it made, and with [`v3`] the canonical request, too.

pub mod v1;
pub mod v3;

pub use crate::operation::{Method, Place};
use crate::percent;
pub use crate::wire_parameters::WireParameter;

/// Sorts by the bytes of the names as they are before they are encoded.
pub(crate) fn sort(parameters: &mut [WireParameter<'_>]) {
    parameters.sort_unstable_by(|one, other| one.name.as_bytes().cmp(other.name.as_bytes()));
}

/// The parameters of one place, encoded, in the order they have.
pub(crate) fn encoded(parameters: &[WireParameter<'_>], place: Place) -> String {
    let mut out = String::with_capacity(512);
    for parameter in parameters.iter().filter(|parameter| parameter.place == place) {
        if !out.is_empty() {
            out.push('&');
        }
        percent::encode(&parameter.name, &mut out);
        out.push('=');
        percent::encode(&parameter.value, &mut out);
    }
    out
}
