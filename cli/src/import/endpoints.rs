//! The endpoints of a product: one host for most regions, and exceptions.

use std::collections::HashMap;

use alicloud_model::{Endpoints, Hosts};

use super::json::Json;
use super::report::{Reason, Scope};

/// Reads the endpoints; `host_parameters` are the names that a host may contain.
pub(crate) fn read_endpoints(document: &Json, host_parameters: &[String], scope: &Scope<'_>) -> Option<Endpoints> {
    let scope = scope.inside("endpoints");
    let raw = document.get("endpoints");
    for item in raw.items() {
        if item.get("endpoint").filled().or_else(|| item.get("public").filled()).is_none() {
            scope.inside(&region_of(item)).note(Reason::Host, "no public host");
        }
    }
    let known = known_hosts(raw, &["endpoint", "public"], host_parameters, &scope);
    let Some(public) = rule_and_exceptions(known) else {
        let host = central_host(document.get("x-endpoint"), host_parameters)?;
        let public = Hosts { host, ..Hosts::default() };
        return Some(Endpoints { public, vpc: Hosts::default() });
    };
    let vpc = rule_and_exceptions(known_hosts(raw, &["vpc"], host_parameters, &scope.inside("vpc")));
    Some(Endpoints { public, vpc: vpc.unwrap_or_default() })
}

/// The hosts of regions, as one rule with exceptions.
fn rule_and_exceptions(known: Vec<(String, String)>) -> Option<Hosts> {
    let host = most_frequent(&known)?;
    let (followers, mut exceptions): (Vec<_>, Vec<_>) =
        known.into_iter().partition(|(region, own)| host.replace("{region}", region) == *own);
    let mut regions: Vec<String> = followers.into_iter().map(|(region, _)| region).collect();
    regions.sort_unstable();
    exceptions.sort_by(|one, other| one.0.cmp(&other.0));
    Some(Hosts { host, regions, exceptions })
}

fn region_of(item: &Json) -> String {
    item.get("regionId").text().unwrap_or_default().trim().to_owned()
}

/// Regions with their hosts, read from the first of these keys that exists.
fn known_hosts(raw: &Json, keys: &[&str], host_parameters: &[String], scope: &Scope<'_>) -> Vec<(String, String)> {
    let mut known: Vec<(String, String)> = Vec::new();
    for item in raw.items() {
        let region = region_of(item);
        let Some(host) = keys.iter().find_map(|key| item.get(key).filled()) else { continue };
        let host = without_parameter(host.trim(), host_parameters).to_owned();
        let scope = scope.inside(&region);
        if !is_host(&host) {
            scope.note(Reason::Host, format!("`{host}` is not a host name"));
        } else if !is_region(&region) {
            scope.note(Reason::Region, format!("`{region}` is not a region id"));
        } else if let Some((_, other)) = known.iter().find(|(other, _)| *other == region) {
            if *other != host {
                scope.note(Reason::Region, format!("has `{other}` and `{host}`; the first counts"));
            }
        } else {
            known.push((region, host));
        }
    }
    known
}

/// The host of most regions, with `{region}` in place of the region.
fn most_frequent(known: &[(String, String)]) -> Option<String> {
    let mut candidates: Vec<String> = Vec::new();
    let mut covered: HashMap<String, usize> = HashMap::new();
    for (region, host) in known {
        let rule = rule_of(host, region);
        let fixed = (rule != *host).then(|| host.clone());
        for candidate in [Some(rule), fixed].into_iter().flatten() {
            let count = covered.entry(candidate.clone()).or_default();
            if *count == 0 {
                candidates.push(candidate);
            }
            *count += 1;
        }
    }
    // Of equally frequent hosts, the first: a rule comes before the host that it was derived from.
    let best = covered.values().max()?;
    candidates.into_iter().find(|host| covered.get(host) == Some(best))
}

/// The host with `{region}` in place of the region, if the region is a separate word.
fn rule_of(host: &str, region: &str) -> String {
    let is_word = |at: usize| {
        let before = host.get(..at).and_then(|text| text.chars().next_back());
        let after = host.get(at + region.len()..).and_then(|text| text.chars().next());
        [before, after].into_iter().flatten().all(|one| one == '.' || one == '-')
    };
    let found = host.match_indices(region).map(|(at, _)| at).find(|at| is_word(*at));
    match found.and_then(|at| Some((host.get(..at)?, host.get(at + region.len()..)?))) {
        Some((before, after)) => format!("{before}{{region}}{after}"),
        None => host.to_owned(),
    }
}

/// The host of a product that has one host and lists no regions.
fn central_host(rule: &Json, host_parameters: &[String]) -> Option<String> {
    let stated = rule.get("globalEndpoint").filled().map(|host| host.trim().to_owned());
    let by_rule = || {
        let is_central = rule.get("endpointRule").text().is_some_and(|rule| rule == "central");
        let product = rule.get("endpointProduct").filled().filter(|_| is_central)?;
        Some(format!("{}.aliyuncs.com", product.trim()))
    };
    stated
        .or_else(by_rule)
        .map(|host| without_parameter(&host, host_parameters).to_owned())
        .filter(|host| is_host(host))
}

/// The host without a leading `{Name}.` of a parameter, which a call adds to the host of any region.
fn without_parameter<'h>(host: &'h str, host_parameters: &[String]) -> &'h str {
    let first = host.strip_prefix('{').and_then(|rest| rest.split_once("}."));
    match first {
        Some((name, rest)) if host_parameters.iter().any(|known| known == name) => rest,
        _ => host,
    }
}

fn is_host(host: &str) -> bool {
    host.len() <= 253
        && host.contains('.')
        && host.split('.').all(|label| {
            !label.is_empty()
                && label.len() <= 63
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|one| one.is_ascii_lowercase() || one.is_ascii_digit() || one == '-')
        })
}

fn is_region(region: &str) -> bool {
    !region.is_empty()
        && region.len() <= 63
        && region.chars().all(|one| one.is_ascii_lowercase() || one.is_ascii_digit() || one == '-')
}
