//! The JSON reader accepts and rejects the same texts as `serde_json`, and decodes the same values.

use std::collections::BTreeMap;

use alicloud_runtime::dynamic::{Decode, Slot, from_bytes};
use serde_json::Value;

/// Fields that together read every kind of token.
#[derive(Default)]
struct Fields {
    text: String,
    long: i64,
    float: f64,
    raw: String,
    texts: Vec<String>,
    map: BTreeMap<String, String>,
    inner: Option<Box<Fields>>,
}

impl Decode for Fields {
    fn field(&mut self, index: usize) -> (&'static str, Slot<'_>) {
        match index {
            0 => ("Text", Slot::Text(&mut self.text)),
            1 => ("Long", Slot::Long(&mut self.long)),
            2 => ("Float", Slot::Float(&mut self.float)),
            3 => ("Raw", Slot::Raw(&mut self.raw)),
            4 => ("Texts", Slot::List(&mut self.texts)),
            5 => ("Map", Slot::Map(&mut self.map)),
            6 => ("Inner", Slot::OptionalObject(&mut self.inner)),
            _ => ("", Slot::Skip),
        }
    }
}

fn decoded(text: &[u8]) -> Result<Fields, String> {
    let mut fields = Fields::default();
    from_bytes(text, "Test", &mut fields).map(|()| fields)
}

/// The value of a text, unless a field with a string contains another kind of value. Such fields are decoded leniently.
fn compare(fields: &Fields, value: &Value, text: &str) {
    if let Some(expected) = value["Text"].as_str() {
        assert_eq!(fields.text, expected, "{text}");
    }
    if let Some(expected) = value["Long"].as_i64() {
        assert_eq!(fields.long, expected, "{text}");
    }
    if let Some(expected) = value["Float"].as_f64().filter(|_| value["Float"].is_number()) {
        // `serde_json` rounds some numbers differently.
        assert!((fields.float - expected).abs() <= expected.abs() * 1e-15, "{text}: {} {expected}", fields.float);
    }
    if let Some(expected) = value.get("Raw") {
        let raw: Value = serde_json::from_str(&fields.raw).unwrap_or_else(|why| panic!("{text}: {} {why}", fields.raw));
        assert_eq!(&raw, expected, "{text}");
    }
    if let Some(expected) = value["Texts"].as_array() {
        assert_eq!(fields.texts.len(), expected.len(), "{text}");
        for (found, expected) in fields.texts.iter().zip(expected) {
            assert!(expected.as_str().is_none_or(|expected| expected == found), "{text}");
        }
    }
    if let Some(expected) = value["Map"].as_object() {
        assert_eq!(fields.map.keys().collect::<Vec<_>>(), sorted(expected.keys()), "{text}");
    }
    if let (Some(fields), value @ Value::Object(_)) = (&fields.inner, &value["Inner"]) {
        compare(fields, value, text);
    }
}

fn sorted<'v>(keys: impl Iterator<Item = &'v String>) -> Vec<&'v String> {
    let mut keys: Vec<_> = keys.collect();
    keys.sort();
    keys
}

/// Whether a text is rejected because of its types, or because it is nested too deep, and not because of its syntax.
fn is_about_meaning(reason: &str) -> bool {
    reason.contains("should be") || reason.contains("levels deep")
}

/// A linear congruential generator (Knuth's MMIX), so that every run tests the same texts.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}

#[test]
fn damaged_texts_are_accepted_and_rejected_like_by_serde_json() {
    let whole = [
        r#"{"Text":"plain","Long":-12,"Float":1.5e3,"Raw":{"a":[1,2.50,true,false,null,"x"]},"Texts":["a","b"],"Map":{"k":"v"}}"#,
        r#"{"Text":"a longer text with \"escapes\" \\ \/ \b\f\n\r\t \u00e9\ud83d\ude00 中文😀","Texts":[],"Map":{},"Raw":[]}"#,
        r#" { "Inner" : { "Text" : "1" , "Inner" : { "Long" : 0 , "Raw" : -0.0E-1 } } , "New" : [ { } , [ [ ] ] ] } "#,
        r#"{"Float":123456789012345678901234567890,"Long":9223372036854775807,"Te\u0078t":"escaped","Texts":["12345678","1234567"]}"#,
    ];
    // Bytes that often stand between valid and invalid texts.
    let bytes = b"\"\\{}[],:-+.eE0123456789tfnu/ \n\t\x00\x1f\x7f\xc3\xa9dD8";
    let mut random = Random(1);
    let (mut accepted, mut rejected) = (0, 0);
    for round in 0..200_000 {
        let mut text = whole[round % whole.len()].as_bytes().to_vec();
        for _ in 0..=random.below(3) {
            let at = random.below(text.len());
            let byte = bytes[random.below(bytes.len())];
            match random.below(4) {
                0 => text[at] = byte,
                1 => text.insert(at, byte),
                2 => drop(text.remove(at)),
                _ => text.truncate(at.max(2)),
            }
        }
        if text.trim_ascii().is_empty() {
            // An empty body is a response without fields.
            continue;
        }
        let expected = serde_json::from_slice::<Value>(&text);
        let shown = String::from_utf8_lossy(&text);
        match (decoded(&text), expected) {
            (Ok(fields), Ok(value)) => {
                accepted += 1;
                // With the same key twice, only the last value is in both.
                if shown.matches("\"Inner\"").count() <= 2 && value.is_object() {
                    compare(&fields, &value, &shown);
                }
            }
            (Err(_), Err(_)) => rejected += 1,
            (Err(reason), Ok(_)) => assert!(is_about_meaning(&reason), "{shown}: {reason}"),
            // A skipped value, or one kept as text, may contain half a surrogate pair, and a number of any size.
            (Ok(_), Err(error)) => {
                let reason = error.to_string();
                let is_lenient = reason.contains("surrogate") || reason.contains("hex escape");
                assert!(is_lenient || reason.contains("out of range"), "{shown}: {reason}");
            }
        }
    }
    assert!(accepted > 10_000 && rejected > 10_000, "{accepted} {rejected}");
}

/// Strings are read eight bytes at a time.
#[test]
fn every_character_is_read_at_every_position_of_a_string() {
    for position in 0..17 {
        for one in ('\0'..='\u{ff}').chain(['\u{7ff}', '中', '😀']) {
            let inside = format!("{}{one}{}", "a".repeat(position), "b".repeat(16 - position));
            let text = format!("{{\"Text\":\"{inside}\"}}");
            let expected = serde_json::from_str::<Value>(&text).ok();
            let found = decoded(text.as_bytes()).ok();
            assert_eq!(found.is_some(), expected.is_some(), "{text:?}");
            if let (Some(fields), Some(value)) = (found, expected) {
                compare(&fields, &value, &text);
            }
        }
    }
}
