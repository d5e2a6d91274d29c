//! The texts of what is wrong with a value.

/// The longest value that an error shows.
const MOST_SHOWN: usize = 60;

/// A value, for an error. A long one is not shown in part: it may be a secret, which could then not be recognised and hidden.
#[cold]
pub(super) fn shown(value: &str) -> String {
    match value.chars().count() {
        long if long > MOST_SHOWN => format!("a value of {long} characters"),
        _ => format!("`{value}`"),
    }
}

#[cold]
pub(super) fn misfit(name: &str, expected: &str, found: &str) -> String {
    match name {
        "" => format!("it should be {expected}, and is {found}"),
        _ => format!("`{name}` should be {expected}, and is {found}"),
    }
}

/// The same for a field that is sensitive.
#[cold]
pub(super) fn hidden_misfit(name: &str) -> String {
    format!("`{name}` cannot be read, and is not shown because it is sensitive")
}
