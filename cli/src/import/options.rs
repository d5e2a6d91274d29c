//! The options of an import.

/// The options of an import.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The operations to import; all if empty.
    pub operations: Vec<String>,
    /// Whether the values of the document replace manual changes.
    pub prefer_document: bool,
}
