//! Parses YAML into a tree of nodes. This is the only file that uses `serde_yaml`, and most texts do not need it
//! ([`usual_yaml`]).
//!
//! `serde_yaml` reports locations only in its errors. Nodes therefore contain only their number in document order.
//! [`Document::location`] parses the text again and raises an error at that number, so that the parser reports the line
//! and the column. The second parse is needed only if there is something to report.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::fmt;
use std::iter;
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use serde::de::{self, DeserializeSeed, Error as _, MapAccess, SeqAccess, Visitor};

use crate::diagnostics::location::Location;
use crate::reading::node::{Entry, Node, NodeId, Value};
use crate::reading::usual_yaml;

/// The minimum number of files for another thread. Fewer files are parsed faster than a thread is started.
const FEWEST_FOR_A_THREAD: usize = 16;

/// The stack size of a thread that parses: as much as the main thread of a program has.
const STACK_BYTES: usize = 8 << 20;

/// Parses texts on several threads, and passes each document to `read`, in order. In a macro, which runs unoptimised,
/// parsing takes longer than everything that follows.
pub(crate) fn parse_each<'t>(texts: &[&'t str], mut read: impl FnMut(usize, Result<Document<'t>, SyntaxError>)) {
    let next = AtomicUsize::new(0);
    let parse_one = || {
        let index = next.fetch_add(1, Ordering::Relaxed);
        texts.get(index).map(|text| (index, Document::parse(text)))
    };
    let (sender, receiver) = mpsc::channel();
    thread::scope(|scope| {
        let processors = thread::available_parallelism().map_or(1, NonZero::get);
        let threads: Vec<_> = (1..processors.min(texts.len().div_ceil(FEWEST_FOR_A_THREAD)))
            .filter_map(|_| {
                let sender = sender.clone();
                let work = move || iter::from_fn(parse_one).try_for_each(|parsed| sender.send(parsed));
                thread::Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, work).ok()
            })
            .collect();
        drop(sender);
        let mut parsed: HashMap<usize, Result<Document<'t>, SyntaxError>> = HashMap::new();
        for (index, text) in texts.iter().enumerate() {
            let document = loop {
                parsed.extend(receiver.try_iter());
                if let Some(document) = parsed.remove(&index) {
                    break document;
                }
                // If no text is left to parse, another thread is parsing the wanted one, or has panicked.
                match parse_one().or_else(|| receiver.recv().ok()) {
                    Some(one) => parsed.extend([one]),
                    None => break Document::parse(text),
                }
            };
            read(index, document);
        }
        for thread in threads {
            // If a thread has panicked, its texts were parsed here.
            drop(thread.join());
        }
    });
}

/// The reason why a text is not a YAML document.
#[derive(Debug)]
pub(crate) struct SyntaxError {
    pub(crate) location: Location,
    pub(crate) message: String,
    pub(crate) help: Option<&'static str>,
}

/// A parsed file.
#[derive(Debug)]
pub(crate) struct Document<'t> {
    text: &'t str,
    pub(crate) root: Node,
    /// The texts of the scalars that are not strings, in document order. They are read together with the document
    /// instead of on demand, because documents are parsed on other threads.
    scalars: Vec<(NodeId, String)>,
}

impl<'t> Document<'t> {
    pub(crate) fn parse(text: &'t str) -> Result<Self, SyntaxError> {
        if let Some(usual_yaml::Parsed { root, scalars }) = usual_yaml::parse(text) {
            return Ok(Self { text, root, scalars });
        }
        if let Some(at) = nested_too_deeply(text) {
            let (location, message) = (Location::of_byte(text, at), "the text is nested too deeply".to_owned());
            return Err(SyntaxError { location, message, help: None });
        }
        let counter = Cell::new(0);
        let seed = NodeSeed { counter: &counter, target: None };
        let root =
            seed.deserialize(serde_yaml::Deserializer::from_str(text)).map_err(|error| syntax_error(text, &error))?;
        let scalars = read_scalars(text, &root);
        Ok(Self { text, root, scalars })
    }

    /// Returns the location of a node or key.
    pub(crate) fn location(&self, id: NodeId) -> Location {
        let counter = Cell::new(0);
        let seed = NodeSeed { counter: &counter, target: Some(id) };
        match seed.deserialize(serde_yaml::Deserializer::from_str(self.text)) {
            Err(error) => location_of(self.text, &error).unwrap_or(Location::START),
            Ok(_) => Location::START,
        }
    }

    /// Returns a scalar exactly as it is written: `007`, `1.10` and `true` keep their form, although YAML does not read
    /// them as text. Returns `None` for lists and mappings.
    pub(crate) fn text<'n>(&'n self, node: &'n Node) -> Option<&'n str> {
        match &node.value {
            Value::Text(text) => Some(text),
            Value::Null | Value::Bool(_) | Value::Number(_) => {
                let at = self.scalars.binary_search_by_key(&node.id.0, |(id, _)| id.0).ok()?;
                self.scalars.get(at).map(|(_, text)| text.as_str())
            }
            Value::List(_) | Value::Map(_) => None,
        }
    }
}

fn read_scalars(text: &str, root: &Node) -> Vec<(NodeId, String)> {
    let mut usual = Vec::new();
    if usual_texts(root, &mut usual) && (usual.is_empty() || !may_hold_rare_forms(text)) {
        return usual;
    }
    let found = RefCell::new(Vec::new());
    let seed = ScalarSeed { node: root, found: &found };
    // The same text was parsed before, so this cannot fail. If it failed, the text would be missing, which the reader
    // reports.
    drop(seed.deserialize(serde_yaml::Deserializer::from_str(text)));
    found.into_inner()
}

/// Adds the texts of the scalars that are not strings, in document order. Returns whether all of them are known.
fn usual_texts(node: &Node, found: &mut Vec<(NodeId, String)>) -> bool {
    let text = match &node.value {
        Value::Null | Value::Text(_) => return true,
        Value::List(items) => return items.iter().all(|item| usual_texts(item, found)),
        Value::Map(entries) => return entries.iter().all(|entry| usual_texts(&entry.value, found)),
        Value::Number(None) => return false,
        Value::Number(Some(whole)) => whole.to_string(),
        Value::Bool(value) => value.to_string(),
    };
    found.push((node.id, text));
    true
}

/// Whether the text may contain a whole number or a boolean in a form that differs from Rust's, such as `0x1F`, `-0`
/// and `True`. This check avoids a second parse of nearly every file.
fn may_hold_rare_forms(text: &str) -> bool {
    let mut rest = text.as_bytes();
    let mut is_beginning = true;
    while let [one, after @ ..] = rest {
        if is_beginning && begins_a_rare_form(rest) {
            return true;
        }
        // Some line breaks of YAML are not ASCII.
        is_beginning = matches!(one, b' ' | b'\t' | b'\n' | b'\r' | b'[' | b'{' | b',' | b':' | 0x80..);
        rest = after;
    }
    false
}

fn begins_a_rare_form(text: &[u8]) -> bool {
    matches!(
        text,
        [b'+' | b'!', ..]
            | [b'0', b'x' | b'o' | b'b', ..]
            | [b'-', b'0', ..]
            | [b'T', b'r', b'u', b'e', ..]
            | [b'T', b'R', b'U', b'E', ..]
            | [b'F', b'a', b'l', b's', b'e', ..]
            | [b'F', b'A', b'L', b'S', b'E', ..]
    )
}

fn location_of(text: &str, error: &serde_yaml::Error) -> Option<Location> {
    error.location().map(|at| Location::of_byte(text, at.index()))
}

/// Converts an error of the parser. Rewrites messages that are about the parser's internals.
fn syntax_error(text: &str, error: &serde_yaml::Error) -> SyntaxError {
    let location = location_of(text, error);
    let full = error.to_string();
    // `<problem> at line 3 column 1, <context> at line 2 column 5`. All parts except the problem may be missing.
    let mut parts = full.split(" at line ");
    let problem = parts.next().unwrap_or(&full);
    let (location, message) = match problem {
        "deserializing from YAML containing more than one document is not supported" => (
            location.or_else(|| last_document(text)),
            "a file contains one document, but this is a second one".to_owned(),
        ),
        "recursion limit exceeded" => (location, "the text is nested too deeply".to_owned()),
        "repetition limit exceeded" => (location, "aliases repeat too much of the text".to_owned()),
        problem if problem.ends_with(TOO_MANY) => (location, TOO_MANY.to_owned()),
        "unknown anchor" => (location, "there is no anchor of this name".to_owned()),
        other => (location, unexpected(other).unwrap_or_else(|| not_yaml(other, parts))),
    };
    let at = error.location().map(|at| at.index());
    // The parser reports the end of the text, or of another quoted text, which is far from the quote itself.
    let unclosed = (problem == UNCLOSED_QUOTE).then(|| opening_quote(text, &full)).flatten();
    let opened = unclosed.map(|location| (location, "this quote is not closed".to_owned())).or_else(|| {
        let (opened, closed) = closed_late(text, at?)?;
        let (opened, closed) = (Location::of_byte(text, opened), Location::of_byte(text, closed));
        Some((opened, format!("this quote is only closed in line {}", closed.line)))
    });
    if let Some((location, message)) = opened {
        return SyntaxError { location, message, help: Some("close the quote, or write the text without quotes") };
    }
    if let Some(at) = at.and_then(|at| tab_in_indentation(text, at)) {
        let (location, message) = (Location::of_byte(text, at), "this line is indented with a tab".to_owned());
        return SyntaxError { location, message, help: Some("YAML is indented with spaces") };
    }
    let location = location.unwrap_or(Location::START);
    if at.and_then(|at| text.get(at..)).is_some_and(|rest| rest.starts_with('\t')) {
        let message = "a tab is used for indentation, where YAML allows only spaces".to_owned();
        return SyntaxError { location, message, help: Some("write spaces instead") };
    }
    SyntaxError { location, message, help: None }
}

const UNCLOSED_QUOTE: &str = "found unexpected end of stream";

/// Returns the last location in an error message, if there is a quote at that location.
fn opening_quote(text: &str, message: &str) -> Option<Location> {
    let (_, location) = message.rsplit_once(" at line ")?;
    let (line, column) = location.split_once(" column ")?;
    let location = Location { line: line.parse().ok()?, column: column.parse().ok()? };
    let line = text.lines().nth(location.line.checked_sub(1)?)?;
    let one = line.chars().nth(location.column.checked_sub(1)?)?;
    matches!(one, '"' | '\'').then_some(location)
}

/// Returns the beginning and the end of a quoted text that ends right before `at`, on another line than it begins. If
/// the parser fails right after such a text, its end is actually the beginning of the next one: the first quote was not
/// closed.
fn closed_late(text: &str, at: usize) -> Option<(usize, usize)> {
    let before = text.get(..at)?;
    let quote = before.chars().next_back().filter(|one| matches!(one, '"' | '\''))?;
    let closed = before.len() - 1;
    let mut inside = before.get(..closed)?;
    let opened = loop {
        let found = inside.rfind(quote)?;
        let earlier = inside.get(..found)?;
        inside = earlier;
        if quote == '"' {
            let backslashes = earlier.bytes().rev().take_while(|one| *one == b'\\').count();
            if backslashes % 2 == 0 {
                break found;
            }
        } else if let Some(shorter) = earlier.strip_suffix(quote) {
            // Two quotes are an escaped quote inside the text.
            inside = shorter;
        } else {
            break found;
        }
    };
    // A value begins after a space or a bracket; a quote inside a word is an apostrophe.
    let begins = text.get(..opened)?.chars().next_back().is_none_or(|one| one.is_whitespace() || "[{(,".contains(one));
    (begins && text.get(opened..closed)?.contains('\n')).then_some((opened, closed))
}

/// Returns the first tab of the line's indentation, if the parser stopped inside the indentation or at its end.
fn tab_in_indentation(text: &str, at: usize) -> Option<usize> {
    let start = text.get(..at)?.rfind('\n').map_or(0, |newline| newline + 1);
    let line = text.get(start..)?.split('\n').next()?;
    let indentation = line.get(..line.len() - line.trim_start_matches([' ', '\t']).len())?;
    let tab = indentation.find('\t')?;
    (at <= start + indentation.len()).then_some(start + tab)
}

/// The maximum number of open brackets. No spec has that many, even with unbalanced brackets in its texts.
const MOST_OPEN: usize = 2_000;

/// Returns the location where more brackets are open than allowed. The parser needs quadratic time to detect such
/// nesting.
fn nested_too_deeply(text: &str) -> Option<usize> {
    let mut open = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        if open > MOST_OPEN {
            return Some(at);
        }
    }
    None
}

/// Reads `path.to.it: invalid type: <found>, expected <expected>`.
fn unexpected(problem: &str) -> Option<String> {
    let (_, what) = problem.split_once("invalid type: ").or_else(|| problem.split_once("invalid value: "))?;
    let (found, expected) = what.split_once(", expected ")?;
    Some(format!("expected {expected}, found {found}"))
}

/// Returns the message with the problem, the part that the parser was reading, and the start of that part.
fn not_yaml<'e>(problem: &str, mut rest: impl Iterator<Item = &'e str>) -> String {
    let context = rest.next().and_then(|rest| rest.split_once(", ")).map(|(_, context)| context);
    let began = rest.next().and_then(|rest| rest.split(' ').next());
    match (context, began) {
        (Some(context), Some(line)) => format!("this is not valid YAML: {problem} {context} that began in line {line}"),
        (Some(context), None) => format!("this is not valid YAML: {problem} {context}"),
        (None, _) => format!("this is not valid YAML: {problem}"),
    }
}

/// Returns the location of the last of several documents.
fn last_document(text: &str) -> Option<Location> {
    let at = text.rfind("\n---")?;
    Some(Location::of_byte(text, at + 1))
}

const STOP: &str = "stopped here on purpose";

struct NodeSeed<'c> {
    counter: &'c Cell<u32>,
    target: Option<NodeId>,
}

/// The maximum number of values and keys. No spec has that many. Reading needs quadratic time for some of them.
const MOST_NODES: u32 = 400_000;

const TOO_MANY: &str = "the file has more than 400000 values and keys";

impl NodeSeed<'_> {
    fn next(&self) -> NodeId {
        let id = self.counter.get();
        self.counter.set(id.saturating_add(1));
        NodeId(id)
    }
}

impl<'de> DeserializeSeed<'de> for NodeSeed<'_> {
    type Value = Node;

    fn deserialize<D: de::Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        let id = self.next();
        if id.0 >= MOST_NODES {
            return Err(D::Error::custom(TOO_MANY));
        }
        deserializer.deserialize_any(NodeVisitor { seed: &self, id })
    }
}

struct NodeVisitor<'c> {
    seed: &'c NodeSeed<'c>,
    id: NodeId,
}

impl NodeVisitor<'_> {
    fn node<E: de::Error>(self, value: Value) -> Result<Node, E> {
        if self.seed.target == Some(self.id) { Err(E::custom(STOP)) } else { Ok(Node { id: self.id, value }) }
    }
}

impl<'de> Visitor<'de> for NodeVisitor<'_> {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_enum<A: de::EnumAccess<'de>>(self, _: A) -> Result<Node, A::Error> {
        Err(A::Error::invalid_type(de::Unexpected::Other("a tag"), &"a value without a tag"))
    }

    fn visit_unit<E: de::Error>(self) -> Result<Node, E> {
        self.node(Value::Null)
    }

    fn visit_none<E: de::Error>(self) -> Result<Node, E> {
        self.node(Value::Null)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Node, E> {
        self.node(Value::Bool(value))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Node, E> {
        self.node(Value::Number(i64::try_from(value).ok()))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Node, E> {
        self.node(Value::Number(Some(value)))
    }

    fn visit_u128<E: de::Error>(self, _: u128) -> Result<Node, E> {
        self.node(Value::Number(None))
    }

    fn visit_i128<E: de::Error>(self, _: i128) -> Result<Node, E> {
        self.node(Value::Number(None))
    }

    fn visit_f64<E: de::Error>(self, _: f64) -> Result<Node, E> {
        self.node(Value::Number(None))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Node, E> {
        self.node(Value::Text(value.to_owned()))
    }

    fn visit_string<E: de::Error>(self, value: String) -> Result<Node, E> {
        self.node(Value::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        if self.seed.target == Some(self.id) {
            return Err(A::Error::custom(STOP));
        }
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(NodeSeed { ..*self.seed })? {
            list.push(item);
        }
        self.node(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Node, A::Error> {
        if self.seed.target == Some(self.id) {
            return Err(A::Error::custom(STOP));
        }
        let mut map = Vec::new();
        while let Some((key, key_id)) = entries.next_key_seed(KeySeed(self.seed))? {
            let value = entries.next_value_seed(NodeSeed { ..*self.seed })?;
            map.push(Entry { key, key_id, value });
        }
        self.node(Value::Map(map))
    }
}

struct KeySeed<'c>(&'c NodeSeed<'c>);

impl<'de> DeserializeSeed<'de> for KeySeed<'_> {
    type Value = (String, NodeId);

    fn deserialize<D: de::Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        let id = self.0.next();
        deserializer.deserialize_str(KeyVisitor { stop: self.0.target == Some(id), id })
    }
}

struct KeyVisitor {
    stop: bool,
    id: NodeId,
}

impl Visitor<'_> for KeyVisitor {
    type Value = (String, NodeId);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key of plain text")
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Self::Value, E> {
        if self.stop { Err(E::custom(STOP)) } else { Ok((value.to_owned(), self.id)) }
    }
}

/// Walks the document along with its tree, and reads the text of each scalar.
struct ScalarSeed<'n> {
    node: &'n Node,
    found: &'n RefCell<Vec<(NodeId, String)>>,
}

impl<'de> DeserializeSeed<'de> for ScalarSeed<'_> {
    type Value = ();

    fn deserialize<D: de::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match &self.node.value {
            Value::List(_) => deserializer.deserialize_seq(self),
            Value::Map(_) => deserializer.deserialize_map(self),
            _ => deserializer.deserialize_str(self),
        }
    }
}

impl<'de> Visitor<'de> for ScalarSeed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the same document again")
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<(), E> {
        self.found.borrow_mut().push((self.node.id, value.to_owned()));
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        if let Value::List(list) = &self.node.value {
            for node in list {
                items.next_element_seed(ScalarSeed { node, found: self.found })?;
            }
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        if let Value::Map(map) = &self.node.value {
            for entry in map {
                entries.next_key::<String>()?;
                entries.next_value_seed(ScalarSeed { node: &entry.value, found: self.found })?;
            }
        }
        Ok(())
    }
}
