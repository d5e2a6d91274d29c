//! The specs of the catalogue, for commands that work without spec files.

use alicloud_catalogue::{Catalogue, Error, Product, ProductVersion};
use alicloud_cli::transcribe::{Known, KnownProduct, KnownSpecs};
use alicloud_model::{Effect, Service, SourceFile, load_sources};

use crate::ending::Failure;

/// An operation of the catalogue: its product with only this operation.
pub(crate) struct Found {
    pub(crate) service: Service,
    /// The name of the operation, as the service spells it.
    pub(crate) operation: String,
    /// Its effect. `None` if it is unknown.
    pub(crate) effect: Option<Effect>,
}

/// The reason why an operation is not found.
pub(crate) enum Missing {
    /// The catalogue does not have the product, or cannot be read.
    Product(Failure),
    /// The product does not have the version or the operation.
    Operation(Failure),
}

/// Finds an operation by any spelling of its product and its name. Without a version, the default version comes first, then the
/// only other version that has the operation.
pub(crate) fn find(product: &str, version: Option<&str>, operation: &str) -> Result<Found, Missing> {
    let catalogue = Catalogue::bundled().map_err(|error| Missing::Product(failure(error)))?;
    let product = catalogue.find(product).map_err(|error| Missing::Product(failure(error)))?;
    let missing = |error| Missing::Operation(failure(error));
    let version = match version {
        Some(version) => product.version(version).map_err(missing)?,
        None => {
            let default = product.default_version();
            let has = |version: &&ProductVersion| catalogue.operation(version, operation).is_ok();
            match product.versions().iter().filter(has).collect::<Vec<_>>().as_slice() {
                [only] => only,
                _ => default,
            }
        }
    };
    let operation = catalogue.operation(version, operation).map_err(missing)?;
    let files = catalogue.spec_files(version).map_err(missing)?;
    let mut loaded = load_sources(&files.operation_sources(operation.name));
    let service = loaded.services.pop().ok_or_else(|| {
        let failure = Failure::new(format!("the catalogue's specs of {} have errors", version.folder()));
        Missing::Operation(failure.help("install the tool again"))
    })?;
    Ok(Found { service, operation: operation.name.to_owned(), effect: operation.effect })
}

/// The operations of the catalogue, for comparison with documentation pages.
pub(crate) struct KnownOperations;

impl KnownSpecs for KnownOperations {
    fn find(&self, product: Option<&str>, version: Option<&str>, operation: &str) -> Option<KnownProduct> {
        let catalogue = Catalogue::bundled().ok()?;
        let product = match product {
            Some(product) => catalogue.find(product).ok()?.name(),
            None => {
                // `Catalogue::operation` searches for similar names if there is no such operation, which takes long.
                let has = |product: &&Product| {
                    let mut names = product.versions().iter().filter_map(|version| catalogue.operations(version).ok());
                    names.any(|mut operations| operations.any(|known| known.name == operation))
                };
                let mut products = catalogue.products().iter().filter(has);
                products.next().filter(|_| products.next().is_none())?.name()
            }
        };
        let Found { service, operation, .. } = find(product, version, operation).ok()?;
        let version = catalogue.find(product).ok()?.version(&service.version).ok()?;
        let sources = catalogue.spec_files(version).ok()?.operation_sources(&operation);
        let is_shared =
            |source: &SourceFile| ["service.yaml", "types.yaml"].iter().any(|name| source.path.ends_with(name));
        let place = format!("the catalogue: {}/{operation}", version.folder());
        Some(KnownProduct {
            folder: version.folder().to_owned(),
            files: sources.into_iter().filter(is_shared).collect(),
            is_new: true,
            style: service.style,
            outcome: service.outcome.clone(),
            operation: Known::of(&service, &operation, &place),
        })
    }
}

/// Whether two names differ in case, hyphens and underscores only.
pub(crate) fn is_alike(one: &str, other: &str) -> bool {
    let letters = |name: &str| -> String {
        name.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
    };
    letters(one) == letters(other)
}

/// Converts an error of the catalogue to the failure of a command.
pub(crate) fn failure(error: Error) -> Failure {
    Failure::new(error.to_string()).help(error.help())
}
