//! Tells cargo to look at `specs/` for new files, which the macro alone cannot, and the macro which products are wanted.

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=specs");
    println!("cargo::rerun-if-changed=build.rs");
    let mut products: Vec<String> =
        env::vars().filter_map(|(name, _)| name.strip_prefix("CARGO_FEATURE_").map(str::to_lowercase)).collect();
    products.sort();
    println!("cargo::rustc-env=ALICLOUD_PRODUCTS={}", products.join(","));
}
