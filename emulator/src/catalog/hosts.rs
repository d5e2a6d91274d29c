//! The hosts of a product.

use std::collections::BTreeSet;

use alicloud_model::{Endpoints, Hosts};

/// Returns the hosts of a product in these regions, or in all regions if there are none.
pub(crate) fn hosts_of(endpoints: &Endpoints, regions: &BTreeSet<String>) -> impl Iterator<Item = String> {
    let is_wanted = |region: &str| regions.is_empty() || regions.contains(region);
    let in_network = move |hosts: &Hosts| {
        let central = (!hosts.host.contains("{region}")).then(|| hosts.host.clone());
        let regional = hosts.regions.iter().filter(|region| is_wanted(region));
        let regional = regional.map(|region| hosts.host.replace("{region}", region));
        let exceptions = hosts.exceptions.iter().filter(|(region, _)| is_wanted(region));
        let exceptions = exceptions.map(|(_, host)| host.clone());
        central.into_iter().chain(regional).chain(exceptions).collect::<Vec<_>>()
    };
    let hosts = [&endpoints.public, &endpoints.vpc].into_iter().flat_map(in_network);
    hosts.filter(|host| !host.is_empty()).map(|host| host.to_ascii_lowercase())
}
