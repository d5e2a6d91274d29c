//! Values of any kind, as JSON.

use std::fmt::Write as _;

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

/// The escapes that JSON demands (RFC 8259, section 7) and no others: other characters stay as they are.
pub(crate) fn write_json_text(text: &str, out: &mut String) {
    out.push('"');
    for one in text.chars() {
        match one {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            control if u32::from(control) < 0x20 => {
                // Writing to a String cannot fail.
                let _ = write!(out, "\\u{:04x}", u32::from(control));
            }
            other => out.push(other),
        }
    }
    out.push('"');
}
