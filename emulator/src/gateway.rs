//! The steps of a request through the gateway.

pub(crate) mod admission;
pub(crate) mod authentication;
pub(crate) mod authorization;
pub(crate) mod responding;
pub(crate) mod serving;
pub(crate) mod state;
