//! Texts of specs as literals of Rust. No other way leads from such a text into the code.

/// A text as a literal, which nothing in the text ends.
pub(crate) fn literal(text: &str) -> String {
    format!("{text:?}")
}

/// Literals, with commas between them.
pub(crate) fn literals<'t>(texts: impl IntoIterator<Item = &'t String>) -> String {
    listed(texts.into_iter().map(|text| literal(text)))
}

/// Pieces of code, with commas between them.
pub(crate) fn listed(pieces: impl IntoIterator<Item = String>) -> String {
    pieces.into_iter().collect::<Vec<_>>().join(", ")
}
