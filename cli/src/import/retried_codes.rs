//! Codes by which an operation says that it has not acted, because it is busy, and may be called again.
//!
//! No document says which these are. `retried_codes.json` has what the official Terraform provider does: after these codes it
//! calls the same operation again. Of the 444 codes that it repeats calls for, only those are in the file by which a service
//! rejects a call because of another one: locks, conflicting tasks, too many requests, a `ClientToken` that is being processed.
//! Left out are:
//!
//! - states that are waited for, such as `IncorrectStatus.Vpc` and `VpnGateway.Configuring`: those are waiters;
//! - dependencies that others must remove first, such as `DependencyViolation.VSwitch`;
//! - errors after which nobody knows whether the service has acted, such as `InternalError`;
//! - codes after which another endpoint is called, such as `not buy user`;
//! - codes that the runtime retries for every product, such as `SystemBusy` and `Throttling.User`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

const FILE: &str = include_str!("retried_codes.json");

/// The codes by operation: product, version, and the operation's name or its path with `%s` for placeholders.
fn table() -> &'static BTreeMap<String, Vec<String>> {
    static TABLE: OnceLock<BTreeMap<String, Vec<String>>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let by_code: BTreeMap<String, Vec<String>> = serde_json::from_str(FILE).unwrap_or_default();
        let mut by_operation: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (code, operations) in by_code {
            for operation in operations {
                by_operation.entry(operation.to_lowercase()).or_default().push(code.clone());
            }
        }
        by_operation
    })
}

/// What stands under `retry:`.
pub(crate) fn retried_codes(product: &str, version: &str, operation: &str, path: Option<&str>) -> &'static [String] {
    let codes = |name: &str| table().get(&format!("{product} {version} {name}").to_lowercase());
    let by_path = || codes(&path.map(with_placeholders)?);
    codes(operation).or_else(by_path).map_or(&[], Vec::as_slice)
}

/// `/clusters/{ClusterId}` as `/clusters/%s`.
fn with_placeholders(path: &str) -> String {
    let mut parts = path.split('{');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |path, part| format!("{path}%s{}", part.split_once('}').map_or("", |(_, rest)| rest)))
}
