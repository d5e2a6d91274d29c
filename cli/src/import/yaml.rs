//! Reads and writes the YAML of spec files. No library formats it like people do: with literal blocks, short lists on
//! one line, and quotes only if needed. Scalars are read unchanged, as text.

use std::fmt;

use crate::hidden_characters::is_hidden;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::Value;

/// The maximum length of a line, if a value can be broken.
const WIDTH: usize = 120;

/// The keys whose value is on one line if it fits.
const ON_ONE_LINE: &[&str] =
    &["methods", "values", "length", "count", "range", "limits", "items", "any_of", "together"];

/// A value of a spec file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Node {
    /// Text, quoted if YAML would read it as another value.
    Text(String),
    /// A number, a boolean or null, unchanged.
    Bare(String),
    List(Vec<Node>),
    Map(Vec<(String, Node)>),
}

impl Node {
    pub(crate) fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        self.entries().iter().find(|(known, _)| known == key).map(|(_, node)| node)
    }

    pub(crate) fn entries(&self) -> &[(String, Node)] {
        if let Self::Map(entries) = self { entries } else { &[] }
    }

    pub(crate) fn items(&self) -> &[Node] {
        if let Self::List(items) = self { items } else { &[] }
    }

    /// The text of a scalar.
    pub(crate) fn scalar(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Bare(text) => Some(text),
            Self::List(_) | Self::Map(_) => None,
        }
    }

    /// Whether both have the same meaning in a spec. Ignores the order of keys and the quotes of scalars.
    pub(crate) fn says_the_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Map(one), Self::Map(two)) => {
                one.len() == two.len()
                    && one.iter().all(|(key, value)| other.get(key).is_some_and(|twin| value.says_the_same(twin)))
            }
            (Self::List(one), Self::List(two)) => {
                one.len() == two.len() && one.iter().zip(two).all(|(one, two)| one.says_the_same(two))
            }
            (one, two) => one.scalar().is_some() && one.scalar().map(str::trim_end) == two.scalar().map(str::trim_end),
        }
    }

    /// Reads a file.
    pub(crate) fn parse(text: &str) -> Result<Self, serde_yaml::Error> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        // A `Value` loses digits, such as that of `1.10`. It only has the kinds; the scalars are read again as text.
        let shape: Value = serde_yaml::from_str(text)?;
        Written(&shape).deserialize(serde_yaml::Deserializer::from_str(text))
    }

    /// The value on one line, for messages.
    pub(crate) fn in_one_line(&self) -> String {
        let mut line = String::new();
        write_flow(&mut line, self);
        line
    }

    /// Writes a file.
    pub(crate) fn to_yaml(&self) -> String {
        let mut out = String::new();
        match self {
            Self::Map(entries) if !entries.is_empty() => write_entries(&mut out, entries, 0),
            other => {
                write_flow(&mut out, other);
                out.push('\n');
            }
        }
        out
    }
}

/// Reads a value whose kind is known, with unchanged scalars.
struct Written<'v>(&'v Value);

impl<'de> DeserializeSeed<'de> for Written<'_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        match self.0 {
            Value::Sequence(_) => deserializer.deserialize_seq(self),
            Value::Mapping(_) => deserializer.deserialize_map(self),
            Value::Tagged(_) => Err(serde::de::Error::custom("the value has a tag, which specs do not support")),
            // A missing value is not the text `~`.
            Value::Null => deserializer.deserialize_any(self),
            _ => deserializer.deserialize_str(self),
        }
    }
}

impl<'de> Visitor<'de> for Written<'_> {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the same document again")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Bare("null".to_owned()))
    }

    fn visit_str<E>(self, text: &str) -> Result<Node, E> {
        Ok(if self.0.is_string() { Node::text(text) } else { Node::Bare(text.to_owned()) })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Node, A::Error> {
        let mut items = Vec::new();
        for value in self.0.as_sequence().into_iter().flatten() {
            items.extend(sequence.next_element_seed(Written(value))?);
        }
        Ok(Node::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut entries = Vec::new();
        for (_, value) in self.0.as_mapping().into_iter().flatten() {
            if let Some(key) = map.next_key::<String>()? {
                entries.push((key, map.next_value_seed(Written(value))?));
            }
        }
        Ok(Node::Map(entries))
    }
}

fn write_entries(out: &mut String, entries: &[(String, Node)], indent: usize) {
    for (index, (key, value)) in entries.iter().enumerate() {
        // The first entry of an item follows the dash.
        if index > 0 || out.is_empty() || out.ends_with('\n') {
            push_spaces(out, indent);
        }
        write_entry(out, key, value, indent);
    }
}

fn write_entry(out: &mut String, key: &str, value: &Node, indent: usize) {
    out.push_str(&scalar(key, false));
    out.push(':');
    let column = indent + scalar(key, false).chars().count() + 2;
    match value {
        Node::Text(text) => {
            out.push(' ');
            write_text(out, text, indent, column);
        }
        Node::List(_) | Node::Map(_) => match one_line(key, value, column) {
            Some(line) => {
                out.push(' ');
                out.push_str(&line);
                out.push('\n');
            }
            None => {
                out.push('\n');
                write_block(out, value, indent + 2);
            }
        },
        Node::Bare(text) => {
            out.push(' ');
            out.push_str(text);
            out.push('\n');
        }
    }
}

fn write_block(out: &mut String, value: &Node, indent: usize) {
    match value {
        Node::Map(entries) => write_entries(out, entries, indent),
        Node::List(items) => {
            for item in items {
                push_spaces(out, indent);
                out.push_str("- ");
                write_item(out, item, indent);
            }
        }
        Node::Text(_) | Node::Bare(_) => {}
    }
}

fn write_item(out: &mut String, item: &Node, indent: usize) {
    match item {
        Node::Text(text) => write_text(out, text, indent, indent + 2),
        Node::Map(entries) if !entries.is_empty() => write_entries(out, entries, indent + 2),
        Node::Map(_) | Node::Bare(_) | Node::List(_) => {
            write_flow(out, item);
            out.push('\n');
        }
    }
}

/// A short or empty list or mapping, which goes on the line of its key.
fn one_line(key: &str, value: &Node, column: usize) -> Option<String> {
    let is_empty = value.items().is_empty() && value.entries().is_empty();
    if !is_empty && (!ON_ONE_LINE.contains(&key) || !is_shallow(value)) {
        return None;
    }
    let mut line = String::new();
    write_flow(&mut line, value);
    (is_empty || column + line.chars().count() <= WIDTH).then_some(line)
}

fn is_shallow(value: &Node) -> bool {
    let is_plain = |node: &Node| node.scalar().is_some_and(|text| !text.contains('\n'));
    match value {
        Node::List(items) => items.iter().all(|item| is_plain(item) || item.items().iter().all(is_plain)),
        Node::Map(entries) => entries.iter().all(|(_, value)| is_plain(value)),
        Node::Text(_) | Node::Bare(_) => true,
    }
}

fn write_flow(out: &mut String, value: &Node) {
    match value {
        Node::Text(text) => out.push_str(&scalar(text, true)),
        Node::Bare(text) => out.push_str(text),
        Node::List(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                out.push_str(if index > 0 { ", " } else { "" });
                write_flow(out, item);
            }
            out.push(']');
        }
        Node::Map(entries) if entries.is_empty() => out.push_str("{}"),
        Node::Map(entries) => {
            out.push_str("{ ");
            for (index, (key, value)) in entries.iter().enumerate() {
                out.push_str(if index > 0 { ", " } else { "" });
                out.push_str(&scalar(key, true));
                out.push_str(": ");
                write_flow(out, value);
            }
            out.push_str(" }");
        }
    }
}

/// Writes text after a key or a dash: a literal block if it has several lines, folded if it is long, else on the same line.
fn write_text(out: &mut String, text: &str, indent: usize, column: usize) {
    let is_visible = text.chars().all(|one| one == '\n' || !is_hidden(one));
    if text.contains('\n') && is_visible && is_literal(text) {
        let kept = text.len() - text.trim_end_matches('\n').len();
        out.push_str(match kept {
            0 => "|-\n",
            1 => "|\n",
            _ => "|+\n",
        });
        for line in text.strip_suffix('\n').unwrap_or(text).split('\n') {
            if !line.is_empty() {
                push_spaces(out, indent + 2);
                out.push_str(line);
            }
            out.push('\n');
        }
        return;
    }
    let single = scalar(text, false);
    let is_long = column + single.chars().count() > WIDTH;
    if is_long && is_visible && is_foldable(text) {
        out.push_str(">-\n");
        write_folded(out, text, indent + 2);
        return;
    }
    out.push_str(&single);
    out.push('\n');
}

/// Whether a text can be a literal block: YAML takes the indentation from the first line.
fn is_literal(text: &str) -> bool {
    !text.starts_with([' ', '\n']) && !text.trim_matches('\n').is_empty()
}

/// Whether a text keeps its value if it is broken into lines at spaces.
fn is_foldable(text: &str) -> bool {
    text.contains(' ') && !text.contains("  ") && !text.contains('\n') && text.trim() == text
}

fn write_folded(out: &mut String, text: &str, indent: usize) {
    let mut column = 0;
    for word in text.split(' ') {
        let width = word.chars().count();
        if column > 0 && column + 1 + width > WIDTH {
            out.push('\n');
            column = 0;
        }
        if column == 0 {
            push_spaces(out, indent);
            column = indent;
        } else {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += width;
    }
    out.push('\n');
}

/// A scalar on one line: plain if YAML reads it as the same text, else quoted.
fn scalar(text: &str, in_flow: bool) -> String {
    if is_plain(text, in_flow) {
        text.to_owned()
    } else if text.chars().all(|one| !is_hidden(one)) && text.contains(['"', '\\']) {
        format!("'{}'", text.replace('\'', "''"))
    } else {
        double_quoted(text)
    }
}

fn is_plain(text: &str, in_flow: bool) -> bool {
    let Some(first) = text.chars().next() else { return false };
    // Other characters may be syntax: `- `, `*alias`, `{`, `%` and so on.
    if !(first.is_alphanumeric() || "/_.+$(".contains(first)) || text.ends_with([' ', ':']) {
        return false;
    }
    if text.contains(": ") || text.contains(" #") || text.chars().any(|one| is_hidden(one) || !is_printable(one)) {
        return false;
    }
    if in_flow && text.contains([',', '[', ']', '{', '}', ':']) {
        return false;
    }
    if text.starts_with("...") {
        return false;
    }
    // Words that other versions of YAML read as booleans, and text that the parser reads as another value.
    let is_word = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"]
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word));
    let may_be_number = first.is_ascii_digit() || ".+".contains(first);
    let reads_as_text = || matches!(serde_yaml::from_str(text), Ok(Value::String(read)) if read == text);
    !is_word && (!may_be_number || reads_as_text())
}

/// Whether YAML allows the character outside of an escape.
fn is_printable(one: char) -> bool {
    matches!(one, ' '..='~' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

fn double_quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for one in text.chars() {
        match one {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            one if is_hidden(one) || !is_printable(one) => {
                let code = u32::from(one);
                quoted.push_str(&if code > 0xffff { format!("\\U{code:08x}") } else { format!("\\u{code:04x}") });
            }
            one => quoted.push(one),
        }
    }
    quoted.push('"');
    quoted
}

fn push_spaces(out: &mut String, count: usize) {
    out.extend(std::iter::repeat_n(' ', count));
}
