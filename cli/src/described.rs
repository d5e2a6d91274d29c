//! Operations by name: those of the specs, then those of the catalogue.

use std::path::Path;

use alicloud_model::{Effect, Loaded, Operation, Service, SourceFile, load_sources, nearest};

use crate::catalogue::{self, Found, Missing, is_alike};
use crate::ending::Failure;
use crate::specs;

/// An operation with its product.
pub(crate) struct Described {
    pub(crate) service: Service,
    pub(crate) operation: Operation,
    /// Its effect. `None` if its spec does not state one: it counts as a write.
    pub(crate) effect: Option<Effect>,
    pub(crate) origin: Origin,
}

/// The origin of a spec.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The folder that was given.
    Folder,
    /// The bundled specs, which the crate `alicloud` also contains.
    Bundled,
    /// The catalogue.
    Catalogue,
}

/// The specs in which an operation is looked up before the catalogue.
pub(crate) struct Specs {
    pub(crate) services: Vec<Service>,
    pub(crate) origin: Origin,
    /// The paths and texts of the files, to see what they state.
    files: Vec<SourceFile>,
}

impl Specs {
    /// Reads a folder, or else the bundled specs that can describe the operation, or without one, the product.
    pub(crate) fn read(folder: Option<&Path>, product: &str, operation: Option<&str>) -> Result<Self, Failure> {
        let Some(folder) = folder else {
            let files = specs::bundled(product, operation);
            let Loaded { services, .. } = load_sources(&files);
            return Ok(Self { services, origin: Origin::Bundled, files });
        };
        let loaded = specs::load(folder)?;
        specs::ending(&loaded, folder);
        let text = |path: &Path| std::fs::read_to_string(path).ok();
        let files = loaded
            .files
            .iter()
            .filter_map(|path| Some(SourceFile { path: path.to_string_lossy().replace('\\', "/"), text: text(path)? }));
        Ok(Self { files: files.collect(), services: loaded.services, origin: Origin::Folder })
    }

    /// The versions of a product, by any spelling of its name.
    pub(crate) fn named(&self, product: &str) -> impl Iterator<Item = &Service> {
        let is_meant = move |service: &&Service| names(service).iter().any(|own| is_alike(own, product));
        self.services.iter().filter(is_meant)
    }

    /// The effect that the spec of an operation states.
    pub(crate) fn effect(&self, service: &Service, operation: &Operation) -> Option<Effect> {
        let end = format!("{}/{}/{}.yaml", service.feature, service.version, operation.name);
        let file = self.files.iter().find(|file| file.path == end || file.path.ends_with(&format!("/{end}")))?;
        file.text.lines().any(|line| line.starts_with("effect:")).then_some(operation.effect)
    }
}

/// Finds an operation by any spelling of its product and its name.
pub(crate) fn find(specs: &Specs, product: &str, version: Option<&str>, name: &str) -> Result<Described, Failure> {
    let named: Vec<&Service> = specs.named(product).collect();
    let in_version = || named.iter().filter(|service| version.is_none_or(|version| service.version == version));
    let exactly = in_version().filter_map(|service| Some((*service, service.operation(name)?)));
    let alike = in_version().filter_map(|service| {
        Some((*service, service.operations.iter().find(|operation| is_alike(&operation.name, name))?))
    });
    let mut found: Vec<(&Service, &Operation)> = exactly.collect();
    if found.is_empty() {
        found = alike.collect();
    }
    if let [(_, operation), _, ..] = found.as_slice() {
        let versions: Vec<String> = found.iter().map(|(service, _)| format!("`{}`", service.version)).collect();
        return Err(Failure::new(format!("`{}` exists in several versions of `{product}`", operation.name))
            .help(format!("select one with `--version`: {}", versions.join(" or "))));
    }
    if let Some((service, operation)) = found.pop() {
        return Ok(Described {
            effect: specs.effect(service, operation),
            service: service.clone(),
            operation: operation.clone(),
            origin: specs.origin,
        });
    }
    match catalogue::find(product, version, name) {
        Ok(Found { service, operation, effect }) => match service.operation(&operation).cloned() {
            Some(operation) => Ok(Described { service, operation, effect, origin: Origin::Catalogue }),
            None => Err(Failure::new(format!("the catalogue's spec of `{operation}` has errors"))
                .help("install the tool again")),
        },
        Err(Missing::Product(_)) if !named.is_empty() => {
            let operations = in_version().flat_map(|service| &service.operations);
            let failure = Failure::new(format!("`{product}` has no operation `{name}` in the specs"));
            Err(match nearest(name, operations.map(|operation| operation.name.as_str())) {
                Some(near) => failure.help(format!("did you mean `{near}`?")),
                None => failure.help("`alicloud ops` lists the operations of specs"),
            })
        }
        Err(Missing::Product(failure) | Missing::Operation(failure)) => Err(failure),
    }
}

/// The names by which a product can be called.
fn names(service: &Service) -> [&str; 3] {
    [&service.product, &service.feature, &service.module]
}
