//! The edit before a measured incremental check: it adds a parameter to an operation.

/// Returns the spec with one more parameter in each round.
pub fn edited_spec(spec: &str, round: usize) -> String {
    let parameter = format!("parameters:\n  - name: Bench{round}\n    type: String\n");
    spec.replacen("parameters:\n", &parameter, 1)
}

/// Returns the OpenAPI document with the same parameter in its first operation.
pub fn edited_document(document: &str, round: usize) -> String {
    let parameter = format!(
        "\"parameters\": [{{\"name\": \"Bench{round}\", \"in\": \"query\", \"schema\": {{\"type\": \"string\"}}}},"
    );
    document.replacen("\"parameters\": [", &parameter, 1)
}
