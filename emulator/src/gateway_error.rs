//! The error codes and messages of the gateway, copied from the real one.

use std::time::Duration;

/// A gateway error with a fixed text.
#[derive(Clone, Copy)]
pub(crate) struct KnownError {
    status: u16,
    pub(crate) code: &'static str,
    pub(crate) message: &'static str,
}

const fn known(status: u16, code: &'static str, message: &'static str) -> KnownError {
    KnownError { status, code, message }
}

pub(crate) const UNKNOWN_PRODUCT: KnownError =
    known(404, "InvalidProduct.NotFound", "Cannot find product according to your specified domain.");
pub(crate) const UNKNOWN_ACTION: KnownError =
    known(404, "InvalidAction.NotFound", "Specified api is not found, please check your url and method.");
pub(crate) const UNSUPPORTED_METHOD: KnownError =
    known(400, "UnsupportedHTTPMethod", "This http method is not supported.");
pub(crate) const BAD_FORMAT: KnownError =
    known(400, "InvalidParameter.Format", "Specified parameter format is not valid.");
pub(crate) const BAD_ACCEPT: KnownError =
    known(400, "InvalidParameter.Accept", "Specified parameter accept is not valid.");
pub(crate) const UNKNOWN_ACCESS_KEY: KnownError =
    known(404, "InvalidAccessKeyId.NotFound", "Specified access key is not found.");
pub(crate) const INACTIVE_ACCESS_KEY: KnownError =
    known(400, "InvalidAccessKeyId.Inactive", "Specified access key is disabled.");
pub(crate) const TOKEN_EXPIRED: KnownError =
    known(400, "InvalidSecurityToken.Expired", "Specified SecurityToken is expired.");
pub(crate) const TOKEN_MISMATCH: KnownError =
    known(400, "InvalidSecurityToken.MismatchWithAccessKey", "Specified SecurityToken mismatch with the AccessKey.");
pub(crate) const TIMESTAMP_FORMAT: KnownError =
    known(400, "InvalidTimeStamp.Format", "Specified time stamp or date value is not well formatted.");
pub(crate) const TIMESTAMP_EXPIRED: KnownError =
    known(400, "InvalidTimeStamp.Expired", "Specified time stamp or date value is expired.");
pub(crate) const SIGNATURE_METHOD: KnownError =
    known(400, "InvalidSignatureMethod", "Specified signature method is not valid.");
pub(crate) const INCOMPLETE_SIGNATURE: KnownError =
    known(400, "IncompleteSignature", "The request signature does not conform to Alibaba Cloud standards.");
pub(crate) const NONCE_USED: KnownError =
    known(400, "SignatureNonceUsed", "Specified signature nonce was used already.");
pub(crate) const THROTTLED: KnownError = known(400, "Throttling.User", "Request was denied due to user flow control.");
pub(crate) const FORBIDDEN_RAM: KnownError = known(
    403,
    "Forbidden.RAM",
    "User not authorized to operate on the specified resource, or this API doesn't support RAM.",
);
pub(crate) const NO_PERMISSION: KnownError = known(403, "NoPermission", "You are not authorized to do this action.");

/// The error codes of all operations, which their own pages need not list.
const OF_ALL_OPERATIONS: &[KnownError] = &[
    UNKNOWN_PRODUCT,
    UNKNOWN_ACTION,
    UNSUPPORTED_METHOD,
    BAD_FORMAT,
    BAD_ACCEPT,
    UNKNOWN_ACCESS_KEY,
    INACTIVE_ACCESS_KEY,
    TOKEN_MISMATCH,
    TOKEN_EXPIRED,
    TIMESTAMP_FORMAT,
    TIMESTAMP_EXPIRED,
    SIGNATURE_METHOD,
    INCOMPLETE_SIGNATURE,
    NONCE_USED,
    THROTTLED,
    known(400, "InvalidProtocol.NeedSsl", "Your request is denied as lack of ssl protect."),
    known(400, "InvalidSecurityToken.Malformed", "Specified SecurityToken is malformed."),
    known(400, "Throttling", "Request was denied due to request throttling."),
    known(400, "Throttling.Api", "Request was denied due to api flow control."),
    FORBIDDEN_RAM,
    NO_PERMISSION,
    known(403, "Forbidden", "User not authorized to operate on the specified resource."),
    known(403, "LastTokenProcessing", "The last token request is processing."),
    known(500, "InternalError", "The request processing has failed due to some unknown error, exception or failure."),
    known(500, "UnknownError", "The request processing has failed due to some unknown error, exception or failure."),
    known(503, "ServiceUnavailable", "The request has failed due to a temporary failure of the server."),
    known(503, "ServiceUnavailableTemporary", "Service Unavailable Temporary."),
];

/// Returns the gateway's error with this code.
pub(crate) fn of_all_operations(code: &str) -> Option<GatewayError> {
    OF_ALL_OPERATIONS.iter().find(|known| known.code == code).map(|known| GatewayError::from(*known))
}

/// Returns the gateway's error codes that every operation may return, with status and message.
pub fn gateway_errors() -> impl Iterator<Item = (u16, &'static str, &'static str)> {
    OF_ALL_OPERATIONS.iter().map(|known| (known.status, known.code, known.message))
}

/// Returns the codes of [`of_all_operations`].
pub(crate) fn codes_of_all_operations<'c>() -> impl Iterator<Item = &'c str> {
    OF_ALL_OPERATIONS.iter().map(|known| known.code)
}

/// An error that a response reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GatewayError {
    pub(crate) status: u16,
    pub(crate) code: String,
    pub(crate) message: String,
    /// The delay in milliseconds until the call can be retried.
    pub(crate) retry_after: Option<u128>,
    /// The RAM action that the account's policy does not allow.
    pub(crate) denied_action: Option<String>,
}

impl From<KnownError> for GatewayError {
    fn from(known: KnownError) -> Self {
        Self::new(known.status, known.code, known.message)
    }
}

impl GatewayError {
    pub(crate) fn new(status: u16, code: impl Into<String>, message: impl Into<String>) -> Self {
        Self { status, code: code.into(), message: message.into(), retry_after: None, denied_action: None }
    }

    /// Flow control: the next call is accepted after this delay.
    pub(crate) fn throttled(wait: Duration) -> Self {
        // Rounded up, so that a retry after this delay is not too early.
        Self { retry_after: Some(wait.as_nanos().div_ceil(1_000_000)), ..THROTTLED.into() }
    }

    pub(crate) fn missing(name: &str) -> Self {
        Self::new(400, format!("Missing{name}"), format!("{name} is mandatory for this action."))
    }

    pub(crate) fn invalid(name: &str) -> Self {
        Self::new(400, format!("Invalid{name}"), format!("Specified parameter {name} is not valid."))
    }

    /// The error of back ends for parameters that depend on each other. The gateway itself does not check them.
    pub(crate) fn not_supplied(names: &str) -> Self {
        Self::new(
            400,
            "MissingParameter",
            format!("The input parameter \"{names}\" that is mandatory for processing this request is not supplied."),
        )
    }

    /// The message ends with the string to sign, because clients compare it with their own. If both are the same, the
    /// secret is wrong; otherwise, the canonical form is wrong.
    pub(crate) fn signature_mismatch(string_to_sign: &str) -> Self {
        Self::new(
            400,
            "SignatureDoesNotMatch",
            format!(
                "Specified signature is not matched with our calculation. server string to sign is:{string_to_sign}"
            ),
        )
    }

    /// As [`GatewayError::signature_mismatch`], with the message for signature V3.
    pub(crate) fn v3_signature_mismatch(string_to_sign: &str, canonical_request: &str) -> Self {
        Self::new(
            400,
            "SignatureDoesNotMatch",
            format!(
                "Specified signature does not match our calculation. server StringToSign is [{string_to_sign}] \
                 server CanonicalRequest is [{canonical_request}]"
            ),
        )
    }

    pub(crate) fn too_many_parameters(limit: usize) -> Self {
        Self::new(400, "TooManyParameters", format!("The request has more than {limit} parameters."))
    }

    pub(crate) fn body_too_large(limit: usize) -> Self {
        Self::new(413, "RequestEntityTooLarge", format!("The request body is larger than {limit} bytes."))
    }
}
