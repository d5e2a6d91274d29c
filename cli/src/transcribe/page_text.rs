//! The lines and tables of a page that is text, Markdown or HTML.

use super::html;
use super::page::{Block, Line, MOST_BYTES, Page};
use super::words;
use crate::hidden_characters::is_hidden;
use crate::input::InputError;

/// More cells are no table of an operation; a bound, so that reading ends soon.
const LONGEST_LINE: usize = 1 << 20;

/// Reads the bytes of a page.
///
/// # Errors
///
/// The page is too large, is empty, or is not UTF-8.
pub(crate) fn parse_page(bytes: &[u8]) -> Result<Page, InputError> {
    if bytes.len() > MOST_BYTES {
        let message = format!("the page has more than {} MiB", MOST_BYTES >> 20);
        return Err(InputError::new(message, "use the page of one operation"));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let message = format!("the page is not UTF-8: it fails at byte {}", error.valid_up_to());
        InputError::new(message, "save it as UTF-8")
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err(InputError::new("the page is empty", "use the page of an operation, as text, Markdown or HTML"));
    }
    let mut page = if html::is_html(text) {
        html::parse(text)
    } else {
        Page { blocks: lines(text), links: find_links(text), address: None }
    };
    page.address = find_address(text);
    // A note on where the page was saved from is not part of its text.
    let noted = page
        .address
        .as_ref()
        .map(|(line, _)| *line)
        .filter(|line| text.lines().nth(line - 1).is_some_and(|line| line.starts_with("# source:")));
    page.blocks.retain(|block| !matches!(block, Block::Line(line) if Some(line.number) == noted));
    Ok(page)
}

/// The lines of text or Markdown, without their markup.
fn lines(text: &str) -> Vec<Block> {
    let is_markdown = text.lines().any(|line| heading(line).is_some());
    let mut found: Vec<Block> = Vec::new();
    let mut is_code = false;
    let mut table: Option<(usize, String)> = None;
    let last_table_end = text.lines().enumerate().filter(|(_, line)| line.contains("</table>")).last();
    let last_table_end = last_table_end.map_or(0, |(index, _)| index + 1);
    for (index, raw) in text.lines().enumerate() {
        let number = index + 1;
        let raw = raw.trim_end_matches('\r');
        // Markdown can have tables of HTML.
        if !is_code && table.is_none() && number <= last_table_end && raw.trim_start().starts_with("<table") {
            table = Some((number, String::new()));
        }
        if let Some((first, html)) = &mut table {
            html.push_str(raw);
            html.push('\n');
            if raw.contains("</table>") {
                found.extend(html::parse(html).blocks.into_iter().map(|block| moved_down(block, *first - 1)));
                table = None;
            }
            continue;
        }
        if ["```", "~~~"].iter().any(|fence| raw.trim_start().starts_with(fence)) {
            is_code = !is_code;
            found.push(Block::Line(Line { number, ..Line::default() }));
            continue;
        }
        if raw.len() > LONGEST_LINE {
            continue;
        }
        if is_code {
            found.push(Block::Line(Line { number, text: raw.to_owned(), is_code, ..Line::default() }));
            continue;
        }
        let (text, is_heading) = match heading(raw) {
            Some(text) => (text, true),
            None => (raw, false),
        };
        let text = if is_markdown { without_escapes(&without_links(text)) } else { without_links(text) };
        for part in unglued(&text) {
            found.push(Block::Line(Line { number, text: part, is_heading, is_code }));
        }
    }
    found
}

/// A block that was read from the middle of a page, with its lines as the page counts them.
fn moved_down(block: Block, by: usize) -> Block {
    match block {
        Block::Line(line) => Block::Line(Line { number: line.number + by, ..line }),
        Block::Table(mut rows) => {
            rows.iter_mut().flatten().for_each(|cell| cell.line += by);
            Block::Table(rows)
        }
    }
}

/// The text of a Markdown heading.
fn heading(line: &str) -> Option<&str> {
    // AsciiDoc has `=` in place of `#`.
    let rest = line.trim_start_matches(['#', '=']);
    let level = line.len() - rest.len();
    ((1..=6).contains(&level) && rest.starts_with(' ') && !rest.starts_with(" source:")).then_some(rest)
}

/// Backslashes before punctuation are Markdown's. A bar keeps its own, because it would end a cell.
fn without_escapes(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        plain.push_str(before);
        let behind = escape.trim_start_matches('\\');
        let count = escape.len() - behind.len();
        let next = behind.chars().next();
        // Some tools escape twice what Markdown marks: `\\_` is `_` all the same.
        let kept = match next {
            Some(next) if "*_[]{}()<>#~`".contains(next) => 0,
            Some('|') => count,
            Some(next) if next.is_ascii_punctuation() => count / 2,
            _ => count - count / 2,
        };
        plain.extend(std::iter::repeat_n('\\', kept));
        // An escaped character is not a mark.
        let taken = next.filter(char::is_ascii_punctuation).map_or(0, char::len_utf8);
        let (taken, behind) = behind.split_at(taken);
        plain.push_str(taken);
        rest = behind;
    }
    plain.push_str(rest);
    plain
}

/// Links as their text: `[RAM](~~25600~~)` is `RAM`.
fn without_links(text: &str) -> String {
    if !text.contains("](") {
        return text.to_owned();
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    // Without a bracket that closes, there are no more links.
    while let Some(at) = rest.find("](").filter(|at| rest.rfind(')').is_some_and(|last| last > *at)) {
        let (before, after) = rest.split_at(at);
        let after = after.get(2..).unwrap_or_default();
        // The text of the link is before the bracket, if one was opened.
        match (before.rfind('['), after.find(')')) {
            (Some(open), Some(close)) => {
                let head = before.get(..open).unwrap_or_default();
                plain.push_str(head.strip_suffix('!').unwrap_or(head));
                plain.push_str(before.get(open + 1..).unwrap_or_default());
                rest = after.get(close + 1..).unwrap_or_default();
            }
            _ => {
                plain.push_str(before);
                plain.push_str("](");
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    plain
}

/// A heading that was glued to the end of a sample, on a line of its own.
fn unglued(text: &str) -> Vec<String> {
    let text = text.trim_end_matches(' ');
    let glued = text.rfind(['}', ']', '>']).and_then(|at| {
        let (before, name) = text.split_at(at + 1);
        words::section_names().any(|known| known == name).then(|| vec![before.to_owned(), name.to_owned()])
    });
    glued.unwrap_or_else(|| vec![text.to_owned()])
}

fn find_links(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let mut rest = line;
        while let Some(at) = rest.find("https://") {
            let from = rest.get(at..).unwrap_or_default();
            let is_part = |one: char| !one.is_whitespace() && !is_hidden(one) && !"()<>\"'`|".contains(one);
            let end = from.find(|one| !is_part(one)).unwrap_or(from.len());
            let (link, after) = from.split_at(end);
            found.push((index + 1, link.to_owned()));
            rest = after;
        }
    }
    found
}

/// The address in a first line such as `# source: https://…`, in front matter, or in HTML's canonical link.
fn find_address(text: &str) -> Option<(usize, String)> {
    let is_about_itself = |line: &str| {
        ["source:", "url:", "canonical", "og:url"].iter().any(|word| line.to_ascii_lowercase().contains(word))
    };
    let head = text.lines().take(200).enumerate();
    let mut sourced = head.filter(|(_, line)| is_about_itself(line)).filter_map(|(index, line)| {
        let (_, link) = find_links(line).into_iter().next()?;
        // Names of files have blanks in them at times.
        let whole = line.get(line.find(&link)?..)?.split([' ', '"', '\'', '>']);
        let whole = if line.starts_with("# source:") {
            line.get(line.find(&link)?..)?.split(" (").collect::<Vec<_>>()
        } else {
            whole.collect()
        };
        let address = whole.first().map_or(link.as_str(), |address| address.trim());
        Some((index + 1, address.to_owned()))
    });
    sourced.next()
}
