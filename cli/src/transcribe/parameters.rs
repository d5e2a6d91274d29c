//! The parameters of an operation, their limits, and the rules between them.

use std::collections::BTreeMap;

use alicloud_model::{ApiStyle, COMMON_PARAMETERS, Position, Style, Type};

use super::cells;
use super::draft::{DraftField, Kind, NoteKind, Notes, Origin, Sourced};
use super::known::Known;
use super::limits::read_limits;
use super::nesting::{FieldRow, Nesting, field_rows};
use super::numbered::{expand_numbered, is_numbered, merged_numbered};
use super::page::{Cell, Line};
use super::reader::{Reader, fill, fits, has_fields, is_open, read_documented_values};
use super::row::Row;
use super::rules::read_rules;
use super::samples::{Shape, request_parts};
use super::sections::ReadPart;
use super::words::{self, Column, Section};

impl Reader<'_> {
    pub(crate) fn parameters(&self, notes: &mut Notes) -> Vec<DraftField> {
        let shape = self.request_shape();
        let mut fields: Vec<DraftField> = Vec::new();
        let parts = self.parts_of(|section| matches!(section, Section::Parameters(_)));
        for part in parts {
            let position = if let Section::Parameters(position) = part.section { position } else { None };
            let mut section: Vec<DraftField> = Vec::new();
            for table in part.content.tables.iter().filter(|table| has_fields(table)) {
                let rows: Vec<Row> = table.rows.iter().filter(|row| !self.is_common(row)).cloned().collect();
                let rows = field_rows(&rows, notes);
                let mut make = |row: &FieldRow, name: Sourced<String>, kind: Sourced<Kind>, notes: &mut Notes| {
                    self.parameter(row, name, kind, notes)
                };
                let sample_line = |_: &str| None;
                let mut own = Nesting::new(&rows, &mut make, &sample_line).read(shape.as_ref(), notes);
                // A second table has the members of the last object or list before it.
                let parent = section.last_mut().filter(|last| {
                    table.line != part.content.tables.first().map_or(0, |first| first.line) && is_open(&last.kind.value)
                });
                match parent {
                    Some(parent) => fill(parent, own),
                    None => section.append(&mut own),
                }
            }
            if position == Some(Position::Body)
                && let Some(line) = list_sample(part)
                && !section.is_empty()
            {
                // The body is a list, and the rows are the members of its items.
                let kind = Kind::List(Box::new(Kind::Object(std::mem::take(&mut section))));
                section.push(DraftField::new(Sourced::at(line, "body".to_owned()), Sourced::at(line, kind)));
            }
            for mut field in section {
                // Rows of the body are its members, if the body is not a row itself.
                if field.position.is_none()
                    && let Some(position) = position
                {
                    field.position = Some(Sourced::at(part.heading.number, position));
                }
                if fields.iter().any(|known| known.name.value == field.name.value) {
                    notes.add(
                        NoteKind::LeftOut,
                        field.name.line(),
                        format!("`{}` is a parameter already", field.name.value),
                    );
                    continue;
                }
                fields.push(field);
            }
        }
        let request = self.samples.request.as_ref();
        let shown = request.map(|request| request_parts(&request.text).1).unwrap_or_default();
        for field in &mut fields {
            let is_structure = !matches!(field.kind.value, Kind::Scalar(_));
            let as_json = |(name, value): &(String, String)| *name == field.name.value && value.starts_with(['[', '{']);
            if is_structure && shown.iter().any(as_json) {
                field.style = request.map(|request| Sourced::at(request.line, Style::Json));
            }
            expand_numbered(field);
        }
        merged_numbered(fields, notes)
    }

    /// Whether a row is a parameter that every call sends.
    pub(crate) fn is_common(&self, row: &Row) -> bool {
        let name = row.get(Column::Name).map_or("", |cell| cells::plain(&cell.text));
        self.facts.style.value == ApiStyle::Rpc && COMMON_PARAMETERS.contains(&name)
    }

    /// The nesting of the parameters, from the sample request and the known spec.
    pub(crate) fn request_shape(&self) -> Option<Shape> {
        let mut members: BTreeMap<String, Shape> = BTreeMap::new();
        if let Some(request) = &self.samples.request {
            let (_, parameters) = request_parts(&request.text);
            for (name, value) in parameters {
                let name = name.split('.').next().unwrap_or_default().to_owned();
                members.insert(name, Shape::Text(value));
            }
        }
        let sample = Shape::Object(members);
        match self.known.and_then(Known::request_shape) {
            Some(known) => Some(known.merged(sample)),
            None => Some(sample),
        }
    }

    pub(crate) fn parameter(
        &self,
        row: &FieldRow,
        name: Sourced<String>,
        kind: Sourced<Kind>,
        notes: &mut Notes,
    ) -> DraftField {
        let mut field = self.any_field(row, name, kind, notes);
        let what = field.name.value.clone();
        let required = row.row.get(Column::Required);
        field.required = required.and_then(|cell| Some(Sourced::at(cell.line, words::required(&cell.text)?)));
        if field.required.is_none() {
            match required {
                Some(cell) => notes.add(
                    NoteKind::NotUnderstood,
                    cell.line,
                    format!("whether `{what}` is required: `{}`", cell.text.trim()),
                ),
                None => notes.add(NoteKind::Missing, row.row.line, format!("whether `{what}` is required")),
            }
            field.comments.push("the page does not say whether it is required".to_owned());
        }
        field.position =
            row.row.get(Column::Position).and_then(|cell| Some(Sourced::at(cell.line, words::position(&cell.text)?)));
        if let Some(cell) = row.row.get(Column::Position).filter(|_| field.position.is_none()) {
            notes.add(NoteKind::NotUnderstood, cell.line, format!("the position of `{what}`: `{}`", cell.text.trim()));
        }
        let default = row.row.get(Column::Default).filter(|cell| !words::is_nothing(&cell.text));
        if let Some(cell) = default
            && let Ok(value) = cells::value(&cell.text)
        {
            field.default = Some(Sourced::at(cell.line, value));
        }
        if let Some(doc) = row.row.get(Column::Doc) {
            self.limits(&mut field, doc, notes);
        }
        if field.is_required() {
            if let Some(default) = field.default.take() {
                notes.add(NoteKind::LeftOut, default.line(), format!("the default of `{what}`, which is required"));
            }
        } else if field.default.as_ref().is_some_and(|default| !fits(&field.kind.value, &default.value)) {
            notes.add(
                NoteKind::LeftOut,
                field.default.as_ref().and_then(Sourced::line),
                format!("the default of `{what}` is not of its type"),
            );
            field.default = None;
        }
        field
    }

    /// The limits in the description of a parameter.
    pub(crate) fn limits(&self, field: &mut DraftField, doc: &Cell, notes: &mut Notes) {
        let written = read_limits(&doc.text);
        let line = doc.line;
        let what = field.name.value.clone();
        let kind = field.kind.value.clone();
        if let Some((min, max, bytes)) = written.length {
            if kind.is_text() {
                field.length = Some(Sourced::at(line, ((min, max), bytes)));
            } else {
                notes.add(NoteKind::Decide, line, format!("a length of `{what}`, which is not a string"));
            }
        }
        if let Some(range) = written.range {
            if kind.is_number() {
                field.range = Some(Sourced::at(line, range));
            } else if written.values.is_empty() && field.length.is_none() && written.count.is_none() {
                notes.add(NoteKind::Decide, line, format!("a range of `{what}`, which is not a number"));
            }
        }
        if let Some(count) = written.count {
            if matches!(kind, Kind::List(_)) || is_numbered(&what) {
                field.count = Some(Sourced::at(line, (None, Some(count))));
            } else {
                notes.add(NoteKind::Decide, line, format!("a number of items of `{what}`, which is not a list"));
            }
        }
        for what_twice in &written.ambiguous {
            notes.add(NoteKind::NotUnderstood, line, format!("the {what_twice} of `{what}`: the text names several"));
        }
        if field.default.is_none() {
            field.default = written.default.map(|value| Sourced::at(line, value));
        }
        if read_documented_values(field, doc) {
            notes.add(NoteKind::NotUnderstood, line, format!("the values of `{what}`"));
        }
    }

    /// Sets the position of each parameter of a ROA operation.
    pub(crate) fn place_roa(
        &self,
        parameters: &mut Vec<DraftField>,
        path: Option<&mut Sourced<String>>,
        notes: &mut Notes,
    ) {
        if let Some(path) = &path {
            for name in path_names(&path.value) {
                match parameters.iter_mut().find(|field| field.name.value == name) {
                    Some(field) => {
                        field.position = Some(Sourced { value: Position::Path, origin: path.origin });
                        field.comments.retain(|comment| !comment.contains("required"));
                        field.required = Some(Sourced { value: true, origin: path.origin });
                        field.default = None;
                    }
                    None => {
                        let name = Sourced { value: name.clone(), origin: path.origin };
                        let kind = Sourced { value: Kind::Scalar(Type::String), origin: path.origin };
                        notes.add(
                            NoteKind::Missing,
                            path.line(),
                            format!("the path parameter `{}` in the table", name.value),
                        );
                        let mut field = DraftField::new(name, kind);
                        field.position = Some(Sourced { value: Position::Path, origin: path.origin });
                        field.required = Some(Sourced { value: true, origin: path.origin });
                        parameters.push(field);
                    }
                }
            }
        }
        let in_path: Vec<String> = path.map(|path| path_names(&path.value)).unwrap_or_default();
        parameters.retain(|field| {
            let is_lost = field.position.as_ref().is_some_and(|position| position.value == Position::Path)
                && !in_path.contains(&field.name.value);
            if is_lost {
                notes.add(
                    NoteKind::LeftOut,
                    field.name.line(),
                    format!("`{}` is in the path, which has no place for it", field.name.value),
                );
            }
            !is_lost
        });
        for field in parameters.iter_mut().filter(|field| field.position.is_none()) {
            if words::is_body_name(&field.name.value) {
                field.position = Some(Sourced { value: Position::Body, origin: field.name.origin });
            }
        }
        // Rows with the position `Body` are members of the one body, unless there is only the body itself.
        let is_in_body =
            |field: &DraftField| field.position.as_ref().is_some_and(|position| position.value == Position::Body);
        let bodies = parameters.iter().filter(|field| is_in_body(field)).count();
        let has_body = parameters.iter().any(|field| {
            is_in_body(field)
                && !matches!(field.kind.value, Kind::Scalar(_))
                && field.name.value.to_ascii_lowercase().contains("body")
        });
        if bodies > 0 && !(bodies == 1 && has_body) {
            let (members, others): (Vec<DraftField>, Vec<DraftField>) =
                std::mem::take(parameters).into_iter().partition(is_in_body);
            *parameters = others;
            let origin = members
                .first()
                .and_then(|first| first.position.as_ref())
                .map_or(Origin::Usual, |position| position.origin);
            let members =
                members.into_iter().map(|member| DraftField { position: None, style: None, ..member }).collect();
            let mut body = DraftField::new(
                Sourced { value: "body".to_owned(), origin },
                Sourced { value: Kind::Object(members), origin },
            );
            body.position = Some(Sourced { value: Position::Body, origin });
            parameters.push(body);
        }
        let takes_body = self.facts.methods.iter().any(|method| method.value.has_form());
        for field in parameters.iter_mut().filter(|field| field.position.is_none() && takes_body) {
            field.comments.push("the page does not say whether it is in the query, a header or the body".to_owned());
        }
    }

    /// The rules, and comments on sentences that may be one.
    pub(crate) fn rules(
        &self,
        parameters: &mut [DraftField],
        notes: &mut Notes,
    ) -> (Vec<Sourced<alicloud_model::Rule>>, Vec<(&'static str, String)>) {
        let mut docs: Vec<(Option<&str>, &Cell)> = Vec::new();
        for part in self.parts_of(|section| matches!(section, Section::Parameters(_))) {
            for row in part.content.tables.iter().flat_map(|table| &table.rows) {
                let name = row.get(Column::Name).map(|cell| cells::plain(&cell.text));
                docs.extend(row.get(Column::Doc).map(|doc| (name, doc)));
            }
        }
        let prose: Vec<Cell> = self
            .parts_of(|section| section == Section::Description)
            .flat_map(|part| &part.content.lines)
            .map(|line| Cell { line: line.number, text: line.text.clone() })
            .collect();
        docs.extend(prose.iter().map(|cell| (None, cell)));
        let optional: Vec<&str> =
            parameters.iter().filter(|field| !field.is_required()).map(|field| field.name.value.as_str()).collect();
        let found = read_rules(&optional, &docs);
        let mut comments = Vec::new();
        for Cell { line, text } in found.undecided {
            notes.add(NoteKind::Decide, line, format!("a rule between parameters: {text}"));
            comments.push(("parameters", format!("line {line} of the page may contain a rule: {text}")));
        }
        (found.rules.into_iter().map(|(line, rule)| Sourced::at(line, rule)).collect(), comments)
    }
}

/// The line on which a sample of the body begins, if it is a list.
fn list_sample(part: &ReadPart) -> Option<usize> {
    let is_start = |line: &&Line| line.is_code && line.text.trim_start().starts_with(['[', '{']);
    let first = part.content.lines.iter().find(is_start)?;
    first.text.trim_start().starts_with('[').then_some(first.number)
}

/// The names in the braces of a path.
pub(crate) fn path_names(path: &str) -> Vec<String> {
    let path = path.split('?').next().unwrap_or_default();
    path.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0.trim_end_matches('*').to_owned())).collect()
}
