//! Base64 (RFC 4648) in specs: values of type `Bytes` are written as they are on the wire.

use base64::prelude::{BASE64_STANDARD, Engine as _};

/// The bytes that a text is the Base64 of; `None` if it is none.
pub fn decode_base64(text: &str) -> Option<Vec<u8>> {
    BASE64_STANDARD.decode(text.trim()).ok()
}
