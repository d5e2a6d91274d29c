//! Finds the operation that a request asks for.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use alicloud_model::Service;

use crate::catalog::hosts::hosts_of;
use crate::catalog::served_operation::ServedOperation;
use crate::catalog::served_product::ServedProduct;
use crate::gateway_error::{self, GatewayError};

/// What a request says about the operation that it wants.
pub(crate) struct OperationQuery<'r> {
    pub(crate) host: &'r str,
    pub(crate) method: &'r str,
    pub(crate) path: &'r str,
    pub(crate) version: Option<&'r str>,
    pub(crate) action: Option<&'r str>,
}

/// The operation of a request, with what the path and the host tell it.
pub(crate) struct Found<'c, 'r> {
    pub(crate) served: &'c ServedOperation,
    /// The path parameters, still encoded; `None` where the path is not the operation's.
    pub(crate) path_parameters: Option<Vec<(String, &'r str)>>,
    /// What stands before the product's host.
    pub(crate) host_label: Option<&'r str>,
}

/// All operations.
pub(crate) struct Catalog {
    operations: HashMap<String, Vec<ServedOperation>>,
    versions: HashSet<(String, String)>,
    /// The products that answer at a host.
    hosts: HashMap<String, BTreeSet<String>>,
    /// Whether no product leaves open where it answers, as imported ones may.
    knows_all_hosts: bool,
    /// The products by the first part of a path that tells them: their names in lower case.
    prefixes: HashMap<String, BTreeSet<String>>,
}

impl Catalog {
    /// Without regions, the hosts of all regions are known.
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

    /// The operation that a request wants. RPC names it by version and action; for ROA the path and the method can do,
    /// and what else is told must agree. The host tells the product where it is one of the product's, which a loopback
    /// address is not; there, the product may stand before the path.
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

    /// The products that the path begins with, and its rest.
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
        let is_meant = |served: &&ServedOperation| {
            is_product(&served.service.product)
                && query.version.is_none_or(|version| version == served.service.version)
                && (served.is_roa() || query.version.is_some() && query.action.is_some())
        };
        let candidates: Vec<&ServedOperation> = match query.action {
            Some(action) => self.named(action).filter(is_meant).collect(),
            None => self.operations.values().flatten().filter(is_meant).collect(),
        };
        let at_path = candidates.iter().filter_map(|served| Some((*served, served.path.read(query.path)?)));
        let nearest = at_path.min_by_key(|(served, _)| {
            // The last two make the choice the same each time where specs leave one.
            let (product, name) = (&served.service.product, &served.operation.name);
            (!served.takes(query.method), served.path.vagueness(), product, name)
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

    /// The products of a host, with what stands before it.
    fn products_at<'h>(&self, host: &'h str) -> (Option<&BTreeSet<String>>, Option<&'h str>) {
        if let Some(products) = self.hosts.get(host) {
            return (Some(products), None);
        }
        let labelled = host.split_once('.').and_then(|(label, rest)| Some((self.hosts.get(rest)?, label)));
        labelled.map_or((None, None), |(products, label)| (Some(products), Some(label)))
    }

    /// The operations of all products that are called so.
    pub(crate) fn named(&self, name: &str) -> impl Iterator<Item = &ServedOperation> {
        self.operations.get(name).into_iter().flatten()
    }

    /// All operations, by product, version and name.
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

    /// The names of all operations.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.operations.keys().map(String::as_str)
    }
}
