//! The bundled data is complete, and names are found in any spelling.

use alicloud_catalogue::{Catalogue, Error, Product};
use alicloud_model::{ApiStyle, Effect, load_sources};

fn catalogue() -> &'static Catalogue {
    Catalogue::bundled().unwrap()
}

fn ecs() -> &'static Product {
    catalogue().find("Ecs").unwrap()
}

/// The official metadata has 800 documents with 40,843 operations. Two documents describe the same version, and have
/// two operations in common.
#[test]
fn the_catalogue_contains_all_operations() {
    assert_eq!(catalogue().versions().count(), 799);
    assert_eq!(catalogue().versions().map(|version| version.operation_count()).sum::<usize>(), 40_841);
    for version in catalogue().versions() {
        let files = catalogue().spec_files(version).unwrap();
        let (source, date) = (files.source(), files.date());
        assert!(["official API metadata", "definitions in the official SDKs"].contains(&source), "{source}");
        assert_eq!(date, "2026-08");
        let indexed: Vec<&str> = catalogue().operations(version).unwrap().map(|operation| operation.name).collect();
        assert_eq!(indexed.len(), version.operation_count());
        let packed: Vec<&str> = files
            .files()
            .map(|(name, _)| name.strip_suffix(".yaml").unwrap())
            .filter(|name| !["service", "types"].contains(name))
            .collect();
        assert_eq!(packed, indexed, "{}", version.folder());
        assert!(files.file("service.yaml").unwrap().contains(version.version()));
    }
}

#[test]
fn one_operation_is_loaded_with_its_shared_files() {
    let files = catalogue().spec_files(ecs().default_version()).unwrap();
    let loaded = load_sources(&files.operation_sources("DescribeInstances"));
    assert!(loaded.diagnostics.is_empty(), "{:#?}", loaded.diagnostics);
    let service = loaded.services.first().unwrap();
    assert_eq!((service.product.as_str(), service.version.as_str()), ("Ecs", "2014-05-26"));
    let operation = service.operation("DescribeInstances").unwrap();
    assert_eq!(operation.effect, Effect::Read);
    assert_eq!(operation.parameter("RegionId").map(|parameter| parameter.field.required), Some(true));
    assert_eq!(files.operation("DescribeInstance"), None);
}

#[test]
fn products_and_operations_are_found_in_any_spelling() {
    for (given, name, version) in [
        ("Ecs", "Ecs", "2014-05-26"),
        ("ecs", "Ecs", "2014-05-26"),
        ("ECS", "Ecs", "2014-05-26"),
        ("onsmqtt", "OnsMqtt", "2020-04-20"),
        ("ONSMQTT", "OnsMqtt", "2020-04-20"),
        ("bss-open-api", "BssOpenApi", "2017-12-14"),
        ("dataworks_public", "dataworks-public", "2024-05-18"),
        // Old versions spell the names `cdn`, `cs` and `emr`.
        ("cdn", "Cdn", "2018-05-10"),
        ("cs", "CS", "2015-12-15"),
        ("emr", "Emr", "2021-03-20"),
    ] {
        let product = catalogue().find(given).unwrap();
        assert_eq!((product.name(), product.default_version().version()), (name, version), "{given}");
    }
    for given in ["DescribeInstances", "describeinstances", "describe_instances", "describe-instances"] {
        assert_eq!(catalogue().operation(ecs().default_version(), given).unwrap().name, "DescribeInstances", "{given}");
    }
}

#[test]
fn each_version_has_its_own_spelling_of_the_product() {
    let spellings: Vec<(&str, &str)> = catalogue()
        .find("OnsMqtt")
        .unwrap()
        .versions()
        .iter()
        .map(|version| (version.product(), version.version()))
        .collect();
    assert_eq!(spellings, [("onsmqtt", "2019-12-11"), ("OnsMqtt", "2020-04-20")]);
}

#[test]
fn the_index_has_effects_and_deprecations() {
    let find = |name: &str| catalogue().operation(ecs().default_version(), name).unwrap();
    assert_eq!(find("DescribeInstances").effect, Some(Effect::Read));
    assert_eq!(find("AllocateDedicatedHosts").effect, Some(Effect::Write));
    assert!(!find("DescribeInstances").deprecated);
    assert!(find("AllocateEipAddress").deprecated);
}

#[test]
fn the_index_has_hosts_and_paths() {
    for product in ["ecs", "cs", "sts", "fc", "elasticsearch"] {
        let version = catalogue().find(product).unwrap().default_version();
        let loaded = load_sources(&catalogue().spec_files(version).unwrap().sources());
        let service = loaded.services.first().unwrap();
        assert_eq!(catalogue().endpoints(version).unwrap(), service.endpoints, "{product}");
        let routes = catalogue().routes(version).unwrap();
        let roa: Vec<_> = service.operations.iter().filter(|operation| operation.style == ApiStyle::Roa).collect();
        assert_eq!(routes.len(), roa.len(), "{product}");
        for route in routes {
            let operation = service.operation(route.operation).unwrap();
            assert_eq!(route.path, operation.path);
            let methods = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD"];
            let accepted: Vec<_> = methods.into_iter().filter(|method| route.accepts(method)).collect();
            let documented = operation.method_names();
            assert_eq!(accepted, methods.into_iter().filter(|method| documented.contains(method)).collect::<Vec<_>>());
        }
    }
}

#[test]
fn error_codes_lead_to_operations() {
    let operations = catalogue().operations_with_error("InvalidInstanceId.NotFound").unwrap();
    assert!(operations.iter().any(|operation| operation.name == "StopInstance"
        && operation.version.product() == "Ecs"
        && operation.version.version() == "2014-05-26"));
    for operation in operations {
        let files = catalogue().spec_files(operation.version).unwrap();
        let text = files.operation(operation.name).unwrap();
        assert!(text.contains("code: InvalidInstanceId.NotFound\n"), "{}", operation.name);
    }
    assert!(catalogue().operations_with_error("NoSuchCode").unwrap().is_empty());
    assert!(catalogue().error_codes().unwrap().count() > 10_000);
}

#[test]
fn parameters_and_their_members_lead_to_operations() {
    let has = |parameter: &str, operation: &str| {
        let operations = catalogue().operations_with_parameter(parameter).unwrap();
        operations.iter().any(|one| one.name == operation && one.version.folder() == "ecs/2014-05-26")
    };
    assert!(has("SecurityGroupId", "RunInstances"));
    // A member of the list `DataDisk`, and one of a shared type.
    assert!(has("PerformanceLevel", "RunInstances"));
    assert!(!has("SecurityGroupId", "DescribeVpcs"));
    assert!(catalogue().operations_with_parameter("NoSuchParameter").unwrap().is_empty());
    assert!(catalogue().parameter_names().unwrap().count() > 30_000);
}

#[test]
fn an_unknown_name_is_an_error_with_similar_names() {
    let product = |name: &str| catalogue().find(name).unwrap_err();
    let operation = |name: &str| catalogue().operation(ecs().default_version(), name).unwrap_err();
    for (error, message, help) in [
        (product("Ecss"), "the catalogue has no product `Ecss`", "did you mean `Ecs`"),
        (product("mqtt"), "the catalogue has no product `mqtt`", "`OnsMqtt`"),
        (product("qqqqqqqqqqqq"), "the catalogue has no product `qqqqqqqqqqqq`", "as in its API reference"),
        (product(""), "the catalogue has no product ``", "as in its API reference"),
        (
            ecs().version("2014-05-27").unwrap_err(),
            "the catalogue has no version `2014-05-27` of `Ecs`",
            "the versions are `2014-05-26`",
        ),
        (
            operation("DescribInstances"),
            "`Ecs` 2014-05-26 has no operation `DescribInstances`",
            "did you mean `DescribeInstances`",
        ),
        (operation("ResetThing"), "`Ecs` 2014-05-26 has no operation `ResetThing`", "`Iot 2018-01-20` has it"),
    ] {
        assert_eq!(error.to_string(), message);
        assert!(error.help().contains(help), "{message}: {}", error.help());
    }
    assert!(matches!(operation(""), Error::UnknownOperation { similar, .. } if similar.is_empty()));
}
