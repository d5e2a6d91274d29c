//! The specs to serve.

use std::collections::BTreeMap;
use std::path::PathBuf;

use alicloud_catalogue::{Catalogue, Error, ProductVersion};
use alicloud_model::{Diagnostic, Loaded, Service, SourceFile, load_dir, load_sources};

use crate::catalog::bundled_specs::is_bundled;
use crate::catalog::stored_specs::StoredVersion;
use crate::emulator::start_error::StartError;

/// The sources of the specs.
#[derive(Debug, Default)]
pub(crate) struct SpecSources {
    pub(crate) folders: Vec<PathBuf>,
    pub(crate) sources: Vec<SourceFile>,
    pub(crate) stored: Vec<Stored>,
}

/// Specs that are read when an operation is first called.
#[derive(Debug)]
pub(crate) enum Stored {
    /// Those that are bundled with the crate `alicloud`.
    Bundled,
    /// A product of the catalogue, with a version or with its default version.
    Product(String),
    /// All of the catalogue.
    All,
}

impl SpecSources {
    /// Returns the versions that are read when an operation is first called, each once.
    pub(crate) fn stored(&self) -> Result<Vec<StoredVersion>, Error> {
        if self.stored.is_empty() {
            return Ok(Vec::new());
        }
        let catalogue = Catalogue::bundled()?;
        let mut versions = BTreeMap::new();
        let mut add = |version: &'static ProductVersion| {
            versions.insert(version.folder(), StoredVersion::new(catalogue, version));
        };
        for stored in &self.stored {
            match stored {
                Stored::All => catalogue.versions().for_each(&mut add),
                Stored::Bundled => {
                    catalogue.versions().filter(|version| is_bundled(version.folder())).for_each(&mut add);
                }
                Stored::Product(name) => add(product_version(catalogue, name)?),
            }
        }
        Ok(versions.into_values().collect())
    }

    pub(crate) fn services(&self) -> Result<Vec<Service>, StartError> {
        let mut services = Vec::new();
        let mut diagnostics: Vec<Diagnostic> = Vec::new();
        let mut take = |loaded: Loaded| {
            services.extend(loaded.services);
            diagnostics.extend(loaded.diagnostics);
        };
        for folder in &self.folders {
            take(load_dir(folder, &folder.display().to_string(), None));
        }
        take(load_sources(&self.sources));
        if diagnostics.is_empty() { Ok(services) } else { Err(StartError::Specs(diagnostics)) }
    }
}

/// Finds a product, such as `vpc`, in its default version, or one of its versions, such as `rds/2014-08-15`.
fn product_version(catalogue: &'static Catalogue, name: &str) -> Result<&'static ProductVersion, Error> {
    match name.split_once('/') {
        Some((product, version)) => catalogue.find(product)?.version(version),
        None => Ok(catalogue.find(name)?.default_version()),
    }
}
