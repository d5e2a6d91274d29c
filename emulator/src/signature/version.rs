//! The versions of signatures.

/// The version of a signature.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignatureVersion {
    /// No signature.
    #[default]
    None,
    /// Version 1.0, with HMAC-SHA1.
    V1,
    /// Version 3, which is ACS3-HMAC-SHA256.
    V3,
}

impl SignatureVersion {
    /// Returns its name, or `None` without a signature.
    pub(crate) fn as_str(self) -> Option<&'static str> {
        match self {
            Self::None => None,
            Self::V1 => Some("V1"),
            Self::V3 => Some("V3"),
        }
    }
}
