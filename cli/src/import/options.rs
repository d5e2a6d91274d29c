//! What to import.

/// What to import.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Only these operations, where there are any.
    pub operations: Vec<String>,
    /// Whether the document's values replace those that a person has changed.
    pub prefer_document: bool,
}
