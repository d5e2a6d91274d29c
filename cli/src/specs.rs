//! The specs that a command works on: those of a folder, or those in the program.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use alicloud_model::{Loaded, load_dir};

use crate::ending::{Ending, Failure};
use crate::output::{counted, note};

/// The help for a folder without specs.
pub(crate) const EXPECTED: &str = "give the folder with `<product>/<version>/service.yaml`, such as `specs`";

/// Fails if the path is not a readable folder.
pub(crate) fn readable(folder: &Path) -> Result<(), Failure> {
    let shown = shown(folder);
    let Err(error) = fs::read_dir(folder) else { return Ok(()) };
    let failure = match error.kind() {
        ErrorKind::NotFound => Failure::new(format!("there is no folder `{shown}`")),
        ErrorKind::NotADirectory => Failure::new(format!("`{shown}` is not a folder")),
        _ => Failure::new(format!("cannot read `{shown}`: {error}")),
    };
    Err(failure.help(EXPECTED))
}

/// Reads the specs, whatever errors they have. Fails if there are none.
pub(crate) fn load(folder: &Path) -> Result<Loaded, Failure> {
    readable(folder)?;
    let shown = shown(folder);
    let loaded = load_dir(folder, &shown, None);
    if loaded.files.is_empty() && loaded.diagnostics.is_empty() {
        return Err(Failure::new(format!("`{shown}` holds no specs")).help(EXPECTED));
    }
    Ok(loaded)
}

/// The folder as messages call it: without what a shell's completion leaves at its end.
fn shown(folder: &Path) -> String {
    folder.components().collect::<PathBuf>().display().to_string()
}

/// How a command ends that works on what is sound: errors are counted, and shown by `check`.
pub(crate) fn ending(loaded: &Loaded, folder: &Path) -> Ending {
    let mistakes = loaded.diagnostics.len();
    if mistakes == 0 {
        return Ending::Fine;
    }
    let (counted, folder) = (counted(mistakes, "error"), shown(folder));
    note(&format!(
        "{counted} in the specs; operations with errors are left out. `alicloud check {folder}` shows the errors"
    ));
    Ending::Mistakes
}
