//! Spec files as texts for tests.

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
