//! What the runtime takes from the machine: time, randomness and environment variables.

pub(crate) mod clock;
pub(crate) mod environment;
pub(crate) mod timestamp;
