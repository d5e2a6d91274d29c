//! Crates generated from the synthetic API, by each generator.

use std::fs;
use std::path::{Path, PathBuf};

use crate::cargo::stop;
use crate::edit::{edited_document, edited_spec};
use crate::scratch::{PROGENITOR_DEPENDENCIES, our_dependencies, package_manifest, write};
use crate::synthetic_api::{SERVICE_SPEC, SPEC_FOLDER, Shape, openapi, specs};

/// A code generator.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Generator {
    /// This project.
    Alicloud,
    /// progenitor, from an OpenAPI document.
    Progenitor,
}

impl Generator {
    /// Returns the name that is part of package names.
    pub fn name(self) -> &'static str {
        match self {
            Self::Alicloud => "alicloud",
            Self::Progenitor => "progenitor",
        }
    }
}

/// A generated crate.
pub struct Crate {
    /// The generator.
    pub generator: Generator,
    /// The shape of its operations.
    pub shape: Shape,
    /// The number of operations.
    pub operations: usize,
    /// The folder.
    pub folder: PathBuf,
}

impl Crate {
    /// Creates a crate in the workspace.
    pub fn new(workspace: &Path, generator: Generator, shape: Shape, operations: usize) -> Self {
        let name = format!("{}-{}-{operations}", generator.name(), shape.name());
        Self { generator, shape, operations, folder: workspace.join(name) }
    }

    /// Returns the name of the package and the folder.
    pub fn package(&self) -> String {
        self.folder.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// Returns the file to touch so that the crate is compiled again.
    pub fn lib(&self) -> PathBuf {
        self.folder.join("src/lib.rs")
    }

    /// Returns the folder of its specs.
    pub fn specs(&self) -> PathBuf {
        self.folder.join("specs")
    }

    /// Adds a parameter to its first operation.
    pub fn edit_operation(&self, round: usize) {
        let path = match self.generator {
            Generator::Alicloud => {
                let (name, _) = specs(self.shape, 1).next().unwrap_or_default();
                self.specs().join(SPEC_FOLDER).join(name)
            }
            Generator::Progenitor => self.document(),
        };
        let text = fs::read_to_string(&path).unwrap_or_else(|error| stop(&format!("{}: {error}", path.display())));
        let edited = match self.generator {
            Generator::Alicloud => edited_spec(&text, round),
            Generator::Progenitor => edited_document(&text, round),
        };
        write(&path, &edited);
    }

    fn document(&self) -> PathBuf {
        self.folder.join("openapi.json")
    }

    /// Writes the crate.
    pub fn write(&self, repository: &Path) {
        let dependencies = match self.generator {
            Generator::Alicloud => our_dependencies(repository),
            Generator::Progenitor => PROGENITOR_DEPENDENCIES.to_owned(),
        };
        write(&self.folder.join("Cargo.toml"), &package_manifest(&self.package(), &dependencies, &[]));
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
                write(&self.document(), &format!("{document:#}"));
            }
        }
    }
}
