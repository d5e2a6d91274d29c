//! Finds values inside a response by the path of their field.

use crate::decoding::decode::{Decode, Items, Slot, named};
use crate::operation::input::Value;

/// Returns the strings, integers and booleans at a path, which consists of field names separated by dots. At a list,
/// the path continues in each item.
pub(crate) fn values_at(fields: &mut dyn Decode, path: &str) -> Vec<Value> {
    let mut found = Vec::new();
    collect(Slot::Object(fields), path, &mut found);
    found
}

fn collect(slot: Slot<'_>, path: &str, found: &mut Vec<Value>) {
    let (name, rest) = path.split_once('.').unwrap_or((path, ""));
    let value = match slot {
        Slot::Object(fields) => return collect(named(fields, name), rest, found),
        Slot::OptionalObject(object) => return collect_each(object, path, found),
        Slot::List(items) => return collect_each(items, path, found),
        Slot::Wrapped(inner, items) if inner == name => return collect_each(items, rest, found),
        Slot::Text(text) => Some(Value::Text(text.clone())),
        Slot::OptionalText(text) => text.clone().map(Value::Text),
        Slot::Integer(number) => Some(Value::from(*number)),
        Slot::OptionalInteger(number) => number.map(Value::from),
        Slot::Long(number) => Some(Value::from(*number)),
        Slot::OptionalLong(number) => number.map(Value::from),
        Slot::Boolean(flag) => Some(Value::from(*flag)),
        Slot::OptionalBoolean(flag) => flag.map(Value::from),
        _ => None,
    };
    found.extend(value);
}

fn collect_each(items: &mut dyn Items, path: &str, found: &mut Vec<Value>) {
    let mut index = 0;
    while let Some(item) = items.get(index) {
        collect(item, path, found);
        index += 1;
    }
}
