//! How a list is divided into pages.

use crate::spec::words::words;

/// How a list is divided into pages. Paths are the names of fields, each inside the one before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pagination {
    /// How a request selects a page.
    pub turning: Turning,
    /// The parameter that selects a page, or the path to a member of an object parameter.
    pub parameter: Vec<String>,
    /// The parameter with the maximum number of items on a page.
    pub size: Option<Vec<String>>,
    /// The response field with the number of items on all pages.
    pub total: Option<Vec<String>>,
    /// The response field that reports whether there are more pages.
    pub more: Option<Vec<String>>,
    /// The response list.
    pub items: Vec<String>,
    /// The tokens that the operation also supports.
    pub token: Option<TokenPages>,
}

/// Pagination by token of an operation that also supports page numbers. It applies if a request sets one of these
/// parameters, or if a page contains a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenPages {
    /// The parameter with the token.
    pub parameter: Vec<String>,
    /// The parameter with the maximum number of items on a page.
    pub size: Option<Vec<String>>,
    /// The response field with the token of the next page.
    pub next: Vec<String>,
}

/// How a request selects a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Turning {
    /// By a token that the page before it contains.
    Token {
        /// The response field with the token of the next page.
        next: Vec<String>,
    },
    /// By the page's number.
    Number {
        /// The number of the first page: 0 or 1.
        first: u8,
    },
    /// By the number of items on the pages before it.
    Offset,
}

impl Turning {
    /// The kind of pagination.
    pub fn kind(&self) -> PaginationKind {
        match self {
            Self::Token { .. } => PaginationKind::Token,
            Self::Number { .. } => PaginationKind::Number,
            Self::Offset => PaginationKind::Offset,
        }
    }
}

words! {
    /// The kind of a pagination: what selects a page.
    PaginationKind {
        /// A token that the page before it contains.
        Token = "token",
        /// The page's number.
        Number = "number",
        /// The number of items on the pages before it.
        Offset = "offset",
    }
}
