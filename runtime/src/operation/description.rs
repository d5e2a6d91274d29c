//! The description of operations by generated code: plain constants, which the rest of this crate reads.

/// A product.
#[derive(Debug)]
pub struct Service<'a> {
    /// The product's name, such as `Ecs`.
    pub product: &'a str,
    /// The API version.
    pub version: &'a str,
    /// The hosts on the internet.
    pub public: Hosts,
    /// The hosts inside a VPC.
    pub vpc: Hosts,
    /// How a 2xx body reports failure.
    pub outcome: Option<Outcome>,
    /// Error codes of all operations after which a call can be retried, because the service has not acted.
    pub retried: &'static [&'static str],
    /// The gateway, if it requires another signature.
    pub gateway: Option<&'static str>,
}

/// The hosts of a product in a network.
#[derive(Debug)]
pub struct Hosts {
    /// The host, with `{region}` for the region. Empty if it is not known.
    pub host: &'static str,
    /// The regions in which `host` is valid.
    pub regions: &'static [&'static str],
    /// Regions with another host, each with its host.
    pub exceptions: &'static [(&'static str, &'static str)],
}

impl Hosts {
    /// No known hosts.
    pub const NONE: Self = Self { host: "", regions: &[], exceptions: &[] };
}

/// How a 2xx body reports failure. If the response has the success field, that decides; otherwise the code, if it has
/// values.
#[derive(Debug)]
pub struct Outcome {
    /// The field that reports success. If no values are listed, `false` and `0` mean failure.
    pub success: OutcomeField,
    /// The field with the error code. The listed values mean success, and so does a missing code.
    pub code: OutcomeField,
    /// The path of the field with the error message, or empty if there is none.
    pub message: &'static str,
}

/// A field that reports the outcome of a call.
#[derive(Debug)]
pub struct OutcomeField {
    /// The names on the path to the field, separated by dots. Empty if there is no such field.
    pub path: &'static str,
    /// The values that mean success. They are compared without regard to case.
    pub values: &'static [&'static str],
}

impl OutcomeField {
    /// No field.
    pub const NONE: Self = Self::at("");

    /// Creates a field with this path.
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
    /// In the same way as the product's other operations.
    AsTheService,
    /// Not in the body.
    Nothing,
    /// In its own way.
    By(&'static Outcome),
}

/// An operation.
#[derive(Debug)]
pub struct Operation<'a> {
    /// The product.
    pub service: &'a Service<'a>,
    /// The name, which is the value of `Action`.
    pub name: &'a str,
    /// Whether the operation can safely be repeated: it is a read, or is documented as idempotent.
    pub repeatable: bool,
    /// Whether a URL of the operation can be presigned: it is an RPC read that accepts GET.
    pub presignable: bool,
    /// The HTTP method.
    pub method: Method,
    /// The path of a ROA operation, with `{Name}` for parameters. `None` for RPC operations.
    pub path: Option<&'a str>,
    /// The parameters.
    pub parameters: Parameters,
    /// The rules between parameters.
    pub rules: &'static [Rule],
    /// The documented limit of queries per second, for one account or user.
    pub per_second: Option<u32>,
    /// How a 2xx body reports failure.
    pub reporting: Reporting,
    /// Error codes after which a call can be retried, because the service has not acted. They add to those of the
    /// service.
    pub retried: &'static [&'static str],
    /// The documented error codes. `%s` matches any text.
    pub errors: &'static [&'static str],
    /// Whether the form parameters are sent as one JSON object.
    pub form_as_json: bool,
    /// How the body of a response is decoded.
    pub response_kind: ResponseKind,
    /// The response headers that are fields of the response. The fields are called `header:<name>`, in lower case.
    pub response_headers: &'static [&'static str],
}

impl<'a> Operation<'a> {
    /// Creates an RPC operation that cannot safely be repeated.
    pub const fn new(service: &'a Service<'a>, name: &'a str, method: Method, parameters: Parameters) -> Self {
        Self {
            service,
            name,
            repeatable: false,
            presignable: false,
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

    /// Creates an RPC operation that can safely be repeated.
    pub const fn repeatable(service: &'a Service<'a>, name: &'a str, method: Method, parameters: Parameters) -> Self {
        Self { repeatable: true, ..Self::new(service, name, method, parameters) }
    }

    /// Creates an RPC read that also accepts GET.
    pub const fn presignable(service: &'a Service<'a>, name: &'a str, method: Method, parameters: Parameters) -> Self {
        Self { presignable: true, ..Self::repeatable(service, name, method, parameters) }
    }

    /// Turns the operation into a ROA operation with this path.
    #[must_use]
    pub const fn path(mut self, path: &'a str) -> Self {
        self.path = Some(path);
        self
    }

    /// Sets the rules between parameters.
    #[must_use]
    pub const fn rules(mut self, rules: &'static [Rule]) -> Self {
        self.rules = rules;
        self
    }

    /// Sets the documented limit of queries per second.
    #[must_use]
    pub const fn per_second(mut self, queries: u32) -> Self {
        self.per_second = Some(queries);
        self
    }

    /// Sets how a 2xx body reports failure. Defaults to [`Reporting::AsTheService`].
    #[must_use]
    pub const fn reporting(mut self, reporting: Reporting) -> Self {
        self.reporting = reporting;
        self
    }

    /// Sets the error codes after which a call can be retried.
    #[must_use]
    pub const fn retried(mut self, codes: &'static [&'static str]) -> Self {
        self.retried = codes;
        self
    }

    /// Sets the documented error codes.
    #[must_use]
    pub const fn errors(mut self, codes: &'static [&'static str]) -> Self {
        self.errors = codes;
        self
    }

    /// Sends the form parameters as one JSON object.
    #[must_use]
    pub const fn form_as_json(mut self) -> Self {
        self.form_as_json = true;
        self
    }

    /// Sets how the body of a response is decoded. Defaults to [`ResponseKind::Fields`].
    #[must_use]
    pub const fn response_kind(mut self, kind: ResponseKind) -> Self {
        self.response_kind = kind;
        self
    }

    /// Sets the response headers that are fields of the response.
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

    /// Returns the index of the documented error with this code, and the text that `%s` matches.
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
    /// Returns the method as it is signed and sent, in capital letters.
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

/// The parameters of an operation, or the members of an object inside a request. Requests refer to them by their index.
///
/// Most parameters are strings in the query, for which a name is enough. All others have a [`Detail`].
#[derive(Debug)]
pub struct Parameters {
    names: &'static [&'static str],
    required: usize,
    details: &'static [(u16, Detail)],
}

impl Parameters {
    /// No parameters.
    pub const NONE: Self = Self::new(0, &[]);

    /// Creates parameters from their wire names. The first `required` of them are required.
    pub const fn new(required: usize, names: &'static [&'static str]) -> Self {
        Self { names, required, details: &[] }
    }

    /// Sets the details of some parameters, by their index.
    #[must_use]
    pub const fn details(mut self, details: &'static [(u16, Detail)]) -> Self {
        self.details = details;
        self
    }

    pub(crate) fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether a parameter with details is sent in this place. Parameters without details are sent in the query.
    pub(crate) fn have(&self, place: Place) -> bool {
        self.details.iter().any(|(_, detail)| detail.place == place)
    }

    /// The index of the parameter with this name.
    pub(crate) fn index_of(&self, name: &str) -> Option<u16> {
        (0..).zip(self.names).find(|(_, known)| **known == name).map(|(index, _)| index)
    }

    pub(crate) fn name(&self, index: u16) -> Option<&'static str> {
        self.names.get(usize::from(index)).copied()
    }

    pub(crate) fn get(&self, index: u16) -> Option<Parameter> {
        let known = self.details.iter().find(|(other, _)| *other == index);
        Some(Parameter { name: self.name(index)?, detail: known.map_or(&Detail::PLAIN, |(_, detail)| detail) })
    }

    /// The names of the required parameters, with their indices.
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

/// The properties of a parameter, apart from its name.
#[derive(Debug)]
pub struct Detail {
    /// The part of the request that contains it.
    pub place: Place,
    /// How a list, object or map is serialized.
    pub style: Style,
    /// Whether `Debug` hides its value.
    pub sensitive: bool,
    /// The documented limits.
    pub limits: &'static [Limit],
    /// The members, if the parameter is an object, or a list or map of objects.
    pub members: &'static Parameters,
}

impl Detail {
    /// The details of a string in the query. They are the defaults.
    pub const PLAIN: Self = Self {
        place: Place::Query,
        style: Style::RepeatList,
        sensitive: false,
        limits: &[],
        members: &Parameters::NONE,
    };
    /// The details of a string in a form.
    pub const FORM: Self = Self { place: Place::Form, ..Self::PLAIN };
    /// The details of a header.
    pub const HEADER: Self = Self { place: Place::Header, ..Self::PLAIN };
    /// The details of a part of the path.
    pub const PATH: Self = Self { place: Place::Path, ..Self::PLAIN };
    /// The details of a body.
    pub const BODY: Self = Self { place: Place::Body, ..Self::PLAIN };
    /// The details of a label of the host.
    pub const HOST: Self = Self { place: Place::Host, ..Self::PLAIN };
}

/// The part of a request that contains a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The URL's query.
    Query,
    /// A form body.
    Form,
    /// The header with the name of the parameter. If the name ends with `*`, one header for each key of a map.
    Header,
    /// The path, where the value replaces the name in braces.
    Path,
    /// The whole body.
    Body,
    /// The first label of the host.
    Host,
}

/// How lists, objects and maps are serialized.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// As one parameter for each value: `Name.1`, `Name.1.Key`, `Name.Key`.
    RepeatList,
    /// As [`Style::RepeatList`], but with `#<length>#<key>` for the keys of maps.
    Flat,
    /// As one parameter with compact JSON.
    Json,
    /// As one parameter with the values, separated by this character.
    Joined(char),
}

/// A documented limit. All bounds are inclusive.
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

/// A rule between parameters, which are referred to by their index.
#[derive(Clone, Copy, Debug)]
pub enum Rule {
    /// All parameters of at least one of these groups are required.
    AnyOf(&'static [&'static [u16]]),
    /// Either all of these parameters are set, or none.
    Together(&'static [u16]),
}
