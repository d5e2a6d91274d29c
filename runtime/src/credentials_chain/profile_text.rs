//! Reads files that contain credentials.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

/// The maximum size of a file with profiles.
const MAX_BYTES: u64 = 4 << 20;

/// Reads a file with profiles. The error does not contain any part of the file.
pub(super) fn read(path: &Path) -> Result<String, String> {
    read_at_most(path, MAX_BYTES, "a file with profiles")
}

/// Reads a file of at most `most` bytes. `kind` is what the file should be, for the error if it is longer.
///
/// Only regular files are opened: opening a FIFO blocks until another process writes to it, and a device may be
/// endless.
pub(super) fn read_at_most(path: &Path, most: u64, kind: &str) -> Result<String, String> {
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
        bytes if bytes as u64 > most => {
            Err(format!("{shown} has more than {most} bytes, which is too long for {kind}"))
        }
        // Some editors add a byte order mark, which is not part of the text.
        _ if text.starts_with('\u{feff}') => Ok(text.split_off('\u{feff}'.len_utf8())),
        _ => Ok(text),
    }
}

/// Logs a warning if users other than the owner can read the file.
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
            "other users can read the credentials in this file; run `chmod 600` on it",
        );
    }
}
