//! Decodes scalars from text. Accepts what the official Go client accepts.

use base64::prelude::{BASE64_STANDARD, Engine as _};

use crate::decoding::decode::Slot;
use crate::operation::binary::Binary;

/// Decodes the text of a scalar into a slot. The error is a description of the expected value. In JSON, `12` and `"12"`
/// have the same text.
pub(super) fn put(slot: Slot<'_>, text: &str) -> Result<(), &'static str> {
    match slot {
        Slot::Skip => {}
        Slot::Text(target) | Slot::Raw(target) => *target = text.to_owned(),
        Slot::OptionalText(target) | Slot::OptionalRaw(target) => *target = Some(text.to_owned()),
        Slot::Integer(target) => *target = integer(text)?,
        Slot::OptionalInteger(target) => *target = unless_empty(text, integer)?,
        Slot::Long(target) => *target = long(text)?,
        Slot::OptionalLong(target) => *target = unless_empty(text, long)?,
        Slot::Float(target) => *target = float(text)?,
        Slot::OptionalFloat(target) => *target = unless_empty(text, float)?,
        Slot::Boolean(target) => *target = boolean(text)?,
        Slot::OptionalBoolean(target) => *target = unless_empty(text, boolean)?,
        Slot::Base64(target) => *target = base64(text)?,
        Slot::OptionalBase64(target) => *target = unless_empty(text, base64)?,
        Slot::Binary(target) => *target = text.into(),
        Slot::Object(_) | Slot::OptionalObject(_) | Slot::Wrapped(..) | Slot::Map(_) => {
            return empty_or(text, "an object");
        }
        Slot::List(_) => return empty_or(text, "a list"),
    }
    Ok(())
}

/// Accepts an empty text, because gateways sometimes write an empty structure as an empty string.
fn empty_or(text: &str, expected: &'static str) -> Result<(), &'static str> {
    if text.trim().is_empty() { Ok(()) } else { Err(expected) }
}

fn unless_empty<T>(text: &str, read: impl FnOnce(&str) -> Result<T, &'static str>) -> Result<Option<T>, &'static str> {
    if text.is_empty() { Ok(None) } else { read(text).map(Some) }
}

fn integer(text: &str) -> Result<i32, &'static str> {
    match text.parse() {
        Ok(number) => Ok(number),
        Err(_) => long(text).ok().and_then(|number| i32::try_from(number).ok()).ok_or("a whole number of 32 bits"),
    }
}

fn long(text: &str) -> Result<i64, &'static str> {
    const EXPECTED: &str = "a whole number of 64 bits";
    if let Ok(number) = text.parse() {
        return Ok(number);
    }
    match text.trim() {
        "" => Ok(0),
        text if text.eq_ignore_ascii_case("true") => Ok(1),
        text if text.eq_ignore_ascii_case("false") => Ok(0),
        text => match text.parse::<f64>() {
            // 2^63 is the first number outside of the range; -2^63 is inside.
            Ok(number) if (-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0).contains(&number) => {
                Ok(number as i64)
            }
            _ => Err(EXPECTED),
        },
    }
}

fn float(text: &str) -> Result<f64, &'static str> {
    match text.trim() {
        "" => Ok(0.0),
        text if text.eq_ignore_ascii_case("true") => Ok(1.0),
        text if text.eq_ignore_ascii_case("false") => Ok(0.0),
        // Digits whose number is too large become an infinity. The words `inf` and `NaN` are accepted, as in Go.
        text => match text.parse::<f64>() {
            Ok(number) if number.is_finite() || !text.contains(|one: char| one.is_ascii_digit()) => Ok(number),
            _ => Err("a number"),
        },
    }
}

fn base64(text: &str) -> Result<Binary, &'static str> {
    BASE64_STANDARD.decode(text.trim()).map(Binary::from).map_err(|_| "Base64")
}

fn boolean(text: &str) -> Result<bool, &'static str> {
    match text.trim() {
        "" => Ok(false),
        text if text.eq_ignore_ascii_case("true") => Ok(true),
        text if text.eq_ignore_ascii_case("false") => Ok(false),
        text => text.parse::<f64>().map(|number| number != 0.0).map_err(|_| "`true` or `false`"),
    }
}
