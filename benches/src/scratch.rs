//! The workspace of the crates whose compilation is measured.

use std::fs;
use std::path::{Path, PathBuf};

use crate::cargo::stop;

/// The dependencies of a crate that progenitor generates.
pub const PROGENITOR_DEPENDENCIES: &str = "\
progenitor = \"=0.15.1\"
progenitor-client = \"=0.15.1\"
reqwest = { version = \"0.13\", default-features = false, features = [\"json\", \"stream\", \"query\"] }
serde = { version = \"1.0\", features = [\"derive\"] }
serde_json = \"1.0\"
futures = \"0.3\"
";

/// Returns the dependencies of a crate that this project generates.
pub fn our_dependencies(repository: &Path) -> String {
    format!(
        "alicloud-macros = {{ path = {:?} }}\nalicloud-runtime = {{ path = {:?} }}\n",
        repository.join("macros"),
        repository.join("runtime")
    )
}

/// Returns the folder of the repository.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("")).to_owned()
}

/// Returns the workspace folder of a program of this package, in the target directory that contains the program.
pub fn workspace(name: &str) -> PathBuf {
    let program = std::env::current_exe().unwrap_or_else(|error| stop(&format!("where is this program? {error}")));
    program.ancestors().nth(2).unwrap_or(&program).join(name)
}

/// Writes the files of the workspace, and removes earlier crates, but not their compiled dependencies.
pub fn write_workspace(workspace: &Path, members: &[String]) {
    if let Ok(entries) = fs::read_dir(workspace) {
        for path in entries.flatten().map(|entry| entry.path()).filter(|path| path.join("src").is_dir()) {
            fs::remove_dir_all(&path).unwrap_or_else(|error| stop(&format!("{}: {error}", path.display())));
        }
    }
    write_manifest(workspace, members);
    // The versions of the repository's dependencies. Cargo adds missing ones.
    let lock = workspace.join("Cargo.lock");
    if !lock.exists() {
        fs::copy(repository().join("Cargo.lock"), &lock)
            .unwrap_or_else(|error| stop(&format!("the lock file cannot be copied: {error}")));
    }
}

/// Writes the `Cargo.toml` of the workspace.
pub fn write_manifest(workspace: &Path, members: &[String]) {
    write(&workspace.join("Cargo.toml"), &format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n"));
}

/// Returns the `Cargo.toml` of a crate of the workspace.
pub fn package_manifest(name: &str, dependencies: &str, features: &[String]) -> String {
    let features: String = features.iter().map(|feature| format!("{feature} = []\n")).collect();
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
        [features]\n{features}\n[dependencies]\n{dependencies}"
    )
}

/// Writes a file, and creates its folder if it is missing.
pub fn write(file: &Path, text: &str) {
    let folder = file.parent().unwrap_or(file);
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(file, text))
        .unwrap_or_else(|error| stop(&format!("{}: {error}", file.display())));
}
