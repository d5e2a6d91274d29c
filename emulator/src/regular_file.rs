//! Small files that a person wrote.

use std::io::Read as _;
use std::path::Path;
use std::{fs, io};

/// The maximum size in bytes.
const MOST_BYTES: u64 = 16 << 20;

/// Reads a regular file. Reading a pipe could block, and reading a device may never end.
pub(crate) fn read(path: &Path) -> io::Result<String> {
    let metadata = fs::metadata(path)?;
    if !metadata.is_file() {
        return Err(io::Error::other("this is not a regular file"));
    }
    let mut text = String::new();
    fs::File::open(path)?.take(MOST_BYTES + 1).read_to_string(&mut text)?;
    if text.len() as u64 > MOST_BYTES {
        return Err(io::Error::other(format!("the file is larger than {} MiB", MOST_BYTES >> 20)));
    }
    Ok(text)
}
