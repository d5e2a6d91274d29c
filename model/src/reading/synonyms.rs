//! Synonyms of keys and types: the words of OpenAPI and of other languages, and other spellings.

use crate::nearest::nearest;

/// The keys of specs, in order. A key that is not here is written otherwise, or means nothing.
const KNOWN: [&str; 78] = [
    "access",
    "action",
    "any_of",
    "at_most",
    "by",
    "code",
    "codes",
    "count",
    "default",
    "deprecated",
    "doc",
    "effect",
    "endpoints",
    "errors",
    "every",
    "example",
    "examples",
    "exceptions",
    "fails",
    "field",
    "fields",
    "first",
    "form_as",
    "gateway",
    "host",
    "idempotent",
    "in",
    "items",
    "json",
    "length",
    "limits",
    "max",
    "message",
    "methods",
    "min",
    "module",
    "more",
    "name",
    "next",
    "operation",
    "optional",
    "outcome",
    "pagination",
    "parameter",
    "parameters",
    "path",
    "pattern",
    "per",
    "product",
    "qps",
    "ram",
    "range",
    "regions",
    "request",
    "required",
    "resource",
    "response",
    "retry",
    "rules",
    "rust",
    "sensitive",
    "size",
    "status",
    "style",
    "success",
    "summary",
    "together",
    "token",
    "total",
    "type",
    "types",
    "unit",
    "until",
    "values",
    "version",
    "vpc",
    "waiters",
    "xml",
];

/// Whether some mapping of a spec has such a key.
pub(crate) fn is_known_key(key: &str) -> bool {
    KNOWN.binary_search(&key).is_ok()
}

/// The synonym of a key that is a key of other mappings: fields have an `example`, operations `examples`. It is asked for each
/// key that is not there, which is most of them, so it looks nothing up.
pub(crate) fn known_synonym(meant: &str) -> Option<&'static str> {
    match meant {
        "errors" => Some("exceptions"),
        "examples" => Some("example"),
        "operation" => Some("action"),
        "parameters" => Some("parameter"),
        _ => None,
    }
}

/// What a key is called elsewhere, under the key that is meant. No mapping has both the key and one of its synonyms.
const KEYS: [(&str, &[&str]); 28] = [
    ("at_most", &["timeout", "max_wait"]),
    ("code", &["error_code", "errorcode"]),
    ("default", &["default_value"]),
    ("deprecated", &["obsolete"]),
    ("doc", &["description", "desc", "docs", "documentation", "comment"]),
    ("errors", &["error", "error_codes", "errorcodes", "exceptions"]),
    ("every", &["interval"]),
    ("examples", &["example", "samples", "sample"]),
    ("fields", &["properties", "members", "attributes"]),
    ("form_as", &["body_type"]),
    ("in", &["position", "location", "place"]),
    ("limits", &["limit", "rate_limit", "flow", "throttling"]),
    ("message", &["error_message", "errormessage", "msg"]),
    ("methods", &["method", "http_method", "verb", "verbs"]),
    ("operation", &["action", "api", "operation_id"]),
    ("pagination", &["paging", "pages", "paginator"]),
    ("parameters", &["params", "param", "parameter", "args", "arguments", "inputs"]),
    ("pattern", &["regex", "regexp"]),
    ("product", &["service", "product_name"]),
    ("required", &["mandatory"]),
    ("response", &["responses", "returns", "result", "output"]),
    ("sensitive", &["secret"]),
    ("status", &["http_status", "status_code", "http_code"]),
    ("style", &["api_style"]),
    ("summary", &["title"]),
    ("type", &["data_type", "datatype", "kind"]),
    ("values", &["enum", "options", "choices"]),
    ("version", &["api_version"]),
];

/// Whether a key is written otherwise where `meant` is expected: in another case, or under another name.
pub(crate) fn is_key(written: &str, meant: &str) -> bool {
    let plain = |word: &str| word.replace(['-', ' '], "_").to_lowercase();
    let written = plain(written);
    let others = KEYS.iter().find(|(key, _)| *key == meant).map_or(&[][..], |(_, others)| others);
    written == meant || others.iter().any(|other| written == *other || written.replace('_', "") == *other)
}

/// The type that is meant by a word which is none: `int` of other languages, `List[String]`, `String[]`, `List<String`, or a
/// slip of the keyboard. `names` are the types that are written as one word.
pub(crate) fn meant_type(word: &str, names: &[&str]) -> Option<String> {
    meant_type_at(word, names, 0)
}

fn meant_type_at(word: &str, names: &[&str], depth: usize) -> Option<String> {
    const DEEPEST: usize = 8;
    let word = word.trim();
    if depth > DEEPEST || word.len() > 200 {
        return None;
    }
    if let Some(item) = word.strip_suffix("[]") {
        return Some(format!("List<{}>", meant_type_at(item, names, depth + 1)?));
    }
    let Some((outer, inner)) = word.split_once(['<', '[', '(']) else {
        let exact = names.iter().find(|name| **name == word).copied();
        let meant = exact.or_else(|| plain_type(word)).or_else(|| nearest(word, names.iter().copied()));
        return meant.map(str::to_owned);
    };
    let inner = inner.trim_end().trim_end_matches([']', ')']);
    // Brackets that are missing, or left over, change nothing.
    let inner = inner.strip_suffix('>').unwrap_or(inner);
    let outer = outer.trim().to_lowercase();
    let meant = match outer.as_str() {
        "list" | "array" | "vec" | "set" | "seq" | "sequence" => "List",
        "map" | "dict" | "hashmap" | "btreemap" | "object" | "record" => "Map",
        other => nearest(other, ["List", "Map"])?,
    };
    // Keys are texts always.
    let item = if meant == "Map" { inner.split_once(',').map_or(inner, |(_, value)| value) } else { inner };
    Some(format!("{meant}<{}>", meant_type_at(item, names, depth + 1)?))
}

fn plain_type(word: &str) -> Option<&'static str> {
    let known = match word.to_lowercase().as_str() {
        "string" | "str" | "text" | "date" | "datetime" | "timestamp" | "time" | "char" | "uuid" => "String",
        "integer" | "int" | "int32" | "i32" | "short" => "Integer",
        "long" | "int64" | "i64" | "bigint" => "Long",
        "float" | "float32" | "f32" => "Float",
        "double" | "number" | "float64" | "f64" | "decimal" => "Double",
        "boolean" | "bool" => "Boolean",
        "any" | "json" => "Any",
        "bytes" | "byte" | "base64" => "Bytes",
        "binary" | "stream" | "file" => "Binary",
        "object" | "struct" => "Object",
        "array" | "list" => "List<String>",
        "map" | "dict" => "Map<String>",
        _ => return None,
    };
    Some(known)
}
