//! The summaries that `import` writes for operations without one, and how a merge treats them.

use alicloud_cli::import::{Options, convert};
use serde_json::{Map, json};

/// Names of operations with their summaries.
const SUMMARIES: &[(&str, &str)] = &[
    // Singular, plural, and nouns without a plural.
    ("CreateVpc", "Creates a VPC."),
    ("DescribeVpcs", "Returns VPCs."),
    ("ListInstance", "Lists instances."),
    ("ListUserInfo", "Lists user information."),
    ("ListNetworkACLs", "Lists network ACLs."),
    ("DeletePolicies", "Deletes policies."),
    ("DescribeInstanceStatus", "Returns the instance status."),
    ("ModifyInstanceAttribute", "Modifies the instance attribute."),
    ("ListAccess", "Lists access."),
    ("ListVSwitch", "Lists vSwitches."),
    // Articles.
    ("CreateEipAddress", "Creates an EIP address."),
    ("CreateSslCert", "Creates an SSL certificate."),
    ("GetUrl", "Returns a URL."),
    ("CreateUser", "Creates a user."),
    ("CreateUpgradeTask", "Creates an upgrade task."),
    ("CreateNatGateway", "Creates a NAT gateway."),
    // Acronyms and names of products.
    ("DescribeIpv6Addresses", "Returns IPv6 addresses."),
    ("DeleteIPv6Gateway", "Deletes an IPv6 gateway."),
    ("ListVms", "Lists VMs."),
    ("DescribeDBInstances", "Returns DB instances."),
    ("DescribeDnsCaches", "Returns DNS caches."),
    // Words between the objects.
    ("AddUserToGroup", "Adds a user to a group."),
    ("ListInstancesByTag", "Lists instances by tag."),
    ("CreateKeyWithPolicy", "Creates a key with a policy."),
    ("DetachPolicyFromUser", "Detaches a policy from a user."),
    ("DeleteAllTags", "Deletes all tags."),
    // Verbs of two words, and prefixes.
    ("UnBindCard", "Unbinds a card."),
    ("TagResources", "Adds tags to resources."),
    ("UntagResources", "Removes tags from resources."),
    ("BatchDeleteDevices", "Deletes devices in a batch."),
    ("CreateOrUpdateContact", "Creates or updates a contact."),
    ("DescribeClustersV1", "Returns clusters (V1)."),
    ("getUser", "Returns a user."),
    ("Get_Role", "Returns a role."),
    // No verb, no object, a second verb, and an ambiguous "and".
    ("FlightSearch", "Calls FlightSearch."),
    ("Publish", "Calls Publish."),
    ("BatchDelete", "Calls BatchDelete."),
    ("ListBy", "Calls ListBy."),
    ("CheckCreateDomain", "Calls CheckCreateDomain."),
    ("CancelKeyAndCreateUser", "Calls CancelKeyAndCreateUser."),
    ("GetUsersAndRoles", "Calls GetUsersAndRoles."),
    ("GetTo", "Calls GetTo."),
    ("GetById", "Calls GetById."),
    ("Get2", "Calls Get2."),
];

#[test]
fn summaries_are_generated_from_names() {
    let apis: Map<String, serde_json::Value> =
        SUMMARIES.iter().map(|(name, _)| ((*name).to_owned(), json!({ "methods": ["post"] }))).collect();
    let document = json!({
        "version": "1.0",
        "info": { "style": "RPC", "product": "Demo", "version": "2020-01-01" },
        "apis": apis,
        "endpoints": [{ "regionId": "cn-hangzhou", "endpoint": "demo.aliyuncs.com" }],
    });
    let converted = convert(document.to_string().as_bytes(), &Options::default()).unwrap();
    let files = converted.files();
    let wrong: Vec<String> = SUMMARIES
        .iter()
        .filter_map(|(name, expected)| {
            let file = files.iter().find(|(file, _)| *file == format!("{name}.yaml"));
            let text = file.map(|(_, text)| text.as_str()).unwrap_or_default();
            let written = text.lines().find_map(|line| line.strip_prefix("summary: ")).unwrap_or_default();
            (written.trim_matches('"') != *expected).then(|| format!("{name}: {written}, and not {expected}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}
