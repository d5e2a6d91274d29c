//! The operations that a policy must allow.

use std::collections::BTreeMap;

use alicloud_model::{Operation, RamAction, Service};

/// An operation with the RAM action that it needs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Need {
    pub(super) product: String,
    pub(super) version: String,
    pub(super) operation: String,
}

/// The permission that an operation needs.
#[derive(Debug)]
pub(super) struct Permission {
    /// `None` if neither the spec nor the product states it.
    pub(super) action: Option<RamAction>,
    /// The templates of ARNs in the spec.
    pub(super) resources: Vec<String>,
    /// The locations of the calls, such as `src/main.rs:12`.
    pub(super) places: Vec<String>,
}

/// The operations, and the calls that are not resolved.
#[derive(Debug, Default)]
pub(super) struct Needs {
    pub(super) operations: BTreeMap<Need, Permission>,
    /// Calls whose operation is not known, each with its place.
    pub(super) unresolved: Vec<String>,
}

impl Need {
    pub(super) fn new<'s>(service: &'s Service, operation: &'s Operation) -> (Self, &'s Service, &'s Operation) {
        let need = Self {
            product: service.product.clone(),
            version: service.version.clone(),
            operation: operation.name.clone(),
        };
        (need, service, operation)
    }
}

impl Needs {
    /// Adds a call of an operation.
    pub(super) fn add(&mut self, (need, service, operation): (Need, &Service, &Operation), place: String) {
        let permission = self.operations.entry(need).or_insert_with(|| Permission {
            action: service.ram_action(operation),
            resources: operation.ram.as_ref().and_then(|ram| ram.resource.as_deref()).map(arns).unwrap_or_default(),
            places: Vec::new(),
        });
        if !permission.places.contains(&place) {
            permission.places.push(place);
        }
    }
}

/// The ARNs in a documented resource, with `*` for placeholders: `acs:ecs:{#regionId}:{#accountId}:instance/{#instanceId}` is
/// `acs:ecs:*:*:instance/*`. The type before an ARN, such as `*Instance`, is not part of a policy.
fn arns(resource: &str) -> Vec<String> {
    let words = resource.split(|one: char| one.is_whitespace() || one == ',');
    let mut arns: Vec<String> = Vec::new();
    for arn in words.filter_map(|word| word.get(word.find("acs:")?..)).map(without_placeholders) {
        if !arns.contains(&arn) {
            arns.push(arn);
        }
    }
    arns
}

/// `{#regionId}`, `<region-id>`, `${RegionId}` and `$regionid` are forms of placeholders on documentation pages.
fn without_placeholders(arn: &str) -> String {
    let mut text = String::new();
    let mut rest = arn;
    while let Some(at) = rest.find(['{', '<', '$']) {
        let (before, placeholder) = rest.split_at(at);
        text.push_str(before);
        text.push('*');
        let bare = placeholder.trim_start_matches('$');
        rest = match bare.chars().next() {
            Some('{') => bare.split_once('}').map_or("", |(_, after)| after),
            Some('<') => bare.split_once('>').map_or("", |(_, after)| after),
            _ => bare.trim_start_matches(|one: char| one.is_ascii_alphanumeric() || one == '_' || one == '-'),
        };
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::arns;

    #[test]
    fn placeholders_are_wildcards() {
        for (resource, expected) in [
            ("*", vec![]),
            ("*Instance", vec![]),
            ("acs:ecs:*:*:instance/*", vec!["acs:ecs:*:*:instance/*"]),
            ("*Instance acs:ecs:{#regionId}:{#accountId}:instance/{#instanceId}", vec!["acs:ecs:*:*:instance/*"]),
            ("acs:log:${region}:$accountid:project/<name>/x", vec!["acs:log:*:*:project/*/x"]),
            ("acs:a:*:*:b/{#c}, acs:a:*:*:d acs:a:*:*:b/{#e}", vec!["acs:a:*:*:b/*", "acs:a:*:*:d"]),
            ("acs:a:{#open", vec!["acs:a:*"]),
        ] {
            assert_eq!(arns(resource), expected, "{resource}");
        }
    }
}
