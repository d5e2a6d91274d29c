//! Invariants of drafts, for any page.
//!
//! The tests and the fuzz target `transcribe` use it.

use alicloud_cli::transcribe::{Origin, Trace, Transcribed};
use alicloud_model::{SourceFile, load_sources};

/// Checks that a draft passes `check`, and that each copied value is on its line of the page.
pub(crate) fn assert_sound(text: &str, transcribed: &Transcribed) {
    let (_, service) = transcribed.product_files.first().cloned().expect("the product is new");
    let sources = [
        SourceFile { path: format!("{}/service.yaml", transcribed.folder), text: service },
        SourceFile {
            path: format!("{}/{}.yaml", transcribed.folder, transcribed.operation),
            text: transcribed.spec.clone(),
        },
    ];
    let loaded = load_sources(&sources);
    assert!(loaded.diagnostics.is_empty(), "{:#?}\n{}\n--- page\n{text}", loaded.diagnostics, transcribed.spec);
    let page = Page::of(text);
    for trace in &transcribed.traces {
        let Origin::Page(line) = trace.origin else { continue };
        assert!((1..=page.links.len()).contains(&line), "{trace:?} is on no line of the page\n{text}");
        assert!(page.has(line, trace), "{trace:?} is not on its line\n--- page\n{text}");
    }
}

/// A cell goes on over so many lines at most.
const LONGEST_CELL: usize = 400;

/// The lines of a page, without blanks and markup.
struct Page {
    as_text: Vec<String>,
    as_html: Vec<String>,
    /// Whether a line has a link, of which only the text is read.
    links: Vec<bool>,
}

impl Page {
    fn of(text: &str) -> Self {
        let decoded = |text: &str| text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
        let without_tags = |line: &str| -> String {
            line.split('<')
                .enumerate()
                .map(|(index, part)| if index == 0 { part } else { part.split_once('>').map_or("", |(_, text)| text) })
                .collect()
        };
        Self {
            as_text: text.lines().map(bare).collect(),
            as_html: text.lines().map(|line| bare(&decoded(&without_tags(line)))).collect(),
            links: text.lines().map(|line| line.contains("](")).collect(),
        }
    }

    /// Whether a value that is copied is on its line, or on the lines that its cell goes on over.
    fn has(&self, line: usize, trace: &Trace) -> bool {
        let key = trace.path.rsplit('.').next().unwrap_or_default();
        let is_copied =
            ["name", "example", "code", "message", "status", "default", "values", "action", "access", "resource"]
                .contains(&key);
        if !is_copied || trace.path.starts_with("examples.") {
            return true;
        }
        let own = line - 1..(line - 1 + LONGEST_CELL).min(self.links.len());
        // Broken tags may be text or not.
        if self.links[own.clone()].contains(&true) || trace.value.contains(['<', '>']) {
            return true;
        }
        let value = bare(&trace.value);
        [&self.as_text, &self.as_html]
            .into_iter()
            .any(|lines| lines[line - 1].contains(&value) || lines[own.clone()].concat().contains(&value))
    }
}

fn bare(text: &str) -> String {
    text.chars().filter(|one| !one.is_whitespace() && !"\\*`|".contains(*one)).collect()
}
