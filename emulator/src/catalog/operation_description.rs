//! Operations as the admin API describes them: what a page or a script needs to show and to call them.

use alicloud_model::{Field, Parameter, Sample, Type};
use serde_json::{Value, json};

use crate::catalog::served_operation::ServedOperation;

/// The operation with its parameters, the fields of its answer, its errors and its sample requests. What is not documented is null.
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

/// A value of a sample request; scalars are texts.
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
        "doc": field.doc,
        "example": field.example,
        "values": field.values,
        "default": field.default,
        "sensitive": field.sensitive,
        "fields": members(&field.ty),
    })
}

/// The members of an object, or of the objects in a list or map. Those of shared types are left out: they may hold
/// themselves.
fn members(ty: &Type) -> Option<Vec<Value>> {
    match ty {
        Type::Object(object) => Some(object.fields.iter().map(field).collect()),
        Type::List(item) | Type::Map(item) => members(item),
        _ => None,
    }
}
