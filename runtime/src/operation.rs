//! What generated code says about operations: plain constants, read by everything else in this crate.

/// A product.
#[derive(Debug)]
pub struct Service {
    /// The product's name, such as `Ecs`.
    pub product: &'static str,
    /// The API version.
    pub version: &'static str,
    /// The host, with `{region}` for the region.
    pub host: &'static str,
    /// The regions that the host rule serves.
    pub regions: &'static [&'static str],
    /// Regions with a host of their own.
    pub exceptions: &'static [(&'static str, &'static str)],
    /// How a 2xx body reports failure.
    pub outcome: Option<Outcome>,
}

/// How a 2xx body reports failure: `success` is a boolean field, the others are texts.
#[derive(Debug)]
#[expect(missing_docs, reason = "field names of a response, said above")]
pub struct Outcome {
    pub success: &'static str,
    pub code: &'static str,
    pub message: &'static str,
}

/// An operation.
#[derive(Debug)]
pub struct Operation {
    /// The product it belongs to.
    pub service: &'static Service,
    /// The value of `Action`.
    pub name: &'static str,
    /// The HTTP method it is sent with.
    pub method: Method,
    /// What it takes.
    pub parameters: Parameters,
    /// What parameters demand of each other.
    pub rules: &'static [Rule],
}

impl Operation {
    /// An operation that takes plain parameters.
    pub const fn new(service: &'static Service, name: &'static str, method: Method, parameters: Parameters) -> Self {
        Self { service, name, method, parameters, rules: &[] }
    }

    /// The same with rules.
    #[must_use]
    pub const fn rules(mut self, rules: &'static [Rule]) -> Self {
        self.rules = rules;
        self
    }
}

/// An HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it all")]
pub enum Method {
    Get,
    Post,
}

impl Method {
    /// The method as it is signed and sent.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
        }
    }
}

/// The parameters of an operation, or the members of an object inside a request. Requests name them by their place.
///
/// Most are plain texts in the query, so that a name is all there is to say: only what differs is spelt out.
#[derive(Debug)]
pub struct Parameters {
    names: &'static [&'static str],
    required: usize,
    details: &'static [(u16, Detail)],
}

impl Parameters {
    /// No parameters.
    pub const NONE: Self = Self::new(0, &[]);

    /// Parameters by their names on the wire, of which the first `required` must be there.
    pub const fn new(required: usize, names: &'static [&'static str]) -> Self {
        Self { names, required, details: &[] }
    }

    /// The same with what is not usual about some, by their place.
    #[must_use]
    pub const fn details(mut self, details: &'static [(u16, Detail)]) -> Self {
        self.details = details;
        self
    }

    pub(crate) fn len(&self) -> usize {
        self.names.len()
    }

    pub(crate) fn name(&self, place: u16) -> Option<&'static str> {
        self.names.get(usize::from(place)).copied()
    }

    pub(crate) fn get(&self, place: u16) -> Option<Parameter> {
        let known = self.details.iter().find(|(other, _)| *other == place);
        Some(Parameter { name: self.name(place)?, detail: known.map_or(&Detail::PLAIN, |(_, detail)| detail) })
    }

    /// The names of the required ones, with their places.
    pub(crate) fn required(&self) -> impl Iterator<Item = (u16, &'static str)> {
        (0..).zip(self.names.iter().copied()).take(self.required)
    }
}

/// A parameter, or a member of an object inside a request.
#[derive(Clone, Copy)]
pub(crate) struct Parameter {
    pub(crate) name: &'static str,
    pub(crate) detail: &'static Detail,
}

/// What is to be known of a parameter besides its name.
#[derive(Debug)]
pub struct Detail {
    /// Where it goes.
    pub place: Place,
    /// How a structure becomes text.
    pub style: Style,
    /// Whether its value is kept out of `Debug`.
    pub sensitive: bool,
    /// Documented limits.
    pub limits: &'static [Limit],
    /// Of an object, or a list or map of objects: the members.
    pub members: &'static Parameters,
}

impl Detail {
    /// Of a text in the query, from which the others differ.
    pub const PLAIN: Self = Self {
        place: Place::Query,
        style: Style::RepeatList,
        sensitive: false,
        limits: &[],
        members: &Parameters::NONE,
    };
}

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The URL's query.
    Query,
    /// A form body.
    Form,
    /// A header of this name.
    Header,
}

/// How lists, objects and maps become text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `Name.1`, `Name.1.Key`, `Name.Key`.
    RepeatList,
    /// The same, with `#<length>#<key>` for the keys of maps.
    Flat,
    /// One parameter of compact JSON.
    Json,
    /// Joined by this character.
    Joined(char),
}

/// A documented limit; all bounds are allowed values.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(missing_docs, reason = "the names say it all")]
pub enum Limit {
    MinBytes(u64),
    MaxBytes(u64),
    MinCharacters(u64),
    MaxCharacters(u64),
    MinItems(u64),
    MaxItems(u64),
    Min(i64),
    Max(i64),
    MinFloat(f64),
    MaxFloat(f64),
}

/// What parameters demand of each other; they are named by their place in [`Operation::parameters`].
#[derive(Clone, Copy, Debug)]
pub enum Rule {
    /// One of these groups must be there whole.
    AnyOf(&'static [&'static [u16]]),
    /// All of these or none.
    Together(&'static [u16]),
}
