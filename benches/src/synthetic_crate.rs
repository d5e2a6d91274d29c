//! Crates generated from the synthetic API, by each generator.

use std::fs;
use std::path::{Path, PathBuf};

use crate::cargo::stop;
use crate::edit::{edited_document, edited_spec};
use crate::scratch::{PROGENITOR_DEPENDENCIES, our_dependencies, package_manifest, write};
use crate::synthetic_api::{SERVICE_SPEC, SPEC_FOLDER, Shape, openapi, specs};

/// Who generates the code.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Generator {
    /// This project.
    Alicloud,
    /// progenitor, from an OpenAPI document.
    Progenitor,
}

impl Generator {
    /// As in the names of packages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Alicloud => "alicloud",
            Self::Progenitor => "progenitor",
        }
    }
}

/// A generated crate.
pub struct Crate {
    /// Who generates it.
    pub generator: Generator,
    /// What its operations look like.
    pub shape: Shape,
    /// How many there are.
    pub operations: usize,
    /// Where it is.
    pub folder: PathBuf,
}

impl Crate {
    /// A crate below the workspace.
    pub fn new(workspace: &Path, generator: Generator, shape: Shape, operations: usize) -> Self {
        let name = format!("{}-{}-{operations}", generator.name(), shape.name());
        Self { generator, shape, operations, folder: workspace.join(name) }
    }

    /// The package's name, which is its folder's.
    pub fn package(&self) -> String {
        self.folder.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// The file that is touched to have it compiled again.
    pub fn lib(&self) -> PathBuf {
        self.folder.join("src/lib.rs")
    }

    /// The folder of its specs.
    pub fn specs(&self) -> PathBuf {
        self.folder.join("specs")
    }

    /// Gives its first operation another parameter.
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

    /// Writes it.
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
