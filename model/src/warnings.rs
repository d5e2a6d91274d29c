//! Finds specs that are valid but may be unintended.

use std::path::PathBuf;

use crate::diagnostics::carets::diagnostic_at;
use crate::diagnostics::diagnostic::{Code, Diagnostic};
use crate::files::{read_file, without_mark};
use crate::reading::node::{Entry, Node, Value};
use crate::reading::reader::MOST_PROBLEMS;
use crate::reading::yaml::Document;
use crate::sensitive_name::is_sensitive_name;

/// Finds texts that are named like a secret, if their spec does not set `sensitive`.
///
/// `files` are those of [`Loaded::files`](crate::Loaded::files). A file that cannot be read has no warnings, because it
/// was already reported. Returns at most 50 warnings for a file; the last of them contains the number of further
/// warnings.
pub fn find_warnings(files: &[PathBuf]) -> Vec<Diagnostic> {
    let mut warnings = Vec::new();
    for path in files {
        // Files that are not regular files, such as pipes, were also reported. Reading them might not end.
        let Ok(bytes) = read_file(path) else { continue };
        let Ok(text) = String::from_utf8(bytes) else { continue };
        let text = without_mark(&text);
        let Ok(document) = Document::parse(text) else { continue };
        let mut found = Vec::new();
        find(&document.root, &mut found);
        let more = found.len().saturating_sub(MOST_PROBLEMS);
        // Finding a location parses the file again.
        for (node, name) in found.into_iter().take(MOST_PROBLEMS) {
            let message = format!("`{name}` has the name of a secret, but no `sensitive` key");
            let location = document.location(node.id);
            let mut warning = diagnostic_at(&path.display().to_string(), text, location, Code::UnmarkedSecret, message);
            warning.help = Some("write `sensitive: true` to hide its value, or `sensitive: false`".to_owned());
            warnings.push(warning);
        }
        if let (Some(last), true) = (warnings.last_mut(), more > 0) {
            last.help = Some(format!("{more} more warnings in this file are not shown"));
        }
    }
    warnings
}

/// Finds the names of fields without `sensitive`, each with its node.
fn find<'n>(node: &'n Node, found: &mut Vec<(&'n Node, &'n str)>) {
    match &node.value {
        Value::List(items) => items.iter().for_each(|item| find(item, found)),
        Value::Map(entries) => {
            found.extend(unmarked(entries));
            // Examples and rules can contain other names.
            let inner = ["parameters", "response", "fields", "types"];
            let inner = entries.iter().filter(|entry| inner.contains(&entry.key.as_str()));
            inner.for_each(|entry| find(&entry.value, found));
        }
        _ => {}
    }
}

fn unmarked(field: &[Entry]) -> Option<(&Node, &str)> {
    let get = |key: &str| field.iter().find(|entry| entry.key == key).map(|entry| &entry.value);
    let text = |node: &'_ Node| -> Option<String> {
        if let Value::Text(text) = &node.value { Some(text.clone()) } else { None }
    };
    let node = get("name")?;
    let Value::Text(name) = &node.value else { return None };
    let ty = text(get("type")?)?;
    // Flags and numbers about a secret are not secrets. For objects, their fields are checked.
    let item = ty.rsplit('<').next().unwrap_or_default().trim_end_matches('>');
    let is_text = matches!(item, "String" | "Any" | "Bytes" | "Binary");
    (is_text && get("sensitive").is_none() && is_sensitive_name(name)).then_some((node, name))
}
