//! The checks that a call must pass.

pub(crate) mod accounts;
pub(crate) mod flow_control;
pub(crate) mod nonces;
pub(crate) mod policy;
pub(crate) mod requirements;
pub(crate) mod timestamp;
