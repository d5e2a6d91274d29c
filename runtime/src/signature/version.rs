//! The signature versions.

/// The version of the signature. Services accept both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SignatureVersion {
    /// HMAC-SHA1 over the parameters, for RPC operations only. See [`signature::v1`](crate::signature::v1).
    V1,
    /// ACS3-HMAC-SHA256 over the query, the headers and the body. See [`signature::v3`](crate::signature::v3).
    #[default]
    V3,
}
