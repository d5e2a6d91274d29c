//! Signature version 1.0 with HMAC-SHA1.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

use crate::gateway_error::GatewayError;
use crate::signature::encoding::{canonical_query, encoded};

/// Rejects a signature that does not match these parameters.
pub(crate) fn check(
    method: &str,
    parameters: Vec<(&str, &str)>,
    secret: &str,
    signature: &str,
) -> Result<(), GatewayError> {
    let text = string_to_sign(method, parameters);
    if matches(&text, secret, signature) { Ok(()) } else { Err(GatewayError::signature_mismatch(&text)) }
}

/// Returns the string to sign of a request with these parameters.
pub(crate) fn string_to_sign(method: &str, mut parameters: Vec<(&str, &str)>) -> String {
    format!("{method}&%2F&{}", encoded(&canonical_query(&mut parameters)))
}

/// Returns the signature of a string to sign.
pub(crate) fn sign(text: &str, secret: &str) -> Option<String> {
    Some(STANDARD.encode(mac(text, secret)?.finalize().into_bytes()))
}

fn matches(text: &str, secret: &str, signature: &str) -> bool {
    let Some((given, mac)) = STANDARD.decode(signature).ok().zip(mac(text, secret)) else { return false };
    // In constant time, so that the duration does not reveal how much of a guess is right.
    mac.verify_slice(&given).is_ok()
}

fn mac(text: &str, secret: &str) -> Option<Hmac<Sha1>> {
    let mut mac = Hmac::<Sha1>::new_from_slice(format!("{secret}&").as_bytes()).ok()?;
    mac.update(text.as_bytes());
    Some(mac)
}
