//! The description of an operation for the admin API, with what the page needs to show and call it.

use alicloud_model::{Field, Parameter, Sample, Type};
use serde_json::{Value, json};

use crate::catalog::served_operation::ServedOperation;

/// Describes an operation, with its parameters, response fields, errors and sample requests. Undocumented members are
/// null.
pub(crate) fn describe(served: &ServedOperation) -> Value {
    let (service, operation) = (&served.service, &served.operation);
    json!({
        "product": service.product,
        "version": service.version,
        "operation": operation.name,
        "summary": operation.summary,
        "doc": operation.doc,
        "api_style": operation.style.as_str(),
        "methods": operation.method_names(),
        "path": operation.path,
        "qps": operation.flow.as_ref().map(|flow| flow.qps),
        "deprecated": operation.deprecated.is_some(),
        "parameters": operation.parameters.iter().map(parameter).collect::<Vec<_>>(),
        "response": operation.response.iter().map(field).collect::<Vec<_>>(),
        "errors": served.rows().map(|row| json!({
            "status": row.status, "code": row.code, "message": row.message, "doc": row.doc,
        })).collect::<Vec<_>>(),
        "examples": operation.examples.iter().map(|example| {
            example.request.iter().map(|(name, value)| (name.clone(), sample(value))).collect::<Value>()
        }).collect::<Vec<_>>(),
    })
}

/// Returns a value of a sample request. Scalars are texts.
fn sample(value: &Sample) -> Value {
    match value {
        Sample::Text(text) => text.as_str().into(),
        Sample::List(items) => items.iter().map(sample).collect(),
        Sample::Object(members) => members.iter().map(|(name, value)| (name.clone(), sample(value))).collect(),
    }
}

fn parameter(parameter: &Parameter) -> Value {
    let mut described = field(&parameter.field);
    if let Some(members) = described.as_object_mut() {
        members.insert("required".to_owned(), parameter.field.required.into());
        members.insert("in".to_owned(), parameter.position.as_str().into());
    }
    described
}

fn field(field: &Field) -> Value {
    json!({
        "name": field.name,
        "type": field.ty.spelling(),
        "doc": field.description(),
        "example": field.example,
        "values": field.values,
        "default": field.default,
        "sensitive": field.sensitive,
        "fields": members(&field.ty),
    })
}

/// Returns the members of an object, or of the objects in a list or map. Members of shared types are omitted, because
/// these can be recursive.
fn members(ty: &Type) -> Option<Vec<Value>> {
    match ty {
        Type::Object(object) => Some(object.fields.iter().map(field).collect()),
        Type::List(item) | Type::Map(item) => members(item),
        _ => None,
    }
}
