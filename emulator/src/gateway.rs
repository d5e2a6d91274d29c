//! A request's way through the gateway, step by step.

pub(crate) mod admission;
pub(crate) mod authentication;
pub(crate) mod responding;
pub(crate) mod serving;
pub(crate) mod state;
