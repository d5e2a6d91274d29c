//! The role of a list of fields.

/// The role of a list of fields.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// The parameters of a request.
    Parameter,
    /// The members of an object in a request.
    Member,
    /// The fields of a response.
    Response,
    /// The fields of an object in a response.
    ResponseMember,
    /// The members of a shared type, for the struct in requests.
    SharedMember,
    /// The members of a shared type, for the struct in responses.
    SharedField,
}

impl Role {
    /// Whether the struct has setters, whose names must differ from its other methods.
    pub(crate) fn is_set(self) -> bool {
        matches!(self, Self::Parameter | Self::Member | Self::SharedMember)
    }

    /// Whether the fields are part of requests, so that they may be required and have limits.
    pub(crate) fn is_in_request(self) -> bool {
        !matches!(self, Self::Response | Self::ResponseMember)
    }

    /// Whether the fields are part of responses, so that they may be optional.
    pub(crate) fn is_in_response(self) -> bool {
        !matches!(self, Self::Parameter | Self::Member)
    }
}
