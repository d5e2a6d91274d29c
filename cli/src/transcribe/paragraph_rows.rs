//! The rows of a table with a cell a line or a paragraph.

use super::fitness::{fitness, indent_of, is_action, is_code, is_prose, name_of, status};
use super::page::{Cell, Line, is_separator, push_text};
use super::row::{Content, Row, Table, align};
use super::words::{self, Column};

/// The paragraphs of a table with a cell a paragraph; with a cell a line if they do not stand apart.
pub(crate) fn paragraphs(lines: &[&Line], apart: bool) -> Vec<Cell> {
    let mut found: Vec<Cell> = Vec::new();
    let mut goes_on = false;
    for line in lines {
        let text = line.text.trim();
        if text.is_empty() || is_separator(text) {
            goes_on = false;
            continue;
        }
        match found.last_mut() {
            Some(last) if goes_on && apart => push_text(last, text, line.number),
            _ => found.push(Cell { line: line.number, text: line.text.trim_end().to_owned() }),
        }
        goes_on = true;
    }
    found
}

pub(crate) fn paragraph_rows(table: &mut Table, cells: &[Cell], content: &mut Content) {
    let columns = table.columns.clone();
    let starts = row_starts(&columns, cells);
    let first = starts.first().copied().unwrap_or(cells.len());
    let before = cells.get(..first).unwrap_or_default();
    content.unread.extend(before.iter().cloned());
    for (index, start) in starts.iter().enumerate() {
        let end = starts.get(index + 1).copied().unwrap_or(cells.len());
        let own = cells.get(*start..end).unwrap_or_default();
        table.rows.push(paragraph_row(&columns, own));
    }
}

/// The cells that begin rows.
fn row_starts(columns: &[Column], cells: &[Cell]) -> Vec<usize> {
    let mut starts: Vec<usize> = Vec::new();
    let text = |index: usize| cells.get(index).map_or("", |cell| cell.text.as_str());
    let ty = |index: usize| words::written_type(text(index));
    match columns.first() {
        Some(Column::Name) => {
            // Of rows without a name there are the whole response, and the items of a list or a map.
            let mut container = true;
            let mut is_array = false;
            let doc_first = columns.iter().position(|column| *column == Column::Doc)
                < columns.iter().position(|column| *column == Column::Example);
            let mut index = 0;
            while index < cells.len() {
                // Behind `array` comes a row without a name for its items. The cell before it is the example of the
                // list.
                let is_item = is_array && starts.last().is_some_and(|start| index > start + 2);
                let is_named = !is_item && name_of(text(index)).is_some() && ty(index + 1).is_some();
                // A type that is the name of the next row, such as a parameter `Type`, is none.
                let is_nameless = container
                    && ty(index).is_some()
                    && !is_named
                    && text(index).chars().next().is_some_and(|one| one.is_ascii_lowercase())
                    && (starts.is_empty() || index >= starts.last().map_or(0, |start| start + 2));
                if is_named || is_nameless {
                    starts.push(index);
                    let own = if is_named { ty(index + 1) } else { ty(index) };
                    is_array = doc_first
                        && own == Some(words::WrittenType::List(None))
                        && text(index + usize::from(is_named)) == "array";
                    container = own.is_some_and(|own| own.is_container());
                    index += if is_named { 2 } else { 1 };
                    continue;
                }
                index += 1;
            }
        }
        Some(Column::Status) => {
            for index in 0..cells.len() {
                if status(text(index)).is_some() && is_code(text(index + 1)) {
                    starts.push(index);
                }
            }
        }
        Some(Column::Action) => {
            for index in 0..cells.len() {
                if is_action(text(index)) && !text(index).starts_with("acs:") {
                    starts.push(index);
                }
            }
        }
        // Without lost cells, the rows are as long as the header.
        _ if !columns.is_empty() && cells.len().is_multiple_of(columns.len()) => {
            starts.extend((0..cells.len()).step_by(columns.len()));
        }
        _ => {}
    }
    starts
}

/// A row of paragraphs: first the cells that are recognized by their content, then the description and the example.
pub(crate) fn paragraph_row(columns: &[Column], cells: &[Cell]) -> Row {
    let is_whole = cells.len() == columns.len()
        && cells.iter().zip(columns).all(|(cell, column)| fitness(*column, &cell.text) > 0);
    if is_whole && columns.first() != Some(&Column::Name) {
        return align(columns, cells.to_vec());
    }
    let mut row = Row { line: cells.first().map_or(0, |cell| cell.line), ..Row::default() };
    let mut rest = cells;
    let mut texts: Vec<Column> = Vec::new();
    for column in columns {
        if matches!(
            column,
            Column::Example
                | Column::Doc
                | Column::Message
                | Column::Resource
                | Column::Access
                | Column::Unknown
                | Column::Default
                | Column::Condition
                | Column::Dependent
        ) {
            texts.push(*column);
            continue;
        }
        let Some((cell, others)) = rest.split_first() else { break };
        let is_type_of_nameless = *column == Column::Name
            && words::written_type(&cell.text).is_some()
            && others.first().is_none_or(|next| words::written_type(&next.text).is_none());
        if fitness(*column, &cell.text) > 0 && !is_type_of_nameless {
            if *column == Column::Name {
                row.indent = indent_of(&cell.text);
            }
            row.cells.push((*column, cell.clone()));
            rest = others;
        }
    }
    let has = |column: Column| texts.contains(&column);
    if has(Column::Example) && has(Column::Doc) {
        let doc_first = texts.iter().position(|column| *column == Column::Doc)
            < texts.iter().position(|column| *column == Column::Example);
        split_example(&mut row, rest, doc_first);
        return row;
    }
    // One cell each, in order; what is left over belongs to the last.
    for (index, column) in texts.iter().enumerate() {
        let Some(cell) = rest.get(index) else { break };
        let mut cell = cell.clone();
        if index + 1 == texts.len() {
            for more in rest.get(index + 1..).unwrap_or_default() {
                push_text(&mut cell, &more.text, more.line);
            }
        }
        row.cells.push((*column, cell));
    }
    row
}

/// Separates the example from the paragraphs of the description.
fn split_example(row: &mut Row, rest: &[Cell], doc_first: bool) {
    let join = |cells: &[Cell]| {
        let mut cells = cells.iter();
        let mut joined = cells.next().cloned()?;
        cells.for_each(|cell| push_text(&mut joined, &cell.text, cell.line));
        Some(joined)
    };
    let is_container =
        row.get(Column::Type).and_then(|cell| words::written_type(&cell.text)).is_some_and(|ty| ty.is_container());
    let (example, doc) = match rest {
        [] => return,
        [only] if doc_first || is_container || is_prose(&only.text) => (None, Some(only.clone())),
        [only] => {
            row.example_or_doc = Some(only.clone());
            return;
        }
        [docs @ .., last] if doc_first => (Some(last.clone()), join(docs)),
        [first, docs @ ..] => (Some(first.clone()), join(docs)),
    };
    if let Some(example) = example {
        if is_container || is_prose(&example.text) {
            // A paragraph of the description, or an example in words.
            row.example_or_doc = Some(example);
        } else {
            row.cells.push((Column::Example, example));
        }
    }
    row.cells.extend(doc.map(|doc| (Column::Doc, doc)));
}
