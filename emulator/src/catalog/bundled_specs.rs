//! The specs of the crate `alicloud`, as they were when this crate was compiled.

use alicloud_model::SourceFile;

/// The paths and texts, sorted by path.
const BUNDLED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/bundled_specs.rs"));

/// Returns the spec files that are bundled with the crate `alicloud`.
pub fn bundled_specs() -> Vec<SourceFile> {
    BUNDLED.iter().map(source).collect()
}

/// Returns the paths of the spec files that are bundled with the crate `alicloud`, sorted.
pub fn bundled_paths() -> impl Iterator<Item = &'static str> + Clone {
    BUNDLED.iter().map(|(path, _)| *path)
}

/// Returns the bundled spec file with this path, such as `ecs/2014-05-26/RunInstances.yaml`.
pub fn bundled_spec(path: &str) -> Option<SourceFile> {
    let at = BUNDLED.binary_search_by(|(known, _)| (*known).cmp(path)).ok()?;
    BUNDLED.get(at).map(source)
}

/// Returns the bundled files of a product version, such as those of the folder `ecs/2014-05-26`.
pub(crate) fn bundled_files(folder: &str) -> &'static [(&'static str, &'static str)] {
    let begins = |path: &str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
    let start = BUNDLED.iter().position(|(path, _)| begins(path)).unwrap_or(BUNDLED.len());
    let files = BUNDLED.get(start..).unwrap_or_default();
    let count = files.iter().take_while(|(path, _)| begins(path)).count();
    files.get(..count).unwrap_or_default()
}

/// Whether the crate `alicloud` has this product version.
pub(crate) fn is_bundled(folder: &str) -> bool {
    !bundled_files(folder).is_empty()
}

pub(crate) fn source((path, text): &(&str, &str)) -> SourceFile {
    SourceFile { path: (*path).to_owned(), text: (*text).to_owned() }
}
