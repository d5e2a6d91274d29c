//! Carries the comments of a file over to its new text: each stays before the same key or item.

/// Puts the comments of `old` into `new`. Comments whose path is gone move to the top. Also returns the number of these.
///
/// Only comments on separate lines are kept.
pub(crate) fn carry_over(old: &str, new: &str) -> (String, usize) {
    let mut waiting: Vec<&str> = Vec::new();
    let mut at_path: Vec<(String, Vec<&str>)> = Vec::new();
    for line in lines(old) {
        match line.kind {
            Kind::Comment => waiting.push(line.text.trim_start()),
            Kind::Path(path) => {
                if !waiting.is_empty() {
                    at_path.push((path, std::mem::take(&mut waiting)));
                }
            }
            Kind::Other => {}
        }
    }
    let at_end = waiting;
    let mut out = String::with_capacity(old.len() + new.len());
    for line in lines(new) {
        if let Kind::Path(path) = &line.kind {
            let indent = line.text.len() - line.text.trim_start().len();
            let at = at_path.iter().position(|(known, _)| known == path);
            for comment in at.map(|at| at_path.remove(at).1).unwrap_or_default() {
                out.push_str(line.text.get(..indent).unwrap_or_default());
                out.push_str(comment);
                out.push('\n');
            }
        }
        out.push_str(line.text);
        out.push('\n');
    }
    for comment in at_end {
        out.push_str(comment);
        out.push('\n');
    }
    let lost: Vec<&str> = at_path.into_iter().flat_map(|(_, comments)| comments).collect();
    let count = lost.len();
    let top: String = lost.into_iter().flat_map(|comment| [comment, "\n"]).collect();
    (top + &out, count)
}

struct Line<'t> {
    text: &'t str,
    kind: Kind,
}

enum Kind {
    Comment,
    /// The keys and items that lead to the entry on this line.
    Path(String),
    /// A line of a block of text, or an empty one.
    Other,
}

/// The lines of a file in block style, each with its path.
fn lines(text: &str) -> Vec<Line<'_>> {
    let mut found = Vec::new();
    // The keys and items that are open, with their indentation.
    let mut open: Vec<(usize, String)> = Vec::new();
    // Lines that are indented further belong to a block of text.
    let mut block: Option<usize> = None;
    let all: Vec<&str> = text.lines().collect();
    for (index, &line) in all.iter().enumerate() {
        let content = line.trim_start();
        let indent = line.len() - content.len();
        let in_block = block.is_some_and(|key| content.is_empty() || indent > key);
        if !in_block {
            block = None;
        }
        let kind = if in_block || content.is_empty() {
            Kind::Other
        } else if content.starts_with('#') {
            Kind::Comment
        } else {
            open.retain(|(other, _)| *other < indent);
            let mut key = content;
            let mut at = indent;
            while let Some(rest) = key.strip_prefix("- ") {
                // The first entry identifies an item, such as `name: X`. Errors also need their code.
                let code =
                    if rest.starts_with("status:") { all.get(index + 1).map_or("", |next| next.trim()) } else { "" };
                open.push((at, format!("- {}{code}", rest.trim())));
                at += 2;
                key = rest.trim_start();
            }
            if let Some((name, value)) = key.split_once(':') {
                open.push((at, name.to_owned()));
                let value = value.trim();
                if value.starts_with(['|', '>']) && value.len() <= 3 {
                    block = Some(at);
                }
            }
            Kind::Path(open.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>().join("\u{0}"))
        };
        found.push(Line { text: line, kind });
    }
    found
}
