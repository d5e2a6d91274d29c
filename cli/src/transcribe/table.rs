//! Tables, however a page renders them: rows of bars, cells of HTML, a cell a line or a paragraph, cells between blanks, cells glued
//! together. Lost cells are found by what a column can hold.

use super::page::{Block, Cell, Line};
use super::words::{self, AFTER_TABLES, Column, GLUED_TYPES};

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
    /// Text that may be an example or a description: the page does not tell.
    pub(crate) unsure: Option<Cell>,
    /// How far the name is indented, where the table indents names.
    pub(crate) indent: usize,
}

impl Row {
    /// The cell of a column, unless it is empty.
    pub(crate) fn get(&self, column: Column) -> Option<&Cell> {
        let found = self.cells.iter().find(|(known, _)| *known == column).map(|(_, cell)| cell);
        found.filter(|cell| !cell.text.trim().is_empty())
    }
}

/// What a part of a page holds: its tables, and the lines outside of them.
#[derive(Debug, Default)]
pub(crate) struct Content {
    pub(crate) tables: Vec<Table>,
    pub(crate) lines: Vec<Line>,
    /// Rows that could not be read, each with its line.
    pub(crate) unread: Vec<Cell>,
}

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
    let Some((header, rows)) = rows.split_first() else { return };
    let line = header.first().map_or(0, |cell| cell.line);
    let columns: Vec<Option<Column>> = header.iter().map(|cell| words::column(&cell.text)).collect();
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

/// Whether these are the columns of a table that is read: one of them names the rows.
fn is_header(columns: &[Option<Column>]) -> bool {
    let known: Vec<Column> = columns.iter().flatten().copied().collect();
    known.len() >= 2
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

/// Whether a table with these columns can have another: tables of fields, of errors and of permissions have their own.
fn goes_with(columns: &[Option<Column>], column: Column) -> bool {
    let Some(Some(first)) = columns.first() else { return true };
    let kind = |column: Column| match column {
        Column::Name | Column::Type | Column::Required | Column::Position | Column::Example | Column::Default => 1,
        Column::Status | Column::Code | Column::Message => 2,
        Column::Action | Column::Access | Column::Resource | Column::Condition | Column::Dependent => 3,
        Column::Doc | Column::Unknown => 0,
    };
    kind(column) == 0 || kind(*first) == 0 || kind(column) == kind(*first)
}

/// How a table of lines is rendered.
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
            .find(|next| is_after_table(lines, *next) || header_at(lines, *next).is_some())
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
            let is_row = behind.is_some_and(|behind| words::said_type(&behind.text).is_some());
            if is_row || !goes_with(&columns, column) {
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
        // The next row.
        if !columns.is_empty() && line.text.trim_start().starts_with('|') {
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

/// The parts of a line between its bars; a bar behind a backslash is text.
fn split_bars(text: &str) -> Vec<&str> {
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

/// A row of dashes, which separates the header from the rest.
fn is_separator(text: &str) -> bool {
    text.contains("-") && text.chars().all(|one| matches!(one, '-' | ':' | '|' | ' ' | '='))
}

/// Rows of bars. A row has as many cells as the header, on as many lines as it takes.
fn bar_rows(table: &mut Table, lines: &[&Line], trailing: bool, content: &mut Content) {
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
    let columns = named(&table.columns.iter().map(|column| Some(*column)).collect::<Vec<_>>());
    for line in lines {
        let text = line.text.trim_end();
        if is_separator(text.trim()) {
            continue;
        }
        let at_start = cells.is_empty() && open.text.trim().is_empty();
        let bars = split_bars(text);
        if at_start && bars.len() < 2 {
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
    // Text behind the bars of the last row is no cell of it, unless rows have no last bar.
    let text_is_cell = !trailing || lines.last().is_some_and(|line| line.number == open.line);
    finish(&mut cells, &mut open, text_is_cell);
}

fn push_text(cell: &mut Cell, text: &str, line: usize) {
    if cell.text.trim().is_empty() {
        cell.line = line;
        cell.text = text.to_owned();
    } else {
        cell.text.push('\n');
        cell.text.push_str(text);
    }
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

/// How well a cell fits a column: far below 0 if it cannot be.
fn fitness(column: Column, text: &str) -> i32 {
    const NEVER: i32 = -1000;
    let text = text.trim();
    if text.is_empty() {
        return 0;
    }
    let strict = |holds: bool, score: i32| if holds { score } else { NEVER };
    match column {
        Column::Type => strict(words::said_type(text).is_some(), 6),
        Column::Required => strict(words::required(text).is_some(), 6),
        Column::Position => strict(words::position(text).is_some(), 6),
        Column::Status => strict(status(text).is_some(), 6),
        Column::Action => strict(is_action(text), 6),
        Column::Name => strict(name_of(text).is_some(), if words::said_type(text).is_some() { -1 } else { 2 }),
        Column::Code => strict(is_code(text), 2),
        _ => 1,
    }
}

/// An HTTP status.
pub(crate) fn status(text: &str) -> Option<u16> {
    let text = super::cells::plain(text);
    (text.len() == 3).then(|| text.parse().ok()).flatten().filter(|status| (100..=599).contains(status))
}

/// Whether a text can be an error code.
pub(crate) fn is_code(text: &str) -> bool {
    let text = super::cells::plain(text);
    !text.is_empty()
        && text.len() <= 200
        && text.chars().any(|one| one.is_ascii_alphanumeric())
        && text.chars().all(|one| one.is_ascii_alphanumeric() || "._-%:/ ".contains(one))
        && text.matches(' ').count() <= 2
        && !text.ends_with('.')
}

/// Whether a text is the action of a RAM policy, such as `ecs:RunInstances`.
pub(crate) fn is_action(text: &str) -> bool {
    let text = super::cells::plain(text);
    text.split_once(':').is_some_and(|(product, action)| {
        let is_word = |word: &str| {
            word.chars().next().is_some_and(|one| one.is_ascii_alphanumeric() || one == '*')
                && word.chars().all(|one| one.is_ascii_alphanumeric() || "-_*".contains(one))
        };
        is_word(product) && is_word(action) && product.len() <= 40
    })
}

/// The name of a parameter or field in a cell, without the marks of nesting before it.
pub(crate) fn name_of(text: &str) -> Option<String> {
    let text = super::cells::plain(text);
    let name = text.trim_start_matches(is_nesting_mark);
    let first = name.chars().next()?;
    let is_name = (first.is_ascii_alphanumeric() || "_$@".contains(first))
        && name.len() <= 200
        && name.chars().all(|one| one.is_ascii_alphanumeric() || "._-$@:[]*{}".contains(one))
        && !name.ends_with('.');
    is_name.then(|| name.to_owned())
}

fn is_nesting_mark(one: char) -> bool {
    matches!(one, '└' | '├' | '─' | '│' | '┗' | '┣' | '━' | '»' | '›' | '>' | '∟' | '\u{a0}' | '\u{3000}' | ' ')
}

/// How far a name is indented: the marks before it.
fn indent_of(text: &str) -> usize {
    let trimmed = text.trim_start_matches(' ');
    let has_mark = trimmed.chars().next().is_some_and(is_nesting_mark);
    if has_mark { text.chars().take_while(|one| is_nesting_mark(*one)).count() } else { 0 }
}

/// The cells of a row under their columns. If some were lost, those that are left go where they fit.
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

/// If one text is left for the example and the description, tells which it is, or that it cannot be told.
fn settle(row: &mut Row, columns: &[Column], lost: bool) {
    if !columns.contains(&Column::Example) || !columns.contains(&Column::Doc) {
        return;
    }
    let is_container =
        row.get(Column::Type).and_then(|cell| words::said_type(&cell.text)).is_some_and(|ty| ty.is_container());
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
        row.unsure = Some(only);
    }
}

/// The columns for cells that are fewer than the columns, or do not fit where they stand. `None` if there is no way.
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

/// Whether a text is a sentence rather than a value.
pub(crate) fn is_prose(text: &str) -> bool {
    let text = text.trim();
    let words = text.split_whitespace().count();
    let starts = [
        "- ",
        "•",
        "* ",
        "Note",
        "**Note",
        "Notice",
        "说明",
        "注意",
        "Valid values",
        "Default value",
        "取值",
        "默认值",
        "說明",
    ];
    text.contains(['。', '，', '；', '、', '：'])
        || text.contains('\n')
        || starts.iter().any(|start| text.starts_with(start))
        || (text.ends_with('.') && words >= 2)
        || words >= 6
}

/// The paragraphs of a table with a cell a paragraph; with a cell a line if they do not stand apart.
fn paragraphs(lines: &[&Line], apart: bool) -> Vec<Cell> {
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

fn paragraph_rows(table: &mut Table, cells: &[Cell], content: &mut Content) {
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
    let ty = |index: usize| words::said_type(text(index));
    match columns.first() {
        Some(Column::Name) => {
            // Of rows without a name there are the whole response, and the items of a list or a map.
            let mut container = true;
            let mut index = 0;
            while index < cells.len() {
                let is_named = name_of(text(index)).is_some() && ty(index + 1).is_some();
                // A type that is the name of the next row, such as a parameter `Type`, is none.
                let is_nameless = container
                    && ty(index).is_some()
                    && !is_named
                    && text(index).chars().next().is_some_and(|one| one.is_ascii_lowercase())
                    && (starts.is_empty() || index >= starts.last().map_or(0, |start| start + 2));
                if is_named || is_nameless {
                    starts.push(index);
                    let own = if is_named { ty(index + 1) } else { ty(index) };
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

/// A row of paragraphs: the cells of a kind that can be told first, then the description and the example.
fn paragraph_row(columns: &[Column], cells: &[Cell]) -> Row {
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
            && words::said_type(&cell.text).is_some()
            && others.first().is_none_or(|next| words::said_type(&next.text).is_none());
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

/// Tells the example from the paragraphs of the description.
fn split_example(row: &mut Row, rest: &[Cell], doc_first: bool) {
    let join = |cells: &[Cell]| {
        let mut cells = cells.iter();
        let mut joined = cells.next().cloned()?;
        cells.for_each(|cell| push_text(&mut joined, &cell.text, cell.line));
        Some(joined)
    };
    let is_container =
        row.get(Column::Type).and_then(|cell| words::said_type(&cell.text)).is_some_and(|ty| ty.is_container());
    let (example, doc) = match rest {
        [] => return,
        [only] if doc_first || is_container || is_prose(&only.text) => (None, Some(only.clone())),
        [only] => {
            row.unsure = Some(only.clone());
            return;
        }
        [docs @ .., last] if doc_first => (Some(last.clone()), join(docs)),
        [first, docs @ ..] => (Some(first.clone()), join(docs)),
    };
    if let Some(example) = example {
        if is_container || is_prose(&example.text) {
            // A paragraph of the description, or an example in words.
            row.unsure = Some(example);
        } else {
            row.cells.push((Column::Example, example));
        }
    }
    row.cells.extend(doc.map(|doc| (Column::Doc, doc)));
}

/// Rows whose cells are between blanks, with the description below.
fn blank_rows(table: &mut Table, lines: &[&Line], content: &mut Content) {
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

/// Tells what stands behind the words of a row, if there is text below it.
fn settle_blanks(row: &mut Row, columns: &[Column]) {
    let at = |wanted: Column| columns.iter().position(|column| *column == wanted);
    let Some(below) = row.get(Column::Doc).cloned() else { return };
    let Some(behind) = row.unsure.take() else { return };
    if at(Column::Message).is_some() {
        row.cells.push((Column::Message, behind));
    } else if at(Column::Example) < at(Column::Doc) {
        row.cells.push((Column::Example, behind));
    } else {
        // The description comes first, and the example is below.
        row.cells.retain(|(column, _)| *column != Column::Doc);
        row.cells.push((Column::Doc, behind));
        if is_prose(&below.text) {
            row.unsure = Some(below);
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
            && words::said_type(word) == Some(words::Said::List(None))
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
            _ => row.unsure = Some(cell),
        }
    }
    is_row.then_some(row)
}

/// Rows whose first cells are glued together: `KeyIdstringYes`, `400InvalidParameterThe specified parameter is not valid.`
fn glued_rows(table: &mut Table, lines: &[&Line], content: &mut Content) {
    let columns = table.columns.clone();
    if columns.first() == Some(&Column::Status) {
        for line in lines.iter().filter(|line| !line.text.trim().is_empty()) {
            match glued_error(line.text.trim(), line.number) {
                Some(row) => table.rows.push(row),
                None => content.unread.push(Cell { line: line.number, text: line.text.trim().to_owned() }),
            }
        }
        return;
    }
    let mut own: Vec<Cell> = Vec::new();
    for cell in paragraphs(lines, false) {
        if let Some(cells) = glued_cells(&columns, &cell, own.is_empty() && table.rows.is_empty()) {
            if !own.is_empty() {
                table.rows.push(paragraph_row(&columns, &std::mem::take(&mut own)));
            }
            own = cells;
        } else if own.is_empty() {
            content.unread.push(cell);
        } else {
            own.push(cell);
        }
    }
    if !own.is_empty() {
        table.rows.push(paragraph_row(&columns, &own));
    }
}

/// The cells that a line glues together. `None` if it does not begin a row.
fn glued_cells(columns: &[Column], cell: &Cell, is_first: bool) -> Option<Vec<Cell>> {
    let text = cell.text.trim();
    let part = |text: &str| Cell { line: cell.line, text: text.to_owned() };
    if words::said_type(text).is_some() {
        // A row without a name: the whole response, or an item.
        return (is_first || text.chars().all(|one| one.is_ascii_lowercase() || "<>".contains(one)))
            .then(|| vec![part(text)]);
    }
    let has_required = columns.contains(&Column::Required);
    let mut found: Vec<Vec<Cell>> = Vec::new();
    for (at, _) in text.char_indices().skip(1) {
        let (name, rest) = text.split_at(at);
        if name_of(name).is_none() {
            break;
        }
        let Some(word) = GLUED_TYPES.iter().find(|word| rest.starts_with(**word)) else { continue };
        let after = rest.get(word.len()..).unwrap_or_default();
        let mut cells = vec![part(name), part(word)];
        if after.is_empty() {
            found.push(cells);
            continue;
        }
        if !has_required {
            continue;
        }
        if let Some(required) =
            ["Yes", "No", "是", "否", "必須", "任意"].iter().find(|required| after.starts_with(**required))
        {
            let after = after.get(required.len()..).unwrap_or_default();
            cells.push(part(required));
            if !after.is_empty() {
                cells.push(part(after));
            }
            found.push(cells);
        }
    }
    // The longest type: `array<string>` and not the `string` in it. If there is another way, it cannot be told.
    match found.as_slice() {
        [only] => Some(only.clone()),
        _ => None,
    }
}

/// A row of an error table that is glued together. The message begins with a capital letter behind the code.
fn glued_error(text: &str, line: usize) -> Option<Row> {
    let number = text.get(..3)?;
    status(number)?;
    let rest = text.get(3..)?;
    let end = rest.find(char::is_whitespace)?;
    let (word, after) = rest.split_at(end);
    // Words with which messages begin; any other could be the end of the code.
    const FIRST: &[&str] = &[
        "The",
        "This",
        "You",
        "Your",
        "An",
        "A",
        "Specified",
        "Request",
        "No",
        "Failed",
        "Invalid",
        "Internal",
        "Please",
        "There",
        "Some",
        "User",
        "Parameter",
        "Cannot",
        "Unable",
        "It",
    ];
    let first = FIRST.iter().filter(|first| word.ends_with(**first)).max_by_key(|first| first.len())?;
    let code = word.strip_suffix(first)?;
    if code.is_empty() || !is_code(code) {
        return None;
    }
    let message_and_doc = format!("{first}{after}");
    // The description is in another script, or a dash for none, or begins behind a full stop without a blank.
    let other = message_and_doc.char_indices().find(|(_, one)| !one.is_ascii()).map(|(at, _)| at);
    let dash = message_and_doc.strip_suffix(".-").map(|message| message.len() + 1);
    let capital = message_and_doc
        .char_indices()
        .zip(message_and_doc.chars().skip(1))
        .find(|((_, one), next)| *one == '.' && next.is_ascii_uppercase())
        .map(|((at, _), _)| at + 1);
    let at = other.or(dash).or(capital)?;
    let (message, doc) = message_and_doc.split_at_checked(at)?;
    let cell = |text: &str| Cell { line, text: text.to_owned() };
    let cells = vec![
        (Column::Status, cell(number)),
        (Column::Code, cell(code)),
        (Column::Message, cell(message)),
        (Column::Doc, cell(doc.trim_start_matches('-'))),
    ];
    Some(Row { line, cells, ..Row::default() })
}
