//! The description by generated code of operations that return a list in pages.

use crate::call::request::Request;

/// How an operation divides its list into pages. Names of response fields have dots for nested fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pagination {
    /// The index of the parameter that selects a page. For a member of an object, the indices of the object and of the
    /// member.
    pub(crate) parameter: &'static [u16],
    pub(crate) turning: Turning,
    /// Whether the parameter is a string.
    pub(crate) is_text: bool,
    /// The parameter with the maximum number of items on a page, empty if there is none.
    pub(crate) size: &'static [u16],
    /// The field with the number of items on all pages, empty if there is none.
    pub(crate) total: &'static str,
    /// The field that says whether there are more pages, empty if there is none.
    pub(crate) more: &'static str,
    /// The tokens that the operation supports in addition to page numbers or offsets.
    pub(crate) token: Option<TokenPages>,
}

/// The tokens of an operation that also has page numbers or offsets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TokenPages {
    pub(crate) parameter: &'static [u16],
    pub(crate) next: &'static str,
    pub(crate) size: &'static [u16],
}

/// How a request selects a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turning {
    /// By the token in this field of the previous page.
    Token(&'static str),
    /// By number, counted from this one.
    Number(u8),
    /// By the number of items on the previous pages.
    Offset,
}

impl Pagination {
    /// Creates pages by token. Each page contains the token of the next page in the field `next`.
    pub const fn token(parameter: &'static [u16], next: &'static str) -> Self {
        Self::new(parameter, Turning::Token(next))
    }

    /// Creates pages by number. The first page has the number `first`.
    pub const fn number(parameter: &'static [u16], first: u8) -> Self {
        Self::new(parameter, Turning::Number(first))
    }

    /// Creates pages by offset. A page begins at the item with this index, from 0.
    pub const fn offset(parameter: &'static [u16]) -> Self {
        Self::new(parameter, Turning::Offset)
    }

    const fn new(parameter: &'static [u16], turning: Turning) -> Self {
        // Tokens are usually strings. Page numbers and offsets are usually integers.
        let is_text = matches!(turning, Turning::Token(_));
        Self { parameter, turning, is_text, size: &[], total: "", more: "", token: None }
    }

    /// Sets whether the parameter is a string. Defaults to `true` for tokens, and to `false` for page numbers and
    /// offsets.
    #[must_use]
    pub const fn is_text(mut self, is_text: bool) -> Self {
        self.is_text = is_text;
        self
    }

    /// Sets the parameter with the maximum number of items on a page.
    #[must_use]
    pub const fn size(mut self, parameter: &'static [u16]) -> Self {
        self.size = parameter;
        self
    }

    /// Sets the field with the number of items on all pages.
    #[must_use]
    pub const fn total(mut self, field: &'static str) -> Self {
        self.total = field;
        self
    }

    /// Sets the field that says whether there are more pages.
    #[must_use]
    pub const fn more(mut self, field: &'static str) -> Self {
        self.more = field;
        self
    }

    /// Adds tokens, which are strings, to page numbers or offsets. They are used if the request sets one of these
    /// parameters, or if a page has a token in the field `next`.
    #[must_use]
    pub const fn or_token(mut self, parameter: &'static [u16], next: &'static str, size: &'static [u16]) -> Self {
        self.token = Some(TokenPages { parameter, next, size });
        self
    }
}

/// A request of an operation that returns a list in pages. See [`Call::pages`](crate::Call::pages) and
/// [`Call::items`](crate::Call::items).
///
/// This trait is sealed: generated code implements it for operations whose spec has a `pagination`.
pub trait Paginated: Request {
    /// The type of an item of the list.
    type Item;

    /// How the list is divided into pages.
    #[doc(hidden)]
    const PAGINATION: Pagination;

    /// Returns the items of a page. `None` if an object around the list is missing.
    #[doc(hidden)]
    fn items(response: &mut Self::Response) -> Option<&mut Vec<Self::Item>>;
}
