//! Pages that are no pages of an operation, or are hostile: a clear message or a smaller draft, and never a wrong
//! value.

use alicloud_cli::transcribe::{NoteKind, Origin, Transcribed, transcribe};

use super::options;

/// A page with these rows of parameters, this response table, and these samples.
fn page(parameters: &str, response: &str, samples: &str) -> String {
    format!(
        "# DescribeThings\n\nIt describes things.\n\n## Request parameters\n\n|Parameter|Type|Required|Example|Description|\n|---|---|---|---|---|\n\
         |Action|String|Yes|DescribeThings|The name.|\n{parameters}\n## Response parameters\n\n|Parameter|Type|Example|Description|\n|---|---|---|---|\n\
         {response}\n## Examples\n\n{samples}\n## Error codes\n\n|HttpCode|Error code|Error message|Description|\n|---|---|---|---|\n\
         |404|NotFound|It is not there.|x|\n"
    )
}

fn draft(text: &str) -> Transcribed {
    transcribe(text.as_bytes(), &options(), None).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn has_note(transcribed: &Transcribed, kind: NoteKind, part: &str) -> bool {
    transcribed.notes.iter().any(|note| note.kind == kind && note.text.contains(part))
}

#[test]
fn what_is_no_page_of_an_operation_is_rejected_with_a_reason() {
    let huge = "x".repeat((16 << 20) + 1);
    let cases: &[(&[u8], &str)] = &[
        (b"", "the page is empty"),
        (b" \n\n ", "the page is empty"),
        (b"\xff\xfe", "not UTF-8: it fails at byte 0"),
        (huge.as_bytes(), "more than 16 MiB"),
        (b"# How to pay\n\nYou pay by card.\n", "not the page of an operation"),
        (b"<html><body><h1>Prices</h1><table><tr><td>a</td></tr></table></body></html>", "not the page of an operation"),
        ("## \u{417}\u{430}\u{43f}\u{440}\u{43e}\u{441}\n\n|a|b|\n|---|---|\n|c|d|\n".as_bytes(), "not the page of an operation"),
        (b"## Request parameters\n\n|Parameter|Type|\n|---|---|\n|A|String|\n", "does not say which operation it describes"),
        (b"# CreateThing\n\n## Request syntax\n\n## Request parameters\n\n## Error codes\n\n[x](https://api.aliyun.com/#product=X&api=CreateThing&type=ROA&version=2020-01-01)\n", "the page does not show its path"),
    ];
    for (bytes, expected) in cases {
        let error = transcribe(bytes, &options(), None).expect_err(expected);
        assert!(error.message().contains(expected), "{error} for {expected}");
        assert!(!error.help().is_empty());
    }
}

#[test]
fn two_operations_in_one_description_are_asked_for_by_name() {
    let text = "The CreateThing operation needs the DeleteThing operation.\n\nThe DeleteThing operation is another.\n\nRequest parameters\n\n\
                Error codes\n";
    let error = transcribe(text.as_bytes(), &options(), None).expect_err("it may be either").to_string();
    // The first name of a sentence counts, and both sentences have one.
    assert!(error.contains("`CreateThing` or `DeleteThing`") && error.contains("--operation NAME"), "{error}");
}

#[test]
fn a_page_without_its_product_asks_for_it() {
    let text = page("", "|RequestId|String|1|x|", "");
    let error = transcribe(text.as_bytes(), &Default::default(), None).expect_err("it names no product").to_string();
    assert!(error.contains("does not say its product") && error.contains("--product"), "{error}");
}

#[test]
fn a_page_that_is_cut_gives_what_it_has() {
    let whole = page("|Id|String|Yes|t-1|The ID.|", "|RequestId|String|1|x|", "```\n{\"RequestId\": \"1\"}\n```\n");
    let all = draft(&whole);
    let value = |path: &str| all.traces.iter().find(|trace| trace.path == path).map(|trace| trace.value.clone());
    let mut drafts = 0;
    for (end, _) in whole.char_indices() {
        let Ok(cut) = transcribe(&whole.as_bytes()[..end], &options(), None) else { continue };
        drafts += 1;
        for trace in &cut.traces {
            // Only the text in which the page was cut may be shorter.
            let is_last = matches!(trace.origin, Origin::Page(line) if line == whole[..end].lines().count());
            let is_usual = matches!(trace.origin, Origin::Usual | Origin::Option);
            let is_text =
                ["doc", "summary", "example", "message", "description"].iter().any(|end| trace.path.ends_with(end));
            let is_same = value(&trace.path).is_some_and(|value| value == trace.value);
            assert!(
                is_same || is_usual || is_last && is_text,
                "{trace:?} of a page that ends at {end}:\n{}",
                &whole[..end]
            );
        }
    }
    assert!(drafts > 100, "{drafts} pages were transcribed");
    let cut = draft(&whole[..whole.find("{\"RequestId").expect("there is a sample") + 12]);
    assert!(!cut.spec.contains("json"), "{}", cut.spec);
}

#[test]
fn columns_and_sections_in_unknown_languages_are_left_out_with_notes() {
    let text = "# DescribeThings\n\n## Request parameters\n\n|Parameter|Type|Povinn\u{fd}|Popis|\n|---|---|---|---|\n|Id|String|Ano|ID.|\n\n\
                ## V\u{fd}sledek\n\n|Parametr|Typ|Popis|\n|---|---|---|\n|RequestId|String|ID.|\n\n## Error codes\n";
    let draft = draft(text);
    assert!(draft.spec.contains("name: Id") && !draft.spec.contains("RequestId"), "{}", draft.spec);
    assert!(!draft.spec.contains("required: true"), "{}", draft.spec);
    assert!(has_note(&draft, NoteKind::Missing, "whether `Id` is required"), "{:?}", draft.notes);
    assert!(has_note(&draft, NoteKind::NotUnderstood, "the section `V\u{fd}sledek`"), "{:?}", draft.notes);
}

#[test]
fn nothing_outside_of_the_tables_is_dropped_in_silence() {
    let parameters = "|Id|String|Yes|t-1|The ID.|\n\nIt depends on the region.\n\n|Region|Limit|\n|---|---|\n|cn-hangzhou|5|\n\n```\n{\"Id\": \"t-1\"}\n```\n";
    let samples =
        "```\n{\"RequestId\": \"1\"}\n```\n\n```\n{\"RequestId\": \"2\"}\n```\n\n```\n{\"RequestId\": \n```\n";
    let draft = draft(&page(parameters, "|RequestId|String|1|x|", samples));
    for (kind, part) in [
        (NoteKind::LeftOut, "text outside of the tables: It depends on the region."),
        (NoteKind::NotUnderstood, "a row outside of the tables: |cn-hangzhou|5|"),
        (NoteKind::LeftOut, "a sample outside of the examples"),
        (NoteKind::LeftOut, "a second JSON sample"),
        (NoteKind::LeftOut, "a JSON sample that does not end"),
    ] {
        assert!(has_note(&draft, kind, part), "{part}: {:?}", draft.notes);
    }
}

#[test]
fn ambiguous_texts_give_no_value() {
    let cases = [
        ("|Id|String|No|t-1|A name of up to 64 characters, or a path of up to 128 characters.|", "length"),
        ("|Size|Integer|No|1|For disks: valid values: 1 to 5. For images: valid values: 7 to 9.|", "range"),
        ("|Size|Integer|No|1|Default value: 1. In some regions, default value: 2.|", "default"),
        ("|Kind|String|No|a|Valid values: a, b. In some regions, valid values: c, d.|", "values"),
        ("|Kind|String|No|a|Valid values: - a : first - the second - c : third|", "values"),
        ("|Port.N|Integer|No|1|The ports. N\u{7684}\u{53d6}\u{503c}\u{8303}\u{56f4}\u{ff1a}1~50|", "range"),
    ];
    for (row, key) in cases {
        let draft = draft(&page(row, "|RequestId|String|1|x|", ""));
        let has_key = draft.spec.lines().any(|line| line.trim_start().starts_with(&format!("{key}:")));
        assert!(!has_key, "{row}: {}", draft.spec);
    }
}

#[test]
fn a_path_that_only_a_sample_shows_has_names_or_is_an_error() {
    let page = |position: &str, example: &str| {
        format!(
            "# GetThing\n\n## Request parameters\n\n|Parameter|Type|Position|Required|Example|\n|---|---|---|---|---|\n\
             |Id|String|{position}|Yes|{example}|\n\n## Examples\n\nSample requests\n\n```\nGET /things/t-1/detail HTTP/1.1\n```\n\n\
             ## Error codes\n"
        )
    };
    let draft = draft(&page("Path", "t-1"));
    assert!(draft.spec.contains("path: /things/{Id}/detail\n"), "{}", draft.spec);
    let error = transcribe(page("Path", "t-2").as_bytes(), &options(), None).expect_err("the path has no name");
    assert!(error.message().contains("has its path only in a sample"), "{error}");
}

#[test]
fn rows_behind_an_object_without_members_are_not_placed() {
    // `object` may have any members, so the next row may be beside it.
    let response = "|Data|object| |The data.|\n|Id|string|t-1|The ID.|";
    let draft = draft(&page("", response, ""));
    assert!(draft.spec.contains("type: Map<Any>") && !draft.spec.contains("name: Id"), "{}", draft.spec);
    assert!(has_note(&draft, NoteKind::NotUnderstood, "`Id`: the page does not show which object it is in"));
}

/// In quadratic time, a page with so many parts would take minutes.
const MANY: usize = 8_000;

#[test]
fn time_and_memory_are_in_proportion_to_the_page() {
    let head = "# DescribeThings\n\n## Request parameters\n\n|Parameter|Type|Required|Example|Description|\n|---|---|---|---|---|\n";
    let many = |row: &dyn Fn(usize) -> String| (0..MANY).map(row).collect::<String>();
    let cases = [
        format!("{head}{}", many(&|n| format!("|P{n}|String| |x|x|\n"))),
        format!("{head}{}", many(&|n| format!("|Tag.N.K{n}|String|No|x|x|\n"))),
        format!("{head}{}", many(&|n| format!("|A{n}|Thing|No|x|x|\n"))),
        format!("{head}|Id|String|No|x|{}|\n", "Valid values: - ".repeat(MANY)),
        format!("{head}|Id|String|No|x|{}|\n", "](".repeat(MANY)),
        format!("{head}\n## Response parameters\n\n{head}{}", many(&|n| format!("|A{n}|object|No|x|x|\n"))),
        format!("{head}\n## Examples\n\n{}", "{\n".repeat(MANY)),
        format!("{head}\n## Examples\n\n{}", many(&|n| format!("<A{n}Response>\n"))),
        format!("{head}\n## Examples\n\nhttps://x.aliyuncs.com/?Action=A\n{}", "&A=[\n".repeat(MANY)),
        format!("{head}\n{}", "Parameter\n\n\n\n".repeat(MANY)),
        format!(
            "<html><h2>Request parameters</h2><table><tr>{}</tr></table>",
            "<th rowspan=99 colspan=99>Name</th>".repeat(MANY)
        ),
        format!("<html><h1>DescribeThings</h1><h2>Request parameters</h2>{}", "<b>\u{a0} </b>".repeat(MANY)),
        format!("# DescribeThings\n\n{}\n## Request parameters\n", "<table>\n".repeat(MANY)),
    ];
    for text in cases {
        drop(transcribe(text.as_bytes(), &options(), None));
    }
}

#[test]
fn samples_of_another_operation_are_left_out() {
    let samples = "```\nhttps://x.aliyuncs.com/?Action=DeleteOther\n&Id=other-1\n```\n\n```\n<DeleteOtherResponse><RequestId>1</RequestId></DeleteOtherResponse>\n```\n";
    let draft = draft(&page("|Id|String|Yes|t-1|The ID.|", "|RequestId|String|1|x|", samples));
    assert!(!draft.spec.contains("other-1") && !draft.spec.contains("DeleteOther"), "{}", draft.spec);
    assert!(has_note(&draft, NoteKind::LeftOut, "DeleteOtherResponse"));
}

#[test]
fn lost_cells_are_found_by_what_a_column_holds() {
    // The required column, the example and the description are lost in turn.
    let cases = [
        ("|Id|String|t-1|The ID of it.|", "example: t-1", "required: true"),
        ("|Id|String|Yes|The ID of it.|", "required: true", "example"),
        ("|Id|String|Yes|\n|Other|String|No|o-1|Another one.|", "name: Other", "example: Other"),
    ];
    for (row, expected, never) in cases {
        let draft = draft(&page(row, "|RequestId|String|1|x|", ""));
        assert!(draft.spec.contains(expected), "{row}: {}", draft.spec);
        let own = draft.spec.split("name: Id").nth(1).unwrap_or_default().split("name: ").next().unwrap_or_default();
        assert!(!own.contains(never), "{row}: {}", draft.spec);
    }
}

/// A row that lost its end does not continue in a heading with bars, or after a line of dashes.
#[test]
fn headings_and_dashes_end_a_row() {
    for heading in ["## Notes|405|Closed|It is closed.|", "## Notes|", "---\nNotes|", "|---|---|\nNotes|"] {
        let text = page("|Id|String|Yes|t-1|The ID.|", "|RequestId|String|1|x|", "");
        let draft = draft(&format!("{text}|403|Denied|Nobody may.\n\n{heading}\n"));
        assert!(draft.spec.contains("message: Nobody may.\n"), "{heading}: {}", draft.spec);
        assert!(!draft.spec.contains("Notes"), "{heading}: {}", draft.spec);
    }
}

#[test]
fn members_that_may_be_in_either_object_are_not_placed() {
    let response = "|Data|Object| |The data.|\n|Id|String|t-1|The ID.|\n|Kind|String|k|The kind.|";
    let draft = draft(&page("", response, ""));
    // The first row behind an object is in it; the second may be outside.
    assert!(draft.spec.contains("name: Id") && !draft.spec.contains("name: Kind"), "{}", draft.spec);
    assert!(
        has_note(&draft, NoteKind::NotUnderstood, "`Kind`: the page does not show which object it is in"),
        "{:?}",
        draft.notes
    );
}

#[test]
fn marks_and_dots_determine_the_nesting() {
    for response in [
        "|Data|Object| |The data.|\n|└Id|String|t-1|The ID.|\n|└Kind|String|k|The kind.|\n|Total|Integer|1|All.|",
        "|Data|Object| |The data.|\n|Data.Id|String|t-1|The ID.|\n|Data.Kind|String|k|The kind.|\n|Total|Integer|1|All.|",
    ] {
        let draft = draft(&page("", response, ""));
        let inner = draft.spec.split("fields:").nth(1).unwrap_or_default().split("errors:").next().unwrap_or_default();
        assert!(inner.contains("      - name: Id") && inner.contains("      - name: Kind"), "{}", draft.spec);
        assert!(inner.contains("\n  - name: Total"), "{}", draft.spec);
    }
}

#[test]
fn hostile_texts_are_quoted_or_left_out() {
    let cases = [
        ("|Id|String|Yes|\"a\": [b] # c|The ID.|", "'\"a\": [b] # c'"),
        ("|Id|String|Yes|yes|The ID.|", "example: \"yes\""),
        ("|Id|String|Yes|{a: b}|The ID.|", "\"{a: b}\""),
        ("|Id|String|Yes|- x|The ID.|", "\"- x\""),
    ];
    for (row, expected) in cases {
        let draft = draft(&page(row, "|RequestId|String|1|x|", ""));
        assert!(draft.spec.contains(expected), "{row}: {}", draft.spec);
    }
    let bidi = draft(&page("|Id|String|Yes|a\u{202e}b|The \u{202e}ID.|", "|RequestId|String|1|x|", ""));
    assert!(!bidi.spec.contains('\u{202e}'), "{}", bidi.spec);
    assert!(has_note(&bidi, NoteKind::LeftOut, "control characters or invisible ones"));
}

#[test]
fn names_that_cannot_be_are_left_out_with_a_note() {
    let draft = draft(&page(
        "|Id|String|Yes|t-1|x|\n|id|String|No|t-2|x|\n|Id|String|No|t-3|x|\n|Size|Thing|No|1|x|",
        "|RequestId|String|1|x|",
        "",
    ));
    assert_eq!(draft.spec.matches("- name: ").count(), 2, "{}", draft.spec);
    assert!(has_note(&draft, NoteKind::NotUnderstood, "`Thing` of `Size` is not a type"));
}

#[test]
fn values_that_contradict_their_type_are_left_out() {
    let text = page(
        "|Size|Integer|No|many|The size. Valid values: 5 to 1. Default value: few.|\n|Flag|Boolean|No|1|A flag.|",
        "|RequestId|String|1|x|",
        "",
    );
    let draft = draft(&text);
    for never in ["many", "few", "range", "example: 1\n"] {
        let parameters =
            draft.spec.split("response:").next().unwrap_or_default().replace("few.", "").replace("doc:", "");
        assert!(
            !parameters
                .lines()
                .any(|line| line.trim_start().starts_with(never) || line.contains(&format!("example: {never}"))),
            "{never}: {}",
            draft.spec
        );
    }
}

#[test]
fn large_and_deep_html_is_read() {
    let mut html = String::from("<!DOCTYPE html><html><body>");
    html.push_str(&"<div>".repeat(100_000));
    html.push_str("<h1>DescribeThings</h1><h2>Request parameters</h2><table><tr><th>Parameter</th><th>Type</th><th>Required</th></tr>");
    for number in 0..2000 {
        html.push_str(&format!("<tr><td>P{number}</td><td>String</td><td>No</td></tr>"));
    }
    html.push_str("</table><h2>Response parameters</h2><script>if (a < b) { '</table>' }</script>");
    html.push_str(&"<p>filler</p>".repeat(400_000));
    assert!(html.len() > 5 << 20);
    let draft = draft(&html);
    assert!(draft.spec.contains("name: P1999"), "the last row is there");
    assert!(!draft.spec.contains("a < b"));
}

#[test]
fn a_null_in_html_makes_a_row_unreadable() {
    let html = "<html><body><h1>DescribeThings</h1><h2>Request parameters</h2><h2>Error codes</h2><table>\
                <tr><th>HttpCode</th><th>Error code</th><th>Error message</th></tr>\
                <tr><td>404</td><td>NotFound</td><td>It is not the\0re.</td></tr></table></body></html>";
    let draft = draft(html);
    assert!(!draft.spec.contains("NotFound"), "{}", draft.spec);
    assert!(has_note(&draft, NoteKind::NotUnderstood, "a row of the error table: NotFound"), "{:?}", draft.notes);
}

#[test]
fn carriage_returns_in_html_are_no_lines() {
    let html = "<html>\r\r\r<body>\r\n<h1>DescribeThings</h1>\r<h2>Request parameters</h2>\r\n<h2>Error codes</h2></body></html>";
    let draft = draft(html);
    let name = draft.traces.iter().find(|trace| trace.path == "operation").expect("it is there");
    assert_eq!(name.origin, Origin::Page(2));
}

#[test]
fn merged_cells_of_html_repeat_and_fill() {
    let html = "<html><body><h1>DescribeThings</h1><h2>Request parameters</h2><table>\
                <tr><th>Parameter</th><th>Type</th><th>Required</th><th>Description</th></tr>\
                <tr><td>A</td><td rowspan=\"2\">String</td><td rowspan=2>Yes</td><td>First.</td></tr>\
                <tr><td>B</td><td>Second.</td></tr>\
                <tr><td colspan=4>A note over all columns.</td></tr></table><h2>Error codes</h2></body></html>";
    let draft = draft(html);
    assert_eq!(draft.spec.matches("required: true").count(), 2, "{}", draft.spec);
    assert!(has_note(&draft, NoteKind::NotUnderstood, "A note over all columns"), "{:?}", draft.notes);
}
