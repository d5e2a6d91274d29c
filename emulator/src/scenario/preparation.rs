//! Checks scripted responses and resources against the operations that are served.

use crate::catalog::lookup::Catalog;
use crate::gateway_error::{self, GatewayError};
use crate::responses::resources::Resource;
use crate::scenario::script_error::ScriptError;
use crate::scenario::scripted_response::{PreparedResponse, ScriptedResponse};

/// Checks a scripted response of an operation.
pub(crate) fn prepare(
    catalog: &Catalog,
    operation: &str,
    response: ScriptedResponse,
) -> Result<PreparedResponse, ScriptError> {
    known(catalog, operation)?;
    response.checked(|code| documented(catalog, operation, code))
}

/// Checks that the operations of a resource have its parameters and errors.
pub(crate) fn check_resource(catalog: &Catalog, resource: &Resource) -> Result<(), ScriptError> {
    for operation in resource.create.iter().chain(&resource.describe).chain(&resource.delete) {
        known(catalog, operation)?;
        let is_created = resource.create.contains(operation);
        for name in resource.id.iter().filter(|_| !is_created || resource.returned_at.is_empty()) {
            let served = catalog.named(operation);
            if !served.iter().any(|served| served.operation.parameter(name).is_some()) {
                let (operation, parameter) = (operation.clone(), name.clone());
                return Err(ScriptError::UnknownParameter { operation, parameter });
            }
        }
        let code = if is_created { resource.existing.as_ref() } else { Some(&resource.missing) };
        if let Some(code) = code {
            documented(catalog, operation, code)?;
        }
    }
    Ok(())
}

fn documented(catalog: &Catalog, operation: &str, code: &str) -> Result<GatewayError, ScriptError> {
    let named = catalog.named(operation);
    if let Some(error) = named.iter().find_map(|served| served.error(code)) {
        return Ok(error);
    }
    let of_operation = || named.iter().flat_map(|served| served.documented_codes());
    let mut near = near(code, of_operation().chain(gateway_error::codes_of_all_operations()));
    if near.is_empty() {
        near = of_operation().map(str::to_owned).collect();
    }
    Err(ScriptError::UndocumentedCode { operation: operation.to_owned(), code: code.to_owned(), near })
}

fn known(catalog: &Catalog, operation: &str) -> Result<(), ScriptError> {
    if catalog.has(operation) {
        return Ok(());
    }
    let near = near(operation, catalog.names().into_iter());
    Err(ScriptError::UnknownOperation { operation: operation.to_owned(), near })
}

/// Returns up to three names like this one, the nearest first.
fn near<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> Vec<String> {
    alicloud_model::near(name, known).into_iter().take(3).map(str::to_owned).collect()
}
