//! The Rust that makes the same call as an order.

use alicloud_model::{Field, Operation, Position, Sample, SampleReading, Service, SharedTypes, Type};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use quote::quote;
use serde_json::{Map, Value};

/// Deeper than any real call nests its structures. Types may hold themselves, and formatting takes stack for each level.
const DEEPEST: usize = 32;

/// The statements, with the types that the specs become; or all that is in the way, each with the place it is about.
pub(crate) fn rust_code(
    service: &Service,
    operation: &Operation,
    parameters: &Map<String, Value>,
) -> Result<String, Vec<String>> {
    let values = values(service, operation, parameters)?;
    let call = alicloud_codegen::call_statements(service, operation, &values);
    let fault = |error| vec![format!("the code is no Rust: {error}; this is a fault in the generator")];
    // Only whole files can be formatted.
    let file = syn::parse2(quote!(fn call() { #call })).map_err(fault)?;
    let function = prettyplease::unparse(&file);
    Ok(function.lines().filter_map(|line| line.strip_prefix("    ")).map(|line| format!("{line}\n")).collect())
}

fn values(
    service: &Service,
    operation: &Operation,
    parameters: &Map<String, Value>,
) -> Result<Vec<(String, Sample)>, Vec<String>> {
    let mut reading = SampleReading::new(&service.types);
    let mut values = Vec::new();
    for parameter in &operation.parameters {
        let Field { name, ty, required, .. } = &parameter.field;
        reading.begin(operation, parameter);
        let sample = match parameters.get(name) {
            None | Some(Value::Null) => {
                if *required {
                    reading.problem(name, "is required");
                }
                continue;
            }
            // A body is sent as it is given.
            Some(Value::String(text)) if parameter.position == Position::Body => reading.text(ty, text, name),
            Some(json) => reading.json(ty, json, name),
        };
        let Some(mut sample) = sample else { continue };
        if sample.depth() > DEEPEST {
            reading.problem(name, format!("goes deeper than the {DEEPEST} levels for which Rust is written here"));
        }
        decode(&service.types, ty, &mut sample, name, &mut reading);
        values.push((name.clone(), sample));
    }
    reading.finish(values)
}

/// Bytes are in an order as they are on the wire, in Base64, and in a sample as what they are.
fn decode(types: &SharedTypes, ty: &Type, sample: &mut Sample, path: &str, reading: &mut SampleReading<'_>) {
    match (ty, sample) {
        (Type::Bytes, Sample::Text(text)) => match STANDARD.decode(text.as_bytes()).map(String::from_utf8) {
            Ok(Ok(bytes)) => *text = bytes,
            Ok(Err(_)) => {
                reading.problem(path, "is Base64 of bytes that are no text, for which no Rust is written here")
            }
            Err(_) => reading.problem(path, "is of type Bytes: Base64 was expected"),
        },
        (Type::List(item), Sample::List(items)) => {
            for (at, sample) in items.iter_mut().enumerate() {
                decode(types, item, sample, &format!("{path}.{}", at + 1), reading);
            }
        }
        (Type::Map(item), Sample::Object(entries)) => {
            for (key, sample) in entries {
                decode(types, item, sample, &format!("{path}.{key}"), reading);
            }
        }
        (_, Sample::Object(members)) => {
            let fields = types.members_of(ty).unwrap_or_default();
            for (name, sample) in members {
                if let Some(field) = fields.iter().find(|field| field.name == *name) {
                    decode(types, &field.ty, sample, &format!("{path}.{name}"), reading);
                }
            }
        }
        _ => {}
    }
}
