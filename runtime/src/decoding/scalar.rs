//! Scalars from text, leniently.

use base64::prelude::{BASE64_STANDARD, Engine as _};

use crate::decoding::decode::Slot;
use crate::operation::binary::Binary;

/// Puts the text of a scalar in a slot, or says what was expected. JSON's `12` and `"12"` come here alike.
pub(super) fn put(slot: Slot<'_>, text: &str) -> Result<(), &'static str> {
    match slot {
        Slot::Skip => {}
        Slot::Text(place) | Slot::Raw(place) => text.clone_into(place),
        Slot::OptionalText(place) | Slot::OptionalRaw(place) => *place = Some(text.to_owned()),
        Slot::Integer(place) => *place = integer(text)?,
        Slot::OptionalInteger(place) => *place = unless_empty(text, integer)?,
        Slot::Long(place) => *place = long(text)?,
        Slot::OptionalLong(place) => *place = unless_empty(text, long)?,
        Slot::Float(place) => *place = float(text)?,
        Slot::OptionalFloat(place) => *place = unless_empty(text, float)?,
        Slot::Boolean(place) => *place = boolean(text)?,
        Slot::OptionalBoolean(place) => *place = unless_empty(text, boolean)?,
        Slot::Base64(place) => *place = base64(text)?,
        Slot::OptionalBase64(place) => *place = unless_empty(text, base64)?,
        Slot::Binary(place) => *place = text.into(),
        Slot::Object(_) | Slot::OptionalObject(_) | Slot::Wrapped(..) | Slot::Map(_) => {
            return empty_or(text, "an object");
        }
        Slot::List(_) => return empty_or(text, "a list"),
    }
    Ok(())
}

/// Gateways write an empty structure as an empty text at times.
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
            // 2^63 is the first number beyond; -2^63 is still in.
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
        text => text.parse().map_err(|_| "a number"),
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
