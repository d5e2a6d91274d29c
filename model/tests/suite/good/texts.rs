//! The notations of texts, numbers and booleans in YAML.

use std::fmt::Write as _;

use alicloud_model::Sample;

use super::{EVERYTHING, demo, everything, sound};

/// YAML reads these as numbers, booleans and dates. Specs mean the text.
#[test]
fn texts_stay_as_written() {
    let written = [
        "007269004887",
        "0",
        "-0",
        "+1",
        "1.10",
        "1e3",
        "1_000",
        "0x1F",
        "0o17",
        "0b11",
        "017",
        "true",
        "True",
        "FALSE",
        "yes",
        "no",
        "on",
        "2020-04-20",
        "2020-04-20T06:00:00Z",
        "12:30:45",
        ".inf",
        ".NaN",
        "1.",
        "1.0.0",
        "0.0.0.0/0",
        "123456789012345678901234567890",
        "0.1000000000000000055511151231257827",
        "a1KiV******",
        "=",
        "<<",
        "nulls",
    ];
    let keys = ["example", "default", "doc"];
    let mut text = "operation: Do\nsummary: 1.10\nmethods: [GET]\nparameters:\n".to_owned();
    for (number, word) in written.iter().enumerate() {
        writeln!(text, "  - name: P{number}\n    type: String").unwrap();
        keys.iter().for_each(|key| writeln!(text, "    {key}: {word}").unwrap());
        writeln!(text, "    values: [{word}]").unwrap();
    }
    text.push_str("response:\n  - { name: Success, type: Boolean }\n  - { name: Code, type: String }\n");
    text.push_str("  - { name: Message, type: String }\nerrors:\n  - { status: 400, code: 404, message: 1.10 }\n");
    text.push_str("examples:\n  - json: \"{}\"\n    request:\n");
    written.iter().enumerate().for_each(|(number, word)| writeln!(text, "      P{number}: {word}").unwrap());
    let operation = sound(demo(&[("Do", &text)])).operations.remove(0);
    assert_eq!(operation.summary, "1.10");
    assert_eq!((operation.errors[0].code.as_str(), operation.errors[0].message.as_str()), ("404", "1.10"));
    for (number, word) in written.iter().enumerate() {
        let field = &operation.parameters[number].field;
        assert_eq!(field.example.as_deref(), Some(*word));
        assert_eq!(field.default.as_deref(), Some(*word));
        assert_eq!(field.doc, *word);
        assert_eq!(field.values, [*word]);
        assert_eq!(operation.examples[0].request[number].1, Sample::Text((*word).to_owned()));
    }
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_are_ignored() {
    let plain = format!("{:?}", everything());
    let marked = sound(demo(&[("ListThings", &format!("\u{feff}{EVERYTHING}"))]));
    assert_eq!(format!("{:?}", marked.operations[0]), plain);
    let windows = sound(demo(&[("ListThings", &EVERYTHING.replace('\n', "\r\n"))]));
    assert_eq!(format!("{:?}", windows.operations[0]), plain);
}

/// Aliases are replaced by the nodes that they refer to. Merging is not part of the format.
#[test]
fn aliases_are_followed() {
    let text = EVERYTHING.replace("doc: |\n", "doc: &text |\n").replace("doc: The name.", "doc: *text");
    let operation = sound(demo(&[("ListThings", &text)])).operations.remove(0);
    assert_eq!(operation.parameters[0].field.doc, operation.doc);
}

/// Texts that YAML reads as numbers or booleans, each in a separate file.
#[test]
fn a_rare_form_of_a_number_or_boolean_is_kept() {
    for word in [
        "0x1F", "0o17", "0b11", "-0", "+1", "True", "TRUE", "False", "FALSE", "true", "7", "-7", "~", "!!int 7", "1.50",
    ] {
        let text = format!(
            "operation: Do\nsummary: Does.\nmethods: [GET]\noutcome: none\nparameters:\n  - name: A\n    type: String\n    doc: {word}\n"
        );
        let loaded = demo(&[("Do", &text)]);
        let expected = match word {
            "~" => "",
            "!!int 7" => "7",
            word => word,
        };
        let found = loaded.services[0].operations.first().map(|one| one.parameters[0].field.doc.as_str());
        assert_eq!(found.unwrap_or_default(), expected, "{word}: {:?}", loaded.diagnostics);
    }
}
