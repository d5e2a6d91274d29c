//! Names as they are compared.

/// A name as it is compared: without markup, case, and blanks that only some renderings have.
pub(crate) fn key(text: &str) -> String {
    let text = text.split("{#").next().unwrap_or_default().split("{ .").next().unwrap_or_default();
    let bare: String = text.chars().filter(|one| !matches!(one, '*' | '`' | '#' | '\u{200b}')).collect();
    let bare = bare.trim().trim_end_matches([':', '：']);
    let mut key = String::with_capacity(bare.len());
    let mut blank = false;
    for one in bare.chars() {
        if one.is_whitespace() || one == '\u{3000}' {
            blank = true;
            continue;
        }
        // Blanks between Chinese or Japanese words, and around slashes, are a matter of taste.
        if blank
            && !key.is_empty()
            && one.is_ascii_alphanumeric()
            && key.ends_with(|last: char| last.is_ascii_alphanumeric())
        {
            key.push(' ');
        }
        blank = false;
        key.extend(one.to_lowercase());
    }
    key
}
