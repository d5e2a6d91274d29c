//! Values of a request as compact JSON.

use std::fmt::Write as _;

use serde::de::IgnoredAny;

use crate::input::Value;
use crate::json_text::Json;
use crate::operation::Parameter;
use crate::wire_parameters::scalar_text;

/// Appends the value of a parameter.
pub(crate) fn write_json(parameter: Parameter, value: &Value, out: &mut String) {
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
        Value::Object(input) => write_json_members(input.entries(parameter.detail.members), out),
    }
}

/// Appends an object of these parameters.
pub(crate) fn write_json_members<'v>(members: impl Iterator<Item = (Parameter, &'v Value)>, out: &mut String) {
    out.push('{');
    for (index, (member, value)) in members.enumerate() {
        if index > 0 {
            out.push(',');
        }
        write_json_text(member.name, out);
        out.push(':');
        write_json(member, value, out);
    }
    out.push('}');
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
