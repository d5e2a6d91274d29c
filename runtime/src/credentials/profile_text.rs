//! Files with credentials in them.

use std::fs;
use std::path::Path;

/// A longer file than this holds no profiles.
const MOST_BYTES: u64 = 4 << 20;

/// The text of a file; says why it cannot be had, and nothing of what is in it.
pub(super) fn read(path: &Path) -> Result<String, String> {
    let shown = path.display();
    let size = fs::metadata(path).map_err(|error| format!("{shown} cannot be read: {error}"))?.len();
    if size > MOST_BYTES {
        return Err(format!("{shown} holds {size} bytes, which are no profiles"));
    }
    fs::read_to_string(path).map_err(|error| format!("{shown} cannot be read: {error}"))
}
