//! Diagnostics: an error in a spec file, its location, and how to fix it.

use std::fmt;

use annotate_snippets::{Annotation, AnnotationKind, Level, Origin, Renderer, Snippet};

/// The kinds of errors. Each has a stable code that tests and editors can rely on; messages may get better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Code {
    /// The file or folder cannot be read, or is not UTF-8.
    Unreadable,
    /// The folder layout is not `<product>/<version>/service.yaml` plus one file an operation.
    Layout,
    /// Not a YAML document.
    Syntax,
    /// A value of another kind was expected here.
    WrongType,
    /// The key is not known here.
    UnknownKey,
    /// A required key is missing.
    MissingKey,
    /// The key appears twice.
    DuplicateKey,
    /// The word is none of those allowed here.
    UnknownWord,
    /// The name appears twice.
    DuplicateName,
    /// Two names become the same Rust name.
    NameCollision,
    /// The name cannot be used.
    BadName,
    /// The name belongs to a common request parameter, which the runtime sends itself.
    ReservedName,
    /// The type is not known or not well formed.
    BadType,
    /// A limit contradicts itself or does not fit the type.
    BadLimit,
    /// Position, style, methods and path do not fit together.
    BadPlacement,
    /// A rule names something that is not a parameter, or says nothing.
    BadRule,
    /// A row of the error table is not usable.
    BadError,
    /// An endpoint or region is not usable.
    BadEndpoint,
    /// The outcome, the pagination or a waiter names a field that is not there.
    UnknownField,
    /// An example does not fit its own operation.
    BadExample,
    /// A waiter waits for a value that cannot be compared, or cannot occur.
    BadWaiter,
    /// A text has the name of a secret, but no `sensitive` key. This is a warning.
    UnmarkedSecret,
}

impl Code {
    /// The code as it is printed, such as `S005`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unreadable => "S001",
            Self::Layout => "S002",
            Self::Syntax => "S003",
            Self::WrongType => "S004",
            Self::UnknownKey => "S005",
            Self::MissingKey => "S006",
            Self::DuplicateKey => "S007",
            Self::UnknownWord => "S008",
            Self::DuplicateName => "S009",
            Self::NameCollision => "S010",
            Self::BadName => "S011",
            Self::ReservedName => "S012",
            Self::BadType => "S013",
            Self::BadLimit => "S014",
            Self::BadPlacement => "S015",
            Self::BadRule => "S016",
            Self::BadError => "S017",
            Self::BadEndpoint => "S018",
            Self::UnknownField => "S019",
            Self::BadExample => "S020",
            Self::BadWaiter => "S021",
            Self::UnmarkedSecret => "S022",
        }
    }

    /// Whether it is a warning: the specs are valid.
    pub fn is_warning(self) -> bool {
        self == Self::UnmarkedSecret
    }
}

/// One error in one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The kind of error.
    pub code: Code,
    /// The file, relative to the specs folder.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What was found.
    pub message: String,
    /// What was expected instead.
    pub expected: Option<String>,
    /// What to do.
    pub help: Option<String>,
    /// The line's text.
    pub source_line: String,
    /// How many bytes of the line, from the column on, the error covers; 0 if it is about the whole file.
    pub width: usize,
}

impl Diagnostic {
    fn render(&self) -> String {
        let level = if self.code.is_warning() { Level::WARNING } else { Level::ERROR };
        let title = level.primary_title(format!("{} [{}]", self.message, self.code.as_str()));
        let mut report = if self.width == 0 {
            title.element(Origin::path(self.file.as_str()))
        } else {
            title.element(self.snippet())
        };
        if let Some(help) = &self.help {
            report = report.element(Level::HELP.message(help.as_str()));
        }
        Renderer::plain().render(&[report])
    }

    fn snippet(&self) -> Snippet<'_, Annotation<'_>> {
        let start = self
            .source_line
            .char_indices()
            .nth(self.column.saturating_sub(1))
            .map_or(self.source_line.len(), |(at, _)| at);
        // A width of one byte may end inside a character.
        let length = self.source_line.len();
        let end = (start + self.width..length).find(|at| self.source_line.is_char_boundary(*at)).unwrap_or(length);
        let mut mark = AnnotationKind::Primary.span(start..end);
        if let Some(expected) = &self.expected {
            mark = mark.label(format!("expected {expected}"));
        }
        Snippet::source(self.source_line.as_str()).line_start(self.line).path(self.file.as_str()).annotation(mark)
    }

    /// Returns the text without `error: `, for outputs that add it, such as `compile_error!`.
    pub fn to_unprefixed_string(&self) -> String {
        let text = self.render();
        text.strip_prefix("error: ").unwrap_or(&text).to_owned()
    }
}

/// The message with the source line, a caret, what was expected and what to do.
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render())
    }
}
