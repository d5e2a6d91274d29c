//! No text makes loading panic or exhaust memory, and no report is too long to read.

use std::fmt::Write as _;
use std::fs;

use alicloud_model::{Loaded, load_dir, load_sources};

use crate::sources::{SERVICE, service, source};

/// Loads a text as this file of a product, and renders the diagnostics.
fn survive_as(name: &str, text: &str) -> Loaded {
    let mut sources = vec![source(&format!("demo/2020-01-01/{name}.yaml"), text)];
    if name != "service" {
        sources.push(service());
    }
    let loaded = load_sources(&sources);
    for diagnostic in &loaded.diagnostics {
        let report = diagnostic.to_string();
        assert!((1..3_000).contains(&report.len()), "the report is too long");
    }
    loaded
}

fn survive(text: &str) -> Loaded {
    survive_as("service", text);
    survive_as("GetThing", text)
}

#[test]
fn every_single_byte_is_harmless() {
    let folder = tempfile::tempdir().unwrap();
    let version = folder.path().join("demo/2020-01-01");
    fs::create_dir_all(&version).unwrap();
    fs::write(version.join("service.yaml"), SERVICE).unwrap();
    for byte in 0..=255_u8 {
        for bytes in [vec![byte], vec![byte, b':', b' ', byte], vec![b'a', b'\n', byte, byte, b'\n', byte]] {
            fs::write(version.join("GetThing.yaml"), &bytes).unwrap();
            let loaded = load_dir(folder.path(), "specs", None);
            let report: String = loaded.diagnostics.iter().map(ToString::to_string).collect();
            assert!(!report.is_empty(), "{bytes:?} is not an operation");
        }
    }
}

#[test]
fn wide_and_unusual_characters_are_harmless() {
    let odd =
        ["\u{3000}", "\u{2028}", "\u{85}", "\u{200d}", "e\u{301}", "🦀", "\u{202e}", "\u{feff}", "\u{7f}", "\t", "\r"];
    for one in odd {
        for text in
            ["X", "X: X", "operation: X", "operation: GetThing\nX\nX: 1", "- X\n- [X", "a: \"X", "{X", "X X: {X: X}X"]
        {
            survive(&text.replace('X', one));
        }
    }
}

#[test]
fn deep_nesting_is_harmless() {
    let deep = 10_000;
    let shallow_lists = "[".repeat(100) + &"]".repeat(100);
    let texts = [
        "[".repeat(deep),
        "{a: ".repeat(deep),
        "[".repeat(deep) + &"]".repeat(deep),
        "- ".repeat(deep),
        (0..1000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect(),
        format!("operation: GetThing\nparameters: {shallow_lists}"),
        format!(
            "operation: GetThing\nparameters:\n  - {{ name: A, type: {}String{} }}",
            "List<".repeat(deep),
            ">".repeat(deep)
        ),
        format!("operation: GetThing\nparameters:\n  - {{ name: A, type: {} }}", "Map<".repeat(deep)),
        format!("operation: GetThing\nexamples:\n  - request: {{}}\n    json: '{}'", "[".repeat(deep)),
        format!(
            "operation: GetThing\nsummary: s\nmethods: [GET]\nexamples:\n  - request: {{}}\n    xml: '{}{}'",
            "<a>".repeat(deep * 10),
            "</a>".repeat(deep * 10)
        ),
    ];
    for text in texts {
        assert!(!survive(&text).diagnostics.is_empty());
    }
}

#[test]
fn an_alias_bomb_is_harmless() {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..30 {
        let uses = vec![format!("*a{}", level - 1); 10].join(", ");
        writeln!(text, "a{level}: &a{level} [{uses}]").unwrap();
    }
    text.push_str("operation: *a29\n");
    let loaded = survive(&text);
    assert!(loaded.diagnostics.iter().any(|one| one.message == "aliases repeat too much of the text"));
    survive("a: &a [*a]\n");
    survive("&a ? *a : *a\n");
}

#[test]
fn a_line_of_megabytes_is_harmless() {
    let size = 5_000_000;
    let long = "x".repeat(size);
    let texts = [
        format!("operation: {long}"),
        format!("operation: GetThing\nsummary: s\nmethods: [GET]\neffect: {long}\n"),
        format!("operation: GetThing\nparameters: [{}]", "1,".repeat(2_000)),
        format!("\"{}\": 1", "激".repeat(size / 3)),
        (0..2_000).map(|number| format!("key{number}: 1\n")).collect(),
    ];
    for text in texts {
        assert!(!survive_as("GetThing", &text).diagnostics.is_empty());
    }
}
