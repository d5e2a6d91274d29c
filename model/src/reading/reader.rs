//! Reads a YAML tree with types. Reports every error and continues.

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};

use crate::diagnostics::carets::MOST_SHOWN;
use crate::diagnostics::diagnostic::{Code, Diagnostic};
use crate::diagnostics::location::Location;
use crate::nearest::nearest;
use crate::reading::node::{Entry, Node, NodeId, Value};
use crate::reading::problem::{Problem, one_of};
use crate::reading::synonyms::{is_key, is_known_key, known_synonym};
use crate::reading::yaml::Document;
use crate::spec::words::Word;

/// The maximum number of errors that are listed for one file. A file with more errors is probably not a spec.
pub(crate) const MOST_PROBLEMS: usize = 50;

/// Lists whose items are words. People often write a single word, or words separated by commas, instead of a list.
const LISTS_OF_TEXTS: [&str; 5] = ["HTTP methods", "error codes", "parameter names", "region ids", "values"];

/// The maximum number of entries that are searched one by one.
const FEW_ENTRIES: usize = 16;

/// The name of the API style in messages.
pub(crate) const API_STYLE: &str = "API style";

/// A file that is being read, with the errors found so far.
pub(crate) struct FileReader<'d> {
    pub(crate) document: &'d Document<'d>,
    problems: RefCell<Vec<Problem>>,
    all_types_known: Cell<bool>,
}

impl<'d> FileReader<'d> {
    pub(crate) fn new(document: &'d Document<'d>) -> Self {
        Self { document, problems: RefCell::new(Vec::new()), all_types_known: Cell::new(true) }
    }

    pub(crate) fn report(&self, problem: Problem) {
        self.problems.borrow_mut().push(problem);
    }

    /// Records that the type of a field is unknown, so that later checks do not report the operation for it.
    pub(crate) fn note_unknown_type(&self) {
        self.all_types_known.set(false);
    }

    pub(crate) fn has_problems(&self) -> bool {
        !self.problems.borrow().is_empty()
    }

    /// Returns the number of names found so far that cannot be used in the generated code.
    pub(crate) fn bad_names(&self) -> usize {
        let is_bad_name = |problem: &&Problem| matches!(problem.code, Code::BadName | Code::NameCollision);
        self.problems.borrow().iter().filter(is_bad_name).count()
    }

    pub(crate) fn all_types_known(&self) -> bool {
        self.all_types_known.get()
    }

    /// Returns the errors with their locations, in the order of the file.
    pub(crate) fn into_diagnostics(self, file: &str, text: &str) -> Vec<Diagnostic> {
        let mut problems = self.problems.into_inner();
        // Shared types are read twice: once for requests, and once for responses.
        let mut seen = HashSet::new();
        problems.retain(|problem| seen.insert((problem.at, problem.message.clone())));
        let more = problems.len().saturating_sub(MOST_PROBLEMS);
        // Many errors share a location, such as the missing keys of a mapping.
        let mut locations: HashMap<NodeId, Location> = HashMap::new();
        let mut location_of = |id: NodeId| *locations.entry(id).or_insert_with(|| self.document.location(id));
        let mut diagnostics: Vec<Diagnostic> = problems
            .into_iter()
            .take(MOST_PROBLEMS)
            .map(|problem| {
                let start = location_of(problem.at);
                problem.into_diagnostic(file, text, start)
            })
            .collect();
        diagnostics.sort_by_key(|diagnostic| (diagnostic.line, diagnostic.column));
        if let (Some(last), true) = (diagnostics.last_mut(), more > 0) {
            last.help = Some(format!("{more} more errors in this file are not shown"));
        }
        diagnostics
    }

    pub(crate) fn mapping<'n>(&self, node: &'n Node, what: &'static str) -> Option<Mapping<'n>> {
        match &node.value {
            Value::Map(entries) => {
                for entry in repeated(entries) {
                    let message = format!("the key `{}` appears twice in {what}", entry.key);
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
                // In other formats, the names of fields are keys. In specs, they are not.
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

    /// Whether the node is an empty list.
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

    /// Returns the text of a scalar that is not empty.
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

    /// Reads a scalar as a `T`.
    pub(crate) fn number<T: std::str::FromStr>(&self, node: &Node, what: &str) -> Option<T> {
        let number = match &node.value {
            // The text may have a form that Rust does not parse, such as `0x1F`, so the value is converted instead.
            Value::Number(Some(whole)) => whole.to_string().parse().ok(),
            Value::Number(None) => self.document.text(node).and_then(|text| text.parse().ok()),
            _ => None,
        };
        if number.is_none() {
            self.wrong_type(node, what);
        }
        number
    }

    /// Reads a word of the format.
    pub(crate) fn word<T: Word>(&self, node: &Node, what: &str) -> Option<T> {
        self.one_of(node, what, T::ALL)
    }

    /// Reads a word of the format, if it is one of those allowed here.
    pub(crate) fn one_of<T: Word>(&self, node: &Node, what: &str, allowed: &[T]) -> Option<T> {
        let known = || allowed.iter().map(|value| value.as_str());
        let Some(text) = self.scalar(node) else {
            self.wrong_type(node, &one_of(known()).unwrap_or_default());
            return None;
        };
        let found = allowed.iter().copied().find(|value| value.as_str() == text);
        if found.is_none() {
            let problem = Problem::new(node.id, Code::UnknownWord, format!("`{text}` is not a valid {what}"));
            self.report(problem.did_you_mean(text, known));
        }
        found
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

/// A mapping whose keys are read one after the other. Keys that are never read are unknown.
pub(crate) struct Mapping<'n> {
    pub(crate) id: NodeId,
    entries: &'n [Entry],
    what: &'static str,
    /// The keys that were read, some of them several times.
    asked: Vec<&'static str>,
    missing: Vec<&'static str>,
    /// The entries whose key is unknown in all mappings of specs. One of them may be meant if a key is missing.
    odd: Option<Vec<&'n Entry>>,
    /// The entries that are read as if they had the right key, so that the misspelt key is the only error.
    misspelt: Vec<(&'n Entry, &'static str)>,
}

impl<'n> Mapping<'n> {
    pub(crate) fn entries(&self) -> &'n [Entry] {
        self.entries
    }

    pub(crate) fn get(&mut self, key: &'static str) -> Option<&'n Node> {
        self.asked.push(key);
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

    /// Like [`Mapping::get`], but [`Mapping::finish`] reports the key if it is missing.
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

    /// Reports keys that were never read, and required keys that are missing. A misspelt required key is one error, not
    /// two.
    pub(crate) fn finish(mut self, reader: &FileReader<'_>) {
        for (entry, meant) in &self.misspelt {
            let message = format!("{} has no key `{}`", self.what, entry.key);
            let problem = Problem::new(entry.key_id, Code::UnknownKey, message);
            reader.report(problem.help(format!("did you mean `{meant}`?")));
        }
        let is_misspelt = |entry: &Entry| self.misspelt.iter().any(|(other, _)| other.key_id == entry.key_id);
        let is_unknown = |entry: &&Entry| !self.asked.contains(&entry.key.as_str()) && !is_misspelt(entry);
        let unknown: Vec<&Entry> = self.entries.iter().filter(is_unknown).collect();
        if unknown.is_empty() && self.missing.is_empty() {
            return;
        }
        let mut once = HashSet::new();
        self.asked.retain(|key| once.insert(*key));
        let present: HashSet<&str> = self.entries.iter().map(|entry| entry.key.as_str()).collect();
        for entry in unknown {
            let free = || self.asked.iter().copied().filter(|key| !present.contains(key));
            let message = format!("{} has no key `{}`", self.what, entry.key);
            let problem = Problem::new(entry.key_id, Code::UnknownKey, message);
            if let Some(meant) = self.asked.iter().find(|key| is_key(&entry.key, key)) {
                // The right key, or another synonym of it, was read instead.
                reader.report(problem.help(format!("move it to the key `{meant}`, which is already here")));
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

/// Returns the entries whose key appears earlier. Most mappings are small, and searching them is faster than hashing
/// keys, because macros run unoptimised.
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
