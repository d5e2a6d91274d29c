//! What an emulator serves.

/// A version of a product, as an emulator serves it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct ServedProduct {
    /// Its name, such as `Ecs`.
    pub product: String,
    /// The API version.
    pub version: String,
    /// The names of its operations, in order.
    pub operations: Vec<String>,
}
