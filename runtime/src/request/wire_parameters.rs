//! Flattens the values of a request into pairs of name and text, as they are sent.

use std::borrow::Cow;

use crate::error::failure::Failure;
use crate::operation::description::{Operation, Parameter, Place, Style};
use crate::operation::input::{Input, Value};
use crate::request::extra::Extra;
use crate::request::json_body::write_json;
use crate::request::scalar_text::scalar_text;

/// A parameter as it is sent: its name, its text, and the part of the request that contains it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WireParameter<'a> {
    /// The name.
    pub name: Cow<'a, str>,
    /// The text, without encoding.
    pub value: Cow<'a, str>,
    /// The part of the request that contains the parameter.
    pub place: Place,
}

/// Appends the parameters of a request, except those that are sent in a JSON or binary body. Empty lists and maps are
/// not sent; empty texts are.
pub(crate) fn append<'a>(input: &'a Input, operation: &Operation<'_>, to: &mut Vec<WireParameter<'a>>) {
    for (parameter, value) in input.entries(&operation.parameters) {
        match (parameter.detail.place, value) {
            (Place::Body, _) => {}
            (Place::Form, _) if operation.form_as_json => {}
            (Place::Header, Value::Map(entries)) if parameter.name.ends_with('*') => {
                let prefix = parameter.name.trim_end_matches('*');
                for (key, value) in entries {
                    append_value(parameter, Cow::Owned(format!("{prefix}{key}")), value, to);
                }
            }
            _ => append_value(parameter, Cow::Borrowed(parameter.name), value, to),
        }
    }
}

/// The parameters that the runtime adds to every request.
pub(crate) const COMMON: [&str; 11] = [
    "Action",
    "Version",
    "Format",
    "Timestamp",
    "AccessKeyId",
    "SecurityToken",
    "Signature",
    "SignatureMethod",
    "SignatureNonce",
    "SignatureType",
    "SignatureVersion",
];

/// Adds the extra parameters and headers of a call. They replace those with the same name in the same place.
pub(crate) fn replace<'a>(extras: &'a [Extra], parameters: &mut Vec<WireParameter<'a>>) -> Result<(), Failure> {
    for Extra { name, value, place } in extras {
        if *place != Place::Header && COMMON.contains(&name.as_str()) {
            return Err(Failure::configuration(format!("`{name}` is set by the client and cannot be overridden")));
        }
        parameters.retain(|known| known.place != *place || known.name != name.as_str());
        parameters.push(WireParameter { name: name.into(), value: value.into(), place: *place });
    }
    Ok(())
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
