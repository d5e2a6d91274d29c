//! Converts responses between XML and JSON.

use std::fmt::Write;

use alicloud_model::sample_xml::Element;
use alicloud_model::{Field, SharedTypes, Type};
use serde_json::{Map, Number, Value};

/// The XML declaration before the root element.
pub(crate) const PROLOG: &str = "<?xml version='1.0' encoding='UTF-8'?>";

/// Converts XML to JSON. The types are needed, because a list with one item looks like a single value in XML.
pub(crate) fn to_json(types: &SharedTypes, element: &Element, fields: &[Field]) -> Map<String, Value> {
    let mut members = Map::new();
    for field in fields {
        let found: Vec<&Element> = element.children.iter().filter(|child| child.name == field.name).collect();
        let value = match (&field.ty, found.first()) {
            (_, None) => continue,
            (Type::List(item), _) => {
                Value::Array(found.into_iter().map(|child| value_of(types, child, item)).collect())
            }
            (ty, Some(child)) => value_of(types, child, ty),
        };
        members.insert(field.name.clone(), value);
    }
    members
}

fn value_of(types: &SharedTypes, element: &Element, ty: &Type) -> Value {
    match ty {
        Type::Object(_) | Type::Shared(_) => {
            Value::Object(to_json(types, element, types.fields_of(ty).unwrap_or_default()))
        }
        Type::List(item) => Value::Array(element.children.iter().map(|child| value_of(types, child, item)).collect()),
        Type::Map(item) => Value::Object(
            element.children.iter().map(|child| (child.name.clone(), value_of(types, child, item))).collect(),
        ),
        Type::Any if !element.children.is_empty() => Value::Object(
            element.children.iter().map(|child| (child.name.clone(), value_of(types, child, &Type::Any))).collect(),
        ),
        scalar => scalar_value(&element.text, scalar),
    }
}

/// Reads a scalar of this type. If it is not one, returns the text.
pub(crate) fn scalar_value(text: &str, ty: &Type) -> Value {
    let typed = match ty {
        Type::Integer | Type::Long => text.parse::<i64>().ok().map(Value::from),
        Type::Float | Type::Double => text.parse().ok().and_then(Number::from_f64).map(Value::Number),
        Type::Boolean if text.eq_ignore_ascii_case("true") => Some(Value::Bool(true)),
        Type::Boolean if text.eq_ignore_ascii_case("false") => Some(Value::Bool(false)),
        _ => None,
    };
    typed.unwrap_or_else(|| Value::String(text.to_owned()))
}

/// Writes a document with this root element, and the members in the order of the spec.
pub(crate) fn from_json(types: &SharedTypes, root: &str, members: &Map<String, Value>, fields: &[Field]) -> String {
    let mut xml = PROLOG.to_owned();
    element(&mut xml, root, |xml| write_members(types, xml, members, fields));
    xml
}

fn write_members(types: &SharedTypes, xml: &mut String, members: &Map<String, Value>, fields: &[Field]) {
    for field in fields {
        if let Some(value) = members.get(&field.name) {
            write_value(types, xml, &field.name, value, &field.ty);
        }
    }
}

fn write_value(types: &SharedTypes, xml: &mut String, name: &str, value: &Value, ty: &Type) {
    match (ty, value) {
        (_, Value::Null) => {}
        (Type::List(item), Value::Array(items)) => {
            for value in items {
                match **item {
                    Type::List(_) => element(xml, name, |xml| write_value(types, xml, name, value, item)),
                    _ => write_value(types, xml, name, value, item),
                }
            }
        }
        (Type::Object(_) | Type::Shared(_), Value::Object(members)) => {
            let fields = types.fields_of(ty).unwrap_or_default();
            element(xml, name, |xml| write_members(types, xml, members, fields));
        }
        (Type::Map(item), Value::Object(members)) => {
            element(xml, name, |xml| {
                for (key, value) in members {
                    write_value(types, xml, key, value, item);
                }
            });
        }
        (_, Value::Array(items)) => {
            for value in items {
                write_value(types, xml, name, value, &Type::Any);
            }
        }
        (_, Value::Object(members)) => {
            element(xml, name, |xml| {
                for (key, value) in members {
                    write_value(types, xml, key, value, &Type::Any);
                }
            });
        }
        (_, Value::String(text)) => write_text(xml, name, text),
        (_, Value::Bool(_) | Value::Number(_)) => write_text(xml, name, &value.to_string()),
    }
}

/// Writes `<name>text</name>`.
pub(crate) fn write_text(xml: &mut String, name: &str, text: &str) {
    element(xml, name, |xml| xml.push_str(&escaped(text)));
}

/// Writes `<name>…</name>`.
pub(crate) fn element(xml: &mut String, name: &str, content: impl FnOnce(&mut String)) {
    let name = element_name(name);
    // Writing to a String cannot fail.
    let _ = write!(xml, "<{name}>");
    content(xml);
    let _ = write!(xml, "</{name}>");
}

/// Replaces characters that names of elements cannot have. The keys of maps can have any.
fn element_name(name: &str) -> String {
    let fits = |(at, one): (usize, char)| {
        let always = one.is_alphabetic() || one == '_';
        if always || at > 0 && (one.is_alphanumeric() || one == '-' || one == '.') { one } else { '_' }
    };
    name.chars().enumerate().map(fits).collect()
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for one in text.chars() {
        match one {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '\t' | '\n' | '\r' => {
                let _ = write!(safe, "&#{};", u32::from(one));
            }
            // XML cannot contain these.
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => safe.push(char::REPLACEMENT_CHARACTER),
            other => safe.push(other),
        }
    }
    safe
}
