//! Identifiers. The model has checked that each is one.

use proc_macro2::{Ident, Span};

/// The identifier of a checked name, `r#` or not.
pub(crate) fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}
