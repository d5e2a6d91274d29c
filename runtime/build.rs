//! Tells the macro that all of this crate's `specs/` are wanted, whatever a build around this one wants of its own.

fn main() {
    println!("cargo::rerun-if-changed=specs");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-env=ALICLOUD_PRODUCTS=sts");
}
