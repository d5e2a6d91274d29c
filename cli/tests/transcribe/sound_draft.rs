//! What holds for every draft, whatever the page.
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
    let lines: Vec<&str> = text.lines().collect();
    for trace in &transcribed.traces {
        let Origin::Page(line) = trace.origin else { continue };
        assert!((1..=lines.len()).contains(&line), "{trace:?} is on no line of the page\n{text}");
        assert!(stands(&lines, line, trace), "{trace:?} does not stand on its line\n--- page\n{text}");
    }
}

/// Whether a value that is copied stands on its line, or on the lines that its cell goes on over.
fn stands(lines: &[&str], line: usize, trace: &Trace) -> bool {
    let key = trace.path.rsplit('.').next().unwrap_or_default();
    let is_copied =
        ["name", "example", "code", "message", "status", "default", "values", "action", "access", "resource"]
            .contains(&key);
    if !is_copied || trace.path.starts_with("examples.") {
        return true;
    }
    let bare =
        |text: &str| text.chars().filter(|one| !one.is_whitespace() && !"\\*`|".contains(*one)).collect::<String>();
    let decoded = |text: &str| text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    let own = || lines.iter().skip(line - 1).take(40);
    // Of a link only the text is read, and broken tags may be text or not.
    if own().any(|line| line.contains("](")) || trace.value.contains(['<', '>']) {
        return true;
    }
    let as_text: String = own().map(|line| bare(line)).collect();
    let without_tags = |line: &str| -> String {
        line.split('<')
            .enumerate()
            .map(|(index, part)| if index == 0 { part } else { part.split_once('>').map_or("", |(_, text)| text) })
            .collect()
    };
    let as_html: String = own().map(|line| bare(&decoded(&without_tags(line)))).collect();
    let value = bare(&trace.value);
    as_text.contains(&value) || as_html.contains(&value)
}
