//! The error codes that the gateway returns for calls of any operation.

use crate::operation::description::Operation;
use crate::request::wire_parameters::COMMON;

const CODES: [&str; 38] = [
    "ContentLengthDoesNotMatch",
    "ContentMD5NotMatched",
    "Forbidden",
    "Forbidden.AccessKeyDisabled",
    "Forbidden.RAM",
    "IdempotentParameterMismatch",
    "IncompleteSignature",
    "InternalError",
    "InvalidAccessKeyId",
    "InvalidAccessKeyId.Inactive",
    "InvalidAccessKeyId.NotFound",
    "InvalidAction.NotFound",
    "InvalidApi.NotFound",
    "InvalidParameter.Accept",
    "InvalidParameter.Format",
    "InvalidProduct.NotFound",
    "InvalidProtocol.NeedSsl",
    "InvalidRegion.NotFound",
    "InvalidRegionId",
    "InvalidSecurityToken.Expired",
    "InvalidSecurityToken.Malformed",
    "InvalidSecurityToken.MismatchWithAccessKey",
    "InvalidSignatureMethod",
    "InvalidTimeStamp.Expired",
    "InvalidTimeStamp.Format",
    "InvalidVersion",
    "LastTokenProcessing",
    "MissingParameter",
    "NoPermission",
    "ServiceUnavailable",
    "ServiceUnavailableTemporary",
    "SignatureDoesNotMatch",
    "SignatureNonceUsed",
    "Throttling",
    "Throttling.Api",
    "Throttling.User",
    "UnknownError",
    "UnsupportedHTTPMethod",
];

/// Whether the gateway can return this code for calls of the operation. Some codes contain the name of a parameter.
pub(super) fn has(code: &str, operation: &Operation<'_>) -> bool {
    let is_parameter = |name: &str| COMMON.contains(&name) || operation.parameters.index_of(name).is_some();
    CODES.contains(&code)
        || ["Missing", "Invalid"].iter().any(|start| code.strip_prefix(start).is_some_and(is_parameter))
}
