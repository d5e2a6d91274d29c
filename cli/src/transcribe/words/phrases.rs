//! The phrases of sentences and of lines.

/// The beginnings of lines below a table that are not part of it.
pub(crate) const AFTER_TABLES: &[&str] = &[
    "For a list of error codes",
    "For more information about error codes",
    "See Error Codes",
    "See for a complete list",
    "See [Error Codes]",
    "See Release Notes",
    "访问错误中心",
    "访问[错误中心]",
    "存取錯誤中心",
    "訪問錯誤中心",
    "完全なリストについては",
    "エラーコードの一覧",
    "Lihat Kode Error",
    "Consulte Códigos de Erro",
    "In addition to the preceding",
    "调用API时",
    "关于公共请求参数",
];

/// Marks behind a name that is deprecated.
const DEPRECATION_MARKS: &[&str] =
    &["deprecated", "(deprecated)", "[deprecated]", "（deprecated）", "已废弃", "已弃用", "废弃", "已廢棄", "非推奨"];

/// Whether a word behind a name says that it is deprecated.
pub(crate) fn is_deprecation_mark(word: &str) -> bool {
    let word = word.trim_matches(['`', '*']);
    DEPRECATION_MARKS.iter().any(|mark| mark.eq_ignore_ascii_case(word))
}

/// Words in which a page says that something is deprecated.
pub(crate) const DEPRECATED: &[&str] = &[
    "is deprecated",
    "has been deprecated",
    "are deprecated",
    "is discontinued",
    "no longer supported",
    "will be unavailable",
    "will be removed",
    "已废弃",
    "已弃用",
    "已下线",
    "即将下线",
    "即将废弃",
    "不再支持",
    "已停用",
    "已廢棄",
    "非推奨",
    "廃止",
];
