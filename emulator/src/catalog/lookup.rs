//! Finds the operation of a request.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use alicloud_model::{Endpoints, Service};

use crate::catalog::hosts::hosts_of;
use crate::catalog::served_operation::ServedOperation;
use crate::catalog::served_product::ServedProduct;
use crate::catalog::served_version::ServedVersion;
use crate::catalog::stored_specs::{SpecLibrary, StoredVersion};
use crate::gateway_error::{self, GatewayError};

/// The parts of a request that identify its operation.
pub(crate) struct OperationQuery<'q, 'r> {
    pub(crate) host: &'r str,
    pub(crate) method: &'r str,
    pub(crate) path: &'r str,
    pub(crate) version: Option<&'r str>,
    pub(crate) action: Option<&'r str>,
    /// The names of the parameters in query and form. They decide if two products share the version and the action.
    pub(crate) parameters: &'q dyn Fn() -> BTreeSet<String>,
}

/// The operation of a request, with its parameters in the path and the host.
pub(crate) struct Found<'r> {
    pub(crate) served: Arc<ServedOperation>,
    /// The path parameters, percent-encoded. `None` if the path does not match the operation.
    pub(crate) path_parameters: Option<Vec<(String, &'r str)>>,
    /// The label before the host of the product.
    pub(crate) host_label: Option<&'r str>,
}

/// The versions of the products of a host or a path, by their indices.
type Versions = BTreeSet<usize>;

/// All operations.
pub(crate) struct Catalog {
    /// Sorted by product and version.
    versions: Vec<ServedVersion>,
    /// The indices of the products with an API version.
    dates: HashMap<String, Versions>,
    library: SpecLibrary,
    hosts: HashMap<String, Versions>,
    /// Whether every product has hosts. Imported products may have none.
    knows_all_hosts: bool,
    /// The names of the products in lower case, which can be the first segment of a path.
    prefixes: HashMap<String, Versions>,
}

impl Catalog {
    /// Creates a catalog with the hosts of these regions, or of all regions if there are none. Operations of services
    /// come before stored ones. Fails if the index of the stored specs is damaged.
    pub(crate) fn new(
        services: Vec<Service>,
        stored: &[StoredVersion],
        regions: &BTreeSet<String>,
    ) -> Result<Self, alicloud_catalogue::Error> {
        let mut versions: BTreeMap<(String, String), (ServedVersion, Vec<Endpoints>)> = BTreeMap::new();
        // Specs may spell the name of a product differently.
        let key = |product: &str, version: &str| (product.to_ascii_lowercase(), version.to_owned());
        let new = |product: &str, version: &str| (ServedVersion::new(product, version), Vec::new());
        for mut service in services {
            let operations = std::mem::take(&mut service.operations);
            let service = Arc::new(service);
            let (product, version) = (&service.product, &service.version);
            let (served, endpoints) = versions.entry(key(product, version)).or_insert_with(|| new(product, version));
            operations.into_iter().for_each(|operation| served.add(&service, operation));
            endpoints.push(service.endpoints.clone());
        }
        for stored in stored {
            stored.check()?;
            let (product, version) = (stored.product(), stored.version());
            let (served, endpoints) = versions.entry(key(product, version)).or_insert_with(|| new(product, version));
            served.add_stored(*stored);
            endpoints.push(stored.endpoints()?);
        }
        let mut versions: Vec<_> = versions.into_values().collect();
        versions.sort_by(|(one, _), (other, _)| (&one.product, &one.version).cmp(&(&other.product, &other.version)));
        let mut catalog = Self {
            versions: Vec::new(),
            dates: HashMap::new(),
            library: SpecLibrary::default(),
            hosts: HashMap::new(),
            knows_all_hosts: versions
                .iter()
                .flat_map(|(_, all)| all)
                .all(|endpoints| !endpoints.public.host.is_empty()),
            prefixes: HashMap::new(),
        };
        for (index, (version, endpoints)) in versions.into_iter().enumerate() {
            let product = version.product.to_ascii_lowercase();
            let hosts = endpoints.iter().flat_map(|endpoints| hosts_of(endpoints, regions));
            for host in hosts.chain([format!("{product}.localhost")]) {
                catalog.hosts.entry(host).or_default().insert(index);
            }
            catalog.prefixes.entry(product).or_default().insert(index);
            catalog.dates.entry(version.version.clone()).or_default().insert(index);
            catalog.versions.push(version);
        }
        Ok(catalog)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.versions.iter().all(|version| version.names().is_empty())
    }

    /// Finds the operation of a request: for RPC by version and action, for ROA by path and method. If a ROA request
    /// has a version or an action, they must match as well. The host determines the product. At a loopback address, the
    /// first segment of the path can determine it.
    pub(crate) fn find<'r>(&self, query: &OperationQuery<'_, 'r>) -> Result<Found<'r>, GatewayError> {
        let (products, host_label) = self.products_at(query.host);
        if products.is_none() && self.knows_all_hosts && query.host.ends_with(".aliyuncs.com") {
            return Err(gateway_error::UNKNOWN_PRODUCT.into());
        }
        let found = self.find_of(products, host_label, query);
        if products.is_some() || matches!(&found, Ok(found) if found.path_parameters.is_some()) {
            return found;
        }
        match self.without_prefix(query.path) {
            Some((products, path)) => self.find_of(Some(products), host_label, &OperationQuery { path, ..*query }),
            None => found,
        }
    }

    /// Returns the products of the first segment of a path, and the rest of the path.
    fn without_prefix<'p>(&self, path: &'p str) -> Option<(&Versions, &'p str)> {
        let inner = path.strip_prefix('/')?;
        let (prefix, rest) = inner.split_at(inner.find('/').unwrap_or(inner.len()));
        Some((self.prefixes.get(prefix)?, if rest.is_empty() { "/" } else { rest }))
    }

    fn find_of<'r>(
        &self,
        products: Option<&Versions>,
        host_label: Option<&'r str>,
        query: &OperationQuery<'_, 'r>,
    ) -> Result<Found<'r>, GatewayError> {
        let is_product = |index: &usize| products.is_none_or(|products| products.contains(index));
        let indices: Vec<usize> = match query.version {
            Some(version) => self.dates.get(version).into_iter().flatten().copied().filter(is_product).collect(),
            None => (0..self.versions.len()).filter(is_product).collect(),
        };
        let mut candidates = Vec::new();
        for served in indices.iter().filter_map(|index| self.versions.get(*index)) {
            let names = match query.action {
                Some(action) if query.version.is_some() || served.is_roa(action) => BTreeSet::from([action]),
                Some(_) => BTreeSet::new(),
                None => served.at_path(query.path),
            };
            for name in names {
                candidates.extend(served.operation(&self.library, name)?);
            }
        }
        let given = if candidates.len() > 1 { (query.parameters)() } else { BTreeSet::new() };
        let at_path = candidates.iter().filter_map(|served| Some((served, served.path.read(query.path)?)));
        let nearest = at_path.min_by_key(|(served, _)| {
            // Product and name make the choice deterministic if several operations match.
            let (product, name) = (&served.service.product, &served.operation.name);
            (!served.accepts(query.method), served.path.vagueness(), served.missing(&given), product, name)
        });
        if let Some((served, path_parameters)) = nearest {
            return Ok(Found { served: Arc::clone(served), path_parameters: Some(path_parameters), host_label });
        }
        if query.path != "/" && (query.version.is_none() || query.action.is_none()) {
            return Err(gateway_error::UNKNOWN_ACTION.into());
        }
        query.version.ok_or_else(|| GatewayError::missing("Version"))?;
        query.action.ok_or_else(|| GatewayError::missing("Action"))?;
        if indices.is_empty() {
            return Err(GatewayError::invalid("Version"));
        }
        let served = candidates.into_iter().next().ok_or(gateway_error::UNKNOWN_ACTION)?;
        Ok(Found { served, path_parameters: None, host_label })
    }

    /// Returns the products of a host, and the label before it.
    fn products_at<'h>(&self, host: &'h str) -> (Option<&Versions>, Option<&'h str>) {
        if let Some(products) = self.hosts.get(host) {
            return (Some(products), None);
        }
        let labelled = host.split_once('.').and_then(|(label, rest)| Some((self.hosts.get(rest)?, label)));
        labelled.map_or((None, None), |(products, label)| (Some(products), Some(label)))
    }

    /// Returns an operation. Fails if its specs cannot be read.
    pub(crate) fn operation(
        &self,
        product: &str,
        version: &str,
        name: &str,
    ) -> Result<Option<Arc<ServedOperation>>, GatewayError> {
        let served = self.versions.iter().find(|served| served.product == product && served.version == version);
        served.map_or(Ok(None), |served| served.operation(&self.library, name))
    }

    /// Returns the operations of all products that have this name, without those whose specs cannot be read.
    pub(crate) fn named(&self, name: &str) -> Vec<Arc<ServedOperation>> {
        self.versions.iter().filter_map(|served| served.operation(&self.library, name).ok().flatten()).collect()
    }

    /// Whether a product has an operation with this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.versions.iter().any(|served| served.has(name))
    }

    /// Returns the products and versions, sorted.
    pub(crate) fn versions(&self) -> &[ServedVersion] {
        &self.versions
    }

    pub(crate) fn products(&self) -> Vec<ServedProduct> {
        let product = |served: &ServedVersion| ServedProduct {
            product: served.product.clone(),
            version: served.version.clone(),
            operations: served.names().into_iter().map(str::to_owned).collect(),
        };
        self.versions.iter().map(product).filter(|product| !product.operations.is_empty()).collect()
    }

    /// Returns the names of all operations.
    pub(crate) fn names(&self) -> BTreeSet<&str> {
        self.versions.iter().flat_map(ServedVersion::names).collect()
    }
}
