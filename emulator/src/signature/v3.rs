//! Signature version 3 with HMAC-SHA256: `Authorization: ACS3-HMAC-SHA256 Credential=…,SignedHeaders=…,Signature=…`.

use std::collections::BTreeSet;

use hmac::{Hmac, KeyInit, Mac};
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, HOST, HeaderMap, HeaderValue};
use sha2::{Digest, Sha256};

use crate::gateway_error::{self, GatewayError};
use crate::signature::encoding::canonical_query;
use crate::wire::request::WireRequest;

const ALGORITHM: &str = "ACS3-HMAC-SHA256";

const CONTENT_SHA256: &str = "x-acs-content-sha256";

/// The parts of the `Authorization` header. Empty ones count as absent.
pub(crate) struct Authorization<'r> {
    algorithm: &'r str,
    pub(crate) credential: Option<&'r str>,
    signed_headers: Option<&'r str>,
    signature: Option<&'r str>,
}

impl<'r> Authorization<'r> {
    /// Reads the header, or returns `None` for another scheme.
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

/// Rejects a signature that does not match this request, or that omits a part that must be signed.
pub(crate) fn check(
    request: &WireRequest,
    mut query: Vec<(&str, &str)>,
    secret: &str,
    authorization: &Authorization<'_>,
) -> Result<(), GatewayError> {
    if authorization.algorithm != ALGORITHM {
        return Err(gateway_error::SIGNATURE_METHOD.into());
    }
    let signature = authorization.signature.ok_or_else(|| GatewayError::missing("Signature"))?;
    let signed_headers = authorization.signed_headers.unwrap_or_default();
    let signed: BTreeSet<&str> = signed_headers.split(';').collect();
    if !must_be_signed(&request.headers).all(|name| signed.contains(name)) {
        return Err(gateway_error::INCOMPLETE_SIGNATURE.into());
    }

    let body_sha256 = body_sha256(request);
    let signed: Vec<&str> = signed.into_iter().collect();
    let texts = Texts::new(request, &mut query, &signed, signed_headers, &body_sha256);
    let is_of_body = header_value(&request.headers, CONTENT_SHA256) == body_sha256;
    if is_of_body && matches(&texts.string_to_sign, secret, signature) {
        Ok(())
    } else {
        Err(GatewayError::v3_signature_mismatch(&texts.string_to_sign, &texts.canonical_request))
    }
}

/// Signs a request that has all other headers: adds the hash of the body and the `Authorization` header.
pub(crate) fn sign(
    request: &mut WireRequest,
    mut query: Vec<(&str, &str)>,
    access_key_id: &str,
    secret: &str,
) -> Option<Texts> {
    let body_sha256 = body_sha256(request);
    request.headers.insert(CONTENT_SHA256, HeaderValue::from_str(&body_sha256).ok()?);
    let signed: BTreeSet<&str> = must_be_signed(&request.headers).collect();
    let signed: Vec<&str> = signed.into_iter().collect();
    let signed_headers = signed.join(";");
    let texts = Texts::new(request, &mut query, &signed, &signed_headers, &body_sha256);
    let signature = hex(&mac(&texts.string_to_sign, secret)?.finalize().into_bytes());
    let authorization =
        format!("{ALGORITHM} Credential={access_key_id},SignedHeaders={signed_headers},Signature={signature}");
    request.headers.insert(AUTHORIZATION, HeaderValue::from_str(&authorization).ok()?);
    Some(texts)
}

/// The texts from which the signature is computed.
pub(crate) struct Texts {
    pub(crate) canonical_request: String,
    pub(crate) string_to_sign: String,
}

impl Texts {
    /// `signed` has the names in `signed_headers`, in order.
    fn new(
        request: &WireRequest,
        query: &mut [(&str, &str)],
        signed: &[&str],
        signed_headers: &str,
        body_sha256: &str,
    ) -> Self {
        let headers: String =
            signed.iter().map(|name| format!("{name}:{}\n", header_value(&request.headers, name))).collect();
        let canonical_request = format!(
            "{}\n{}\n{}\n{headers}\n{signed_headers}\n{body_sha256}",
            request.method,
            request.path,
            canonical_query(query),
        );
        let string_to_sign = format!("{ALGORITHM}\n{}", hex(&Sha256::digest(&canonical_request)));
        Self { canonical_request, string_to_sign }
    }
}

fn body_sha256(request: &WireRequest) -> String {
    hex(&Sha256::digest(request.body.as_deref().unwrap_or_default()))
}

/// Returns the headers that must be signed: the host, the hash of the body, and, if they are sent, the content type and
/// the common headers. Otherwise, anyone could add them.
fn must_be_signed(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    let sent = headers.keys().filter(|name| **name == CONTENT_TYPE || name.as_str().starts_with("x-acs-"));
    sent.map(|name| name.as_str()).chain([HOST.as_str(), CONTENT_SHA256])
}

/// Returns the value of a header. Several values are sorted and joined.
fn header_value(headers: &HeaderMap, name: &str) -> String {
    let values = headers.get_all(name).iter();
    let mut values: Vec<_> = values.map(|value| String::from_utf8_lossy(value.as_bytes()).trim().to_owned()).collect();
    values.sort_unstable();
    values.join(",")
}

fn matches(text: &str, secret: &str, signature: &str) -> bool {
    let Some((given, mac)) = bytes(signature).zip(mac(text, secret)) else { return false };
    // In constant time, so that the duration does not reveal how much of a guess is right.
    mac.verify_slice(&given).is_ok()
}

fn mac(text: &str, secret: &str) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).ok()?;
    mac.update(text.as_bytes());
    Some(mac)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Decodes hexadecimal digits in lower case.
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
