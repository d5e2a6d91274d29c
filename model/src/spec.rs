//! The data of a spec: a product, its operations and their parameters.

pub(crate) mod api_style;
pub(crate) mod common_parameters;
pub(crate) mod errors;
pub(crate) mod examples;
pub(crate) mod field_paths;
pub(crate) mod known_fields;
pub(crate) mod limits;
pub(crate) mod method;
pub(crate) mod operation;
pub(crate) mod outcome;
pub(crate) mod pagination;
pub(crate) mod parameters;
pub(crate) mod ram_action;
pub(crate) mod service;
pub(crate) mod types;
pub(crate) mod waiters;
pub(crate) mod words;
