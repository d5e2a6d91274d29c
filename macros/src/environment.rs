//! The environment variables of the compiler. Only this file reads them.

use std::path::PathBuf;

/// The environment of the crate that is compiled.
pub(crate) struct Environment {
    /// The folder of the crate's `Cargo.toml`.
    pub(crate) manifest_dir: PathBuf,
    /// The products whose features are on, if a build script sets them.
    pub(crate) products: Option<Vec<String>>,
}

impl Environment {
    pub(crate) fn read() -> Self {
        #[expect(clippy::disallowed_methods, reason = "only this file reads the environment")]
        let variable = |name: &str| std::env::var(name).ok();
        let products = variable("ALICLOUD_PRODUCTS")
            .map(|list| list.split(',').filter(|product| !product.is_empty()).map(str::to_owned).collect());
        Self { manifest_dir: variable("CARGO_MANIFEST_DIR").unwrap_or_default().into(), products }
    }
}
