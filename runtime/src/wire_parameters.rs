//! From a request's values to the flat names and texts that go over the wire.

use std::borrow::Cow;
use std::fmt::Write as _;

use serde::de::IgnoredAny;

use crate::input::{Input, Value};
use crate::json_text::Json;
use crate::operation::{Parameter, Parameters, Place, Style};

/// A name and a text, with where they go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WireParameter<'a> {
    /// The name.
    pub name: Cow<'a, str>,
    /// The text, not encoded.
    pub value: Cow<'a, str>,
    /// Where it goes.
    pub place: Place,
}

/// Appends the request's parameters. Empty lists and maps send nothing; empty texts are sent.
pub(crate) fn append<'a>(input: &'a Input, table: &'static Parameters, to: &mut Vec<WireParameter<'a>>) {
    for (parameter, value) in input.entries(table) {
        append_value(parameter, Cow::Borrowed(parameter.name), value, to);
    }
}

fn append_value<'a>(parameter: Parameter, name: Cow<'a, str>, value: &'a Value, to: &mut Vec<WireParameter<'a>>) {
    match value {
        Value::List(_) | Value::Map(_) | Value::Object(_) => match parameter.detail.style {
            Style::RepeatList => flatten(parameter, &name, value, false, parameter.detail.place, to),
            Style::Flat => flatten(parameter, &name, value, true, parameter.detail.place, to),
            Style::Json => {
                if !is_empty(value) {
                    let mut json = String::new();
                    write_json(parameter, value, &mut json);
                    to.push(WireParameter { name, value: Cow::Owned(json), place: parameter.detail.place });
                }
            }
            Style::Joined(between) => {
                if !is_empty(value) {
                    let value = Cow::Owned(joined(value, between));
                    to.push(WireParameter { name, value, place: parameter.detail.place });
                }
            }
        },
        scalar => to.push(WireParameter { name, value: scalar_text(scalar), place: parameter.detail.place }),
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::List(items) => items.is_empty(),
        Value::Map(entries) => entries.is_empty(),
        _ => false,
    }
}

fn scalar_text(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Text(text) | Value::Json(Json(text)) => Cow::Borrowed(text),
        Value::Integer(number) => Cow::Owned(number.to_string()),
        Value::Float(number) => Cow::Owned(float_text(*number)),
        Value::Boolean(true) => Cow::Borrowed("true"),
        Value::Boolean(false) => Cow::Borrowed("false"),
        Value::Binary(_) | Value::List(_) | Value::Map(_) | Value::Object(_) => Cow::Borrowed(""),
    }
}

/// As the official clients write it: a whole number keeps one decimal (`1.0`).
fn float_text(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e16 { format!("{number:.1}") } else { number.to_string() }
}

fn flatten<'a>(
    parameter: Parameter,
    name: &str,
    value: &'a Value,
    marked_keys: bool,
    place: Place,
    to: &mut Vec<WireParameter<'a>>,
) {
    match value {
        Value::List(items) => {
            for (index, item) in items.iter().enumerate() {
                flatten(parameter, &format!("{name}.{}", index + 1), item, marked_keys, place, to);
            }
        }
        Value::Map(entries) => {
            for (key, item) in entries {
                let name = if marked_keys { format!("{name}.#{}#{key}", key.len()) } else { format!("{name}.{key}") };
                flatten(parameter, &name, item, marked_keys, place, to);
            }
        }
        Value::Object(input) => {
            for (member, item) in input.entries(parameter.detail.members) {
                flatten(member, &format!("{name}.{}", member.name), item, marked_keys, place, to);
            }
        }
        scalar => to.push(WireParameter { name: Cow::Owned(name.to_owned()), value: scalar_text(scalar), place }),
    }
}

fn joined(value: &Value, between: char) -> String {
    let Value::List(items) = value else { return scalar_text(value).into_owned() };
    let mut text = String::new();
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            text.push(between);
        }
        text.push_str(&scalar_text(item));
    }
    text
}

fn write_json(parameter: Parameter, value: &Value, out: &mut String) {
    match value {
        Value::Text(text) => write_json_text(text, out),
        Value::Json(Json(text)) if serde_json::from_str::<IgnoredAny>(text).is_ok() => out.push_str(text),
        Value::Json(Json(text)) => write_json_text(text, out),
        // The model lets bytes be a whole body only.
        Value::Binary(_) => out.push_str("null"),
        Value::Integer(_) | Value::Boolean(_) | Value::Float(_) => out.push_str(&scalar_text(value)),
        Value::List(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_json(parameter, item, out);
            }
            out.push(']');
        }
        Value::Map(entries) => {
            out.push('{');
            for (index, (key, item)) in entries.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_json_text(key, out);
                out.push(':');
                write_json(parameter, item, out);
            }
            out.push('}');
        }
        Value::Object(input) => {
            out.push('{');
            for (index, (member, item)) in input.entries(parameter.detail.members).enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_json_text(member.name, out);
                out.push(':');
                write_json(member, item, out);
            }
            out.push('}');
        }
    }
}

/// The escapes that JSON demands (RFC 8259, section 7) and no others: other characters stay as they are.
fn write_json_text(text: &str, out: &mut String) {
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
