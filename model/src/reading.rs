//! Reads the YAML of one file into a checked part of a spec.

pub(crate) mod error_codes;
pub(crate) mod errors;
pub(crate) mod examples;
pub(crate) mod fields;
pub(crate) mod limits;
pub(crate) mod node;
pub(crate) mod operation;
pub(crate) mod outcome;
pub(crate) mod pagination;
pub(crate) mod parameters;
pub(crate) mod problem;
pub(crate) mod reader;
pub(crate) mod response;
pub(crate) mod role;
pub(crate) mod rules;
pub(crate) mod rust_names;
pub(crate) mod service;
pub(crate) mod shared_types;
pub(crate) mod synonyms;
pub(crate) mod type_names;
pub(crate) mod usual_yaml;
pub(crate) mod values;
pub(crate) mod waiters;
pub(crate) mod yaml;
