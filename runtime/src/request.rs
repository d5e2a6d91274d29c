//! Builds the path, query, headers and body of a request from its values.

pub(crate) mod body;
pub(crate) mod extra;
pub(crate) mod format;
pub(crate) mod json_body;
pub(crate) mod long_query;
pub(crate) mod path;
pub(crate) mod percent;
pub(crate) mod scalar_text;
pub(crate) mod validation;
pub(crate) mod wire_parameters;
