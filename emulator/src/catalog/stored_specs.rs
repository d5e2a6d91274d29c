//! Specs that are read when an operation is first called: those of the catalogue and the bundled ones.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use alicloud_catalogue::{Catalogue, Error, ProductVersion, Route, SpecFiles};
use alicloud_model::{Endpoints, Service, SourceFile, load_sources};
use quick_cache::sync::{Cache, DefaultLifecycle};
use quick_cache::{DefaultHashBuilder, OptionsBuilder, Weighter};

use crate::catalog::bundled_specs::{bundled_files, source};
use crate::catalog::served_operation::ServedOperation;

/// The maximum length of the spec files of all operations in memory, in bytes. An operation takes about fifteen times the
/// length of its file.
const MOST_BYTES: u64 = 2 << 20;

/// A version whose operations are read when they are first called.
#[derive(Clone, Copy)]
pub(crate) struct StoredVersion {
    catalogue: &'static Catalogue,
    version: &'static ProductVersion,
    /// The files that replace those of the catalogue, or none.
    bundled: &'static [(&'static str, &'static str)],
}

impl StoredVersion {
    pub(crate) fn new(catalogue: &'static Catalogue, version: &'static ProductVersion) -> Self {
        Self { catalogue, version, bundled: bundled_files(version.folder()) }
    }

    pub(crate) fn product(&self) -> &'static str {
        self.version.product()
    }

    pub(crate) fn version(&self) -> &'static str {
        self.version.version()
    }

    pub(crate) fn endpoints(&self) -> Result<Endpoints, Error> {
        self.catalogue.endpoints(self.version)
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &'static str> + use<> {
        // `check` has read the list.
        self.catalogue.operations(self.version).into_iter().flatten().map(|operation| operation.name)
    }

    /// Returns the ROA operations.
    pub(crate) fn routes(&self) -> Vec<Route<'static>> {
        self.catalogue.routes(self.version).unwrap_or_default()
    }

    /// Fails if an index of the catalogue is damaged.
    pub(crate) fn check(&self) -> Result<(), Error> {
        self.catalogue.routes(self.version)?;
        self.endpoints().map(drop)
    }
}

/// The operations that were read, as far as they fit into memory.
pub(crate) struct SpecLibrary {
    operations: Cache<String, Stored, FileLength>,
    /// The unpacked files that were read last, because many calls in a row are to one product.
    latest: Mutex<Option<Arc<SpecFiles>>>,
    /// The products by folder, as long as one of their operations is in memory. All of them share its types.
    services: Mutex<HashMap<&'static str, Weak<Service>>>,
}

#[derive(Clone)]
struct Stored {
    served: Arc<ServedOperation>,
    /// The length of its spec file.
    length: u64,
}

#[derive(Clone)]
struct FileLength;

impl Weighter<String, Stored> for FileLength {
    fn weight(&self, _: &String, stored: &Stored) -> u64 {
        stored.length
    }
}

impl Default for SpecLibrary {
    fn default() -> Self {
        let options =
            OptionsBuilder::new().shards(1).estimated_items_capacity(1024).weight_capacity(MOST_BYTES).build();
        let (hasher, lifecycle) = (DefaultHashBuilder::default(), DefaultLifecycle::default());
        // The options are complete, so the other constructor is not needed.
        let operations = match options {
            Ok(options) => Cache::with_options(options, FileLength, hasher, lifecycle),
            Err(_) => Cache::with(1024, MOST_BYTES, FileLength, hasher, lifecycle),
        };
        Self { operations, latest: Mutex::default(), services: Mutex::default() }
    }
}

impl SpecLibrary {
    /// Returns an operation that was read before.
    pub(crate) fn in_memory(&self, version: &StoredVersion, name: &str) -> Option<Arc<ServedOperation>> {
        Some(self.operations.get(&key(version, name))?.served)
    }

    /// Returns an operation of a version, or the reason why its specs cannot be read.
    pub(crate) fn read(&self, version: &StoredVersion, name: &str) -> Result<Arc<ServedOperation>, String> {
        let folder = version.version.folder();
        let stored = self.operations.get_or_insert_with(&key(version, name), || {
            let sources = self.sources(version, name).map_err(|error| error.to_string())?;
            let length = sources.last().map_or(0, |file| file.text.len() as u64);
            let mut loaded = load_sources(&sources);
            if let Some(diagnostic) = loaded.diagnostics.first() {
                return Err(diagnostic.to_string());
            }
            let no_operation = || format!("`{folder}` has no operation `{name}`");
            let mut service = loaded.services.pop().ok_or_else(no_operation)?;
            let operation = service.operations.pop().ok_or_else(no_operation)?;
            let service = self.shared(folder, service);
            Ok(Stored { served: Arc::new(ServedOperation::new(&service, operation)), length })
        })?;
        Ok(stored.served)
    }

    /// Returns the files of the product, then that of the operation.
    fn sources(&self, version: &StoredVersion, name: &str) -> Result<Vec<SourceFile>, Error> {
        let is_needed = |path: &str| {
            let file = path.rsplit('/').next().unwrap_or_default();
            matches!(file, "service.yaml" | "types.yaml") || file.strip_suffix(".yaml") == Some(name)
        };
        let mut sources = match version.bundled {
            [] => self.files(version)?.operation_sources(name),
            files => files.iter().filter(|(path, _)| is_needed(path)).map(source).collect(),
        };
        sources.sort_by_key(|file| file.path.ends_with(&format!("/{name}.yaml")));
        Ok(sources)
    }

    fn files(&self, version: &StoredVersion) -> Result<Arc<SpecFiles>, Error> {
        let latest = || self.latest.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(files) = latest().as_ref().filter(|files| files.folder() == version.version.folder()) {
            return Ok(Arc::clone(files));
        }
        // Unpacking takes longer than a call should wait for another one, so the lock is free meanwhile.
        let files = Arc::new(version.catalogue.spec_files(version.version)?);
        *latest() = Some(Arc::clone(&files));
        Ok(files)
    }

    fn shared(&self, folder: &'static str, service: Service) -> Arc<Service> {
        let mut services = self.services.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = services.get(folder).and_then(Weak::upgrade) {
            return known;
        }
        let service = Arc::new(service);
        services.insert(folder, Arc::downgrade(&service));
        service
    }
}

/// Returns the key of an operation in memory.
fn key(version: &StoredVersion, name: &str) -> String {
    [version.version.folder(), "/", name].concat()
}
