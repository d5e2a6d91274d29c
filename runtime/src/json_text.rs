//! Values of any kind, as JSON.

/// A JSON text, for a parameter that takes a value of any kind.
///
/// Where JSON is sent, it goes in as it is; a text that is no JSON goes in as a JSON string. Elsewhere it is sent as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Json(pub(crate) String);

impl From<String> for Json {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}
