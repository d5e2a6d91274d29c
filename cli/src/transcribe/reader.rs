//! Reads tables of a page: a part of the page, and a field of one of its tables.

use alicloud_model::{Type, is_sensitive_name};

use super::cells;
use super::draft::{DraftField, Kind, NoteKind, Notes, Sourced};
use super::facts::Facts;
use super::fitness::is_marked_deprecated;
use super::known::Known;
use super::limits::{listed_words, read_limits, sentences};
use super::nesting::FieldRow;
use super::page::Cell;
use super::row::Table;
use super::samples::Samples;
use super::sections::ReadPart;
use super::words::{self, Column, DEPRECATED, Section};
use crate::import::markdown;

/// A page that is being read.
pub(crate) struct Reader<'p> {
    pub(crate) parts: &'p [ReadPart],
    pub(crate) samples: &'p Samples,
    pub(crate) facts: &'p Facts,
    pub(crate) known: Option<&'p Known>,
}

impl Reader<'_> {
    pub(crate) fn parts_of(&self, wanted: impl Fn(Section) -> bool) -> impl Iterator<Item = &ReadPart> {
        self.parts.iter().filter(move |part| wanted(part.section))
    }

    /// The facts that parameters and response fields share.
    pub(crate) fn any_field(
        &self,
        row: &FieldRow,
        name: Sourced<String>,
        kind: Sourced<Kind>,
        notes: &mut Notes,
    ) -> DraftField {
        let mut field = DraftField::new(name, kind);
        let what = field.name.value.clone();
        self.widen(&mut field, row);
        let example =
            row.row.get(Column::Example).filter(|cell| !words::is_nothing(&cell.text) || cell.text.trim() == "/");
        if let Some(cell) = example
            && matches!(field.kind.value, Kind::Scalar(_))
        {
            match cells::value(&cell.text) {
                Ok(value) if fits(&field.kind.value, &value) => field.example = Some(Sourced::at(cell.line, value)),
                Ok(value) => {
                    let ty = field.kind.value.spelling();
                    notes.add(
                        NoteKind::LeftOut,
                        cell.line,
                        format!("the example of `{what}`, `{value}`, is not of the type {ty}"),
                    );
                }
                Err(why) => notes.add(NoteKind::LeftOut, cell.line, format!("the example of `{what}`: {why}")),
            }
        }
        if let Some(example_or_doc) = &row.row.example_or_doc {
            match self.confirmed(&what, &example_or_doc.text) {
                Some(value) if matches!(field.kind.value, Kind::Scalar(_)) => {
                    field.example = Some(Sourced::at(example_or_doc.line, value))
                }
                _ => notes.add(
                    NoteKind::NotUnderstood,
                    example_or_doc.line,
                    format!("the example or the description of `{what}`: `{}`", example_or_doc.text.trim()),
                ),
            }
        }
        if let Some(doc) = row.row.get(Column::Doc).filter(|cell| !words::is_nothing(&cell.text)) {
            let text = doc.text.replace("\\|", "|");
            field.doc = markdown(&text).map(|text| Sourced::at(doc.line, text));
            field.deprecated = deprecation(doc).map(|line| Sourced::at(line, String::new()));
        }
        if let Some(cell) = row.row.get(Column::Name)
            && is_marked_deprecated(&cell.text)
        {
            field.deprecated = Some(Sourced::at(cell.line, String::new()));
        }
        if is_sensitive_name(&what) && field.kind.value.is_text() {
            field.sensitive = Some(true);
        }
        field
    }

    /// Newer pages write `integer` for whole numbers of any size. If an example is too large for Integer, the type is
    /// Long.
    fn widen(&self, field: &mut DraftField, row: &FieldRow) {
        let Some(word) = row.row.get(Column::Type).map(|cell| cells::plain(&cell.text)) else { return };
        field.is_wide = matches!(word, "integer" | "number");
        if field.kind.value != Kind::Scalar(Type::Integer) || word != "integer" {
            return;
        }
        let example = row.row.get(Column::Example).and_then(|cell| cells::value(&cell.text).ok());
        let is_long = |value: &String| Type::Integer.check(value).is_err() && Type::Long.check(value).is_ok();
        if example.iter().chain(self.samples.shown(&field.name.value)).any(is_long) {
            field.kind.value = Kind::Scalar(Type::Long);
            field.comments.push("the page says `integer`, and the example is too large for Integer".to_owned());
        }
    }

    /// The beginning of a text that a sample shows as the value of a name.
    pub(crate) fn confirmed(&self, name: &str, text: &str) -> Option<String> {
        let text = text.trim();
        let mut shown = self.samples.shown(name).iter();
        let is_beginning = |value: &&String| {
            let rest = text.strip_prefix(value.as_str());
            !value.is_empty() && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
        };
        shown.find(is_beginning).cloned()
    }
}

/// Whether a table has parameters or fields.
pub(crate) fn has_fields(table: &Table) -> bool {
    table.columns.contains(&Column::Name)
}

/// Reads the documented values of a text or a whole number, or of the items of a list. Returns whether there are some
/// that cannot be read.
pub(crate) fn read_documented_values(field: &mut DraftField, doc: &Cell) -> bool {
    let written = read_limits(&doc.text);
    let item = if let Kind::List(item) = &field.kind.value { item } else { &field.kind.value };
    if !item.is_text() && !item.is_whole_number() {
        return false;
    }
    if written.values.iter().all(|value| fits(item, value)) {
        field.values = written.values.into_iter().map(|value| Sourced::at(doc.line, value)).collect();
    }
    // A list that has the example is one of values, whatever the words before it.
    let example = field.example.as_ref().map(|example| example.value.clone());
    if let Some(example) = example.filter(|_| field.values.is_empty() && !written.has_unread_values) {
        let listed = listed_words(&doc.text);
        if listed.contains(&example) && listed.iter().all(|value| fits(&field.kind.value, value)) {
            field.values = listed.into_iter().map(|value| Sourced::at(doc.line, value)).collect();
        }
    }
    written.has_unread_values
}

/// Whether a text is a value of a type, as `check` sees it.
pub(crate) fn fits(kind: &Kind, text: &str) -> bool {
    if let Kind::Scalar(scalar) = kind { scalar.check(text).is_ok() } else { true }
}

/// The line in which a description says that its field is deprecated.
fn deprecation(doc: &Cell) -> Option<usize> {
    let says = |text: &str| {
        DEPRECATED.iter().any(|word| text.contains(word))
            && ["parameter", "field", "参数", "字段", "參數", "パラメータ"].iter().any(|word| text.contains(word))
    };
    let index = doc.text.lines().position(|line| sentences(line).into_iter().any(says))?;
    Some(doc.line + index)
}

/// Whether an object or a list has no members yet.
pub(crate) fn is_open(kind: &Kind) -> bool {
    match kind {
        Kind::List(item) | Kind::Map(item) => **item == Kind::Scalar(Type::Any) || is_open(item),
        Kind::Object(fields) => fields.iter().all(|field| is_open(&field.kind.value)),
        _ => false,
    }
}

/// Gives an object or a list its members.
pub(crate) fn fill(parent: &mut DraftField, members: Vec<DraftField>) {
    fn filled(kind: &mut Kind, members: Vec<DraftField>) {
        match kind {
            Kind::List(item) if **item == Kind::Scalar(Type::Any) => **item = Kind::Object(members),
            Kind::List(item) => filled(item, members),
            Kind::Object(fields) => {
                if let Some(last) = fields.last_mut() {
                    filled(&mut last.kind.value, members);
                }
            }
            other => *other = Kind::Object(members),
        }
    }
    filled(&mut parent.kind.value, members);
}
