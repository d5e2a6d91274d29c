//! A product: what its operations share.

use crate::operation::{ErrorRow, Operation};

/// One version of one product, with its operations.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Service {
    /// The product's name, as in error messages and metadata, such as `OnsMqtt`.
    pub product: String,
    /// The API version: the value of `Version`.
    pub version: String,
    /// The Rust module's name, which is also the cargo feature's and the folder's.
    pub module: String,
    /// What the product is.
    pub summary: String,
    /// Where it answers.
    pub endpoints: Endpoints,
    /// How a 2xx body reports failure.
    pub outcome: Option<Outcome>,
    /// Codes that any operation may return.
    pub errors: Vec<ErrorRow>,
    /// The operations, by name.
    pub operations: Vec<Operation>,
}

impl Service {
    /// The operation with this wire name.
    pub fn operation(&self, name: &str) -> Option<&Operation> {
        self.operations.iter().find(|operation| operation.name == name)
    }
}

/// Where a product answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Endpoints {
    /// The host, with `{region}` for the region; without it, one host serves all regions.
    pub host: String,
    /// The regions that the host rule serves.
    pub regions: Vec<String>,
    /// Regions with a host of their own.
    pub exceptions: Vec<(String, String)>,
}

/// How a 2xx body reports failure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The boolean field that is `false` on failure.
    pub success: String,
    /// The field with the error code.
    pub code: String,
    /// The field with the error message.
    pub message: String,
}
