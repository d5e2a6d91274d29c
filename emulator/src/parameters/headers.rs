//! Parameters in headers.

use std::collections::BTreeMap;

use alicloud_model::{Operation, Position};
use hyper::header::{HeaderMap, HeaderValue};

/// Returns the prefix of the headers of a parameter whose name ends with `*`.
pub(crate) fn header_prefix(name: &str) -> Option<String> {
    name.strip_suffix('*').map(str::to_ascii_lowercase)
}

/// Returns the parameters in headers. Invalid UTF-8 becomes replacement characters, so that no signature matches.
pub(crate) fn header_parameters(operation: &Operation, headers: &HeaderMap) -> BTreeMap<String, String> {
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let mut found = BTreeMap::new();
    for parameter in operation.parameters.iter().filter(|parameter| parameter.position == Position::Header) {
        let name = &parameter.field.name;
        if let Some(prefix) = header_prefix(name) {
            let several = headers.iter().filter(|(known, _)| known.as_str().starts_with(&prefix));
            found.extend(several.map(|(known, value)| (known.as_str().to_owned(), text(value))));
        } else if let Some(value) = headers.get(name) {
            found.insert(name.clone(), text(value));
        }
    }
    found
}
