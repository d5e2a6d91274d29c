//! How parameters write the keys of maps.

/// How the keys of maps are written.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum MapKeys {
    /// `Name.key`
    Plain,
    /// `Name.#3#key`
    Counted,
}
