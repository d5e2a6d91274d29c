//! Creates diagnostics at a location of a text, with the part of the line that the carets cover.

use crate::diagnostics::diagnostic::{Code, Diagnostic};
use crate::diagnostics::location::Location;

/// The maximum number of characters that are shown of a message, and of a line after the error. A text of one line may
/// have megabytes.
pub(crate) const MOST_SHOWN: usize = 400;

/// A part of a text with several lines.
pub(crate) struct Inside {
    /// The number of lines before it.
    pub(crate) lines: usize,
    /// The number of characters before it on its line.
    pub(crate) characters: usize,
    /// The number of bytes that it covers.
    pub(crate) width: usize,
}

/// Returns the location in the file of a part of a literal block scalar, whose header is at `header`. Returns `None`
/// for other scalars, because their lines are not lines of the file.
pub(crate) fn inside_block(text: &str, header: Location, inside: &Inside) -> Option<Location> {
    let mut lines = text.lines().skip(header.line.saturating_sub(1));
    let mark: String = lines.next()?.chars().skip(header.column.saturating_sub(1)).collect();
    if !matches!(mark.trim_end(), "|" | "|-" | "|+") {
        return None;
    }
    let first = lines.find(|line| !line.trim().is_empty())?;
    let indent = first.len() - first.trim_start_matches(' ').len();
    Some(Location { line: header.line + 1 + inside.lines, column: indent + 1 + inside.characters })
}

/// Creates a diagnostic at a location of a text, which underlines the token that starts there.
pub(crate) fn diagnostic_at(file: &str, text: &str, at: Location, code: Code, message: String) -> Diagnostic {
    let line = text.lines().nth(at.line.saturating_sub(1)).unwrap_or_default();
    let source_line = clipped(line, at.column + MOST_SHOWN).to_owned();
    let rest: String = source_line.chars().skip(at.column.saturating_sub(1)).collect();
    Diagnostic {
        code,
        file: file.to_owned(),
        line: at.line,
        column: at.column,
        message: clipped(&message, MOST_SHOWN).to_owned(),
        expected: None,
        help: None,
        width: token_width(&rest),
        source_line,
    }
}

/// Returns the beginning of a text, with at most this many characters.
fn clipped(text: &str, characters: usize) -> &str {
    let end = text.char_indices().nth(characters).map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or(text)
}

/// Returns the number of bytes of the key or value that a line starts with.
fn token_width(rest: &str) -> usize {
    let Some(first) = rest.chars().next() else { return 1 };
    let least = first.len_utf8();
    match first {
        '"' | '\'' => rest.get(1..).and_then(|inner| inner.find(first)).map_or(rest.len(), |end| end + 2),
        '[' | '{' => closing(rest, 1).map_or(least, |at| at + 1),
        _ => {
            let marks = [": ", " #", ", "].iter().filter_map(|mark| rest.find(mark));
            let end = marks.chain(closing(rest, 0)).min().unwrap_or(rest.len());
            let token = rest.get(..end).unwrap_or(rest).trim_end();
            token.strip_suffix(':').unwrap_or(token).len().max(least)
        }
    }
}

/// Returns the first closing bracket that leaves fewer than `depth` brackets open, or that was not opened in this text.
fn closing(rest: &str, depth: usize) -> Option<usize> {
    let mut open = 0_usize;
    for (at, one) in rest.char_indices() {
        match one {
            '[' | '{' => open += 1,
            ']' | '}' if open <= depth => return Some(at),
            ']' | '}' => open -= 1,
            _ => {}
        }
    }
    None
}
