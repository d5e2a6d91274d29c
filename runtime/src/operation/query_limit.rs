//! The documented limit of queries per second of an operation.

use crate::operation::description::Operation;

/// The documented limit of queries per second of an operation.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct QueryLimit {
    product: String,
    operation: String,
    per_second: u32,
}

impl QueryLimit {
    pub(crate) fn new(operation: &Operation<'_>, per_second: u32) -> Self {
        Self { product: operation.service.product.to_owned(), operation: operation.name.to_owned(), per_second }
    }

    /// Returns the product, such as `Iot`.
    pub fn product(&self) -> &str {
        &self.product
    }

    /// Returns the operation. Each operation has its own limit.
    pub fn operation(&self) -> &str {
        &self.operation
    }

    /// Returns the maximum number of calls per second.
    pub fn per_second(&self) -> u32 {
        self.per_second
    }
}
