//! Names as people spell them.

use alicloud_model::near;

/// A shorter text is part of too many names.
const SHORTEST_PART: usize = 3;

/// The name in lower case, with letters and digits only.
pub(crate) fn plain(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|one| one.to_ascii_lowercase()).collect()
}

/// Whether two names differ in case, hyphens and underscores only.
pub(crate) fn is_alike(one: &str, other: &str) -> bool {
    let plain = |name: &'_ str| {
        let letters = name.bytes().filter(u8::is_ascii_alphanumeric);
        letters.map(|byte| byte.to_ascii_lowercase()).collect::<Vec<u8>>()
    };
    plain(one) == plain(other)
}

/// The names that somebody may have meant: similar ones, the most similar first, then those that contain the word.
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
