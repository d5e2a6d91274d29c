//! Tables and their rows: the cells under their columns, also if some were lost.

use super::fitness::{fitness, indent_of, is_prose};
use super::page::{Cell, Line};
use super::words::{self, Column};

/// A table with its columns.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<Row>,
    /// The line of the header.
    pub(crate) line: usize,
}

/// A row: a cell for each column that has one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    pub(crate) line: usize,
    pub(crate) cells: Vec<(Column, Cell)>,
    /// Text that may be an example or a description.
    pub(crate) example_or_doc: Option<Cell>,
    /// The indentation of the name. 0 if the table does not indent names.
    pub(crate) indent: usize,
}

impl Row {
    /// The cell of a column, unless it is empty.
    pub(crate) fn get(&self, column: Column) -> Option<&Cell> {
        let found = self.cells.iter().find(|(known, _)| *known == column).map(|(_, cell)| cell);
        found.filter(|cell| !cell.text.trim().is_empty())
    }
}

/// The content of a part of a page: its tables, and the lines outside of them.
#[derive(Debug, Default)]
pub(crate) struct Content {
    pub(crate) tables: Vec<Table>,
    pub(crate) lines: Vec<Line>,
    /// Rows that could not be read, each with its line.
    pub(crate) unread: Vec<Cell>,
}

/// The cells of a row under their columns. If some were lost, the others go under the columns that they fit.
pub(crate) fn align(columns: &[Column], cells: Vec<Cell>) -> Row {
    let line = cells.iter().map(|cell| cell.line).find(|line| *line > 0).unwrap_or_default();
    let mut row = Row { line, ..Row::default() };
    let sum =
        |cells: &[Cell]| -> i32 { cells.iter().zip(columns).map(|(cell, column)| fitness(*column, &cell.text)).sum() };
    let is_whole = cells.len() == columns.len() && sum(&cells) >= 0;
    let placed: Vec<(usize, Cell)> = if is_whole {
        cells.into_iter().enumerate().collect()
    } else {
        let filled: Vec<Cell> = cells.iter().filter(|cell| !cell.text.trim().is_empty()).cloned().collect();
        match place(columns, &filled) {
            Some(at) => at.into_iter().zip(filled).collect(),
            None => cells.into_iter().enumerate().filter(|(index, _)| *index < columns.len()).collect(),
        }
    };
    for (index, cell) in placed {
        let Some(column) = columns.get(index).copied() else { continue };
        if column == Column::Name {
            row.indent = indent_of(&cell.text);
        }
        row.cells.push((column, cell));
    }
    settle(&mut row, columns, !is_whole);
    row
}

/// Decides whether the only text for the example and the description is one or the other, if that is clear.
fn settle(row: &mut Row, columns: &[Column], lost: bool) {
    if !columns.contains(&Column::Example) || !columns.contains(&Column::Doc) {
        return;
    }
    let is_container =
        row.get(Column::Type).and_then(|cell| words::written_type(&cell.text)).is_some_and(|ty| ty.is_container());
    let (example, doc) = (row.get(Column::Example).cloned(), row.get(Column::Doc).cloned());
    let (only, moved) = match (example, doc) {
        (Some(only), None) => (only, Column::Example),
        (None, Some(only)) if lost => (only, Column::Doc),
        _ => return,
    };
    if !(lost || is_container && moved == Column::Example) {
        return;
    }
    row.cells.retain(|(column, _)| *column != moved);
    if is_container || is_prose(&only.text) {
        row.cells.push((Column::Doc, only));
    } else {
        row.example_or_doc = Some(only);
    }
}

/// The columns of the cells of a row with too few cells, or with cells under the wrong columns. `None` if none fit.
fn place(columns: &[Column], cells: &[Cell]) -> Option<Vec<usize>> {
    if cells.len() > columns.len() {
        return None;
    }
    // The best score for the first cells in the first columns, with the column of the last cell.
    let width = columns.len() + 1;
    let mut best: Vec<Vec<Option<i32>>> = vec![vec![Some(0); width]];
    for (index, cell) in cells.iter().enumerate() {
        let before = best.get(index)?.clone();
        let mut row: Vec<Option<i32>> = vec![None; width];
        for (at, column) in columns.iter().enumerate() {
            let fits = fitness(*column, &cell.text);
            let taken = if fits < -100 { None } else { before.get(at).copied().flatten().map(|score| score + fits) };
            let skipped = row.get(at).copied().flatten();
            if let Some(slot) = row.get_mut(at + 1) {
                *slot = skipped.max(taken);
            }
        }
        best.push(row);
    }
    best.last()?.last().copied().flatten()?;
    // Back from the end.
    let mut places = Vec::new();
    let mut at = columns.len();
    for index in (0..cells.len()).rev() {
        loop {
            let score = best.get(index + 1)?.get(at).copied().flatten()?;
            let skipped = best.get(index + 1)?.get(at.checked_sub(1)?).copied().flatten();
            if skipped == Some(score) {
                at -= 1;
                continue;
            }
            at -= 1;
            places.push(at);
            break;
        }
    }
    places.reverse();
    Some(places)
}
