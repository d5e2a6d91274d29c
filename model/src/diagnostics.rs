//! Errors in spec files, and how they are displayed.

pub(crate) mod carets;
pub(crate) mod diagnostic;
pub(crate) mod location;
