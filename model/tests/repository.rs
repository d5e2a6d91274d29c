//! The files of the repository that are not in the package: the bundled specs, the specs of the code generator's tests,
//! and the copy of the JSON Schema.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

use alicloud_model::{Loaded, SourceFile, json_schema, load_dir, load_sources};
use serde_json::Value;

fn repository() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

fn load_bundled_specs() -> Loaded {
    load_dir(&repository().join("specs"), "specs", None)
}

fn yaml_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(yaml_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "yaml") {
            files.push(path);
        }
    }
    files.sort();
    files
}

#[test]
fn the_bundled_specs_are_valid() {
    let loaded = load_bundled_specs();
    let report: Vec<String> = loaded.diagnostics.iter().map(ToString::to_string).collect();
    assert!(report.is_empty(), "{}", report.join("\n\n"));
    for module in ["ecs", "iot", "onsmqtt"] {
        assert!(loaded.services.iter().any(|service| service.module == module), "there is no {module}");
    }
    let operations: usize = loaded.services.iter().map(|service| service.operations.len()).sum();
    let types = loaded.files.iter().filter(|file| file.ends_with("types.yaml")).count();
    let services = loaded.services.len();
    assert_eq!(loaded.files.len(), services + types + operations, "every file is a service, its types or an operation");
}

#[test]
fn loading_is_deterministic() {
    let once = format!("{:?}", load_bundled_specs());
    assert_eq!(format!("{:?}", load_bundled_specs()), once);
}

#[test]
fn a_spec_truncated_at_any_byte_is_harmless() {
    for path in ["iot/2018-01-20/ResetThing.yaml", "iot/2018-01-20/service.yaml"] {
        let bytes = fs::read(repository().join("specs").join(path)).unwrap();
        for end in 0..bytes.len() {
            let text = String::from_utf8_lossy(&bytes[..end]).into_owned();
            let loaded = load_sources(&[SourceFile { path: path.to_owned(), text }]);
            let report: String = loaded.diagnostics.iter().map(ToString::to_string).collect();
            assert!(!report.is_empty() || path.ends_with("service.yaml"), "there is no service, so it is not valid");
        }
    }
}

#[test]
fn the_schema_accepts_bundled_specs() {
    let validator = jsonschema::validator_for(&serde_json::from_str(&json_schema()).unwrap()).unwrap();
    // There are thousands of imported operations, so a sample is enough.
    let is_imported =
        |file: &PathBuf| file.parent().unwrap().join(".imported").join(file.file_name().unwrap()).is_file();
    let (imported, mut files): (Vec<_>, Vec<_>) = yaml_files(&repository().join("specs"))
        .into_iter()
        .filter(|file| !file.parent().unwrap().ends_with(".imported"))
        .partition(is_imported);
    files.extend(imported.into_iter().step_by(50));
    files.extend(yaml_files(&repository().join("codegen/tests/golden/specs")));
    assert!(files.len() > 8, "{files:?}");
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let instance: Value = serde_yaml::from_str(&text).unwrap();
        let errors = validator.iter_errors(&instance).map(|error| format!("{error} at {}", error.instance_path()));
        let errors: Vec<String> = errors.collect();
        assert!(errors.is_empty(), "{}: {errors:?}", file.display());
    }
}

#[test]
fn the_copy_of_the_schema_is_up_to_date() {
    let path = repository().join("schema/spec.schema.json");
    #[expect(clippy::disallowed_methods, reason = "BLESS=1 updates the file")]
    if std::env::var("BLESS").is_ok() {
        fs::write(&path, json_schema()).unwrap();
    }
    let copy = fs::read_to_string(&path).unwrap_or_default();
    assert!(copy == json_schema(), "run `BLESS=1 cargo test -p alicloud-model --test repository`");
}

/// Files with the end marker `...` are parsed by `serde_yaml`, the others by a parser for usual YAML.
#[test]
fn usual_yaml_means_the_same_as_any_yaml() {
    for product in ["ecs/2014-05-26", "iot/2018-01-20", "fc/2023-03-30"] {
        let files = yaml_files(&repository().join("specs").join(product));
        let load = |end: &str| {
            let sources = files.iter().map(|file| SourceFile {
                path: format!("{product}/{}", file.file_name().unwrap().to_str().unwrap()),
                text: fs::read_to_string(file).unwrap() + end,
            });
            load_sources(&sources.collect::<Vec<_>>())
        };
        let [usual, any] = [load(""), load("...\n")];
        assert!(usual.services[0].operations.len() > 20, "{product}");
        for (usual, any) in usual.services[0].operations.iter().zip(&any.services[0].operations) {
            assert_eq!(format!("{usual:?}"), format!("{any:?}"), "{product}");
        }
    }
}
