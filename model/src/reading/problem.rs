//! An error in a file that is being read, before its location is known.

use std::fmt::Display;

use crate::diagnostics::carets::{Inside, diagnostic_at, inside_block};
use crate::diagnostics::diagnostic::{Code, Diagnostic};
use crate::diagnostics::location::Location;
use crate::nearest::nearest;
use crate::reading::node::NodeId;

/// The maximum number of words that a message lists.
const MOST_WORDS: usize = 10;

/// An error whose location is not known yet.
pub(crate) struct Problem {
    pub(crate) at: NodeId,
    inside: Option<Inside>,
    pub(crate) code: Code,
    pub(crate) message: String,
    expected: Option<String>,
    help: Option<String>,
}

impl Problem {
    pub(crate) fn new(at: NodeId, code: Code, message: impl Into<String>) -> Self {
        Self { at, inside: None, code, message: message.into(), expected: None, help: None }
    }

    /// Moves the location to some bytes inside the text of a scalar.
    pub(crate) fn inside(mut self, text: &str, offset: Option<usize>, width: usize) -> Self {
        self.inside = offset.map(|offset| {
            let location = Location::of_byte(text, offset);
            Inside { lines: location.line - 1, characters: location.column - 1, width }
        });
        self
    }

    pub(crate) fn expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = Some(expected.into());
        self
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Suggests the nearest known word. If no word is similar, lists the known words.
    pub(crate) fn did_you_mean<'k, I: Iterator<Item = &'k str>>(mut self, word: &str, known: impl Fn() -> I) -> Self {
        match nearest(word, known()) {
            Some(near) => self.help = Some(format!("did you mean `{near}`?")),
            None => self.expected = one_of(known()),
        }
        if self.help.is_none() && self.expected.is_none() {
            self.help = Some("remove it".to_owned());
        }
        self
    }

    /// Converts the problem to a diagnostic. `start` is the location of the node.
    pub(crate) fn into_diagnostic(self, file: &str, text: &str, start: Location) -> Diagnostic {
        let inside = self.inside.as_ref().and_then(|inside| Some((inside_block(text, start, inside)?, inside.width)));
        let (location, width) = inside.map_or((start, None), |(location, width)| (location, Some(width)));
        let mut diagnostic = diagnostic_at(file, text, location, self.code, self.message);
        diagnostic.width = width.unwrap_or(diagnostic.width);
        diagnostic.expected = self.expected;
        diagnostic.help = self.help;
        diagnostic
    }
}

/// Writes words as `a`, `b`, `c`.
pub(crate) fn quoted<T: Display>(words: impl IntoIterator<Item = T>) -> String {
    words.into_iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// Lists what was expected, shortened if there are too many words.
pub(crate) fn one_of<'k>(words: impl Iterator<Item = &'k str>) -> Option<String> {
    let words: Vec<&str> = words.collect();
    let shown = quoted(words.iter().take(MOST_WORDS));
    match (words.len(), words.len().saturating_sub(MOST_WORDS)) {
        (0, _) => None,
        (1, _) => Some(shown),
        (_, 0) => Some(format!("one of {shown}")),
        (_, more) => Some(format!("one of {shown} or {more} more")),
    }
}
