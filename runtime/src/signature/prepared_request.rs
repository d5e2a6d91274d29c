//! A complete, signed request.

use std::borrow::Cow;
use std::time::SystemTime;

use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use zeroize::Zeroize as _;

use crate::credentials::access_key::Credentials;
use crate::error::failure::Failure;
use crate::operation::description::{Method, Operation, Place};
use crate::request::body::Body;
use crate::request::format::Format;
use crate::request::path::RPC_PATH;
use crate::request::wire_parameters::WireParameter;
use crate::signature::{canonical, v1, v3};
use crate::system::timestamp;

const FORM: HeaderValue = HeaderValue::from_static("application/x-www-form-urlencoded");

const ACCESS_KEY_ID: HeaderName = HeaderName::from_static("x-acs-accesskey-id");
const ACTION: HeaderName = HeaderName::from_static("x-acs-action");
const CONTENT_SHA256: HeaderName = HeaderName::from_static("x-acs-content-sha256");
const DATE: HeaderName = HeaderName::from_static("x-acs-date");
const SECURITY_TOKEN: HeaderName = HeaderName::from_static("x-acs-security-token");
const SIGNATURE_NONCE: HeaderName = HeaderName::from_static("x-acs-signature-nonce");
const VERSION: HeaderName = HeaderName::from_static("x-acs-version");

/// A complete, signed request.
pub struct PreparedRequest {
    pub(crate) method: Method,
    /// The label before the host of the client, if the operation has one.
    pub(crate) host_label: Option<String>,
    pub(crate) path: Cow<'static, str>,
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Vec<u8>>,
}

impl PreparedRequest {
    /// Returns the query of the URL. With signature V1, it contains the signature.
    pub fn query(&self) -> &str {
        &self.query
    }

    /// Returns the path, percent-encoded.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Returns the body, if there is one.
    pub fn body(&self) -> Option<&[u8]> {
        self.body.as_deref()
    }
}

/// A request before it is signed.
pub(crate) struct Unsigned<'a> {
    pub(crate) operation: &'a Operation<'a>,
    pub(crate) method: Method,
    /// The value of the `host` header.
    pub(crate) host: &'a str,
    /// The label before the host of the client, if the operation has one.
    pub(crate) host_label: Option<String>,
    /// The path, percent-encoded.
    pub(crate) path: Cow<'static, str>,
    pub(crate) format: Format,
    /// The parameters of the operation, without the common ones.
    pub(crate) parameters: Vec<WireParameter<'a>>,
    /// The body. If there is none, the form parameters become the body.
    pub(crate) body: Option<Body>,
}

impl<'a> Unsigned<'a> {
    /// Signs with version 1. The common parameters are in the query.
    pub(crate) fn sign_v1(
        self,
        credentials: &Credentials,
        time: SystemTime,
        nonce: &str,
    ) -> Result<PreparedRequest, Failure> {
        let Self { operation, method, host_label, path, format, mut parameters, body, .. } = self;
        if credentials.is_anonymous() {
            return Err(Failure::configuration(
                "signature V1 does not support anonymous calls; use `SignatureVersion::V3`",
            ));
        }
        if path != RPC_PATH || body.is_some() {
            return Err(Failure::configuration(format!(
                "`{}` is not an RPC operation, so signature V1 cannot sign it; use `SignatureVersion::V3`",
                operation.name
            )));
        }
        let mut common = |name: &'static str, value: &'a str| {
            parameters.push(WireParameter { name: name.into(), value: value.into(), place: Place::Query });
        };
        common("Action", operation.name);
        common("Format", format.parameter());
        common("Version", operation.service.version);
        let mut headers = header_parameters(&parameters, 0)?;
        let mut signed = v1::sign(method, parameters, credentials, time, nonce);
        if credentials.token().is_some() {
            signed.canonical_query.zeroize();
            signed.string_to_sign.zeroize();
        }
        if signed.form.is_some() {
            headers.insert(CONTENT_TYPE, FORM);
        }
        let body = signed.form.map(String::into_bytes);
        Ok(PreparedRequest { method, host_label, path, query: signed.query, headers, body })
    }

    /// Signs with version 3. The common parameters are in headers.
    pub(crate) fn sign_v3(
        self,
        credentials: &Credentials,
        time: SystemTime,
        nonce: &str,
    ) -> Result<PreparedRequest, Failure> {
        let Self { operation, method, host, host_label, path, format, mut parameters, body } = self;
        let body = body.or_else(|| form(&mut parameters));
        let mut headers = header_parameters(&parameters, 12)?;
        let (content_type, body) = match body {
            Some(Body { content_type, bytes }) => (Some(content_type), Some(bytes)),
            None => (None, None),
        };
        if let Some(content_type) = content_type {
            headers.entry(CONTENT_TYPE).or_insert(content_type);
        }
        let body_sha256 = v3::body_sha256(body.as_deref().unwrap_or_default());
        let date = timestamp::rfc3339(time);
        headers.insert(ACCEPT, HeaderValue::from_static(format.media_type()));
        for (name, value) in [
            (ACTION, operation.name),
            (VERSION, operation.service.version),
            (DATE, &date),
            (SIGNATURE_NONCE, nonce),
            (CONTENT_SHA256, &body_sha256),
        ] {
            let value = header_value(&name, value)?;
            headers.insert(name, value);
        }
        if let Some(token) = credentials.token_bytes() {
            headers.insert(ACCESS_KEY_ID, header_value(&ACCESS_KEY_ID, credentials.access_key_id())?);
            let token = HeaderValue::from_maybe_shared(token).map_err(|_| invalid_header_value(&SECURITY_TOKEN))?;
            headers.insert(SECURITY_TOKEN, secret(token));
        }

        if credentials.is_anonymous() {
            canonical::sort(&mut parameters);
            let query = canonical::encoded(&parameters, Place::Query);
            return Ok(PreparedRequest { method, host_label, path, query, headers, body });
        }
        // The signature is computed from the headers that are sent, so the two cannot differ.
        let mut to_sign = Vec::with_capacity(headers.len() + 1);
        to_sign.push(("host", host));
        to_sign.extend(headers.iter().filter_map(|(name, value)| {
            let name = name.as_str();
            let is_signed = name == CONTENT_TYPE || name.starts_with("x-acs-");
            is_signed.then(|| (name, str::from_utf8(value.as_bytes()).unwrap_or_default()))
        }));
        let mut signed = v3::sign(method, &path, &mut parameters, &mut to_sign, &body_sha256, credentials);
        if credentials.token().is_some() {
            signed.canonical_request.zeroize();
        }
        headers.insert(AUTHORIZATION, secret(header_value(&AUTHORIZATION, &signed.authorization)?));
        Ok(PreparedRequest { method, host_label, path, query: signed.query, headers, body })
    }
}

/// The form parameters, sorted by name as with signature V1.
fn form(parameters: &mut [WireParameter<'_>]) -> Option<Body> {
    if parameters.iter().all(|parameter| parameter.place != Place::Form) {
        return None;
    }
    canonical::sort(parameters);
    Some(Body { content_type: FORM, bytes: canonical::encoded(parameters, Place::Form).into_bytes() })
}

/// The header parameters, in a map with this capacity.
fn header_parameters(parameters: &[WireParameter<'_>], capacity: usize) -> Result<HeaderMap, Failure> {
    let mut headers = HeaderMap::with_capacity(capacity);
    for parameter in parameters.iter().filter(|parameter| parameter.place == Place::Header) {
        let Ok(name) = HeaderName::try_from(parameter.name.as_ref()) else {
            return Err(Failure::configuration(format!("`{}` is not a valid header name", parameter.name)));
        };
        let value = header_value(&name, &parameter.value)?;
        headers.insert(name, value);
    }
    Ok(headers)
}

fn header_value(name: &HeaderName, value: &str) -> Result<HeaderValue, Failure> {
    HeaderValue::from_bytes(value.as_bytes()).map_err(|_| invalid_header_value(name))
}

fn invalid_header_value(name: &HeaderName) -> Failure {
    Failure::configuration(format!("the value of `{name}` has characters that are not allowed in headers"))
}

/// Hides a value in `Debug` output.
fn secret(mut value: HeaderValue) -> HeaderValue {
    value.set_sensitive(true);
    value
}
