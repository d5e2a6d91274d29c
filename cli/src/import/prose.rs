//! Converts summaries and descriptions to the Markdown of a spec.
//!
//! Documents have Markdown with some HTML, and links to documentation pages by number: `[Topic](~~42420~~)`.

use htmd::HtmlToMarkdown;

use crate::hidden_characters::is_hidden;

/// The HTML tags in documents. Other text in angle brackets is a placeholder, such as `<ProductKey>`.
const TAGS: [&str; 34] = [
    "a",
    "b",
    "blockquote",
    "br",
    "code",
    "dd",
    "div",
    "dl",
    "dt",
    "em",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "li",
    "ol",
    "p",
    "pre",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "tr",
    "ul",
];

/// Converts a text of several lines; `None` if it is blank.
pub(crate) fn markdown(text: &str) -> Option<String> {
    let text = if has_html(text) { from_html(text) } else { text.to_owned() };
    let visible: String = text.chars().filter(|one| *one == '\n' || !is_hidden(*one)).collect();
    let linked = escape_placeholders(&with_page_addresses(&visible));
    let mut lines: Vec<&str> = Vec::new();
    for line in linked.lines().map(str::trim_end) {
        let is_repeated_blank = line.is_empty() && lines.last().is_none_or(|last| last.is_empty());
        if !is_repeated_blank {
            lines.push(line);
        }
    }
    let text = lines.join("\n").trim().to_owned();
    (!text.is_empty()).then_some(text)
}

fn has_html(text: &str) -> bool {
    text.split('<').skip(1).any(|rest| tag(rest).is_some())
}

/// The name of the tag that begins after a `<`.
fn tag(rest: &str) -> Option<&'static str> {
    let rest = rest.strip_prefix('/').unwrap_or(rest);
    let end = rest.find(|one: char| !one.is_ascii_alphanumeric())?;
    let (name, after) = rest.split_at(end);
    let is_closed = after.starts_with(['>', ' ', '/', '\n']) && after.contains('>');
    TAGS.into_iter().find(|known| is_closed && known.eq_ignore_ascii_case(name))
}

/// Converts Markdown with HTML. Keeps line breaks, which HTML ignores.
fn from_html(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for (index, part) in text.split('<').enumerate() {
        if index > 0 {
            html.push_str(if tag(part).is_some() { "<" } else { "&lt;" });
        }
        html.push_str(part);
    }
    let html = html.replace('\n', "<br>");
    match HtmlToMarkdown::builder().skip_tags(vec!["script", "style"]).build().convert(&html) {
        Ok(markdown) => markdown.lines().map(str::trim_end).collect::<Vec<_>>().join("\n"),
        Err(_) => text.to_owned(),
    }
}

/// Escapes placeholders such as `<ProductKey>` outside of code, because Markdown reads them as HTML.
fn escape_placeholders(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for (index, part) in text.split('`').enumerate() {
        if index > 0 {
            escaped.push('`');
        }
        let is_code = index % 2 == 1;
        for (at, piece) in part.split('<').enumerate() {
            if at > 0 {
                let is_tag = piece.starts_with(|one: char| one.is_ascii_alphabetic() || one == '/');
                let is_address = piece.starts_with("http://") || piece.starts_with("https://");
                escaped.push_str(if is_tag && !is_address && !is_code && !escaped.ends_with('\\') {
                    "\\<"
                } else {
                    "<"
                });
            }
            escaped.push_str(piece);
        }
    }
    escaped
}

/// Converts links by number, `(~~42420~~)`, to links to the page.
fn with_page_addresses(text: &str) -> String {
    let mut parts = text.split("(~~");
    let mut linked = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part
            .split_once("~~)")
            .filter(|(number, _)| !number.is_empty() && number.bytes().all(|one| one.is_ascii_digit()))
        {
            Some((number, rest)) => {
                linked.push_str(&format!("(https://help.aliyun.com/document_detail/{number}.html){rest}"));
            }
            None => linked.push_str(&format!("(~~{part}")),
        }
    }
    linked
}
