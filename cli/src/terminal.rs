//! Text for people: wrapped to the width of the terminal, with colors if the terminal supports them.

use std::io;

use alicloud_cli::hidden_characters::is_hidden;
use anstyle::{AnsiColor, Style};
use terminal_size::{Width, terminal_size_of};
use textwrap::{Options, WordSplitter};

use crate::ending::Failure;
use crate::output::print_styled;

/// The widest line. Longer ones are hard to read.
const WIDEST: usize = 100;

/// The narrowest line. A narrower terminal breaks the lines.
const NARROWEST: usize = 40;

const HEADING: Style = Style::new().bold().underline();
const NAME: Style = AnsiColor::Cyan.on_default().bold();

/// A text that grows line by line.
pub(crate) struct TerminalText {
    text: String,
    width: usize,
}

impl TerminalText {
    pub(crate) fn new() -> Self {
        let width = terminal_size_of(io::stdout()).map_or(WIDEST, |(Width(columns), _)| usize::from(columns));
        Self { text: String::new(), width: width.clamp(NARROWEST, WIDEST) }
    }

    /// Adds a heading, after an empty line unless it is the first line.
    pub(crate) fn heading(&mut self, text: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let text = visible(text);
        self.text += &format!("{HEADING}{text}{HEADING:#}\n");
    }

    /// Adds Markdown with this indentation, wrapped.
    pub(crate) fn paragraph(&mut self, indent: usize, text: &str) {
        let text = visible(text);
        let mut paragraph = String::new();
        for line in text.lines() {
            if starts_paragraph(line) {
                self.wrapped(indent, indent, &paragraph);
                paragraph.clear();
            }
            if line.trim().is_empty() {
                self.text.push('\n');
                continue;
            }
            if !paragraph.is_empty() {
                paragraph.push(' ');
            }
            paragraph += line.trim_end();
        }
        self.wrapped(indent, indent, &paragraph);
    }

    /// Adds an empty line.
    pub(crate) fn blank(&mut self) {
        self.text.push('\n');
    }

    /// Adds a name with its text. Further lines are indented below the name.
    pub(crate) fn entry(&mut self, indent: usize, name: &str, rest: &str) {
        let (name, rest) = (visible(name).replace('\n', " "), visible(rest).replace('\n', " "));
        let start = self.text.len() + indent;
        self.wrapped(indent, indent + 4, format!("{name}  {rest}").trim_end());
        // The name is not broken unless it is wider than the terminal.
        if self.text.get(start..).is_some_and(|added| added.starts_with(&name)) {
            self.text.insert_str(start + name.len(), &format!("{NAME:#}"));
            self.text.insert_str(start, &NAME.to_string());
        }
    }

    /// Adds lines unchanged.
    pub(crate) fn verbatim(&mut self, indent: usize, text: &str) {
        for line in visible(text).lines() {
            let line = format!("{}{line}", " ".repeat(indent));
            self.text += line.trim_end();
            self.text.push('\n');
        }
    }

    pub(crate) fn print(&self) -> Result<(), Failure> {
        print_styled(&self.text)
    }

    fn wrapped(&mut self, first: usize, further: usize, line: &str) {
        if line.is_empty() {
            return;
        }
        let (first, further) = (" ".repeat(first), " ".repeat(further));
        let options = Options::new(self.width).initial_indent(&first).subsequent_indent(&further);
        // Names with hyphens are not broken, so that they can be copied.
        let options = options.word_splitter(WordSplitter::NoHyphenation).break_words(false);
        for line in textwrap::wrap(line, options) {
            self.text += line.trim_end();
            self.text.push('\n');
        }
    }
}

/// Whether a line of Markdown does not continue the paragraph before it.
fn starts_paragraph(line: &str) -> bool {
    let text = line.trim_start();
    let is_numbered = text.trim_start_matches(|one: char| one.is_ascii_digit()).starts_with(". ")
        && text.starts_with(|one: char| one.is_ascii_digit());
    text.is_empty() || is_numbered || ["- ", "* ", "|", "#", "```"].iter().any(|mark| text.starts_with(mark))
}

/// The text with characters escaped that control the terminal or the direction of text.
pub(crate) fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for one in text.chars() {
        match one {
            '\n' => out.push('\n'),
            '\t' => out.push_str("    "),
            one if is_hidden(one) => out.extend(one.escape_default()),
            one => out.push(one),
        }
    }
    out
}
