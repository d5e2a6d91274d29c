//! The tables of a page, however it renders them.

use super::bar_rows::{bar_rows, split_bars};
use super::blank_rows::blank_rows;
use super::glued_rows::glued_rows;
use super::page::{Block, Cell, Line, is_separator};
use super::paragraph_rows::{paragraph_rows, paragraphs};
use super::row::{Content, Table, align};
use super::words::{self, AFTER_TABLES, Column};

/// Reads a part of a page.
pub(crate) fn read_content(blocks: &[Block]) -> Content {
    let mut content = Content::default();
    let mut lines: Vec<&Line> = Vec::new();
    for block in blocks {
        match block {
            Block::Line(line) => lines.push(line),
            Block::Table(rows) => {
                read_lines(&lines, &mut content);
                lines.clear();
                read_marked(rows, &mut content);
            }
        }
    }
    read_lines(&lines, &mut content);
    content
}

/// A table whose cells are marked: those of HTML.
fn read_marked(rows: &[Vec<Cell>], content: &mut Content) {
    let Some((mut header, mut rows)) = rows.split_first() else { return };
    let line = header.first().map_or(0, |cell| cell.line);
    let columns_of = |row: &[Cell]| row.iter().map(|cell| words::column(&cell.text)).collect::<Vec<_>>();
    let mut columns: Vec<Option<Column>> = columns_of(header);
    // Some tables have two header rows, of which the second names the columns below a merged cell.
    if let Some((second, others)) = rows.split_first() {
        let below = columns_of(second);
        let count = |columns: &[Option<Column>]| columns.iter().flatten().count();
        if is_header(&below) && count(&below) > count(&columns) && count(&below) == below.len() {
            (header, rows, columns) = (second, others, below);
        }
    }
    if !is_header(&columns) {
        let cells = rows.iter().flatten().chain(header);
        content.lines.extend(cells.map(|cell| Line { number: cell.line, text: cell.text.clone(), ..Line::default() }));
        return;
    }
    let columns = named(&columns);
    let mut table = Table { columns, rows: Vec::new(), line };
    for cells in rows.iter().filter(|cells| cells.iter().any(|cell| !cell.text.is_empty())) {
        table.rows.push(align(&table.columns, cells.clone()));
    }
    content.tables.push(table);
}

/// More columns are no table of an operation.
const MOST_COLUMNS: usize = 40;

/// Whether these are the columns of a table that is read: one of them names the rows.
fn is_header(columns: &[Option<Column>]) -> bool {
    let known: Vec<Column> = columns.iter().flatten().copied().collect();
    columns.len() <= MOST_COLUMNS
        && known.len() >= 2
        && known.len() * 2 >= columns.len()
        && known.iter().any(|column| matches!(column, Column::Name | Column::Code | Column::Action))
}

/// The columns, of which an unknown one stays unknown. Some tables call the type `Parameters`.
fn named(columns: &[Option<Column>]) -> Vec<Column> {
    let mut named: Vec<Column> = Vec::new();
    for column in columns {
        let column = column.unwrap_or(Column::Unknown);
        let again = column == Column::Name && named.contains(&Column::Name) && !named.contains(&Column::Type);
        named.push(if again { Column::Type } else { column });
    }
    named
}

/// The notation of a table that consists of lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rendering {
    Bars {
        trailing: bool,
    },
    /// A cell a line, or a paragraph.
    Paragraphs {
        apart: bool,
    },
    Blanks,
    Glued,
}

struct Header {
    columns: Vec<Column>,
    rendering: Rendering,
    /// The line behind it.
    next: usize,
}

fn read_lines(lines: &[&Line], content: &mut Content) {
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let Some(header) = header_at(lines, at) else {
            content.lines.push((*line).clone());
            at += 1;
            continue;
        };
        let end = (header.next..lines.len())
            .find(|next| {
                is_after_table(lines, *next) || is_other_table(lines, *next) || header_at(lines, *next).is_some()
            })
            .unwrap_or(lines.len());
        let body = lines.get(header.next..end).unwrap_or_default();
        let mut table = Table { columns: header.columns.clone(), rows: Vec::new(), line: line.number };
        match header.rendering {
            Rendering::Bars { trailing } => bar_rows(&mut table, body, trailing, content),
            Rendering::Paragraphs { apart } => paragraph_rows(&mut table, &paragraphs(body, apart), content),
            Rendering::Blanks => blank_rows(&mut table, body, content),
            Rendering::Glued => glued_rows(&mut table, body, content),
        }
        content.tables.push(table);
        at = end.max(at + 1);
    }
}

/// Whether a row of bars is above a separator: the header of another table, whose columns may not be known.
fn is_other_table(lines: &[&Line], at: usize) -> bool {
    let has_bars = |at: usize| lines.get(at).filter(|line| line.text.matches('|').count() >= 2);
    has_bars(at).is_some_and(|line| !is_separator(&line.text))
        && has_bars(at + 1).is_some_and(|line| is_separator(&line.text))
}

fn is_after_table(lines: &[&Line], at: usize) -> bool {
    let Some(line) = lines.get(at) else { return true };
    let text = line.text.trim_start();
    line.is_code || AFTER_TABLES.iter().any(|start| text.starts_with(start))
}

/// A header that begins on this line.
fn header_at(lines: &[&Line], at: usize) -> Option<Header> {
    let line = lines.get(at)?;
    let text = line.text.trim();
    if text.is_empty() || line.is_code {
        return None;
    }
    if text.contains('\t') && !text.contains('|') {
        let columns: Vec<Option<Column>> = text.split('\t').map(words::column).collect();
        let rendering = Rendering::Bars { trailing: false };
        return is_header(&columns).then(|| Header { columns: named(&columns), rendering, next: at + 1 });
    }
    if text.contains('|') {
        return bar_header(lines, at);
    }
    let known = words::columns_in(text)?;
    if known.len() >= 2 && words::column(text).is_none() {
        let columns: Vec<Option<Column>> = known.iter().map(|(column, _)| Some(*column)).collect();
        let is_glued = known.iter().skip(1).all(|(_, blank)| !blank);
        let rendering = if is_glued { Rendering::Glued } else { Rendering::Blanks };
        return is_header(&columns).then(|| Header { columns: named(&columns), rendering, next: at + 1 });
    }
    // The first may be the heading of the section, which is the name of a column too.
    let mut columns = Vec::new();
    let mut next = at;
    let mut apart = false;
    while let Some(line) = lines.get(next) {
        let text = line.text.trim();
        if !text.is_empty() {
            let Some(column) = words::column(text).filter(|column| !columns.contains(&Some(*column))) else { break };
            // Names of columns are names of parameters too: the first row begins before a type.
            let behind = lines.get(next + 1..).unwrap_or_default().iter().find(|line| !line.text.trim().is_empty());
            let is_text = matches!(column, Column::Example | Column::Doc);
            let is_row = !is_text && behind.is_some_and(|behind| words::written_type(&behind.text).is_some());
            if is_row || columns.iter().flatten().next().is_some_and(|first| !first.goes_with(column)) {
                break;
            }
            columns.push(Some(column));
        } else if columns.len() == 1 {
            apart = true;
        }
        next += 1;
    }
    let rendering = Rendering::Paragraphs { apart };
    (columns.len() >= 3 && is_header(&columns)).then(|| Header { columns: named(&columns), rendering, next })
}

/// A header of bars, which may take several lines.
fn bar_header(lines: &[&Line], at: usize) -> Option<Header> {
    let text = lines.get(at)?.text.trim();
    let trailing = text.ends_with('|');
    let cells: Vec<&str> = split_bars(text);
    let filled = cells.iter().filter(|cell| !cell.trim().is_empty()).count();
    if filled >= 2 {
        let cells = cells.get(usize::from(text.starts_with('|'))..).unwrap_or_default();
        let cells = cells.get(..cells.len() - usize::from(trailing && !cells.is_empty())).unwrap_or_default();
        let columns: Vec<Option<Column>> = cells.iter().map(|cell| words::column(cell)).collect();
        let rendering = Rendering::Bars { trailing };
        return is_header(&columns).then(|| Header { columns: named(&columns), rendering, next: at + 1 });
    }
    let mut columns = Vec::new();
    let mut open = String::new();
    let mut next = at;
    'lines: for (index, line) in lines.iter().enumerate().skip(at).take(40) {
        let parts = split_bars(&line.text);
        // The next row, unless the last cell is still open.
        if !columns.is_empty() && open.trim().is_empty() && line.text.trim_start().starts_with('|') {
            break;
        }
        // A whole row: the bar before it ends the table above.
        if parts.iter().filter(|part| !part.trim().is_empty()).count() >= 3 {
            break;
        }
        for (part_index, part) in parts.iter().enumerate() {
            if part_index > 0 {
                let name = std::mem::take(&mut open);
                if !name.trim().is_empty() {
                    let Some(column) = words::column(&name) else { break 'lines };
                    columns.push(Some(column));
                    next = index + 1;
                }
            }
            open.push(' ');
            open.push_str(part);
        }
        if open.trim().chars().count() > 60 {
            break;
        }
    }
    is_header(&columns).then(|| Header {
        columns: named(&columns),
        rendering: Rendering::Bars { trailing: true },
        next,
    })
}
