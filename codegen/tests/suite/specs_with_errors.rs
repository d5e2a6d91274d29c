//! The operations that are loaded from specs with errors become valid Rust: rejected parts do not reach the code.

use std::path::Path;

use crate::bad_cases;

#[test]
fn the_code_of_specs_with_errors_is_valid_rust() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../model/tests/bad");
    let mut left = 0;
    for path in bad_cases::paths(&folder) {
        let (_, files) = bad_cases::read(&path);
        for service in alicloud_model::load_sources(&files).services {
            let code = alicloud_codegen::service(&service);
            syn::parse_file(&code).unwrap_or_else(|error| panic!("{}: {error}\n{code}", path.display()));
            left += service.operations.len();
        }
    }
    assert!(left > 0, "some operations are valid");
}
