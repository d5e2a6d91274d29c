//! Finds the operation of a request.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use alicloud_model::Service;

use crate::catalog::hosts::hosts_of;
use crate::catalog::served_operation::ServedOperation;
use crate::catalog::served_product::ServedProduct;
use crate::gateway_error::{self, GatewayError};

/// The parts of a request that identify its operation.
pub(crate) struct OperationQuery<'r> {
    pub(crate) host: &'r str,
    pub(crate) method: &'r str,
    pub(crate) path: &'r str,
    pub(crate) version: Option<&'r str>,
    pub(crate) action: Option<&'r str>,
}

/// The operation of a request, with its parameters in the path and the host.
pub(crate) struct Found<'c, 'r> {
    pub(crate) served: &'c ServedOperation,
    /// The path parameters, percent-encoded. `None` if the path does not match the operation.
    pub(crate) path_parameters: Option<Vec<(String, &'r str)>>,
    /// The label before the host of the product.
    pub(crate) host_label: Option<&'r str>,
}

/// All operations.
pub(crate) struct Catalog {
    operations: HashMap<String, Vec<ServedOperation>>,
    versions: HashSet<(String, String)>,
    /// The products of each host.
    hosts: HashMap<String, BTreeSet<String>>,
    /// Whether every product has hosts. Imported products may have none.
    knows_all_hosts: bool,
    /// The products by their names in lower case, which can be the first segment of a path.
    prefixes: HashMap<String, BTreeSet<String>>,
}

impl Catalog {
    /// Creates a catalog with the hosts of these regions, or of all regions if there are none.
    pub(crate) fn new(services: Vec<Service>, regions: &BTreeSet<String>) -> Self {
        let mut catalog = Self {
            operations: HashMap::new(),
            versions: HashSet::new(),
            hosts: HashMap::new(),
            knows_all_hosts: services.iter().all(|service| !service.endpoints.public.host.is_empty()),
            prefixes: HashMap::new(),
        };
        for mut service in services {
            let product = service.product.to_ascii_lowercase();
            for host in hosts_of(&service, regions).chain([format!("{product}.localhost")]) {
                catalog.hosts.entry(host).or_default().insert(service.product.clone());
            }
            catalog.prefixes.entry(product).or_default().insert(service.product.clone());
            catalog.versions.insert((service.product.clone(), service.version.clone()));
            let operations = std::mem::take(&mut service.operations);
            let service = Arc::new(service);
            for operation in operations {
                let served = ServedOperation::new(&service, operation);
                catalog.operations.entry(served.operation.name.clone()).or_default().push(served);
            }
        }
        catalog
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.operations.is_empty()
    }

    /// Finds the operation of a request: for RPC by version and action, for ROA by path and method. If a ROA request
    /// has a version or an action, they must match as well. The host determines the product. At a loopback address, the
    /// first segment of the path can determine it.
    pub(crate) fn find<'r>(&self, query: &OperationQuery<'r>) -> Result<Found<'_, 'r>, GatewayError> {
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
    fn without_prefix<'p>(&self, path: &'p str) -> Option<(&BTreeSet<String>, &'p str)> {
        let inner = path.strip_prefix('/')?;
        let (prefix, rest) = inner.split_at(inner.find('/').unwrap_or(inner.len()));
        Some((self.prefixes.get(prefix)?, if rest.is_empty() { "/" } else { rest }))
    }

    fn find_of<'r>(
        &self,
        products: Option<&BTreeSet<String>>,
        host_label: Option<&'r str>,
        query: &OperationQuery<'r>,
    ) -> Result<Found<'_, 'r>, GatewayError> {
        let is_product = |product: &String| products.is_none_or(|products| products.contains(product));
        let matches = |served: &&ServedOperation| {
            is_product(&served.service.product)
                && query.version.is_none_or(|version| version == served.service.version)
                && (served.is_roa() || query.version.is_some() && query.action.is_some())
        };
        let candidates: Vec<&ServedOperation> = match query.action {
            Some(action) => self.named(action).filter(matches).collect(),
            None => self.operations.values().flatten().filter(matches).collect(),
        };
        let at_path = candidates.iter().filter_map(|served| Some((*served, served.path.read(query.path)?)));
        let nearest = at_path.min_by_key(|(served, _)| {
            // Product and name make the choice deterministic if several operations match.
            let (product, name) = (&served.service.product, &served.operation.name);
            (!served.accepts(query.method), served.path.vagueness(), product, name)
        });
        if let Some((served, path_parameters)) = nearest {
            return Ok(Found { served, path_parameters: Some(path_parameters), host_label });
        }
        if query.path != "/" && (query.version.is_none() || query.action.is_none()) {
            return Err(gateway_error::UNKNOWN_ACTION.into());
        }
        let version = query.version.ok_or_else(|| GatewayError::missing("Version"))?;
        query.action.ok_or_else(|| GatewayError::missing("Action"))?;
        if !self.versions.iter().any(|(product, known)| known == version && is_product(product)) {
            return Err(GatewayError::invalid("Version"));
        }
        let served = candidates.first().ok_or(gateway_error::UNKNOWN_ACTION)?;
        Ok(Found { served, path_parameters: None, host_label })
    }

    /// Returns the products of a host, and the label before it.
    fn products_at<'h>(&self, host: &'h str) -> (Option<&BTreeSet<String>>, Option<&'h str>) {
        if let Some(products) = self.hosts.get(host) {
            return (Some(products), None);
        }
        let labelled = host.split_once('.').and_then(|(label, rest)| Some((self.hosts.get(rest)?, label)));
        labelled.map_or((None, None), |(products, label)| (Some(products), Some(label)))
    }

    /// Returns the operations of all products that have this name.
    pub(crate) fn named(&self, name: &str) -> impl Iterator<Item = &ServedOperation> {
        self.operations.get(name).into_iter().flatten()
    }

    /// Returns all operations, sorted by product, version and name.
    pub(crate) fn all(&self) -> Vec<&ServedOperation> {
        let mut all: Vec<&ServedOperation> = self.operations.values().flatten().collect();
        all.sort_by_key(|served| (&served.service.product, &served.service.version, &served.operation.name));
        all
    }

    pub(crate) fn products(&self) -> Vec<ServedProduct> {
        let mut products: Vec<ServedProduct> = Vec::new();
        for served in self.all() {
            let (service, name) = (&served.service, served.operation.name.clone());
            match products.last_mut() {
                Some(last) if last.product == service.product && last.version == service.version => {
                    last.operations.push(name);
                }
                _ => products.push(ServedProduct {
                    product: service.product.clone(),
                    version: service.version.clone(),
                    operations: vec![name],
                }),
            }
        }
        products
    }

    /// Returns the names of all operations.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.operations.keys().map(String::as_str)
    }
}
