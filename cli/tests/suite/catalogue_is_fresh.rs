//! The catalogue equals the current import of official metadata, for the documents in the repository.

use std::fs;
use std::path::Path;

use alicloud_catalogue::Catalogue;
use alicloud_cli::import::{Options, convert};

const REBUILD: &str = "the importer has changed: rebuild the catalogue, as described in benches/README.md";

#[test]
fn the_catalogue_equals_the_import_of_the_documents() {
    let catalogue = Catalogue::bundled().unwrap();
    let documents = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/catalogue")).unwrap();
    let mut operations = 0;
    for document in documents {
        let converted = convert(&fs::read(document.unwrap().path()).unwrap(), &Options::default()).unwrap();
        let product = catalogue.find(&converted.report.product).unwrap();
        let version = product.version(&converted.report.version).unwrap();
        let bundled = catalogue.spec_files(version).unwrap();
        let fresh = converted.files();
        let names: Vec<&str> = fresh.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(bundled.files().map(|(name, _)| name).collect::<Vec<_>>(), names, "{REBUILD}");
        for (name, text) in &fresh {
            assert_eq!(bundled.file(name).unwrap(), text, "{} {name}: {REBUILD}", version.folder());
        }
        operations += version.operation_count();
    }
    // Sts has 4 operations, hcs-mgw 25, and sophonsoar 12.
    assert_eq!(operations, 41);
}
