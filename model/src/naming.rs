//! From wire names to Rust names.

use heck::{ToSnakeCase as _, ToUpperCamelCase as _};

/// Words that cannot be a plain identifier in edition 2024.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum",
    "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move",
    "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Words that not even `r#` makes an identifier.
const NEVER_RAW: &[&str] = &["self", "Self", "super", "crate", "_"];

/// Methods every request has, which a setter of the same name would hide.
const REQUEST_METHODS: &[&str] = &["new", "clone", "into"];

/// A field's, setter's or method's name.
pub(crate) fn snake(name: &str) -> Option<String> {
    escaped(digits_escaped(name.to_snake_case(), '_'))
}

/// A setter's name: [`snake`], kept apart from the request's own methods.
pub(crate) fn setter(name: &str) -> Option<String> {
    let name = snake(name)?;
    Some(if REQUEST_METHODS.contains(&name.as_str()) { format!("{name}_") } else { name })
}

/// A struct's or variant's name.
pub(crate) fn camel(name: &str) -> Option<String> {
    escaped(digits_escaped(name.to_upper_camel_case(), 'N'))
}

/// Whether the text can stand as a Rust identifier, `r#` allowed.
pub(crate) fn is_identifier(name: &str) -> bool {
    let bare = name.strip_prefix("r#").unwrap_or(name);
    let plain = !bare.starts_with(|first: char| first.is_ascii_digit())
        && !bare.is_empty()
        && bare.chars().all(|one| one.is_ascii_alphanumeric() || one == '_');
    let usable = if bare.len() == name.len() { !KEYWORDS.contains(&bare) } else { true };
    plain && usable && !NEVER_RAW.contains(&bare)
}

fn digits_escaped(name: String, escape: char) -> String {
    if name.starts_with(|first: char| first.is_ascii_digit()) { format!("{escape}{name}") } else { name }
}

fn escaped(name: String) -> Option<String> {
    let name = if KEYWORDS.contains(&name.as_str()) {
        format!("r#{name}")
    } else if NEVER_RAW.contains(&name.as_str()) {
        format!("{name}_")
    } else {
        name
    };
    is_identifier(&name).then_some(name)
}

/// The word of `known` that the user most likely meant.
pub(crate) fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let allowed = (word.chars().count() / 3).max(1);
    let lower = word.to_lowercase();
    known
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&lower, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min()
        .map(|(_, candidate)| candidate)
}
