//! Reads the settings that the operations of a product share, from a `service.yaml`.

use crate::diagnostics::diagnostic::Code;
use crate::naming;
use crate::reading::error_codes::read_codes;
use crate::reading::errors::{error_variants, read_error_rows};
use crate::reading::node::{Node, NodeId};
use crate::reading::outcome::{StatedOutcome, read_outcome};
use crate::reading::problem::Problem;
use crate::reading::reader::{API_STYLE, FileReader, Mapping};
use crate::spec::errors::ErrorRow;
use crate::spec::service::{Endpoints, Hosts, Service};

/// Reads as much of the file as possible, so that an error in it does not affect operations.
pub(crate) fn read_service(reader: &FileReader<'_>, mut service: Service) -> Service {
    let Some(mut map) = reader.mapping(&reader.document.root, "a service") else { return service };
    if let Some(node) = map.required("product")
        && let Some(product) = reader.text(node, "the product's name")
    {
        service.product = product.to_owned();
        if naming::camel(product).is_none() {
            reader.report(
                Problem::new(node.id, Code::BadName, format!("`{product}` is not a product name"))
                    .expected("letters, digits and `-`"),
            );
        }
    }
    if let Some(node) = map.required("version")
        && let Some(version) = reader.text(node, "the API version")
        && version != service.version
    {
        reader.report(
            Problem::new(node.id, Code::Layout, format!("the version differs from the folder, `{}`", service.version))
                .expected(format!("`{}`", service.version))
                .help("the version and the name of the folder must be the same"),
        );
    }
    if let Some(node) = map.required("style") {
        service.style = reader.word(node, API_STYLE).unwrap_or_default();
    }
    if let Some(node) = map.get("module")
        && let Some(module) = reader.text(node, "a Rust module's name")
    {
        if naming::snake(module).as_deref() == Some(module) {
            service.module = module.to_owned();
        } else {
            reader.report(
                Problem::new(node.id, Code::BadName, format!("`{module}` is not a module name"))
                    .expected("lower case, with `_` between words, and not a keyword"),
            );
        }
    }
    service.gateway = map.text(reader, "gateway").map(str::to_owned);
    service.ram_code = map.get("ram_code").and_then(|node| read_ram_code(reader, node));
    service.summary = map.owned_text(reader, "summary");
    if let Some(node) = map.get("endpoints") {
        service.endpoints = read_endpoints(reader, node);
    }
    service.outcome = map.get("outcome").and_then(|node| read_outcome(reader, node)).and_then(|stated| match stated {
        StatedOutcome::None => None,
        StatedOutcome::This(outcome) => Some(outcome),
    });
    service.retry = read_codes(reader, &mut map);
    let errors = map.list(reader, "errors", "errors");
    // Operations create variants from these rows. Rows that cannot become variants are reported here once.
    let rows = read_error_rows(reader, errors);
    let variants = error_variants(reader, &rows, &[]);
    let usable = |row: &ErrorRow| variants.iter().any(|variant| variant.code == row.code);
    service.errors = rows.into_iter().map(|(row, _)| row).filter(usable).collect();
    map.finish(reader);
    service
}

fn read_ram_code(reader: &FileReader<'_>, node: &Node) -> Option<String> {
    let code = reader.text(node, "a product's code in RAM policies, such as `ecs`")?;
    let is_code = code.starts_with(|one: char| one.is_ascii_lowercase())
        && code.chars().all(|one| one.is_ascii_lowercase() || one.is_ascii_digit() || one == '-');
    if !is_code {
        reader.report(
            Problem::new(node.id, Code::BadName, format!("`{code}` is not a code of RAM policies"))
                .expected("lower-case letters, digits and `-`, such as `ecs` or `yundun-sas`"),
        );
    }
    is_code.then(|| code.to_owned())
}

fn read_endpoints(reader: &FileReader<'_>, node: &Node) -> Endpoints {
    let mut endpoints = Endpoints::default();
    let Some(mut map) = reader.mapping(node, "an endpoint rule") else { return endpoints };
    endpoints.public = read_hosts(reader, &mut map);
    if let Some(mut map) = map.get("vpc").and_then(|node| reader.mapping(node, "an endpoint rule")) {
        endpoints.vpc = read_hosts(reader, &mut map);
        map.finish(reader);
    }
    map.finish(reader);
    endpoints
}

fn read_hosts(reader: &FileReader<'_>, map: &mut Mapping<'_>) -> Hosts {
    let mut hosts = Hosts::default();
    let host_node = map.required("host");
    if let Some(host_node) = host_node
        && let Some(host) = reader.text(host_node, "a host, such as `ecs.{region}.aliyuncs.com`")
    {
        check_host(reader, host_node, host);
        hosts.host = host.to_owned();
    }
    let regions = map.get("regions");
    for node in regions.map_or(&[][..], |node| reader.list(node, "region ids")) {
        let Some(region) = reader.text(node, "a region id") else { continue };
        check_region(reader, node.id, region);
        if hosts.regions.iter().any(|known| known == region) {
            reader.report(Problem::new(node.id, Code::DuplicateName, format!("region `{region}` appears twice")));
        }
        hosts.regions.push(region.to_owned());
    }
    let is_regional = hosts.host.contains("{region}");
    let none = regions.is_none_or(|node| reader.is_empty_list(node));
    if let (Some(at), true) = (regions.or(host_node), none && is_regional) {
        reader.report(
            Problem::new(at.id, Code::BadEndpoint, "the host depends on the region, but there are no `regions`")
                .expected("`regions: [cn-hangzhou, …]`"),
        );
    }
    if let Some(map) = map.get("exceptions").and_then(|node| reader.mapping(node, "exceptions")) {
        for entry in map.entries() {
            check_region(reader, entry.key_id, &entry.key);
            let Some(host) = reader.text(&entry.value, "a host") else { continue };
            check_host(reader, &entry.value, host);
            if hosts.regions.contains(&entry.key) {
                reader.report(
                    Problem::new(entry.key_id, Code::DuplicateName, format!("region `{}` appears twice", entry.key))
                        .help("a region uses the host rule or has its own host"),
                );
            }
            hosts.exceptions.push((entry.key.clone(), host.to_owned()));
        }
    }
    hosts
}

fn check_host(reader: &FileReader<'_>, node: &Node, host: &str) {
    let plain = host.replace("{region}", "region");
    let labels = plain.split('.').all(|label| {
        !label.is_empty() && label.chars().all(|one| one.is_ascii_lowercase() || one.is_ascii_digit() || one == '-')
    });
    if !labels {
        reader.report(
            Problem::new(node.id, Code::BadEndpoint, format!("`{host}` is not a host name"))
                .expected("lower-case labels separated by dots, with `{region}` as the placeholder of the region"),
        );
    }
}

fn check_region(reader: &FileReader<'_>, id: NodeId, region: &str) {
    if region.is_empty() || !region.chars().all(|one| one.is_ascii_lowercase() || one.is_ascii_digit() || one == '-') {
        reader.report(
            Problem::new(id, Code::BadEndpoint, format!("`{region}` is not a region id"))
                .expected("lower-case letters, digits and `-`, such as `cn-hangzhou`"),
        );
    }
}
