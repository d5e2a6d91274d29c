//! What the compiler's environment tells. The only file of this crate that reads it.

use std::path::PathBuf;

/// Where the crate is and what of it is wanted.
pub(crate) struct Environment {
    /// The folder of the crate's `Cargo.toml`.
    pub(crate) manifest_dir: PathBuf,
    /// The products whose features are on, where a build script says so.
    pub(crate) products: Option<Vec<String>>,
}

impl Environment {
    pub(crate) fn read() -> Self {
        #[expect(clippy::disallowed_methods, reason = "this is the one place")]
        let variable = |name: &str| std::env::var(name).ok();
        let products = variable("ALICLOUD_PRODUCTS")
            .map(|list| list.split(',').filter(|product| !product.is_empty()).map(str::to_owned).collect());
        Self { manifest_dir: variable("CARGO_MANIFEST_DIR").unwrap_or_default().into(), products }
    }
}
