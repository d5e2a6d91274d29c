//! Folders with several files, products and versions.

use std::fs;

use alicloud_model::{load_dir, load_sources};

use super::{BY_NUMBER, CLUSTER_TYPES, CLUSTERS, PUT_CLUSTER, SERVICE, sound};
use crate::sources::source;

#[test]
fn two_versions_of_a_product_are_read() {
    let newer = CLUSTERS.replace("2015-12-15", "2026-01-01").replace("cluster_old", "cluster");
    let loaded = load_sources(&[
        source("cluster/2015-12-15/service.yaml", CLUSTERS),
        source("cluster/2026-01-01/service.yaml", &newer),
    ]);
    assert!(loaded.diagnostics.is_empty(), "{:#?}", loaded.diagnostics);
    let found: Vec<_> = loaded.services.iter().map(|one| (one.module.as_str(), one.feature.as_str())).collect();
    assert_eq!(found, [("cluster_old", "cluster"), ("cluster", "cluster")]);
}

#[test]
fn the_order_of_the_files_does_not_matter() {
    let mut sources = vec![
        source("demo/2020-01-01/service.yaml", SERVICE),
        source("demo/2020-01-01/ListByNumber.yaml", BY_NUMBER),
        source("demo/2020-01-01/Broken.yaml", "operation: ["),
        source("demo/2020-01-01/Worse.yaml", "operation: Worse\nmethod: [GET]\n"),
        source("other/2020-01-01/service.yaml", SERVICE),
    ];
    let forwards = format!("{:?}", load_sources(&sources));
    sources.reverse();
    let backwards = format!("{:?}", load_sources(&sources));
    assert_eq!(forwards, backwards);
}

#[test]
fn only_the_wanted_products_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, bytes: &[u8]| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    };
    write("demo/2020-01-01/service.yaml", SERVICE.as_bytes());
    write("demo/2020-01-01/ListByNumber.yaml", BY_NUMBER.as_bytes());
    write("garbage/2020-01-01/service.yaml", b"\xff\xfe [[[");
    write("garbage/2020-01-01/deeper/Some.yaml", b"- - -");
    write("Not-A-Module/Stray.yaml", b"{");
    let loaded = load_dir(folder.path(), "specs", Some(&["demo".to_owned()]));
    assert_eq!(
        loaded.files,
        [folder.path().join("demo/2020-01-01/ListByNumber.yaml"), folder.path().join("demo/2020-01-01/service.yaml"),]
    );
    assert_eq!(sound(loaded).operations.len(), 1);
    let none = load_dir(folder.path(), "specs", Some(&[]));
    assert!(none.services.is_empty() && none.files.is_empty() && none.diagnostics.is_empty());
    assert!(
        !load_dir(folder.path(), "specs", None).diagnostics.is_empty(),
        "without the filter, the invalid files are reported"
    );
}

/// Operations are read after the shared types that they use, in any order of the files.
#[test]
fn an_operation_may_come_before_the_types_that_it_uses() {
    let loaded = load_sources(&[
        source("cluster/2015-12-15/PutCluster.yaml", PUT_CLUSTER),
        source("cluster/2015-12-15/types.yaml", CLUSTER_TYPES),
        source("cluster/2015-12-15/service.yaml", CLUSTERS),
    ]);
    assert!(loaded.diagnostics.is_empty(), "{:#?}", loaded.diagnostics);
    assert_eq!(loaded.services[0].operations.len(), 1);
}
