//! What a list of fields belongs to.

/// What a list of fields belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// A request's own parameters.
    Parameter,
    /// Members of an object inside a request.
    Member,
    /// A response's own fields.
    Response,
    /// Fields of an object inside a response.
    ResponseMember,
    /// Members of a shared type, for the struct that requests use.
    SharedMember,
    /// Members of a shared type, for the struct that responses use.
    SharedField,
}

impl Role {
    /// Whether requests are made of it, whose setters stand beside other methods.
    pub(crate) fn is_set(self) -> bool {
        matches!(self, Self::Parameter | Self::Member | Self::SharedMember)
    }

    /// Whether requests have it, so that it may be required and limited.
    pub(crate) fn is_in_request(self) -> bool {
        !matches!(self, Self::Response | Self::ResponseMember)
    }

    /// Whether responses have it, so that it may be optional.
    pub(crate) fn is_in_response(self) -> bool {
        !matches!(self, Self::Parameter | Self::Member)
    }
}
