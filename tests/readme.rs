//! README tells the truth: its table of operations is the specs', its oldest Rust the declared one, and each product has
//! its feature.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::fs;
use std::path::Path;

use alicloud_model::{FlowScope, load_dir};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const START: &str = "<!-- operations: written by `BLESS=1 cargo test --test readme` -->\n";
const END: &str = "<!-- end of operations -->";

fn table() -> String {
    let loaded = load_dir(&Path::new(ROOT).join("specs"), "specs", None);
    assert!(loaded.diagnostics.is_empty(), "{:#?}", loaded.diagnostics);
    let mut table =
        "| product | version | operation | methods | queries per second |\n|---|---|---|---|---|\n".to_owned();
    for service in &loaded.services {
        for operation in &service.operations {
            let methods: Vec<&str> = operation.methods.iter().map(|method| method.as_str()).collect();
            let flow = operation.flow.as_ref().map_or_else(
                || "not documented".to_owned(),
                |flow| {
                    let scope = if flow.per == FlowScope::Account { "account" } else { "user" };
                    format!("{} per {scope}", flow.qps)
                },
            );
            table.push_str(&format!(
                "| {} | {} | `{}` | {} | {flow} |\n",
                service.product,
                service.version,
                operation.name,
                methods.join(", ")
            ));
        }
    }
    table
}

#[test]
fn every_row_of_the_table_of_operations_is_right() {
    let path = Path::new(ROOT).join("README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let (before, rest) = readme.split_once(START).unwrap();
    let (_, after) = rest.split_once(END).unwrap();
    let fresh = format!("{before}{START}\n{}\n{END}{after}", table());
    #[expect(clippy::disallowed_methods, reason = "a switch for people who run the test")]
    if std::env::var("BLESS").is_ok() {
        fs::write(&path, &fresh).unwrap();
        return;
    }
    // Operations that someone imports need no row.
    let rows = rest.split_once(END).unwrap().0.lines();
    let wrong: Vec<&str> = rows.filter(|row| !fresh.contains(&format!("{row}\n"))).collect();
    assert!(wrong.is_empty(), "run `BLESS=1 cargo test --test readme`: the specs have no {wrong:#?}");
}

/// The macro leaves out a product without a feature, and nothing else would say so.
#[test]
fn every_product_has_a_feature_that_is_on_by_default() {
    let manifest = fs::read_to_string(Path::new(ROOT).join("Cargo.toml")).unwrap();
    let default = manifest.lines().find(|line| line.starts_with("default = ")).unwrap();
    for entry in fs::read_dir(Path::new(ROOT).join("specs")).unwrap() {
        let product = entry.unwrap().file_name().into_string().unwrap();
        assert!(
            manifest.lines().any(|line| line == format!("{product} = []")),
            "specs/{product} needs the line `{product} = []` under [features] in Cargo.toml"
        );
        assert!(default.contains(&format!("\"{product}\"")), "`{product}` is not among the default features");
    }
}

#[test]
fn the_oldest_rust_is_the_declared_one() {
    let readme = fs::read_to_string(Path::new(ROOT).join("README.md")).unwrap();
    let declared = env!("CARGO_PKG_RUST_VERSION");
    assert!(readme.contains(&format!("\nRust {declared} or newer.")), "Cargo.toml says {declared}");
}
