//! What generated code says of operations whose answers come in pages.

use crate::call::Request;

/// How the pages of an operation follow each other. Fields of the response are told by name, nested ones with dots.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pagination {
    /// Each page has the token of the next one, which goes back in a parameter.
    Token {
        /// The parameter's place.
        parameter: u16,
        /// The field with the token of the next page.
        next: &'static str,
    },
    /// Pages are counted from 1.
    Number {
        /// The place of the parameter that takes the number.
        parameter: u16,
        /// Whether that parameter is a text.
        is_text: bool,
        /// The field with the number of all items.
        total: &'static str,
    },
}

/// A request whose answers are pages of a list. Generated code implements it where the spec has a `pagination`.
pub trait Paginated: Request {
    /// What is in the list.
    type Item;

    /// How the pages follow each other.
    #[doc(hidden)]
    const PAGINATION: Pagination;

    /// The page's part of the list; `None` where an object around it is missing.
    #[doc(hidden)]
    fn items(response: &mut Self::Response) -> Option<&mut Vec<Self::Item>>;
}
