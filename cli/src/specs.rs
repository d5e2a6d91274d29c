//! The specs of a command: those of a folder, or the bundled ones.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

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
    let files = alicloud_emulator::bundled_specs();
    let parts = |file: &SourceFile| -> Option<(String, String)> {
        let (folder, rest) = file.path.split_once('/')?;
        let name = rest.rsplit('/').next()?.strip_suffix(".yaml")?;
        Some((folder.to_owned(), name.to_owned()))
    };
    let is_product = |folder: &str| is_alike(folder, product) || product.starts_with(&format!("{folder}_v"));
    let has_operation = |file: &SourceFile, operation: &str| {
        parts(file).is_some_and(|(folder, name)| is_product(&folder) && is_alike(&name, operation))
    };
    let operation = operation.filter(|operation| files.iter().any(|file| has_operation(file, operation)));
    let has_product = files.iter().filter_map(parts).any(|(folder, _)| is_product(&folder));
    let is_needed = |file: &SourceFile| {
        let Some((folder, name)) = parts(file) else { return false };
        let is_shared = SHARED.contains(&name.as_str());
        match operation {
            _ if !has_product => is_shared,
            Some(operation) => is_product(&folder) && (is_shared || is_alike(&name, operation)),
            None => is_product(&folder),
        }
    };
    files.into_iter().filter(is_needed).collect()
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
