//! The specs of a command: those of a folder, or the bundled ones.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use alicloud_emulator::{bundled_paths, bundled_spec};
use alicloud_model::{Loaded, SourceFile, load_dir};

use crate::catalogue::is_alike;
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

/// Reads the specs, even with errors. Fails if there are none.
pub(crate) fn load(folder: &Path) -> Result<Loaded, Failure> {
    readable(folder)?;
    let shown = shown(folder);
    let loaded = load_dir(folder, &shown, None);
    if loaded.files.is_empty() && loaded.diagnostics.is_empty() {
        return Err(Failure::new(format!("`{shown}` holds no specs")).help(EXPECTED));
    }
    Ok(loaded)
}

/// The bundled spec files that can describe an operation of a product, by any spelling of both names.
///
/// The bundled specs have thousands of files. If the product has the operation, only its file is needed; without an operation,
/// or if the product lacks it, the product. If there is no such product, the names of all are needed.
pub(crate) fn bundled(product: &str, operation: Option<&str>) -> Vec<SourceFile> {
    const SHARED: [&str; 2] = ["service", "types"];
    let parts = |path: &'static str| -> Option<(&'static str, &'static str)> {
        let (folder, rest) = path.split_once('/')?;
        Some((folder, rest.rsplit('/').next()?.strip_suffix(".yaml")?))
    };
    let is_product = |folder: &str| is_alike(folder, product) || product.starts_with(&format!("{folder}_v"));
    let has_operation = |path: &'static str, operation: &str| {
        parts(path).is_some_and(|(folder, name)| is_product(folder) && is_alike(name, operation))
    };
    let operation = operation.filter(|operation| bundled_paths().any(|path| has_operation(path, operation)));
    let has_product = bundled_paths().filter_map(parts).any(|(folder, _)| is_product(folder));
    let is_needed = |path: &&'static str| {
        let Some((folder, name)) = parts(path) else { return false };
        let is_shared = SHARED.contains(&name);
        match operation {
            _ if !has_product => is_shared,
            Some(operation) => is_product(folder) && (is_shared || is_alike(name, operation)),
            None => is_product(folder),
        }
    };
    bundled_paths().filter(is_needed).filter_map(bundled_spec).collect()
}

/// The folder as it is shown in messages: without a slash at the end.
fn shown(folder: &Path) -> String {
    folder.components().collect::<PathBuf>().display().to_string()
}

/// The ending of a command that skips operations with errors: the errors are counted, and `check` shows them.
pub(crate) fn ending(loaded: &Loaded, folder: &Path) -> Ending {
    let errors = loaded.diagnostics.len();
    if errors == 0 {
        return Ending::Fine;
    }
    let (counted, folder) = (counted(errors, "error"), shown(folder));
    note(&format!(
        "{counted} in the specs; operations with errors are omitted. `alicloud check {folder}` shows the errors"
    ));
    Ending::SpecErrors
}
