//! Diagnostics: an error in a spec file, its location, and how to fix it.

use std::fmt;

use annotate_snippets::{Annotation, AnnotationKind, Level, Origin, Renderer, Snippet};

/// The kinds of errors. Tests and editors can rely on the code of a kind, which is stable; messages may change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Code {
    /// The file or folder cannot be read, or is not UTF-8.
    Unreadable,
    /// The folder layout is not `<product>/<version>/service.yaml` with one file for each operation.
    Layout,
    /// The file is not a YAML document.
    Syntax,
    /// The value has the wrong type.
    WrongType,
    /// The key is not allowed here.
    UnknownKey,
    /// A required key is missing.
    MissingKey,
    /// The key appears twice.
    DuplicateKey,
    /// The word is not one of the allowed words.
    UnknownWord,
    /// The name appears twice.
    DuplicateName,
    /// Two names become the same Rust name.
    NameCollision,
    /// The name cannot be used.
    BadName,
    /// The name is the name of a common request parameter, which the runtime sends itself.
    ReservedName,
    /// The type is unknown or not well formed.
    BadType,
    /// A limit contradicts itself or does not fit the type.
    BadLimit,
    /// The position, the style, the methods and the path do not fit together.
    BadPlacement,
    /// A rule names something that is not a parameter, or is empty.
    BadRule,
    /// A row of the error table cannot be used.
    BadError,
    /// An endpoint or region cannot be used.
    BadEndpoint,
    /// The outcome, the pagination or a waiter names a field that does not exist.
    UnknownField,
    /// An example does not match its operation.
    BadExample,
    /// A waiter waits for a value that cannot be compared or cannot occur.
    BadWaiter,
    /// A text has the name of a secret, but no `sensitive` key. This is a warning.
    UnmarkedSecret,
}

impl Code {
    /// Returns the code as it is printed, such as `S005`.
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

/// An error in a spec file.
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
    /// The error message.
    pub message: String,
    /// The expected value.
    pub expected: Option<String>,
    /// A suggestion to fix the error.
    pub help: Option<String>,
    /// The text of the line.
    pub source_line: String,
    /// The number of bytes that the error covers, from the column on; 0 if the error concerns the whole file.
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

/// Writes the message, the source line with a caret, what was expected, and how to fix the error.
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render())
    }
}
