//! Makes cargo watch `specs/` for new files, because a macro cannot, and passes the enabled products to the macro.

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=specs");
    println!("cargo::rerun-if-changed=build.rs");
    let mut products: Vec<String> =
        env::vars().filter_map(|(name, _)| name.strip_prefix("CARGO_FEATURE_").map(str::to_lowercase)).collect();
    products.sort();
    println!("cargo::rustc-env=ALICLOUD_PRODUCTS={}", products.join(","));
}
