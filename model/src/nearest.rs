//! The word that was most likely meant.

/// Longer words are no slips of the keyboard, and their distance takes memory by the square of their length.
const LONGEST_WORD: usize = 200;

/// The word of `known` that is nearest to a misspelt one, if any is near. Case makes no difference.
pub fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    scored(word, known).min().map(|(_, candidate)| candidate)
}

/// All words of `known` that are near to a misspelt one, each once, the nearest first.
pub fn near<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Vec<&'k str> {
    let mut near: Vec<(usize, &str)> = scored(word, known).collect();
    near.sort_unstable();
    near.dedup();
    near.into_iter().map(|(_, candidate)| candidate).collect()
}

/// The words that are near, with their distances.
fn scored<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> impl Iterator<Item = (usize, &'k str)> {
    let length = word.chars().count();
    let allowed = (length / 3).max(1);
    let lower = word.to_lowercase();
    known
        .into_iter()
        // The distance is never less than this, and working it out for a text of megabytes costs gigabytes.
        .filter(move |candidate| length <= LONGEST_WORD && candidate.chars().count().abs_diff(length) <= allowed)
        .map(move |candidate| (strsim::damerau_levenshtein(&lower, &candidate.to_lowercase()), candidate))
        // A word of which nothing is left is not near.
        .filter(move |(distance, _)| *distance <= allowed && *distance < length)
}
