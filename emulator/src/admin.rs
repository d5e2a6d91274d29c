//! The admin API below `/_emulator/`.

pub(crate) mod access;
pub(crate) mod admin_error;
pub(crate) mod call_search;
pub(crate) mod compression;
pub(crate) mod operations;
pub(crate) mod page_calls;
pub(crate) mod routes;
