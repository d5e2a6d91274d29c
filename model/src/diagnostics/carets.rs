//! Diagnostics at a location of a text: which part of the line the carets cover.

use crate::diagnostics::diagnostic::{Code, Diagnostic};
use crate::diagnostics::location::Location;

/// More characters than these of a message, or behind an error on its line, are not shown: a text of one line may be
/// megabytes long.
pub(crate) const MOST_SHOWN: usize = 400;

/// A part of a text of several lines.
pub(crate) struct Inside {
    /// The lines before it.
    pub(crate) lines: usize,
    /// The characters before it on its line.
    pub(crate) characters: usize,
    /// The bytes it covers.
    pub(crate) width: usize,
}

/// The location in the file of a part of a literal block scalar, whose header is at `header`. `None` for other
/// scalars: their lines are not the file's.
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

/// A diagnostic at a location of a text, underlining the token that starts there.
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

/// The text's beginning, of no more characters than this.
fn clipped(text: &str, characters: usize) -> &str {
    let end = text.char_indices().nth(characters).map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or(text)
}

/// How many bytes of the line belong to the key or value it starts with.
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

/// The first bracket that leaves fewer than `depth` of them open, or the first that was not opened here.
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
