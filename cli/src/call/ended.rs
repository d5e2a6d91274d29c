//! Reasons why a call has no response to print.

use std::convert::Infallible;

use alicloud_runtime::Error;
use serde_json::Value;

use crate::ending::Failure;

/// The reason why there is no response to print.
pub(super) enum Ended {
    /// A call failed.
    Call(Error<Infallible>),
    /// The response cannot be used.
    Unreadable(String),
    /// The wait failed or timed out.
    NotReached(String),
    /// Something on this machine failed.
    Failed(Failure),
}

impl Ended {
    /// Reads the body of a response that is JSON.
    pub(super) fn json(body: &[u8]) -> Result<Value, Self> {
        // The error has only the position, because the body may contain secrets.
        serde_json::from_slice(body).map_err(|error| Self::Unreadable(format!("the response is not JSON: {error}")))
    }
}
