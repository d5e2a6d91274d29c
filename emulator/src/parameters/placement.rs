//! Places parameters in the query, form, body, path, headers and host of a request.

use alicloud_model::{Field, Operation, Parameter, Position, SharedTypes, Style, Type};
use hyper::header::{HeaderMap, HeaderName, HeaderValue};
use serde_json::{Map, Value};

use crate::parameters::headers::header_prefix;
use crate::parameters::map_keys::MapKeys;
use crate::signature::encoding::encoded;

/// The parts of a request that contain parameters.
pub(crate) struct Placed {
    pub(crate) query: Vec<(String, String)>,
    pub(crate) form: Vec<(String, String)>,
    pub(crate) headers: HeaderMap,
    /// Percent-encoded.
    pub(crate) path: String,
    pub(crate) host_label: Option<String>,
    /// A body that is not a form, with its content type.
    pub(crate) body: Option<(HeaderValue, Vec<u8>)>,
}

/// Places the parameters of an operation. Only checks that they are known and can be written; the gateway checks the
/// values.
pub(crate) fn place(
    operation: &Operation,
    types: &SharedTypes,
    parameters: &Map<String, Value>,
) -> Result<Placed, String> {
    if let Some(unknown) = parameters.keys().find(|name| operation.parameter(name).is_none()) {
        return Err(format!("`{}` has no parameter `{unknown}`", operation.name));
    }
    let mut out = Placed {
        query: Vec::new(),
        form: Vec::new(),
        headers: HeaderMap::new(),
        path: operation.path.clone(),
        host_label: None,
        body: None,
    };
    let mut form_members = Map::new();
    for parameter in &operation.parameters {
        let Field { name, ty, .. } = &parameter.field;
        let value = match parameters.get(name) {
            None | Some(Value::Null) if parameter.position == Position::Path => {
                return Err(format!("`{name}` is part of the path and must be set"));
            }
            None | Some(Value::Null) => continue,
            Some(value) => value,
        };
        match parameter.position {
            Position::Query => flat(types, parameter, value, &mut out.query),
            Position::Form if operation.form_as_json => drop(form_members.insert(name.clone(), value.clone())),
            Position::Form => flat(types, parameter, value, &mut out.form),
            Position::Body => {
                let json = HeaderValue::from_static("application/json; charset=utf-8");
                let bytes = HeaderValue::from_static("application/octet-stream");
                let kind = if *ty == Type::Binary { bytes } else { json };
                out.body = Some((kind, text(value).into_bytes()));
            }
            Position::Path => {
                let value = Some(text(value)).filter(|text| !text.is_empty());
                let value = value.ok_or_else(|| format!("`{name}` is part of the path and cannot be empty"))?;
                let segments: Vec<String> = value.split('/').map(|segment| encoded(segment).to_string()).collect();
                out.path = out.path.replace(&format!("{{{name}}}"), &encoded(&value).to_string());
                out.path = out.path.replace(&format!("{{{name}*}}"), &segments.join("/"));
            }
            Position::Header => put_header(types, parameter, value, &mut out.headers)?,
            Position::Host => {
                let label = text(value);
                let is_label = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
                if label.is_empty() || !label.bytes().all(is_label) {
                    return Err(format!("`{name}` is part of the host; `{label}` is not a valid host label"));
                }
                out.host_label = Some(label.to_ascii_lowercase());
            }
        }
    }
    if !form_members.is_empty() {
        let json = HeaderValue::from_static("application/json; charset=utf-8");
        out.body = Some((json, Value::Object(form_members).to_string().into_bytes()));
    }
    Ok(out)
}

fn flat(types: &SharedTypes, parameter: &Parameter, value: &Value, to: &mut Vec<(String, String)>) {
    let Field { name, ty, .. } = &parameter.field;
    if ty.is_scalar() {
        return to.push((name.clone(), text(value)));
    }
    let separator = match parameter.style {
        Style::RepeatList => return flatten(types, ty, MapKeys::Plain, name, value, to),
        Style::Flat => return flatten(types, ty, MapKeys::Counted, name, value, to),
        Style::Json if is_empty(value) => return,
        Style::Json => return to.push((name.clone(), value.to_string())),
        Style::Simple => ",",
        Style::SpaceDelimited => " ",
        Style::PipeDelimited => "|",
    };
    let items: Vec<String> = value.as_array().into_iter().flatten().map(text).collect();
    if !items.is_empty() {
        to.push((name.clone(), items.join(separator)));
    }
}

fn is_empty(value: &Value) -> bool {
    value.as_array().is_some_and(Vec::is_empty) || value.as_object().is_some_and(Map::is_empty)
}

fn flatten(types: &SharedTypes, ty: &Type, keys: MapKeys, name: &str, value: &Value, to: &mut Vec<(String, String)>) {
    match (ty, value) {
        (_, Value::Null) => {}
        (Type::List(item), Value::Array(values)) => {
            for (at, value) in values.iter().enumerate() {
                flatten(types, item, keys, &format!("{name}.{}", at + 1), value, to);
            }
        }
        (Type::Map(item), Value::Object(entries)) => {
            for (key, value) in entries {
                let name = match keys {
                    MapKeys::Plain => format!("{name}.{key}"),
                    MapKeys::Counted => format!("{name}.#{}#{key}", key.len()),
                };
                flatten(types, item, keys, &name, value, to);
            }
        }
        (Type::Object(_) | Type::Shared(_), Value::Object(members)) => {
            let known = types.members_of(ty).unwrap_or_default();
            for (member, value) in members {
                let ty = known.iter().find(|field| &field.name == member).map_or(&Type::Any, |field| &field.ty);
                flatten(types, ty, keys, &format!("{name}.{member}"), value, to);
            }
        }
        (_, value) => to.push((name.to_owned(), text(value))),
    }
}

fn put_header(
    types: &SharedTypes,
    parameter: &Parameter,
    value: &Value,
    headers: &mut HeaderMap,
) -> Result<(), String> {
    let name = &parameter.field.name;
    let named = match (header_prefix(name), value) {
        (Some(prefix), Value::Object(entries)) => {
            entries.iter().map(|(key, value)| (format!("{prefix}{key}"), text(value))).collect()
        }
        _ => {
            let mut named = Vec::new();
            flat(types, parameter, value, &mut named);
            named
        }
    };
    for (name, value) in named {
        let header = HeaderName::from_bytes(name.as_bytes()).ok().zip(HeaderValue::from_str(&value).ok());
        let (name, value) = header.ok_or_else(|| format!("`{name}: {value}` is not a valid header"))?;
        headers.insert(name, value);
    }
    Ok(())
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
