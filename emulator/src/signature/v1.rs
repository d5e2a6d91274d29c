//! Signature version 1.0 with HMAC-SHA1.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

use super::{canonical_query, encoded};
use crate::refusal::Refusal;

/// Refuses a signature that is not the one of these parameters.
pub(crate) fn check(
    method: &str,
    mut parameters: Vec<(&str, &str)>,
    secret: &str,
    signature: &str,
) -> Result<(), Refusal> {
    let text = format!("{method}&%2F&{}", encoded(&canonical_query(&mut parameters)));
    if matches(&text, secret, signature) { Ok(()) } else { Err(Refusal::signature_mismatch(&text)) }
}

fn matches(text: &str, secret: &str, signature: &str) -> bool {
    let Ok(given) = STANDARD.decode(signature) else { return false };
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(format!("{secret}&").as_bytes()) else { return false };
    mac.update(text.as_bytes());
    // In constant time: how long a comparison takes must not tell how much of a guess is right.
    mac.verify_slice(&given).is_ok()
}
