//! Converts wire names to Rust names.

use heck::{ToSnakeCase as _, ToUpperCamelCase as _};

/// Words that cannot be plain identifiers in edition 2024.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum",
    "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move",
    "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Words that are not valid identifiers even with `r#`.
const NEVER_RAW: &[&str] = &["self", "Self", "super", "crate", "_"];

/// Methods of every request, which a setter with the same name would hide.
const REQUEST_METHODS: &[&str] = &["new", "clone", "into"];

/// Returns the name of a field, setter or method.
pub fn snake(name: &str) -> Option<String> {
    let name = capitalised_words(name).unwrap_or_else(|| name.to_snake_case());
    escaped(digits_escaped(name, '_'))
}

/// Returns the words of a name in lower case with underscores, as [`heck`] does, if each word starts with its only
/// capital. This works on bytes, because nearly all names are such words, and the macro runs unoptimised.
fn capitalised_words(name: &str) -> Option<String> {
    let mut words = String::with_capacity(name.len() + 4);
    let mut rest = name.as_bytes();
    while let [capital @ b'A'..=b'Z', after @ ..] = rest
        && after.first().is_some_and(u8::is_ascii_lowercase)
    {
        if !words.is_empty() {
            words.push('_');
        }
        words.push(char::from(capital.to_ascii_lowercase()));
        rest = after;
        while let [small @ (b'a'..=b'z' | b'0'..=b'9'), after @ ..] = rest {
            words.push(char::from(*small));
            rest = after;
        }
    }
    rest.is_empty().then_some(words)
}

/// Returns the name of a setter: [`snake`], changed if the request has a method of this name.
pub fn setter(name: &str) -> Option<String> {
    let name = snake(name)?;
    Some(if REQUEST_METHODS.contains(&name.as_str()) { format!("{name}_") } else { name })
}

/// Whether the text is in snake case. The name of a constant is such a text in capitals.
pub(crate) fn is_snake(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.chars().all(|one| matches!(one, 'a'..='z' | '0'..='9' | '_'))
}

/// Returns the name of a struct or variant. Names stay unchanged if possible, so that `DeleteOTAFirmware` and
/// `OTAFirmware.NotFound` are found under the names in the documentation.
pub fn camel(name: &str) -> Option<String> {
    match joined_words(name) {
        Some(joined) if joined != "Self" => Some(joined),
        _ => escaped(digits_escaped(name.to_upper_camel_case(), 'N')),
    }
}

/// Joins the words of a name, if each consists of letters and digits after a capital. If there are several, each needs
/// a lower-case letter: otherwise, words in capitals would run together. This works on bytes, because the macro calls
/// it for every error code and runs unoptimised.
fn joined_words(name: &str) -> Option<String> {
    let mut joined = String::with_capacity(name.len());
    let (mut begins, mut has_small, mut is_only) = (true, false, true);
    let mut rest = name.as_bytes();
    while let [one, after @ ..] = rest {
        match one {
            b'.' | b'-' | b'_' | b' ' if has_small => (begins, has_small, is_only) = (true, false, false),
            b'A'..=b'Z' => begins = false,
            b'a'..=b'z' if !begins => has_small = true,
            b'0'..=b'9' if !begins => {}
            _ => return None,
        }
        if !begins {
            joined.push(char::from(*one));
        }
        rest = after;
    }
    (!begins && (is_only || has_small)).then_some(joined)
}

/// Returns the identifier that a spec sets with `rust:`, in a normal form: with `r#` only if it is needed.
pub fn identifier(given: &str) -> Option<String> {
    let bare = given.strip_prefix("r#").unwrap_or(given);
    if !is_plain(bare) {
        return None;
    }
    match (KEYWORDS.contains(&bare), bare.len() < given.len()) {
        (true, false) => None,
        (true, true) => Some(given.to_owned()),
        (false, _) => Some(bare.to_owned()),
    }
}

/// Whether a request has a method of this name.
pub(crate) fn is_request_method(name: &str) -> bool {
    REQUEST_METHODS.contains(&name)
}

/// Whether the text is an identifier or a keyword.
fn is_plain(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with(|first: char| first.is_ascii_digit())
        && name.chars().all(|one| one.is_ascii_alphanumeric() || one == '_')
        && !NEVER_RAW.contains(&name)
}

fn digits_escaped(name: String, escape: char) -> String {
    if name.starts_with(|first: char| first.is_ascii_digit()) { format!("{escape}{name}") } else { name }
}

fn escaped(name: String) -> Option<String> {
    let name = if NEVER_RAW.contains(&name.as_str()) { format!("{name}_") } else { name };
    if !is_plain(&name) {
        return None;
    }
    Some(if KEYWORDS.contains(&name.as_str()) { format!("r#{name}") } else { name })
}
