//! Pieces of code: texts of specs as literals, and lists. Texts of specs get into the code only as literals. The
//! exceptions are names, and the model has checked that these are identifiers.

/// Writes a text as a literal. Escapes every character that would end it.
pub(crate) fn literal(text: impl AsRef<str>) -> String {
    format!("{:?}", text.as_ref())
}

/// Writes literals, separated by commas.
pub(crate) fn literals(texts: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    texts.into_iter().map(literal).collect::<Vec<_>>().join(", ")
}

/// Joins pieces of code with commas.
pub(crate) fn listed(pieces: impl IntoIterator<Item = String>) -> String {
    pieces.into_iter().collect::<Vec<_>>().join(", ")
}
