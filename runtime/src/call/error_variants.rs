//! What the error enums of all operations have in common: how a variant is found, and how it is printed.

use std::fmt;
use std::mem;

use crate::call::request::Request;

/// The variant in a place; where there is none in it, the other.
pub fn variant<E, const N: usize>(index: usize, variants: [E; N], other: E) -> E {
    variants.into_iter().nth(index).unwrap_or(other)
}

/// Writes the name of a variant, for enums of which each is called as its code is but for what separates the words there. A
/// derived `Debug` says the same, and made the compiler's work for all of Ecs 5 % more.
pub fn debug_variant<R: Request>(error: &R::Error, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let wanted = mem::discriminant(error);
    let codes = R::OPERATION.errors.iter().enumerate();
    match codes.map(|(index, code)| (R::error(index, ""), code)).find(|(known, _)| mem::discriminant(known) == wanted) {
        Some((_, code)) => f.write_str(&code.replace(|one: char| !one.is_ascii_alphanumeric(), "")),
        None => f.write_str("Other"),
    }
}
