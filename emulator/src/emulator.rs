//! Starts and controls an emulator.

pub(crate) mod builder;
pub(crate) mod listener;
pub(crate) mod running;
pub(crate) mod specs;
pub(crate) mod start_error;
