//! Calls that return a list page by page.

#[cfg(feature = "pagination")]
pub(crate) mod pages;
pub(crate) mod pagination;
#[cfg(feature = "pagination")]
pub(crate) mod turning;
