//! Reads files of unknown size and kind.

use std::fs;
use std::io::{self, Read as _};
use std::path::Path;

/// The maximum size of a spec file in bytes. The largest official document of a whole product has 4 MB.
pub(crate) const MOST_BYTES: u64 = 16 << 20;

/// The reason why a file was not read.
pub(crate) enum ReadError {
    Io(io::Error),
    NoFile,
    TooLarge,
}

impl From<io::Error> for ReadError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Reads a regular file. Reading a pipe could block, and reading a device may never end.
pub(crate) fn read_file(path: &Path) -> Result<Vec<u8>, ReadError> {
    if !fs::metadata(path)?.is_file() {
        return Err(ReadError::NoFile);
    }
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(ReadError::TooLarge);
    }
    Ok(bytes)
}

/// Removes a byte order mark, which some editors write and which is not part of the document.
pub(crate) fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}
