//! Signature version 1.0 (HMAC-SHA1), for RPC operations only. All parameters are signed, but no headers.

use std::borrow::Cow;
use std::fmt;
use std::time::SystemTime;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::Sha1;
use zeroize::Zeroizing;

use crate::credentials::access_key::Credentials;
use crate::operation::description::{Method, Place};
use crate::request::percent;
use crate::request::wire_parameters::WireParameter;
use crate::signature::canonical::{encoded, sort};
use crate::system::timestamp;

/// A signed request, with the intermediate results.
#[derive(Clone, PartialEq, Eq)]
pub struct SignedRequest {
    /// All signed parameters, sorted and encoded.
    pub canonical_query: String,
    /// The string to sign.
    pub string_to_sign: String,
    /// The signature, in Base64.
    pub signature: String,
    /// The query of the URL, including the signature.
    pub query: String,
    /// The form body, if there are form parameters.
    pub form: Option<String>,
}

/// Shows no fields, because they could be replayed, or contain a token.
impl fmt::Debug for SignedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignedRequest").finish_non_exhaustive()
    }
}

/// Signs the parameters together with the common ones that the signature needs: `AccessKeyId`, `SecurityToken`,
/// `SignatureMethod`, `SignatureNonce`, `SignatureVersion` and `Timestamp`. Header parameters are not signed.
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use alicloud_runtime::{Credentials, signature::{Method, Place, WireParameter, v1}};
///
/// // The worked example of the official documentation.
/// let parameters = [("Action", "DescribeRegions"), ("Format", "XML"), ("Version", "2014-05-26")]
///     .map(|(name, value)| WireParameter { name: name.into(), value: value.into(), place: Place::Query });
/// let signed = v1::sign(
///     Method::Get,
///     parameters.into(),
///     &Credentials::new("testid", "testsecret"),
///     SystemTime::UNIX_EPOCH + Duration::from_secs(1_456_231_584),
///     "3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf",
/// );
/// assert_eq!(signed.signature, "OLeaidS1JvxuMvnyHOwuJ+uX5qY=");
/// ```
pub fn sign<'a>(
    method: Method,
    mut parameters: Vec<WireParameter<'a>>,
    credentials: &'a Credentials,
    time: SystemTime,
    nonce: &'a str,
) -> SignedRequest {
    let timestamp = timestamp::rfc3339(time);
    let mut common = |name: &'static str, value| {
        parameters.push(WireParameter { name: Cow::Borrowed(name), value, place: Place::Query });
    };
    common("AccessKeyId", Cow::Borrowed(credentials.access_key_id()));
    if let Some(token) = credentials.token() {
        common("SecurityToken", Cow::Borrowed(token));
    }
    common("SignatureMethod", Cow::Borrowed("HMAC-SHA1"));
    common("SignatureNonce", Cow::Borrowed(nonce));
    common("SignatureVersion", Cow::Borrowed("1.0"));
    common("Timestamp", Cow::Owned(timestamp));
    sort(&mut parameters);

    let (canonical_query, string_to_sign) = canonical(method, &parameters);
    let signature = hmac_sha1(credentials.secret(), &string_to_sign);

    let has_form = parameters.iter().any(|parameter| parameter.place == Place::Form);
    let form = has_form.then(|| encoded(&parameters, Place::Form));
    let mut query = if has_form {
        encoded(&parameters, Place::Query)
    } else {
        let mut query = String::with_capacity(canonical_query.len() + 50);
        query.push_str(&canonical_query);
        query
    };
    query.push_str("&Signature=");
    percent::encode(&signature, &mut query);
    SignedRequest { canonical_query, string_to_sign, signature, query, form }
}

/// The canonical query, and the string to sign, in which the query is encoded a second time.
fn canonical(method: Method, parameters: &[WireParameter<'_>]) -> (String, String) {
    let mut query = String::with_capacity(512);
    let mut to_sign = String::with_capacity(768);
    to_sign.push_str(method.as_str());
    to_sign.push_str("&%2F&");
    for parameter in parameters.iter().filter(|parameter| parameter.place != Place::Header) {
        if !query.is_empty() {
            query.push('&');
            to_sign.push_str("%26");
        }
        percent::encode_twice(&parameter.name, &mut query, &mut to_sign);
        query.push('=');
        to_sign.push_str("%3D");
        percent::encode_twice(&parameter.value, &mut query, &mut to_sign);
    }
    (query, to_sign)
}

fn hmac_sha1(secret: &str, text: &str) -> String {
    let mut key = Zeroizing::new(String::with_capacity(secret.len() + 1));
    key.push_str(secret);
    key.push('&');
    // HMAC accepts keys of any length.
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(key.as_bytes()) else { return String::new() };
    mac.update(text.as_bytes());
    STANDARD.encode(mac.finalize().into_bytes())
}
