//! Spec files as texts for tests.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(dead_code, reason = "no test uses all of it")]

use std::fs;
use std::path::{Path, PathBuf};

use alicloud_model::SourceFile;

/// A `service.yaml` with only the required keys.
pub(crate) const SERVICE: &str = "\
product: Demo
version: 2020-01-01
style: RPC
endpoints:
  host: demo.aliyuncs.com
";

pub(crate) fn source(path: &str, text: &str) -> SourceFile {
    SourceFile { path: path.to_owned(), text: text.to_owned() }
}

/// Returns [`SERVICE`] as a file.
pub(crate) fn service() -> SourceFile {
    source("demo/2020-01-01/service.yaml", SERVICE)
}

/// Returns the folder of the bundled specs.
pub(crate) fn specs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs")
}

/// Returns the comment and the files of a case in `tests/bad`.
pub(crate) fn bad_case(path: &Path) -> (String, Vec<SourceFile>) {
    let text = fs::read_to_string(path).unwrap();
    let mut parts = text.split("=== ");
    let comment = parts.next().unwrap_or_default().to_owned();
    let mut sources: Vec<SourceFile> = parts
        .map(|part| {
            let (path, text) = part.split_once('\n').unwrap_or((part, ""));
            source(path.trim(), text)
        })
        .collect();
    assert!(!sources.is_empty(), "{}: a case has at least one file", path.display());
    if !comment.contains("no service.yaml") && !sources.iter().any(|source| source.path.ends_with("/service.yaml")) {
        sources.push(service());
    }
    (comment, sources)
}
