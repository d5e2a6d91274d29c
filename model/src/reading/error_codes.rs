//! Lists of error codes: `retry`.

use crate::diagnostics::diagnostic::Code;
use crate::reading::problem::Problem;
use crate::reading::reader::{FileReader, Mapping};

/// Reads `retry`: the error codes that mean that the service has not acted, so that the call can be retried.
pub(crate) fn read_codes(reader: &FileReader<'_>, map: &mut Mapping<'_>) -> Vec<String> {
    let mut codes: Vec<String> = Vec::new();
    for node in map.list(reader, "retry", "error codes") {
        let Some(code) = reader.text(node, "an error code") else { continue };
        if code.is_empty() || codes.iter().any(|known| known == code) {
            let message = format!("the code `{code}` is empty or appears twice");
            reader.report(Problem::new(node.id, Code::DuplicateName, message));
        } else {
            codes.push(code.to_owned());
        }
    }
    codes
}
