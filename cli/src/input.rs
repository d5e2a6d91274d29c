//! Reads the document or page that a command is given.

use std::path::Path;
use std::{fmt, fs, io};

use io::Read as _;

/// The error that prevents an import or a transcription.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputError {
    message: String,
    help: String,
}

impl InputError {
    pub(crate) fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into() }
    }

    /// Returns the error, with its place.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Returns how to fix it.
    pub fn help(&self) -> &str {
        &self.help
    }
}

/// The message, and on a second line how to fix it.
impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\nhelp: {}", self.message, self.help)
    }
}

impl std::error::Error for InputError {}

/// Reads a file, or standard input if the path is `-`. Of larger files, it reads one byte more than the maximum, so that
/// the caller can detect them.
pub(crate) fn read_input(path: &Path, most_bytes: usize) -> Result<Vec<u8>, InputError> {
    let mut bytes = Vec::new();
    let most = most_bytes as u64 + 1;
    let read = if path.as_os_str() == "-" {
        io::stdin().take(most).read_to_end(&mut bytes)
    } else {
        fs::File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes))
    };
    read.map_err(|error| {
        let message = format!("cannot read `{}`: {error}", path.display());
        InputError::new(message, "check the path and its permissions; `-` reads the standard input")
    })?;
    Ok(bytes)
}
