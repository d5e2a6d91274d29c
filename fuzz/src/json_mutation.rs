//! Mutations of documents that keep them JSON: they swap values and members, and insert words of the format.

use std::ops::Range;

use crate::random::Random;

/// Texts that could be interpreted as something else.
pub const HOSTILE: &[&str] = &[
    r#"a\"b"#,
    r"a\nb",
    r"a\r\n  b: c",
    "*/ fn x(){} /*",
    "r#x",
    "r#self",
    "self",
    "Self",
    "crate",
    "_",
    r"\u202eabc",
    r"\u0000",
    r"\u001b[31m",
    "#[doc]",
    r#"\"); fn x(){} //"#,
    r##"\"#; mod x {}"##,
    "a b",
    "a.b",
    "a-b",
    "A_B",
    "a_b",
    "ab",
    "AB",
    "Ab",
    "%s",
    "a%sb",
    "{a}",
    "{region}",
    "*",
    "a*",
    "~",
    "null",
    "true",
    "no",
    "0x1F",
    "1e3",
    "1e999",
    "NaN",
    "inf",
    "-0",
    "9223372036854775808",
    "- a",
    "a: b",
    "a #b",
    "|",
    ">",
    "'",
    "---",
    "...",
    "\u{540d}\u{524d}",
    "\u{df}",
    "\u{1c5}",
    "\u{fb01}",
    r"\ufeff",
    r"\u2028",
    r"\u0085",
    r"\t",
    " ",
    "",
    "2",
    "2a",
    "_2",
    "new",
    "clone",
    "into",
    "value",
    "type",
    "gen",
    "body",
    "Client",
    "Other",
    "Error",
    "ServiceError",
    "ServiceResponse",
    "Request",
    "Input",
    "String",
    "Object",
    "Binary",
    "__rt",
    "SERVICE",
    "..",
    "/",
    "///",
    "//!",
    "`",
    "```",
    "$crate",
    "'static",
    "b'",
    "<!--",
    "<Op>",
    "&amp;",
    "]]>",
    r"\\",
    r"\\u{202e}",
    "${x}",
    "{{",
    "}}",
    "?a",
    "%41",
];

const MEMBERS: &[&str] = &[
    r#""required":true"#,
    r#""required":"true""#,
    r#""in":"path""#,
    r#""in":"body""#,
    r#""in":"header""#,
    r#""in":"host""#,
    r#""in":"formData""#,
    r#""style":"json""#,
    r#""style":"flat""#,
    r#""style":"simple""#,
    r#""style":"repeatList""#,
    r#""type":"object""#,
    r#""type":"array""#,
    r#""type":"string""#,
    r#""type":"integer""#,
    r#""type":"number""#,
    r#""type":"boolean""#,
    r#""type":"any""#,
    r#""type":["null","string"]"#,
    r#""format":"int32""#,
    r#""format":"int64""#,
    r#""format":"byte""#,
    r#""format":"binary""#,
    r#""format":"float""#,
    r#""format":"double""#,
    r#""enum":[1,"2",2.5]"#,
    r#""enum":[]"#,
    r#""properties":{"a":{"type":"string"},"A":{}}"#,
    r#""properties":[]"#,
    r#""items":{"type":"string"}"#,
    r##""items":{"$ref":"#/components/schemas/A"}"##,
    r##""$ref":"#/components/schemas/A""##,
    r##""$ref":"#/components/schemas/B""##,
    r#""additionalProperties":{"type":"string"}"#,
    r#""additionalProperties":true"#,
    r#""default":"1""#,
    r#""default":1"#,
    r#""example":"1""#,
    r#""example":0.5"#,
    r#""minimum":"1""#,
    r#""maximum":"9""#,
    r#""maximum":1e400"#,
    r#""maximum":1.5"#,
    r#""exclusiveMinimum":true"#,
    r#""minLength":2"#,
    r#""maxLength":"64""#,
    r#""minItems":1"#,
    r#""maxItems":3"#,
    r#""pattern":"^[a-z]*$""#,
    r#""deprecated":true"#,
    r#""path":"/a/{a}/{b}""#,
    r#""path":"/""#,
    r#""methods":["get","post"]"#,
    r#""methods":["put"]"#,
    r#""consumes":["application/json"]"#,
    r#""consumes":["application/xml"]"#,
    r#""x-sdk":{"method":"POST","reqBodyType":"json"}"#,
    r#""operationType":"read""#,
    r#""style":"ROA""#,
    r#""style":"SLS""#,
    r#""responseDemo":"[{\"type\":\"json\",\"example\":\"{\\\"a\\\": 1}\"}]""#,
    r#""responseDemo":"[{\"type\":\"xml\",\"example\":\"<OpResponse><a>1</a></OpResponse>\"}]""#,
    r#""errorCodes":{"400":[{"errorCode":"A.%s","errorMessage":"m"},{"errorCode":"A"}]}"#,
    r##""responses":{"200":{"schema":{"$ref":"#/components/schemas/A"},"headers":{"X":{"schema":{"type":"string"}}}}}"##,
    r#""headers":{"x-a":{"schema":{"type":"integer"}}}"#,
    r#""endpoints":[{"regionId":"cn-a","endpoint":"d.cn-a.aliyuncs.com"}]"#,
];

const VALUES: &[&str] =
    &["[]", "{}", "null", "true", "0", "-1", "1.5", "1e400", "18446744073709551616", "\"\"", "[{}]", "[[]]"];

/// The parts that can be moved.
#[derive(Debug, Default)]
struct Parts {
    values: Vec<Range<usize>>,
    texts: Vec<Range<usize>>,
    keys: Vec<Range<usize>>,
    /// A key and its value.
    members: Vec<Range<usize>>,
}

impl Parts {
    fn of(text: &[u8]) -> Self {
        let mut parts = Self::default();
        let mut open: Vec<usize> = Vec::new();
        let mut keys: Vec<Option<usize>> = vec![None];
        let mut at = 0;
        while let Some(byte) = text.get(at) {
            let start = at;
            at += 1;
            let value = match byte {
                b'{' | b'[' => {
                    open.push(start);
                    keys.push(None);
                    continue;
                }
                b'}' | b']' => {
                    keys.truncate(keys.len().saturating_sub(1).max(1));
                    match open.pop() {
                        Some(opened) => opened..at,
                        None => continue,
                    }
                }
                b'"' => {
                    while let Some(byte) = text.get(at) {
                        at += if *byte == b'\\' { 2 } else { 1 };
                        if *byte == b'"' {
                            break;
                        }
                    }
                    at = at.min(text.len());
                    let rest = text.get(at..).unwrap_or_default();
                    if rest.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b':') {
                        parts.keys.push(start..at);
                        if let Some(key) = keys.last_mut() {
                            *key = Some(start);
                        }
                        continue;
                    }
                    parts.texts.push(start..at);
                    start..at
                }
                byte if byte.is_ascii_alphanumeric() || *byte == b'-' => {
                    let rest = text.get(at..).unwrap_or_default();
                    at += rest.iter().take_while(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(byte)).count();
                    start..at
                }
                _ => continue,
            };
            if let Some(key) = keys.last_mut().and_then(Option::take) {
                parts.members.push(key..value.end);
            }
            parts.values.push(value);
        }
        parts
    }
}

/// Returns the document after one change, if it has anything to change.
pub fn mutate(text: &[u8], random: &mut Random) -> Option<Vec<u8>> {
    let parts = Parts::of(text);
    let part = |range: &Range<usize>| text.get(range.clone()).unwrap_or_default().to_vec();
    let quoted = |word: &str| format!("\"{word}\"").into_bytes();
    let (place, new) = match random.below(10) {
        0 => (random.pick(&parts.values)?.clone(), part(random.pick(&parts.values)?)),
        1 => (random.pick(&parts.values)?.clone(), random.pick(VALUES)?.as_bytes().to_vec()),
        2 => (random.pick(&parts.texts)?.clone(), quoted(random.pick(HOSTILE)?)),
        3 => (random.pick(&parts.texts)?.clone(), part(random.pick(&parts.texts)?)),
        4 => (random.pick(&parts.keys)?.clone(), quoted(random.pick(HOSTILE)?)),
        5 => (random.pick(&parts.keys)?.clone(), part(random.pick(&parts.keys)?)),
        6 => {
            let member = random.pick(&parts.members)?.clone();
            let comma = usize::from(text.get(member.end) == Some(&b','));
            (member.start..member.end + comma, Vec::new())
        }
        7 => {
            let at = random.pick(&parts.members)?.start;
            let mut new = part(random.pick(&parts.members)?);
            new.push(b',');
            (at..at, new)
        }
        8 => {
            let at = random.pick(&parts.members)?.start;
            (at..at, format!("{},", random.pick(MEMBERS)?).into_bytes())
        }
        _ => (random.pick(&parts.members)?.clone(), random.pick(MEMBERS)?.as_bytes().to_vec()),
    };
    let mut changed = text.get(..place.start)?.to_vec();
    changed.extend(new);
    changed.extend(text.get(place.end..)?);
    Some(changed)
}
