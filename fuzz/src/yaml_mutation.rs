//! Mutations of specs that mostly keep them YAML: they move blocks of lines, and insert words of the format.

use crate::random::Random;

const WORDS: &[&str] = &[
    "String",
    "Integer",
    "Long",
    "Float",
    "Double",
    "Boolean",
    "Any",
    "Bytes",
    "Binary",
    "Object",
    "List<String>",
    "List<Object>",
    "List<List<Object>>",
    "Map<Long>",
    "Map<Object>",
    "List<Node>",
    "Map<Node>",
    "Node",
    "[]",
    "{}",
    "null",
    "true",
    "-1",
    "0",
    "1.5",
    "1e999",
    ".inf",
    ".nan",
    "NaN",
    "inf",
    "18446744073709551616",
    "[a]",
    "[[a], [b]]",
    "{ min: 1, max: 9 }",
    "{ min: 5, max: 1 }",
    "query",
    "form",
    "body",
    "path",
    "header",
    "host",
    "json",
    "flat",
    "simple",
    "repeatList",
    "RPC",
    "ROA",
    "[GET]",
    "[POST, GET]",
    "'a*'",
    "\"a\\\"b\"",
    "\"a\\nb\"",
    "\"*/ fn x(){} /*\"",
    "r#x",
    "r#type",
    "r#self",
    "self",
    "Self",
    "type",
    "gen",
    "_",
    "__rt",
    "\"\\u202eabc\"",
    "\"\\0\"",
    "\"#[doc]\"",
    "'\"); fn x(){} //'",
    "'\"#; mod x {}'",
    "%s",
    "'a%sb'",
    "'{a}'",
    "/a/{a}",
    "new",
    "clone",
    "into",
    "value",
    "body",
    "Client",
    "Other",
    "ServiceError",
    "ServiceResponse",
    "RequestId",
    "a.b",
    "a-b",
    "A_B",
    "ab",
    "Ab",
    "\u{540d}",
    "\u{1c5}",
    "*a",
    "&a x",
    "!!binary a",
    "007",
    "~",
    "'`'",
    "'```'",
    "|",
    ">-",
    "\"\\r\"",
    "\"//!\"",
];

const ENTRIES: &[&str] = &[
    "required: true",
    "sensitive: true",
    "deprecated: true",
    "deprecated: 'Use \"x\".'",
    "in: body",
    "in: path",
    "in: header",
    "in: form",
    "in: host",
    "style: json",
    "style: flat",
    "style: simple",
    "rust: r#type",
    "rust: x",
    "default: 1",
    "example: 1",
    "values: [1, 2]",
    "values: [a, b]",
    "length: { min: 1, max: 9, unit: bytes }",
    "length: { max: 9 }",
    "count: { min: 1 }",
    "range: { min: -1, max: 9 }",
    "range: { min: 0.5 }",
    "pattern: '^a*$'",
    "doc: 'text `code`'",
    "optional: true",
    "fields: [{ name: a, type: String }]",
    "fields: [{ name: n, type: Node }]",
    "- { name: a, type: String }",
    "- { name: A, type: Object, fields: [{ name: b, type: Node }] }",
    "- { name: n, type: Node, required: true }",
    "- { status: 400, code: 'A.%s', message: m }",
    "- together: [a, b]",
    "- any_of: [[a], [b]]",
    "response: { type: Binary }",
    "response: { type: List<Object>, fields: [{ name: a, type: String }] }",
    "response: []",
    "path: '/a/{a}'",
    "style: ROA",
    "form_as: json",
    "gateway: SLS",
    "module: x",
    "idempotent: true",
    "effect: read",
    "limits: { qps: 5, per: account }",
    "ram: { action: 'a:b', access: write, resource: '*' }",
    "pagination: { by: token, parameter: a, next: a, items: b }",
    "waiters: [{ name: w, field: a, until: [x], every: 1, at_most: 2 }]",
    "- request: { a: 1 }",
    "json: '{\"a\": 1}'",
    "xml: '<OpResponse><a>1</a></OpResponse>'",
    "operation: Op",
    "methods: [PUT]",
];

/// Returns the spec after one change, if it has anything to change.
pub fn mutate(text: &str, random: &mut Random) -> Option<String> {
    let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
    let at = random.below(lines.len());
    let from = random.below(lines.len());
    let target = indent(lines.get(at)?);
    match random.below(7) {
        // Copies a block to another position.
        0 | 1 => {
            let block = block(&lines, from);
            let moved: Vec<String> = block
                .iter()
                .map(|line| reindented(line, indent(block.first().map_or("", |first| first)), target))
                .collect();
            lines.splice(at..at, moved);
        }
        2 => {
            let size = block(&lines, at).len();
            lines.drain(at..at + size);
        }
        3 => {
            let entry = format!("{}{}", " ".repeat(target), random.pick(ENTRIES)?);
            lines.insert(at, entry);
        }
        4 => {
            let other = value_of(lines.get(from)?)?.to_owned();
            set_value(lines.get_mut(at)?, &other)?;
        }
        5 => set_value(lines.get_mut(at)?, random.pick(WORDS)?)?,
        // Replaces a word in a flow mapping or list.
        _ => {
            let line = lines.get_mut(at)?;
            let words: Vec<&str> =
                line.split(|one: char| " ,[]{}".contains(one)).filter(|word| word.len() > 1).collect();
            let old = (*random.pick(&words)?).to_owned();
            *line = line.replacen(&old, random.pick(WORDS)?, 1);
        }
    }
    Some(lines.join("\n"))
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// Returns a line with its nested lines.
fn block(lines: &[String], at: usize) -> Vec<String> {
    let rest = lines.get(at..).unwrap_or_default();
    let own = rest.first().map_or(0, |line| indent(line));
    let below = rest.iter().skip(1).take_while(|line| !line.trim().is_empty() && indent(line) > own).count();
    rest.iter().take(below + 1).cloned().collect()
}

fn reindented(line: &str, from: usize, to: usize) -> String {
    format!("{}{}", " ".repeat(indent(line).saturating_sub(from) + to), line.trim_start_matches(' '))
}

fn value_of(line: &str) -> Option<&str> {
    line.split_once(": ").map(|(_, value)| value)
}

fn set_value(line: &mut String, value: &str) -> Option<()> {
    let (key, _) = line.split_once(':')?;
    *line = format!("{key}: {value}");
    Some(())
}
