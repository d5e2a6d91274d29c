//! The cases in `tests/bad`: spec files with errors. `bad.rs` describes them.

use std::fs;
use std::path::{Path, PathBuf};

use alicloud_model::SourceFile;

use crate::sources::{service, source};

/// Returns the paths of the cases in this folder.
pub(crate) fn paths(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    paths.sort();
    paths
}

/// Returns the comment and the files of a case.
pub(crate) fn read(path: &Path) -> (String, Vec<SourceFile>) {
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
