//! The specs of `tests/official` are imported from the official metadata, with captured calls as examples.
//!
//! `BLESS=1 cargo test -p alicloud-cli --test suite official_specs` updates them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use alicloud_cli::import::{Options, import};
use serde_json::{Value, json};

use crate::official_calls;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/official")
}

/// The imported specs, with the calls as examples.
fn imported() -> BTreeMap<String, String> {
    let specs = tempfile::tempdir().unwrap();
    for document in fs::read_dir(folder().join("metadata")).unwrap() {
        import(&fs::read(document.unwrap().path()).unwrap(), specs.path(), &Options::default()).unwrap();
    }
    let mut files = files_below(specs.path());
    for call in official_calls::calls() {
        let name = format!(
            "{}/{}/{}.yaml",
            call["product"].as_str().unwrap().to_lowercase(),
            text(&call, "version"),
            text(&call, "action")
        );
        let file = files.get_mut(&name).unwrap();
        if !file.contains("\nexamples:\n") {
            file.push_str("examples:\n");
        }
        // JSON is YAML.
        file.push_str(&format!("  - {}\n", json!({ "request": call["input"], "json": "{}" })));
    }
    files
}

fn text<'v>(call: &'v Value, key: &str) -> &'v str {
    call[key].as_str().unwrap()
}

fn files_below(root: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.ends_with(".imported") {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
                files.insert(name, fs::read_to_string(&path).unwrap());
            }
        }
    }
    files
}

#[test]
fn the_specs_are_the_import_of_the_metadata() {
    let specs = folder().join("specs");
    let fresh = imported();
    #[expect(clippy::disallowed_methods, reason = "BLESS=1 updates the files")]
    if std::env::var("BLESS").is_ok() {
        drop(fs::remove_dir_all(&specs));
        for (name, text) in &fresh {
            let path = specs.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }
    assert_eq!(files_below(&specs), fresh, "run with BLESS=1, and review the difference");
}
