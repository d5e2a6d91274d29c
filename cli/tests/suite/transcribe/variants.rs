//! Pages in layouts, languages and formats of all kinds: each fact that is read is right, and what is missed is known.
//!
//! `variants/` has the pages, which were written for this test, and specs with what they say.

use std::fs;
use std::path::Path;

use super::options;
use super::page_facts::{Tally, compare, facts, operation};
use alicloud_cli::transcribe::transcribe;

/// Pages, each with the spec of what it says, and with the facts of it that are missed: paths, beginnings of paths, or
/// their ends.
const VARIANTS: [(&str, &str, &[&str]); 18] = [
    ("portuguese.md", "StartThing", &[]),
    ("french.md", "StartThing", &[]),
    ("indonesian.md", "StartThing", &[]),
    ("korean.md", "StartThing", &[]),
    ("numbered_sections.md", "StartThing", &[]),
    ("other_words.md", "StartThing", &[]),
    ("bars_a_paragraph.md", "StartThing", &[]),
    ("grid.rst", "StartThing", &[]),
    ("asciidoc.adoc", "StartThing", &[]),
    ("merged_header.html", "StartThing", &[]),
    ("tabs.mdx", "StartThing", &[]),
    ("list.md", "StartThing", &[".example", "errors", "examples"]),
    ("definition_list.html", "StartThing", &[".example", "examples"]),
    // A table for each parameter: what it has is listed, and not read.
    ("transposed.md", "StartThing", &["the order of the parameters", "parameters", "response.Things.Size", "examples"]),
    ("newest_layout.md", "NewestLayout", &[]),
    ("named_items.txt", "NamedItems", &[]),
    ("body_list.md", "BodyAndPath", &[]),
    ("numbered_sample.md", "NumberedSample", &[]),
];

#[test]
fn variants_of_pages_are_read_right_or_in_part() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/transcribe/variants");
    let mut failures = Vec::new();
    for (page, truth, expected) in VARIANTS {
        let spec = fs::read_to_string(folder.join(format!("{truth}.yaml"))).expect("there is a spec");
        let name = spec.lines().find_map(|line| line.strip_prefix("operation: ")).expect("it names its operation");
        let style = if spec.contains("\nstyle: ROA") { "ROA" } else { "RPC" };
        let text = fs::read(folder.join(page)).expect("there is a page");
        let transcribed = transcribe(&text, &options(), None).unwrap_or_else(|error| panic!("{page}: {error}"));
        let draft = operation(&transcribed.operation, style, &transcribed.spec);
        let Tally { missed, wrong, .. } = compare(&facts(&draft), &facts(&operation(name, style, &spec)));
        failures.extend(wrong.iter().map(|fact| format!("{page}: wrong {fact}")));
        let is_at = |path: &str, expected: &str| match expected.strip_prefix('.') {
            Some(end) => path.rsplit('.').next() == Some(end),
            None => path == expected || path.strip_prefix(expected).is_some_and(|rest| rest.starts_with('.')),
        };
        let paths: Vec<&str> = missed.iter().filter_map(|fact| fact.split(": ").next()).collect();
        let unexpected = paths.iter().filter(|path| !expected.iter().any(|expected| is_at(path, expected)));
        failures.extend(unexpected.map(|path| format!("{page}: missed {path}")));
        let read = expected.iter().filter(|expected| !paths.iter().any(|path| is_at(path, expected)));
        failures.extend(read.map(|path| format!("{page}: not missed {path}")));
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
