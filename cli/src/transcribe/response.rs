//! The response of an operation.

use std::collections::HashSet;

use alicloud_model::{Operation, Outcome, Position, Type};

use super::draft::{Draft, DraftField, DraftResponse, Kind, NoteKind, Notes, Origin, Sourced};
use super::known::{Known, known_field};
use super::nesting::{FieldRow, Nesting, field_rows};
use super::reader::{Reader, fill, has_fields, is_open, read_documented_values};
use super::samples::{Shape, json_shape, xml_shape};
use super::sections::ReadPart;
use super::words::{self, Column, Section};

impl Reader<'_> {
    /// The samples of a success that belong to the operation, each with its shape.
    #[expect(clippy::type_complexity, reason = "two samples with their shapes")]
    pub(crate) fn response_samples(
        &self,
        notes: &mut Notes,
    ) -> (Option<(Sourced<String>, Shape)>, Option<(Sourced<String>, Shape)>) {
        let json = self.samples.json.as_ref().and_then(|sample| match json_shape(&sample.text) {
            Some(shape) => Some((Sourced::at(sample.line, sample.text.clone()), shape)),
            None => {
                notes.add(NoteKind::LeftOut, sample.line, "the JSON sample is not valid JSON");
                None
            }
        });
        let xml = self.samples.xml.as_ref().and_then(|sample| match xml_shape(&sample.text) {
            Some(shape) => Some((Sourced::at(sample.line, sample.text.clone()), shape)),
            None => {
                notes.add(NoteKind::LeftOut, sample.line, "the XML sample is not valid XML");
                None
            }
        });
        (json, xml)
    }

    pub(crate) fn response(
        &self,
        json: Option<&(Sourced<String>, Shape)>,
        xml: Option<&(Sourced<String>, Shape)>,
        notes: &mut Notes,
    ) -> DraftResponse {
        let shape = [json, xml].into_iter().flatten().map(|(_, shape)| shape.clone()).reduce(Shape::merged);
        let shape = match (shape, self.known.and_then(Known::response_shape)) {
            (Some(shape), Some(known)) => Some(shape.merged(known)),
            (shape, known) => shape.or(known),
        };
        let sample_line = |name: &str| {
            let samples = [&self.samples.json, &self.samples.xml];
            samples.into_iter().flatten().find_map(|sample| {
                let index = sample.text.lines().position(|line| line.contains(name))?;
                Some(sample.line + index)
            })
        };
        let mut fields: Vec<DraftField> = Vec::new();
        let mut whole = None;
        let parts: Vec<&ReadPart> =
            self.parts_of(|section| matches!(section, Section::Response | Section::ResponseHeaders)).collect();
        for part in &parts {
            for (index, table) in part.content.tables.iter().filter(|table| has_fields(table)).enumerate() {
                let mut rows = field_rows(&table.rows, notes);
                let is_root = rows.first().is_some_and(|row| row.name.is_none());
                if is_root && index == 0 && part.section == Section::Response {
                    let root = rows.remove(0);
                    whole = self.whole(&root, &mut rows);
                }
                let mut make = |row: &FieldRow, name: Sourced<String>, kind: Sourced<Kind>, notes: &mut Notes| {
                    let mut field = self.any_field(row, name, kind, notes);
                    if let Some(doc) = row.row.get(Column::Doc) {
                        read_documented_values(&mut field, doc);
                    }
                    if part.section == Section::ResponseHeaders {
                        field.position = Some(Sourced::at(part.heading.number, Position::Header));
                    }
                    field
                };
                let rows = dotted(rows);
                let mut own = Nesting::new(&rows, &mut make, &sample_line).read(shape.as_ref(), notes);
                match fields.last_mut().filter(|last| index > 0 && is_open(&last.kind.value)) {
                    Some(parent) => fill(parent, own),
                    None => fields.append(&mut own),
                }
            }
        }
        if let Some(whole) = whole {
            return DraftResponse::Whole(whole);
        }
        // Without a table on the page, all of it is the known spec's.
        if fields.is_empty()
            && let Some(known) = self.known
        {
            let known_fields = known.operation.response.iter().map(|field| known_field(&known.types, field, false, 0));
            fields = known_fields.collect::<Option<Vec<DraftField>>>().unwrap_or_default();
        }
        let has_section = parts.iter().any(|part| part.section == Section::Response);
        if fields.is_empty()
            && let Some((text, _)) = json.or(xml)
        {
            let line = parts.first().map(|part| part.heading.number).or(text.line());
            notes.add(NoteKind::Missing, line, "the table of the response: there is only a sample");
        } else if fields.is_empty() && has_section {
            notes.add(NoteKind::Missing, parts.first().map(|part| part.heading.number), "fields of the response");
        }
        DraftResponse::Fields(fields)
    }

    /// The response as a whole, if it is a list or a single value.
    pub(crate) fn whole(&self, root: &FieldRow, rows: &mut Vec<FieldRow>) -> Option<Sourced<Kind>> {
        let (line, written) = root.written.clone()?;
        let item = |written: &words::WrittenType| match written {
            words::WrittenType::Scalar(scalar) => Some(Kind::Scalar(scalar.clone())),
            _ => None,
        };
        let kind = match &written {
            words::WrittenType::Scalar(scalar) => Some(Kind::Scalar(scalar.clone())),
            words::WrittenType::Object | words::WrittenType::Map(_) if rows.is_empty() => {
                Some(Kind::Map(Box::new(Kind::Scalar(Type::Any))))
            }
            words::WrittenType::List(inner) => {
                let nameless = rows.first().filter(|row| row.name.is_none()).and_then(|row| row.written.clone());
                let inner = nameless.map(|(_, written)| written).or_else(|| inner.as_deref().cloned())?;
                item(&inner).map(|item| Kind::List(Box::new(item)))
            }
            _ => None,
        }?;
        rows.retain(|row| row.name.is_some());
        rows.is_empty().then(|| Sourced::at(line, kind))
    }
}

/// Gives the operation an outcome of its own: that of the known spec, or that of the product without the fields that
/// the response lacks.
pub(crate) fn own_outcome(
    draft: &mut Draft,
    of_product: Option<&Outcome>,
    known: Option<&Operation>,
    notes: &mut Notes,
) {
    let of_product = of_product.cloned().unwrap_or_default();
    let (outcome, origin) = match known {
        Some(known) => (known.outcome.clone().unwrap_or_default(), Origin::Known),
        None => (of_product.clone(), Origin::Usual),
    };
    let fields = if let DraftResponse::Fields(fields) = &draft.response { fields.as_slice() } else { &[] };
    let has = |path: &str| {
        let first = path.split('.').next().unwrap_or_default();
        fields.iter().any(|field| field.name.value == first)
    };
    let kept = Outcome {
        success: outcome.success.clone().filter(|field| has(&field.path)),
        code: outcome.code.clone().filter(|field| has(&field.path)),
        message: outcome.message.clone().filter(|path| has(path)),
    };
    if kept == of_product {
        return;
    }
    let is_whole = kept == outcome;
    if !is_whole {
        let text = "how the response reports failure: it does not have all fields that the known `outcome` names";
        notes.add(NoteKind::Decide, None, text);
    }
    draft.outcome = Some(Sourced { value: kept, origin: if is_whole { origin } else { Origin::Usual } });
}

/// Rows whose names begin with that of an object before them are its members: `Result.status`.
fn dotted(mut rows: Vec<FieldRow>) -> Vec<FieldRow> {
    let mut path: Vec<String> = Vec::new();
    let names: Vec<Option<String>> = rows.iter().map(|row| row.name.as_ref().map(|name| name.text.clone())).collect();
    let all: HashSet<&str> = names.iter().flatten().map(String::as_str).collect();
    let has_dots = all
        .iter()
        .any(|name| name.rsplit_once('.').is_some_and(|(before, _)| all.contains(before.trim_end_matches("[]"))));
    if !has_dots {
        return rows;
    }
    for row in &mut rows {
        let Some(name) = &mut row.name else { continue };
        while let Some(open) = path.last()
            && !name
                .text
                .strip_prefix(open.as_str())
                .is_some_and(|rest| rest.starts_with('.') || rest.starts_with("[]."))
        {
            path.pop();
        }
        let full = name.text.clone();
        if let Some(open) = path.last() {
            name.text = full
                .strip_prefix(open.as_str())
                .unwrap_or_default()
                .trim_start_matches("[]")
                .trim_start_matches('.')
                .to_owned();
            row.row.indent = path.len();
        }
        if row.written.as_ref().is_some_and(|(_, written)| written.is_container()) {
            path.push(full.trim_end_matches("[]").to_owned());
        }
    }
    rows
}

/// Fields that the sample of a success lacks may be missing.
pub(crate) fn mark_optional(response: &mut DraftResponse, sample: Option<(Origin, &Shape)>) {
    let (DraftResponse::Fields(fields), Some((origin, shape))) = (response, sample) else { return };
    mark(fields, shape, origin);

    fn mark(fields: &mut [DraftField], shape: &Shape, origin: Origin) {
        let Some(members) = shape.members() else { return };
        // A sample of other fields says nothing about these.
        if !fields.iter().any(|field| members.contains_key(&field.name.value)) {
            return;
        }
        for field in fields {
            match members.get(&field.name.value) {
                None if field.position.is_none() => field.optional = Some(Sourced { value: true, origin }),
                None => {}
                Some(own) => {
                    if let Some(inner) = field.kind.value.members_mut() {
                        mark(inner, own, origin);
                    }
                }
            }
        }
    }
}
