//! Suggests the word that was most likely meant.

/// The maximum length of a misspelt word. Longer words are not typing errors, and computing their distance needs memory
/// in proportion to the square of their length.
const LONGEST_WORD: usize = 200;

/// Returns the word of `known` that is nearest to a misspelt one, or `None` if all are too different. Ignores case.
pub fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    scored(word, known).min().map(|(_, candidate)| candidate)
}

/// Returns all words of `known` that are similar to a misspelt one, each once, the nearest first.
pub fn near<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Vec<&'k str> {
    let mut near: Vec<(usize, &str)> = scored(word, known).collect();
    near.sort_unstable();
    near.dedup();
    near.into_iter().map(|(_, candidate)| candidate).collect()
}

/// Returns the similar words with their distances.
fn scored<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> impl Iterator<Item = (usize, &'k str)> {
    let length = word.chars().count();
    let allowed = (length / 3).max(1);
    let lower = word.to_lowercase();
    known
        .into_iter()
        // The distance is at least the difference in length. Computing the distance of a text of megabytes would need
        // gigabytes.
        .filter(move |candidate| length <= LONGEST_WORD && candidate.chars().count().abs_diff(length) <= allowed)
        .map(move |candidate| (strsim::damerau_levenshtein(&lower, &candidate.to_lowercase()), candidate))
        // A candidate is not similar if every character of the word would have to change.
        .filter(move |(distance, _)| *distance <= allowed && *distance < length)
}
