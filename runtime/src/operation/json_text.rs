//! Parameters of any JSON type.

use std::fmt::Write as _;

/// A JSON text, for a parameter that accepts any type.
///
/// Inside a JSON body or parameter, it is inserted unchanged if it is valid JSON, and as a JSON string otherwise. In
/// other places, it is sent as a string.
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

/// Writes a JSON string. Escapes only what JSON requires (RFC 8259, section 7).
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
