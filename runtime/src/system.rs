//! The runtime's access to the system: time, randomness and environment variables.

pub(crate) mod clock;
pub(crate) mod environment;
pub(crate) mod timestamp;
