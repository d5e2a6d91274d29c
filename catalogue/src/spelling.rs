//! Compares names in different spellings.

use alicloud_model::near;

/// The minimum length of a part of a name. Shorter texts are parts of too many names.
const SHORTEST_PART: usize = 3;

/// Returns the name in lower case, with only its letters and digits.
pub(crate) fn plain(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|one| one.to_ascii_lowercase()).collect()
}

/// Whether two names differ only in case, hyphens and underscores.
pub(crate) fn is_alike(one: &str, other: &str) -> bool {
    let plain = |name: &'_ str| {
        let letters = name.bytes().filter(u8::is_ascii_alphanumeric);
        letters.map(|byte| byte.to_ascii_lowercase()).collect::<Vec<u8>>()
    };
    plain(one) == plain(other)
}

/// Returns the names that may be meant: similar ones, the most similar first, then those that contain the word.
pub(crate) fn similar<'n>(word: &str, names: impl Iterator<Item = &'n str> + Clone) -> Vec<String> {
    let mut similar: Vec<String> = near(word, names.clone()).into_iter().map(str::to_owned).collect();
    let word = plain(word);
    if word.len() >= SHORTEST_PART {
        for name in names.filter(|name| plain(name).contains(&word)) {
            if !similar.iter().any(|known| known == name) {
                similar.push(name.to_owned());
            }
        }
    }
    similar
}
