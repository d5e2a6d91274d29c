//! What generated request types implement.

use std::fmt;

use crate::decoding::decode::Decode;
use crate::operation::description::Operation;
use crate::operation::input::Input;

/// A typed request. Generated code implements it.
pub trait Request {
    /// The response.
    type Response: Decode + Default;
    /// The documented errors.
    type Error;
    /// The operation.
    const OPERATION: &'static Operation<'static>;

    /// The values that are set.
    #[doc(hidden)]
    fn input(&self) -> &Input;

    /// The documented error with this index in [`Operation::errors`], with the text for its `%s`. If there is none, the
    /// variant for undocumented codes.
    #[doc(hidden)]
    fn error(index: usize, captured: &str) -> Self::Error;

    /// The documented error with this code.
    #[doc(hidden)]
    fn error_with_code(code: &str) -> Self::Error {
        let (index, captured) = Self::OPERATION.documented(code).unwrap_or((usize::MAX, ""));
        Self::error(index, captured)
    }

    /// Writes the values by wire name, the sensitive ones hidden.
    #[doc(hidden)]
    fn debug(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = format!("{}Request", Self::OPERATION.name);
        self.input().debug(f, &name, &Self::OPERATION.parameters)
    }
}
