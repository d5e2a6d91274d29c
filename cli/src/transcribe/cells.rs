//! The text of a cell as a value.

use crate::hidden_characters::is_hidden;

/// A cell without blanks around it, and without the Markdown that marks all of it.
pub(crate) fn plain(text: &str) -> &str {
    let mut text = text.trim();
    for mark in ["**", "`", "~~"] {
        let inner = text.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark));
        // `****` is the end of a value that is cut, and no mark.
        if let Some(inner) = inner.filter(|inner| {
            !inner.is_empty() && !inner.contains(mark) && !inner.starts_with('*') && !inner.ends_with('*')
        }) {
            text = inner.trim();
        }
    }
    text
}

/// A value of one line that can be carried over as it is; or why not.
pub(crate) fn value(text: &str) -> Result<String, &'static str> {
    let text = plain(text).replace("\\|", "|");
    if text.contains('\n') {
        return Err("it is on several lines");
    }
    if text.chars().any(is_hidden) {
        return Err("it contains control characters or invisible ones");
    }
    if text.chars().count() > 2000 {
        return Err("it has more than 2,000 characters");
    }
    Ok(text)
}

/// A message of a service, which pages break into lines as they like.
pub(crate) fn message(text: &str) -> Result<String, &'static str> {
    value(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Longer texts are cut in notes and comments.
const LONGEST_NOTE: usize = 1000;

/// A text for a note or a comment: on one line, and with hidden characters escaped.
pub(crate) fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for (index, one) in text.chars().enumerate() {
        if index == LONGEST_NOTE {
            shown.push('…');
            break;
        }
        if is_hidden(one) {
            shown.extend(one.escape_default());
        } else {
            shown.push(one);
        }
    }
    shown
}
