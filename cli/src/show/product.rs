//! A product: its versions, endpoints and operations.

use std::collections::BTreeMap;

use alicloud_catalogue::{Catalogue, Product};
use alicloud_model::{Effect, Hosts, Service, load_sources};
use serde::Serialize;

use crate::catalogue::failure;
use crate::described::{Origin, Specs};
use crate::ending::Failure;
use crate::output::counted;
use crate::terminal::TerminalText;

/// A product in one version.
#[derive(Serialize)]
pub(super) struct Overview {
    product: String,
    version: String,
    /// The folder of the specs, which is the name of the Rust module.
    folder: String,
    /// All versions, with the number of operations of each.
    versions: Vec<Version>,
    endpoints: Vec<String>,
    operations: Vec<Entry>,
}

#[derive(Serialize)]
struct Version {
    version: String,
    operations: usize,
}

#[derive(Serialize)]
struct Entry {
    operation: String,
    /// `read`, `write`, `readAndWrite` or `unknown`.
    effect: &'static str,
    deprecated: bool,
    /// Whether the given specs have it.
    in_specs: bool,
}

impl Overview {
    /// Finds a product in the catalogue and in the specs.
    pub(super) fn find(specs: &Specs, name: &str, version: Option<&str>) -> Result<Self, Failure> {
        let own: Vec<&Service> = specs.named(name).collect();
        let known = match Catalogue::bundled().and_then(|catalogue| catalogue.find(name)) {
            Ok(product) => Some(product),
            Err(_) if !own.is_empty() => None,
            Err(error) => return Err(failure(error)),
        };
        let version = match (version, known) {
            (Some(version), _) => version,
            (None, Some(product)) => product.default_version().version(),
            (None, None) => own.iter().map(|service| service.version.as_str()).max().unwrap_or_default(),
        };
        let own_version = own.iter().find(|service| service.version == version).copied();
        let catalogued = match known.map(|product| catalogued(product, version)) {
            Some(Ok(overview)) => Some(overview),
            Some(Err(error)) if own_version.is_none() => return Err(error),
            Some(Err(_)) | None => None,
        };
        let mut overview = match (catalogued, own_version) {
            (Some(overview), _) => overview,
            (None, Some(service)) => of_specs(service),
            (None, None) => {
                let versions: Vec<String> = own.iter().map(|service| format!("`{}`", service.version)).collect();
                return Err(Failure::new(format!("`{name}` has no version `{version}` in the specs"))
                    .help(format!("the versions are {}", versions.join(" and "))));
            }
        };
        if let Some(service) = own_version {
            overview.add(specs, service);
        }
        for service in own {
            if overview.versions.iter().all(|version| version.version != service.version) {
                overview
                    .versions
                    .push(Version { version: service.version.clone(), operations: service.operations.len() });
            }
        }
        overview.versions.sort_by(|one, other| one.version.cmp(&other.version));
        Ok(overview)
    }

    /// Adds the operations of specs. They replace those of the catalogue.
    fn add(&mut self, specs: &Specs, service: &Service) {
        let mut entries: BTreeMap<String, Entry> =
            std::mem::take(&mut self.operations).into_iter().map(|entry| (entry.operation.clone(), entry)).collect();
        for operation in &service.operations {
            let entry = Entry {
                operation: operation.name.clone(),
                effect: effect_word(specs.effect(service, operation)),
                deprecated: operation.deprecated.is_some(),
                // The bundled specs are not the user's.
                in_specs: specs.origin == Origin::Folder,
            };
            entries.insert(operation.name.clone(), entry);
        }
        self.operations = entries.into_values().collect();
    }

    pub(super) fn page(&self) -> TerminalText {
        let mut page = TerminalText::new();
        page.heading(&format!("{} {}", self.product, self.version));
        page.entry(2, "Folder and module", &self.folder);
        let versions = self.versions.iter().map(|one| format!("{} ({})", one.version, one.operations));
        page.entry(2, "Versions with their operations", &versions.collect::<Vec<_>>().join(", "));
        for endpoint in &self.endpoints {
            page.entry(2, "Endpoint", endpoint);
        }
        page.entry(2, "Documentation", &format!("https://api.alibabacloud.com/document/{}", self.product));
        page.heading(&counted(self.operations.len(), "operation"));
        for entry in &self.operations {
            let mut words = match entry.effect {
                "readAndWrite" => "read and write".to_owned(),
                word => word.to_owned(),
            };
            if entry.deprecated {
                words += ", deprecated";
            }
            if entry.in_specs {
                words += ", in the specs";
            }
            page.entry(2, &entry.operation, &words);
        }
        page
    }
}

/// The product in the catalogue.
fn catalogued(product: &Product, version: &str) -> Result<Overview, Failure> {
    let catalogue = Catalogue::bundled().map_err(failure)?;
    let version = product.version(version).map_err(failure)?;
    let files = catalogue.spec_files(version).map_err(failure)?;
    // Without operations: they are in the index, and there may be hundreds.
    let service = load_sources(&files.operation_sources("")).services.pop();
    let operations = catalogue.operations(version).map_err(failure)?;
    Ok(Overview {
        product: version.product().to_owned(),
        version: version.version().to_owned(),
        folder: product.folder().to_owned(),
        versions: product
            .versions()
            .iter()
            .map(|one| Version { version: one.version().to_owned(), operations: one.operation_count() })
            .collect(),
        endpoints: service.as_ref().map(endpoints).unwrap_or_default(),
        operations: operations
            .map(|operation| Entry {
                operation: operation.name.to_owned(),
                effect: effect_word(operation.effect),
                deprecated: operation.deprecated,
                in_specs: false,
            })
            .collect(),
    })
}

fn of_specs(service: &Service) -> Overview {
    Overview {
        product: service.product.clone(),
        version: service.version.clone(),
        folder: service.feature.clone(),
        versions: Vec::new(),
        endpoints: endpoints(service),
        operations: Vec::new(),
    }
}

fn effect_word(effect: Option<Effect>) -> &'static str {
    effect.map_or("unknown", |effect| effect.as_str())
}

fn endpoints(service: &Service) -> Vec<String> {
    let (public, vpc) = (hosts(&service.endpoints.public), hosts(&service.endpoints.vpc));
    public.into_iter().chain(vpc.map(|vpc| format!("{vpc}, in a VPC"))).collect()
}

/// The hosts in one network, in words; `None` if none is known.
fn hosts(hosts: &Hosts) -> Option<String> {
    let Hosts { host, regions, exceptions } = hosts;
    let others = match exceptions.len() {
        0 => None,
        1 => Some("1 region with another host".to_owned()),
        several => Some(format!("{several} regions with other hosts")),
    };
    let known = (!regions.is_empty()).then(|| counted(regions.len(), "region"));
    let host = (!host.is_empty()).then(|| host.clone());
    let words: Vec<String> = [host, known, others].into_iter().flatten().collect();
    (!words.is_empty()).then(|| words.join(", "))
}
