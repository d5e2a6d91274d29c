//! The documented queries per second of one operation.

use crate::operation::description::Operation;

/// A documented limit, with whom it holds for.
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

    /// The product, such as `Iot`.
    pub fn product(&self) -> &str {
        &self.product
    }

    /// The operation. Each has a limit of its own.
    pub fn operation(&self) -> &str {
        &self.operation
    }

    /// How many calls the service takes in a second.
    pub fn per_second(&self) -> u32 {
        self.per_second
    }
}
