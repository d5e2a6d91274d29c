//! The rows of a table of bars.

use super::fitness::fitness;
use super::page::{Cell, Line, is_separator, push_text};
use super::row::{Content, Table, align};
use super::words::Column;

/// Reads rows of bars. A row has as many cells as the header, on any number of lines.
pub(crate) fn bar_rows(table: &mut Table, lines: &[&Line], trailing: bool, content: &mut Content) {
    let count = table.columns.len();
    let mut cells: Vec<Cell> = Vec::new();
    let mut open = Cell::default();
    // The lines of the row so far, in case it never ends.
    let mut finish = |cells: &mut Vec<Cell>, open: &mut Cell, keep_open: bool| {
        let open = std::mem::take(open);
        if keep_open && !open.text.trim().is_empty() {
            cells.push(open);
        }
        if cells.iter().any(|cell| !cell.text.trim().is_empty()) {
            table.rows.push(align(&table.columns, std::mem::take(cells)));
        }
        cells.clear();
    };
    let columns = table.columns.clone();
    for line in lines {
        let text = line.text.trim_end();
        let is_separator = is_separator(text.trim());
        if line.is_heading || is_separator {
            // No cell contains a heading or a line of dashes: the last row has lost its end.
            let is_cell = !trailing || !cells.is_empty();
            finish(&mut cells, &mut open, is_cell);
        }
        if is_separator {
            continue;
        }
        let at_start = cells.is_empty() && open.text.trim().is_empty();
        let bars = split_bars(text);
        if at_start && (line.is_heading || bars.len() < 2) {
            if !text.trim().is_empty() {
                content.lines.push((*line).clone());
            }
            continue;
        }
        let is_next = !trailing && cells.len() + 1 == count && bars.len() == count;
        if !at_start && (is_next || bars.len() >= 3 && starts_row(&columns, &bars)) {
            // The last row has lost cells, or no bar at its end.
            finish(&mut cells, &mut open, !trailing);
        }
        let at_start = cells.is_empty() && open.text.trim().is_empty();
        if !trailing && !at_start && bars.len() < 2 {
            // A last cell goes on over lines without bars, up to a blank one.
            if text.trim().is_empty() {
                finish(&mut cells, &mut open, true);
            } else {
                push_text(&mut open, text, line.number);
            }
            continue;
        }
        let skip = usize::from(
            at_start && bars.first().is_some_and(|first| first.trim().is_empty()) && text.trim_start().starts_with('|'),
        );
        for (index, bar) in bars.iter().enumerate().skip(skip) {
            if index > skip {
                let mut closed = std::mem::take(&mut open);
                if closed.line == 0 {
                    closed.line = line.number;
                }
                cells.push(closed);
                if cells.len() == count {
                    finish(&mut cells, &mut open, false);
                }
            }
            if !(cells.is_empty() && open.text.is_empty() && bar.trim().is_empty()) {
                push_text(&mut open, bar, line.number);
            }
        }
        if !trailing && cells.len() + 1 == count && bars.len() >= count {
            // The last cell ends with its line, or goes on below.
            continue;
        }
    }
    // Text behind the bars of the last row is not a cell of it, unless rows have no last bar.
    let text_is_cell = !trailing || lines.last().is_some_and(|line| line.number == open.line);
    finish(&mut cells, &mut open, text_is_cell);
}

/// The parts of a line between its bars; a bar behind a backslash is text.
pub(crate) fn split_bars(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut escaped = false;
    for (at, one) in text.char_indices() {
        if (one == '|' || one == '\t') && !escaped {
            parts.push(text.get(start..at).unwrap_or_default());
            start = at + 1;
        }
        escaped = one == '\\' && !escaped;
    }
    parts.push(text.get(start..).unwrap_or_default());
    parts
}

/// Whether a line of bars can only be the beginning of a row: its first two cells are what those columns hold.
fn starts_row(columns: &[Column], bars: &[&str]) -> bool {
    let cells = match bars.split_first() {
        Some((first, rest)) if first.trim().is_empty() => rest,
        _ => bars,
    };
    let fit = |index: usize| {
        let (column, cell) = (columns.get(index).copied(), cells.get(index).copied().unwrap_or_default());
        column.is_some_and(|column| fitness(column, cell) >= 2)
    };
    match columns.first() {
        Some(Column::Name) => fit(0) && fit(1),
        Some(Column::Status | Column::Action) => fit(0),
        _ => false,
    }
}
