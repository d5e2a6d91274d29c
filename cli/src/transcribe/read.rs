//! From the parts of a page to a draft.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use alicloud_model::{
    ApiStyle, COMMON_PARAMETERS, Effect, FlowScope, Method, Outcome, Position, Style, Type, is_sensitive_name,
};
use regex::Regex;

use super::cells;
use super::draft::{
    Draft, DraftError, DraftExample, DraftField, DraftRam, DraftResponse, Kind, NoteKind, Notes, Origin, Sample, Told,
};
use super::facts::{Facts, Given};
use super::known::Known;
use super::limits::{is_about_flow, read_flow, read_limits, sentences};
use super::nesting::{FieldRow, Nesting, field_rows};
use super::page::{Cell, Line, Page, PageError};
use super::rules::read_rules;
use super::samples::{Samples, Shape, find_samples, json_shape, request_line, request_parts, xml_root, xml_shape};
use super::sections::{Part, split};
use super::table::{Content, Row, Table, is_code, read_content, status};
use super::words::{self, Column, DEPRECATED, Section};
use crate::import::{effect_of_name, markdown};

/// What was read of a page.
pub(crate) struct Reading {
    pub(crate) draft: Draft,
    pub(crate) facts: Facts,
    pub(crate) notes: Notes,
}

/// A part of the page with what it holds.
pub(crate) struct ReadPart {
    pub(crate) section: Section,
    pub(crate) heading: Line,
    pub(crate) content: Content,
}

/// Reads a page. `known_of` finds the known spec, once the operation is known.
pub(crate) fn read_page(
    page: &Page,
    given: &Given,
    known_of: &dyn Fn(&Facts) -> Option<Known>,
) -> Result<(Reading, Option<Known>), PageError> {
    let parts = split(page);
    let samples = find_samples(&parts);
    let read: Vec<ReadPart> = parts
        .iter()
        .map(|Part { section, heading, blocks }| ReadPart {
            section: *section,
            heading: heading.clone(),
            content: read_content(blocks),
        })
        .collect();
    let mut notes = Notes::default();
    let facts = Facts::find(page, &read, &samples, given, &mut notes)?;
    let known = known_of(&facts);
    let reader = Reader { parts: &read, samples: &samples, facts: &facts, known: known.as_ref() };
    let draft = reader.draft(&mut notes);
    reader.note_unread(&mut notes);
    Ok((Reading { draft, facts, notes }, known))
}

struct Reader<'p> {
    parts: &'p [ReadPart],
    samples: &'p Samples,
    facts: &'p Facts,
    known: Option<&'p Known>,
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

    fn parts_of(&self, wanted: impl Fn(Section) -> bool) -> impl Iterator<Item = &ReadPart> {
        self.parts.iter().filter(move |part| wanted(part.section))
    }

    /// Lists what stands in sections that are not known, and what could not be read in those that are.
    fn note_unread(&self, notes: &mut Notes) {
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
                Section::Description | Section::Limits => {
                    for table in &part.content.tables {
                        notes.add(NoteKind::NotUnderstood, table.line, "a table in the description");
                    }
                }
                _ => {}
            }
        }
    }

    /// The samples of a success that belong to the operation, each with its shape.
    #[expect(clippy::type_complexity, reason = "two samples with their shapes")]
    fn response_samples(&self, notes: &mut Notes) -> (Option<(Told<String>, Shape)>, Option<(Told<String>, Shape)>) {
        let json = self.samples.json.as_ref().and_then(|sample| match json_shape(&sample.text) {
            Some(shape) => Some((Told::at(sample.line, sample.text.clone()), shape)),
            None => {
                notes.add(NoteKind::LeftOut, sample.line, "the JSON sample is not valid JSON");
                None
            }
        });
        let xml = self.samples.xml.as_ref().and_then(|sample| match xml_shape(&sample.text) {
            Some(shape) => Some((Told::at(sample.line, sample.text.clone()), shape)),
            None => {
                notes.add(NoteKind::LeftOut, sample.line, "the XML sample is not valid XML");
                None
            }
        });
        (json, xml)
    }

    // ---- parameters ----

    fn parameters(&self, notes: &mut Notes) -> Vec<DraftField> {
        let shape = self.request_shape();
        let mut fields: Vec<DraftField> = Vec::new();
        let parts = self.parts_of(|section| matches!(section, Section::Parameters(_)));
        for part in parts {
            let position = if let Section::Parameters(position) = part.section { position } else { None };
            let mut section: Vec<DraftField> = Vec::new();
            for table in part.content.tables.iter().filter(|table| has_fields(table)) {
                let rows: Vec<Row> = table.rows.iter().filter(|row| !self.is_common(row)).cloned().collect();
                let rows = field_rows(&rows, notes);
                let mut make = |row: &FieldRow, name: Told<String>, kind: Told<Kind>, notes: &mut Notes| {
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
            for mut field in section {
                // Rows of the body are its members, if the body is not a row itself.
                if field.position.is_none()
                    && let Some(position) = position
                {
                    field.position = Some(Told::at(part.heading.number, position));
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
                field.style = request.map(|request| Told::at(request.line, Style::Json));
            }
            expand_numbered(field);
        }
        merged_numbered(fields, notes)
    }

    /// Whether a row is a parameter that every call sends.
    fn is_common(&self, row: &Row) -> bool {
        let name = row.get(Column::Name).map_or("", |cell| cells::plain(&cell.text));
        self.facts.style.value == ApiStyle::Rpc && COMMON_PARAMETERS.contains(&name)
    }

    /// What the sample request and the known spec tell of the parameters' nesting.
    fn request_shape(&self) -> Option<Shape> {
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

    fn parameter(&self, row: &FieldRow, name: Told<String>, kind: Told<Kind>, notes: &mut Notes) -> DraftField {
        let mut field = self.any_field(row, name, kind, notes);
        let what = field.name.value.clone();
        let required = row.row.get(Column::Required);
        field.required = required.and_then(|cell| Some(Told::at(cell.line, words::required(&cell.text)?)));
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
            row.row.get(Column::Position).and_then(|cell| Some(Told::at(cell.line, words::position(&cell.text)?)));
        if let Some(cell) = row.row.get(Column::Position).filter(|_| field.position.is_none()) {
            notes.add(NoteKind::NotUnderstood, cell.line, format!("the position of `{what}`: `{}`", cell.text.trim()));
        }
        let default = row.row.get(Column::Default).filter(|cell| !words::is_nothing(&cell.text));
        if let Some(cell) = default
            && let Ok(value) = cells::value(&cell.text)
        {
            field.default = Some(Told::at(cell.line, value));
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
                field.default.as_ref().and_then(Told::line),
                format!("the default of `{what}` is not of its type"),
            );
            field.default = None;
        }
        field
    }

    /// What parameters and fields of a response have in common.
    fn any_field(&self, row: &FieldRow, name: Told<String>, kind: Told<Kind>, notes: &mut Notes) -> DraftField {
        let mut field = DraftField::new(name, kind);
        let what = field.name.value.clone();
        let example =
            row.row.get(Column::Example).filter(|cell| !words::is_nothing(&cell.text) || cell.text.trim() == "/");
        if let Some(cell) = example
            && matches!(field.kind.value, Kind::Scalar(_))
        {
            match cells::value(&cell.text) {
                Ok(value) if fits(&field.kind.value, &value) => field.example = Some(Told::at(cell.line, value)),
                Ok(value) => {
                    let ty = field.kind.value.spelling();
                    notes.add(NoteKind::LeftOut, cell.line, format!("the example of `{what}`, `{value}`, is no {ty}"));
                }
                Err(why) => notes.add(NoteKind::LeftOut, cell.line, format!("the example of `{what}`: {why}")),
            }
        }
        if let Some(unsure) = &row.row.unsure {
            match self.confirmed(&what, &unsure.text) {
                Some(value) if matches!(field.kind.value, Kind::Scalar(_)) => {
                    field.example = Some(Told::at(unsure.line, value))
                }
                _ => notes.add(
                    NoteKind::NotUnderstood,
                    unsure.line,
                    format!("an example or a description of `{what}`: `{}`", unsure.text.trim()),
                ),
            }
        }
        if let Some(doc) = row.row.get(Column::Doc).filter(|cell| !words::is_nothing(&cell.text)) {
            let text = doc.text.replace("\\|", "|");
            field.doc = markdown(&text).map(|text| Told::at(doc.line, text));
            field.deprecated = deprecation(doc).map(|line| Told::at(line, String::new()));
        }
        if is_sensitive_name(&what) && field.kind.value.is_text() {
            field.sensitive = Some(true);
        }
        field
    }

    /// The beginning of a text that a sample shows as the value of a name.
    fn confirmed(&self, name: &str, text: &str) -> Option<String> {
        let text = text.trim();
        let request = self.samples.request.as_ref().map(|request| request_parts(&request.text).1).unwrap_or_default();
        let of_request = request.iter().filter(|(known, _)| known == name).map(|(_, value)| value.clone());
        let json = self.samples.json.as_ref().and_then(|json| json_shape(&json.text));
        let mut of_response = Vec::new();
        if let Some(shape) = &json {
            values_of(shape, name, &mut of_response);
        }
        of_request.chain(of_response).find(|value| {
            let rest = text.strip_prefix(value.as_str());
            !value.is_empty() && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
        })
    }

    /// What the description of a parameter says in words.
    fn limits(&self, field: &mut DraftField, doc: &Cell, notes: &mut Notes) {
        let said = read_limits(&doc.text);
        let line = doc.line;
        let what = field.name.value.clone();
        let kind = field.kind.value.clone();
        if let Some((min, max, bytes)) = said.length {
            if kind.is_text() {
                field.length = Some(Told::at(line, ((min, max), bytes)));
            } else {
                notes.add(NoteKind::Decide, line, format!("a length of `{what}`, which is no text"));
            }
        }
        if let Some(range) = said.range {
            if kind.is_number() {
                field.range = Some(Told::at(line, range));
            } else if said.values.is_empty() && field.length.is_none() {
                notes.add(NoteKind::Decide, line, format!("a range of `{what}`, which is no number"));
            }
        }
        if let Some(count) = said.count {
            if matches!(kind, Kind::List(_)) || is_numbered(&what) {
                field.count = Some(Told::at(line, (None, Some(count))));
            } else {
                notes.add(NoteKind::Decide, line, format!("a number of items of `{what}`, which is no list"));
            }
        }
        if field.default.is_none() {
            field.default = said.default.map(|value| Told::at(line, value));
        }
        if read_documented_values(field, doc) {
            notes.add(NoteKind::NotUnderstood, line, format!("the values of `{what}`"));
        }
    }

    /// Puts the parameters of a ROA operation where they go.
    fn place_roa(&self, parameters: &mut Vec<DraftField>, path: Option<&mut Told<String>>, notes: &mut Notes) {
        if let Some(path) = &path {
            for name in path_names(&path.value) {
                match parameters.iter_mut().find(|field| field.name.value == name) {
                    Some(field) => {
                        field.position = Some(Told { value: Position::Path, origin: path.origin });
                        field.comments.retain(|comment| !comment.contains("required"));
                        field.required = Some(Told { value: true, origin: path.origin });
                        field.default = None;
                    }
                    None => {
                        let name = Told { value: name.clone(), origin: path.origin };
                        let kind = Told { value: Kind::Scalar(Type::String), origin: path.origin };
                        notes.add(
                            NoteKind::Missing,
                            path.line(),
                            format!("the path parameter `{}` in the table", name.value),
                        );
                        let mut field = DraftField::new(name, kind);
                        field.position = Some(Told { value: Position::Path, origin: path.origin });
                        field.required = Some(Told { value: true, origin: path.origin });
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
                    format!("`{}` goes in the path, which has no place for it", field.name.value),
                );
            }
            !is_lost
        });
        for field in parameters.iter_mut().filter(|field| field.position.is_none()) {
            let is_body =
                ["body", "requestbody", "request_body"].contains(&field.name.value.to_ascii_lowercase().as_str());
            if is_body {
                field.position = Some(Told { value: Position::Body, origin: field.name.origin });
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
                Told { value: "body".to_owned(), origin },
                Told { value: Kind::Object(members), origin },
            );
            body.position = Some(Told { value: Position::Body, origin });
            parameters.push(body);
        }
        let takes_body = self.facts.methods.iter().any(|method| method.value.has_form());
        for field in parameters.iter_mut().filter(|field| field.position.is_none() && takes_body) {
            field.comments.push("the page does not say whether it goes in the query, a header or the body".to_owned());
        }
    }

    /// The rules, and comments on sentences that may be one.
    fn rules(
        &self,
        parameters: &mut [DraftField],
        notes: &mut Notes,
    ) -> (Vec<Told<alicloud_model::Rule>>, Vec<(&'static str, String)>) {
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
            comments.push(("parameters", format!("line {line} of the page may be a rule: {text}")));
        }
        (found.rules.into_iter().map(|(line, rule)| Told::at(line, rule)).collect(), comments)
    }

    // ---- response ----

    fn response(
        &self,
        json: Option<&(Told<String>, Shape)>,
        xml: Option<&(Told<String>, Shape)>,
        notes: &mut Notes,
    ) -> DraftResponse {
        let shape = [json, xml].into_iter().flatten().map(|(_, shape)| shape.clone()).reduce(Shape::merged);
        let shape = match (shape, self.known.and_then(Known::response_shape)) {
            (Some(shape), Some(known)) => Some(shape.merged(known)),
            (shape, known) => shape.or(known),
        };
        let sample_line = |name: &str| {
            let sample = [&self.samples.json, &self.samples.xml].into_iter().flatten().next()?;
            let index = sample.text.lines().position(|line| line.contains(name))?;
            Some(sample.line + index)
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
                let mut make = |row: &FieldRow, name: Told<String>, kind: Told<Kind>, notes: &mut Notes| {
                    let mut field = self.any_field(row, name, kind, notes);
                    if let Some(doc) = row.row.get(Column::Doc) {
                        read_documented_values(&mut field, doc);
                    }
                    if part.section == Section::ResponseHeaders {
                        field.position = Some(Told::at(part.heading.number, Position::Header));
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
        let has_section = parts.iter().any(|part| part.section == Section::Response);
        if fields.is_empty()
            && let Some((text, _)) = json.or(xml)
        {
            let line = parts.first().map(|part| part.heading.number).or(text.line());
            notes.add(NoteKind::Missing, line, "the table of the response; the sample is all there is");
        } else if fields.is_empty() && has_section {
            notes.add(NoteKind::Missing, parts.first().map(|part| part.heading.number), "fields of the response");
        }
        DraftResponse::Fields(fields)
    }

    /// The response as a whole, if it is a list or a single value.
    fn whole(&self, root: &FieldRow, rows: &mut Vec<FieldRow>) -> Option<Told<Kind>> {
        let (line, said) = root.said.clone()?;
        let item = |said: &words::Said| match said {
            words::Said::Scalar(scalar) => Some(Kind::Scalar(scalar.clone())),
            _ => None,
        };
        let kind = match &said {
            words::Said::Scalar(scalar) => Some(Kind::Scalar(scalar.clone())),
            words::Said::Object | words::Said::Map(_) if rows.is_empty() => {
                Some(Kind::Map(Box::new(Kind::Scalar(Type::Any))))
            }
            words::Said::List(inner) => {
                let nameless = rows.first().filter(|row| row.name.is_none()).and_then(|row| row.said.clone());
                let inner = nameless.map(|(_, said)| said).or_else(|| inner.as_deref().cloned())?;
                item(&inner).map(|item| Kind::List(Box::new(item)))
            }
            _ => None,
        }?;
        rows.retain(|row| row.name.is_some());
        rows.is_empty().then(|| Told::at(line, kind))
    }

    // ---- the rest ----

    fn methods(&self) -> Vec<Told<Method>> {
        if !self.facts.methods.is_empty() {
            return self.facts.methods.clone();
        }
        if let Some(known) = self.known {
            return known.operation.methods.iter().map(|method| Told::known(*method)).collect();
        }
        [Method::Post, Method::Get].into_iter().map(|value| Told { value, origin: Origin::Usual }).collect()
    }

    fn effect(&self) -> Option<Told<Effect>> {
        if let Some(known) = self.known {
            return Some(Told::known(known.operation.effect));
        }
        let name = &self.facts.name;
        let access = self.ram_rows().first().and_then(|(row, _)| row.get(Column::Access).cloned());
        let of_name = effect_of_name(&name.value);
        let of_access = access.and_then(|cell| {
            let effect = match cells::plain(&cell.text).to_ascii_lowercase().as_str() {
                "write" | "update" | "create" | "delete" | "写入" => Effect::Write,
                "read" | "get" | "list" | "读取" | "列出" => Effect::Read,
                _ => return None,
            };
            Some(Told::at(cell.line, effect))
        });
        match (of_access, of_name) {
            // Levels are wrong now and then, so a read needs both.
            (Some(access), Some(effect)) if access.value == effect => Some(access),
            (Some(access), _) if access.value == Effect::Write => Some(access),
            (None, Some(effect)) => Some(Told { value: effect, origin: name.origin }),
            _ => None,
        }
    }

    /// Whether the operation is deprecated; its summary and its description.
    #[expect(clippy::type_complexity, reason = "three parts of one text")]
    fn description(&self, notes: &mut Notes) -> (Option<Told<String>>, (Option<Told<String>>, Option<Told<String>>)) {
        let mut deprecated = None;
        let mut lines: Vec<Cell> = Vec::new();
        for part in self.parts_of(|section| section == Section::Description) {
            for line in &part.content.lines {
                let text = line.text.trim_end();
                if line.number == self.facts.address_line || self.facts.is_title(text) || is_page_furniture(text) {
                    continue;
                }
                let about_itself = DEPRECATED.iter().any(|word| text.contains(word))
                    && ["operation", "API", "接口", "介面", "オペレーション"].iter().any(|word| text.contains(word));
                if about_itself && deprecated.is_none() && text.chars().count() < 300 {
                    deprecated = Some(Told::at(line.number, String::new()));
                }
                lines.push(Cell { line: line.number, text: text.to_owned() });
            }
        }
        let first = lines.iter().position(|line| !line.text.trim().is_empty());
        let Some(first) = first else {
            notes.add(NoteKind::Missing, None, "a description of the operation");
            return (deprecated, (None, None));
        };
        let begin = lines.get(first).cloned().unwrap_or_default();
        let sentence = sentences(&begin.text).first().map(|sentence| (*sentence).to_owned()).unwrap_or_default();
        let summary = markdown(&sentence).map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
        let rest_of_line = begin.text.trim().strip_prefix(sentence.as_str()).unwrap_or_default().trim().to_owned();
        let mut text = rest_of_line;
        for line in lines.iter().skip(first + 1) {
            text.push('\n');
            text.push_str(&line.text);
        }
        let doc = markdown(&text).map(|text| Told::at(begin.line, text));
        (deprecated, (summary.map(|summary| Told::at(begin.line, summary)), doc))
    }

    /// The limit of queries, from wherever the prose says it.
    fn flow(&self, notes: &mut Notes) -> Option<(Told<u32>, Told<FlowScope>)> {
        let mut found: Option<(Told<u32>, Told<FlowScope>)> = None;
        for part in self.parts_of(|section| matches!(section, Section::Limits | Section::Description)) {
            for line in &part.content.lines {
                for sentence in sentences(&line.text) {
                    let Some(flow) = read_flow(sentence) else {
                        if is_about_flow(sentence) && sentence.chars().any(|one| one.is_ascii_digit()) {
                            notes.add(NoteKind::NotUnderstood, line.number, format!("a limit: {sentence}"));
                        }
                        continue;
                    };
                    if found.is_some() {
                        notes.add(NoteKind::LeftOut, line.number, format!("a second limit: {sentence}"));
                        continue;
                    }
                    let scope = if flow.is_per_user { FlowScope::User } else { FlowScope::Account };
                    if !flow.says_who {
                        notes.add(NoteKind::Decide, line.number, "who shares the limit: an account is assumed");
                    }
                    let origin = if flow.says_who { Origin::Page(line.number) } else { Origin::Usual };
                    found = Some((Told::at(line.number, flow.qps), Told { value: scope, origin }));
                }
            }
        }
        found
    }

    /// The rows of the RAM table, each with its table.
    fn ram_rows(&self) -> Vec<(&Row, &Table)> {
        let parts = self.parts_of(|section| section == Section::Authorization);
        let tables =
            parts.flat_map(|part| &part.content.tables).filter(|table| table.columns.contains(&Column::Action));
        tables
            .flat_map(|table| table.rows.iter().map(move |row| (row, table)))
            .filter(|(row, _)| row.get(Column::Action).is_some())
            .collect()
    }

    fn ram(&self, notes: &mut Notes) -> Option<DraftRam> {
        let rows = self.ram_rows();
        let mut rows = rows.iter();
        let (row, _) = rows.next()?;
        for (other, _) in rows {
            let action = other.get(Column::Action).map_or("", |cell| cells::plain(&cell.text));
            notes.add(NoteKind::LeftOut, other.line, format!("a second RAM action, `{action}`"));
        }
        let value = |column: Column| {
            let cell = row.get(column)?;
            let text = cells::value(cell.text.lines().next().unwrap_or_default()).ok()?;
            (!text.is_empty()).then(|| Told::at(cell.line, text))
        };
        let action = value(Column::Action).filter(|action| super::table::is_action(&action.value))?;
        let resource = value(Column::Resource).map(|told| {
            // What stands behind the type is its name in policies, for which a spec has no key.
            let type_end = told.value.find("acs:").filter(|at| *at > 0).unwrap_or(told.value.len());
            Told { value: told.value.get(..type_end).unwrap_or_default().trim().to_owned(), origin: told.origin }
        });
        for (column, what) in
            [(Column::Condition, "a RAM condition key"), (Column::Dependent, "a dependent RAM action")]
        {
            if let Some(cell) = row.get(column)
                && !cell.text.lines().all(|line| {
                    words::is_nothing(line) || cells::plain(line) == "*" || cells::plain(line).contains("acs:")
                })
            {
                notes.add(NoteKind::LeftOut, cell.line, format!("{what}: {}", cell.text.trim().replace('\n', " ")));
            }
        }
        let operation = action.value.split_once(':').map_or("", |(_, operation)| operation);
        if operation != self.facts.name.value {
            notes.add(
                NoteKind::Decide,
                action.line(),
                format!("the RAM action is `{}`, as the page has it", action.value),
            );
        }
        Some(DraftRam {
            action,
            access: value(Column::Access),
            resource: resource.filter(|told| !told.value.is_empty()),
        })
    }

    fn errors(&self, notes: &mut Notes) -> Vec<DraftError> {
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
                    notes.add(NoteKind::NotUnderstood, row.line, format!("`{text}` is no error code"));
                    continue;
                }
                if errors.iter().any(|known| known.status.value == status && known.code.value == text) {
                    notes.add(
                        NoteKind::LeftOut,
                        row.line,
                        format!("`{text}` stands twice under {status}: {message_text}"),
                    );
                    continue;
                }
                let doc = row.get(Column::Doc).filter(|cell| !words::is_nothing(&cell.text));
                errors.push(DraftError {
                    status: Told::at(number.line, status),
                    code: Told::at(code.line, text),
                    message: Told::at(message.line, message_text),
                    doc: doc.and_then(|cell| Some(Told::at(cell.line, markdown(&cell.text)?))),
                    comments: Vec::new(),
                });
            }
        }
        errors
    }

    // ---- examples ----

    fn example(
        &self,
        draft: &Draft,
        json: Option<Told<String>>,
        xml: Option<Told<String>>,
        notes: &mut Notes,
    ) -> Option<DraftExample> {
        let json = json.filter(|_| !matches!(&draft.response, DraftResponse::Fields(fields) if fields.is_empty()));
        let xml = xml.filter(|text| {
            let root = xml_root(&text.value).unwrap_or_default();
            let is_own = root == format!("{}Response", draft.name.value);
            if !is_own {
                notes.add(NoteKind::LeftOut, text.line(), format!("the XML sample, whose root is `{root}`"));
            }
            is_own && !matches!(&draft.response, DraftResponse::Fields(fields) if fields.is_empty())
        });
        if json.is_none() && xml.is_none() {
            return None;
        }
        let mut comments = Vec::new();
        let mut request: Vec<(String, Told<Sample>)> = Vec::new();
        let sample = self.samples.request.as_ref().filter(|sample| {
            let (_, parameters) = request_parts(&sample.text);
            let action = parameters.iter().find(|(name, _)| name == "Action").map(|(_, value)| value.as_str());
            let is_own = action == Some(draft.name.value.as_str());
            if !is_own {
                notes.add(
                    NoteKind::LeftOut,
                    sample.line,
                    format!("the sample request, which calls `{}`", action.unwrap_or_default()),
                );
            }
            is_own
        });
        if let Some(sample) = sample {
            let (_, parameters) = request_parts(&sample.text);
            for (name, value) in parameters {
                let Some(field) = draft.parameters.iter().find(|field| field.name.value == name) else {
                    if !COMMON_PARAMETERS.contains(&name.as_str()) {
                        notes.add(
                            NoteKind::LeftOut,
                            sample.line,
                            format!("`{name}` of the sample request, which is no parameter"),
                        );
                    }
                    continue;
                };
                let text = decoded(&value);
                if let Some(sample) = json_sample(&text).filter(|_| !matches!(field.kind.value, Kind::Scalar(_))) {
                    request.push((
                        name,
                        Told {
                            value: sample,
                            origin: Origin::Page(self.samples.request.as_ref().map_or(0, |sample| sample.line)),
                        },
                    ));
                    continue;
                }
                let fit = matches!(field.kind.value, Kind::Scalar(_))
                    && fits(&field.kind.value, &text)
                    && cells::value(&text).is_ok()
                    && !text.contains(['<', '>']);
                if !fit {
                    notes.add(
                        NoteKind::LeftOut,
                        sample.line,
                        format!("`{name}` of the sample request: its value does not fit its type"),
                    );
                    continue;
                }
                request.push((name, Told::at(sample.line, Sample::Text(text))));
            }
        }
        let is_shown = !request.is_empty();
        let mut made: Vec<&str> = Vec::new();
        for field in &draft.parameters {
            let has = request.iter().any(|(name, _)| *name == field.name.value);
            if has || (is_shown && !field.is_required()) {
                continue;
            }
            let sample = sample_of(field);
            match sample {
                Some(sample) => {
                    made.push(&field.name.value);
                    request.push((field.name.value.clone(), sample));
                }
                None if field.is_required() => {
                    notes.add(
                        NoteKind::LeftOut,
                        json.as_ref().or(xml.as_ref()).and_then(Told::line),
                        format!("the samples: nothing gives a value of `{}`, which is required", field.name.value),
                    );
                    return None;
                }
                None => {}
            }
        }
        if !made.is_empty() {
            comments.push(match is_shown {
                true => {
                    format!("the page's sample request lacks {}; the value is the parameter's example", made.join(", "))
                }
                false => "the page shows no request; this one is made of the parameters' examples".to_owned(),
            });
        }
        Some(DraftExample { request, json, xml, comments })
    }
}

/// If the response lacks fields that the product's outcome names, the operation gets an outcome of its own.
pub(crate) fn own_outcome(draft: &mut Draft, of_product: Option<&Outcome>, notes: &mut Notes) {
    let Some(outcome) = of_product else { return };
    let fields = if let DraftResponse::Fields(fields) = &draft.response { fields.as_slice() } else { &[] };
    let has = |path: &str| {
        let first = path.split('.').next().unwrap_or_default();
        fields.iter().any(|field| field.name.value == first)
    };
    let all = [
        outcome.success.as_ref().map(|field| &field.path),
        outcome.code.as_ref().map(|field| &field.path),
        outcome.message.as_ref(),
    ];
    if all.into_iter().flatten().all(|path| has(path)) {
        return;
    }
    notes.add(NoteKind::Decide, None, "the response lacks fields of the product's `outcome`: how it reports failure");
    draft.outcome = Some(Outcome {
        success: outcome.success.clone().filter(|field| has(&field.path)),
        code: outcome.code.clone().filter(|field| has(&field.path)),
        message: outcome.message.clone().filter(|path| has(path)),
    });
}

/// Whether a table has parameters or fields.
fn has_fields(table: &Table) -> bool {
    table.columns.contains(&Column::Name)
}

/// Reads the documented values of a text or a whole number, or of the items of a list. Returns whether there are some that cannot be
/// read.
fn read_documented_values(field: &mut DraftField, doc: &Cell) -> bool {
    let said = read_limits(&doc.text);
    let item = if let Kind::List(item) = &field.kind.value { item } else { &field.kind.value };
    if !item.is_text() && !item.is_whole_number() {
        return false;
    }
    if said.values.iter().all(|value| fits(item, value)) {
        field.values = said.values.into_iter().map(|value| Told::at(doc.line, value)).collect();
    }
    said.has_unread_values
}

/// The example of a field as a value of a sample request.
fn sample_of(field: &DraftField) -> Option<Told<Sample>> {
    match &field.kind.value {
        Kind::Scalar(_) => {
            let example = field.example.as_ref()?;
            Some(Told { value: Sample::Text(example.value.clone()), origin: example.origin })
        }
        Kind::Object(members) => {
            let mut samples = Vec::new();
            let mut origin = field.name.origin;
            for member in members {
                match sample_of(member) {
                    Some(sample) => {
                        origin = sample.origin;
                        samples.push((member.name.value.clone(), sample.value));
                    }
                    None if member.is_required() => return None,
                    None => {}
                }
            }
            (!samples.is_empty()).then_some(Told { value: Sample::Object(samples), origin })
        }
        _ => None,
    }
}

/// Whether a text is a value of a type, as `check` sees it.
pub(crate) fn fits(kind: &Kind, text: &str) -> bool {
    if let Kind::Scalar(scalar) = kind { scalar.check(text).is_ok() } else { true }
}

/// A value of an address, with what is percent-encoded decoded.
fn decoded(value: &str) -> String {
    let is_encoded = value
        .as_bytes()
        .windows(3)
        .any(|three| matches!(three, [b'%', high, low] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit()));
    if !is_encoded {
        return value.to_owned();
    }
    // A form decodes as a query does.
    let pair = format!("v={}", value.replace('+', "%2B"));
    url::form_urlencoded::parse(pair.as_bytes())
        .next()
        .map_or_else(|| value.to_owned(), |(_, value)| value.into_owned())
}

/// A structure that a sample request shows as JSON.
fn json_sample(text: &str) -> Option<Sample> {
    fn read(value: &serde_json::Value) -> Option<Sample> {
        Some(match value {
            serde_json::Value::Null => return None,
            serde_json::Value::String(text) => Sample::Text(text.clone()),
            serde_json::Value::Array(items) => Sample::List(items.iter().filter_map(read).collect()),
            serde_json::Value::Object(members) => {
                Sample::Object(members.iter().filter_map(|(name, value)| Some((name.clone(), read(value)?))).collect())
            }
            single => Sample::Text(single.to_string()),
        })
    }
    let value: serde_json::Value = serde_json::from_str(text).ok()?;
    if value.is_array() || value.is_object() { read(&value) } else { None }
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

/// Lines that stand on a page around its text.
fn is_page_furniture(text: &str) -> bool {
    let text = text.trim();
    [
        "更新时间",
        "更新時間",
        "复制",
        "複製",
        "Last Updated",
        "All Products",
        "Document Center",
        "Search",
        "最終更新日",
        "全部產品",
        "文件中心",
        "すべてのプロダクト",
        "ドキュメントセンター",
        "# source:",
    ]
    .iter()
    .any(|start| text.starts_with(start))
}

/// The names in the braces of a path.
pub(crate) fn path_names(path: &str) -> Vec<String> {
    let path = path.split('?').next().unwrap_or_default();
    path.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0.trim_end_matches('*').to_owned())).collect()
}

/// All values that a sample has under a name.
fn values_of(shape: &Shape, name: &str, found: &mut Vec<String>) {
    match shape {
        Shape::Object(members) => {
            for (key, value) in members {
                if key == name
                    && let Shape::Text(text) | Shape::Number(text) | Shape::Boolean(text) = value
                {
                    found.push(text.clone());
                }
                values_of(value, name, found);
            }
        }
        Shape::List(item) => values_of(item, name, found),
        _ => {}
    }
}

/// Whether an object or a list has no members yet.
fn is_open(kind: &Kind) -> bool {
    match kind {
        Kind::List(item) | Kind::Map(item) => **item == Kind::Scalar(Type::Any) || is_open(item),
        Kind::Object(fields) => fields.iter().all(|field| is_open(&field.kind.value)),
        _ => false,
    }
}

/// Gives an object or a list its members.
fn fill(parent: &mut DraftField, members: Vec<DraftField>) {
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

static NUMBERED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\.(?:N|n|1|\{N\}|\[N\]|\[n\])(?:\.|$)").ok());

/// Whether a name is that of a list's items, such as `InstanceId.N`.
fn is_numbered(name: &str) -> bool {
    NUMBERED.as_ref().and_then(|form| form.find(name)).is_some_and(|found| found.end() == name.len())
}

/// A parameter such as `InstanceId.N` is a list, and `Tag.N.Key` a member of one.
fn expand_numbered(field: &mut DraftField) {
    let name = field.name.value.clone();
    let Some(form) = NUMBERED.as_ref() else { return };
    let Some(found) = form.find(&name) else { return };
    let (list, member) = (
        name.get(..found.start()).unwrap_or_default().to_owned(),
        name.get(found.end()..).unwrap_or_default().to_owned(),
    );
    if list.is_empty() {
        return;
    }
    field.name.value = list;
    let line = field.kind.origin;
    if member.is_empty() {
        if !matches!(field.kind.value, Kind::List(_)) {
            let item = field.kind.value.clone();
            field.kind = Told { value: Kind::List(Box::new(item)), origin: line };
        }
        // The example is that of an item.
        field.example = None;
        field.length = None;
        field.range = None;
        field.default = None;
        return;
    }
    let mut inner = field.clone();
    inner.name.value = member;
    expand_numbered(&mut inner);
    let mut outer = DraftField::new(
        field.name.clone(),
        Told { value: Kind::List(Box::new(Kind::Object(vec![inner]))), origin: line },
    );
    outer.position = field.position.clone();
    *field = outer;
}

/// Lists whose members stood in rows of their own, put together.
fn merged_numbered(fields: Vec<DraftField>, notes: &mut Notes) -> Vec<DraftField> {
    let mut merged: Vec<DraftField> = Vec::new();
    for field in fields {
        let Some(known) = merged.iter_mut().find(|known| known.name.value == field.name.value) else {
            merged.push(field);
            continue;
        };
        let line = field.name.line();
        let what = field.name.value.clone();
        let is_list = matches!(known.kind.value, Kind::List(_));
        match (known.kind.value.members_mut(), field.kind.value.members()) {
            (Some(members), Some(more)) => {
                members.extend(more.iter().cloned());
                *members = merged_numbered(std::mem::take(members), notes);
            }
            // `Tag.N` introduces the rows `Tag.N.Key`.
            (None, Some(_)) if is_list => known.kind = field.kind,
            _ => notes.add(NoteKind::LeftOut, line, format!("`{what}` stands there twice")),
        }
    }
    merged
}

/// Rows whose names begin with that of an object before them are its members: `Result.status`.
fn dotted(mut rows: Vec<FieldRow>) -> Vec<FieldRow> {
    let mut path: Vec<String> = Vec::new();
    let names: Vec<Option<String>> = rows.iter().map(|row| row.name.as_ref().map(|name| name.text.clone())).collect();
    let has_dots = names.iter().flatten().any(|name| {
        name.rsplit_once('.')
            .is_some_and(|(before, _)| names.iter().flatten().any(|other| other == before.trim_end_matches("[]")))
    });
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
        if row.said.as_ref().is_some_and(|(_, said)| said.is_container()) {
            path.push(full.trim_end_matches("[]").to_owned());
        }
    }
    rows
}

/// Fields that the sample of a success lacks may be missing.
fn mark_optional(response: &mut DraftResponse, sample: Option<(Origin, &Shape)>) {
    let (DraftResponse::Fields(fields), Some((origin, shape))) = (response, sample) else { return };
    mark(fields, shape, origin);

    fn mark(fields: &mut [DraftField], shape: &Shape, origin: Origin) {
        let Some(members) = shape.members() else { return };
        // A sample of other fields tells nothing of these.
        if !fields.iter().any(|field| members.contains_key(&field.name.value)) {
            return;
        }
        for field in fields {
            match members.get(&field.name.value) {
                None if field.position.is_none() => field.optional = Some(Told { value: true, origin }),
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

/// The method and path of a request line, with braces around the names in it.
pub(crate) fn roa_request(text: &str) -> Option<(Vec<Method>, String)> {
    let (method, raw) = request_line(text)?;
    let method = Method::ALL.iter().copied().find(|known| known.as_str() == method)?;
    let raw = raw.split_whitespace().next().unwrap_or_default();
    let path = raw
        .split('?')
        .next()
        .unwrap_or_default()
        .replace('[', "{")
        .replace(']', "}")
        .replace('<', "{")
        .replace('>', "}");
    Some((vec![method], path))
}
