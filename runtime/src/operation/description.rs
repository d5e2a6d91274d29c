//! What generated code says about operations: plain constants, read by everything else in this crate.

/// A product.
#[derive(Debug)]
pub struct Service<'a> {
    /// The product's name, such as `Ecs`.
    pub product: &'a str,
    /// The API version.
    pub version: &'a str,
    /// Where it answers to everyone.
    pub public: Hosts,
    /// Where it answers within a VPC.
    pub vpc: Hosts,
    /// How a 2xx body reports failure.
    pub outcome: Option<Outcome>,
    /// Codes by which any operation says that it has not acted and may be asked again.
    pub retried: &'static [&'static str],
    /// The gateway, where it signs in a way of its own.
    pub gateway: Option<&'static str>,
}

/// Where a product answers in a network.
#[derive(Debug)]
pub struct Hosts {
    /// The host, with `{region}` for the region; empty where none is known.
    pub host: &'static str,
    /// The regions that the host rule serves.
    pub regions: &'static [&'static str],
    /// Regions with a host of their own.
    pub exceptions: &'static [(&'static str, &'static str)],
}

impl Hosts {
    /// None that is known.
    pub const NONE: Self = Self { host: "", regions: &[], exceptions: &[] };
}

/// How a 2xx body reports failure. If the response has the success field, that decides; otherwise the code, if it has
/// values.
#[derive(Debug)]
pub struct Outcome {
    /// The field that reports success. Without values, `false` and `0` are failures.
    pub success: OutcomeField,
    /// The field with the error code. Its values mean success, and so does no code at all.
    pub code: OutcomeField,
    /// The path of the field with the message, or empty.
    pub message: &'static str,
}

/// A field that reports how a call went.
#[derive(Debug)]
pub struct OutcomeField {
    /// Names with dots between them, or empty if there is no such field.
    pub path: &'static str,
    /// The values that mean success, in any case.
    pub values: &'static [&'static str],
}

impl OutcomeField {
    /// No field.
    pub const NONE: Self = Self::at("");

    /// The field at this path.
    pub const fn at(path: &'static str) -> Self {
        Self { path, values: &[] }
    }

    /// Whether a value means success.
    pub(crate) fn is_success(&self, value: &str) -> bool {
        match self.values {
            [] => !value.eq_ignore_ascii_case("false") && value != "0",
            values => values.iter().any(|known| known.eq_ignore_ascii_case(value)),
        }
    }
}

/// How the responses of an operation report failure.
#[derive(Clone, Copy, Debug)]
pub enum Reporting {
    /// As the product's do.
    AsTheService,
    /// Not in the body.
    Nothing,
    /// In this way.
    By(&'static Outcome),
}

/// An operation.
#[derive(Debug)]
pub struct Operation<'a> {
    /// The product it belongs to.
    pub service: &'a Service<'a>,
    /// The value of `Action`.
    pub name: &'a str,
    /// Whether doing it twice is as good as doing it once: it reads, or is documented as idempotent.
    pub repeatable: bool,
    /// The HTTP method it is sent with.
    pub method: Method,
    /// Of a ROA operation: the path, with `{Name}` for the parameters in it.
    pub path: Option<&'a str>,
    /// What it takes.
    pub parameters: Parameters,
    /// What parameters demand of each other.
    pub rules: &'static [Rule],
    /// How many queries per second the service takes of one account or user, where that is documented.
    pub per_second: Option<u32>,
    /// How a 2xx body reports failure.
    pub reporting: Reporting,
    /// Codes by which it says that it has not acted and may be asked again, besides the service's.
    pub retried: &'static [&'static str],
    /// The codes that it documents as failures, with `%s` where the service puts in something else.
    pub errors: &'static [&'static str],
    /// Whether the form parameters are sent as one JSON object.
    pub form_as_json: bool,
    /// How the body of a response is decoded.
    pub response_kind: ResponseKind,
    /// The headers of an answer that are part of it. Their places are called `header:<name>`, in lower case.
    pub response_headers: &'static [&'static str],
}

impl<'a> Operation<'a> {
    /// An RPC operation.
    pub const fn new(service: &'a Service<'a>, name: &'a str, method: Method, parameters: Parameters) -> Self {
        Self {
            service,
            name,
            repeatable: false,
            method,
            path: None,
            parameters,
            rules: &[],
            per_second: None,
            reporting: Reporting::AsTheService,
            retried: &[],
            errors: &[],
            form_as_json: false,
            response_kind: ResponseKind::Fields,
            response_headers: &[],
        }
    }

    /// An RPC operation that may be done twice.
    pub const fn repeatable(service: &'a Service<'a>, name: &'a str, method: Method, parameters: Parameters) -> Self {
        Self { repeatable: true, ..Self::new(service, name, method, parameters) }
    }

    /// A ROA operation at this path.
    #[must_use]
    pub const fn path(mut self, path: &'a str) -> Self {
        self.path = Some(path);
        self
    }

    /// The same with rules.
    #[must_use]
    pub const fn rules(mut self, rules: &'static [Rule]) -> Self {
        self.rules = rules;
        self
    }

    /// The same with a documented limit.
    #[must_use]
    pub const fn per_second(mut self, queries: u32) -> Self {
        self.per_second = Some(queries);
        self
    }

    /// The same with its own way of reporting failure in a 2xx body.
    #[must_use]
    pub const fn reporting(mut self, reporting: Reporting) -> Self {
        self.reporting = reporting;
        self
    }

    /// The same with codes after which it may be asked again.
    #[must_use]
    pub const fn retried(mut self, codes: &'static [&'static str]) -> Self {
        self.retried = codes;
        self
    }

    /// The same with documented errors.
    #[must_use]
    pub const fn errors(mut self, codes: &'static [&'static str]) -> Self {
        self.errors = codes;
        self
    }

    /// The same with a form that is a JSON object.
    #[must_use]
    pub const fn form_as_json(mut self) -> Self {
        self.form_as_json = true;
        self
    }

    /// The same with answers that are read in another way than field by field.
    #[must_use]
    pub const fn response_kind(mut self, kind: ResponseKind) -> Self {
        self.response_kind = kind;
        self
    }

    /// The same with answers that these headers are part of.
    #[must_use]
    pub const fn response_headers(mut self, names: &'static [&'static str]) -> Self {
        self.response_headers = names;
        self
    }

    /// How a 2xx body reports failure.
    pub(crate) fn outcome(&self) -> Option<&Outcome> {
        match self.reporting {
            Reporting::AsTheService => self.service.outcome.as_ref(),
            Reporting::Nothing => None,
            Reporting::By(outcome) => Some(outcome),
        }
    }

    /// Which of the documented errors has this code, with what the service put in the place of `%s`.
    pub fn documented<'c>(&self, code: &'c str) -> Option<(usize, &'c str)> {
        let exact = self.errors.iter().position(|known| *known == code && !known.contains("%s"));
        exact.map(|index| (index, "")).or_else(|| {
            self.errors.iter().enumerate().find_map(|(index, known)| {
                let (before, after) = known.split_once("%s")?;
                Some((index, code.strip_prefix(before)?.strip_suffix(after)?))
            })
        })
    }
}

/// How the body of a response is decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResponseKind {
    /// As an object, field by field.
    Fields,
    /// As one value.
    Whole,
    /// Not decoded.
    Nothing,
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
    Options,
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
            Self::Options => "OPTIONS",
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

    /// Whether one of them goes there. All that nothing is said of go in the query.
    pub(crate) fn have(&self, place: Place) -> bool {
        self.details.iter().any(|(_, detail)| detail.place == place)
    }

    /// The index of the parameter with this name.
    pub(crate) fn place(&self, name: &str) -> Option<u16> {
        (0..).zip(self.names).find(|(_, known)| **known == name).map(|(place, _)| place)
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
    /// Of a text in a form.
    pub const FORM: Self = Self { place: Place::Form, ..Self::PLAIN };
    /// Of a header.
    pub const HEADER: Self = Self { place: Place::Header, ..Self::PLAIN };
    /// Of a part of the path.
    pub const PATH: Self = Self { place: Place::Path, ..Self::PLAIN };
    /// Of a body.
    pub const BODY: Self = Self { place: Place::Body, ..Self::PLAIN };
    /// Of a label of the host.
    pub const HOST: Self = Self { place: Place::Host, ..Self::PLAIN };
}

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The URL's query.
    Query,
    /// A form body.
    Form,
    /// A header of this name; or, where the name ends with `*`, one for each key of a map.
    Header,
    /// The path, in the place of its name in braces.
    Path,
    /// The whole body.
    Body,
    /// The host: its first label.
    Host,
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

/// What parameters demand of each other; they are named by their place among the parameters.
#[derive(Clone, Copy, Debug)]
pub enum Rule {
    /// One of these groups must be there whole.
    AnyOf(&'static [&'static [u16]]),
    /// All of these or none.
    Together(&'static [u16]),
}
