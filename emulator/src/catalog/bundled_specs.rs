//! The specs of the crate `alicloud`, as they were when this crate was compiled.

use alicloud_model::SourceFile;

const BUNDLED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/bundled_specs.rs"));

/// Returns the spec files that are bundled with the crate `alicloud`.
pub fn bundled_specs() -> Vec<SourceFile> {
    let source = |(path, text): &(&str, &str)| SourceFile { path: (*path).to_owned(), text: (*text).to_owned() };
    BUNDLED.iter().map(source).collect()
}
