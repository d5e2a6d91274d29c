//! The parameters of a request: their positions and encoding, and their structure according to the spec.

pub(crate) mod common_parameters;
pub(crate) mod headers;
pub(crate) mod map_keys;
pub(crate) mod path_template;
pub(crate) mod placement;
pub(crate) mod query_and_form;
pub(crate) mod structure;
