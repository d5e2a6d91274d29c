//! The format that a response is asked for in.

/// What answers are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it all")]
pub enum Format {
    #[default]
    Json,
    Xml,
}

impl Format {
    /// The value of the parameter `Format`, by which V1 asks.
    pub(crate) fn parameter(self) -> &'static str {
        match self {
            Self::Json => "JSON",
            Self::Xml => "XML",
        }
    }

    /// The value of the header `accept`, by which V3 asks.
    pub(crate) fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Xml => "application/xml",
        }
    }
}
