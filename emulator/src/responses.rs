//! The responses to calls that pass the checks, and to those that fail.

pub(crate) mod failed_outcome;
pub(crate) mod failure;
pub(crate) mod headers;
pub(crate) mod paging;
pub(crate) mod request_id;
pub(crate) mod resources;
pub(crate) mod success;
pub(crate) mod synthesis;
