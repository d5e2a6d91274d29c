//! Ranks names by how well they match the words of a search.

use crate::catalogue::is_alike;

/// The rank of a match. The best one is first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// It equals the words, apart from case and punctuation.
    Exact,
    /// It begins with the words.
    Prefix,
    /// Each word begins a word of it.
    Words,
    /// It contains each word.
    Contained,
}

/// The words that are searched.
pub(super) struct Query {
    /// In lower case.
    words: Vec<String>,
    /// All words joined, letters and digits only.
    joined: String,
}

impl Query {
    pub(super) fn new(words: &[String]) -> Self {
        let words = words.iter().flat_map(|text| text.split(|one: char| one.is_whitespace() || "-_".contains(one)));
        Self::of_words(words.filter(|word| !plain(word).is_empty()).map(str::to_lowercase).collect())
    }

    fn of_words(words: Vec<String>) -> Self {
        let joined = words.iter().map(|word| plain(word)).collect();
        Self { words, joined }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The other words, if one of several is the name of a product.
    pub(super) fn without_product(&self, names: &[&str]) -> Option<Self> {
        let is_product = |word: &String| names.iter().any(|name| is_alike(name, word));
        let others: Vec<String> = self.words.iter().filter(|word| !is_product(word)).cloned().collect();
        (!others.is_empty() && others.len() < self.words.len()).then(|| Self::of_words(others))
    }

    /// Ranks a name. Returns `None` if it does not match.
    pub(super) fn rank(&self, name: &str) -> Option<Rank> {
        let lower = name.to_lowercase();
        // Most names fail here.
        if !self.words.iter().all(|word| lower.contains(word)) {
            // `describe-db-instances` and `describedbinstances` are the same name.
            return (self.words.len() == 1 && plain(&lower) == self.joined).then_some(Rank::Exact);
        }
        let letters = plain(&lower);
        Some(if letters == self.joined {
            Rank::Exact
        } else if letters.starts_with(&self.joined) {
            Rank::Prefix
        } else if self.words.iter().all(|word| begins_word(name, &lower, word)) {
            Rank::Words
        } else {
            Rank::Contained
        })
    }
}

/// The letters and digits of a text in lower case.
fn plain(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).collect()
}

/// Whether the word matches the beginning of a word in a CamelCase name.
fn begins_word(name: &str, lower: &str, word: &str) -> bool {
    // The positions are the same in both, because names are ASCII.
    let bytes = name.as_bytes();
    let byte = |at: usize| bytes.get(at).copied().unwrap_or_default();
    lower.match_indices(word).any(|(at, _)| {
        let Some(before) = at.checked_sub(1).map(byte) else { return true };
        let (first, next) = (byte(at), byte(at + 1));
        !before.is_ascii_alphanumeric()
            || first.is_ascii_uppercase() && (!before.is_ascii_uppercase() || next.is_ascii_lowercase())
            || first.is_ascii_digit() != before.is_ascii_digit()
    })
}
