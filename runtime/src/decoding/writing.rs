//! Encodes responses for the test kit, based on the [`Decode`] implementation of their types.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use serde::de::IgnoredAny;

use crate::decoding::decode::{BODY, Decode, HEADER, Items, Slot};
use crate::operation::json_text::write_json_text;

/// Encodes a response as headers and a body, which are decoded into the same response. Fields without a value are
/// omitted.
pub(crate) fn write_response(response: &mut dyn Decode) -> Result<(HeaderMap, Vec<u8>), String> {
    let mut headers = HeaderMap::new();
    let mut json = "{".to_owned();
    let mut whole = None;
    for index in 0.. {
        let (name, slot) = response.field(index);
        if name.is_empty() {
            break;
        } else if name == BODY {
            whole = Some(whole_body(slot));
        } else if let Some(name) = name.strip_prefix(HEADER) {
            if let Some(text) = plain(slot) {
                let header = HeaderName::try_from(name).ok().zip(HeaderValue::try_from(text.into_bytes()).ok());
                let (name, value) = header
                    .ok_or_else(|| format!("the value of `{name}` has characters that are not allowed in headers"))?;
                headers.insert(name, value);
            }
        } else {
            member(name, slot, &mut json);
        }
    }
    json.push('}');
    Ok((headers, whole.unwrap_or_else(|| json.into_bytes())))
}

fn whole_body(slot: Slot<'_>) -> Vec<u8> {
    match slot {
        Slot::Binary(bytes) => bytes.to_vec(),
        Slot::Text(text) | Slot::Raw(text) => text.clone().into_bytes(),
        slot => {
            let mut json = String::new();
            write(slot, &mut json);
            json.into_bytes()
        }
    }
}

/// Formats a single value for a header.
fn plain(slot: Slot<'_>) -> Option<String> {
    match slot {
        Slot::Text(text) | Slot::Raw(text) => Some(text.clone()),
        Slot::OptionalText(text) | Slot::OptionalRaw(text) => text.clone(),
        slot => {
            let mut json = String::new();
            write(slot, &mut json).then(|| json.trim_matches('"').to_owned())
        }
    }
}

/// Appends a member to the object at the end of `out`, if the slot has a value.
fn member(name: &str, slot: Slot<'_>, out: &mut String) {
    let before = out.len();
    if !out.ends_with('{') {
        out.push(',');
    }
    write_json_text(name, out);
    out.push(':');
    if !write(slot, out) {
        out.truncate(before);
    }
}

/// Appends the value of a slot. Returns `false` if there is none.
fn write(slot: Slot<'_>, out: &mut String) -> bool {
    match slot {
        Slot::Text(text) | Slot::OptionalText(Some(text)) => write_json_text(text, out),
        Slot::Integer(number) | Slot::OptionalInteger(Some(number)) => out.push_str(&number.to_string()),
        Slot::Long(number) | Slot::OptionalLong(Some(number)) => out.push_str(&number.to_string()),
        Slot::Float(number) | Slot::OptionalFloat(Some(number)) => write_float(*number, out),
        Slot::Boolean(flag) | Slot::OptionalBoolean(Some(flag)) => out.push_str(if *flag { "true" } else { "false" }),
        Slot::Raw(text) if text.is_empty() => return false,
        Slot::Raw(text) | Slot::OptionalRaw(Some(text)) => {
            if serde_json::from_str::<IgnoredAny>(text).is_ok() {
                out.push_str(text);
            } else {
                write_json_text(text, out);
            }
        }
        Slot::Base64(bytes) | Slot::OptionalBase64(Some(bytes)) | Slot::Binary(bytes) => {
            write_json_text(&BASE64_STANDARD.encode(&**bytes), out);
        }
        Slot::Object(object) => {
            out.push('{');
            for index in 0.. {
                match object.field(index) {
                    ("", _) => break,
                    (name, slot) => member(name, slot, out),
                }
            }
            out.push('}');
        }
        Slot::OptionalObject(object) => return object.get(0).is_some_and(|slot| write(slot, out)),
        Slot::List(items) => write_list(items, out),
        Slot::Wrapped(name, items) => {
            out.push('{');
            write_json_text(name, out);
            out.push(':');
            write_list(items, out);
            out.push('}');
        }
        Slot::Map(entries) => {
            out.push('{');
            entries.each(&mut |key, slot| member(key, slot, out));
            out.push('}');
        }
        Slot::Skip
        | Slot::OptionalText(None)
        | Slot::OptionalInteger(None)
        | Slot::OptionalLong(None)
        | Slot::OptionalFloat(None)
        | Slot::OptionalBoolean(None)
        | Slot::OptionalRaw(None)
        | Slot::OptionalBase64(None) => return false,
    }
    true
}

fn write_list(items: &mut dyn Items, out: &mut String) {
    out.push('[');
    let mut index = 0;
    while let Some(item) = items.get(index) {
        if index > 0 {
            out.push(',');
        }
        if !write(item, out) {
            out.push_str("null");
        }
        index += 1;
    }
    out.push(']');
}

fn write_float(number: f64, out: &mut String) {
    let text = number.to_string();
    // `serde_json` does not support infinity, and parses some numbers with a different last digit. Strings are decoded
    // exactly.
    if serde_json::from_str(&text).is_ok_and(|read: f64| read == number) {
        out.push_str(&text);
    } else {
        write_json_text(&text, out);
    }
}
