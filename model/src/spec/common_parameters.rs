//! The common request parameters.

/// Parameters that the runtime sends with every call (wire format of RPC, signature version 1.0).
pub const COMMON_PARAMETERS: &[&str] = &[
    "Action",
    "Version",
    "Format",
    "Timestamp",
    "AccessKeyId",
    "Signature",
    "SignatureMethod",
    "SignatureVersion",
    "SignatureNonce",
    "SignatureType",
    "SecurityToken",
    "BearerToken",
];
