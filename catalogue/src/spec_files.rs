//! The spec files of one product version.

use std::ops::Range;

use alicloud_model::SourceFile;

use crate::error::Error;
use crate::packed::Packed;

/// The spec files of one product version, as `alicloud import` writes them.
///
/// A block has a line with its source, a line with its date, a line with the name and the length of each file, an empty
/// line, and then the contents of the files.
#[derive(Clone, Debug)]
pub struct SpecFiles {
    folder: String,
    source: String,
    date: String,
    text: String,
    files: Vec<(String, Range<usize>)>,
}

impl SpecFiles {
    pub(crate) fn read(folder: &str, block: &Packed) -> Result<Self, Error> {
        let text = block.unpack()?;
        let damaged = |problem: String| Error::damaged(block.path, problem);
        let Some((head, _)) = text.split_once("\n\n") else {
            return Err(damaged("it has no list of files".to_owned()));
        };
        let mut lines = head.lines();
        let mut stated = |key: &str| {
            let value = lines.next().and_then(|line| line.strip_prefix(key)).map(str::to_owned);
            value.ok_or_else(|| damaged(format!("`{key}` is missing")))
        };
        let (source, date) = (stated("source: ")?, stated("date: ")?);
        let mut files = Vec::new();
        let mut at = head.len() + 2;
        for line in lines {
            let file = line.split_once(' ').and_then(|(name, length)| Some((name, length.parse::<usize>().ok()?)));
            let Some((name, length)) = file else {
                return Err(damaged(format!("`{line}` is not a name and a length")));
            };
            let range = at..at.saturating_add(length);
            if text.get(range.clone()).is_none() {
                return Err(damaged(format!("`{name}` goes beyond the end")));
            }
            at = range.end;
            files.push((name.to_owned(), range));
        }
        if at != text.len() {
            return Err(damaged(format!("{} bytes belong to no file", text.len() - at)));
        }
        Ok(Self { folder: folder.to_owned(), source, date, text, files })
    }

    /// Returns the folder of the files, such as `ecs/2014-05-26`.
    pub fn folder(&self) -> &str {
        &self.folder
    }

    /// Returns the source of the files, such as `official API metadata`.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Returns the date of the source.
    pub fn date(&self) -> &str {
        &self.date
    }

    /// Returns the name and the text of each file. The first file is `service.yaml`, the second may be `types.yaml`.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().filter_map(|(name, range)| Some((name.as_str(), self.text.get(range.clone())?)))
    }

    /// Returns the text of a file.
    pub fn file(&self, name: &str) -> Option<&str> {
        self.files().find(|(known, _)| *known == name).map(|(_, text)| text)
    }

    /// Returns the text of an operation's file.
    pub fn operation(&self, name: &str) -> Option<&str> {
        self.files().find(|(known, _)| known.strip_suffix(".yaml") == Some(name)).map(|(_, text)| text)
    }

    /// Returns the files as `alicloud_model::load_sources` reads them.
    pub fn sources(&self) -> Vec<SourceFile> {
        self.sources_of(|_| true)
    }

    /// Returns `service.yaml`, `types.yaml` and the file of one operation as `alicloud_model::load_sources` reads them.
    pub fn operation_sources(&self, operation: &str) -> Vec<SourceFile> {
        self.sources_of(|name| {
            matches!(name, "service.yaml" | "types.yaml") || name.strip_suffix(".yaml") == Some(operation)
        })
    }

    fn sources_of(&self, is_wanted: impl Fn(&str) -> bool) -> Vec<SourceFile> {
        let wanted = self.files().filter(|(name, _)| is_wanted(name));
        wanted
            .map(|(name, text)| SourceFile { path: format!("{}/{name}", self.folder), text: text.to_owned() })
            .collect()
    }
}
