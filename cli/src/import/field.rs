//! Fields as the importer understands them, between the document's schemas and the spec's YAML.

/// The type of a single value.
pub(crate) use alicloud_model::Type as Scalar;
use alicloud_model::{Position, Style};

use super::yaml::Node;

/// What a field holds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Type {
    Scalar(Scalar),
    Object(Vec<Field>),
    List(Box<Type>),
    Map(Box<Type>),
    /// A shared type, by the document's name for it.
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

    /// Whether a value is one piece of text on the wire.
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

    /// A value of the type as a spec writes it: numbers and truth values bare, where they are in their usual form.
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

    /// `type:` with what belongs to it.
    pub(crate) fn to_entries(&self, names: &TypeNaming<'_>) -> Vec<(String, Node)> {
        let mut entries = vec![("type".to_owned(), Node::Text(self.spelling(names)))];
        if let Some(fields) = self.members() {
            entries.push(("fields".to_owned(), fields_to_node(fields, names)));
        }
        entries
    }

    fn spelling(&self, names: &TypeNaming<'_>) -> String {
        match self {
            Self::Shared(name) => names(name),
            Self::List(item) => format!("List<{}>", item.spelling(names)),
            Self::Map(item) => format!("Map<{}>", item.spelling(names)),
            Self::Scalar(_) | Self::Object(_) => self.word().to_owned(),
        }
    }

    /// The fields of the object that it is, or that its items are.
    fn members(&self) -> Option<&[Field]> {
        match self {
            Self::Object(fields) => Some(fields),
            Self::List(item) | Self::Map(item) => item.members(),
            Self::Scalar(_) | Self::Shared(_) => None,
        }
    }
}

/// Gives the name in the spec of a shared type, by the document's name for it.
pub(crate) type TypeNaming<'n> = dyn Fn(&str) -> String + 'n;

/// A least and a greatest value, as written.
pub(crate) type Span = (Option<String>, Option<String>);

/// A parameter, a member of an object, or a field of a response.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) rust: Option<String>,
    pub(crate) ty: Type,
    /// Query is what a spec takes without a word.
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
    /// A value of an item, of which only sample requests are made.
    pub(crate) item_example: Option<String>,
    /// What it is, as Markdown.
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

    fn to_node(&self, names: &TypeNaming<'_>) -> Node {
        let mut entries = vec![("name".to_owned(), Node::text(&self.name))];
        let mut add = |key: &str, node: Node| entries.push((key.to_owned(), node));
        if let Some(rust) = &self.rust {
            add("rust", Node::text(rust));
        }
        let mut of_type = self.ty.to_entries(names).into_iter();
        if let Some((key, node)) = of_type.next() {
            add(&key, node);
        }
        if self.position != Position::Query {
            add("in", Node::text(self.position.as_str()));
        }
        if let Some(style) = self.style {
            add("style", Node::text(style.as_str()));
        }
        for (key, set) in [("required", self.required), ("sensitive", self.sensitive), ("deprecated", self.deprecated)]
        {
            if set {
                add(key, Node::Bare("true".to_owned()));
            }
        }
        for (key, span) in [("length", &self.length), ("count", &self.count), ("range", &self.range)] {
            let bounds = [("min", &span.0), ("max", &span.1)];
            let bounds: Vec<_> = bounds
                .into_iter()
                .filter_map(|(key, bound)| Some((key.to_owned(), Node::Bare(bound.clone()?))))
                .collect();
            if !bounds.is_empty() {
                add(key, Node::Map(bounds));
            }
        }
        if let Some(pattern) = &self.pattern {
            add("pattern", Node::text(pattern));
        }
        if let Some(default) = &self.default {
            add("default", self.ty.value(default));
        }
        if !self.values.is_empty() {
            let item = if let Type::List(item) = &self.ty { item } else { &self.ty };
            add("values", Node::List(self.values.iter().map(|value| item.value(value)).collect()));
        }
        if let Some(example) = &self.example {
            add("example", self.ty.value(example));
        }
        if let Some(doc) = &self.doc {
            add("doc", Node::Text(doc.clone()));
        }
        for (key, node) in of_type {
            add(&key, node);
        }
        Node::Map(entries)
    }
}

pub(crate) fn fields_to_node(fields: &[Field], names: &TypeNaming<'_>) -> Node {
    Node::List(fields.iter().map(|field| field.to_node(names)).collect())
}

/// Adds the shared types that a type names.
pub(crate) fn types_in<'t>(ty: &'t Type, found: &mut Vec<&'t str>) {
    match ty {
        Type::Shared(name) => found.push(name),
        Type::List(item) | Type::Map(item) => types_in(item, found),
        Type::Object(fields) => fields.iter().for_each(|field| types_in(&field.ty, found)),
        Type::Scalar(_) => {}
    }
}
