//! Generates the Rust code for a call.

use alicloud_model::{Field, Operation, Position, Sample, SampleReading, Service};
use serde_json::{Map, Value};

/// The deepest nesting of values. Types can be recursive, and formatting uses stack for each level.
const DEEPEST: usize = 32;

/// Returns the statements of a call, with the types that are generated from the spec; or all problems, each with its
/// location.
pub(crate) fn rust_code(
    service: &Service,
    operation: &Operation,
    parameters: &Map<String, Value>,
) -> Result<String, Vec<String>> {
    let values = values(service, operation, parameters)?;
    let call = alicloud_codegen::call_statements(service, operation, &values);
    let bug =
        |error| vec![format!("the generated code is not valid Rust: {error}; this is a bug in the code generator")];
    // Only whole files can be formatted.
    let file = syn::parse_str(&format!("fn call() {{ {call} }}")).map_err(bug)?;
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
            // A body is sent unchanged.
            Some(Value::String(text)) if parameter.position == Position::Body => reading.text(ty, text, name),
            Some(json) => reading.json(ty, json, name),
        };
        let Some(sample) = sample else { continue };
        if sample.depth() > DEEPEST {
            reading.problem(name, format!("is nested deeper than {DEEPEST} levels, the limit for generated Rust code"));
        }
        values.push((name.clone(), sample));
    }
    reading.finish(values)
}
