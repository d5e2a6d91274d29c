//! The specs of the catalogue, for commands that work without spec files.

use alicloud_catalogue::{Catalogue, Error, ProductVersion};
use alicloud_model::{Effect, Service, SourceFile, load_sources};

use crate::ending::Failure;

/// An operation of the catalogue: its product with this operation alone.
pub(crate) struct Found {
    pub(crate) service: Service,
    /// The name of the operation, as the service spells it.
    pub(crate) operation: String,
    /// What it does to the service. `None` if that is unknown.
    pub(crate) effect: Option<Effect>,
}

/// Why an operation is not found.
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

/// Returns the spec files of a product, such as `vpc`, or of one of its versions, such as `rds/2014-08-15`.
pub(crate) fn sources(name: &str) -> Result<Vec<SourceFile>, Failure> {
    let catalogue = Catalogue::bundled().map_err(failure)?;
    let (product, version) = match name.split_once('/') {
        Some((product, version)) => (product, Some(version)),
        None => (name, None),
    };
    let product = catalogue.find(product).map_err(failure)?;
    let version = match version {
        Some(version) => product.version(version).map_err(failure)?,
        None => product.default_version(),
    };
    Ok(catalogue.spec_files(version).map_err(failure)?.sources())
}

/// Whether two names differ in case, hyphens and underscores only.
pub(crate) fn is_alike(one: &str, other: &str) -> bool {
    let letters = |name: &str| -> String {
        name.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
    };
    letters(one) == letters(other)
}

/// The failure of a command that the catalogue cannot serve.
pub(crate) fn failure(error: Error) -> Failure {
    Failure::new(error.to_string()).help(error.help())
}
