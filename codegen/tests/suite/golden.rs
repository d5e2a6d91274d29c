//! Compares the generated code with the golden files. `generated.rs` compiles and calls the same files.
//!
//! `BLESS=1 cargo test -p alicloud-codegen --test suite golden` updates the golden files.

use std::path::Path;

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden"))
}

/// Returns the generated code of each product, by module.
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
fn the_generated_code_matches_the_golden_files() {
    for (module, emitted) in emitted() {
        let path = folder().join(format!("{module}.rs"));
        #[expect(clippy::disallowed_methods, reason = "BLESS=1 updates the golden files")]
        if std::env::var("BLESS").is_ok() {
            std::fs::write(&path, &emitted).unwrap();
        }
        let golden = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(emitted == golden, "the code of `{module}` has changed; run with BLESS=1 and review the difference");
    }
}

#[test]
fn the_same_specs_generate_the_same_code() {
    assert_eq!(emitted(), emitted());
}
