//! Scripted responses and scenarios.

pub(crate) mod preparation;
pub(crate) mod response_entry;
pub(crate) mod scenario_error;
pub(crate) mod scenario_file;
pub(crate) mod script;
pub(crate) mod script_error;
pub(crate) mod scripted_response;
