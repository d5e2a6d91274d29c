//! The size of the generated code.

use std::path::Path;

use alicloud_model::Loaded;

use crate::cargo::stop;

/// Reads specs, which must have no errors.
pub fn load(specs: &Path, products: Option<&[String]>) -> Loaded {
    let loaded = alicloud_model::load_dir(specs, "specs", products);
    if let Some(diagnostic) = loaded.diagnostics.first() {
        stop(&diagnostic.to_string());
    }
    loaded
}

/// Returns the lines of the generated code, formatted.
pub fn generated_lines(loaded: &Loaded) -> usize {
    let count = |service| {
        let file = syn::parse_file(&alicloud_codegen::service(service)).expect("generated Rust");
        prettyplease::unparse(&file).lines().count()
    };
    loaded.services.iter().map(count).sum()
}
