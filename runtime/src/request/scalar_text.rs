//! A single value as the text that goes over the wire.

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

/// As the official clients write it: a whole number keeps one decimal (`1.0`).
fn float_text(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e16 { format!("{number:.1}") } else { number.to_string() }
}
