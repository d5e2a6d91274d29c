//! Typed reading of a YAML tree that reports every mistake and goes on.

use std::cell::RefCell;
use std::fmt::Display;

use crate::diagnostic::{Code, Diagnostic};
use crate::naming::nearest;
use crate::yaml::{Document, Entry, Node, NodeId, Position, Value};

/// More mistakes than this in one file are counted, not listed: the file is something else.
const MOST_PROBLEMS: usize = 50;

/// One file being read, with the mistakes found so far.
pub(crate) struct FileReader<'d> {
    pub(crate) document: &'d Document<'d>,
    problems: RefCell<Vec<Problem>>,
}

/// A mistake whose place is not worked out yet.
pub(crate) struct Problem {
    at: NodeId,
    code: Code,
    message: String,
    expected: Option<String>,
    help: Option<String>,
}

impl Problem {
    pub(crate) fn new(at: NodeId, code: Code, message: impl Into<String>) -> Self {
        Self { at, code, message: message.into(), expected: None, help: None }
    }

    pub(crate) fn expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = Some(expected.into());
        self
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Says what was probably meant, where there is anything near.
    pub(crate) fn did_you_mean<'k>(mut self, word: &str, known: impl IntoIterator<Item = &'k str>) -> Self {
        if let Some(near) = nearest(word, known) {
            self.help = Some(format!("did you mean `{near}`?"));
        }
        self
    }
}

impl<'d> FileReader<'d> {
    pub(crate) fn new(document: &'d Document<'d>) -> Self {
        Self { document, problems: RefCell::new(Vec::new()) }
    }

    pub(crate) fn report(&self, problem: Problem) {
        self.problems.borrow_mut().push(problem);
    }

    pub(crate) fn is_clean(&self) -> bool {
        self.problems.borrow().is_empty()
    }

    /// The mistakes with their places, in the order they stand in the file.
    pub(crate) fn into_diagnostics(self, file: &str, text: &str) -> Vec<Diagnostic> {
        let problems = self.problems.into_inner();
        let more = problems.len().saturating_sub(MOST_PROBLEMS);
        let mut diagnostics: Vec<Diagnostic> = problems
            .into_iter()
            .take(MOST_PROBLEMS)
            .map(|problem| {
                let position = self.document.position(problem.at);
                let mut diagnostic = diagnostic_at(file, text, position, problem.code, problem.message);
                diagnostic.expected = problem.expected;
                diagnostic.help = problem.help;
                diagnostic
            })
            .collect();
        diagnostics.sort_by_key(|diagnostic| (diagnostic.line, diagnostic.column));
        if let (Some(last), true) = (diagnostics.last_mut(), more > 0) {
            last.help = Some(format!("{more} more mistakes in this file are not shown"));
        }
        diagnostics
    }

    pub(crate) fn mapping<'n>(&self, node: &'n Node, what: &'static str) -> Option<Mapping<'n>> {
        match &node.value {
            Value::Map(entries) => {
                for (index, entry) in entries.iter().enumerate() {
                    if entries.iter().take(index).any(|other| other.key == entry.key) {
                        self.report(Problem::new(
                            entry.key_id,
                            Code::DuplicateKey,
                            format!("the key `{}` stands twice in {what}", entry.key),
                        ));
                    }
                }
                Some(Mapping { id: node.id, entries, what, asked: Vec::new() })
            }
            _ => {
                self.wrong_type(node, &format!("a mapping with the keys of {what}"));
                None
            }
        }
    }

    pub(crate) fn list<'n>(&self, node: &'n Node, of: &str) -> &'n [Node] {
        match &node.value {
            Value::List(items) => items,
            Value::Null => &[],
            _ => {
                self.wrong_type(node, &format!("a list of {of}"));
                &[]
            }
        }
    }

    pub(crate) fn text<'n>(&'n self, node: &'n Node, what: &str) -> Option<&'n str> {
        match &node.value {
            Value::Null | Value::List(_) | Value::Map(_) => {
                self.wrong_type(node, &format!("{what}, as text"));
                None
            }
            _ => self.document.text(node),
        }
    }

    pub(crate) fn flag(&self, node: &Node) -> bool {
        match &node.value {
            Value::Bool(value) => *value,
            _ => {
                self.wrong_type(node, "`true` or `false`");
                false
            }
        }
    }

    /// A scalar that must read as `T`.
    pub(crate) fn number<T: std::str::FromStr>(&self, node: &Node, what: &str) -> Option<T> {
        let number = match &node.value {
            Value::Number => self.document.text(node).and_then(|text| text.parse().ok()),
            _ => None,
        };
        if number.is_none() {
            self.wrong_type(node, what);
        }
        number
    }

    /// One of several words.
    pub(crate) fn word<T: Copy>(&self, node: &Node, what: &str, words: &[(&str, T)]) -> Option<T> {
        let text = self.text(node, what)?;
        if let Some((_, meaning)) = words.iter().find(|(word, _)| *word == text) {
            return Some(*meaning);
        }
        self.report(
            Problem::new(node.id, Code::UnknownWord, format!("`{text}` is no {what}"))
                .expected(format!("one of {}", quoted(words.iter().map(|(word, _)| *word))))
                .did_you_mean(text, words.iter().map(|(word, _)| *word)),
        );
        None
    }

    fn wrong_type(&self, node: &Node, expected: &str) {
        let found = match &node.value {
            Value::Null => "nothing",
            Value::Bool(_) => "a boolean",
            Value::Number => "a number",
            Value::Text(_) => "text",
            Value::List(_) => "a list",
            Value::Map(_) => "a mapping",
        };
        self.report(Problem::new(node.id, Code::WrongType, format!("found {found}")).expected(expected));
    }
}

/// A mapping whose keys are asked for one after the other; what nobody asked for is unknown.
pub(crate) struct Mapping<'n> {
    pub(crate) id: NodeId,
    entries: &'n [Entry],
    what: &'static str,
    asked: Vec<&'static str>,
}

impl<'n> Mapping<'n> {
    pub(crate) fn entries(&self) -> &'n [Entry] {
        self.entries
    }

    pub(crate) fn get(&mut self, key: &'static str) -> Option<&'n Node> {
        self.asked.push(key);
        self.entries.iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }

    pub(crate) fn key_id(&self, key: &str) -> NodeId {
        self.entries.iter().find(|entry| entry.key == key).map_or(self.id, |entry| entry.key_id)
    }

    pub(crate) fn required(&mut self, reader: &FileReader<'_>, key: &'static str) -> Option<&'n Node> {
        let found = self.get(key);
        if found.is_none() {
            let mut problem = Problem::new(self.id, Code::MissingKey, format!("{} has no `{key}`", self.what))
                .expected(format!("a key `{key}`"));
            let others =
                self.entries.iter().map(|entry| entry.key.as_str()).filter(|other| !self.asked.contains(other));
            if let Some(near) = nearest(key, others) {
                problem = problem.help(format!("is `{near}` meant to be `{key}`?"));
            }
            reader.report(problem);
        }
        found
    }

    pub(crate) fn text(&mut self, reader: &'n FileReader<'_>, key: &'static str) -> Option<&'n str> {
        let node = self.get(key)?;
        reader.text(node, &format!("the `{key}`"))
    }

    pub(crate) fn required_text(&mut self, reader: &'n FileReader<'_>, key: &'static str) -> Option<&'n str> {
        let node = self.required(reader, key)?;
        reader.text(node, &format!("the `{key}`"))
    }

    pub(crate) fn owned_text(&mut self, reader: &'n FileReader<'_>, key: &'static str) -> String {
        self.text(reader, key).map(|text| text.trim_end().to_owned()).unwrap_or_default()
    }

    pub(crate) fn flag(&mut self, reader: &FileReader<'_>, key: &'static str) -> bool {
        self.get(key).is_some_and(|node| reader.flag(node))
    }

    pub(crate) fn list(&mut self, reader: &FileReader<'_>, key: &'static str, of: &str) -> &'n [Node] {
        self.get(key).map_or(&[], |node| reader.list(node, of))
    }

    /// Reports every key that was not asked for.
    pub(crate) fn finish(self, reader: &FileReader<'_>) {
        for entry in self.entries.iter().filter(|entry| !self.asked.contains(&entry.key.as_str())) {
            reader.report(
                Problem::new(entry.key_id, Code::UnknownKey, format!("{} has no key `{}`", self.what, entry.key))
                    .expected(format!("one of {}", quoted(self.asked.iter().copied())))
                    .did_you_mean(&entry.key, self.asked.iter().copied()),
            );
        }
    }
}

/// `a`, `b`, `c`
pub(crate) fn quoted<T: Display>(words: impl IntoIterator<Item = T>) -> String {
    words.into_iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// A diagnostic at a place of a text, underlining the token that starts there.
pub(crate) fn diagnostic_at(file: &str, text: &str, at: Position, code: Code, message: String) -> Diagnostic {
    let source_line = text.lines().nth(at.line.saturating_sub(1)).unwrap_or_default().to_owned();
    let rest: String = source_line.chars().skip(at.column.saturating_sub(1)).collect();
    Diagnostic {
        code,
        file: file.to_owned(),
        line: at.line,
        column: at.column,
        message,
        expected: None,
        help: None,
        width: token_width(&rest),
        source_line,
    }
}

/// How many bytes of the line belong to the key or scalar it starts with.
fn token_width(rest: &str) -> usize {
    if let Some(quote) = rest.chars().next().filter(|first| matches!(first, '"' | '\'')) {
        return rest.get(1..).and_then(|inner| inner.find(quote)).map_or(rest.len(), |end| end + 2);
    }
    let ends = [": ", " #", ", ", "]", "}"].iter().filter_map(|mark| rest.find(mark)).min();
    let token = rest.get(..ends.unwrap_or(rest.len())).unwrap_or(rest).trim_end();
    token.strip_suffix(':').unwrap_or(token).len().max(1)
}
