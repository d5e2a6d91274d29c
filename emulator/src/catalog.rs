//! What is served: the operations of all specs, and how to find one.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use alicloud_model::{ApiStyle, ErrorRow, Field, Hosts, Operation, Position, Service, SharedName, SharedTypes, Type};

use crate::path_template::PathTemplate;
use crate::refusal::{self, Refusal};

/// An operation with what it needs of its product.
pub(crate) struct ServedOperation {
    /// Its product; the operations are not in there.
    pub(crate) service: Arc<Service>,
    pub(crate) operation: Operation,
    /// Top-level parameters with something in them that must not be logged.
    pub(crate) sensitive: BTreeSet<String>,
    path: PathTemplate,
}

impl ServedOperation {
    fn new(service: &Arc<Service>, operation: Operation) -> Self {
        Self {
            service: Arc::clone(service),
            sensitive: sensitive_names(&service.types, &operation),
            path: PathTemplate::new(&operation.path),
            operation,
        }
    }

    pub(crate) fn is_roa(&self) -> bool {
        self.operation.style == ApiStyle::Roa
    }

    pub(crate) fn takes(&self, method: &str) -> bool {
        self.operation.methods.iter().any(|known| known.as_str() == method)
    }

    /// Whether the body of a request is something else than a form.
    pub(crate) fn has_body_of_its_own(&self) -> bool {
        let mut parameters = self.operation.parameters.iter();
        self.operation.form_as_json || parameters.any(|parameter| parameter.position == Position::Body)
    }

    /// The documented errors, the product's own among them.
    pub(crate) fn rows(&self) -> impl Iterator<Item = &ErrorRow> {
        self.operation.error_variants.iter().flat_map(|variant| &variant.rows)
    }

    /// The documented error with this code. Where the documented code has a `%s`, any text may stand for it.
    pub(crate) fn documented_error(&self, code: &str) -> Option<Refusal> {
        let exact = self.rows().find(|row| row.code == code && !row.code.contains("%s"));
        if let Some(row) = exact {
            return Some(Refusal::new(row.status, code, &row.message));
        }
        self.rows().find_map(|row| {
            let (before, after) = row.code.split_once("%s")?;
            let filled = code.strip_prefix(before)?.strip_suffix(after).filter(|filled| !filled.is_empty())?;
            let filled = match filled {
                // The code as the spec writes it: no service sends that, so something likely is filled in.
                "%s" => self.operation.parameters.first().map_or("Parameter", |first| first.field.name.as_str()),
                filled => filled,
            };
            let code = format!("{before}{filled}{after}");
            Some(Refusal::new(row.status, code, row.message.replace("%s", filled)))
        })
    }

    /// The codes of [`ServedOperation::documented_error`].
    pub(crate) fn documented_codes(&self) -> impl Iterator<Item = &str> {
        self.rows().map(|row| row.code.as_str())
    }
}

/// A version of a product, as an emulator serves it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct ServedProduct {
    /// Its name, such as `Ecs`.
    pub product: String,
    /// The API version.
    pub version: String,
    /// The names of its operations, in order.
    pub operations: Vec<String>,
}

/// What a request says about the operation that it wants.
pub(crate) struct Asked<'r> {
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
    pub(crate) fn find<'r>(&self, asked: &Asked<'r>) -> Result<Found<'_, 'r>, Refusal> {
        let (products, host_label) = self.products_at(asked.host);
        if products.is_none() && self.knows_all_hosts && asked.host.ends_with(".aliyuncs.com") {
            return Err(refusal::UNKNOWN_PRODUCT.into());
        }
        let found = self.find_of(products, host_label, asked);
        if products.is_some() || matches!(&found, Ok(found) if found.path_parameters.is_some()) {
            return found;
        }
        match self.without_prefix(asked.path) {
            Some((products, path)) => self.find_of(Some(products), host_label, &Asked { path, ..*asked }),
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
        asked: &Asked<'r>,
    ) -> Result<Found<'_, 'r>, Refusal> {
        let is_product = |product: &String| products.is_none_or(|products| products.contains(product));
        let is_meant = |served: &&ServedOperation| {
            is_product(&served.service.product)
                && asked.version.is_none_or(|version| version == served.service.version)
                && (served.is_roa() || asked.version.is_some() && asked.action.is_some())
        };
        let candidates: Vec<&ServedOperation> = match asked.action {
            Some(action) => self.named(action).filter(is_meant).collect(),
            None => self.operations.values().flatten().filter(is_meant).collect(),
        };
        let at_path = candidates.iter().filter_map(|served| Some((*served, served.path.read(asked.path)?)));
        let nearest = at_path.min_by_key(|(served, _)| {
            // The last two make the choice the same each time where specs leave one.
            let (product, name) = (&served.service.product, &served.operation.name);
            (!served.takes(asked.method), served.path.vagueness(), product, name)
        });
        if let Some((served, path_parameters)) = nearest {
            return Ok(Found { served, path_parameters: Some(path_parameters), host_label });
        }
        if asked.path != "/" && (asked.version.is_none() || asked.action.is_none()) {
            return Err(refusal::UNKNOWN_ACTION.into());
        }
        let version = asked.version.ok_or_else(|| Refusal::missing("Version"))?;
        asked.action.ok_or_else(|| Refusal::missing("Action"))?;
        if !self.versions.iter().any(|(product, known)| known == version && is_product(product)) {
            return Err(Refusal::invalid("Version"));
        }
        let served = candidates.first().ok_or(refusal::UNKNOWN_ACTION)?;
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

fn hosts_of(service: &Service, regions: &BTreeSet<String>) -> impl Iterator<Item = String> {
    let is_wanted = |region: &str| regions.is_empty() || regions.contains(region);
    let in_network = move |hosts: &Hosts| {
        let central = (!hosts.host.contains("{region}")).then(|| hosts.host.clone());
        let regional = hosts.regions.iter().filter(|region| is_wanted(region));
        let regional = regional.map(|region| hosts.host.replace("{region}", region));
        let exceptions = hosts.exceptions.iter().filter(|(region, _)| is_wanted(region));
        let exceptions = exceptions.map(|(_, host)| host.clone());
        central.into_iter().chain(regional).chain(exceptions).collect::<Vec<_>>()
    };
    let hosts = [&service.endpoints.public, &service.endpoints.vpc].into_iter().flat_map(in_network);
    hosts.filter(|host| !host.is_empty()).map(|host| host.to_ascii_lowercase())
}

fn sensitive_names(types: &SharedTypes, operation: &Operation) -> BTreeSet<String> {
    let fields = operation.parameters.iter().map(|parameter| &parameter.field);
    fields.filter(|field| is_sensitive(types, field, &mut Vec::new())).map(|field| field.name.clone()).collect()
}

/// `seen` are the shared types that have been looked into: they may lead back to themselves.
fn is_sensitive<'t>(types: &'t SharedTypes, field: &'t Field, seen: &mut Vec<&'t SharedName>) -> bool {
    fn within<'t>(types: &'t SharedTypes, ty: &'t Type, seen: &mut Vec<&'t SharedName>) -> bool {
        match ty {
            Type::List(item) | Type::Map(item) => within(types, item, seen),
            Type::Shared(name) if seen.contains(&name) => false,
            _ => {
                if let Type::Shared(name) = ty {
                    seen.push(name);
                }
                types.members_of(ty).into_iter().flatten().any(|field| is_sensitive(types, field, seen))
            }
        }
    }
    field.sensitive || within(types, &field.ty, seen)
}
