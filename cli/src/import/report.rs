//! The report of an import: counts of operations and parameters, and everything that was dropped or changed, with reasons.

use std::cell::RefCell;
use std::fmt;

use crate::hidden_characters::is_hidden;
use alicloud_model::Diagnostic;
use serde_json::json;

/// The number of notes shown for each reason without `--verbose`.
const SHOWN: usize = 3;

/// The reason why something in the specs differs from the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Reason {
    /// An operation that is not an object, or appears twice.
    MalformedOperation,
    /// An operation whose name cannot be a file name or a Rust type.
    OperationName,
    /// Two operations would have one Rust name.
    OperationCollision,
    /// An HTTP method that the API style does not support.
    Method,
    /// A path that cannot be sent unchanged.
    Path,
    /// A parameter that is not an object or has no name.
    MalformedParameter,
    /// A name with unsafe characters.
    UnsafeName,
    /// A common request parameter, which every call sends.
    ReservedName,
    /// An optional parameter that names an account, which the signature already identifies.
    AccountParameter,
    /// A duplicate parameter.
    RepeatedParameter,
    /// A parameter that an object parameter sends as well.
    SentTwice,
    /// A parameter in a position that the operation does not have.
    Position,
    /// A field that appears twice or is not a schema.
    MalformedField,
    /// A `$ref` to a missing schema.
    MissingReference,
    /// A circular `$ref` without an object in between.
    EndlessReference,
    /// Nested too deeply.
    TooDeep,
    /// A type that a spec cannot have in this place.
    Type,
    /// A body in a format that a spec cannot describe.
    BodyFormat,
    /// A style that does not fit the type.
    Style,
    /// A name that cannot become a Rust name, or becomes the Rust name of another one.
    RustName,
    /// A shared type with another name than in the document.
    TypeName,
    /// A member of a body that is required according to the document.
    RequiredMember,
    /// A tag on the effect of an operation that contradicts its name, or is the only evidence that it reads.
    Effect,
    /// An operation with an error code whose values are unknown.
    Outcome,
    /// An operation with an error code for which the usual values are assumed to mean success.
    AssumedOutcome,
    /// A reading operation with page parameters, but without a known pagination.
    Pagination,
    /// A limit that contradicts itself or does not fit the type.
    Limit,
    /// A default that does not fit the type or the limits.
    Default,
    /// A documented value that is empty, repeated or not of the type.
    Value,
    /// An example value that is not of the field's type.
    ExampleValue,
    /// A sample response that cannot be read or does not fit the operation.
    Example,
    /// A row of the error table that is invalid or a duplicate.
    ErrorRow,
    /// A host that is not a host name.
    Host,
    /// A region that is not a region id, or has two hosts.
    Region,
    /// A manual change, which is kept.
    Kept,
    /// A part of the file that is not in the document, which is kept.
    NotInDocument,
    /// A file of an operation that is not in the document, which is kept.
    OperationNotInDocument,
    /// Comments of a file that could not be matched to the new file.
    Comment,
}

impl Reason {
    /// Returns the stable word for the reason.
    pub fn as_str(self) -> &'static str {
        self.words().0
    }

    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::MalformedOperation => ("malformed-operation", "operations rejected: not an object, or duplicate"),
            Self::OperationName => {
                ("operation-name", "operations rejected: the name cannot be a file name or a Rust type")
            }
            Self::OperationCollision => ("operation-collision", "operations rejected: another has the same Rust name"),
            Self::Method => ("method", "HTTP methods that the API style does not support"),
            Self::Path => ("path", "paths rejected or changed"),
            Self::MalformedParameter => {
                ("malformed-parameter", "parameters rejected: not an object, or without a name")
            }
            Self::UnsafeName => ("unsafe-name", "names rejected: they contain unsafe characters"),
            Self::ReservedName => ("reserved-name", "parameters rejected: every call sends them"),
            Self::AccountParameter => {
                ("account-parameter", "parameters left out: the signature identifies the account")
            }
            Self::RepeatedParameter => ("repeated-parameter", "parameters merged: duplicates"),
            Self::SentTwice => ("sent-twice", "parameters merged: also part of an object parameter"),
            Self::Position => {
                ("position", "parameters rejected or moved: the position does not exist in the operation")
            }
            Self::MalformedField => ("malformed-field", "fields that are duplicate or not a schema"),
            Self::MissingReference => ("missing-reference", "references to missing schemas, now `Any`"),
            Self::EndlessReference => ("endless-reference", "circular references, now `Any`"),
            Self::TooDeep => ("too-deep", "types nested too deeply, now `Any`"),
            Self::Type => ("type", "types that a spec cannot have there"),
            Self::BodyFormat => ("body-format", "bodies that are neither JSON nor a form"),
            Self::Style => ("style", "styles that do not fit the type"),
            Self::RustName => ("rust-name", "fields with an explicit Rust name"),
            Self::TypeName => ("type-name", "shared types that were renamed"),
            Self::RequiredMember => ("required-member", "required members of bodies, now optional"),
            Self::Effect => ("effect", "tags on the effect of an operation, ignored"),
            Self::Outcome => {
                ("outcome", "operations with an error code whose values are unknown: every response is a success")
            }
            Self::Pagination => ("pagination", "operations with page parameters, but without `pagination`"),
            Self::AssumedOutcome => ("assumed-outcome", "operations with an error code: the usual values mean success"),
            Self::Limit => ("limit", "limits dropped: contradictory, or not for the type"),
            Self::Default => ("default", "defaults dropped: never used, or not allowed"),
            Self::Value => ("value", "documented values dropped: empty, duplicate or not of the type"),
            Self::ExampleValue => ("example-value", "example values dropped: not of the type"),
            Self::Example => ("example", "sample responses dropped"),
            Self::ErrorRow => ("error-row", "rows of error tables dropped"),
            Self::Host => ("host", "hosts dropped: not host names"),
            Self::Region => ("region", "regions dropped: not region ids, or a second host"),
            Self::Kept => ("kept", "manual changes, kept"),
            Self::NotInDocument => ("not-in-document", "parts of files that are not in the document, kept"),
            Self::OperationNotInDocument => ("operation-not-in-document", "operations not in the document, kept"),
            Self::Comment => ("comment", "comments moved to the top of their file"),
        }
    }
}

/// The reason in words.
impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words().1)
    }
}

/// One difference from the document: something dropped, changed or kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The reason.
    pub reason: Reason,
    /// The path: an operation, then the names inside it.
    pub path: String,
    /// The details.
    pub detail: String,
}

/// Counts of operations or parameters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// In the document.
    pub in_document: usize,
    /// In the specs.
    pub imported: usize,
    /// Merged into others.
    pub merged: usize,
    /// Rejected, each with a note.
    pub rejected: usize,
    /// Not selected.
    pub not_selected: usize,
}

impl Tally {
    /// Whether the counts add up.
    pub fn is_complete(&self) -> bool {
        self.in_document == self.imported + self.merged + self.rejected + self.not_selected
    }

    fn to_json(self) -> serde_json::Value {
        json!({
            "in_document": self.in_document,
            "imported": self.imported,
            "merged": self.merged,
            "rejected": self.rejected,
            "not_selected": self.not_selected,
        })
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} in the document: {} imported", self.in_document, self.imported)?;
        for (count, label) in
            [(self.merged, "merged with others"), (self.rejected, "rejected"), (self.not_selected, "not selected")]
        {
            if count > 0 {
                write!(f, ", {count} {label}")?;
            }
        }
        Ok(())
    }
}

/// The report of an import.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Report {
    /// The product's name.
    pub product: String,
    /// The API version.
    pub version: String,
    /// The folder of the specs below the specs folder.
    pub folder: String,
    /// The operations.
    pub operations: Tally,
    /// Their parameters. Those of a rejected operation are rejected with it.
    pub parameters: Tally,
    /// The shared types.
    pub types: usize,
    /// The files written.
    pub written: Vec<String>,
    /// The number of files that did not change.
    pub unchanged: usize,
    /// The differences from the document.
    pub notes: Vec<Note>,
    /// The errors that `alicloud check` finds after the import.
    pub errors: Vec<Diagnostic>,
}

impl Report {
    /// Returns the number of notes for each reason.
    pub fn counts(&self) -> Vec<(Reason, usize)> {
        let mut counts: Vec<(Reason, usize)> = Vec::new();
        for note in &self.notes {
            match counts.iter_mut().find(|(reason, _)| *reason == note.reason) {
                Some((_, count)) => *count += 1,
                None => counts.push((note.reason, 1)),
            }
        }
        counts.sort_unstable();
        counts
    }

    /// Returns the report as text: with all notes if `verbose`, else with a few for each reason.
    pub fn to_text(&self, verbose: bool) -> String {
        let mut text = format!(
            "{} {} -> {}\noperations: {}\nparameters: {}\nshared types: {}\nfiles: {} written, {} unchanged\n",
            shown(&self.product),
            shown(&self.version),
            self.folder,
            self.operations,
            self.parameters,
            self.types,
            self.written.len(),
            self.unchanged
        );
        for (reason, count) in self.counts() {
            text.push_str(&format!("\n{count} {reason} [{}]\n", reason.as_str()));
            let notes = self.notes.iter().filter(|note| note.reason == reason);
            for note in notes.take(if verbose { usize::MAX } else { SHOWN }) {
                text.push_str(&format!("  {}: {}\n", shown(&note.path), shown(&note.detail)));
            }
            if !verbose && count > SHOWN {
                text.push_str(&format!("  and {} more (--verbose lists them)\n", count - SHOWN));
            }
        }
        if !self.errors.is_empty() {
            text.push_str(&format!("\nerrors in the product: {}\n", self.errors.len()));
        }
        text
    }

    /// Returns the report as JSON, with all notes.
    pub fn to_json(&self) -> String {
        let notes: Vec<_> = self
            .notes
            .iter()
            .map(|note| json!({ "reason": note.reason.as_str(), "place": note.path, "detail": note.detail }))
            .collect();
        let report = json!({
            "product": self.product,
            "version": self.version,
            "folder": self.folder,
            "operations": self.operations.to_json(),
            "parameters": self.parameters.to_json(),
            "types": self.types,
            "written": self.written,
            "unchanged": self.unchanged,
            "errors": self.errors.len(),
            "notes": notes,
        });
        format!("{report:#}\n")
    }
}

/// Shortens a text from a document and escapes control characters, so that a terminal can show it.
pub(crate) fn shown(text: &str) -> String {
    const MOST: usize = 200;
    let mut shown: String = text
        .chars()
        .take(MOST)
        .flat_map(|one| {
            let plain = !is_hidden(one);
            plain.then_some(one).into_iter().chain(one.escape_default().filter(move |_| !plain))
        })
        .collect();
    if text.chars().nth(MOST).is_some() {
        shown.push('…');
    }
    shown
}

/// A path in the document, and the list that notes are added to.
#[derive(Clone)]
pub(crate) struct Scope<'n> {
    notes: &'n RefCell<Vec<Note>>,
    path: String,
}

impl<'n> Scope<'n> {
    pub(crate) fn new(notes: &'n RefCell<Vec<Note>>, path: &str) -> Self {
        Self { notes, path: path.to_owned() }
    }

    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// The scope at a path inside this one.
    pub(crate) fn inside(&self, name: &str) -> Self {
        Self { notes: self.notes, path: format!("{}.{name}", self.path) }
    }

    pub(crate) fn note(&self, reason: Reason, detail: impl Into<String>) {
        self.notes.borrow_mut().push(Note { reason, path: self.path.clone(), detail: detail.into() });
    }
}
