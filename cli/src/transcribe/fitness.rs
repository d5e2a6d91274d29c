//! The values that the cells of a column can hold.

use super::cells::plain;
use super::words::{self, Column};

/// Scores how well a cell fits a column. The score is far below 0 if the cell cannot belong to it.
pub(crate) fn fitness(column: Column, text: &str) -> i32 {
    const NEVER: i32 = -1000;
    let text = text.trim();
    if text.is_empty() {
        return 0;
    }
    let strict = |holds: bool, score: i32| if holds { score } else { NEVER };
    match column {
        Column::Type => strict(words::written_type(text).is_some(), 6),
        Column::Required => strict(words::required(text).is_some(), 6),
        Column::Position => strict(words::position(text).is_some(), 6),
        Column::Status => strict(status(text).is_some(), 6),
        Column::Action => strict(is_action(text), 6),
        Column::Name => strict(name_of(text).is_some(), if words::written_type(text).is_some() { -1 } else { 2 }),
        Column::Code => strict(is_code(text), 2),
        _ => 1,
    }
}

/// An HTTP status.
pub(crate) fn status(text: &str) -> Option<u16> {
    let text = plain(text);
    (text.len() == 3).then(|| text.parse().ok()).flatten().filter(|status| (100..=599).contains(status))
}

/// Whether a text can be an error code.
pub(crate) fn is_code(text: &str) -> bool {
    let text = plain(text);
    !text.is_empty()
        && text.len() <= 200
        && text.chars().any(|one| one.is_ascii_alphanumeric())
        && text.chars().all(|one| one.is_ascii_alphanumeric() || "._-%:/ ".contains(one))
        && text.matches(' ').count() <= 2
        && !text.ends_with('.')
}

/// Whether a text is the action of a RAM policy, such as `ecs:RunInstances`.
pub(crate) fn is_action(text: &str) -> bool {
    let text = plain(text);
    text.split_once(':').is_some_and(|(product, action)| {
        let is_word = |word: &str| {
            word.chars().next().is_some_and(|one| one.is_ascii_alphanumeric() || one == '*')
                && word.chars().all(|one| one.is_ascii_alphanumeric() || "-_*".contains(one))
        };
        is_word(product) && is_word(action) && product.len() <= 40
    })
}

/// The name in a cell, and whether a mark behind it says that it is deprecated: ``RegionId `deprecated` ``.
fn without_mark(text: &str) -> (&str, bool) {
    let text = text.trim();
    let Some((name, mark)) = text.rsplit_once(|one: char| one.is_whitespace()) else { return (text, false) };
    if words::is_deprecation_mark(mark) { (name.trim_end(), true) } else { (text, false) }
}

/// Whether a mark behind the name in a cell says that it is deprecated.
pub(crate) fn is_marked_deprecated(text: &str) -> bool {
    without_mark(text).1
}

/// The name of a parameter or field in a cell, without the marks of nesting before it and of deprecation behind it.
pub(crate) fn name_of(text: &str) -> Option<String> {
    let text = plain(without_mark(text).0);
    let name = text.trim_start_matches(is_nesting_mark);
    let first = name.chars().next()?;
    let is_name = (first.is_ascii_alphanumeric() || "_$@".contains(first))
        && name.len() <= 200
        && name.chars().all(|one| one.is_ascii_alphanumeric() || "._-$@:[]*{}".contains(one))
        && !name.ends_with('.');
    is_name.then(|| name.to_owned())
}

fn is_nesting_mark(one: char) -> bool {
    matches!(one, '└' | '├' | '─' | '│' | '┗' | '┣' | '━' | '»' | '›' | '>' | '∟' | '\u{a0}' | '\u{3000}' | ' ')
}

/// The indentation of a name: the number of marks before it.
pub(crate) fn indent_of(text: &str) -> usize {
    let trimmed = text.trim_start_matches(' ');
    let has_mark = trimmed.chars().next().is_some_and(is_nesting_mark);
    if has_mark { text.chars().take_while(|one| is_nesting_mark(*one)).count() } else { 0 }
}

/// Whether a text is a sentence rather than a value.
pub(crate) fn is_prose(text: &str) -> bool {
    let text = text.trim();
    let words = text.split_whitespace().count();
    let starts = [
        "- ",
        "•",
        "* ",
        "Note",
        "**Note",
        "Notice",
        "说明",
        "注意",
        "Valid values",
        "Default value",
        "取值",
        "默认值",
        "說明",
    ];
    text.contains(['。', '，', '；', '、', '：'])
        || text.contains('\n')
        || starts.iter().any(|start| text.starts_with(start))
        || (text.ends_with('.') && words >= 2)
        || words >= 6
}
