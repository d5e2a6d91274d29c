//! The importer writes YAML with exactly the texts of the document, whatever their characters, and never panics.

use alicloud_cli::import::{Options, convert};
use serde_json::json;
use serde_yaml::Value;

const HOSTILE: &[&str] = &[
    "true",
    "no",
    "~",
    "null",
    "0x1F",
    "1e3",
    "-1",
    "+1",
    ".5",
    ".inf",
    "1_000",
    "2020-01-01",
    "12:30:45",
    "- a",
    "-",
    "? a",
    ": a",
    "a: b",
    "a:",
    "a #b",
    "#a",
    "&a",
    "*a",
    "!a",
    "|",
    ">",
    "%a",
    "@a",
    "`a",
    "'",
    "\"",
    "\\",
    "a'b\"c",
    "{a}",
    "[a]",
    "{",
    "]",
    ",",
    "---",
    "...",
    "--- a",
    "=",
    "<<",
    "a\tb",
    "a\nb",
    "a\nb\n",
    "a\n\nb\n\n",
    "\na",
    " a\nb",
    "\ta\nb",
    "a\n b\n",
    "a\n\tb",
    "a \nb",
    "a\r\nb",
    "a\rb",
    "\u{0}",
    "\u{7}",
    "\u{1b}[31m",
    "\u{7f}",
    "\u{85}",
    "\u{a0}",
    "a\u{2028}b",
    "\u{202e}abc",
    "\u{feff}",
    "\u{fffe}",
    "\u{10ffff}",
    "\u{1f600}",
    "名前",
    "é",
    "{{region}}",
    "%s",
    "a  b",
    "${x}",
    "$ref",
    "key: |\n  block",
    "# not a comment\ntext",
    "a\n# b\n---\nc",
    "\"\nx",
    "\u{d7ff}\u{e000}",
];

fn long_texts() -> Vec<String> {
    let word = "word ".repeat(60);
    vec![
        word.trim().to_owned(),
        format!("{}  two spaces", word.trim()),
        format!("{word}# {word}: {word}- end"),
        "x".repeat(500),
        format!("{} {}", "x".repeat(300), "y".repeat(300)),
        format!("# {word}end"),
        format!("- {word}end"),
        format!("{word}\n{word}"),
    ]
}

#[test]
fn texts_survive_a_round_trip() {
    let texts: Vec<String> = HOSTILE.iter().map(|text| (*text).to_owned()).chain(long_texts()).collect();
    for text in &texts {
        let document = json!({
            "info": { "product": "Demo", "version": "1" },
            "apis": { "Op": {
                "parameters": [{ "name": "A", "schema": { "type": "string", "pattern": text, "example": text, "enum": ["a", text] } }],
                "responses": { "200": { "schema": { "type": "object", "properties": {
                    "B": { "type": "array", "example": text, "items": { "type": "object", "properties": { "C": { "type": "string", "example": text } } } },
                } } } },
                "errorCodes": { "400": [{ "errorCode": "Bad", "errorMessage": text }] },
            } },
        });
        let files = convert(document.to_string().as_bytes(), &Options::default()).unwrap().files();
        let (_, yaml) = files.iter().find(|(name, _)| name == "Op.yaml").unwrap();
        let read: Value = serde_yaml::from_str(yaml).unwrap_or_else(|error| panic!("{text:?}: {error}\n{yaml}"));
        let expected = if text.trim().is_empty() { None } else { Some(text.as_str()) };
        let parameter = &read["parameters"][0];
        for (key, found) in [
            ("pattern", parameter.get("pattern")),
            ("example", parameter.get("example")),
            ("value", parameter["values"].get(1)),
            ("list", read["response"][0].get("example")),
            ("nested", read["response"][0]["fields"][0].get("example")),
        ] {
            assert_eq!(found.map(|value| value.as_str().unwrap_or("no text")), expected, "{key} of {text:?}\n{yaml}");
        }
        assert_eq!(read["errors"][0]["message"], text.trim(), "{yaml}");
        assert!(yaml.lines().all(|line| !line.chars().any(|one| one.is_control() && one != '\t')), "{yaml}");
        assert!(!yaml.contains(['\u{202e}', '\u{feff}', '\u{2028}']), "{yaml}");
    }
}

#[test]
fn names_survive_a_round_trip() {
    for name in ["true", "a:b", "#a", "'", "\"", "\\", "{a}", "-a", "a.b", "x-*", "名前", "é", "%", "1", "~"] {
        let document = json!({
            "info": { "product": "Demo", "version": "1" },
            "apis": { "Op": {
                "parameters": [{ "name": name, "schema": { "type": "string", "required": true, "example": "x" } }],
                "responses": { "200": { "schema": { "type": "object", "properties": { "A": { "type": "string" } } } } },
                "responseDemo": r#"[{"type": "json", "example": "{}"}]"#,
            } },
        });
        let files = convert(document.to_string().as_bytes(), &Options::default()).unwrap().files();
        let read: Value = serde_yaml::from_str(&files[1].1).unwrap_or_else(|error| panic!("{error}\n{}", files[1].1));
        assert_eq!(read["parameters"][0]["name"].as_str(), Some(name), "{}", files[1].1);
        assert_eq!(read["examples"][0]["request"].get(name).and_then(Value::as_str), Some("x"), "{}", files[1].1);
    }
}

#[test]
fn texts_are_formatted_like_handwritten_ones() {
    let document = json!({
        "info": { "product": "Demo", "version": "2020-01-01" },
        "apis": { "GetSize": {
            "methods": ["get", "post"],
            "operationType": "read",
            "parameters": [
                { "name": "Size", "in": "formData", "schema": { "type": "integer", "format": "int32", "minimum": "1", "example": "10", "required": true } },
                { "name": "Kind", "schema": { "type": "string", "enum": ["a", "b"], "example": "356217374433******" } },
            ],
            "responses": { "200": { "schema": { "type": "object", "properties": {
                "Ids": { "type": "array", "items": { "type": "string" } },
                "Done": { "type": "boolean", "example": "true" },
            } } } },
            "responseDemo": "[{\"type\": \"json\", \"example\": \"{\\r\\n  \\\"Done\\\": true\\r\\n}\"}]",
        } },
    });
    let files = convert(document.to_string().as_bytes(), &Options::default()).unwrap().files();
    let expected = "\
operation: GetSize
summary: Returns the size.
methods: [GET, POST]
effect: read
parameters:
  - name: Size
    type: Integer
    in: form
    required: true
    range: { min: 1 }
    example: 10
  - name: Kind
    type: String
    values: [a, b]
    example: 356217374433******
response:
  - name: Done
    type: Boolean
    example: true
  - name: Ids
    type: List<String>
examples:
  - request:
      Size: 10
    json: |
      {
        \"Done\": true
      }
";
    assert_eq!(files[1].1, expected);
}

#[test]
fn the_order_of_the_document_is_kept() {
    let text = r#"{"info":{"product":"Demo","version":"1"},"apis":{"Z":{},"A":{"responses":{"200":{"schema":{
        "properties":{"c":{},"a":{},"b":{"properties":{"z":{},"y":{}}}}}}}}}}"#;
    let files = convert(text.as_bytes(), &Options::default()).unwrap().files();
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["service.yaml", "Z.yaml", "A.yaml"]);
    let fields: Vec<&str> = files[2].1.lines().filter_map(|line| line.trim_start().strip_prefix("- name: ")).collect();
    assert_eq!(fields, ["c", "a", "b", "z", "\"y\""]);
}

/// A document with every kind of value.
const SEED: &str = r##"{"info":{"style":"ROA","product":"Demo","version":"1"},"components":{"schemas":{"N":{"type":"object",
"properties":{"n":{"$ref":"#/components/schemas/N"},"m":{"type":"array","items":{"$ref":"#/components/schemas/N"}}}}}},"apis":{"Op":{
"methods":["post","get"],"path":"/a/{B}","operationType":"read","deprecated":false,"consumes":["application/json"],"parameters":[
{"name":"B","in":"path","schema":{"type":"string","required":true,"example":"x"}},{"name":"body","in":"body","style":"json","schema":{
"$ref":"#/components/schemas/N"}},{"name":"T","in":"query","style":"repeatList","schema":{"type":"array","items":{"type":"object",
"properties":{"K":{"type":"string","maxLength":3}}},"maxItems":"20"}},{"name":"P","schema":{"type":"integer","minimum":"1","default":1}}],
"responses":{"200":{"headers":{"x-a":{"schema":{"type":"string"}}},"schema":{"type":"object","properties":{"A":{"type":"string"},
"M":{"type":"object","additionalProperties":{"type":"any"}}}}}},"errorCodes":{"400":[{"errorCode":"E.%s","errorMessage":"m"}]},
"responseDemo":"[{\"type\":\"json\",\"example\":\"{\\\"A\\\":1}\"},{\"type\":\"xml\",\"example\":\"<OpResponse/>\"}]"}},
"endpoints":[{"regionId":"cn-a","endpoint":"d.cn-a.x.com"}]}"##;

#[test]
fn no_document_causes_a_panic() {
    // A fixed sequence of pseudo-random numbers (Knuth's MMIX constants), so that failures are reproducible.
    let mut state = 1_u64;
    let mut next = move |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    let pieces =
        ["{", "}", "[", "]", "\"", ":", ",", "null", "true", "7", "\"\"", "\\u0000", "-1e999", "\"$ref\":", "{}", "[]"];
    let mut accepted = 0;
    for _ in 0..4000 {
        let mut bytes = SEED.as_bytes().to_vec();
        for _ in 0..=next(3) {
            let at = next(bytes.len());
            match next(5) {
                0 => bytes.truncate(at),
                1 => bytes[at] = u8::try_from(next(256)).unwrap(),
                2 => bytes.splice(at..at, pieces[next(pieces.len())].bytes()).for_each(drop),
                3 => {
                    let end = (at + next(40)).min(bytes.len());
                    bytes.drain(at..end);
                }
                _ => {
                    let end = (at + next(200)).min(bytes.len());
                    let copy = bytes[at..end].to_vec();
                    let to = next(bytes.len());
                    bytes.splice(to..to, copy).for_each(drop);
                }
            }
            if bytes.is_empty() {
                break;
            }
        }
        let Ok(converted) = convert(&bytes, &Options::default()) else { continue };
        accepted += 1;
        assert!(converted.report.operations.is_complete() && converted.report.parameters.is_complete());
        for (name, text) in converted.files() {
            serde_yaml::from_str::<Value>(&text).unwrap_or_else(|error| panic!("{name}: {error}\n{text}"));
        }
    }
    assert!(accepted > 100, "{accepted} mutations were documents at all");
}
