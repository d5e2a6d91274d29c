//! The trait of generated request types.

use std::fmt;

use crate::decoding::decode::Decode;
use crate::operation::description::Operation;
use crate::operation::input::Input;

/// A typed request of one operation, such as `DescribeInstancesRequest`.
///
/// Use it as a bound, to write functions for the requests of all operations:
///
/// ```
/// use alicloud_runtime::{Call, Error, Request};
///
/// /// Sends a call and logs its outcome.
/// async fn audited<R: Request>(call: Call<'_, R>) -> Result<R::Response, Error<R::Error>> {
///     let result = call.await;
///     match &result {
///         Ok(_) => println!("{} {}: ok", R::product(), R::operation()),
///         Err(error) => println!("{} {}: {error}", R::product(), R::operation()),
///     }
///     result
/// }
/// ```
///
/// This trait is sealed: only generated code implements it, and its hidden items are not part of the API.
pub trait Request: Sync {
    /// The response type, such as `DescribeInstancesResponse`.
    type Response: Decode + Default + fmt::Debug + Send;
    /// The documented errors of the operation, such as `DescribeInstancesError`.
    type Error: fmt::Debug + Send + Sync;

    /// The description of the operation.
    #[doc(hidden)]
    const OPERATION: &'static Operation<'static>;

    /// Returns the product, such as `Ecs`.
    fn product() -> &'static str {
        Self::OPERATION.service.product
    }

    /// Returns the version of the product's API, such as `2014-05-26`.
    fn version() -> &'static str {
        Self::OPERATION.service.version
    }

    /// Returns the operation, such as `DescribeInstances`.
    fn operation() -> &'static str {
        Self::OPERATION.name
    }

    /// Returns the values that are set.
    #[doc(hidden)]
    fn input(&self) -> &Input;

    /// Returns the variant of the documented code with this index in [`Operation::errors`]. `captured` is the text for
    /// its `%s`. If there is no such code, returns the variant for undocumented codes.
    #[doc(hidden)]
    fn error(index: usize, captured: &str) -> Self::Error;

    /// Returns the documented error with this code.
    #[doc(hidden)]
    fn error_with_code(code: &str) -> Self::Error {
        let (index, captured) = Self::OPERATION.documented(code).unwrap_or((usize::MAX, ""));
        Self::error(index, captured)
    }

    /// Writes the values under their wire names. Sensitive values are hidden.
    #[doc(hidden)]
    fn debug(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = format!("{}Request", Self::OPERATION.name);
        self.input().debug(f, &name, &Self::OPERATION.parameters)
    }
}
