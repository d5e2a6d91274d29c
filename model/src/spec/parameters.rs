//! The parameters of a request, and the rules between them.

use crate::spec::types::Field;
use crate::spec::words::words;

/// A parameter of a request.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Name, type and limits.
    pub field: Field,
    /// Where it goes in the request.
    pub position: Position,
    /// How a structure becomes text.
    pub style: Style,
}

words! {
    /// The position of a parameter in the request.
    Position {
        /// The URL's query.
        Query = "query",
        /// An `application/x-www-form-urlencoded` body.
        Form = "form",
        /// The whole body.
        Body = "body",
        /// A `{Name}` of the path.
        Path = "path",
        /// A header of this name.
        Header = "header",
        /// A `{Name}` of the host.
        Host = "host",
    }
}

words! {
    /// How lists, objects and maps become text.
    Style {
        /// `Name.1`, `Name.1.Key`, `Name.Key`. The default.
        RepeatList = "repeatList",
        /// As [`Style::RepeatList`], with `#<length>#<key>` for the keys of maps.
        Flat = "flat",
        /// One parameter of compact JSON.
        Json = "json",
        /// Joined by commas.
        Simple = "simple",
        /// Joined by spaces.
        SpaceDelimited = "spaceDelimited",
        /// Joined by `|`.
        PipeDelimited = "pipeDelimited",
    }
}

impl Position {
    /// The positions that a field of a response can have.
    pub const OF_RESPONSES: &'static [Self] = &[Self::Body, Self::Header];
}

impl Style {
    /// Whether the style joins the items of a list into one text.
    pub fn joins(self) -> bool {
        matches!(self, Self::Simple | Self::SpaceDelimited | Self::PipeDelimited)
    }
}

words! {
    /// How the form parameters of an operation are sent.
    FormAs {
        /// As one JSON object.
        Json = "json",
        /// As a form.
        Form = "form",
    }
}

/// What parameters demand of each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    /// One of these groups must be there whole. They stand in order of precedence: where several are, the first wins.
    AnyOf(Vec<Vec<String>>),
    /// All of these or none.
    Together(Vec<String>),
}
