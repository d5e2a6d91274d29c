//! The log of calls in a file, for other programs.

use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use crate::calls::call::Call;

/// A file with a line of JSON for each call.
#[derive(Debug)]
pub(crate) struct CallFile(File);

impl CallFile {
    /// Opens a file, to append to it.
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        OpenOptions::new().create(true).append(true).open(path).map(Self)
    }

    /// Appends a call, with sensitive values hidden. A line is written at once, so that the lines of several emulators do
    /// not mix.
    pub(crate) fn write(&self, call: &Call) {
        let line = format!("{}\n", call.to_json());
        // A full disk is not a reason to stop serving.
        drop((&self.0).write_all(line.as_bytes()));
    }
}
