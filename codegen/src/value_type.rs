//! The Rust types of values.

use alicloud_model::Type;

use crate::shared_types;

/// Returns the owned type of a value in a response.
pub(crate) fn response_type(ty: &Type) -> String {
    value_type(ty, response_type).unwrap_or_else(|| match ty {
        Type::Shared(shared) => format!("super::{}", shared.rust_name),
        _ => "__rt::String".to_owned(),
    })
}

/// Like [`response_type`], for an object that may be in another module.
pub(crate) fn response_type_elsewhere(ty: &Type) -> String {
    match ty {
        Type::Object(object) => format!("super::{}", object.rust_name),
        _ => value_type(ty, response_type_elsewhere).unwrap_or_else(|| response_type(ty)),
    }
}

/// Returns the owned type of a value in a request.
pub(crate) fn request_type(ty: &Type) -> String {
    value_type(ty, request_type).unwrap_or_else(|| match ty {
        Type::Shared(shared) => format!("super::{}", shared_types::input_name(shared)),
        Type::Any => "__rt::Json".to_owned(),
        _ => "__rt::String".to_owned(),
    })
}

/// Returns the types that requests and responses share.
fn value_type(ty: &Type, inner: fn(&Type) -> String) -> Option<String> {
    let plain = match ty {
        Type::Integer => "i32",
        Type::Long => "i64",
        Type::Float | Type::Double => "f64",
        Type::Boolean => "bool",
        Type::Bytes | Type::Binary => "__rt::Binary",
        Type::Object(object) => &object.rust_name,
        Type::List(item) => return Some(format!("__rt::Vec<{}>", inner(item))),
        Type::Map(item) => return Some(format!("__rt::BTreeMap<__rt::String, {}>", inner(item))),
        _ => return None,
    };
    Some(plain.to_owned())
}
