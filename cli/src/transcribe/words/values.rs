//! The words of cells: whether a parameter is required, types, positions, and words for an empty cell.

use alicloud_model::{Position, Type};

use super::key::key;

/// Whether the cell of a table says required or optional. `None` if it says neither.
pub(crate) fn required(text: &str) -> Option<bool> {
    const YES: &[&str] = &[
        "yes",
        "true",
        "required",
        "mandatory",
        "y",
        "是",
        "必选",
        "必须",
        "必填",
        "必須",
        "はい",
        "ya",
        "sim",
        "sí",
        "oui",
        "ja",
        "예",
        "obligatoire",
        "obligatorio",
        "wajib",
        "필수",
    ];
    const NO: &[&str] = &[
        "no",
        "false",
        "optional",
        "n",
        "否",
        "可选",
        "选填",
        "任意",
        "省略可能",
        "いいえ",
        "tidak",
        "não",
        "non",
        "nein",
        "opcional",
        "아니요",
        "facultatif",
        "opsional",
        "선택",
    ];
    let key = key(text);
    if YES.contains(&key.as_str()) {
        Some(true)
    } else if NO.contains(&key.as_str()) {
        Some(false)
    } else {
        None
    }
}

/// A type as pages write it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum WrittenType {
    Scalar(Type),
    Object,
    /// A list; of what, if the page says it.
    List(Option<Box<WrittenType>>),
    Map(Option<Box<WrittenType>>),
}

impl WrittenType {
    /// Whether rows below may be its members or items.
    pub(crate) fn is_container(&self) -> bool {
        !matches!(self, Self::Scalar(_))
    }
}

/// The type that a cell names.
pub(crate) fn written_type(text: &str) -> Option<WrittenType> {
    read_type(&key(text), 0)
}

fn read_type(key: &str, depth: usize) -> Option<WrittenType> {
    if depth > 4 {
        return None;
    }
    let inner = |opening: &str| {
        let rest = key.strip_prefix(opening)?.trim_start();
        let rest =
            rest.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).or_else(|| rest.strip_prefix("of "))?;
        Some(rest.trim())
    };
    for opening in ["array", "list"] {
        if let Some(item) = inner(opening) {
            // `Array of Instance` names the items, whose members follow.
            let item = read_type(item, depth + 1).or_else(|| key.contains("of ").then_some(WrittenType::Object));
            return Some(WrittenType::List(Some(Box::new(item?))));
        }
    }
    if let Some(item) = inner("map") {
        let item = item.rsplit(',').next().unwrap_or(item).trim();
        return Some(WrittenType::Map(Some(Box::new(read_type(item, depth + 1)?))));
    }
    if let Some(item) = key.strip_suffix("[]") {
        return Some(WrittenType::List(Some(Box::new(read_type(item, depth + 1)?))));
    }
    Some(match key {
        "string" | "str" | "text" | "字符串" => WrittenType::Scalar(Type::String),
        "integer" | "int" | "int32" | "整型" => WrittenType::Scalar(Type::Integer),
        "long" | "int64" | "长整型" => WrittenType::Scalar(Type::Long),
        "float" => WrittenType::Scalar(Type::Float),
        "double" | "number" => WrittenType::Scalar(Type::Double),
        "boolean" | "bool" | "布尔" => WrittenType::Scalar(Type::Boolean),
        "any" => WrittenType::Scalar(Type::Any),
        "object" | "struct" | "对象" => WrittenType::Object,
        "map" => WrittenType::Map(None),
        "array" | "list" | "数组" => WrittenType::List(None),
        "repeatlist" => WrittenType::List(Some(Box::new(WrittenType::Scalar(Type::String)))),
        _ => return None,
    })
}

/// The type words that may be glued to a name, the longest first.
pub(crate) const GLUED_TYPES: &[&str] = &[
    "array<object>",
    "array<string>",
    "array<integer>",
    "array<long>",
    "array<boolean>",
    "array<array>",
    "boolean",
    "Boolean",
    "integer",
    "Integer",
    "string",
    "String",
    "object",
    "Object",
    "double",
    "Double",
    "array",
    "Array",
    "float",
    "Float",
    "Struct",
    "long",
    "Long",
    "List",
    "any",
];

/// The position that a cell of that column names.
pub(crate) fn position(text: &str) -> Option<Position> {
    Some(match key(text).as_str() {
        "query" | "url" | "请求参数" => Position::Query,
        "body" | "requestbody" | "json" => Position::Body,
        "formdata" | "form" => Position::Form,
        "path" | "uri" => Position::Path,
        "header" | "headers" => Position::Header,
        "host" => Position::Host,
        _ => return None,
    })
}

/// Whether a parameter's name is that of the whole body.
pub(crate) fn is_body_name(name: &str) -> bool {
    ["body", "requestbody", "request_body"].contains(&name.to_ascii_lowercase().as_str())
}

/// Whether a cell is empty, or says that there is nothing.
pub(crate) fn is_nothing(text: &str) -> bool {
    let key = key(text);
    matches!(key.as_str(), "" | "-" | "--" | "无" | "無" | "none" | "なし" | "n/a" | "nenhum" | "tidak ada" | "/")
}
