//! Files with credentials in them.

use std::fs;
use std::path::Path;

/// A longer file than this holds no profiles.
const MOST_BYTES: u64 = 4 << 20;

/// The text of a file; says why it cannot be had, and nothing of what is in it.
pub(super) fn read(path: &Path) -> Result<String, String> {
    let shown = path.display();
    let known = fs::metadata(path).map_err(|error| format!("{shown} cannot be read: {error}"))?;
    let size = known.len();
    if size > MOST_BYTES {
        return Err(format!("{shown} holds {size} bytes, which are no profiles"));
    }
    #[cfg(all(unix, feature = "tracing"))]
    warn_of_readers(path, &known);
    fs::read_to_string(path).map_err(|error| format!("{shown} cannot be read: {error}"))
}

/// Secrets in a file are for its owner alone.
#[cfg(all(unix, feature = "tracing"))]
fn warn_of_readers(path: &Path, known: &fs::Metadata) {
    use std::os::unix::fs::PermissionsExt as _;

    let mode = known.permissions().mode() & 0o777;
    if mode & 0o077 != 0 {
        tracing::warn!(
            target: "alicloud",
            file = %path.display(),
            mode = format!("{mode:o}"),
            "others may read the credentials in this file; `chmod 600` keeps them out",
        );
    }
}
