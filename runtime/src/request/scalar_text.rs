//! The text of a single value on the wire.

use std::borrow::Cow;

use crate::operation::input::Value;
use crate::operation::json_text::Json;

pub(crate) fn scalar_text(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Text(text) | Value::Json(Json(text)) => Cow::Borrowed(text),
        Value::Integer(number) => Cow::Owned(number.to_string()),
        Value::Float(number) => Cow::Owned(float_text(*number)),
        Value::Boolean(true) => Cow::Borrowed("true"),
        Value::Boolean(false) => Cow::Borrowed("false"),
        Value::Binary(_) | Value::List(_) | Value::Map(_) | Value::Object(_) => Cow::Borrowed(""),
    }
}

/// Formats a number as the official clients do: integers have one decimal (`1.0`).
fn float_text(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e16 { format!("{number:.1}") } else { number.to_string() }
}
