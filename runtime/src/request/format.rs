//! The format of responses.

/// The format of responses. JSON and XML decode to the same types.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it all")]
pub enum Format {
    #[default]
    Json,
    Xml,
}

impl Format {
    /// The value of the parameter `Format`, which requests with signature V1 have.
    pub(crate) fn parameter(self) -> &'static str {
        match self {
            Self::Json => "JSON",
            Self::Xml => "XML",
        }
    }

    /// The value of the header `accept`, which requests with signature V3 have.
    pub(crate) fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Xml => "application/xml",
        }
    }
}
