//! The generated code, as text that people can read. `tests/generated.rs` compiles and calls the same file.
//!
//! `BLESS=1 cargo test -p alicloud-codegen --test golden` writes the golden file anew.

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

fn emitted() -> String {
    let loaded = alicloud_model::load_dir(&folder().join("specs"), "specs", None);
    assert!(loaded.diagnostics.is_empty(), "{:#?}", loaded.diagnostics);
    let tokens = loaded.services.iter().map(alicloud_codegen::service).map(|tokens| tokens.to_string());
    let file = syn::parse_file(&tokens.collect::<String>()).unwrap();
    prettyplease::unparse(&file)
}

#[test]
fn the_generated_code_is_the_golden_one() {
    let path = folder().join("every_shape.rs");
    let emitted = emitted();
    #[expect(clippy::disallowed_methods, reason = "a switch for people who run the test")]
    if std::env::var("BLESS").is_ok() {
        std::fs::write(&path, &emitted).unwrap();
    }
    let golden = std::fs::read_to_string(&path).unwrap();
    assert!(emitted == golden, "the generated code changed; look at the difference that BLESS=1 makes");
}

#[test]
fn the_same_specs_give_the_same_tokens() {
    assert_eq!(emitted(), emitted());
}
