//! A documentation page as lines and tables, whatever it was saved as.

/// Larger pages do not exist.
pub(crate) const MOST_BYTES: usize = 16 << 20;

/// A line of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Line {
    /// The line of the file, from 1.
    pub(crate) number: usize,
    pub(crate) text: String,
    /// Whether the page marks it as a heading.
    pub(crate) is_heading: bool,
    /// Whether it is in a block of code.
    pub(crate) is_code: bool,
}

/// A cell of a table, with the line that it begins on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cell {
    pub(crate) line: usize,
    pub(crate) text: String,
}

/// A part of a page.
#[derive(Clone, Debug)]
pub(crate) enum Block {
    Line(Line),
    /// A table whose rows and cells the page marks, as HTML does.
    Table(Vec<Vec<Cell>>),
}

/// A page that was read.
pub(crate) struct Page {
    pub(crate) blocks: Vec<Block>,
    /// The addresses in it, each with its line.
    pub(crate) links: Vec<(usize, String)>,
    /// The address that the page was saved from, if it says so.
    pub(crate) address: Option<(usize, String)>,
}

/// Adds a line to a cell, which begins where its text begins.
pub(crate) fn push_text(cell: &mut Cell, text: &str, line: usize) {
    if cell.text.trim().is_empty() {
        cell.line = line;
        cell.text = text.to_owned();
    } else {
        cell.text.push('\n');
        cell.text.push_str(text);
    }
}

/// A row of dashes, which separates the header from the rest.
pub(crate) fn is_separator(text: &str) -> bool {
    text.contains(['-', '=']) && text.chars().all(|one| matches!(one, '-' | ':' | '|' | ' ' | '=' | '+'))
}
