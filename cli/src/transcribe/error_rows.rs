//! The error table of an operation.

use super::cells;
use super::draft::{DraftError, NoteKind, Notes, Sourced};
use super::fitness::{is_code, status};
use super::reader::Reader;
use super::words::{self, Column, Section};
use crate::import::markdown;

impl Reader<'_> {
    pub(crate) fn errors(&self, notes: &mut Notes) -> Vec<DraftError> {
        let mut errors: Vec<DraftError> = Vec::new();
        let parts = self.parts_of(|section| section == Section::Errors);
        for table in parts.flat_map(|part| &part.content.tables).filter(|table| table.columns.contains(&Column::Code)) {
            for row in &table.rows {
                let (Some(code), Some(number), Some(message)) =
                    (row.get(Column::Code), row.get(Column::Status), row.get(Column::Message))
                else {
                    let what: Vec<&str> = row.cells.iter().map(|(_, cell)| cell.text.trim()).collect();
                    notes.add(
                        NoteKind::NotUnderstood,
                        row.line,
                        format!("a row of the error table: {}", what.join(" | ")),
                    );
                    continue;
                };
                let (Some(status), Ok(text), Ok(message_text)) =
                    (status(&number.text), cells::value(&code.text), cells::message(&message.text))
                else {
                    notes.add(
                        NoteKind::NotUnderstood,
                        row.line,
                        format!("a row of the error table: {}", code.text.trim()),
                    );
                    continue;
                };
                if !is_code(&text) || message_text.is_empty() {
                    notes.add(NoteKind::NotUnderstood, row.line, format!("`{text}` is not an error code"));
                    continue;
                }
                if errors.iter().any(|known| known.status.value == status && known.code.value == text) {
                    notes.add(
                        NoteKind::LeftOut,
                        row.line,
                        format!("`{text}` is there twice for the status {status}: {message_text}"),
                    );
                    continue;
                }
                let doc = row.get(Column::Doc).filter(|cell| !words::is_nothing(&cell.text));
                errors.push(DraftError {
                    status: Sourced::at(number.line, status),
                    code: Sourced::at(code.line, text),
                    message: Sourced::at(message.line, message_text),
                    doc: doc.and_then(|cell| Some(Sourced::at(cell.line, markdown(&cell.text)?))),
                    comments: Vec::new(),
                });
            }
        }
        errors
    }
}
