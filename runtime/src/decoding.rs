//! Decodes JSON and XML responses, with one description for each type.

pub(crate) mod body;
pub(crate) mod debug;
pub(crate) mod decode;
pub(crate) mod json;
mod json_reader;
pub(crate) mod path;
pub(crate) mod problem;
pub(crate) mod scalar;
#[cfg(feature = "test-kit")]
pub(crate) mod writing;
pub(crate) mod xml;
