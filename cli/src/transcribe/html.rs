//! HTML as the lines and tables of a page.
//!
//! The tags are read one after another and not as a tree, so that no page can be nested too deeply, and each text keeps
//! its line.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

use super::page::{Block, Cell, Line, Page};

/// Whether a page is HTML: it has tags of a document or of a table, and no Markdown around them.
pub(crate) fn is_html(text: &str) -> bool {
    // A note on where the page was saved from may stand above it.
    let mut lines = text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with("# source:"));
    let start: String = lines.next().unwrap_or_default().trim_start().chars().take(64).collect();
    let start = start.to_ascii_lowercase();
    [
        "<!doctype html",
        "<html",
        "<body",
        "<head",
        "<div",
        "<article",
        "<main",
        "<section",
        "<table",
        "<h1",
        "<p>",
        "<!--",
    ]
    .iter()
    .any(|tag| start.starts_with(tag))
}

/// Reads a page of HTML.
pub(crate) fn parse(text: &str) -> Page {
    let sink = Sink::default();
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let input = BufferQueue::default();
    // HTML counts a carriage return alone as a line. Editors do not.
    let text = text.replace("\r\n", "\n").replace('\r', " ");
    input.push_back(StrTendril::from_slice(&text));
    // Scripts stop the tokenizer until it is fed again.
    while !input.is_empty() {
        drop(tokenizer.feed(&input));
    }
    tokenizer.end();
    tokenizer.sink.state.into_inner().finish()
}

#[derive(Default)]
struct Sink {
    state: RefCell<State>,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let line = usize::try_from(line).unwrap_or(usize::MAX);
        let mut state = self.state.borrow_mut();
        match token {
            Token::CharacterTokens(text) => state.text(&text, line),
            // A value that contains one is not valid.
            Token::NullCharacterToken => state.text("\0", line),
            Token::TagToken(tag) => return state.tag(&tag, line),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

#[derive(Default)]
struct State {
    page: Vec<Block>,
    links: Vec<(usize, String)>,
    /// The text since the last break, with the line it begins on.
    open: String,
    open_line: usize,
    is_heading: bool,
    /// The number of open `pre` elements.
    code: usize,
    /// The number of open lists.
    lists: usize,
    /// In how many lists the item of this line is, besides its own.
    item_indent: usize,
    /// The number of open elements whose text is not part of the page.
    hidden: usize,
    /// The number of open tables. Only the outermost has cells.
    tables: usize,
    rows: Vec<Vec<Cell>>,
    spans: Vec<Span>,
    in_cell: bool,
    cell_line: usize,
    rowspan: usize,
    colspan: usize,
    cell: String,
}

/// A cell that reaches down into the rows below, from the first to the last of them.
struct Span {
    column: usize,
    first: usize,
    last: usize,
    cell: Cell,
}

/// Elements whose text is not part of a page.
const HIDDEN: [&str; 9] = ["script", "style", "nav", "footer", "svg", "button", "noscript", "template", "select"];

/// Elements that end a line.
const BREAKS: [&str; 28] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "br",
    "caption",
    "div",
    "dl",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "thead",
    "ul",
];

/// The maximum number of columns or rows of a cell. No table of a page needs more.
const MOST_SPAN: usize = 100;

impl State {
    fn text(&mut self, text: &str, line: usize) {
        if self.hidden > 0 {
            return;
        }
        // The number is that of the end of the text.
        let begin = line.saturating_sub(text.matches('\n').count());
        if self.code > 0 {
            for (index, part) in text.split('\n').enumerate() {
                if index > 0 {
                    self.end_line();
                }
                if self.open.is_empty() {
                    self.open_line = begin + index;
                }
                self.open.push_str(part);
            }
            return;
        }
        // Blanks between tags are no text, unless they are of the kind that indents names.
        if self.open.bytes().all(|one| one.is_ascii_whitespace()) {
            self.open.clear();
            let blank = text.len() - text.trim_start().len();
            self.open_line = begin + text.get(..blank).unwrap_or_default().matches('\n').count();
        }
        self.open.push_str(text);
    }

    fn tag(&mut self, tag: &Tag, line: usize) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        let is_start = tag.kind == TagKind::StartTag;
        if HIDDEN.contains(&name) {
            match is_start {
                true if !tag.self_closing => self.hidden += 1,
                true => {}
                false => self.hidden = self.hidden.saturating_sub(1),
            }
            // Their content is not HTML.
            if is_start && matches!(name, "script" | "style") {
                let kind = if name == "script" { RawKind::ScriptData } else { RawKind::Rawtext };
                return TokenSinkResult::RawData(kind);
            }
            return TokenSinkResult::Continue;
        }
        let attribute = |wanted: &str| tag.attrs.iter().find(|attribute| &*attribute.name.local == wanted);
        if name == "a"
            && is_start
            && let Some(href) = attribute("href")
        {
            self.links.push((line, href.value.to_string()));
        }
        if BREAKS.contains(&name) {
            self.end_line();
        }
        match (name, is_start) {
            ("h1" | "h2" | "h3" | "h4" | "h5" | "h6", true) => self.is_heading = true,
            ("h1" | "h2" | "h3" | "h4" | "h5" | "h6", false) => self.is_heading = false,
            ("pre", true) => self.code += 1,
            ("pre", false) => self.code = self.code.saturating_sub(1),
            ("ul" | "ol", true) => self.lists += 1,
            ("ul" | "ol", false) => self.lists = self.lists.saturating_sub(1),
            ("li", true) => {
                self.item_indent = self.lists.saturating_sub(1).min(MOST_SPAN);
                self.open.push_str("- ");
            }
            // A term with its description is an item of a list.
            ("dt", true) => {
                self.end_line();
                self.open.push_str("- ");
            }
            ("dd", true) => self.open.push_str(": "),
            ("table", true) => {
                self.tables += 1;
                if self.tables == 1 {
                    self.rows.clear();
                    self.spans.clear();
                }
            }
            ("table", false) => {
                self.end_row();
                self.tables = self.tables.saturating_sub(1);
                if self.tables == 0 && !self.rows.is_empty() {
                    self.page.push(Block::Table(std::mem::take(&mut self.rows)));
                }
            }
            ("tr", true) if self.tables == 1 => {
                self.end_row();
                self.rows.push(Vec::new());
            }
            ("tr", false) if self.tables == 1 => self.end_row(),
            ("td" | "th", true) if self.tables == 1 => {
                self.end_cell();
                self.in_cell = true;
                self.cell_line = line;
                let span = |name: &str| {
                    let stated = attribute(name).and_then(|attribute| attribute.value.parse::<usize>().ok());
                    stated.unwrap_or(1).clamp(1, MOST_SPAN)
                };
                (self.rowspan, self.colspan) = (span("rowspan"), span("colspan"));
                if self.rows.is_empty() {
                    self.rows.push(Vec::new());
                }
            }
            ("td" | "th", false) if self.tables == 1 => self.end_cell(),
            _ => {}
        }
        TokenSinkResult::Continue
    }

    /// Ends a line of the page, or of the cell that is open.
    fn end_line(&mut self) {
        let text = std::mem::take(&mut self.open);
        let text = if self.code > 0 { text } else { in_one_line(&text) };
        let indent = std::mem::take(&mut self.item_indent);
        if self.in_cell {
            if !text.is_empty() {
                if self.cell.is_empty() {
                    self.cell_line = self.open_line;
                } else {
                    self.cell.push('\n');
                }
                self.cell.push_str(&text);
            }
            return;
        }
        if !text.is_empty() || self.code > 0 {
            let text = if indent > 0 { format!("{:width$}{text}", "", width = indent * 2) } else { text };
            let (is_heading, is_code) = (self.is_heading, self.code > 0);
            self.page.push(Block::Line(Line { number: self.open_line, text, is_heading, is_code }));
        }
        if self.code == 0 {
            self.page.push(Block::Line(Line { number: self.open_line, ..Line::default() }));
        }
    }

    fn end_cell(&mut self) {
        if !self.in_cell {
            self.open.clear();
            return;
        }
        self.end_line();
        self.in_cell = false;
        let cell = Cell { line: self.cell_line, text: std::mem::take(&mut self.cell) };
        let index = self.rows.len().saturating_sub(1);
        let Some(row) = self.rows.last_mut() else { return };
        fill_from_above(&self.spans, index, row);
        if row.len() >= MOST_SPAN {
            return;
        }
        if self.rowspan > 1 && self.spans.len() < MOST_SPAN {
            self.spans.push(Span {
                column: row.len(),
                first: index,
                last: index + self.rowspan - 1,
                cell: cell.clone(),
            });
        }
        let line = cell.line;
        row.push(cell);
        row.extend((1..self.colspan).map(|_| Cell { line, text: String::new() }));
    }

    /// Ends a row, with the cells at its end that reach down from rows above.
    fn end_row(&mut self) {
        self.end_cell();
        let index = self.rows.len().saturating_sub(1);
        if let Some(row) = self.rows.last_mut().filter(|row| !row.is_empty()) {
            fill_from_above(&self.spans, index, row);
        }
        self.spans.retain(|span| span.last > index);
    }

    fn finish(mut self) -> Page {
        self.end_line();
        self.end_cell();
        if !self.rows.is_empty() {
            self.page.push(Block::Table(self.rows));
        }
        Page { blocks: self.page, links: self.links, address: None }
    }
}

/// Adds the cells of rows above that reach down to the next column of a row.
fn fill_from_above(spans: &[Span], index: usize, row: &mut Vec<Cell>) {
    let is_next = |span: &&Span, column: usize| span.column == column && span.first < index && index <= span.last;
    while let Some(span) = spans.iter().find(|span| is_next(span, row.len())) {
        row.push(span.cell.clone());
    }
}

/// A text without line breaks. Blanks that do not break, at its beginning, indent the names of members.
fn in_one_line(text: &str) -> String {
    let indent: String = text
        .trim_start_matches(|one: char| one.is_ascii_whitespace())
        .chars()
        .take_while(|one| matches!(one, '\u{a0}' | '\u{3000}'))
        .take(MOST_SPAN)
        .collect();
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() { line } else { indent + &line }
}
