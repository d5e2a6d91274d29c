//! Creates the body of a successful response if the spec has no example.

use alicloud_model::{Field, Operation, Outcome, OutcomeField, Service, SharedName, SharedTypes, Type};
use serde_json::{Map, Value};

use crate::wire::json_path::{put, take};
use crate::wire::xml::scalar_value;

/// Creates a body from the examples of its fields. A field without an example gets the simplest value.
pub(crate) fn synthesize(operation: &Operation, service: &Service, request_id: &str) -> Map<String, Value> {
    let mut body = Synthesis::new(&service.types).members(&operation.response);
    for field in operation.response.iter().filter(|field| is_request_id(&field.name) && field.example.is_none()) {
        body.insert(field.name.clone(), Value::String(request_id.to_owned()));
    }
    if let Some(outcome) = &operation.outcome {
        report_success(outcome, &mut body);
    }
    body
}

/// Sets the success field, and a code that means success; removes any other code, and the message.
fn report_success(outcome: &Outcome, body: &mut Map<String, Value>) {
    for (field, without_values) in [(&outcome.success, Some("true")), (&outcome.code, None)] {
        let Some(OutcomeField { path, values, .. }) = field else { continue };
        let old = take(body, path);
        let Some(word) = values.first().map(String::as_str).or(without_values) else { continue };
        let new = match old {
            Some(Value::Bool(_)) => Value::Bool(true),
            Some(Value::Number(_)) => word.parse().map_or(Value::from(1), Value::Number),
            _ => Value::String(word.to_owned()),
        };
        put(body, path, new);
    }
    if let Some(message) = &outcome.message {
        drop(take(body, message));
    }
}

/// Whether this field is the request ID. Products spell it differently.
pub(crate) fn is_request_id(name: &str) -> bool {
    name.eq_ignore_ascii_case("RequestId")
}

/// Creates a whole body of this type.
pub(crate) fn synthesize_body(ty: &Type, service: &Service) -> Value {
    Synthesis::new(&service.types).value(ty, None).unwrap_or_default()
}

/// Creates the value of a header.
pub(crate) fn synthesize_header(field: &Field) -> String {
    match value(&field.ty, field.example.as_deref()) {
        Value::String(text) => text,
        other => other.to_string(),
    }
}

/// The maximum nesting of shared types.
const DEEPEST: usize = 16;

/// The maximum number of objects of shared types. Without it, types that contain each other could fill the memory.
const MOST_SHARED: usize = 1000;

struct Synthesis<'t> {
    types: &'t SharedTypes,
    /// The shared types around the current value.
    open: Vec<&'t SharedName>,
    shared_left: usize,
}

impl<'t> Synthesis<'t> {
    fn new(types: &'t SharedTypes) -> Self {
        Self { types, open: Vec::new(), shared_left: MOST_SHARED }
    }

    fn members(&mut self, fields: &'t [Field]) -> Map<String, Value> {
        let member = |field: &'t Field| Some((field.name.clone(), self.value(&field.ty, field.example.as_deref())?));
        fields.iter().filter_map(member).collect()
    }

    /// Returns `None` for a recursive type.
    fn value(&mut self, ty: &'t Type, example: Option<&str>) -> Option<Value> {
        Some(match ty {
            Type::Object(object) => Value::Object(self.members(&object.fields)),
            Type::Shared(name) => {
                if self.open.contains(&name) || self.open.len() == DEEPEST {
                    return None;
                }
                self.shared_left = self.shared_left.checked_sub(1)?;
                self.open.push(name);
                let members = self.members(self.types.fields_of(ty).unwrap_or_default());
                self.open.pop();
                Value::Object(members)
            }
            Type::List(item) => match parsed(example) {
                Some(list @ Value::Array(_)) if item.is_scalar() => list,
                // The example of a list is often the example of an item, or prose.
                _ => Value::Array(self.value(item, example).into_iter().collect()),
            },
            Type::Map(item) => match parsed(example) {
                Some(map @ Value::Object(_)) if item.is_scalar() => map,
                _ => Value::Object(self.value(item, None).map(|value| ("key".to_owned(), value)).into_iter().collect()),
            },
            scalar => value(scalar, example),
        })
    }
}

/// Creates a scalar value.
fn value(ty: &Type, example: Option<&str>) -> Value {
    match ty {
        Type::Any => parsed(example).unwrap_or_else(|| Value::String(example.unwrap_or_default().to_owned())),
        Type::String => Value::String(example.unwrap_or_default().to_owned()),
        scalar => match example.map(|example| scalar_value(example, scalar)) {
            Some(value) if !value.is_string() => value,
            _ => simplest(scalar),
        },
    }
}

fn parsed(example: Option<&str>) -> Option<Value> {
    serde_json::from_str(example?).ok()
}

fn simplest(ty: &Type) -> Value {
    match ty {
        Type::Integer | Type::Long => Value::from(0),
        Type::Float | Type::Double => Value::from(0.0),
        Type::Boolean => Value::Bool(false),
        _ => Value::String(String::new()),
    }
}
