//! The codes of products in RAM policies.
//!
//! No metadata document has them. `ram_codes.json` is counted from documentation pages that show RAM actions: a product that is
//! missing is unknown, and its name is not its code. The code of `Cloudfw` is `yundun-cloudfirewall`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

const FILE: &str = include_str!("ram_codes.json");

/// The code of a product. Old versions of some products spell the name in another case.
pub(crate) fn ram_code(product: &str) -> Option<&'static str> {
    static TABLE: OnceLock<BTreeMap<String, String>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let codes: BTreeMap<String, String> = serde_json::from_str(FILE).unwrap_or_default();
        codes.into_iter().map(|(product, code)| (product.to_ascii_lowercase(), code)).collect()
    });
    table.get(&product.to_ascii_lowercase()).map(String::as_str)
}
