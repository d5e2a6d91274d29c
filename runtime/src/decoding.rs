//! Decoding of responses: one description per type serves JSON and XML.

pub(crate) mod body;
pub(crate) mod debug;
pub(crate) mod decode;
pub(crate) mod json;
pub(crate) mod path;
pub(crate) mod problem;
pub(crate) mod scalar;
#[cfg(feature = "test-kit")]
pub(crate) mod writing;
pub(crate) mod xml;
