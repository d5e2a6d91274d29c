//! Types and the fields that have them: parameters, members of nested objects, fields of a response.

use crate::base64::decode_base64;
use crate::spec::words::words;

/// What a field holds, as the documentation pages name it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Type {
    /// Text.
    String,
    /// A 32-bit signed integer.
    Integer,
    /// A 64-bit signed integer.
    Long,
    /// A floating-point number; carried in 64 bits.
    Float,
    /// A 64-bit floating-point number.
    Double,
    /// `true` or `false`.
    Boolean,
    /// Any JSON value, kept as its text.
    Any,
    /// Bytes, in Base64 (RFC 4648) on the wire.
    Bytes,
    /// A whole body of bytes, as they are.
    Binary,
    /// An object whose members the spec lists where it is used.
    Object(Object),
    /// A list.
    List(Box<Type>),
    /// An object with free keys, all of one type.
    Map(Box<Type>),
    /// An object that the product's `types.yaml` describes, for several operations or for itself.
    Shared(SharedName),
}

impl Type {
    /// The types that hold a single value.
    pub const SCALARS: [Self; 9] = [
        Self::String,
        Self::Integer,
        Self::Long,
        Self::Float,
        Self::Double,
        Self::Boolean,
        Self::Any,
        Self::Bytes,
        Self::Binary,
    ];

    /// The words that are a type, or the beginning of one, so that no shared type can have them as its name.
    pub fn words() -> impl Iterator<Item = &'static str> {
        Self::SCALARS.into_iter().filter_map(|scalar| scalar.word()).chain(["Object", "List", "Map"])
    }

    /// Returns the scalar type that a word stands for.
    pub fn scalar(word: &str) -> Option<Self> {
        Self::SCALARS.into_iter().find(|scalar| scalar.word() == Some(word))
    }

    /// The type's own word; `None` for a shared type, which has a name instead.
    pub fn word(&self) -> Option<&'static str> {
        Some(match self {
            Self::String => "String",
            Self::Integer => "Integer",
            Self::Long => "Long",
            Self::Float => "Float",
            Self::Double => "Double",
            Self::Boolean => "Boolean",
            Self::Any => "Any",
            Self::Bytes => "Bytes",
            Self::Binary => "Binary",
            Self::Object(_) => "Object",
            Self::List(_) => "List",
            Self::Map(_) => "Map",
            Self::Shared(_) => return None,
        })
    }

    /// The type as a spec writes it.
    pub fn spelling(&self) -> String {
        match self {
            Self::List(item) => format!("List<{}>", item.spelling()),
            Self::Map(item) => format!("Map<{}>", item.spelling()),
            Self::Shared(shared) => shared.name.clone(),
            other => other.word().unwrap_or_default().to_owned(),
        }
    }

    /// Checks that a text can be read as a value of this type, the way responses are read. Structures are not checked: their
    /// examples are prose on most pages.
    ///
    /// # Errors
    ///
    /// What was expected.
    pub fn check(&self, text: &str) -> Result<(), &'static str> {
        let (fits, expected) = match self {
            Self::Integer => (text.parse::<i32>().is_ok(), "a 32-bit whole number"),
            Self::Long => (text.parse::<i64>().is_ok(), "a 64-bit whole number"),
            Self::Float | Self::Double => (text.parse::<f64>().is_ok(), "a number"),
            Self::Boolean => {
                (text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false"), "`true` or `false`")
            }
            Self::Bytes => (decode_base64(text).is_some(), "Base64"),
            _ => (true, ""),
        };
        if fits { Ok(()) } else { Err(expected) }
    }

    /// Whether a value is one piece of text on the wire, not a structure.
    pub fn is_scalar(&self) -> bool {
        !matches!(self, Self::Object(_) | Self::List(_) | Self::Map(_) | Self::Shared(_))
    }

    /// The list, if the type is an object around a list and nothing else. That is how RPC services write lists in
    /// responses: `{"Regions":{"Region":[]}}`.
    pub fn wrapped_list(&self) -> Option<&Field> {
        match self {
            Self::Object(object) => match object.fields.as_slice() {
                [field] if matches!(field.ty, Self::List(_)) => Some(field),
                _ => None,
            },
            _ => None,
        }
    }
}

/// An object with known members.
#[derive(Clone, Debug, PartialEq)]
pub struct Object {
    /// The Rust struct's name, unique within the product.
    pub rust_name: String,
    /// The members, in the spec's order.
    pub fields: Vec<Field>,
}

/// The name of a shared type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedName {
    /// As specs write it.
    pub name: String,
    /// What its Rust struct in responses is called. In requests it is `<rust_name>Input`.
    pub rust_name: String,
}

/// An object that `types.yaml` describes.
#[derive(Clone, Debug, PartialEq)]
pub struct SharedType {
    /// Its name.
    pub name: SharedName,
    /// What it is.
    pub doc: String,
    /// Its fields in a response, in the spec's order.
    pub fields: Vec<Field>,
    /// Its members in a request: the same, with the names that a request has for them.
    pub members: Vec<Field>,
}

/// The shared types of a product.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SharedTypes(pub(crate) Vec<SharedType>);

impl SharedTypes {
    /// All of them, in the order of `types.yaml`.
    pub fn iter(&self) -> impl Iterator<Item = &SharedType> {
        self.0.iter()
    }

    /// The type of this name.
    pub fn get(&self, name: &SharedName) -> Option<&SharedType> {
        self.0.iter().find(|shared| &shared.name == name)
    }

    /// The fields of an object in a response, be it shared or not; `None` if the type has none.
    pub fn fields_of<'t>(&'t self, ty: &'t Type) -> Option<&'t [Field]> {
        match ty {
            Type::Object(object) => Some(&object.fields),
            Type::Shared(name) => Some(self.get(name).map_or(&[], |shared| &shared.fields)),
            _ => None,
        }
    }

    /// The members of an object in a request, be it shared or not; `None` if the type has none.
    pub fn members_of<'t>(&'t self, ty: &'t Type) -> Option<&'t [Field]> {
        match ty {
            Type::Object(object) => Some(&object.fields),
            Type::Shared(name) => Some(self.get(name).map_or(&[], |shared| &shared.members)),
            _ => None,
        }
    }
}

/// A parameter, a member of an object, or a field of a response.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The name on the wire.
    pub name: String,
    /// The name in Rust: an identifier, escaped where the name is a keyword.
    pub rust_name: String,
    /// What it holds.
    pub ty: Type,
    /// Of a parameter: the call is rejected without it.
    pub required: bool,
    /// Of a response field: a successful response may lack it, so that it becomes an `Option`.
    pub optional: bool,
    /// What it means.
    pub doc: String,
    /// The page's example value, as written.
    pub example: Option<String>,
    /// The documented values. Others are not rejected: services add values.
    pub values: Vec<String>,
    /// The documented limits.
    pub limits: Limits,
    /// What the service takes where the parameter is missing.
    pub default: Option<String>,
    /// Set if it is deprecated: what to use instead, or empty.
    pub deprecated: Option<String>,
    /// Its value never appears in logs or `Debug`.
    pub sensitive: bool,
}

impl Field {
    /// Fields in the order in which requests number them: the required ones first.
    pub fn required_first<'f>(fields: impl IntoIterator<Item = &'f Self>) -> Vec<&'f Self> {
        let mut fields: Vec<&Self> = fields.into_iter().collect();
        fields.sort_by_key(|field| !field.required);
        fields
    }
}

/// Documented limits of a value.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Limits {
    /// Of text: its length.
    pub length: Option<Length>,
    /// Of a number: its range.
    pub range: Option<Range>,
    /// Of a list: how many items.
    pub count: Option<Bounds>,
    /// Of text: a regular expression. Documented to the user, enforced by the service alone.
    pub pattern: Option<String>,
}

/// A least and a greatest number, both allowed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bounds {
    /// The least.
    pub min: Option<u64>,
    /// The greatest.
    pub max: Option<u64>,
}

/// How long a text may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Length {
    /// The bounds.
    pub bounds: Bounds,
    /// What is counted.
    pub unit: LengthUnit,
}

words! {
    /// The unit of a length.
    LengthUnit {
        /// Bytes of UTF-8.
        Bytes = "bytes",
        /// Unicode characters.
        Characters = "characters",
    }
}

/// The least and greatest value of a number, both allowed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Range {
    /// Of an Integer or a Long.
    Integer {
        /// The least.
        min: Option<i64>,
        /// The greatest.
        max: Option<i64>,
    },
    /// Of a Float or a Double.
    Float {
        /// The least.
        min: Option<f64>,
        /// The greatest.
        max: Option<f64>,
    },
}
