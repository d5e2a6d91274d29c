//! The description of an operation by generated code, and the values of a request.

pub(crate) mod binary;
pub(crate) mod description;
pub(crate) mod input;
pub(crate) mod json_text;
#[cfg(feature = "limits")]
pub(crate) mod query_limit;
pub(crate) mod violation;
