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
    /// Its parameters; requests name them by their place in here.
    pub parameters: &'static [Parameter],
    /// What parameters demand of each other.
    pub rules: &'static [Rule],
}

/// An HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it all")]
pub enum Method {
    Get,
    Post,
    Put,
    Delete,
    Patch,
    Head,
}

impl Method {
    /// The method as it is signed and sent.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
            Self::Patch => "PATCH",
            Self::Head => "HEAD",
        }
    }
}

/// A parameter, or a member of an object inside a request.
#[derive(Debug)]
pub struct Parameter {
    /// The name on the wire.
    pub name: &'static str,
    /// Where it goes.
    pub place: Place,
    /// How a structure becomes text.
    pub style: Style,
    /// Whether the call is refused without it.
    pub required: bool,
    /// Whether its value is kept out of `Debug`.
    pub sensitive: bool,
    /// Documented limits.
    pub limits: &'static [Limit],
    /// Of an object, or a list or map of objects: the members.
    pub members: &'static [Parameter],
}

impl Parameter {
    /// An optional query parameter, from which the others differ.
    pub const OPTIONAL: Self = Self {
        name: "",
        place: Place::Query,
        style: Style::RepeatList,
        required: false,
        sensitive: false,
        limits: &[],
        members: &[],
    };
    /// A required query parameter.
    pub const REQUIRED: Self = Self { required: true, ..Self::OPTIONAL };
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
