//! A product that is served.

/// A version of a product, with the operations that an emulator serves.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct ServedProduct {
    /// The name of the product, such as `Ecs`.
    pub product: String,
    /// The API version.
    pub version: String,
    /// The names of the operations, sorted.
    pub operations: Vec<String>,
}
