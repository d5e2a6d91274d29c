//! Writes values of a request as compact JSON.

use serde::de::IgnoredAny;

use crate::operation::description::Parameter;
use crate::operation::input::Value;
use crate::operation::json_text::{Json, write_json_text};
use crate::request::scalar_text::scalar_text;

/// Appends the value of a parameter.
pub(crate) fn write_json(parameter: Parameter, value: &Value, out: &mut String) {
    match value {
        Value::Text(text) => write_json_text(text, out),
        Value::Json(Json(text)) if serde_json::from_str::<IgnoredAny>(text).is_ok() => out.push_str(text),
        Value::Json(Json(text)) => write_json_text(text, out),
        // The model allows bytes only as a whole body.
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

/// Appends a JSON object with these parameters.
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
