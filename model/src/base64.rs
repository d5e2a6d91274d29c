//! Base64 (RFC 4648) in specs. Specs write values of type `Bytes` as on the wire.

use base64::prelude::{BASE64_STANDARD, Engine as _};

/// Decodes a Base64 text. Returns `None` if the text is not valid Base64.
pub fn decode_base64(text: &str) -> Option<Vec<u8>> {
    BASE64_STANDARD.decode(text.trim()).ok()
}
