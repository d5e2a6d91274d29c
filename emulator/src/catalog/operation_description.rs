//! The description of an operation for the admin API, with what the page needs to show and call it.

use std::collections::BTreeMap;

use alicloud_model::{Bounds, Field, LengthUnit, Parameter, Range, Rule, Sample, SharedTypes, Type};
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
        "any_of": operation.rules.iter().filter_map(any_of).collect::<Vec<_>>(),
        "types": shared_types(operation.parameters.iter().map(|parameter| &parameter.field), &service.types, SharedTypes::members_of),
        "response": operation.response.iter().map(field).collect::<Vec<_>>(),
        "response_types": shared_types(operation.response.iter(), &service.types, SharedTypes::fields_of),
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
        "required": field.required,
        "limits": limits(field),
        "sensitive": field.sensitive,
        "fields": members(&field.ty),
    })
}

/// Returns the groups of parameters of which one must be complete.
fn any_of(rule: &Rule) -> Option<&[Vec<String>]> {
    match rule {
        Rule::AnyOf(groups) => Some(groups),
        _ => None,
    }
}

/// Returns the documented limits in words.
fn limits(field: &Field) -> Vec<String> {
    let limits = &field.limits;
    let range = limits.range.and_then(|range| match range {
        Range::Integer { min, max } => between(min, max, ""),
        Range::Float { min, max } => between(min, max, ""),
    });
    let length = limits.length.and_then(|length| {
        let unit = match length.unit {
            LengthUnit::Bytes => " bytes",
            LengthUnit::Characters => " characters",
        };
        let Bounds { min, max } = length.bounds;
        between(min, max, unit)
    });
    let count = limits.count.and_then(|Bounds { min, max }| between(min, max, " items"));
    let pattern = limits.pattern.as_ref().map(|pattern| format!("matches `{pattern}`"));
    [range, length, count, pattern].into_iter().flatten().collect()
}

fn between<N: ToString>(min: Option<N>, max: Option<N>, unit: &str) -> Option<String> {
    match (min.map(|min| min.to_string()), max.map(|max| max.to_string())) {
        (Some(min), Some(max)) if min == max => Some(format!("exactly {min}{unit}")),
        (Some(min), Some(max)) => Some(format!("{min} to {max}{unit}")),
        (Some(min), None) => Some(format!("at least {min}{unit}")),
        (None, Some(max)) => Some(format!("at most {max}{unit}")),
        (None, None) => None,
    }
}

/// Returns the shared types that fields use, with their members. They can be recursive.
fn shared_types<'t>(
    fields: impl Iterator<Item = &'t Field>,
    types: &'t SharedTypes,
    members_of: fn(&'t SharedTypes, &'t Type) -> Option<&'t [Field]>,
) -> BTreeMap<&'t str, Vec<Value>> {
    let mut found = BTreeMap::new();
    let mut next: Vec<&Type> = fields.map(|field| &field.ty).collect();
    while let Some(mut ty) = next.pop() {
        while let Type::List(item) | Type::Map(item) = ty {
            ty = item;
        }
        let Some(members) = members_of(types, ty) else { continue };
        if let Type::Shared(name) = ty
            && found.insert(name.name.as_str(), members.iter().map(field).collect()).is_some()
        {
            continue;
        }
        next.extend(members.iter().map(|member| &member.ty));
    }
    found
}

/// Returns the members of an object, or of the objects in a list or map. Those of shared types are in `types`.
fn members(ty: &Type) -> Option<Vec<Value>> {
    match ty {
        Type::Object(object) => Some(object.fields.iter().map(field).collect()),
        Type::List(item) | Type::Map(item) => members(item),
        _ => None,
    }
}
