//! Names as they are compared.

/// A name as it is compared: without markup, case, and blanks that only some renderings have.
pub(crate) fn key(text: &str) -> String {
    let text = text.split("{#").next().unwrap_or_default().split("{ .").next().unwrap_or_default();
    let bare: String = text.chars().filter(|one| !matches!(one, '*' | '`' | '#' | '\u{200b}')).collect();
    let bare = bare.trim().trim_end_matches([':', '：', '?', '？']);
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

/// A heading without the number before it, such as `2.1 Request parameters` or `3、错误码`.
pub(super) fn without_number(text: &str) -> &str {
    let rest = text.trim_start_matches(|one: char| one.is_ascii_digit() || one == '.');
    let is_number = rest.len() < text.len() && text.starts_with(|one: char| one.is_ascii_digit());
    let ends = text.strip_suffix(rest).is_some_and(|number| number.ends_with('.'));
    match rest.strip_prefix([' ', '、', ')']) {
        Some(name) if is_number && name.trim().chars().next().is_some_and(char::is_alphabetic) => name.trim(),
        None if is_number && ends && rest.chars().next().is_some_and(char::is_alphabetic) => rest,
        _ => text,
    }
}
