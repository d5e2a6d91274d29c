//! Files with credentials in them.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

/// A longer file than this holds no profiles.
const MOST_BYTES: u64 = 4 << 20;

/// The text of a file of profiles; says why it cannot be had, and nothing of what is in it.
pub(super) fn read(path: &Path) -> Result<String, String> {
    read_at_most(path, MOST_BYTES, "which are no profiles")
}

/// The text of a file of at most so many bytes; of a longer one, `verdict` says what that means.
///
/// Only regular files are opened: opening a FIFO waits until somebody writes to it, and a device may have no end.
pub(super) fn read_at_most(path: &Path, most: u64, verdict: &str) -> Result<String, String> {
    let shown = path.display();
    let cannot = |error: std::io::Error| format!("{shown} cannot be read: {error}");
    if !std::fs::metadata(path).map_err(cannot)?.is_file() {
        return Err(format!("{shown} is not a regular file"));
    }
    let file = File::open(path).map_err(cannot)?;
    #[cfg(all(unix, feature = "tracing"))]
    warn_of_readers(path, &file);
    let mut text = String::new();
    match file.take(most + 1).read_to_string(&mut text).map_err(cannot)? {
        bytes if bytes as u64 > most => Err(format!("{shown} holds more than {most} bytes, {verdict}")),
        // An editor's byte order mark is no part of the text.
        _ if text.starts_with('\u{feff}') => Ok(text.split_off('\u{feff}'.len_utf8())),
        _ => Ok(text),
    }
}

/// Secrets in a file are for its owner alone.
#[cfg(all(unix, feature = "tracing"))]
fn warn_of_readers(path: &Path, file: &File) {
    use std::os::unix::fs::PermissionsExt as _;

    let Ok(known) = file.metadata() else { return };
    let mode = known.permissions().mode() & 0o777;
    if known.is_file() && mode & 0o077 != 0 {
        tracing::warn!(
            target: "alicloud",
            file = %path.display(),
            mode = format!("{mode:o}"),
            "others may read the credentials in this file; `chmod 600` keeps them out",
        );
    }
}
