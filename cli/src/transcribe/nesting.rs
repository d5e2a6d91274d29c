//! Which rows of a flat table are inside which: by marks of nesting, by dots, and by the sample.

use alicloud_model::Type;

use super::cells::plain;
use super::draft::{DraftField, Kind, NoteKind, Notes, Sourced};
use super::fitness::name_of;
use super::page::Cell;
use super::row::Row;
use super::samples::Shape;
use super::words::{self, Column, WrittenType, is_body_name};

/// Deeper objects are no response.
const DEEPEST: usize = 7;

/// The number of rows below that can show where a row belongs.
const FARTHEST: usize = 200;

/// A row of a table of fields.
#[derive(Clone, Debug)]
pub(crate) struct FieldRow {
    /// The name; `None` for the items of a list or a map, and for the response as a whole.
    pub(crate) name: Option<Cell>,
    /// The type, if the page has one that is known.
    pub(crate) written: Option<(usize, WrittenType)>,
    pub(crate) row: Row,
}

/// The rows of a table of fields, in order.
pub(crate) fn field_rows(rows: &[Row], notes: &mut Notes) -> Vec<FieldRow> {
    let mut found = Vec::new();
    for row in rows {
        let ty = row.get(Column::Type);
        let written = ty.and_then(|cell| Some((cell.line, words::written_type(&cell.text)?)));
        let name = row.get(Column::Name);
        if let (Some(cell), None) = (ty, &written) {
            let what = name.map_or("", |name| name.text.trim());
            notes.add(NoteKind::NotUnderstood, cell.line, format!("`{}` of `{what}` is not a type", cell.text.trim()));
        }
        let name = match name {
            Some(cell) => match name_of(&cell.text) {
                Some(name) => Some(Cell { line: cell.line, text: name }),
                None => {
                    notes.add(NoteKind::NotUnderstood, cell.line, format!("`{}` is not a name", cell.text.trim()));
                    continue;
                }
            },
            None => None,
        };
        if name.is_none() && written.is_none() {
            let texts: Vec<&str> = row.cells.iter().map(|(_, cell)| cell.text.trim()).collect();
            notes.add(
                NoteKind::NotUnderstood,
                row.line,
                format!("a row without a name and a type: {}", texts.join(" | ")),
            );
            continue;
        }
        found.push(FieldRow { name, written, row: row.clone() });
    }
    found
}

/// Whether a row belongs to the open object or to one around it.
enum Belongs {
    Here,
    Above,
    /// Here or above: ambiguous.
    Unknown,
}

/// Makes a field of a row, once its type is known.
pub(crate) type MakeField<'m> = dyn FnMut(&FieldRow, Sourced<String>, Sourced<Kind>, &mut Notes) -> DraftField + 'm;

/// Assembles rows into nested fields.
pub(crate) struct Nesting<'r, 'm, 'f> {
    rows: &'r [FieldRow],
    at: usize,
    /// Whether the table indents names.
    indents: bool,
    /// Whether each list is followed by a row for its items, which has a name.
    names_items: bool,
    /// Whether the rows since the last object may be in it or outside of it.
    is_lost: bool,
    make: &'m mut MakeField<'f>,
    /// The line of a name in the sample.
    pub(crate) sample_line: &'m dyn Fn(&str) -> Option<usize>,
}

impl<'r, 'm, 'f> Nesting<'r, 'm, 'f> {
    pub(crate) fn new(
        rows: &'r [FieldRow],
        make: &'m mut MakeField<'f>,
        sample_line: &'m dyn Fn(&str) -> Option<usize>,
    ) -> Self {
        let indents = rows.iter().any(|row| row.row.indent > 0);
        Self { rows, at: 0, indents, names_items: names_items(rows), is_lost: false, make, sample_line }
    }

    /// All fields, of which the outermost are those of `shape`.
    pub(crate) fn read(mut self, shape: Option<&Shape>, notes: &mut Notes) -> Vec<DraftField> {
        let mut fields = Vec::new();
        while self.at < self.rows.len() {
            let before = self.at;
            fields.append(&mut self.fields(shape, &mut Vec::new(), 0, 0, notes));
            if self.at == before {
                self.skip("the page does not show which object it is in", notes);
            }
        }
        fields
    }

    fn peek(&self) -> Option<&'r FieldRow> {
        self.rows.get(self.at)
    }

    fn skip(&mut self, why: &str, notes: &mut Notes) {
        if let Some(row) = self.peek() {
            let name = row.name.as_ref().map_or("a row without a name", |name| name.text.as_str());
            notes.add(NoteKind::NotUnderstood, row.row.line, format!("`{name}`: {why}"));
        }
        self.at += 1;
    }

    /// The fields of one object. `above` are the objects that it is in.
    fn fields<'s>(
        &mut self,
        shape: Option<&'s Shape>,
        above: &mut Vec<Option<&'s Shape>>,
        indent: usize,
        depth: usize,
        notes: &mut Notes,
    ) -> Vec<DraftField> {
        let mut fields: Vec<DraftField> = Vec::new();
        while let Some(row) = self.peek() {
            let Some(name) = &row.name else {
                let why = if self.is_lost {
                    "it is in a row that was not understood"
                } else {
                    "there is no list or map before it"
                };
                self.skip(why, notes);
                continue;
            };
            if self.indents {
                if row.row.indent < indent {
                    break;
                }
            } else if above.is_empty() {
                let is_known = shape.and_then(Shape::members).is_some_and(|members| members.contains_key(&name.text));
                if is_known {
                    self.is_lost = false;
                } else if self.is_lost {
                    self.skip("the page does not show which object it is in", notes);
                    continue;
                }
            } else {
                match self.belongs(&name.text, shape, above, &fields) {
                    Belongs::Here => {}
                    Belongs::Above => break,
                    Belongs::Unknown => {
                        self.is_lost = true;
                        break;
                    }
                }
            }
            if fields.iter().any(|field| field.name.value == name.text) {
                if above.is_empty() || self.indents {
                    self.skip("it is there twice", notes);
                    continue;
                }
                break;
            }
            let Some(field) = self.field(row, name, shape, above, depth, notes) else { continue };
            fields.push(field);
        }
        fields
    }

    /// Whether a row is a member of the object that is open, or of one around it.
    fn belongs(&self, name: &str, shape: Option<&Shape>, above: &[Option<&Shape>], fields: &[DraftField]) -> Belongs {
        let has = |shape: &Option<&Shape>, name: &str| {
            shape.and_then(Shape::members).is_some_and(|members| members.contains_key(name))
        };
        let is_new = |name: &str| !fields.iter().any(|field| field.name.value == name);
        if has(&shape, name) && is_new(name) {
            return Belongs::Here;
        }
        if above.iter().any(|shape| has(shape, name)) {
            return Belongs::Above;
        }
        if shape.and_then(Shape::members).is_none() {
            // The first row behind a structure is a member, unless the sample puts it elsewhere.
            let is_first = fields.is_empty() && !self.is_behind_open_object();
            return if is_first { Belongs::Here } else { Belongs::Unknown };
        }
        // The sample does not have it. Between two members of the object it is one as well.
        let next = self.rows.get(self.at + 1..).unwrap_or_default().iter().take(FARTHEST);
        let next = next.filter_map(|row| row.name.as_ref());
        let known =
            next.map(|next| &next.text).find(|next| has(&shape, next) || above.iter().any(|above| has(above, next)));
        match known {
            Some(next) if has(&shape, next) && is_new(next) => Belongs::Here,
            _ => Belongs::Unknown,
        }
    }

    /// Whether the row before is an object that may have any members: what newer pages call `object` may have none that
    /// they list. A body has some.
    fn is_behind_open_object(&self) -> bool {
        let before = self.at.checked_sub(1).and_then(|at| self.rows.get(at));
        let word = before.and_then(|row| row.row.get(Column::Type)).map_or("", |cell| plain(&cell.text));
        let name = before.and_then(|row| row.name.as_ref()).map_or("", |name| name.text.as_str());
        matches!(word, "object" | "array<object>") && !is_body_name(name)
    }

    fn field<'s>(
        &mut self,
        row: &'r FieldRow,
        name: &Cell,
        shape: Option<&'s Shape>,
        above: &mut Vec<Option<&'s Shape>>,
        depth: usize,
        notes: &mut Notes,
    ) -> Option<DraftField> {
        let own = shape.and_then(Shape::members).and_then(|members| members.get(&name.text));
        self.at += 1;
        if depth > DEEPEST {
            notes.add(NoteKind::LeftOut, row.row.line, format!("`{}` is nested too deep", name.text));
            return None;
        }
        above.push(shape);
        let indent = row.row.indent + 1;
        let kind = self.kind(row, own, above, indent, depth, notes);
        above.pop();
        let Some((line, kind)) = kind else {
            notes.add(
                NoteKind::NotUnderstood,
                row.row.line,
                format!("`{}`: the page does not show its type", name.text),
            );
            return None;
        };
        let name = Sourced::at(name.line, name.text.clone());
        Some((self.make)(row, name, Sourced::at(line, kind), notes))
    }

    /// The type of a row, with the rows inside it.
    fn kind<'s>(
        &mut self,
        row: &FieldRow,
        own: Option<&'s Shape>,
        above: &mut Vec<Option<&'s Shape>>,
        indent: usize,
        depth: usize,
        notes: &mut Notes,
    ) -> Option<(usize, Kind)> {
        let line = row.written.as_ref().map_or(row.row.line, |(line, _)| *line);
        let written = match &row.written {
            Some((_, written)) => written.clone(),
            // Without a type, the sample shows it in part.
            None => match own? {
                Shape::Object(_) => WrittenType::Object,
                Shape::List(_) => WrittenType::List(None),
                Shape::Boolean(_) => WrittenType::Scalar(Type::Boolean),
                _ => return None,
            },
        };
        Some((line, self.typed(&written, own, above, indent, depth, line, notes)?))
    }

    #[expect(clippy::too_many_arguments, reason = "they are the state of one walk")]
    fn typed<'s>(
        &mut self,
        written: &WrittenType,
        own: Option<&'s Shape>,
        above: &mut Vec<Option<&'s Shape>>,
        indent: usize,
        depth: usize,
        line: usize,
        notes: &mut Notes,
    ) -> Option<Kind> {
        if depth > DEEPEST {
            return None;
        }
        let nameless = self.peek().filter(|next| next.name.is_none()).and_then(|next| next.written.clone());
        match written {
            WrittenType::Scalar(scalar) => Some(Kind::Scalar(scalar.clone())),
            WrittenType::Map(item) => {
                let item = match (item, nameless) {
                    (_, Some((_, written))) => {
                        self.at += 1;
                        written
                    }
                    (Some(item), None) => (**item).clone(),
                    (None, None) => return Some(Kind::Map(Box::new(Kind::Scalar(Type::Any)))),
                };
                let item = self.typed(&item, None, above, indent, depth + 1, line, notes)?;
                Some(Kind::Map(Box::new(item)))
            }
            WrittenType::Object => {
                if let Some(Shape::List(_)) = own
                    && nameless.is_none()
                {
                    // The sample shows a list of these.
                    let list = WrittenType::List(Some(Box::new(WrittenType::Object)));
                    return self.typed(&list, own, above, indent, depth, line, notes);
                }
                if let Some((_, item)) = nameless {
                    // The keys are free, and the row without a name is their value.
                    self.at += 1;
                    let item = self.typed(&item, None, above, indent, depth + 1, line, notes)?;
                    return Some(Kind::Map(Box::new(item)));
                }
                let fields = self.members(own, above, indent, depth, notes);
                if fields.is_empty() {
                    return Some(Kind::Map(Box::new(Kind::Scalar(Type::Any))));
                }
                Some(Kind::Object(fields))
            }
            WrittenType::List(item) => {
                // In XML-born JSON an object wraps the list: `{"Regions": {"Region": []}}`.
                if let Some(Shape::Object(members)) = own
                    && let (Some((inner, item_shape)), 1) = (members.iter().next(), members.len())
                    && self.peek().is_none_or(|next| next.name.as_ref().is_none_or(|name| name.text != *inner))
                {
                    let item_shape = if let Shape::List(item) = item_shape { item } else { item_shape };
                    let kind =
                        self.list(item.as_deref(), Some(item_shape), nameless, above, indent, depth + 1, line, notes)?;
                    let (name, origin) = match (self.sample_line)(inner) {
                        Some(at) => (Sourced::at(at, inner.clone()), "the sample of the page"),
                        None => (Sourced::known(inner.clone()), "the known spec"),
                    };
                    let mut field = DraftField::new(name, Sourced::at(line, kind));
                    field.comments.push(format!("only {origin} has the name of this list"));
                    return Some(Kind::Object(vec![field]));
                }
                if matches!(own, Some(Shape::Object(_))) {
                    // It is not a list on the wire.
                    return self.typed(&WrittenType::Object, own, above, indent, depth, line, notes);
                }
                let item_shape = if let Some(Shape::List(item)) = own { Some(&**item) } else { None };
                self.list(item.as_deref(), item_shape, nameless, above, indent, depth, line, notes)
            }
        }
    }

    #[expect(clippy::too_many_arguments, reason = "they are the state of one walk")]
    fn list<'s>(
        &mut self,
        item: Option<&WrittenType>,
        shape: Option<&'s Shape>,
        nameless: Option<(usize, WrittenType)>,
        above: &mut Vec<Option<&'s Shape>>,
        indent: usize,
        depth: usize,
        line: usize,
        notes: &mut Notes,
    ) -> Option<Kind> {
        let mut indent = indent;
        let written = match (item, nameless) {
            (_, Some((_, written))) => {
                self.at += 1;
                written
            }
            (Some(item), None) => {
                if let Some(row) = self.named_item(item, shape, above.last().copied().flatten()) {
                    indent = indent.max(row.row.indent + 1);
                    self.at += 1;
                }
                item.clone()
            }
            (None, None) => match shape {
                Some(Shape::Object(_)) => WrittenType::Object,
                Some(Shape::Text(_)) => WrittenType::Scalar(Type::String),
                Some(Shape::List(_)) => WrittenType::List(None),
                Some(Shape::Boolean(_)) => WrittenType::Scalar(Type::Boolean),
                _ if self.indents && self.peek().is_some_and(|next| next.row.indent >= indent) => WrittenType::Object,
                _ => {
                    // The rows behind it may be its members.
                    self.is_lost = self.is_lost || shape.is_none();
                    WrittenType::Scalar(Type::Any)
                }
            },
        };
        let item = self.typed(&written, shape, above, indent, depth + 1, line, notes)?;
        // Members that the page does not list are anything.
        let item =
            if matches!(&item, Kind::Map(any) if **any == Kind::Scalar(Type::Any)) && written == WrittenType::Object {
                Kind::Scalar(Type::Any)
            } else {
                item
            };
        Some(Kind::List(Box::new(item)))
    }

    /// The row for the items of the list in the row before, if it has a name of its own. `around` is the object with
    /// the list.
    fn named_item(&self, item: &WrittenType, shape: Option<&Shape>, around: Option<&Shape>) -> Option<&'r FieldRow> {
        let row = self
            .peek()
            .filter(|row| self.names_items && row.written.as_ref().is_some_and(|(_, written)| written == item))?;
        let name = &row.name.as_ref()?.text;
        let list = self.rows.get(self.at.checked_sub(1)?).and_then(|row| row.name.as_ref())?;
        let has = |shape: Option<&Shape>, name: &str| {
            shape.and_then(Shape::members).is_some_and(|members| members.contains_key(name))
        };
        if has(shape, name) || (name != &list.text && has(around, name)) {
            return None;
        }
        let shape = shape.filter(|shape| **shape != Shape::Nothing);
        let is_item = match (item, shape) {
            // The sample shows what is in an item.
            (WrittenType::Object, Some(_)) => {
                let next = self.rows.get(self.at + 1).and_then(|next| next.name.as_ref());
                next.is_some_and(|next| has(shape, &next.text))
            }
            (WrittenType::Scalar(_), Some(_)) => true,
            _ => is_item_name(name, &list.text),
        };
        is_item.then_some(row)
    }

    fn members<'s>(
        &mut self,
        own: Option<&'s Shape>,
        above: &mut Vec<Option<&'s Shape>>,
        indent: usize,
        depth: usize,
        notes: &mut Notes,
    ) -> Vec<DraftField> {
        if self.indents {
            let is_inside = self.peek().is_some_and(|next| next.row.indent >= indent);
            return if is_inside { self.fields(own, above, indent, depth + 1, notes) } else { Vec::new() };
        }
        self.fields(own, above, indent, depth + 1, notes)
    }
}

/// Whether each row of a list is followed by one with a name and the type of the list's items. Some layouts write them
/// so.
fn names_items(rows: &[FieldRow]) -> bool {
    let mut lists = rows.iter().enumerate().filter_map(|(index, row)| match &row.written {
        Some((_, WrittenType::List(Some(item)))) => Some((item, rows.get(index + 1))),
        _ => None,
    });
    let is_item = |item: &WrittenType, next: &FieldRow| {
        next.name.is_some() && next.written.as_ref().is_some_and(|(_, written)| written == item)
    };
    lists.next().is_some_and(|(item, next)| next.is_some_and(|next| is_item(item, next)))
        && lists.all(|(item, next)| next.is_some_and(|next| is_item(item, next)))
}

/// Whether a name is that of an item: the list's own name, or its singular.
fn is_item_name(name: &str, list: &str) -> bool {
    let [name, list] = [name, list].map(str::to_ascii_lowercase);
    let singular = |list: &str| {
        ["ies", "es", "s", "list", "lists", "set", "items"]
            .iter()
            .filter_map(|end| list.strip_suffix(end).map(str::to_owned))
            .collect::<Vec<_>>()
    };
    name == list
        || singular(&list).contains(&name)
        || list.strip_suffix("ies").is_some_and(|stem| name == format!("{stem}y"))
}
