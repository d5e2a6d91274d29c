//! The Rust that makes the same call as an order.

use alicloud_model::{Field, Operation, Position, Sample, SampleReading, Service};
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
        let Some(sample) = sample else { continue };
        if sample.depth() > DEEPEST {
            reading.problem(name, format!("goes deeper than the {DEEPEST} levels for which Rust is written here"));
        }
        values.push((name.clone(), sample));
    }
    reading.finish(values)
}
