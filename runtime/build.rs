//! Selects the products in `specs/` of this crate for the macro, regardless of an outer build.

fn main() {
    println!("cargo::rerun-if-changed=specs");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-env=ALICLOUD_PRODUCTS=sts");
}
