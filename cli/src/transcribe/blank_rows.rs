//! The rows of a table whose cells are between blanks, with the description below.

use super::fitness::{fitness, is_prose, name_of};
use super::page::{Cell, Line, is_separator, push_text};
use super::row::{Content, Row, Table};
use super::words::{self, Column};

/// Rows whose cells are between blanks, with the description below.
pub(crate) fn blank_rows(table: &mut Table, lines: &[&Line], content: &mut Content) {
    let columns = table.columns.clone();
    for line in lines {
        let text = line.text.trim();
        if text.is_empty() || is_separator(text) {
            continue;
        }
        if let Some(row) = blank_row(&columns, text, line.number) {
            table.rows.push(row);
            continue;
        }
        match table.rows.last_mut() {
            Some(row) => push_doc(row, text, line.number),
            None => content.unread.push(Cell { line: line.number, text: text.to_owned() }),
        }
    }
    table.rows.iter_mut().for_each(|row| settle_blanks(row, &columns));
}

/// Decides what the text behind the words of a row is, if there is text below it.
fn settle_blanks(row: &mut Row, columns: &[Column]) {
    let at = |wanted: Column| columns.iter().position(|column| *column == wanted);
    let Some(below) = row.get(Column::Doc).cloned() else { return };
    let Some(behind) = row.example_or_doc.take() else { return };
    if at(Column::Message).is_some() {
        row.cells.push((Column::Message, behind));
    } else if at(Column::Example) < at(Column::Doc) {
        row.cells.push((Column::Example, behind));
    } else {
        // The description comes first, and the example is below.
        row.cells.retain(|(column, _)| *column != Column::Doc);
        row.cells.push((Column::Doc, behind));
        if is_prose(&below.text) {
            row.example_or_doc = Some(below);
        } else {
            row.cells.push((Column::Example, below));
        }
    }
}

fn push_doc(row: &mut Row, text: &str, line: usize) {
    let at = row.cells.iter().position(|(column, _)| *column == Column::Doc);
    match at.and_then(|at| row.cells.get_mut(at)) {
        Some((_, cell)) => push_text(cell, text, line),
        None => row.cells.push((Column::Doc, Cell { line, text: text.to_owned() })),
    }
}

fn blank_row(columns: &[Column], text: &str, line: usize) -> Option<Row> {
    let mut row = Row { line, ..Row::default() };
    let mut rest = text;
    for column in columns {
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let (mut word, mut after) = rest.split_at(end);
        match column {
            Column::Name | Column::Status | Column::Code | Column::Required | Column::Type | Column::Position => {}
            Column::Action | Column::Access => {}
            Column::Resource if text.split_whitespace().count() == columns.len() => {}
            _ => continue,
        }
        if *column == Column::Type
            && words::written_type(word) == Some(words::WrittenType::List(None))
            && after.trim_start().starts_with("of ")
        {
            // `Array of Instance` has blanks of its own.
            let rest_of = after.trim_start().get(3..).unwrap_or_default();
            let item = rest_of.split_whitespace().next().unwrap_or_default();
            let at = rest.find(item).filter(|_| !item.is_empty()).unwrap_or(0) + item.len();
            (word, after) = rest.split_at_checked(at)?;
        }
        if word.is_empty() || fitness(*column, word) <= 0 && *column != Column::Name {
            return None;
        }
        if *column == Column::Name && name_of(word).is_none() {
            return None;
        }
        row.cells.push((*column, Cell { line, text: word.to_owned() }));
        rest = after.trim_start();
    }
    let is_row = row.cells.len() >= 2;
    if !rest.is_empty() {
        let cell = Cell { line, text: rest.to_owned() };
        let texts: Vec<Column> = columns
            .iter()
            .copied()
            .filter(|column| matches!(column, Column::Example | Column::Doc | Column::Message))
            .collect();
        match texts.as_slice() {
            [only] => row.cells.push((*only, cell)),
            _ => row.example_or_doc = Some(cell),
        }
    }
    is_row.then_some(row)
}
