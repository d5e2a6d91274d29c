//! What is served: the operations of all specs, and how to find one.

use std::collections::{BTreeSet, HashMap, HashSet};

use alicloud_model::{ErrorRow, Field, Operation, Outcome, Service, Type};

use crate::refusal::{self, Refusal};

/// An operation with what it needs of its product.
pub(crate) struct ServedOperation {
    pub(crate) product: String,
    pub(crate) operation: Operation,
    pub(crate) outcome: Option<Outcome>,
    /// Top-level parameters with something in them that must not be logged.
    pub(crate) sensitive: BTreeSet<String>,
    version: String,
}

impl ServedOperation {
    fn rows(&self) -> impl Iterator<Item = &ErrorRow> {
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

/// All operations.
pub(crate) struct Catalog {
    operations: HashMap<String, Vec<ServedOperation>>,
    versions: HashSet<(String, String)>,
    hosts: HashMap<String, String>,
}

impl Catalog {
    pub(crate) fn new(services: Vec<Service>) -> Self {
        let mut catalog = Self { operations: HashMap::new(), versions: HashSet::new(), hosts: HashMap::new() };
        for service in services {
            for host in hosts_of(&service) {
                catalog.hosts.entry(host).or_insert_with(|| service.product.clone());
            }
            catalog.versions.insert((service.product.clone(), service.version.clone()));
            for operation in service.operations {
                let served = ServedOperation {
                    product: service.product.clone(),
                    version: service.version.clone(),
                    outcome: service.outcome.clone(),
                    sensitive: sensitive_names(&operation),
                    operation,
                };
                catalog.operations.entry(served.operation.name.clone()).or_default().push(served);
            }
        }
        catalog
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.operations.is_empty()
    }

    /// The operation that a request names. The host tells the product where it is one of the product's; on a loopback
    /// address version and action must do.
    pub(crate) fn find(
        &self,
        host: &str,
        version: Option<&str>,
        action: Option<&str>,
    ) -> Result<&ServedOperation, Refusal> {
        let version = version.ok_or_else(|| Refusal::missing("Version"))?;
        let action = action.ok_or_else(|| Refusal::missing("Action"))?;
        let product = self.hosts.get(host);
        let is_meant = |name: &String| product.is_none_or(|product| product == name);
        if !self.versions.iter().any(|(product, known)| known == version && is_meant(product)) {
            return Err(Refusal::invalid("Version"));
        }
        self.named(action)
            .find(|served| served.version == version && is_meant(&served.product))
            .ok_or_else(|| refusal::UNKNOWN_ACTION.into())
    }

    /// The operations of all products that are called so.
    pub(crate) fn named(&self, name: &str) -> impl Iterator<Item = &ServedOperation> {
        self.operations.get(name).into_iter().flatten()
    }

    /// The names of all operations.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.operations.keys().map(String::as_str)
    }
}

fn hosts_of(service: &Service) -> impl Iterator<Item = String> {
    let endpoints = &service.endpoints;
    let central = (!endpoints.host.contains("{region}")).then(|| endpoints.host.clone());
    let regional = endpoints.regions.iter().map(|region| endpoints.host.replace("{region}", region));
    let exceptions = endpoints.exceptions.iter().map(|(_, host)| host.clone());
    central.into_iter().chain(regional).chain(exceptions).map(|host| host.to_ascii_lowercase())
}

fn sensitive_names(operation: &Operation) -> BTreeSet<String> {
    let fields = operation.parameters.iter().map(|parameter| &parameter.field);
    fields.filter(|field| is_sensitive(field)).map(|field| field.name.clone()).collect()
}

fn is_sensitive(field: &Field) -> bool {
    fn within(ty: &Type) -> bool {
        match ty {
            Type::Object(object) => object.fields.iter().any(is_sensitive),
            Type::List(item) | Type::Map(item) => within(item),
            _ => false,
        }
    }
    field.sensitive || within(&field.ty)
}
