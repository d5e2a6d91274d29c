//! The error messages for values that cannot be decoded.

/// The maximum length of a value in an error, in characters.
const MAX_SHOWN_CHARACTERS: usize = 60;

/// A value, for an error. A part of a long value is not shown: if it were part of a secret, redaction would not
/// recognize it.
#[cold]
pub(super) fn shown(value: &str) -> String {
    match value.chars().count() {
        long if long > MAX_SHOWN_CHARACTERS => format!("a value of {long} characters"),
        _ => format!("`{value}`"),
    }
}

#[cold]
pub(super) fn mismatch(name: &str, expected: &str, found: &str) -> String {
    match name {
        "" => format!("it should be {expected}, but is {found}"),
        _ => format!("`{name}` should be {expected}, but is {found}"),
    }
}

/// The same, for a sensitive field.
#[cold]
pub(super) fn hidden_mismatch(name: &str) -> String {
    format!("`{name}` cannot be decoded; its value is not shown because it is sensitive")
}
