//! Typed reading of a YAML tree that reports every mistake and goes on.

use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::fmt::Display;

use crate::diagnostic::{Code, Diagnostic};
use crate::nearest::nearest;
use crate::synonyms::{is_key, is_known_key, known_synonym};
use crate::yaml::{Document, Entry, Node, NodeId, Position, Value};

/// More mistakes than this in one file are counted, not listed: the file is something else.
pub(crate) const MOST_PROBLEMS: usize = 50;

/// A list of more words than this helps nobody.
const MOST_WORDS: usize = 10;

/// More characters than these of a message, or behind a mistake on its line, are not shown: a text of one line may be
/// megabytes long.
const MOST_SHOWN: usize = 400;

/// Lists whose items are words: a single one, or some with commas between, is what others write in the place of a list.
const LISTS_OF_TEXTS: [&str; 5] = ["HTTP methods", "error codes", "parameter names", "region ids", "values"];

/// Mappings with no more entries than this are looked through one by one.
const FEW_ENTRIES: usize = 16;

/// One file being read, with the mistakes found so far.
pub(crate) struct FileReader<'d> {
    pub(crate) document: &'d Document<'d>,
    problems: RefCell<Vec<Problem>>,
    all_types_known: Cell<bool>,
}

/// A mistake whose place is not worked out yet.
pub(crate) struct Problem {
    at: NodeId,
    inside: Option<Inside>,
    code: Code,
    message: String,
    expected: Option<String>,
    help: Option<String>,
}

/// A place inside a text of several lines.
struct Inside {
    /// The lines before it.
    lines: usize,
    /// The characters before it on its line.
    characters: usize,
    /// The bytes it covers.
    width: usize,
}

impl Problem {
    pub(crate) fn new(at: NodeId, code: Code, message: impl Into<String>) -> Self {
        Self { at, inside: None, code, message: message.into(), expected: None, help: None }
    }

    /// Points at some bytes of the scalar's text, not at its beginning.
    pub(crate) fn inside(mut self, text: &str, offset: Option<usize>, width: usize) -> Self {
        self.inside = offset.map(|offset| {
            let place = Position::of_byte(text, offset);
            Inside { lines: place.line - 1, characters: place.column - 1, width }
        });
        self
    }

    pub(crate) fn expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = Some(expected.into());
        self
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Says what was probably meant; where nothing is near, what there is.
    pub(crate) fn did_you_mean<'k, I: Iterator<Item = &'k str>>(mut self, word: &str, known: impl Fn() -> I) -> Self {
        match nearest(word, known()) {
            Some(near) => self.help = Some(format!("did you mean `{near}`?")),
            None => self.expected = one_of(known()),
        }
        if self.help.is_none() && self.expected.is_none() {
            self.help = Some("remove it".to_owned());
        }
        self
    }
}

impl<'d> FileReader<'d> {
    pub(crate) fn new(document: &'d Document<'d>) -> Self {
        Self { document, problems: RefCell::new(Vec::new()), all_types_known: Cell::new(true) }
    }

    pub(crate) fn report(&self, problem: Problem) {
        self.problems.borrow_mut().push(problem);
    }

    /// Notes that the type of some field stays unknown, so that nothing can be held against it.
    pub(crate) fn note_unknown_type(&self) {
        self.all_types_known.set(false);
    }

    pub(crate) fn has_problems(&self) -> bool {
        !self.problems.borrow().is_empty()
    }

    /// How many names were found so far that cannot stand in the code.
    pub(crate) fn bad_names(&self) -> usize {
        let is_bad_name = |problem: &&Problem| matches!(problem.code, Code::BadName | Code::NameCollision);
        self.problems.borrow().iter().filter(is_bad_name).count()
    }

    pub(crate) fn all_types_known(&self) -> bool {
        self.all_types_known.get()
    }

    /// The mistakes with their places, in the order they stand in the file.
    pub(crate) fn into_diagnostics(self, file: &str, text: &str) -> Vec<Diagnostic> {
        let mut problems = self.problems.into_inner();
        // Shared types are read twice: as requests see them, and as responses do.
        let mut seen = HashSet::new();
        problems.retain(|problem| seen.insert((problem.at, problem.message.clone())));
        let more = problems.len().saturating_sub(MOST_PROBLEMS);
        // Many mistakes stand at one place, such as the keys that a mapping lacks.
        let mut places: Vec<(NodeId, Position)> = Vec::new();
        let mut place_of = |id: NodeId| {
            let known = places.iter().find(|(known, _)| *known == id).map(|(_, place)| *place);
            known.unwrap_or_else(|| {
                let place = self.document.position(id);
                places.push((id, place));
                place
            })
        };
        let mut diagnostics: Vec<Diagnostic> = problems
            .into_iter()
            .take(MOST_PROBLEMS)
            .map(|problem| {
                let start = place_of(problem.at);
                let inside = problem.inside.as_ref().and_then(|inside| inside_block(text, start, inside));
                let position = inside.unwrap_or(start);
                let mut diagnostic = diagnostic_at(file, text, position, problem.code, problem.message);
                if let (Some(_), Some(known)) = (inside, problem.inside) {
                    diagnostic.width = known.width;
                }
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
                for entry in repeated(entries) {
                    let message = format!("the key `{}` stands twice in {what}", entry.key);
                    self.report(Problem::new(entry.key_id, Code::DuplicateKey, message));
                }
                Some(Mapping {
                    id: node.id,
                    entries,
                    what,
                    asked: Vec::new(),
                    missing: Vec::new(),
                    odd: None,
                    misspelt: Vec::new(),
                })
            }
            _ => {
                self.wrong_type(node, &format!("a mapping for {what}"));
                None
            }
        }
    }

    pub(crate) fn list<'n>(&self, node: &'n Node, of: &str) -> &'n [Node] {
        match &node.value {
            Value::List(items) => items,
            Value::Null => &[],
            Value::Map(entries) => {
                let message = format!("expected a list of {of}, found a mapping");
                let first = entries.first().map_or("", |entry| entry.key.as_str());
                // Names are keys in other formats, and are none here.
                let is_by_name =
                    matches!(of, "parameters" | "fields") && !entries.iter().any(|entry| is_key(&entry.key, "name"));
                let help = match is_by_name && !first.is_empty() {
                    true => format!("write each of them as an item: `- {{ name: {first}, type: String }}`"),
                    false => "begin each item with a dash: `- `".to_owned(),
                };
                self.report(Problem::new(node.id, Code::WrongType, message).help(help));
                &[]
            }
            Value::Text(text) if LISTS_OF_TEXTS.contains(&of) && text.len() <= MOST_SHOWN => {
                let message = format!("expected a list of {of}, found text");
                let items: Vec<&str> = text.split(',').map(str::trim).filter(|item| !item.is_empty()).collect();
                self.report(
                    Problem::new(node.id, Code::WrongType, message).help(format!("write `[{}]`", items.join(", "))),
                );
                &[]
            }
            _ => {
                self.wrong_type(node, &format!("a list of {of}"));
                &[]
            }
        }
    }

    /// Whether this is a list, and nothing in it.
    pub(crate) fn is_empty_list(&self, node: &Node) -> bool {
        match &node.value {
            Value::List(items) => items.is_empty(),
            other => matches!(other, Value::Null),
        }
    }

    pub(crate) fn is_empty_text(&self, node: &Node) -> bool {
        matches!(&node.value, Value::Text(text) if text.is_empty())
    }

    pub(crate) fn text<'n>(&'n self, node: &'n Node, what: &str) -> Option<&'n str> {
        let text = self.scalar(node);
        if text.is_none() {
            self.wrong_type(node, &format!("{what} as text"));
        }
        text
    }

    /// The text of a scalar that says something.
    fn scalar<'n>(&'n self, node: &'n Node) -> Option<&'n str> {
        if matches!(node.value, Value::Null) { None } else { self.document.text(node) }
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
            // Not by its text, which may have a form that Rust does not read, such as `0x1F`.
            Value::Number(Some(whole)) => whole.to_string().parse().ok(),
            Value::Number(None) => self.document.text(node).and_then(|text| text.parse().ok()),
            _ => None,
        };
        if number.is_none() {
            self.wrong_type(node, what);
        }
        number
    }

    /// One of several words.
    pub(crate) fn word<T: Copy>(&self, node: &Node, what: &str, words: &[(&str, T)]) -> Option<T> {
        let known = || words.iter().map(|(word, _)| *word);
        let Some(text) = self.scalar(node) else {
            self.wrong_type(node, &one_of(known()).unwrap_or_default());
            return None;
        };
        if let Some((_, meaning)) = words.iter().find(|(word, _)| *word == text) {
            return Some(*meaning);
        }
        self.report(
            Problem::new(node.id, Code::UnknownWord, format!("`{text}` is no {what}")).did_you_mean(text, known),
        );
        None
    }

    fn wrong_type(&self, node: &Node, expected: &str) {
        let found = match &node.value {
            Value::Null => "nothing".to_owned(),
            Value::Bool(_) => "a boolean".to_owned(),
            Value::Number(_) => format!("the number {}", self.document.text(node).unwrap_or_default()),
            Value::Text(_) => "text".to_owned(),
            Value::List(_) => "a list".to_owned(),
            Value::Map(_) => "a mapping".to_owned(),
        };
        self.report(Problem::new(node.id, Code::WrongType, format!("expected {expected}, found {found}")));
    }
}

/// A mapping whose keys are asked for one after the other; what nobody asked for is unknown.
pub(crate) struct Mapping<'n> {
    pub(crate) id: NodeId,
    entries: &'n [Entry],
    what: &'static str,
    asked: Vec<&'static str>,
    missing: Vec<&'static str>,
    /// Entries whose key no mapping of a spec has. They are looked for where a key is missing.
    odd: Option<Vec<&'n Entry>>,
    /// Entries that are read as if their key was the meant one, so that nothing else is held against them.
    misspelt: Vec<(&'n Entry, &'static str)>,
}

impl<'n> Mapping<'n> {
    pub(crate) fn entries(&self) -> &'n [Entry] {
        self.entries
    }

    pub(crate) fn get(&mut self, key: &'static str) -> Option<&'n Node> {
        if !self.asked.contains(&key) {
            self.asked.push(key);
        }
        if let Some(entry) = self.entries.iter().find(|entry| entry.key == key) {
            return Some(&entry.value);
        }
        if let Some((entry, _)) = self.misspelt.iter().find(|(_, meant)| *meant == key) {
            return Some(&entry.value);
        }
        let entries = self.entries;
        let odd = self.odd.get_or_insert_with(|| entries.iter().filter(|entry| !is_known_key(&entry.key)).collect());
        let entry = match odd.iter().position(|entry| is_key(&entry.key, key)) {
            Some(at) => odd.swap_remove(at),
            None => {
                let other = known_synonym(key)?;
                entries.iter().find(|entry| entry.key == other)?
            }
        };
        self.misspelt.push((entry, key));
        Some(&entry.value)
    }

    pub(crate) fn key_id(&self, key: &str) -> NodeId {
        self.entries.iter().find(|entry| entry.key == key).map_or(self.id, |entry| entry.key_id)
    }

    /// As [`Mapping::get`]; [`Mapping::finish`] reports where there is none.
    pub(crate) fn required(&mut self, key: &'static str) -> Option<&'n Node> {
        let found = self.get(key);
        if found.is_none() {
            self.missing.push(key);
        }
        found
    }

    pub(crate) fn text(&mut self, reader: &'n FileReader<'_>, key: &'static str) -> Option<&'n str> {
        let node = self.get(key)?;
        reader.text(node, &format!("the `{key}`"))
    }

    pub(crate) fn required_text(&mut self, reader: &'n FileReader<'_>, key: &'static str) -> Option<&'n str> {
        let node = self.required(key)?;
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

    /// Reports every key that was not asked for, and the required ones that are not there. A misspelt required key is
    /// one mistake, not two.
    pub(crate) fn finish(mut self, reader: &FileReader<'_>) {
        for (entry, meant) in &self.misspelt {
            let message = format!("{} has no key `{}`", self.what, entry.key);
            let problem = Problem::new(entry.key_id, Code::UnknownKey, message);
            reader.report(problem.help(format!("did you mean `{meant}`?")));
        }
        let is_misspelt = |entry: &Entry| self.misspelt.iter().any(|(other, _)| other.key_id == entry.key_id);
        let mut unknown = self
            .entries
            .iter()
            .filter(|entry| !self.asked.contains(&entry.key.as_str()) && !is_misspelt(entry))
            .peekable();
        if unknown.peek().is_none() && self.missing.is_empty() {
            return;
        }
        let present: HashSet<&str> = self.entries.iter().map(|entry| entry.key.as_str()).collect();
        for entry in unknown {
            let free = || self.asked.iter().copied().filter(|key| !present.contains(key));
            let message = format!("{} has no key `{}`", self.what, entry.key);
            let problem = Problem::new(entry.key_id, Code::UnknownKey, message);
            if let Some(meant) = self.asked.iter().find(|key| is_key(&entry.key, key)) {
                // The meant key, or another synonym of it, was read in its place.
                reader.report(problem.help(format!("put it under the one key `{meant}`, which stands here already")));
                continue;
            }
            match nearest(&entry.key, self.missing.iter().copied()) {
                Some(meant) => {
                    reader.report(problem.help(format!("did you mean `{meant}`?")));
                    self.missing.retain(|key| *key != meant);
                }
                None => reader.report(problem.did_you_mean(&entry.key, free)),
            }
        }
        for key in self.missing {
            let message = format!("{} needs a key `{key}`", self.what);
            reader.report(Problem::new(self.id, Code::MissingKey, message));
        }
    }
}

/// The entries whose key stood before. Most mappings are small, and are looked through sooner than keys are hashed: macros
/// run unoptimised.
fn repeated(entries: &[Entry]) -> Vec<&Entry> {
    let are_few = entries.len() <= FEW_ENTRIES;
    let mut seen = HashSet::new();
    let mut stood_before = |index: usize, key| match are_few {
        true => entries.iter().take(index).any(|earlier| earlier.key == key),
        false => !seen.insert(key),
    };
    let entries = entries.iter().enumerate();
    entries.filter(|(index, entry)| stood_before(*index, entry.key.as_str())).map(|(_, entry)| entry).collect()
}

/// `a`, `b`, `c`
pub(crate) fn quoted<T: Display>(words: impl IntoIterator<Item = T>) -> String {
    words.into_iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// What was expected, as far as a short list can say it.
fn one_of<'k>(words: impl Iterator<Item = &'k str>) -> Option<String> {
    let words: Vec<&str> = words.collect();
    let shown = quoted(words.iter().take(MOST_WORDS));
    match (words.len(), words.len().saturating_sub(MOST_WORDS)) {
        (0, _) => None,
        (1, _) => Some(shown),
        (_, 0) => Some(format!("one of {shown}")),
        (_, more) => Some(format!("one of {shown} or {more} more")),
    }
}

/// Where a place inside a literal block scalar, whose header is at `header`, stands in the file. `None` for other
/// scalars: their lines are not the file's.
fn inside_block(text: &str, header: Position, inside: &Inside) -> Option<Position> {
    let mut lines = text.lines().skip(header.line.saturating_sub(1));
    let mark: String = lines.next()?.chars().skip(header.column.saturating_sub(1)).collect();
    if !matches!(mark.trim_end(), "|" | "|-" | "|+") {
        return None;
    }
    let first = lines.find(|line| !line.trim().is_empty())?;
    let indent = first.len() - first.trim_start_matches(' ').len();
    Some(Position { line: header.line + 1 + inside.lines, column: indent + 1 + inside.characters })
}

/// A diagnostic at a place of a text, underlining the token that starts there.
pub(crate) fn diagnostic_at(file: &str, text: &str, at: Position, code: Code, message: String) -> Diagnostic {
    let line = text.lines().nth(at.line.saturating_sub(1)).unwrap_or_default();
    let source_line = clipped(line, at.column + MOST_SHOWN).to_owned();
    let rest: String = source_line.chars().skip(at.column.saturating_sub(1)).collect();
    Diagnostic {
        code,
        file: file.to_owned(),
        line: at.line,
        column: at.column,
        message: clipped(&message, MOST_SHOWN).to_owned(),
        expected: None,
        help: None,
        width: token_width(&rest),
        source_line,
    }
}

/// The text's beginning, of no more characters than this.
fn clipped(text: &str, characters: usize) -> &str {
    let end = text.char_indices().nth(characters).map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or(text)
}

/// How many bytes of the line belong to the key or value it starts with.
fn token_width(rest: &str) -> usize {
    let Some(first) = rest.chars().next() else { return 1 };
    let least = first.len_utf8();
    match first {
        '"' | '\'' => rest.get(1..).and_then(|inner| inner.find(first)).map_or(rest.len(), |end| end + 2),
        '[' | '{' => closing(rest, 1).map_or(least, |at| at + 1),
        _ => {
            let marks = [": ", " #", ", "].iter().filter_map(|mark| rest.find(mark));
            let end = marks.chain(closing(rest, 0)).min().unwrap_or(rest.len());
            let token = rest.get(..end).unwrap_or(rest).trim_end();
            token.strip_suffix(':').unwrap_or(token).len().max(least)
        }
    }
}

/// The first bracket that leaves fewer than `depth` of them open, or the first that was not opened here.
fn closing(rest: &str, depth: usize) -> Option<usize> {
    let mut open = 0_usize;
    for (at, one) in rest.char_indices() {
        match one {
            '[' | '{' => open += 1,
            ']' | '}' if open <= depth => return Some(at),
            ']' | '}' => open -= 1,
            _ => {}
        }
    }
    None
}
