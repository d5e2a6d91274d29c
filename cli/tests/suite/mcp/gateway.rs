//! The emulator with a few operations of the catalogue.

use std::collections::BTreeMap;

use alicloud_catalogue::Catalogue;
use alicloud_emulator::Emulator;

const OPERATIONS: [(&str, &str); 5] = [
    ("ecs", "DescribeInstances"),
    ("ecs", "StopInstance"),
    ("kms", "GetSecretValue"),
    ("ram", "CreateLoginProfile"),
    ("sts", "AssumeRole"),
];

pub(crate) async fn gateway() -> Emulator {
    let catalogue = Catalogue::bundled().unwrap();
    let mut sources = BTreeMap::new();
    for (product, operation) in OPERATIONS {
        let files = catalogue.spec_files(catalogue.find(product).unwrap().default_version()).unwrap();
        // Operations of a product share a file.
        sources.extend(files.operation_sources(operation).into_iter().map(|source| (source.path.clone(), source)));
    }
    Emulator::builder().sources(sources.into_values().collect()).start().await.unwrap()
}
