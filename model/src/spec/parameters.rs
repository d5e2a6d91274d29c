//! The parameters of a request, and the rules between them.

use crate::spec::types::Field;
use crate::spec::words::words;

/// A parameter of a request.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// The name, the type and the limits.
    pub field: Field,
    /// The position in the request.
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

/// A rule between parameters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    /// At least one of these groups must be set completely. The groups are in order of precedence: if several are set,
    /// the first one wins.
    AnyOf(Vec<Vec<String>>),
    /// Either all of these must be set, or none.
    Together(Vec<String>),
}
