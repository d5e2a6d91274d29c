//! The versions of signatures.

/// What a call was signed with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignatureVersion {
    /// Nothing.
    #[default]
    None,
    /// Version 1.0, with HMAC-SHA1.
    V1,
    /// Version 3, which is ACS3-HMAC-SHA256.
    V3,
}
