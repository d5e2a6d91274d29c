//! Removes secrets from errors.
//!
//! Gateways repeat parts of the request: the message of `SignatureDoesNotMatch` contains the string to sign, with the
//! STS token and every parameter. A response that cannot be decoded may contain sensitive fields. An error shows text
//! of
//! a response only after [`Redaction`].

use std::collections::BTreeMap;

use crate::credentials::access_key::Credentials;
use crate::decoding::decode::{BODY, Decode, HEADER, Slot};
use crate::operation::description::{Parameter, Parameters};
use crate::operation::input::{Input, Value};
use crate::operation::json_text::Json;

/// The text that replaces a secret.
const HIDDEN: &str = "***";

/// The maximum number of characters of a body in an error.
const MAX_SHOWN_CHARACTERS: usize = 4096;

/// The maximum number of bytes that are searched for secrets. The rest of a text is not shown. Real messages are far
/// shorter.
const MAX_SEARCHED_BYTES: usize = 16 << 10;

/// A secret with fewer characters is replaced only if it is a whole word, because a text such as `12` is part of many
/// numbers.
const MIN_LENGTH_INSIDE_WORDS: usize = 6;

/// If a text ends in the middle of a secret, the part is replaced if it has at least this number of characters.
const MIN_PARTIAL_LENGTH: usize = 4;

/// The maximum number of nested encodings: percent-encoding of percent-encoded text, JSON within JSON.
const MAX_NESTED: usize = 4;

/// The maximum depth, and the maximum number of objects, in the search of a response type for sensitive fields. Types
/// can be recursive.
const MAX_DEPTH: usize = 12;
const MAX_OBJECTS: usize = 5000;

/// The secrets of one call: the sensitive values that it sent, and the names of the sensitive fields that it may
/// receive.
pub(crate) struct Redaction {
    secrets: Vec<Secret>,
    fields: SensitiveFields,
}

impl Redaction {
    /// Collects the secrets of a call. `also` are secrets that are in neither the credentials nor the parameters.
    pub(crate) fn new(
        credentials: &Credentials,
        parameters: &Parameters,
        input: &Input,
        also: &[String],
        response: &mut dyn Decode,
    ) -> Self {
        let mut texts = vec![credentials.secret().to_owned(), credentials.token().unwrap_or_default().to_owned()];
        texts.extend_from_slice(also);
        sensitive_values(parameters, input, &mut texts);
        texts.retain(|text| !text.is_empty());
        // Longer secrets come first: if a secret is part of another one, replacing it first would leave the rest of the
        // longer one.
        texts.sort_unstable_by(|one, other| other.len().cmp(&one.len()).then_with(|| one.cmp(other)));
        texts.dedup();
        Self { secrets: texts.iter().map(|text| Secret::new(text)).collect(), fields: SensitiveFields::of(response) }
    }

    /// Returns the text without secrets.
    pub(crate) fn text(&self, mut text: String) -> String {
        let is_cut = text.len() > MAX_SEARCHED_BYTES;
        if is_cut {
            let ends = text.char_indices().map(|(at, _)| at).take_while(|at| *at <= MAX_SEARCHED_BYTES);
            text.truncate(ends.last().unwrap_or_default());
        }
        let mut shown = self.secrets.iter().fold(text, |text, secret| secret.hidden_in(text));
        if is_cut {
            shown.push('…');
        }
        shown
    }

    /// Returns the beginning of a body without secrets, up to the first sensitive field.
    pub(crate) fn excerpt(&self, body: &[u8]) -> String {
        let start = body.get(..MAX_SEARCHED_BYTES).unwrap_or(body);
        let text = String::from_utf8_lossy(start);
        let end = self.fields.first_in(&text);
        let shown = self.text(text.get(..end.unwrap_or(text.len())).unwrap_or_default().to_owned());
        let mut shown: String = shown.chars().take(MAX_SHOWN_CHARACTERS).collect();
        if end.is_some() {
            shown.push_str("*** (the rest is hidden, because it may contain sensitive fields)");
        }
        shown
    }
}

/// Whether the name of a parameter or header that no spec describes suggests that its value is secret.
pub(crate) fn is_secret_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["password", "passwd", "secret", "token", "privatekey", "private-key", "credential", "authorization", "cookie"]
        .iter()
        .any(|part| name.contains(part))
}

/// Whether a request has values of sensitive parameters.
pub(crate) fn has_sensitive_values(table: &Parameters, input: &Input) -> bool {
    let mut found = Vec::new();
    sensitive_values(table, input, &mut found);
    !found.is_empty()
}

fn sensitive_values(table: &Parameters, input: &Input, found: &mut Vec<String>) {
    for (parameter, value) in input.entries(table) {
        collect(parameter, value, parameter.detail.sensitive, found);
    }
}

fn collect(parameter: Parameter, value: &Value, is_sensitive: bool, found: &mut Vec<String>) {
    match value {
        Value::List(items) => items.iter().for_each(|item| collect(parameter, item, is_sensitive, found)),
        Value::Map(entries) => {
            for (key, item) in entries {
                found.extend(is_sensitive.then(|| key.clone()));
                collect(parameter, item, is_sensitive, found);
            }
        }
        Value::Object(input) => {
            for (member, value) in input.entries(parameter.detail.members) {
                collect(member, value, is_sensitive || member.detail.sensitive, found);
            }
        }
        Value::Json(Json(text)) => {
            if is_sensitive {
                found.push(text.clone());
            }
            if let Ok(json) = serde_json::from_str(text) {
                collect_json(&json, is_sensitive, found);
            }
        }
        _ if !is_sensitive => {}
        Value::Text(text) => found.push(text.clone()),
        Value::Integer(number) => found.push(number.to_string()),
        Value::Float(number) => found.push(number.to_string()),
        // There are only two values, so hiding them would protect nothing.
        Value::Boolean(_) => {}
        // Binary values are whole bodies, which gateways do not repeat.
        Value::Binary(_) => {}
    }
}

/// Collects secrets from JSON without a spec, by the names of the members.
fn collect_json(json: &serde_json::Value, is_sensitive: bool, found: &mut Vec<String>) {
    match json {
        serde_json::Value::Array(items) => items.iter().for_each(|item| collect_json(item, is_sensitive, found)),
        serde_json::Value::Object(members) => {
            for (name, item) in members {
                collect_json(item, is_sensitive || is_secret_name(name), found);
            }
        }
        serde_json::Value::String(text) if is_sensitive => found.push(text.clone()),
        serde_json::Value::Number(number) if is_sensitive => found.push(number.to_string()),
        _ => {}
    }
}

/// A secret, which is found in all forms in which gateways repeat it: unchanged, percent-encoded up to [`MAX_NESTED`]
/// times, with JSON escapes, and with XML entities.
struct Secret {
    characters: Vec<char>,
    /// The bytes with which a form of it can begin.
    first_bytes: Vec<u8>,
    /// The forms of each of its characters.
    spellings: BTreeMap<char, Vec<String>>,
}

impl Secret {
    fn new(text: &str) -> Self {
        let spellings: BTreeMap<char, Vec<String>> = text.chars().map(|one| (one, spellings(one))).collect();
        let first = text.chars().next().and_then(|first| spellings.get(&first));
        let first_bytes = first.into_iter().flatten().filter_map(|spelling| spelling.bytes().next());
        let first_bytes = first_bytes.chain([b'%']).collect();
        Self { characters: text.chars().collect(), first_bytes, spellings }
    }

    fn hidden_in(&self, text: String) -> String {
        let mut shown = String::new();
        let (mut copied, mut at) = (0, 0);
        while at < text.len() {
            match self.end_of_match(text.as_bytes(), at) {
                Some(end) if self.stands_alone(text.as_bytes(), at, end) => {
                    shown.push_str(text.get(copied..at).unwrap_or_default());
                    shown.push_str(HIDDEN);
                    (copied, at) = (end, end);
                }
                _ => at += text.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8),
            }
        }
        if shown.is_empty() {
            return text;
        }
        shown.push_str(text.get(copied..).unwrap_or_default());
        shown
    }

    /// The end of the secret that begins at `start`, if there is one.
    fn end_of_match(&self, text: &[u8], start: usize) -> Option<usize> {
        if !text.get(start).is_some_and(|byte| self.first_bytes.contains(byte)) {
            return None;
        }
        // A percent sign in the secret can be interpreted in several ways, so all of them are tried.
        let mut ends = vec![start];
        for (matched, character) in self.characters.iter().enumerate() {
            let mut next: Vec<usize> = Vec::new();
            for end in &ends {
                for spelling in self.spellings.get(character).into_iter().flatten() {
                    follow(text, *end, spelling.as_bytes(), &mut next);
                }
            }
            next.sort_unstable();
            next.dedup();
            if next.is_empty() {
                // The text may have been truncated inside the secret, or inside an escape sequence.
                let is_cut = ends.iter().any(|end| text.len() - end < 12 && is_start_of_escape(text, *end));
                return (is_cut && matched >= MIN_PARTIAL_LENGTH).then_some(text.len());
            }
            ends = next;
        }
        ends.into_iter().max().filter(|end| *end > start)
    }

    fn stands_alone(&self, text: &[u8], start: usize, end: usize) -> bool {
        if self.characters.len() >= MIN_LENGTH_INSIDE_WORDS {
            return true;
        }
        let is_word = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
        let before = text.get(..start).unwrap_or_default();
        let begins = !is_word(before.last()) || ends_with_escape(before);
        begins && !is_word(text.get(end))
    }
}

/// The forms of a character, before percent-encoding.
fn spellings(one: char) -> Vec<String> {
    let mut all = vec![one.to_string()];
    let escaped = match one {
        '"' | '\\' | '/' => Some(one),
        '\n' => Some('n'),
        '\r' => Some('r'),
        '\t' => Some('t'),
        _ => None,
    };
    all.extend(escaped.map(|escaped| format!("\\{escaped}")));
    let units: Vec<u16> = one.encode_utf16(&mut [0; 2]).to_vec();
    all.push(units.iter().map(|unit| format!("\\u{unit:04x}")).collect());
    all.push(units.iter().map(|unit| format!("\\u{unit:04X}")).collect());
    let entity = match one {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '"' => Some("&quot;"),
        '\'' => Some("&apos;"),
        _ => None,
    };
    if !one.is_ascii_alphanumeric() {
        let code = u32::from(one);
        all.extend([format!("&#{code};"), format!("&#x{code:x};"), format!("&#x{code:X};")]);
    }
    all.extend(entity.map(str::to_owned));
    if one == ' ' {
        all.push("+".to_owned());
    }
    all
}

/// Adds the possible ends of a spelling that begins at `start`. Each byte may be percent-encoded, and each backslash
/// may be repeated, because JSON within JSON doubles it.
fn follow(text: &[u8], start: usize, spelling: &[u8], ends: &mut Vec<usize>) {
    let Some((byte, rest)) = spelling.split_first() else { return ends.push(start) };
    let mut after = Vec::new();
    follow_byte(text, start, *byte, &mut after);
    if *byte == b'\\' {
        // Each end that is found may be followed by another backslash.
        for index in 0..MAX_NESTED * MAX_NESTED {
            let Some(end) = after.get(index).copied() else { break };
            follow_byte(text, end, *byte, &mut after);
        }
    }
    for end in after {
        follow(text, end, rest, ends);
    }
}

/// Adds the possible ends of a byte, which may be encoded several times: `=`, `%3D`, `%253D`.
fn follow_byte(text: &[u8], start: usize, byte: u8, ends: &mut Vec<usize>) {
    if text.get(start) == Some(&byte) {
        ends.push(start + 1);
    }
    if text.get(start) == Some(&b'%') {
        for level in 0..MAX_NESTED {
            let at = start + 1 + 2 * level;
            match hex(text, at) {
                Some(found) if found == byte => ends.push(at + 2),
                _ => {}
            }
            if hex(text, at) != Some(b'%') {
                return;
            }
        }
    }
}

fn hex(text: &[u8], at: usize) -> Option<u8> {
    let digits = std::str::from_utf8(text.get(at..at + 2)?).ok()?;
    u8::from_str_radix(digits, 16).ok()
}

/// Whether the text ends with a percent-encoded byte, such as `%3D` or `%253D`. Its digits are not part of a word.
fn ends_with_escape(text: &[u8]) -> bool {
    let Some((mut before, digits)) = text.split_last_chunk::<2>() else { return false };
    while let Some(shorter) = before.strip_suffix(b"25") {
        before = shorter;
    }
    hex(digits, 0).is_some() && before.ends_with(b"%")
}

/// Whether the rest of the text is empty, or may be the beginning of an escape sequence.
fn is_start_of_escape(text: &[u8], at: usize) -> bool {
    text.get(at).is_none_or(|byte| matches!(byte, b'%' | b'\\' | b'&'))
}

/// The sensitive fields of a response.
struct SensitiveFields {
    /// The names, in lower case.
    names: Vec<String>,
    /// Whether the whole body is sensitive.
    everything: bool,
}

impl SensitiveFields {
    /// Collects the sensitive fields of a response type. Adds items to the response in order to search their types, so
    /// its content cannot be used afterwards.
    fn of(response: &mut dyn Decode) -> Self {
        let mut fields = Self { names: Vec::new(), everything: false };
        let mut objects = MAX_OBJECTS;
        fields.search(response, MAX_DEPTH, &mut objects);
        fields.names.sort_unstable();
        fields.names.dedup();
        fields
    }

    fn search(&mut self, fields: &mut dyn Decode, depth: usize, objects: &mut usize) {
        if depth == 0 {
            return;
        }
        let Some(left) = objects.checked_sub(1) else {
            self.everything = true;
            return;
        };
        *objects = left;
        let hidden = fields.hidden();
        for index in 0.. {
            match fields.field(index) {
                ("", _) => return,
                (BODY, _) if hidden.contains(&index) => self.everything = true,
                (name, _) if hidden.contains(&index) => {
                    self.names.push(name.strip_prefix(HEADER).unwrap_or(name).to_ascii_lowercase());
                }
                (_, slot) => self.search_slot(slot, depth, objects),
            }
        }
    }

    fn search_slot(&mut self, slot: Slot<'_>, depth: usize, objects: &mut usize) {
        match slot {
            Slot::Object(fields) => self.search(fields, depth - 1, objects),
            Slot::OptionalObject(items) | Slot::List(items) | Slot::Wrapped(_, items) => {
                self.search_slot(items.push(), depth, objects);
            }
            Slot::Map(entries) => self.search_slot(entries.insert(String::new()), depth, objects),
            _ => {}
        }
    }

    /// The end of the first name of a sensitive field in the text. 0 if the whole body is sensitive.
    fn first_in(&self, text: &str) -> Option<usize> {
        if self.everything {
            return Some(0);
        }
        let text = text.to_ascii_lowercase();
        let ends = self.names.iter().filter_map(|name| text.find(name).map(|at| at + name.len()));
        ends.min()
    }
}
