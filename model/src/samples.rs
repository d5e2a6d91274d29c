//! Values and sample messages that do not come from YAML.

pub(crate) mod values;
pub mod xml;
