//! A version of a product, with its operations: those that were read at the start, and those that are read when they are called.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use alicloud_model::{Operation, Service};

use crate::catalog::served_operation::ServedOperation;
use crate::catalog::stored_specs::{SpecLibrary, StoredVersion};
use crate::gateway_error::GatewayError;
use crate::parameters::path_template::PathTemplate;

pub(crate) struct ServedVersion {
    pub(crate) product: String,
    pub(crate) version: String,
    /// The operations that were read at the start. They come before stored ones of the same name.
    read: BTreeMap<String, Arc<ServedOperation>>,
    stored: Option<StoredVersion>,
    /// The paths of the stored ROA operations, which are read when a request without an action arrives.
    paths: OnceLock<Vec<(&'static str, PathTemplate)>>,
}

impl ServedVersion {
    pub(crate) fn new(product: &str, version: &str) -> Self {
        let (product, version) = (product.to_owned(), version.to_owned());
        Self { product, version, read: BTreeMap::new(), stored: None, paths: OnceLock::new() }
    }

    /// Adds an operation, unless there is one with its name.
    pub(crate) fn add(&mut self, service: &Arc<Service>, operation: Operation) {
        let name = operation.name.clone();
        self.read.entry(name).or_insert_with(|| Arc::new(ServedOperation::new(service, operation)));
    }

    pub(crate) fn add_stored(&mut self, stored: StoredVersion) {
        self.stored = Some(stored);
    }

    /// Returns the names of the operations, sorted.
    pub(crate) fn names(&self) -> BTreeSet<&str> {
        let mut names: BTreeSet<&str> = self.read.keys().map(String::as_str).collect();
        for name in self.stored.iter().flat_map(StoredVersion::names) {
            names.insert(name);
        }
        names
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.read.contains_key(name) || self.stored_name(name).is_some()
    }

    fn stored_name(&self, name: &str) -> Option<&'static str> {
        self.stored.iter().flat_map(StoredVersion::names).find(|known| *known == name)
    }

    /// Returns the operation with this name. Fails if its specs cannot be read.
    pub(crate) fn operation(
        &self,
        library: &SpecLibrary,
        name: &str,
    ) -> Result<Option<Arc<ServedOperation>>, GatewayError> {
        if let Some(served) = self.read.get(name) {
            return Ok(Some(Arc::clone(served)));
        }
        let Some(stored) = &self.stored else { return Ok(None) };
        // The list of names is long, so it is searched only for operations that are not in memory.
        if let Some(served) = library.in_memory(stored, name) {
            return Ok(Some(served));
        }
        let Some(name) = self.stored_name(name) else { return Ok(None) };
        library.read(stored, name).map(Some).map_err(|error| {
            let Self { product, version, .. } = self;
            let message = format!("The emulator cannot read the spec of {product} {version} {name}: {error}");
            GatewayError::new(500, "InternalError", message)
        })
    }

    /// Returns the names of the ROA operations that match a path.
    pub(crate) fn at_path(&self, path: &str) -> BTreeSet<&str> {
        let read = self.read.iter().filter(|(_, served)| served.is_roa() && served.path.read(path).is_some());
        let stored = self.paths().iter().filter(|(_, template)| template.read(path).is_some());
        read.map(|(name, _)| name.as_str()).chain(stored.map(|(name, _)| *name)).collect()
    }

    /// Whether an operation has a path of its own. Only such operations are found without a version.
    pub(crate) fn is_roa(&self, name: &str) -> bool {
        match self.read.get(name) {
            Some(served) => served.is_roa(),
            None => self.paths().iter().any(|(known, _)| *known == name),
        }
    }

    fn paths(&self) -> &[(&'static str, PathTemplate)] {
        self.paths.get_or_init(|| {
            let routes = self.stored.iter().flat_map(StoredVersion::routes);
            routes.map(|route| (route.operation, PathTemplate::new(route.path))).collect()
        })
    }
}
