//! The edit after which an incremental check is measured: an operation gets another parameter.

/// The spec with another parameter, each round with one more.
pub fn edited_spec(spec: &str, round: usize) -> String {
    let parameter = format!("parameters:\n  - name: Bench{round}\n    type: String\n");
    spec.replacen("parameters:\n", &parameter, 1)
}

/// The OpenAPI document with the same parameter, in its first operation.
pub fn edited_document(document: &str, round: usize) -> String {
    let parameter = format!(
        "\"parameters\": [{{\"name\": \"Bench{round}\", \"in\": \"query\", \"schema\": {{\"type\": \"string\"}}}},"
    );
    document.replacen("\"parameters\": [", &parameter, 1)
}
