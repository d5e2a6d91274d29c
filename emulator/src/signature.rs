//! Signature version 1.0 with HMAC-SHA1, from the server's side.
//!
//! The string to sign is rebuilt from what arrived. Nothing here is shared with the client's signer: a mistake would
//! otherwise agree with itself.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sha1::Sha1;

use crate::refusal::Refusal;

/// All that is not `A-Z a-z 0-9 - _ . ~`.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Refuses a signature that is not the one of these parameters.
pub(crate) fn check(
    method: &str,
    mut parameters: Vec<(&str, &str)>,
    secret: &str,
    signature: &str,
) -> Result<(), Refusal> {
    let text = string_to_sign(method, &mut parameters);
    if matches(&text, secret, signature) { Ok(()) } else { Err(Refusal::signature_mismatch(&text)) }
}

fn string_to_sign(method: &str, parameters: &mut [(&str, &str)]) -> String {
    parameters.sort_unstable();
    let pairs: Vec<String> =
        parameters.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
    format!("{method}&%2F&{}", encoded(&pairs.join("&")))
}

fn encoded(text: &str) -> percent_encoding::PercentEncode<'_> {
    utf8_percent_encode(text, RESERVED)
}

fn matches(text: &str, secret: &str, signature: &str) -> bool {
    let Ok(given) = STANDARD.decode(signature) else { return false };
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(format!("{secret}&").as_bytes()) else { return false };
    mac.update(text.as_bytes());
    // In constant time: how long a comparison takes must not tell how much of a guess is right.
    mac.verify_slice(&given).is_ok()
}
