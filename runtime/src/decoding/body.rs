//! Decodes the body of a response, JSON or XML.

use crate::decoding::decode::{BODY, Decode, Slot, named};
use crate::decoding::{json, scalar, xml};

/// Decodes a response of `operation`, JSON or XML, into `into`. The error is the reason why it cannot be decoded.
pub fn from_bytes(body: &[u8], operation: &str, into: &mut dyn Decode) -> Result<(), String> {
    read(body, Some(operation), into)
}

/// Decodes the whole response into the field [`BODY`]. The error is the reason why it cannot be decoded.
pub(crate) fn whole_from_bytes(body: &[u8], into: &mut dyn Decode) -> Result<(), String> {
    if let Slot::Binary(target) = named(into, BODY) {
        *target = body.into();
        return Ok(());
    }
    let text = utf8(body)?;
    match named(into, BODY) {
        Slot::Text(target) | Slot::Raw(target) => text.clone_into(target),
        _ if text.trim().is_empty() => {}
        _ => json::read_whole(text, into)?,
    }
    Ok(())
}

/// Decodes a single value. The error is a description of the expected value.
pub(crate) fn from_text(text: &str, slot: Slot<'_>) -> Result<(), &'static str> {
    scalar::put(slot, text)
}

/// Decodes like [`from_bytes`], but accepts any name of the root element, as in error responses.
pub(crate) fn from_bytes_any_root(body: &[u8], into: &mut dyn Decode) -> Result<(), String> {
    read(body, None, into)
}

fn read(body: &[u8], operation: Option<&str>, into: &mut dyn Decode) -> Result<(), String> {
    let text = utf8(body)?.trim_ascii_start();
    // The first character is more reliable than the content type, which is often wrong.
    match text.as_bytes().first() {
        None if operation.is_some() => Ok(()),
        None => Err("the body is empty".to_owned()),
        Some(b'<') => xml::read(text, operation, into),
        Some(_) => json::read(text, into),
    }
}

fn utf8(body: &[u8]) -> Result<&str, String> {
    std::str::from_utf8(body).map_err(|error| format!("the body is not UTF-8: {error}"))
}
