//! The encoding of map keys in the names of parameters.

/// The encoding of map keys in the names of parameters.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum MapKeys {
    /// `Name.key`
    Plain,
    /// `Name.#3#key`
    Counted,
}
