//! The scratch workspace: a crate for each API and each generator.

use std::fs;
use std::path::{Path, PathBuf};

use crate::api::{SERVICE_SPEC, SPEC_FOLDER, Shape, openapi, specs};
use crate::cargo::stop;

/// Who generates the code.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Generator {
    Alicloud,
    Progenitor,
}

impl Generator {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Alicloud => "alicloud",
            Self::Progenitor => "progenitor",
        }
    }
}

/// A generated crate.
pub(crate) struct Crate {
    pub(crate) generator: Generator,
    pub(crate) shape: Shape,
    pub(crate) operations: usize,
    pub(crate) folder: PathBuf,
}

impl Crate {
    pub(crate) fn new(workspace: &Path, generator: Generator, shape: Shape, operations: usize) -> Self {
        let name = format!("{}-{}-{operations}", generator.name(), shape.name());
        Self { generator, shape, operations, folder: workspace.join(name) }
    }

    /// The package's name, which is its folder's.
    pub(crate) fn package(&self) -> String {
        self.folder.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    pub(crate) fn lib(&self) -> PathBuf {
        self.folder.join("src/lib.rs")
    }

    pub(crate) fn specs(&self) -> PathBuf {
        self.folder.join("specs")
    }

    /// One of its specs.
    pub(crate) fn some_spec(&self) -> PathBuf {
        let (name, _) = specs(self.shape, 1).next().unwrap_or_default();
        self.specs().join(SPEC_FOLDER).join(name)
    }

    fn write(&self, repository: &Path) {
        let dependencies = match self.generator {
            Generator::Alicloud => format!(
                "alicloud-macros = {{ path = {:?} }}\nalicloud-runtime = {{ path = {:?} }}\n",
                repository.join("macros"),
                repository.join("runtime")
            ),
            Generator::Progenitor => "\
                progenitor = \"0.15\"\n\
                progenitor-client = \"0.15\"\n\
                reqwest = { version = \"0.13\", default-features = false, features = [\"json\", \"stream\", \"query\"] }\n\
                serde = { version = \"1.0\", features = [\"derive\"] }\n\
                serde_json = \"1.0\"\n\
                futures = \"0.3\"\n"
                .to_owned(),
        };
        let manifest = format!(
            "[package]\nname = \"{}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n{dependencies}",
            self.package()
        );
        write(&self.folder.join("Cargo.toml"), &manifest);
        match self.generator {
            Generator::Alicloud => {
                write(&self.lib(), "alicloud_macros::generate!(\"specs\");\n");
                let folder = self.specs().join(SPEC_FOLDER);
                write(&folder.join("service.yaml"), SERVICE_SPEC);
                for (name, text) in specs(self.shape, self.operations) {
                    write(&folder.join(name), &text);
                }
            }
            Generator::Progenitor => {
                write(&self.lib(), "progenitor::generate_api!(\"openapi.json\");\n");
                let document = openapi(self.shape, self.operations);
                write(&self.folder.join("openapi.json"), &format!("{document:#}"));
            }
        }
    }
}

/// Writes the workspace, in place of an earlier one; what that has compiled stays.
pub(crate) fn write_workspace(workspace: &Path, repository: &Path, crates: &[Crate]) {
    if let Ok(entries) = fs::read_dir(workspace) {
        for path in entries.flatten().map(|entry| entry.path()).filter(|path| path.join("src").is_dir()) {
            fs::remove_dir_all(&path).unwrap_or_else(|error| stop(&format!("{}: {error}", path.display())));
        }
    }
    let members: Vec<String> = crates.iter().map(Crate::package).collect();
    write(&workspace.join("Cargo.toml"), &format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n"));
    // The versions that the repository is built with; cargo adds those of the crates that it does not have.
    let lock = workspace.join("Cargo.lock");
    if !lock.exists() {
        fs::copy(repository.join("Cargo.lock"), &lock)
            .unwrap_or_else(|error| stop(&format!("the lock file cannot be copied: {error}")));
    }
    for one in crates {
        one.write(repository);
    }
}

fn write(file: &Path, text: &str) {
    let folder = file.parent().unwrap_or(file);
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(file, text))
        .unwrap_or_else(|error| stop(&format!("{}: {error}", file.display())));
}
