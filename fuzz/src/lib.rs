//! What the fuzz targets share: the check of emitted code, and mutations that know the structure of documents and specs.

pub mod emission;
pub mod json_mutation;
pub mod random;
pub mod yaml_mutation;
