//! Parses YAML that is written as specs usually are, several times as fast as `serde_yaml`.
//!
//! In most builds, the macro runs unoptimised, and a general parser then takes longer than everything else in the macro.
//! Nearly every spec needs only a small part of YAML: mappings and lists that are indented with spaces, and scalars in
//! one line or in a block. [`parse`] returns `None` for everything else, also for each error, and `serde_yaml` parses
//! that text instead. The result is exactly the same. If in doubt, this parser must return `None`.
//!
//! The code is written for a compiler that does not optimise: it compares bytes with patterns, and it avoids closures
//! and iterators in loops over bytes.

use crate::reading::node::{Entry, Node, NodeId, Value};

/// A document.
pub(crate) struct Parsed {
    pub(crate) root: Node,
    /// The texts of the scalars that are not strings, in document order.
    pub(crate) scalars: Vec<(NodeId, String)>,
}

/// The maximum size in bytes. Larger texts may contain too many values, which is an error.
const MOST_BYTES: usize = 200_000;

/// The maximum depth of values. Deeper nesting may be an error.
const MOST_DEPTH: u32 = 60;

/// The maximum length of a key in bytes. YAML limits keys to 1,024 characters.
const LONGEST_KEY: usize = 200;

/// Parses a document. Returns `None` if it needs the other parser.
pub(crate) fn parse(text: &str) -> Option<Parsed> {
    if text.len() > MOST_BYTES {
        return None;
    }
    let mut parser = Parser { lines: lines(text)?, at: 0, next_id: 0, depth: 0, scalars: Vec::new() };
    let first = parser.structure()?;
    if first.indent != 0 || first.text.starts_with('-') {
        return None;
    }
    let root = parser.mapping(0)?;
    match parser.structure() {
        None => Some(Parsed { root, scalars: parser.scalars }),
        Some(_) => None,
    }
}

#[derive(Clone, Copy)]
struct Line<'t> {
    /// The number of spaces before the text.
    indent: usize,
    text: &'t str,
    /// The position in `text` of the first colon that is followed by a space or the end of the line.
    colon: Option<usize>,
    /// Whether `text` contains something that ends a plain scalar, after the first colon, or ends with a space.
    is_odd: bool,
}

/// Splits the text into lines. Returns `None` if it contains a character that the other parser does not treat like a
/// letter.
fn lines(text: &str) -> Option<Vec<Line<'_>>> {
    let mut lines = Vec::new();
    let (mut start, mut indent) = (0, 0);
    let (mut colon, mut is_odd, mut is_indentation) = (None, false, true);
    let mut before = b'\n';
    let mut rest = text.as_bytes();
    while let [one, after @ ..] = rest {
        match one {
            b'\n' => {
                let end = text.len() - rest.len();
                end_of_text(before, end, start + indent, &mut colon, &mut is_odd);
                lines.push(Line { indent, text: text.get(start + indent..end)?, colon, is_odd });
                (start, indent, colon, is_odd, is_indentation) = (end + 1, 0, None, false, true);
            }
            b' ' if is_indentation => indent += 1,
            b' ' => {
                if before == b':' {
                    match colon {
                        None => colon = Some(text.len() - rest.len() - 1 - start - indent),
                        Some(_) => is_odd = true,
                    }
                }
            }
            b'#' => {
                is_odd |= before == b' ';
                is_indentation = false;
            }
            b'!'..=b'~' | 0xC3..=0xE1 | 0xE3..=0xEE | 0xF0..=0xFF => is_indentation = false,
            // Control characters, or the beginning of one.
            0xC2 if !matches!(after, [0xA0..=0xFF, ..]) => return None,
            0xE2 if matches!(after, [0x80, 0xA8 | 0xA9, ..]) => return None,
            0xEF if matches!(after, [0xBB, 0xBF, ..] | [0xBF, 0xBE | 0xBF, ..]) => return None,
            0xC2 | 0xE2 | 0xEF => is_indentation = false,
            0x80..=0xBF => {}
            _ => return None,
        }
        before = *one;
        rest = after;
    }
    // Without a line break at the end, some block scalars end differently.
    if start == text.len() { Some(lines) } else { None }
}

/// Notes a colon or a space at the end of a line.
fn end_of_text(before: u8, end: usize, start: usize, colon: &mut Option<usize>, is_odd: &mut bool) {
    match before {
        b':' if colon.is_none() => *colon = (end - 1).checked_sub(start),
        b':' | b' ' => *is_odd = true,
        _ => {}
    }
}

struct Parser<'t> {
    lines: Vec<Line<'t>>,
    /// The index of the current line.
    at: usize,
    next_id: u32,
    depth: u32,
    scalars: Vec<(NodeId, String)>,
}

impl<'t> Parser<'t> {
    fn id(&mut self) -> NodeId {
        let id = NodeId(self.next_id);
        self.next_id += 1;
        id
    }

    fn line(&self) -> Option<Line<'t>> {
        self.lines.get(self.at).copied()
    }

    /// Moves to the next line that is neither empty nor a comment, and returns it.
    fn structure(&mut self) -> Option<Line<'t>> {
        loop {
            let line = self.line()?;
            if !line.text.is_empty() && !line.text.starts_with('#') {
                return Some(line);
            }
            self.at += 1;
        }
    }

    /// Parses the mapping whose first key is in the current line.
    fn mapping(&mut self, indent: usize) -> Option<Node> {
        self.depth += 1;
        if self.depth > MOST_DEPTH {
            return None;
        }
        let id = self.id();
        let mut entries = Vec::new();
        while let Some(line) = self.structure() {
            if line.indent < indent {
                break;
            }
            if line.indent > indent {
                return None;
            }
            let colon = line.colon?;
            let key = line.text.get(..colon)?;
            if !is_key(key) {
                return None;
            }
            let key_id = self.id();
            let value = line.text.get(colon + 1..)?;
            let value = self.value(value, indent, line.is_odd)?;
            entries.push(Entry { key: key.to_owned(), key_id, value });
        }
        self.depth -= 1;
        Some(Node { id, value: Value::Map(entries) })
    }

    /// Parses the list whose first item is in the current line.
    fn list(&mut self, indent: usize) -> Option<Node> {
        self.depth += 1;
        if self.depth > MOST_DEPTH {
            return None;
        }
        let id = self.id();
        let mut items = Vec::new();
        while let Some(line) = self.structure() {
            if line.indent < indent {
                break;
            }
            if line.indent > indent {
                return None;
            }
            let item = line.text.strip_prefix("- ")?;
            match (line.colon, item.as_bytes()) {
                // Quotes and brackets are values, and a key does not begin with them.
                (Some(colon), [b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'_', ..]) => {
                    let inner = Line { indent: indent + 2, text: item, colon: colon.checked_sub(2), ..line };
                    *self.lines.get_mut(self.at)? = inner;
                    items.push(self.mapping(indent + 2)?);
                }
                (None, [b' ' | b'-', ..]) => return None,
                (_, _) => items.push(self.value(item, indent, line.is_odd || line.colon.is_some())?),
            }
        }
        self.depth -= 1;
        Some(Node { id, value: Value::List(items) })
    }

    /// Parses the value that begins in the current line, and moves to the line after it.
    fn value(&mut self, text: &'t str, parent: usize, is_odd: bool) -> Option<Node> {
        let text = text.trim_start_matches(' ');
        self.at += 1;
        match text.as_bytes() {
            [] => return self.block(parent),
            b"|" => return self.literal(parent, "\n"),
            b"|-" => return self.literal(parent, ""),
            b">-" => return self.folded(parent),
            _ => {}
        }
        let value = match text.as_bytes() {
            [b'[' | b'{', ..] => {
                let (value, rest) = self.flow(text, 0)?;
                rest.is_empty().then_some(value)
            }
            [b'"' | b'\'', ..] => {
                let id = self.id();
                let (value, rest) = quoted(text)?;
                rest.is_empty().then_some(Node { id, value: Value::Text(value) })
            }
            _ if is_odd => None,
            _ => self.plain(text),
        }?;
        // A scalar may continue in a line with more indentation.
        match self.structure() {
            Some(line) if line.indent > parent => None,
            _ => Some(value),
        }
    }

    /// Parses a mapping or a list in the following lines.
    fn block(&mut self, parent: usize) -> Option<Node> {
        let line = self.structure()?;
        if line.indent <= parent {
            return None;
        }
        if line.text.starts_with("- ") { self.list(line.indent) } else { self.mapping(line.indent) }
    }

    fn plain(&mut self, text: &str) -> Option<Node> {
        let id = self.id();
        let value = plain(text)?;
        match value {
            Value::Bool(_) | Value::Number(_) => self.scalars.push((id, text.to_owned())),
            _ => {}
        }
        Some(Node { id, value })
    }

    /// Parses a list or a mapping in brackets, and returns the text after it.
    fn flow<'r>(&mut self, text: &'r str, depth: u32) -> Option<(Node, &'r str)> {
        if depth > 8 {
            return None;
        }
        let id = self.id();
        if let Some(mut rest) = text.strip_prefix('[') {
            let mut items = Vec::new();
            if let Some(rest) = rest.strip_prefix(']') {
                return Some((Node { id, value: Value::List(items) }, rest));
            }
            loop {
                let (item, after) = self.flow_value(rest, depth)?;
                items.push(item);
                match after.as_bytes() {
                    [b',', b' ', ..] => rest = after.get(2..)?,
                    [b']', ..] => return Some((Node { id, value: Value::List(items) }, after.get(1..)?)),
                    _ => return None,
                }
            }
        }
        let mut rest = text.strip_prefix('{')?;
        let mut entries = Vec::new();
        if let Some(rest) = rest.strip_prefix('}') {
            return Some((Node { id, value: Value::Map(entries) }, rest));
        }
        rest = rest.strip_prefix(' ').unwrap_or(rest);
        loop {
            let (key, after) = rest.split_once(": ")?;
            if !is_key(key) {
                return None;
            }
            let key_id = self.id();
            let (value, after) = self.flow_value(after, depth)?;
            entries.push(Entry { key: key.to_owned(), key_id, value });
            let after = after.strip_prefix(' ').unwrap_or(after);
            match after.as_bytes() {
                [b',', b' ', ..] => rest = after.get(2..)?,
                [b'}', ..] => return Some((Node { id, value: Value::Map(entries) }, after.get(1..)?)),
                _ => return None,
            }
        }
    }

    fn flow_value<'r>(&mut self, text: &'r str, depth: u32) -> Option<(Node, &'r str)> {
        match text.as_bytes() {
            [b'[' | b'{', ..] => self.flow(text, depth + 1),
            [b'"' | b'\'', ..] => {
                let id = self.id();
                let (value, rest) = quoted(text)?;
                Some((Node { id, value: Value::Text(value) }, rest))
            }
            bytes => {
                let mut rest = bytes;
                while let [b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-' | b'.' | b'/', after @ ..] = rest {
                    rest = after;
                }
                let (word, after) = text.split_at_checked(bytes.len() - rest.len())?;
                if word.is_empty() { None } else { Some((self.plain(word)?, after)) }
            }
        }
    }

    /// Parses the lines of a block scalar whose line breaks are kept.
    fn literal(&mut self, parent: usize, end: &str) -> Option<Node> {
        let id = self.id();
        let lines = self.block_scalar(parent)?;
        let mut text = String::new();
        for (indent, line) in lines {
            if !text.is_empty() {
                text.push('\n');
            }
            text.extend(std::iter::repeat_n(' ', indent));
            text.push_str(line);
        }
        text.push_str(end);
        Some(Node { id, value: Value::Text(text) })
    }

    /// Parses the lines of a block scalar whose line breaks become spaces.
    fn folded(&mut self, parent: usize) -> Option<Node> {
        let id = self.id();
        let lines = self.block_scalar(parent)?;
        let mut text = String::new();
        let mut breaks = 0;
        for (indent, line) in lines {
            // Lines with more indentation are not folded.
            if indent > 0 {
                return None;
            }
            if line.is_empty() {
                breaks += 1;
                continue;
            }
            match breaks {
                0 if text.is_empty() => {}
                0 => text.push(' '),
                _ => text.extend(std::iter::repeat_n('\n', breaks)),
            }
            breaks = 0;
            text.push_str(line);
        }
        Some(Node { id, value: Value::Text(text) })
    }

    /// Returns the lines of a block scalar with their remaining indentation. The last one is not empty.
    fn block_scalar(&mut self, parent: usize) -> Option<Vec<(usize, &'t str)>> {
        let first = self.line()?;
        if first.text.is_empty() || first.indent <= parent {
            return None;
        }
        let mut lines = Vec::new();
        let mut used = 0;
        while let Some(line) = self.line() {
            if line.text.is_empty() {
                // Spaces beyond the indentation belong to the text.
                if line.indent > 0 {
                    return None;
                }
                lines.push((0, line.text));
            } else if let Some(indent) = line.indent.checked_sub(first.indent) {
                lines.push((indent, line.text));
                used = lines.len();
            } else if line.indent > parent {
                // Either an error or a comment.
                return None;
            } else {
                break;
            }
            self.at += 1;
        }
        lines.truncate(used);
        Some(lines)
    }
}

/// Whether this is a key of plain letters.
fn is_key(text: &str) -> bool {
    let mut rest = text.as_bytes();
    if !matches!(rest, [b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'_', ..]) {
        return false;
    }
    while let [b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-' | b'.', after @ ..] = rest {
        rest = after;
    }
    rest.is_empty() && text.len() <= LONGEST_KEY
}

/// Parses a text in quotes, and returns the text after it.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let (quote, mut rest) = text.split_at_checked(1)?;
    let mut bytes = rest.as_bytes();
    loop {
        match (bytes, quote) {
            ([b'\'', b'\'', ..], "'") => {
                value.push_str(rest.get(..rest.len() - bytes.len() + 1)?);
                rest = rest.get(rest.len() - bytes.len() + 2..)?;
                bytes = rest.as_bytes();
            }
            ([b'\'', ..], "'") | ([b'"', ..], "\"") => {
                let (inner, after) = rest.split_at_checked(rest.len() - bytes.len())?;
                value.push_str(inner);
                return Some((value, after.get(1..)?));
            }
            ([b'\\', escaped @ (b'"' | b'\\' | b'n' | b't'), ..], "\"") => {
                value.push_str(rest.get(..rest.len() - bytes.len())?);
                value.push(match escaped {
                    b'n' => '\n',
                    b't' => '\t',
                    other => char::from(*other),
                });
                rest = rest.get(rest.len() - bytes.len() + 2..)?;
                bytes = rest.as_bytes();
            }
            ([b'\\', ..], "\"") | ([], _) => return None,
            ([_, after @ ..], _) => bytes = after,
        }
    }
}

/// Returns the value of a plain scalar, or `None` if it could be something else than a text, a whole number or a
/// boolean.
fn plain(text: &str) -> Option<Value> {
    match text.as_bytes() {
        b"true" => return Some(Value::Bool(true)),
        b"false" => return Some(Value::Bool(false)),
        [b'0', b'x' | b'o' | b'b', ..] | [b'-', b'0', b'x' | b'o' | b'b', ..] => return None,
        [b'0'..=b'9', ..] | [b'-', b'0'..=b'9', ..] => return number(text),
        [b'-', b'A'..=b'Z' | b'a'..=b'z' | b'_', ..] => {}
        [b'A'..=b'Z' | b'a'..=b'z' | b'_' | b'/' | b'(' | b'$' | b'<' | 0x80..=0xFF, ..] => {}
        _ => return None,
    }
    match text.as_bytes() {
        b"True" | b"TRUE" | b"False" | b"FALSE" | b"null" | b"Null" | b"NULL" => None,
        _ => Some(Value::Text(text.to_owned())),
    }
}

/// Returns the value of a plain scalar that begins with a digit or a sign.
fn number(text: &str) -> Option<Value> {
    let mut rest = text.as_bytes();
    while let [b'0'..=b'9' | b'-' | b'.' | b'e' | b'E' | b'+', after @ ..] = rest {
        rest = after;
    }
    // Dates, addresses and ids.
    if !rest.is_empty() {
        return Some(Value::Text(text.to_owned()));
    }
    let whole: Option<i64> = text.parse().ok();
    match whole {
        // Numbers with another form, such as `-0` and `007`, are texts in part.
        Some(whole) if text.len() <= 18 && whole.to_string() == text => Some(Value::Number(Some(whole))),
        Some(_) => None,
        None if is_decimal(text) => Some(Value::Number(None)),
        None if text.parse::<f64>().is_ok() => None,
        None => Some(Value::Text(text.to_owned())),
    }
}

/// Whether the text is digits with a point between them, and short enough not to be infinite.
fn is_decimal(text: &str) -> bool {
    let mut rest = text.as_bytes();
    let mut points = 0;
    loop {
        match rest {
            [b'0'..=b'9', b'.', b'0'..=b'9', ..] => points += 1,
            [b'0'..=b'9'] => return points == 1 && text.len() <= 18,
            [b'0'..=b'9', ..] => {}
            [b'.', ..] if points > 0 => {}
            _ => return false,
        }
        rest = rest.get(1..).unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST_BYTES, parse};

    /// Protects the time of the macro. That the results are the same is tested through the public interface.
    #[test]
    fn usual_yaml_needs_no_other_parser() {
        let texts = [
            "a: b\n",
            "# A comment\n\na:\n  # Another\n  b:\n    c: d\n\ne: f\n",
            "a:\n  - b: c\n    d: e\n  - f: g\nh:\n  - i\n  - \"j\"\n",
            "a: |\n  b\n    c: d\n\n  - e\nf: g\n",
            "a: |-\n  b\n",
            "a: >-\n  b\n  c\n\n  d # e\n",
            "a: [b, c-1, \"d: e\", 'f', [1, true], { g: h }]\n",
            "a: { b: c, d: [], e: {} }\n",
            "a: {b: c}\n",
            "a: 'b''c'''\n",
            "a: \"b\\n\\t\\\"\\\\c\"\n",
            "a: true\nb: false\n",
            "a: 0\nb: -7\nc: 3.25\nd: 2020-01-01\ne: 1.2.3.4\n",
            "a: /b/{c}\nd: (e)\nf: $g\nh: <i>\nj: -k\nl: _m\n",
            "a: é ü ° — “b” 中文\n",
        ];
        let long = format!("a:\n{}", "  - b: c\n    d: [e]\n".repeat(100));
        for text in texts.into_iter().chain([long.as_str()]) {
            assert!(parse(text).is_some(), "{text}");
        }
    }

    /// The other parser limits the number of values, so it has to see texts that may have too many.
    #[test]
    fn a_large_text_needs_the_other_parser() {
        let text = format!("a: {}\n", "b".repeat(MOST_BYTES));
        assert!(parse(&text).is_none());
    }
}
