//! The common parameters of every call: in the query or form with signature V1, in headers with V3.

use hyper::header::{ACCEPT, AUTHORIZATION, HeaderMap};

use crate::gateway_error::{self, GatewayError};
use crate::parameters::query_and_form::{CommonIn, Parameters};
use crate::signature::v3::Authorization;
use crate::signature::version::SignatureVersion;
use crate::wire::format::Format;
use crate::wire::request::WireRequest;

/// The common parameters of a request. Empty ones count as absent.
pub(crate) struct CommonParameters<'r> {
    pub(crate) action: Option<&'r str>,
    pub(crate) version: Option<&'r str>,
    pub(crate) format: Result<Format, GatewayError>,
    pub(crate) access_key_id: Option<&'r str>,
    pub(crate) security_token: Option<&'r str>,
    pub(crate) timestamp: Option<&'r str>,
    pub(crate) nonce: Option<&'r str>,
    pub(crate) signature: Signature<'r>,
}

/// The signature of a request.
pub(crate) enum Signature<'r> {
    V1 {
        method: Option<&'r str>,
        version: Option<&'r str>,
        signature: Option<&'r str>,
    },
    V3(Authorization<'r>),
    /// No signature, with common parameters in headers.
    Missing,
}

impl Signature<'_> {
    pub(crate) fn version(&self) -> SignatureVersion {
        match self {
            Self::V1 { signature: Some(_), .. } => SignatureVersion::V1,
            Self::V3(_) => SignatureVersion::V3,
            Self::V1 { .. } | Self::Missing => SignatureVersion::None,
        }
    }
}

/// Returns the `Authorization` header of signature V3. Other signatures have no such header.
pub(crate) fn authorization(headers: &HeaderMap) -> Option<Authorization<'_>> {
    Authorization::read(headers.get(AUTHORIZATION)?.to_str().ok()?)
}

/// Whether a request without signature V3 has its common parameters in headers. Official clients also send some of
/// these headers with signature V1.
pub(crate) fn are_in_headers(request: &WireRequest) -> bool {
    let has_v1 = |parameters: Parameters<'_>| {
        ["Version", "AccessKeyId", "Signature"].iter().any(|name| parameters.common(name).is_some())
    };
    request.headers.contains_key("x-acs-version")
        && Parameters::read(CommonIn::Parameters, &request.query, request.form())
            .is_ok_and(|parameters| !has_v1(parameters))
}

impl<'r> CommonParameters<'r> {
    /// Reads the common parameters in the query and the form.
    pub(crate) fn of_parameters(parameters: &'r Parameters<'_>) -> Self {
        let common = |name| parameters.common(name);
        Self {
            action: common("Action"),
            version: common("Version"),
            format: format_of(common("Format")),
            access_key_id: common("AccessKeyId"),
            security_token: common("SecurityToken"),
            timestamp: common("Timestamp"),
            nonce: common("SignatureNonce"),
            signature: Signature::V1 {
                method: common("SignatureMethod"),
                version: common("SignatureVersion"),
                signature: common("Signature"),
            },
        }
    }

    /// Reads the common parameters in headers.
    pub(crate) fn of_headers(headers: &'r HeaderMap, authorization: Option<Authorization<'r>>) -> Self {
        let common = |name: &str| headers.get(name)?.to_str().ok().map(str::trim).filter(|value| !value.is_empty());
        Self {
            action: common("x-acs-action"),
            version: common("x-acs-version"),
            format: accepted_format(common(ACCEPT.as_str())),
            access_key_id: authorization.as_ref().and_then(|authorization| authorization.credential),
            security_token: common("x-acs-security-token"),
            timestamp: common("x-acs-date"),
            nonce: common("x-acs-signature-nonce"),
            signature: authorization.map_or(Signature::Missing, Signature::V3),
        }
    }
}

fn format_of(format: Option<&str>) -> Result<Format, GatewayError> {
    match format {
        None => Ok(Format::Xml),
        Some(format) if format.eq_ignore_ascii_case("json") => Ok(Format::Json),
        Some(format) if format.eq_ignore_ascii_case("xml") => Ok(Format::Xml),
        Some(_) => Err(gateway_error::BAD_FORMAT.into()),
    }
}

/// Returns the first format of the `Accept` header that the gateway supports.
fn accepted_format(accept: Option<&str>) -> Result<Format, GatewayError> {
    let Some(accept) = accept else { return Ok(Format::Xml) };
    let media_types = accept.split(',').map(|range| range.split(';').next().unwrap_or_default().trim());
    let known = |media_type: &str| match media_type.to_ascii_lowercase().as_str() {
        "application/json" => Some(Format::Json),
        "application/xml" | "text/xml" | "*/*" => Some(Format::Xml),
        _ => None,
    };
    media_types.into_iter().find_map(known).ok_or_else(|| gateway_error::BAD_ACCEPT.into())
}
