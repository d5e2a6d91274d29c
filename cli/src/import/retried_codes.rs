//! Error codes after which a call can be retried: the service was busy and did not execute the operation.
//!
//! No document lists them. `retried_codes.json` is taken from the official Terraform provider, which retries a call after 444
//! codes. The file only contains codes that reject a call because of another one: locks, conflicting tasks, too many requests, a
//! `ClientToken` that is being processed. It does not contain:
//!
//! - states for which waiters poll, such as `IncorrectStatus.Vpc` and `VpnGateway.Configuring`;
//! - dependencies that must be removed first, such as `DependencyViolation.VSwitch`;
//! - errors after which the service may have executed the operation, such as `InternalError`;
//! - codes after which the provider calls another endpoint, such as `not buy user`;
//! - codes that the runtime retries for every product, such as `SystemBusy` and `Throttling.User`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

const FILE: &str = include_str!("retried_codes.json");

/// The operations by code, each as its product, its version, and its name or its path.
fn operations() -> &'static BTreeMap<String, Vec<String>> {
    static TABLE: OnceLock<BTreeMap<String, Vec<String>>> = OnceLock::new();
    TABLE.get_or_init(|| serde_json::from_str(FILE).unwrap_or_default())
}

/// Returns the error codes after which some operations are retried.
pub fn codes_with_retries() -> impl Iterator<Item = &'static str> {
    operations().keys().map(String::as_str)
}

/// Returns the operations that are retried after an error code, each as its product, its version, and its name or its path.
pub fn operations_retried_after(code: &str) -> &'static [String] {
    operations().get(code).map_or(&[], Vec::as_slice)
}

/// The codes by operation. The key is the product, the version, and the name or the path with `%s` for placeholders.
fn table() -> &'static BTreeMap<String, Vec<String>> {
    static TABLE: OnceLock<BTreeMap<String, Vec<String>>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut by_operation: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (code, operations) in operations() {
            for operation in operations {
                by_operation.entry(operation.to_lowercase()).or_default().push(code.clone());
            }
        }
        by_operation
    })
}

/// The codes of an operation.
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
