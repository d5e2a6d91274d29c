//! Types and fields: parameters, members of objects, fields of responses.

use crate::base64::decode_base64;
use crate::spec::known_fields;
use crate::spec::limits::Limits;

/// The type of a field, as the documentation names it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Type {
    /// Text.
    String,
    /// A 32-bit signed integer.
    Integer,
    /// A 64-bit signed integer.
    Long,
    /// A floating-point number; stored in 64 bits.
    Float,
    /// A 64-bit floating-point number.
    Double,
    /// `true` or `false`.
    Boolean,
    /// Any JSON value, as text.
    Any,
    /// Bytes, in Base64 (RFC 4648) on the wire.
    Bytes,
    /// A whole body of raw bytes.
    Binary,
    /// An object whose members are listed inline.
    Object(Object),
    /// A list.
    List(Box<Type>),
    /// An object with free keys, all of one type.
    Map(Box<Type>),
    /// A shared type of the product's `types.yaml`.
    Shared(SharedName),
}

impl Type {
    /// The types of single values.
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

    /// Returns the words of the built-in types. A shared type cannot have one of them as its name.
    pub fn words() -> impl Iterator<Item = &'static str> {
        Self::SCALARS.into_iter().filter_map(|scalar| scalar.word()).chain(["Object", "List", "Map"])
    }

    /// Returns the scalar type with this word.
    pub fn scalar(word: &str) -> Option<Self> {
        Self::SCALARS.into_iter().find(|scalar| scalar.word() == Some(word))
    }

    /// Returns the word of the type, or `None` for a shared type, which has a name instead.
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

    /// Returns the type as specs write it.
    pub fn spelling(&self) -> String {
        match self {
            Self::List(item) => format!("List<{}>", item.spelling()),
            Self::Map(item) => format!("Map<{}>", item.spelling()),
            Self::Shared(shared) => shared.name.clone(),
            other => other.word().unwrap_or_default().to_owned(),
        }
    }

    /// Checks that a text can be read as a value of this type, in the same way as responses are read. Structures are
    /// not checked, because their documented examples are usually prose.
    ///
    /// # Errors
    ///
    /// Returns what was expected.
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

    /// Whether a value of this type is a single text on the wire, not a structure.
    pub fn is_scalar(&self) -> bool {
        !matches!(self, Self::Object(_) | Self::List(_) | Self::Map(_) | Self::Shared(_))
    }

    /// Returns the list, if the type is an object that contains only a list. RPC services write lists in responses this
    /// way: `{"Regions":{"Region":[]}}`.
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
    /// The name of the Rust struct, unique in the product.
    pub rust_name: String,
    /// The members, in the order of the spec.
    pub fields: Vec<Field>,
}

/// The name of a shared type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedName {
    /// The name in specs.
    pub name: String,
    /// The name of its Rust struct in responses. In requests it is `<rust_name>Input`.
    pub rust_name: String,
}

/// A type of `types.yaml`.
#[derive(Clone, Debug, PartialEq)]
pub struct SharedType {
    /// Its name.
    pub name: SharedName,
    /// The documentation.
    pub doc: String,
    /// Its fields in a response, in the order of the spec.
    pub fields: Vec<Field>,
    /// Its members in a request: the same fields, with their names in requests.
    pub members: Vec<Field>,
}

/// The shared types of a product.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SharedTypes(pub(crate) Vec<SharedType>);

impl FromIterator<SharedType> for SharedTypes {
    fn from_iter<T: IntoIterator<Item = SharedType>>(types: T) -> Self {
        Self(types.into_iter().collect())
    }
}

impl SharedTypes {
    /// Returns all types, in the order of `types.yaml`.
    pub fn iter(&self) -> impl Iterator<Item = &SharedType> {
        self.0.iter()
    }

    /// Returns the type with this name.
    pub fn get(&self, name: &SharedName) -> Option<&SharedType> {
        self.0.iter().find(|shared| &shared.name == name)
    }

    /// Returns the fields of an object in a response, shared or not, or `None` if the type is not an object.
    pub fn fields_of<'t>(&'t self, ty: &'t Type) -> Option<&'t [Field]> {
        match ty {
            Type::Object(object) => Some(&object.fields),
            Type::Shared(name) => Some(self.get(name).map_or(&[], |shared| &shared.fields)),
            _ => None,
        }
    }

    /// Returns the members of an object in a request, shared or not, or `None` if the type is not an object.
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
    /// The name in Rust: an identifier, escaped if it is a keyword.
    pub rust_name: String,
    /// The type.
    pub ty: Type,
    /// Whether a request must have it.
    pub required: bool,
    /// Whether a successful response may omit it, so that it becomes an `Option`.
    pub optional: bool,
    /// The documentation.
    pub doc: String,
    /// The example value, as documented.
    pub example: Option<String>,
    /// The documented values. Other values are allowed, because services add values.
    pub values: Vec<String>,
    /// The documented limits.
    pub limits: Limits,
    /// The default value of the service.
    pub default: Option<String>,
    /// If it is deprecated, what to use instead; may be empty.
    pub deprecated: Option<String>,
    /// Whether its value is hidden in logs and `Debug`.
    pub sensitive: bool,
}

impl Field {
    /// Returns the documentation, or a description of what fields with this name usually contain. Empty if there is
    /// neither.
    pub fn description(&self) -> &str {
        if self.doc.is_empty() { known_fields::description(&self.name).unwrap_or_default() } else { &self.doc }
    }

    /// Returns fields in the order in which requests number them: the required ones first.
    pub fn required_first<'f>(fields: impl IntoIterator<Item = &'f Self>) -> Vec<&'f Self> {
        let mut fields: Vec<&Self> = fields.into_iter().collect();
        fields.sort_by_key(|field| !field.required);
        fields
    }
}
