//! Signature version 3 with HMAC-SHA256: `Authorization: ACS3-HMAC-SHA256 Credential=…,SignedHeaders=…,Signature=…`.

use std::borrow::Cow;

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
        let (mut credential, mut signed_headers, mut signature) = (None, None, None);
        for (name, value) in rest.split(',').filter_map(|part| part.trim().split_once('=')) {
            let part = match name {
                "Credential" => &mut credential,
                "SignedHeaders" => &mut signed_headers,
                "Signature" => &mut signature,
                _ => continue,
            };
            // Of repeated names, the first counts.
            part.get_or_insert(value);
        }
        let present = |part: Option<&'r str>| part.filter(|value| !value.is_empty());
        Some(Self {
            algorithm,
            credential: present(credential),
            signed_headers: present(signed_headers),
            signature: present(signature),
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
    let signed = sorted(signed_headers.split(';'));
    if !must_be_signed(&request.headers).all(|name| signed.binary_search(&name).is_ok()) {
        return Err(gateway_error::INCOMPLETE_SIGNATURE.into());
    }

    let body_sha256 = body_sha256(request);
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
    let signed = sorted(must_be_signed(&request.headers));
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
        let mut canonical_request = String::with_capacity(1024);
        canonical_request.extend([&request.method, "\n", &request.path, "\n", &canonical_query(query), "\n"]);
        for name in signed {
            canonical_request.extend([name, ":", &header_value(&request.headers, name), "\n"]);
        }
        canonical_request.extend(["\n", signed_headers, "\n", body_sha256]);
        let string_to_sign = [ALGORITHM, "\n", &hex(&Sha256::digest(&canonical_request))].concat();
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

/// Sorts names, and removes repeated ones.
fn sorted<'n>(names: impl Iterator<Item = &'n str>) -> Vec<&'n str> {
    let mut names: Vec<&str> = names.collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Returns the value of a header. Several values are sorted and joined.
fn header_value<'h>(headers: &'h HeaderMap, name: &str) -> Cow<'h, str> {
    let mut values = headers.get_all(name).iter().map(text);
    let Some(first) = values.next() else { return Cow::default() };
    let Some(second) = values.next() else { return first };
    let mut values: Vec<_> = [first, second].into_iter().chain(values).collect();
    values.sort_unstable();
    values.join(",").into()
}

fn text(value: &HeaderValue) -> Cow<'_, str> {
    match str::from_utf8(value.as_bytes()) {
        Ok(text) => text.trim().into(),
        Err(_) => String::from_utf8_lossy(value.as_bytes()).trim().to_owned().into(),
    }
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
    let digit = |digit: u8| char::from(if digit < 10 { b'0' + digit } else { b'a' + digit - 10 });
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        text.push(digit(byte >> 4));
        text.push(digit(byte & 15));
    }
    text
}

/// Decodes the hexadecimal digits, in lower case, of an HMAC-SHA256.
fn bytes(hex: &str) -> Option<[u8; 32]> {
    let digit = |digit: u8| match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    };
    let (pairs, rest) = hex.as_bytes().as_chunks();
    let mut bytes = [0; 32];
    for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
        *byte = digit(*high)? << 4 | digit(*low)?;
    }
    (pairs.len() == bytes.len() && rest.is_empty()).then_some(bytes)
}
