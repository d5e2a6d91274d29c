//! Finds and prints the variants of the operations' error enums.

use std::fmt;
use std::mem;

use crate::call::request::Request;

/// Returns the variant with this index, or `other` if there is none.
pub fn variant<E, const N: usize>(index: usize, variants: [E; N], other: E) -> E {
    variants.into_iter().nth(index).unwrap_or(other)
}

/// Writes the name of a variant: its error code without separators. A derived `Debug` would write the same, but would
/// increase the compile time of all of Ecs by 5 %.
pub fn debug_variant<R: Request>(error: &R::Error, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let wanted = mem::discriminant(error);
    let codes = R::OPERATION.errors.iter().enumerate();
    match codes.map(|(index, code)| (R::error(index, ""), code)).find(|(known, _)| mem::discriminant(known) == wanted) {
        Some((_, code)) => f.write_str(&code.replace(|one: char| !one.is_ascii_alphanumeric(), "")),
        None => f.write_str("Other"),
    }
}
