//! The bundled products have every operation of the catalogue, as `alicloud add` writes it.

use std::fs;
use std::path::{Path, PathBuf};

use crate::program::{Ended, alicloud};

const SPECS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../specs");

fn folders(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect()
}

#[test]
fn the_bundled_products_are_those_of_the_catalogue() {
    let versions: Vec<PathBuf> = folders(Path::new(SPECS)).iter().flat_map(|product| folders(product)).collect();
    let mut outdated = Vec::new();
    for version in &versions {
        let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
        let (product, version) = (name(version.parent().unwrap()), name(version));
        let arguments = ["add", &product, "--version", &version, "--all", "--check", "--specs", SPECS];
        let ended = Ended::of(alicloud(&[]).args(arguments));
        if ended.code != Some(0) {
            outdated.push(format!("{product} {version}:\n{}{}", ended.out, ended.errors));
        }
    }
    let fix = "update the bundled products, as described in CONTRIBUTING.md";
    assert!(outdated.is_empty(), "{fix}\n{}", outdated.join("\n"));
    assert!(versions.len() >= 35, "{versions:?}");
}
