//! The facts of a page about an operation: each value with its source.

use std::collections::HashSet;

use alicloud_model::{ApiStyle, Effect, FlowScope, Method, Outcome, Position, Rule, Style, Type};

use super::cells::visible;

/// The source of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A line of the page, from 1.
    Page(usize),
    /// The known spec of the operation.
    Known,
    /// An option of the command.
    Option,
    /// The page says nothing, and the format needs a value: the usual one.
    Usual,
}

/// A value with its source.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sourced<T> {
    pub(crate) value: T,
    pub(crate) origin: Origin,
}

impl<T> Sourced<T> {
    pub(crate) fn at(line: usize, value: T) -> Self {
        Self { value, origin: Origin::Page(line) }
    }

    pub(crate) fn known(value: T) -> Self {
        Self { value, origin: Origin::Known }
    }

    /// The line of the page.
    pub(crate) fn line(&self) -> Option<usize> {
        if let Origin::Page(line) = self.origin { Some(line) } else { None }
    }
}

/// The type of a field.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind {
    Scalar(Type),
    Object(Vec<DraftField>),
    List(Box<Kind>),
    Map(Box<Kind>),
    /// A shared type of the known spec, by its name.
    Shared(String),
}

impl Kind {
    /// The type as specs write it.
    pub(crate) fn spelling(&self) -> String {
        match self {
            Self::Scalar(scalar) => scalar.word().unwrap_or_default().to_owned(),
            Self::Object(_) => "Object".to_owned(),
            Self::List(item) => format!("List<{}>", item.spelling()),
            Self::Map(item) => format!("Map<{}>", item.spelling()),
            Self::Shared(name) => name.clone(),
        }
    }

    /// The fields of the object that it is, or that its items are.
    pub(crate) fn members(&self) -> Option<&[DraftField]> {
        match self {
            Self::Object(fields) => Some(fields),
            Self::List(item) | Self::Map(item) => item.members(),
            Self::Scalar(_) | Self::Shared(_) => None,
        }
    }

    pub(crate) fn members_mut(&mut self) -> Option<&mut Vec<DraftField>> {
        match self {
            Self::Object(fields) => Some(fields),
            Self::List(item) | Self::Map(item) => item.members_mut(),
            Self::Scalar(_) | Self::Shared(_) => None,
        }
    }

    pub(crate) fn is_number(&self) -> bool {
        matches!(self, Self::Scalar(Type::Integer | Type::Long | Type::Float | Type::Double))
    }

    pub(crate) fn is_whole_number(&self) -> bool {
        matches!(self, Self::Scalar(Type::Integer | Type::Long))
    }

    pub(crate) fn is_text(&self) -> bool {
        matches!(self, Self::Scalar(Type::String))
    }
}

/// A least and a greatest value, as written.
pub(crate) type Span = (Option<String>, Option<String>);

/// A parameter, a member of an object, or a field of a response.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct DraftField {
    pub(crate) name: Sourced<String>,
    pub(crate) rust: Option<String>,
    pub(crate) kind: Sourced<Kind>,
    /// Whether the page's word for the type can also mean a wider one: `integer` is used for whole numbers of any size.
    pub(crate) is_wide: bool,
    pub(crate) position: Option<Sourced<Position>>,
    pub(crate) style: Option<Sourced<Style>>,
    pub(crate) required: Option<Sourced<bool>>,
    pub(crate) optional: Option<Sourced<bool>>,
    pub(crate) sensitive: Option<bool>,
    pub(crate) deprecated: Option<Sourced<String>>,
    /// The bounds, and whether they are in bytes.
    pub(crate) length: Option<Sourced<(Span, bool)>>,
    pub(crate) range: Option<Sourced<Span>>,
    pub(crate) count: Option<Sourced<Span>>,
    pub(crate) default: Option<Sourced<String>>,
    pub(crate) values: Vec<Sourced<String>>,
    pub(crate) example: Option<Sourced<String>>,
    pub(crate) doc: Option<Sourced<String>>,
    /// Notes for a person, above the field.
    pub(crate) comments: Vec<String>,
}

impl DraftField {
    pub(crate) fn new(name: Sourced<String>, kind: Sourced<Kind>) -> Self {
        Self {
            name,
            rust: None,
            kind,
            is_wide: false,
            position: None,
            style: None,
            required: None,
            optional: None,
            sensitive: None,
            deprecated: None,
            length: None,
            range: None,
            count: None,
            default: None,
            values: Vec::new(),
            example: None,
            doc: None,
            comments: Vec::new(),
        }
    }

    pub(crate) fn is_required(&self) -> bool {
        self.required.as_ref().is_some_and(|required| required.value)
    }
}

/// A row of the error table.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct DraftError {
    pub(crate) status: Sourced<u16>,
    pub(crate) code: Sourced<String>,
    pub(crate) message: Sourced<String>,
    pub(crate) doc: Option<Sourced<String>>,
    pub(crate) comments: Vec<String>,
}

/// The permission that a RAM user needs.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct DraftRam {
    pub(crate) action: Sourced<String>,
    pub(crate) access: Option<Sourced<String>>,
    pub(crate) resource: Option<Sourced<String>>,
}

/// A value of a sample request.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Sample {
    Text(String),
    List(Vec<Sample>),
    Object(Vec<(String, Sample)>),
}

/// A sample request with its responses.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct DraftExample {
    pub(crate) request: Vec<(String, Sourced<Sample>)>,
    pub(crate) json: Option<Sourced<String>>,
    pub(crate) xml: Option<Sourced<String>>,
    pub(crate) comments: Vec<String>,
}

/// A response.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum DraftResponse {
    Fields(Vec<DraftField>),
    Whole(Sourced<Kind>),
}

/// An operation as far as it is known.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Draft {
    pub(crate) name: Sourced<String>,
    pub(crate) style: Sourced<ApiStyle>,
    /// The style of the product, which an operation need not repeat.
    pub(crate) product_style: Option<ApiStyle>,
    pub(crate) summary: Option<Sourced<String>>,
    pub(crate) doc: Option<Sourced<String>>,
    pub(crate) methods: Vec<Sourced<Method>>,
    pub(crate) path: Option<Sourced<String>>,
    pub(crate) effect: Option<Sourced<Effect>>,
    pub(crate) deprecated: Option<Sourced<String>>,
    pub(crate) flow: Option<(Sourced<u32>, Sourced<FlowScope>)>,
    pub(crate) ram: Option<DraftRam>,
    pub(crate) parameters: Vec<DraftField>,
    pub(crate) rules: Vec<Sourced<Rule>>,
    pub(crate) response: DraftResponse,
    pub(crate) errors: Vec<DraftError>,
    /// How a 2xx body reports failure, if it is not as in the product. Empty if no field reports it.
    pub(crate) outcome: Option<Sourced<Outcome>>,
    pub(crate) example: Option<DraftExample>,
    /// Comments above a key of the operation.
    pub(crate) comments: Vec<(&'static str, String)>,
}

/// Notes for a person about a transcription.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Note {
    /// The line of the page, if it is about one.
    pub line: Option<usize>,
    /// The kind of note.
    pub kind: NoteKind,
    /// The note.
    pub text: String,
}

/// The kinds of notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoteKind {
    /// A part of the page that was not understood.
    NotUnderstood,
    /// A part of the page that was understood, and that the draft leaves out.
    LeftOut,
    /// Something that the page does not say.
    Missing,
    /// Something for a person to decide.
    Decide,
    /// The page contradicts the known spec.
    Contradicts,
    /// The page says what the known spec does not.
    Adds,
}

impl NoteKind {
    /// Returns the kind in words.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotUnderstood => "not understood",
            Self::LeftOut => "left out",
            Self::Missing => "missing",
            Self::Decide => "to decide",
            Self::Contradicts => "contradicts the known spec",
            Self::Adds => "not in the known spec",
        }
    }
}

/// The notes of a transcription, each once.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    notes: Vec<Note>,
    known: HashSet<Note>,
}

impl Notes {
    pub(crate) fn add(&mut self, kind: NoteKind, line: impl Into<Option<usize>>, text: impl Into<String>) {
        let note = Note { line: line.into(), kind, text: visible(&text.into()) };
        if self.known.insert(note.clone()) {
            self.notes.push(note);
        }
    }

    /// The notes in the order of the page.
    pub(crate) fn in_order(self) -> Vec<Note> {
        let mut notes = self.notes;
        notes.sort_by_key(|note| (note.line.unwrap_or(0), note.kind));
        notes
    }
}
