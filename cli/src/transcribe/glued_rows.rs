//! The rows of a table whose first cells are glued together.

use super::fitness::{is_code, name_of, status};
use super::page::{Cell, Line};
use super::paragraph_rows::{paragraph_row, paragraphs};
use super::row::{Content, Row, Table};
use super::words::{self, Column, GLUED_TYPES};

/// Rows whose first cells are glued together: `KeyIdstringYes`, `400InvalidParameterThe specified parameter is not
/// valid.`
pub(crate) fn glued_rows(table: &mut Table, lines: &[&Line], content: &mut Content) {
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
    if words::written_type(text).is_some() {
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
    // The longest type: `array<string>` and not the `string` in it. If there is another way, it is ambiguous.
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
