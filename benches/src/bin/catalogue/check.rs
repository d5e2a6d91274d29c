//! Loads every operation of the bundled catalogue through the model, and measures the reader.

use std::time::Instant;

use alicloud_catalogue::Catalogue;
use alicloud_model::{ApiStyle, Operation, load_sources};

pub(crate) fn check() -> Result<bool, String> {
    let failed = |error: alicloud_catalogue::Error| error.to_string();
    let milliseconds = |start: Instant| start.elapsed().as_secs_f64() * 1000.0;
    let start = Instant::now();
    let catalogue = Catalogue::bundled().map_err(failed)?;
    println!("{:.2} ms to read the list of {} products", milliseconds(start), catalogue.products().len());
    let start = Instant::now();
    let ecs = catalogue.find("ecs").map_err(failed)?.default_version();
    catalogue.operation(ecs, "describe-instances").map_err(failed)?;
    println!("{:.2} ms to find an operation, with the list of operations", milliseconds(start));
    let start = Instant::now();
    let count = catalogue.error_codes().map_err(failed)?.count();
    let forbidden = catalogue.operations_with_error("Forbidden.RAM").map_err(failed)?.len();
    println!("{:.2} ms to read {count} error codes; `Forbidden.RAM` has {forbidden} operations", milliseconds(start));
    let start = Instant::now();
    let count = catalogue.parameter_names().map_err(failed)?.count();
    let owner = catalogue.operations_with_parameter("OwnerId").map_err(failed)?.len();
    println!("{:.2} ms to read {count} parameter names; `OwnerId` has {owner} operations", milliseconds(start));
    let start = Instant::now();
    let files = catalogue.spec_files(ecs).map_err(failed)?;
    println!("{:.2} ms to unpack the files of Ecs", milliseconds(start));
    let start = Instant::now();
    let loaded = load_sources(&files.operation_sources("DescribeInstances"));
    println!("{:.2} ms to load one operation of Ecs", milliseconds(start));
    drop(loaded);

    let start = Instant::now();
    let (mut versions, mut operations, mut slowest) = (0, 0, (0.0, String::new()));
    let mut errors = Vec::new();
    for version in catalogue.versions() {
        if versions % 100 == 0 {
            eprintln!("{versions} versions");
        }
        versions += 1;
        let unpacking = Instant::now();
        let files = catalogue.spec_files(version).map_err(failed)?;
        let time = milliseconds(unpacking);
        if time > slowest.0 {
            slowest = (time, version.folder().to_owned());
        }
        let loaded = load_sources(&files.sources());
        errors.extend(loaded.diagnostics.iter().map(ToString::to_string));
        let Some(service) = loaded.services.first() else {
            errors.push(format!("{}: no service", version.folder()));
            continue;
        };
        if catalogue.endpoints(version).map_err(failed)? != service.endpoints {
            errors.push(format!("{}: the index has other hosts", version.folder()));
        }
        let routes = catalogue.routes(version).map_err(failed)?;
        let is_route = |operation: &&Operation| {
            routes.iter().any(|route| {
                route.operation == operation.name
                    && route.path == operation.path
                    && operation.method_names().iter().all(|method| route.accepts(method))
            })
        };
        let roa = service.operations.iter().filter(|operation| operation.style == ApiStyle::Roa);
        if roa.clone().count() != routes.len() || !roa.clone().all(|operation| is_route(&operation)) {
            errors.push(format!("{}: the index has other paths", version.folder()));
        }
        for operation in catalogue.operations(version).map_err(failed)? {
            match service.operation(operation.name) {
                Some(_) => operations += 1,
                None => errors.push(format!("{}: `{}` is not loaded", version.folder(), operation.name)),
            }
        }
        if service.operations.len() != version.operation_count() {
            errors.push(format!("{}: the index does not have all operations", version.folder()));
        }
    }
    println!("{:.1} s to load {operations} operations of {versions} versions", milliseconds(start) / 1000.0);
    println!("{:.2} ms to unpack `{}`, the slowest", slowest.0, slowest.1);
    errors.iter().for_each(|error| eprintln!("{error}"));
    println!("{} errors", errors.len());
    Ok(errors.is_empty())
}
