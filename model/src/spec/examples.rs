//! Sample requests with their responses.

/// A sample request with its response.
#[derive(Clone, Debug)]
pub struct Example {
    /// The parameters.
    pub request: Vec<(String, Sample)>,
    /// The response as JSON, as documented.
    pub json: Option<String>,
    /// The response as XML, as documented.
    pub xml: Option<String>,
}

/// A value of a sample request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sample {
    /// A scalar, as written.
    Text(String),
    /// A list.
    List(Vec<Sample>),
    /// An object or a map.
    Object(Vec<(String, Sample)>),
}

impl Sample {
    /// Returns the depth: the number of nested lists, objects and maps.
    pub fn depth(&self) -> usize {
        let deepest = match self {
            Self::Text(_) => return 0,
            Self::List(items) => items.iter().map(Self::depth).max(),
            Self::Object(members) => members.iter().map(|(_, sample)| sample.depth()).max(),
        };
        1 + deepest.unwrap_or_default()
    }
}
