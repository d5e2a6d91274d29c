//! A crate like that of this repository: products imported from their metadata, each with a feature.

use std::fs;
use std::path::{Path, PathBuf};

use alicloud_benches::cargo::stop;
use alicloud_benches::edit::edited_spec;
use alicloud_benches::generated_lines::{generated_lines, load};
use alicloud_benches::scratch::{our_dependencies, package_manifest, repository, write};
use alicloud_cli::import::{Options, import};
use alicloud_model::{Loaded, Service};

/// The package of the crate.
pub(crate) const PACKAGE: &str = "products";

/// A product of the crate.
pub(crate) struct Product {
    /// The name of the feature.
    pub(crate) name: String,
    pub(crate) operations: usize,
    /// The lines of generated code.
    pub(crate) lines: usize,
    loaded: Loaded,
    crate_folder: PathBuf,
}

/// Writes the crate from metadata documents.
pub(crate) fn write_crate(workspace: &Path, documents: &[PathBuf]) -> Vec<Product> {
    let folder = workspace.join(PACKAGE);
    let specs = folder.join("specs");
    let mut products: Vec<Product> = documents
        .iter()
        .map(|document| {
            let failed = |error: &dyn std::fmt::Display| -> ! { stop(&format!("{}: {error}", document.display())) };
            let bytes = fs::read(document).unwrap_or_else(|error| failed(&error));
            let report = import(&bytes, &specs, &Options::default()).unwrap_or_else(|error| failed(&error));
            let name = report.folder.split('/').next().unwrap_or_default().to_owned();
            let loaded = load(&specs, Some(std::slice::from_ref(&name)));
            let operations = loaded.services.iter().map(|service| service.operations.len()).sum();
            Product { name, operations, lines: generated_lines(&loaded), loaded, crate_folder: folder.clone() }
        })
        .collect();
    products.sort_by_key(|product| product.operations);
    let features: Vec<String> = products.iter().map(|product| product.name.clone()).collect();
    write(&folder.join("Cargo.toml"), &package_manifest(PACKAGE, &our_dependencies(&repository()), &features));
    let build_script = fs::read_to_string(repository().join("build.rs")).expect("the repository's build script");
    write(&folder.join("build.rs"), &build_script);
    write(&folder.join("src/lib.rs"), "alicloud_macros::generate!(\"specs\");\n");
    products
}

impl Product {
    /// Returns the arguments that select it on cargo's command line.
    pub(crate) fn selection(&self) -> [&str; 4] {
        ["--package", PACKAGE, "--features", &self.name]
    }

    /// Returns the file to touch so that the crate is compiled again.
    pub(crate) fn lib(&self) -> PathBuf {
        self.crate_folder.join("src/lib.rs")
    }

    /// Returns the product, read from its specs.
    pub(crate) fn service(&self) -> &Service {
        self.loaded.services.first().unwrap_or_else(|| stop(&format!("{} has no operations", self.name)))
    }

    /// Adds a parameter to an operation in the middle.
    pub(crate) fn edit_operation(&self, round: usize) {
        let (path, text) = self.some_spec();
        write(&path, &edited_spec(&text, round));
    }

    /// Adds a copy of the operation in the middle with another name.
    pub(crate) fn add_operation(&self, round: usize) {
        let (path, text) = self.some_spec();
        let old = path.file_stem().unwrap_or_default().to_string_lossy();
        let new = format!("{old}Bench{round}");
        // Everywhere, because sample responses also contain the name.
        write(&path.with_file_name(format!("{new}.yaml")), &text.replace(&*old, &new));
    }

    fn some_spec(&self) -> (PathBuf, String) {
        let service = self.service();
        let middle = service.operations.len() / 2;
        let with_parameters = service.operations.iter().skip(middle).find(|operation| !operation.parameters.is_empty());
        let operation = with_parameters.unwrap_or_else(|| stop(&format!("{} has no parameters", self.name)));
        let folder = self.crate_folder.join("specs").join(&service.feature).join(&service.version);
        let path = folder.join(format!("{}.yaml", operation.name));
        let text = fs::read_to_string(&path).unwrap_or_else(|error| stop(&format!("{}: {error}", path.display())));
        (path, text)
    }
}
