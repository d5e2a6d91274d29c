//! The HTTP methods.

use crate::spec::words::words;

words! {
    /// An HTTP method.
    #[expect(missing_docs, reason = "the names need no explanation")]
    Method {
        Get = "GET",
        Post = "POST",
        Put = "PUT",
        Delete = "DELETE",
        Patch = "PATCH",
        Head = "HEAD",
        Options = "OPTIONS",
    }
}

impl Method {
    /// Whether requests with this method can carry a form.
    pub fn has_form(self) -> bool {
        matches!(self, Self::Post | Self::Put | Self::Patch)
    }
}
