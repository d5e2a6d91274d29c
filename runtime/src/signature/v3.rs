//! Signature version 3 (ACS3-HMAC-SHA256), for RPC and ROA operations. The query, the headers and the body are signed.

use std::borrow::Cow;
use std::fmt;

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};

use crate::credentials::access_key::Credentials;
use crate::operation::description::{Method, Place};
use crate::request::wire_parameters::WireParameter;
use crate::signature::canonical::{encoded, sort};

/// The algorithm, with which both the string to sign and the `Authorization` header begin.
const ALGORITHM: &str = "ACS3-HMAC-SHA256";

/// The result of [`body_sha256`] for an empty body.
const NO_BODY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// A signed request, with the intermediate results.
#[derive(Clone, PartialEq, Eq)]
pub struct SignedRequest {
    /// The canonical query, which is also the query of the URL.
    pub query: String,
    /// The canonical request, of which the string to sign contains the hash.
    pub canonical_request: String,
    /// The string to sign.
    pub string_to_sign: String,
    /// The signature, in lower-case hexadecimal.
    pub signature: String,
    /// The value of the `Authorization` header.
    pub authorization: String,
}

/// Shows no fields, because they could be replayed, or contain a token.
impl fmt::Debug for SignedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignedRequest").finish_non_exhaustive()
    }
}

/// Signs a request.
///
/// The path must be percent-encoded. Only query parameters are signed; form parameters are part of the body. All given
/// headers are signed: the service requires `host`, and `content-type` and every header that begins with `x-acs-` if it
/// is sent. The names of headers must be in lower case. Both lists are sorted in place.
///
/// ```
/// use alicloud_runtime::{Credentials, signature::{Method, Place, WireParameter, v3}};
///
/// // The worked example of the official documentation.
/// let body_sha256 = v3::body_sha256(b"");
/// let signed = v3::sign(
///     Method::Post,
///     "/",
///     &mut [("ImageId", "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd"), ("RegionId", "cn-shanghai")]
///         .map(|(name, value)| WireParameter { name: name.into(), value: value.into(), place: Place::Query }),
///     &mut [
///         ("host", "ecs.cn-shanghai.aliyuncs.com"),
///         ("x-acs-action", "RunInstances"),
///         ("x-acs-content-sha256", &body_sha256),
///         ("x-acs-date", "2023-10-26T10:22:32Z"),
///         ("x-acs-signature-nonce", "3156853299f313e23d1673dc12e1703d"),
///         ("x-acs-version", "2014-05-26"),
///     ],
///     &body_sha256,
///     &Credentials::new("YourAccessKeyId", "YourAccessKeySecret"),
/// );
/// assert_eq!(signed.signature, "06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0");
/// ```
pub fn sign(
    method: Method,
    path: &str,
    parameters: &mut [WireParameter<'_>],
    headers: &mut [(&str, &str)],
    body_sha256: &str,
    credentials: &Credentials,
) -> SignedRequest {
    sort(parameters);
    let query = encoded(parameters, Place::Query);
    headers.sort_unstable();
    let names = signed_headers(headers);

    let values: usize = headers.iter().map(|(_, value)| value.len() + ":\n".len()).sum();
    let capacity = path.len() + query.len() + 2 * names.len() + values + body_sha256.len() + 16;
    let mut canonical_request = String::with_capacity(capacity);
    for line in [method.as_str(), path, &query] {
        canonical_request.push_str(line);
        canonical_request.push('\n');
    }
    for (name, value) in headers.iter() {
        canonical_request.push_str(name);
        canonical_request.push(':');
        canonical_request.push_str(value.trim_matches([' ', '\t']));
        canonical_request.push('\n');
    }
    for line in ["\n", &names, "\n", body_sha256] {
        canonical_request.push_str(line);
    }

    let mut string_to_sign = String::with_capacity(ALGORITHM.len() + 1 + NO_BODY.len());
    string_to_sign.push_str(ALGORITHM);
    string_to_sign.push('\n');
    push_hex(&Sha256::digest(canonical_request.as_bytes()), &mut string_to_sign);
    let signature = hmac_sha256(credentials.secret(), &string_to_sign);
    let id = credentials.access_key_id();
    let authorization = [ALGORITHM, " Credential=", id, ",SignedHeaders=", &names, ",Signature=", &signature].concat();
    SignedRequest { query, canonical_request, string_to_sign, signature, authorization }
}

/// Returns the SHA-256 of a body in lower-case hexadecimal, which is the value of the header `x-acs-content-sha256`.
pub fn body_sha256(body: &[u8]) -> Cow<'static, str> {
    if body.is_empty() {
        return Cow::Borrowed(NO_BODY);
    }
    let mut hex = String::with_capacity(NO_BODY.len());
    push_hex(&Sha256::digest(body), &mut hex);
    Cow::Owned(hex)
}

fn signed_headers(headers: &[(&str, &str)]) -> String {
    let mut names = String::with_capacity(headers.iter().map(|(name, _)| name.len() + 1).sum());
    for (name, _) in headers {
        if !names.is_empty() {
            names.push(';');
        }
        names.push_str(name);
    }
    names
}

fn hmac_sha256(secret: &str, text: &str) -> String {
    // HMAC accepts keys of any length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return String::new() };
    mac.update(text.as_bytes());
    let mut hex = String::with_capacity(NO_BODY.len());
    push_hex(&mac.finalize().into_bytes(), &mut hex);
    hex
}

fn push_hex(bytes: &[u8], out: &mut String) {
    for byte in bytes {
        for digit in [byte >> 4, byte & 15] {
            out.push(char::from(if digit < 10 { b'0' + digit } else { b'a' + digit - 10 }));
        }
    }
}
