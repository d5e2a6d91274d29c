//! The lines of an index.

use std::sync::OnceLock;

use crate::error::Error;
use crate::packed::Packed;

/// An index with a line for each version. It is unpacked when it is first needed.
#[derive(Debug, Default)]
pub(crate) struct IndexLines(OnceLock<Result<Lines, Error>>);

impl IndexLines {
    pub(crate) fn read(&self, data: &Packed) -> Result<&Lines, Error> {
        self.0.get_or_init(|| data.unpack().map(Lines::new)).as_ref().map_err(Clone::clone)
    }
}

/// A text, with the ends of its lines.
#[derive(Debug)]
pub(crate) struct Lines {
    text: String,
    ends: Vec<usize>,
}

impl Lines {
    fn new(text: String) -> Self {
        let ends = text.match_indices('\n').map(|(at, _)| at).collect();
        Self { text, ends }
    }

    pub(crate) fn line(&self, index: usize) -> &str {
        let start = match index.checked_sub(1) {
            Some(before) => self.ends.get(before).map_or(self.text.len(), |end| end + 1),
            None => 0,
        };
        let end = self.ends.get(index).copied().unwrap_or(self.text.len());
        self.text.get(start..end).unwrap_or_default()
    }
}
