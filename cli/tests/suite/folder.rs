//! A temporary folder with files.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

/// Creates a temporary folder with these files: their paths and texts.
pub(crate) fn folder<P: AsRef<Path>>(files: &[(P, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}
