//! Pieces of code: texts of specs as literals, and lists. Only names go into the code in another way: the model has made
//! identifiers of them.

/// A text as a literal, which nothing in the text ends.
pub(crate) fn literal(text: impl AsRef<str>) -> String {
    format!("{:?}", text.as_ref())
}

/// Literals, with commas between them.
pub(crate) fn literals(texts: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    texts.into_iter().map(literal).collect::<Vec<_>>().join(", ")
}

/// Pieces of code, with commas between them.
pub(crate) fn listed(pieces: impl IntoIterator<Item = String>) -> String {
    pieces.into_iter().collect::<Vec<_>>().join(", ")
}
