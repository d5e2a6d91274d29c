//! Shared code of the fuzz targets: the check of emitted code, and structured mutations of documents and specs.

pub mod emission;
pub mod json_mutation;
pub mod random;
pub mod yaml_mutation;
