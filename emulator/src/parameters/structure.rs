//! Reads the flattened parameters of a request as lists, objects and maps of the spec.

use std::collections::BTreeMap;
use std::ops::Bound;

use alicloud_model::{Field, Operation, Parameter, Position, SharedTypes, Style, Type};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use crate::parameters::headers::header_prefix;
use crate::parameters::map_keys::MapKeys;

/// The parameters of a call.
pub(crate) struct Structured {
    /// The parameters that are set. Scalars are texts, as on the wire.
    pub(crate) input: Map<String, Value>,
    /// The parameters that do not have the form of their type and style.
    pub(crate) misfits: Vec<Misfit>,
}

/// A parameter that cannot be read.
pub(crate) struct Misfit {
    /// The name of the parameter.
    pub(crate) parameter: String,
    /// The part that is wrong, such as `Tag.1`.
    pub(crate) path: String,
}

/// The parts of a request that contain parameters.
pub(crate) struct RequestParts<'w> {
    /// Query and form.
    pub(crate) parameters: &'w BTreeMap<String, String>,
    /// Headers, by the name of the parameter, or by their own name if that of the parameter ends with `*`.
    pub(crate) headers: &'w BTreeMap<String, String>,
    /// The parameters in the path, percent-encoded.
    pub(crate) path: &'w [(String, &'w str)],
    pub(crate) host_label: Option<&'w str>,
    /// A body that is not a form.
    pub(crate) body: Option<&'w [u8]>,
}

/// The maximum nesting of structures. Types can be recursive, so without a limit, a name with very many dots would
/// exhaust the stack.
const DEEPEST: usize = 64;

/// Reads the parameters of an operation. Ignores those that the spec does not contain.
pub(crate) fn structure(operation: &Operation, types: &SharedTypes, wire: &RequestParts<'_>) -> Structured {
    let reading = Reading { operation, types, wire };
    let mut structured = Structured { input: Map::new(), misfits: Vec::new() };
    let mut form = if operation.form_as_json { reading.form_of_json() } else { Ok(Map::new()) };
    for parameter in &operation.parameters {
        let name = &parameter.field.name;
        let read = match parameter.position {
            Position::Header => reading.header(parameter),
            Position::Path => reading.path(name),
            Position::Host => Ok(wire.host_label.map(text)),
            Position::Body => reading.body(parameter),
            Position::Form if operation.form_as_json => match &mut form {
                Ok(members) => reading.fit(&parameter.field.ty, members.remove(name).unwrap_or_default(), name),
                Err(path) => Err(path.clone()),
            },
            Position::Query | Position::Form => reading.flattened(parameter),
        };
        match read {
            Ok(Some(value)) => drop(structured.input.insert(name.clone(), value)),
            Ok(None) => {}
            Err(path) => structured.misfits.push(Misfit { parameter: name.clone(), path }),
        }
    }
    structured
}

/// A value, `None` if it is not set, or the path of the part that is wrong.
type Read = Result<Option<Value>, String>;

struct Reading<'r> {
    operation: &'r Operation,
    types: &'r SharedTypes,
    wire: &'r RequestParts<'r>,
}

impl Reading<'_> {
    fn path(&self, name: &str) -> Read {
        let Some((_, encoded)) = self.wire.path.iter().find(|(known, _)| known == name) else { return Ok(None) };
        let decoded = percent_decode_str(encoded).decode_utf8().map_err(|_| name.to_owned())?;
        Ok(Some(text(&decoded)))
    }

    fn header(&self, parameter: &Parameter) -> Read {
        let name = parameter.field.name.as_str();
        if let Some(prefix) = header_prefix(name) {
            let named = self.wire.headers.iter().filter_map(|(known, value)| {
                let key = known.strip_prefix(prefix.as_str()).filter(|key| !key.is_empty())?;
                Some((key.to_owned(), text(value)))
            });
            let members: Map<String, Value> = named.collect();
            return Ok((!members.is_empty()).then_some(Value::Object(members)));
        }
        let Some(value) = self.wire.headers.get(name) else { return Ok(None) };
        if parameter.field.ty.is_scalar() { Ok(Some(text(value))) } else { self.json(&parameter.field.ty, value, name) }
    }

    fn body(&self, parameter: &Parameter) -> Read {
        let Some(body) = self.wire.body else { return Ok(None) };
        let Field { name, ty, .. } = &parameter.field;
        match ty {
            Type::Binary => Ok(Some(text(&String::from_utf8_lossy(body)))),
            Type::String | Type::Any | Type::Bytes => {
                let body = str::from_utf8(body).map_err(|_| name.clone())?;
                Ok(Some(text(body)))
            }
            _ if body.is_empty() => Ok(None),
            _ => {
                let value = serde_json::from_slice(body).map_err(|_| name.clone())?;
                self.fit(ty, value, name)
            }
        }
    }

    /// Reads a form that is one JSON object.
    fn form_of_json(&self) -> Result<Map<String, Value>, String> {
        let Some(body) = self.wire.body.filter(|body| !body.is_empty()) else { return Ok(Map::new()) };
        serde_json::from_slice(body).map_err(|_| "body".to_owned())
    }

    fn flattened(&self, parameter: &Parameter) -> Read {
        let Field { name, ty, .. } = &parameter.field;
        let whole = self.wire.parameters.get(name).map(String::as_str);
        if ty.is_scalar() {
            return Ok(whole.map(text));
        }
        match parameter.style {
            Style::RepeatList | Style::Flat => {
                let keys = if parameter.style == Style::Flat { MapKeys::Counted } else { MapKeys::Plain };
                self.unflatten(ty, keys, name, &parts_of(self.operation, name, self.wire.parameters), DEEPEST)
            }
            Style::Json => match whole.filter(|json| !json.is_empty()) {
                Some(json) => self.json(ty, json, name),
                None => Ok(None),
            },
            Style::Simple => Ok(whole.and_then(|joined| split(joined, ','))),
            Style::SpaceDelimited => Ok(whole.and_then(|joined| split(joined, ' '))),
            Style::PipeDelimited => Ok(whole.and_then(|joined| split(joined, '|'))),
        }
    }

    fn json(&self, ty: &Type, json: &str, name: &str) -> Read {
        let value = serde_json::from_str(json).map_err(|_| name.to_owned())?;
        self.fit(ty, value, name)
    }

    /// `depth` is the number of levels that are still allowed.
    fn unflatten(&self, ty: &Type, keys: MapKeys, path: &str, parts: &[Part<'_>], depth: usize) -> Read {
        let Some(depth) = depth.checked_sub(1) else { return Err(path.to_owned()) };
        if ty.is_scalar() {
            return Ok(parts.iter().find(|part| part.rest.is_empty()).map(|part| text(part.value)));
        }
        if parts.iter().any(|part| part.rest.is_empty() && !part.value.is_empty()) {
            return Err(path.to_owned());
        }
        let below =
            || parts.iter().filter_map(|part| Some(Part { rest: part.rest.strip_prefix('.')?, value: part.value }));
        match ty {
            Type::Object(_) | Type::Shared(_) => {
                let fields = self.types.members_of(ty).unwrap_or_default();
                let mut of_fields: BTreeMap<usize, Vec<Part<'_>>> = BTreeMap::new();
                for part in below() {
                    // The longest matching name counts, such as `Dns.Server`, not `Dns`.
                    let known = fields.iter().enumerate().filter(|(_, field)| is_at_or_below(part.rest, &field.name));
                    let Some((at, field)) = known.max_by_key(|(_, field)| field.name.len()) else { continue };
                    let rest = part.rest.strip_prefix(field.name.as_str()).unwrap_or_default();
                    of_fields.entry(at).or_default().push(Part { rest, ..part });
                }
                let mut members = Map::new();
                for (at, parts) in of_fields {
                    let Some(field) = fields.get(at) else { continue };
                    if let Some(value) =
                        self.unflatten(&field.ty, keys, &format!("{path}.{}", field.name), &parts, depth)?
                    {
                        members.insert(field.name.clone(), value);
                    }
                }
                Ok((!members.is_empty()).then_some(Value::Object(members)))
            }
            Type::List(item) => {
                let mut items: BTreeMap<u32, Vec<Part<'_>>> = BTreeMap::new();
                for part in below() {
                    let (index, rest) = split_at_dot(part.rest);
                    let index = list_index(index).ok_or_else(|| path.to_owned())?;
                    items.entry(index).or_default().push(Part { rest, ..part });
                }
                let mut values = Vec::new();
                for (index, parts) in items {
                    // Gaps are skipped: otherwise a huge index would use much memory.
                    values.extend(self.unflatten(item, keys, &format!("{path}.{index}"), &parts, depth)?);
                }
                Ok((!values.is_empty()).then_some(Value::Array(values)))
            }
            Type::Map(item) => {
                let mut entries: BTreeMap<&str, Vec<Part<'_>>> = BTreeMap::new();
                for part in below() {
                    let (key, rest) = match keys {
                        MapKeys::Counted => counted_key(part.rest).ok_or_else(|| path.to_owned())?,
                        MapKeys::Plain if item.is_scalar() => (part.rest, ""),
                        MapKeys::Plain => split_at_dot(part.rest),
                    };
                    entries.entry(key).or_default().push(Part { rest, ..part });
                }
                let mut members = Map::new();
                for (key, parts) in entries {
                    if let Some(value) = self.unflatten(item, keys, &format!("{path}.{key}"), &parts, depth)? {
                        members.insert(key.to_owned(), value);
                    }
                }
                Ok((!members.is_empty()).then_some(Value::Object(members)))
            }
            _ => Ok(None),
        }
    }

    /// Reads JSON: scalars become texts, and members that the spec does not contain are ignored.
    fn fit(&self, ty: &Type, value: Value, path: &str) -> Read {
        let fitted = match (ty, value) {
            (_, Value::Null) => return Ok(None),
            (Type::Any, any) => any,
            (Type::Object(_) | Type::Shared(_), Value::Object(mut given)) => {
                let mut members = Map::new();
                for field in self.types.members_of(ty).unwrap_or_default() {
                    let Some(value) = given.remove(&field.name) else { continue };
                    if let Some(value) = self.fit(&field.ty, value, &format!("{path}.{}", field.name))? {
                        members.insert(field.name.clone(), value);
                    }
                }
                Value::Object(members)
            }
            (Type::List(item), Value::Array(given)) => {
                let mut values = Vec::new();
                for (at, value) in given.into_iter().enumerate() {
                    values.extend(self.fit(item, value, &format!("{path}.{}", at + 1))?);
                }
                Value::Array(values)
            }
            (Type::Map(item), Value::Object(given)) => {
                let mut members = Map::new();
                for (key, value) in given {
                    if let Some(value) = self.fit(item, value, &format!("{path}.{key}"))? {
                        members.insert(key, value);
                    }
                }
                Value::Object(members)
            }
            (ty, Value::String(text)) if ty.is_scalar() => Value::String(text),
            (ty, scalar @ (Value::Bool(_) | Value::Number(_))) if ty.is_scalar() => Value::String(scalar.to_string()),
            _ => return Err(path.to_owned()),
        };
        Ok(Some(fitted))
    }
}

fn text(value: &str) -> Value {
    Value::String(value.to_owned())
}

fn split(joined: &str, separator: char) -> Option<Value> {
    (!joined.is_empty()).then(|| Value::Array(joined.split(separator).map(text).collect()))
}

/// A wire parameter that is a part of a structure. `rest` follows the name of the structure: it is empty, or starts
/// with `.`.
#[derive(Clone, Copy)]
struct Part<'w> {
    rest: &'w str,
    value: &'w str,
}

fn parts_of<'w>(operation: &Operation, name: &str, wire: &'w BTreeMap<String, String>) -> Vec<Part<'w>> {
    let below = format!("{name}.");
    // Names can contain dots: a part of `Dns.Server` is not a part of `Dns`.
    let others: Vec<&str> = operation
        .parameters
        .iter()
        .map(|parameter| parameter.field.name.as_str())
        .filter(|other| other.starts_with(&below))
        .collect();
    let own = wire.get(name).map(|value| Part { rest: "", value });
    let nested = wire
        .range::<str, _>((Bound::Included(below.as_str()), Bound::Unbounded))
        .take_while(|(key, _)| key.starts_with(&below))
        .filter(|(key, _)| !others.iter().any(|other| is_at_or_below(key, other)))
        .filter_map(|(key, value)| Some(Part { rest: key.strip_prefix(name)?, value }));
    own.into_iter().chain(nested).collect()
}

fn is_at_or_below(key: &str, name: &str) -> bool {
    key.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn split_at_dot(text: &str) -> (&str, &str) {
    text.split_at(text.find('.').unwrap_or(text.len()))
}

/// Reads the index of a list item: a decimal number from 1, without leading zeros.
fn list_index(digits: &str) -> Option<u32> {
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0');
    if plain { digits.parse().ok() } else { None }
}

/// Splits `#<length>#<key>` from what follows it. Official clients count the length in bytes, characters or UTF-16
/// units. The first of these that ends at the end of the text or before a dot is used.
fn counted_key(text: &str) -> Option<(&str, &str)> {
    let (digits, rest) = text.strip_prefix('#')?.split_once('#')?;
    let length: usize = digits.parse().ok()?;
    let weights: [fn(char) -> usize; 3] = [char::len_utf8, |_| 1, char::len_utf16];
    weights
        .into_iter()
        .filter_map(|weight| Some(rest.split_at(end_of(rest, length, weight)?)))
        .find(|(_, rest)| rest.is_empty() || rest.starts_with('.'))
}

/// Returns the byte at which the sum of weights is exactly `length`.
fn end_of(text: &str, length: usize, weight: fn(char) -> usize) -> Option<usize> {
    let mut sum = 0;
    for (at, one) in text.char_indices() {
        if sum >= length {
            return (sum == length).then_some(at);
        }
        sum += weight(one);
    }
    (sum == length).then_some(text.len())
}
