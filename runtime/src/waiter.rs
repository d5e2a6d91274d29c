//! Calls that are repeated until a resource has a certain status.

pub(crate) mod description;
#[cfg(feature = "pagination")]
pub(crate) mod wait_until;
