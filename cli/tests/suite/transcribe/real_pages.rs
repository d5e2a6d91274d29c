//! Real documentation pages, compared fact by fact with specs that were written by hand.
//!
//! The pages are other people's documents and not part of the repository. Name their folders to run these tests:
//! `ALICLOUD_SEEDS` has the five pages of the bundled specs, `ALICLOUD_PAGES` those of `tests/transcribe/facts/`, in
//! which each file has the facts of the page whose name begins like the file's.

use std::fs;
use std::path::{Path, PathBuf};

use super::options;
use super::page_facts::{Tally, compare, facts, operation};
use alicloud_cli::transcribe::{Transcribed, transcribe};
use alicloud_model::{Operation, load_dir};

/// The text above the table of facts.
const TABLE_HEAD: &str = "\
# Facts of real pages

The facts that `alicloud transcribe` reads from the pages of `facts/`, without a known spec, compared with the specs
there. `BLESS=1 cargo test -p alicloud-cli --test suite real_pages` updates this file. It needs the pages: see
`real_pages.rs`.

";

/// The pages of a folder that a variable names.
fn pages(variable: &str) -> Option<Vec<PathBuf>> {
    let Some(folder) = std::env::var_os(variable) else {
        eprintln!("SKIPPED: {variable} names no folder of pages, so no real page is tested");
        return None;
    };
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{variable}: {error}"));
    let mut pages: Vec<PathBuf> = entries.map(|entry| entry.expect("the folder can be read").path()).collect();
    pages.retain(|page| page.extension().is_some_and(|extension| extension == "txt"));
    pages.sort();
    assert!(!pages.is_empty(), "{variable}: there is no page in the folder");
    Some(pages)
}

/// Transcribes a page without any help but a name for its product, which no fact depends on.
fn transcribed(page: &Path) -> Transcribed {
    let bytes = fs::read(page).expect("the page can be read");
    transcribe(&bytes, &options(), None).unwrap_or_else(|error| panic!("{}: {error}", page.display()))
}

fn draft_of(transcribed: &Transcribed) -> Operation {
    let style =
        if transcribed.product_files.iter().any(|(_, text)| text.contains("style: ROA")) { "ROA" } else { "RPC" };
    operation(&transcribed.operation, style, &transcribed.spec)
}

#[test]
fn seeds_become_the_specs_that_were_written_by_hand() {
    let Some(pages) = pages("ALICLOUD_SEEDS") else { return };
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    let loaded = load_dir(&specs, "specs", None);
    assert_eq!(pages.len(), 5);
    for page in &pages {
        let transcribed = transcribed(page);
        let draft = draft_of(&transcribed);
        let truth = loaded.services.iter().find_map(|service| service.operation(&draft.name)).expect("it is bundled");
        let Tally { missed, wrong, .. } = compare(&facts(&draft), &facts(truth));
        assert!(missed.is_empty() && wrong.is_empty(), "{}: missed {missed:#?}, wrong {wrong:#?}", page.display());
        // The samples are copied, and show which fields a response may lack.
        for (own, other) in draft.examples.iter().zip(&truth.examples) {
            assert_eq!((&own.json, &own.xml), (&other.json, &other.xml));
        }
        for (own, other) in draft.response.iter().zip(&truth.response) {
            assert_eq!(own.optional, other.optional, "{}.{}", draft.name, own.name);
        }
    }
}

#[test]
fn no_fact_of_a_page_is_read_wrong() {
    let Some(pages) = pages("ALICLOUD_PAGES") else { return };
    let truths = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/transcribe/facts");
    let mut table = String::from("| page | facts read | missed | wrong |\n|---|---|---|---|\n");
    let mut lists = String::new();
    let mut all_wrong = Vec::new();
    let mut count = 0;
    let entries = fs::read_dir(&truths).expect("the truth is there");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("the folder can be read").path()).collect();
    files.sort();
    for truth in files {
        let stem = truth.file_stem().expect("it has a name").to_string_lossy().into_owned();
        let page =
            pages.iter().find(|page| page.file_name().is_some_and(|name| name.to_string_lossy().starts_with(&stem)));
        let page = page.unwrap_or_else(|| panic!("there is no page for {stem}"));
        let text = fs::read_to_string(&truth).expect("the truth can be read");
        let name = text.lines().find_map(|line| line.strip_prefix("operation: ")).expect("it names its operation");
        let style = if text.contains("\nstyle: ROA") { "ROA" } else { "RPC" };
        let truth = facts(&operation(name, style, &text));
        let Tally { read, missed, wrong } = compare(&facts(&draft_of(&transcribed(page))), &truth);
        table.push_str(&format!("| {stem} | {read} | {} | {} |\n", missed.len(), wrong.len()));
        lists.extend(missed.iter().map(|fact| format!("- {stem}: {}\n", fact.split(": ").next().unwrap_or_default())));
        all_wrong.extend(wrong.iter().map(|fact| format!("{stem}: {fact}")));
        count += 1;
    }
    assert!(count >= 16, "there are {count} files of facts");
    assert!(all_wrong.is_empty(), "{all_wrong:#?}");
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/transcribe/real_pages.md");
    let written = format!("{TABLE_HEAD}{table}\nMissed:\n\n{lists}");
    if std::env::var_os("BLESS").is_some() {
        fs::write(&kept, &written).expect("it can be written");
    }
    let known = fs::read_to_string(&kept).expect("it can be read");
    assert_eq!(known, written, "with BLESS=1, the test updates {}", kept.display());
}
