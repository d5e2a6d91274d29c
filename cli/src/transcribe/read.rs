//! From the parts of a page to a draft.

use alicloud_model::{ApiStyle, Method};

use super::draft::{Draft, NoteKind, Notes, Origin, Sourced};
use super::facts::{Facts, Given};
use super::known::Known;
use super::list_rows::list_rows;
use super::page::{Page, is_separator};
use super::reader::Reader;
use super::response::mark_optional;
use super::samples::find_samples;
use super::sections::{Part, ReadPart, split};
use super::table::read_content;
use super::words::{AFTER_TABLES, Section};
use crate::input::InputError;

/// The facts that were read from a page.
pub(crate) struct Reading {
    pub(crate) draft: Draft,
    pub(crate) facts: Facts,
    pub(crate) notes: Notes,
}

/// Reads a page. `known_of` finds the known spec, once the operation is known.
pub(crate) fn read_page(
    page: &Page,
    given: &Given,
    known_of: &dyn Fn(&Facts) -> Option<Known>,
) -> Result<(Reading, Option<Known>), InputError> {
    let parts = split(page);
    let samples = find_samples(&parts);
    let read: Vec<ReadPart> = parts
        .iter()
        .map(|Part { section, heading, blocks }| ReadPart {
            section: *section,
            heading: heading.clone(),
            content: {
                let mut content = read_content(blocks);
                let has_rows = matches!(section, Section::Parameters(_) | Section::Response | Section::ResponseHeaders);
                if has_rows && content.tables.is_empty() {
                    list_rows(&mut content);
                }
                content
            },
        })
        .collect();
    let mut notes = Notes::default();
    let read = without_rows_beyond(read, &mut notes);
    let facts = Facts::find(page, &read, &samples, given, &mut notes)?;
    let known = known_of(&facts);
    let reader = Reader { parts: &read, samples: &samples, facts: &facts, known: known.as_ref() };
    let draft = reader.draft(&mut notes);
    reader.note_unread(&mut notes);
    Ok((Reading { draft, facts, notes }, known))
}

impl Reader<'_> {
    fn draft(&self, notes: &mut Notes) -> Draft {
        let facts = self.facts;
        let style = facts.style.clone();
        let (json, xml) = self.response_samples(notes);
        let mut parameters = self.parameters(notes);
        let mut path = facts.path.clone();
        if style.value == ApiStyle::Roa {
            self.place_roa(&mut parameters, path.as_mut(), notes);
        }
        let mut response = self.response(json.as_ref(), xml.as_ref(), notes);
        let (deprecated, description) = self.description(notes);
        mark_optional(&mut response, json.as_ref().map(|(text, shape)| (text.origin, shape)));
        let rules = self.rules(&mut parameters, notes);
        let mut draft = Draft {
            name: facts.name.clone(),
            style,
            product_style: None,
            summary: description.0,
            doc: description.1,
            methods: self.methods(),
            path,
            effect: self.effect(),
            deprecated,
            flow: self.flow(notes),
            ram: self.ram(notes),
            parameters,
            rules: rules.0,
            response,
            errors: self.errors(notes),
            outcome: None,
            example: None,
            comments: rules.1,
        };
        draft.example = self.example(&draft, json.map(|(text, _)| text), xml.map(|(text, _)| text), notes);
        draft
    }

    fn methods(&self) -> Vec<Sourced<Method>> {
        if !self.facts.methods.is_empty() {
            return self.facts.methods.clone();
        }
        if let Some(known) = self.known {
            return known.operation.methods.iter().map(|method| Sourced::known(*method)).collect();
        }
        [Method::Post, Method::Get].into_iter().map(|value| Sourced { value, origin: Origin::Usual }).collect()
    }

    /// Lists unknown sections, and what could not be read in known ones.
    fn note_unread(&self, notes: &mut Notes) {
        for (line, what) in &self.samples.others {
            notes.add(NoteKind::LeftOut, *line, *what);
        }
        for part in self.parts {
            for cell in &part.content.unread {
                notes.add(NoteKind::NotUnderstood, cell.line, cell.text.clone());
            }
            match part.section {
                Section::Unknown if !part.heading.text.trim().is_empty() => {
                    notes.add(
                        NoteKind::NotUnderstood,
                        part.heading.number,
                        format!("the section `{}`", part.heading.text.trim()),
                    );
                }
                Section::Examples | Section::RequestSample | Section::ResponseSample | Section::RequestSyntax => {
                    for table in &part.content.tables {
                        notes.add(NoteKind::NotUnderstood, table.line, "a table among the examples");
                    }
                }
                Section::ErrorSample if part.content.lines.iter().any(|line| !line.text.trim().is_empty()) => {
                    notes.add(NoteKind::LeftOut, part.heading.number, "the sample of an error");
                }
                Section::Parameters(_) | Section::Response | Section::ResponseHeaders | Section::Errors => {
                    note_outside(part, notes);
                }
                Section::Description | Section::Limits => {
                    for table in &part.content.tables {
                        notes.add(NoteKind::NotUnderstood, table.line, "a table in the description");
                    }
                }
                _ => {}
            }
        }
    }
}

/// Lists what is between and below the tables of a part: rows, text and samples.
fn note_outside(part: &ReadPart, notes: &mut Notes) {
    let mut in_code = false;
    for line in &part.content.lines {
        let text = line.text.trim();
        let is_new_code = line.is_code && !in_code;
        in_code = line.is_code || in_code && text.is_empty();
        if text.is_empty() || is_separator(text) || AFTER_TABLES.iter().any(|start| text.starts_with(start)) {
            continue;
        }
        if line.is_code {
            if is_new_code {
                notes.add(NoteKind::LeftOut, line.number, "a sample outside of the examples");
            }
        } else if text.matches('|').count() >= 2 {
            notes.add(NoteKind::NotUnderstood, line.number, format!("a row outside of the tables: {text}"));
        } else {
            notes.add(NoteKind::LeftOut, line.number, format!("text outside of the tables: {text}"));
        }
    }
}

/// More rows are no operation.
const MOST_ROWS: usize = 5_000;

/// The parts with as many rows as an operation can have.
fn without_rows_beyond(mut parts: Vec<ReadPart>, notes: &mut Notes) -> Vec<ReadPart> {
    let mut left = MOST_ROWS;
    for table in parts.iter_mut().flat_map(|part| &mut part.content.tables) {
        if let Some(first) = table.rows.get(left) {
            let text = format!("this row and those behind it: a page has at most {MOST_ROWS} rows");
            notes.add(NoteKind::NotUnderstood, first.line, text);
        }
        table.rows.truncate(left);
        left -= table.rows.len();
    }
    parts
}
