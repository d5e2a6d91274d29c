//! The operations that are loaded from specs with errors become valid Rust: rejected parts do not reach the code.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "../../model/tests/sources/mod.rs"]
mod sources;

use std::fs;
use std::path::Path;

#[test]
fn the_code_of_specs_with_errors_is_valid_rust() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../model/tests/bad");
    let mut left = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "yaml") {
            continue;
        }
        let (_, files) = sources::bad_case(&path);
        for service in alicloud_model::load_sources(&files).services {
            let code = alicloud_codegen::service(&service);
            syn::parse_file(&code).unwrap_or_else(|error| panic!("{}: {error}\n{code}", path.display()));
            left += service.operations.len();
        }
    }
    assert!(left > 0, "some operations are valid");
}
