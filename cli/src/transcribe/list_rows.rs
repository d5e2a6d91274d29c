//! The rows of a list in place of a table: `- **InstanceId** (String, required): The ID.`

use super::fitness::{fitness, name_of};
use super::page::{Cell, Line, push_text};
use super::row::{Content, Row, Table};
use super::words::Column;

/// The columns of a list.
const COLUMNS: [Column; 5] = [Column::Name, Column::Type, Column::Required, Column::Position, Column::Doc];

/// The separators of the name, the type and the description of an item.
const SEPARATORS: [char; 11] = ['(', ')', '（', '）', ':', '：', ',', '，', '、', '—', '–'];

/// Reads the items among the lines of a part that has no table. An item names its type, or is none, and neither is what
/// is in it.
pub(crate) fn list_rows(content: &mut Content) {
    let mut rows: Vec<Row> = Vec::new();
    let mut others: Vec<Line> = Vec::new();
    // The indentation of the last item that could not be read.
    let mut unread: Option<usize> = None;
    for line in &content.lines {
        let indent = indent_of_item(&line.text);
        if unread.is_some_and(|unread| indent.is_some_and(|indent| indent <= unread)) {
            unread = None;
        }
        match item(line).filter(|_| unread.is_none()) {
            Some(row) => rows.push(row),
            None if indent.is_some() => {
                unread = unread.or(indent);
                others.push(line.clone());
            }
            // Indented text below an item is its description.
            None => match rows.last_mut() {
                Some(row) if unread.is_none() && !line.is_code && is_below(row, line) => {
                    push_doc(row, line.text.trim(), line.number);
                }
                _ => others.push(line.clone()),
            },
        }
    }
    // One item may be a sentence.
    if rows.len() < 2 {
        return;
    }
    let least = rows.iter().map(|row| row.indent).min().unwrap_or_default();
    rows.iter_mut().for_each(|row| row.indent -= least);
    let line = rows.first().map_or(0, |row| row.line);
    content.tables.push(Table { columns: COLUMNS.to_vec(), rows, line });
    content.lines = others;
}

/// The marks of items.
const MARKS: [&str; 4] = ["- ", "* ", "+ ", "• "];

/// The indentation of a list item. `None` if the text is not one.
fn indent_of_item(text: &str) -> Option<usize> {
    let content = text.trim_start();
    MARKS.iter().any(|mark| content.starts_with(mark)).then(|| text.len() - content.len())
}

fn is_below(row: &Row, line: &Line) -> bool {
    let indent = line.text.len() - line.text.trim_start().len();
    !line.text.trim().is_empty() && indent > row.indent && line.number > row.line
}

fn push_doc(row: &mut Row, text: &str, line: usize) {
    match row.cells.iter_mut().find(|(column, _)| *column == Column::Doc) {
        Some((_, cell)) => push_text(cell, text, line),
        None => row.cells.push((Column::Doc, Cell { line, text: text.to_owned() })),
    }
}

/// An item of a list: a name, then its type, whether it is required and its position in any order, then the
/// description.
fn item(line: &Line) -> Option<Row> {
    let indent = indent_of_item(&line.text)?;
    let content = line.text.trim_start();
    let content = MARKS.iter().find_map(|mark| content.strip_prefix(mark))?.trim_start();
    let end = content.find(|one: char| SEPARATORS.contains(&one) || one.is_whitespace()).unwrap_or(content.len());
    let (name, mut rest) = content.split_at(end);
    let cell = |text: &str| Cell { line: line.number, text: text.to_owned() };
    name_of(name)?;
    let mut cells = vec![(Column::Name, cell(name))];
    loop {
        rest = rest.trim_start_matches(|one: char| {
            one.is_whitespace() || SEPARATORS.contains(&one) || one == '-' || one == '.'
        });
        let end = rest.find(SEPARATORS).unwrap_or(rest.len());
        let word = rest.get(..end).unwrap_or_default();
        let word = [" - ", ". ", "。"].iter().fold(word, |word, end| word.split(end).next().unwrap_or_default());
        let word = word.trim().trim_end_matches('.');
        let is_new = |column: &Column| cells.iter().all(|(known, _)| known != column);
        let fits = |column: &Column| !word.is_empty() && fitness(*column, word) > 0;
        let columns = [Column::Type, Column::Required, Column::Position];
        let Some(column) = columns.into_iter().filter(is_new).find(fits) else { break };
        cells.push((column, cell(word)));
        rest = rest.get(word.len()..).unwrap_or_default();
    }
    if !cells.iter().any(|(column, _)| *column == Column::Type) {
        return None;
    }
    if !rest.trim().is_empty() {
        cells.push((Column::Doc, cell(rest.trim())));
    }
    Some(Row { line: line.number, cells, example_or_doc: None, indent })
}
