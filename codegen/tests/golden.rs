//! The generated code, as text that people can read. `tests/generated.rs` compiles and calls the same files.
//!
//! `BLESS=1 cargo test -p alicloud-codegen --test golden` writes the golden files anew.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::path::Path;

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden"))
}

/// What is generated for each product, by module.
fn emitted() -> Vec<(String, String)> {
    let loaded = alicloud_model::load_dir(&folder().join("specs"), "specs", None);
    assert!(loaded.diagnostics.is_empty(), "{:#?}", loaded.diagnostics);
    let formatted = |service| {
        let file = syn::parse_file(&alicloud_codegen::service(service)).unwrap();
        prettyplease::unparse(&file)
    };
    loaded.services.iter().map(|service| (service.module.clone(), formatted(service))).collect()
}

#[test]
fn the_generated_code_is_the_golden_one() {
    for (module, emitted) in emitted() {
        let path = folder().join(format!("{module}.rs"));
        #[expect(clippy::disallowed_methods, reason = "a switch for people who run the test")]
        if std::env::var("BLESS").is_ok() {
            std::fs::write(&path, &emitted).unwrap();
        }
        let golden = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(emitted == golden, "the code of `{module}` changed; look at the difference that BLESS=1 makes");
    }
}

#[test]
fn the_same_specs_give_the_same_code() {
    assert_eq!(emitted(), emitted());
}
