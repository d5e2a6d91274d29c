//! Fields and types, between the schemas of the document and the YAML of the spec.

/// The type of a single value.
pub(crate) use alicloud_model::Type as Scalar;
use alicloud_model::{Position, Style};

use super::yaml::Node;

/// The type of a field.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Type {
    Scalar(Scalar),
    Object(Vec<Field>),
    List(Box<Type>),
    Map(Box<Type>),
    /// A shared type, with its name in the document.
    Shared(String),
}

impl Type {
    pub(crate) const STRING: Self = Self::Scalar(Scalar::String);
    pub(crate) const ANY: Self = Self::Scalar(Scalar::Any);

    /// The word of a spec.
    pub(crate) fn word(&self) -> &str {
        match self {
            Self::Scalar(scalar) => scalar.word().unwrap_or_default(),
            Self::Object(_) => "Object",
            Self::List(_) => "List",
            Self::Map(_) => "Map",
            Self::Shared(name) => name,
        }
    }

    /// Whether a value is one text on the wire.
    pub(crate) fn is_scalar(&self) -> bool {
        matches!(self, Self::Scalar(_))
    }

    pub(crate) fn is_whole_number(&self) -> bool {
        matches!(self, Self::Scalar(Scalar::Integer | Scalar::Long))
    }

    /// Whether a text is a value of the type, read as leniently as responses are.
    pub(crate) fn accepts(&self, text: &str) -> bool {
        if let Self::Scalar(scalar) = self { scalar.check(text).is_ok() } else { true }
    }

    /// A value of the type in a spec. Numbers and booleans in their usual form are not quoted.
    pub(crate) fn value(&self, text: &str) -> Node {
        let usual = match self {
            Self::Scalar(Scalar::Integer | Scalar::Long) => {
                text.parse::<i64>().is_ok_and(|number| number.to_string() == text)
            }
            Self::Scalar(Scalar::Float | Scalar::Double) => {
                text.parse::<f64>().is_ok_and(|number| number.is_finite() && number.to_string() == text)
            }
            Self::Scalar(Scalar::Boolean) => text == "true" || text == "false",
            _ => false,
        };
        if usual { Node::Bare(text.to_owned()) } else { Node::text(text) }
    }

    /// The type in a spec.
    pub(crate) fn spelling(&self, names: &TypeNaming<'_>) -> String {
        match self {
            Self::Shared(name) => names(name),
            Self::List(item) => format!("List<{}>", item.spelling(names)),
            Self::Map(item) => format!("Map<{}>", item.spelling(names)),
            Self::Scalar(_) | Self::Object(_) => self.word().to_owned(),
        }
    }

    /// The fields of the object, or of the objects in the list or map.
    pub(crate) fn members(&self) -> Option<&[Field]> {
        match self {
            Self::Object(fields) => Some(fields),
            Self::List(item) | Self::Map(item) => item.members(),
            Self::Scalar(_) | Self::Shared(_) => None,
        }
    }
}

/// Returns the name of a shared type in the spec for its name in the document.
pub(crate) type TypeNaming<'n> = dyn Fn(&str) -> String + 'n;

/// A minimum and a maximum, as text.
pub(crate) type Span = (Option<String>, Option<String>);

/// A parameter, a member of an object, or a field of a response.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) rust: Option<String>,
    pub(crate) ty: Type,
    /// The query is the default in a spec.
    pub(crate) position: Position,
    pub(crate) style: Option<Style>,
    pub(crate) required: bool,
    pub(crate) sensitive: bool,
    pub(crate) deprecated: bool,
    pub(crate) length: Span,
    pub(crate) count: Span,
    pub(crate) range: Span,
    pub(crate) pattern: Option<String>,
    pub(crate) default: Option<String>,
    pub(crate) values: Vec<String>,
    pub(crate) example: Option<String>,
    /// The example of an item, which is only used in sample requests.
    pub(crate) item_example: Option<String>,
    /// The documentation, as Markdown.
    pub(crate) doc: Option<String>,
}

impl Field {
    pub(crate) fn new(name: &str, ty: Type) -> Self {
        Self {
            name: name.to_owned(),
            rust: None,
            ty,
            position: Position::Query,
            style: None,
            required: false,
            sensitive: false,
            deprecated: false,
            length: Span::default(),
            count: Span::default(),
            range: Span::default(),
            pattern: None,
            default: None,
            values: Vec::new(),
            example: None,
            item_example: None,
            doc: None,
        }
    }
}

/// Adds the shared types that a type contains.
pub(crate) fn types_in<'t>(ty: &'t Type, found: &mut Vec<&'t str>) {
    match ty {
        Type::Shared(name) => found.push(name),
        Type::List(item) | Type::Map(item) => types_in(item, found),
        Type::Object(fields) => fields.iter().for_each(|field| types_in(&field.ty, found)),
        Type::Scalar(_) => {}
    }
}
