//! Tests for the examples of specs: each builds a typed request and passes it to a function of the caller.

use alicloud_model::{Operation, Sample, Service};

use crate::literal::literal;
use crate::sample_code::SampleCode;

const ALLOWED: &str = "#[allow(deprecated, reason = \"the operation is deprecated\")]";

/// Generates one `#[test]` for each example. It calls `check(request, module, operation, index)`. `krate` is the path
/// of the generated code.
pub fn example_tests(service: &Service, krate: &str, check: &str) -> String {
    let module = &service.module;
    let samples = SampleCode { path: format!("{krate}::{module}::"), types: &service.types };
    let tests = service.operations.iter().flat_map(|operation| {
        let method = operation.method_name.trim_start_matches("r#");
        let samples = &samples;
        let allowed = if operation.deprecated.is_some() { ALLOWED } else { "" };
        operation.examples.iter().enumerate().map(move |(index, example)| {
            let request = samples.request(operation, &example.request, "", |_| None);
            let [module_name, name] = [module, &operation.name].map(literal);
            format!(
                "#[test] {allowed} fn {module}_{method}_example_{}() {{ {check}({request}, {module_name}, {name}, {index}) }}\n",
                index + 1
            )
        })
    });
    tests.collect()
}

/// Generates the statements that call an operation with these values. The values must match the types and include all
/// required parameters. `config` and the product's module must be in scope; the statements bind `response`.
pub fn call_statements(service: &Service, operation: &Operation, values: &[(String, Sample)]) -> String {
    let module = &service.module;
    let samples = SampleCode { path: format!("{module}::"), types: &service.types };
    let request = samples.request(operation, values, "", |_| None);
    let method = &operation.method_name;
    format!(
        "let client = {module}::Client::new(&config)?;
        let request = {request};
        let response = client.{method}(&request).await?;"
    )
}
