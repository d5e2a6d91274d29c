//! The signature versions.

/// How calls are signed. The service takes either.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SignatureVersion {
    /// HMAC-SHA1 over the parameters, as [`signature::v1`](crate::signature::v1) has it; for RPC operations alone.
    V1,
    /// ACS3-HMAC-SHA256 over query, headers and body, as [`signature::v3`](crate::signature::v3) has it.
    #[default]
    V3,
}
