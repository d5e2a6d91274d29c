//! Writes a version folder completely or not at all.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::input::InputError;

/// A file to write: its name in the version folder, and its text.
pub(crate) type NewFile = (String, String);

/// Writes files into `<out>/<product>/<version>`, and keeps other files. The new folder is created next to the old one and
/// replaces it at the end, so that it is never incomplete. On an error, nothing has changed.
pub(crate) fn write_folder(out: &Path, product: &str, version: &str, files: &[NewFile]) -> Result<(), InputError> {
    let parent = out.join(product);
    let target = parent.join(version);
    let failed = |path: &Path, error: &io::Error| {
        InputError::new(
            format!("cannot write `{}`: {error}", path.display()),
            "nothing has changed; check the path, its permissions and the space on the disk",
        )
    };
    let mut made = MadeFolders::default();
    made.create(&parent).map_err(|error| failed(&parent, &error))?;
    let staged = Staged::create(&parent, version).map_err(|error| failed(&parent, &error))?;
    fill(&staged.path, &target, files).map_err(|error| failed(&staged.path, &error))?;
    swap(&staged.path, &target, &parent, version).map_err(|error| failed(&target, &error))?;
    made.keep();
    Ok(())
}

/// A new folder, which is removed if it did not replace the target.
struct Staged {
    path: PathBuf,
}

impl Staged {
    fn create(parent: &Path, version: &str) -> io::Result<Self> {
        let path = unused(parent, version, "new");
        fs::create_dir(&path)?;
        Ok(Self { path })
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        // After success, it no longer exists. Readers of specs ignore the hidden folder if it cannot be removed.
        drop(fs::remove_dir_all(&self.path));
    }
}

/// Folders that were created. If a later step fails, the empty ones are removed.
#[derive(Default)]
struct MadeFolders(Vec<PathBuf>);

impl MadeFolders {
    fn create(&mut self, folder: &Path) -> io::Result<()> {
        let missing: Vec<&Path> =
            folder.ancestors().take_while(|path| !path.as_os_str().is_empty() && !path.exists()).collect();
        for path in missing.into_iter().rev() {
            fs::create_dir(path)?;
            self.0.push(path.to_owned());
        }
        Ok(())
    }

    fn keep(&mut self) {
        self.0.clear();
    }
}

impl Drop for MadeFolders {
    fn drop(&mut self) {
        for path in self.0.iter().rev() {
            drop(fs::remove_dir(path));
        }
    }
}

/// An unused hidden name next to the target. Readers of specs ignore hidden folders.
fn unused(parent: &Path, version: &str, what: &str) -> PathBuf {
    let mut number = 0_u32;
    loop {
        let path = parent.join(format!(".{version}.{what}-{}-{number}", std::process::id()));
        if !path.exists() {
            return path;
        }
        number += 1;
    }
}

/// Copies the old folder's files and writes the new ones.
fn fill(staged: &Path, old: &Path, files: &[NewFile]) -> io::Result<()> {
    if old.exists() {
        copy_folder(old, staged, &|name| files.iter().any(|(file, _)| name == file.as_str()))?;
    }
    for (name, text) in files {
        let path = staged.join(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        // An existing file may be a link to the file of the old folder.
        if path.exists() {
            fs::remove_file(&path)?;
        }
        fs::write(path, text)?;
    }
    Ok(())
}

fn copy_folder(from: &Path, to: &Path, is_replaced: &dyn Fn(&std::ffi::OsStr) -> bool) -> io::Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        if is_replaced(&name) {
            if entry.file_type()?.is_dir() {
                let message = format!("`{}` is a folder, not a file", entry.path().display());
                return Err(io::Error::new(io::ErrorKind::AlreadyExists, message));
            }
            continue;
        }
        let (from, to) = (entry.path(), to.join(&name));
        if entry.file_type()?.is_dir() {
            fs::create_dir(&to)?;
            copy_folder(&from, &to, &|_| false)?;
        } else if fs::hard_link(&from, &to).is_err() {
            // Not every file system has links. A copy only loses the time of the last change.
            fs::copy(&from, &to)?;
        }
    }
    Ok(())
}

fn swap(staged: &Path, target: &Path, parent: &Path, version: &str) -> io::Result<()> {
    if !target.exists() {
        return fs::rename(staged, target);
    }
    let aside = unused(parent, version, "old");
    fs::rename(target, &aside)?;
    if let Err(error) = fs::rename(staged, target) {
        fs::rename(&aside, target)?;
        return Err(error);
    }
    // The new folder is in place. If the old one cannot be removed, it stays hidden.
    drop(fs::remove_dir_all(&aside));
    Ok(())
}
