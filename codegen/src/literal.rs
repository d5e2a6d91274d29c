//! Texts of specs as literals of Rust. Only names go into the code in another way: the model has made identifiers of them.

/// A text as a literal, which nothing in the text ends.
pub(crate) fn literal(text: impl AsRef<str>) -> String {
    format!("{:?}", text.as_ref())
}

/// Literals, with commas between them.
pub(crate) fn literals(texts: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    texts.into_iter().map(literal).collect::<Vec<_>>().join(", ")
}
