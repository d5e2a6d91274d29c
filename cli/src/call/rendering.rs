//! Prints a response: unchanged, or as JSON, YAML or a table.

use std::io::{self, IsTerminal as _};

use serde_json::{Map, Value};
use textwrap::core::display_width;

use crate::call::arguments::{Arguments, Output, ResponseFormat};
use crate::call::json_path::values_at;
use crate::call::query::Query;
use crate::ending::Failure;
use crate::output::{self, print, print_bytes};
use crate::terminal::visible;

/// The output format of a response.
pub(super) struct Rendering {
    query: Option<Query>,
    output: Option<Output>,
    /// The list of the response, if it has one.
    items: Option<Vec<String>>,
}

impl Rendering {
    /// Fails if the options contradict each other.
    pub(super) fn new(arguments: &Arguments, items: Option<Vec<String>>) -> Result<Self, Failure> {
        let Arguments { query, output, all_pages, wait, format, .. } = arguments;
        let reads_json = query.is_some() || output.is_some() || *all_pages || wait.is_some();
        if reads_json && matches!(format, ResponseFormat::Xml) {
            return Err(Failure::new("`--query`, `--output`, `--all-pages` and `--wait` read JSON")
                .help("leave out `--format xml`"));
        }
        Ok(Self { query: query.as_deref().map(Query::parse).transpose()?, output: *output, items })
    }

    /// Whether the body is printed unchanged.
    pub(super) fn is_plain(&self) -> bool {
        self.query.is_none() && self.output.is_none()
    }

    /// Prints a body unchanged.
    pub(super) fn print_body(body: &[u8]) -> Result<(), Failure> {
        print_bytes(body)?;
        // The shell's prompt starts on a new line.
        if io::stdout().is_terminal() && !body.ends_with(b"\n") {
            print("\n")?;
        }
        Ok(())
    }

    pub(super) fn print_json(&self, response: Value) -> Result<(), Failure> {
        let selected = match &self.query {
            Some(query) => query.search(response)?,
            None => response,
        };
        match self.output.unwrap_or(Output::Json) {
            Output::Json => print(&output::json(&selected)?),
            Output::Yaml => {
                let text = serde_yaml::to_string(&selected);
                print(&text.map_err(|error| Failure::new(format!("cannot write YAML: {error}")))?)
            }
            Output::Table => print(&self.table(&selected)),
        }
    }

    /// Without a query, the table is that of the list, and has only columns that fit in a cell.
    fn table(&self, selected: &Value) -> String {
        if let (None, Some(items)) = (&self.query, &self.items) {
            let items: Vec<&Value> = values_at(selected, items);
            return table(&items, true);
        }
        match selected {
            Value::Array(items) => table(&items.iter().collect::<Vec<_>>(), false),
            Value::Object(members) => {
                let row = |(name, value): (&String, &Value)| vec![name.clone(), cell(value)];
                aligned(&members.iter().map(row).collect::<Vec<_>>())
            }
            scalar => cell(scalar) + "\n",
        }
    }
}

fn table(items: &[&Value], only_scalars: bool) -> String {
    let objects: Option<Vec<&Map<String, Value>>> = items.iter().map(|item| item.as_object()).collect();
    let Some(objects) = objects else {
        let row = |item: &&Value| match item {
            Value::Array(cells) => cells.iter().map(cell).collect(),
            scalar => vec![cell(scalar)],
        };
        return aligned(&items.iter().map(row).collect::<Vec<_>>());
    };
    let mut columns: Vec<&String> = Vec::new();
    for (name, value) in objects.iter().copied().flatten() {
        let is_shown = !only_scalars || !(value.is_array() || value.is_object());
        if is_shown && !columns.contains(&name) {
            columns.push(name);
        }
    }
    if columns.is_empty() {
        return String::new();
    }
    let mut rows = vec![columns.iter().map(|name| visible(name)).collect::<Vec<_>>()];
    rows.extend(
        objects
            .iter()
            .map(|object| columns.iter().map(|name| object.get(*name).map(cell).unwrap_or_default()).collect()),
    );
    aligned(&rows)
}

/// A value in one line.
fn cell(value: &Value) -> String {
    let text = match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    visible(&text).replace('\n', " ")
}

fn aligned(rows: &[Vec<String>]) -> String {
    let mut widths: Vec<usize> = Vec::new();
    for row in rows {
        widths.resize(widths.len().max(row.len()), 0);
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(display_width(cell));
        }
    }
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            line += cell;
            line += &" ".repeat(width.saturating_sub(display_width(cell)) + 2);
        }
        text += line.trim_end();
        text.push('\n');
    }
    text
}
