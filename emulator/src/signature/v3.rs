//! Signature version 3 with HMAC-SHA256: `Authorization: ACS3-HMAC-SHA256 Credential=…,SignedHeaders=…,Signature=…`.

use std::collections::BTreeSet;

use hmac::{Hmac, KeyInit, Mac};
use hyper::header::{CONTENT_TYPE, HOST, HeaderMap};
use sha2::{Digest, Sha256};

use super::canonical_query;
use crate::gateway::WireRequest;
use crate::refusal::{self, Refusal};

const ALGORITHM: &str = "ACS3-HMAC-SHA256";

const CONTENT_SHA256: &str = "x-acs-content-sha256";

/// What the `Authorization` header says; empty parts count as absent.
pub(crate) struct Authorization<'r> {
    algorithm: &'r str,
    pub(crate) credential: Option<&'r str>,
    signed_headers: Option<&'r str>,
    signature: Option<&'r str>,
}

impl<'r> Authorization<'r> {
    /// `None` where the value is that of another scheme.
    pub(crate) fn read(value: &'r str) -> Option<Self> {
        let (algorithm, rest) = value.trim().split_once(' ').unwrap_or((value.trim(), ""));
        if !algorithm.starts_with("ACS3-") {
            return None;
        }
        let part = |name| {
            let parts = rest.split(',').filter_map(|part| part.trim().split_once('='));
            parts
                .into_iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| value)
                .filter(|value| !value.is_empty())
        };
        Some(Self {
            algorithm,
            credential: part("Credential"),
            signed_headers: part("SignedHeaders"),
            signature: part("Signature"),
        })
    }
}

/// Refuses a signature that is not the one of this request, or that leaves out what must be signed.
pub(crate) fn check(
    request: &WireRequest,
    mut query: Vec<(&str, &str)>,
    secret: &str,
    authorization: &Authorization<'_>,
) -> Result<(), Refusal> {
    if authorization.algorithm != ALGORITHM {
        return Err(refusal::SIGNATURE_METHOD.into());
    }
    let signature = authorization.signature.ok_or_else(|| Refusal::missing("Signature"))?;
    let signed_headers = authorization.signed_headers.unwrap_or_default();
    let signed: BTreeSet<&str> = signed_headers.split(';').collect();
    if !must_be_signed(&request.headers).all(|name| signed.contains(name)) {
        return Err(refusal::INCOMPLETE_SIGNATURE.into());
    }

    let body_sha256 = hex(&Sha256::digest(request.body.as_deref().unwrap_or_default()));
    let headers: String =
        signed.iter().map(|name| format!("{name}:{}\n", header_value(&request.headers, name))).collect();
    let canonical_request = format!(
        "{}\n{}\n{}\n{headers}\n{signed_headers}\n{body_sha256}",
        request.method,
        request.path,
        canonical_query(&mut query),
    );
    let string_to_sign = format!("{ALGORITHM}\n{}", hex(&Sha256::digest(&canonical_request)));
    let is_of_body = header_value(&request.headers, CONTENT_SHA256) == body_sha256;
    if is_of_body && matches(&string_to_sign, secret, signature) {
        Ok(())
    } else {
        Err(Refusal::v3_signature_mismatch(&string_to_sign, &canonical_request))
    }
}

/// The host, the hash of the body, and whatever else there is of the content type and the common headers. One that is
/// sent and not signed could have been added by anybody.
fn must_be_signed(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    let sent = headers.keys().filter(|name| **name == CONTENT_TYPE || name.as_str().starts_with("x-acs-"));
    sent.map(|name| name.as_str()).chain([HOST.as_str(), CONTENT_SHA256])
}

/// Several values are sorted and joined.
fn header_value(headers: &HeaderMap, name: &str) -> String {
    let values = headers.get_all(name).iter();
    let mut values: Vec<_> = values.map(|value| String::from_utf8_lossy(value.as_bytes()).trim().to_owned()).collect();
    values.sort_unstable();
    values.join(",")
}

fn matches(text: &str, secret: &str, signature: &str) -> bool {
    let Some(given) = bytes(signature) else { return false };
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return false };
    mac.update(text.as_bytes());
    // In constant time: how long a comparison takes must not tell how much of a guess is right.
    mac.verify_slice(&given).is_ok()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The bytes of lower-case hex.
fn bytes(hex: &str) -> Option<Vec<u8>> {
    let digits = hex.as_bytes().iter().map(|digit| match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    });
    let digits = digits.collect::<Option<Vec<u8>>>()?;
    let pairs = digits.chunks(2).map(|pair| match pair {
        [high, low] => Some(high << 4 | low),
        _ => None,
    });
    pairs.collect()
}
