//! The summary of an operation that the document does not summarize: one sentence from the operation's name.
//!
//! A sentence says no more than the name. A name that does not begin with a known verb, or that has a second verb, becomes
//! "Calls X.".

mod nouns;
mod verbs;
mod words;

use self::nouns::Noun;
use self::verbs::Verb;

/// Words between two objects. They are kept.
const PREPOSITIONS: [&str; 15] = [
    "by", "for", "with", "without", "from", "to", "in", "into", "of", "on", "at", "under", "between", "through", "via",
];

/// Words that replace an article.
const QUANTIFIERS: [&str; 6] = ["all", "each", "every", "any", "multiple", "my"];

/// The summary of an operation without documentation.
pub(crate) fn generated_summary(name: &str) -> String {
    sentence(name).unwrap_or_else(|| placeholder(name))
}

/// Whether an import has generated this summary, now or before the importer wrote sentences.
pub(crate) fn is_generated_summary(summary: &str, name: &str) -> bool {
    summary == placeholder(name) || sentence(name).is_some_and(|sentence| sentence == summary)
}

fn placeholder(name: &str) -> String {
    format!("Calls {name}.")
}

fn sentence(name: &str) -> Option<String> {
    let words = words::split(name)?;
    let (is_batch, rest) = match words.split_first() {
        Some((first, rest)) if first.eq_ignore_ascii_case("batch") => (true, rest),
        _ => (false, words.as_slice()),
    };
    let (verb, object) = Verb::read(rest)?;
    let (object, version) = match object.split_last() {
        Some((last, before)) if words::is_version(last) => (before, Some(last)),
        _ => (object, None),
    };
    let mut text = format!("{} {}", verb.third_person, phrase(object, verb.lists)?);
    if is_batch {
        text.push_str(" in a batch");
    }
    if let Some(version) = version {
        text.push_str(&format!(" ({})", version.to_uppercase()));
    }
    text.push('.');
    Some(text)
}

/// The objects and the words between them: `a user to a group`.
fn phrase(words: &[String], lists: bool) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut before: Option<String> = None;
    let is_preposition = |word: &String| PREPOSITIONS.contains(&word.to_lowercase().as_str());
    for (index, object) in words.split(is_preposition).enumerate() {
        if index > 0 {
            let at = words.iter().filter(|word| is_preposition(word)).nth(index - 1)?.to_lowercase();
            parts.push(at.clone());
            before = Some(at);
        }
        // "By tag" does not refer to a specific tag.
        let is_way = matches!(before.as_deref(), Some("by" | "via"));
        parts.push(noun_phrase(object, lists && index == 0, is_way)?);
    }
    Some(parts.join(" "))
}

fn noun_phrase(words: &[String], lists: bool, is_way: bool) -> Option<String> {
    // "Lists device lists" would repeat the verb.
    let words = match words.split_last() {
        Some((last, before)) if lists && last == "List" => before,
        _ => words,
    };
    let (head, before) = words.split_last()?;
    let ends_with_a_number = head.starts_with(|first: char| first.is_ascii_digit());
    let is_joining = |word: &String| ["and", "or"].contains(&word.to_lowercase().as_str());
    // "And" between more than two words is ambiguous.
    if words.iter().any(|word| verbs::is_only_a_verb(word)) || words.iter().any(is_joining) || ends_with_a_number {
        return None;
    }
    let head = Noun::new(head);
    if !head.is_noun() {
        return None;
    }
    let mut text: Vec<String> = before.iter().map(|word| nouns::spelled(word)).collect();
    text.push(if lists { head.plural() } else { head.text.clone() });
    let first = text.first().cloned()?;
    let text = text.join(" ");
    if is_way || lists || QUANTIFIERS.contains(&first.as_str()) || head.is_plural() {
        return Some(text);
    }
    Some(if head.is_definite() { format!("the {text}") } else { format!("{} {text}", nouns::article(&first)) })
}
