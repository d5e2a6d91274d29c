//! Synonyms of keys and types: words of OpenAPI and of other languages, and other spellings.

use crate::nearest::nearest;

/// The keys of specs, sorted. Any other key is misspelt or unknown.
const KNOWN: [&str; 79] = [
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
    "ram_code",
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

/// Whether a mapping of specs has such a key.
pub(crate) fn is_known_key(key: &str) -> bool {
    KNOWN.binary_search(&key).is_ok()
}

/// Returns the synonym of a key that is also a key of other mappings: fields have an `example`, operations have
/// `examples`. This runs for each missing key, and most keys are missing, so it does not search a table.
pub(crate) fn known_synonym(meant: &str) -> Option<&'static str> {
    match meant {
        "errors" => Some("exceptions"),
        "examples" => Some("example"),
        "operation" => Some("action"),
        "parameters" => Some("parameter"),
        _ => None,
    }
}

/// The names of keys in other formats, by the key in specs. No mapping has both the key and one of its synonyms.
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

/// Whether a key is another spelling or a synonym of `meant`.
pub(crate) fn is_key(written: &str, meant: &str) -> bool {
    let plain = |word: &str| word.replace(['-', ' '], "_").to_lowercase();
    let written = plain(written);
    let others = KEYS.iter().find(|(key, _)| *key == meant).map_or(&[][..], |(_, others)| others);
    written == meant || others.iter().any(|other| written == *other || written.replace('_', "") == *other)
}

/// Returns the type that was most likely meant by an unknown one: `int` of other languages, `List[String]`, `String[]`,
/// `List<String`, or a typing error. `names` are the types whose names are single words.
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
    // The keys of maps are always texts.
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
