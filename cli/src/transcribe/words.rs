//! The words of documentation pages, by which their sections, columns and values are told: a new layout or language is an entry
//! in one of these tables.

use std::collections::HashMap;
use std::sync::LazyLock;

use alicloud_model::{Position, Type};

/// A section of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    /// What the operation does, and how to use it.
    Description,
    Limits,
    /// A link to try the operation. Nothing is read from it.
    Debugging,
    Authorization,
    RequestSyntax,
    /// A table of parameters, perhaps all of one position.
    Parameters(Option<Position>),
    Response,
    ResponseHeaders,
    Examples,
    RequestSample,
    ResponseSample,
    ErrorSample,
    Errors,
    /// What follows the reference: the history of changes, links. Nothing is read from it.
    After,
    /// A heading that is not known.
    Unknown,
}

/// The names of sections: English, simplified and traditional Chinese, Japanese, and other languages as far as they are known.
const SECTIONS: &[(Section, &[&str])] = &[
    (
        Section::Description,
        &[
            "Operation description",
            "Usage notes",
            "Usage note",
            "Prerequisites",
            "Background information",
            "API description",
            "Instructions",
            "接口说明",
            "使用说明",
            "使用須知",
            "使用须知",
            "前提条件",
            "介面說明",
            "使用說明",
            "操作の説明",
            "操作説明",
            "説明",
            "使用上の注意",
        ],
    ),
    (
        Section::Limits,
        &[
            "QPS limits",
            "QPS limit",
            "Limits",
            "Limit",
            "Throttling",
            "Rate limits",
            "QPS限制",
            "QPS 限制",
            "限流说明",
            "频率限制",
            "使用限制",
            "限制说明",
            "流控限制",
            "QPS 制限",
            "QPS制限",
            "制限",
            "制限事項",
        ],
    ),
    (
        Section::Debugging,
        &[
            "Debugging",
            "Debug",
            "Try it now",
            "Test",
            "Try it",
            "调试",
            "調試",
            "在线调试",
            "今すぐお試しください",
            "デバッグ",
            "テスト",
            "Coba sekarang",
            "Experimente agora",
            "Testar",
        ],
    ),
    (
        Section::Authorization,
        &[
            "RAM authorization",
            "Authorization information",
            "Authorization",
            "Permissions",
            "授权信息",
            "授權資訊",
            "RAM 认证",
            "RAM 認証",
            "RAM認証",
            "権限付与情報",
            "Autorização RAM",
            "Otorisasi RAM",
        ],
    ),
    (
        Section::RequestSyntax,
        &[
            "Request syntax",
            "Request structure",
            "Request URI",
            "请求语法",
            "请求结构",
            "請求文法",
            "請求語法",
            "リクエスト構文",
            "リクエストの構文",
            "Sintaks permintaan",
            "Sintaxe da solicitação",
        ],
    ),
    (
        Section::Parameters(None),
        &[
            "Request parameters",
            "Request parameter",
            "Request parameters list",
            "Parameters",
            "请求参数",
            "請求參數",
            "入参",
            "请求参数说明",
            "リクエストパラメーター",
            "リクエストパラメータ",
            "Parameter permintaan",
            "Parâmetros da solicitação",
            "Parámetros de solicitud",
            "Paramètres de requête",
            "Anfrageparameter",
            "요청 매개변수",
        ],
    ),
    (
        Section::Parameters(Some(Position::Path)),
        &[
            "Path parameters",
            "Path parameter",
            "路径参数",
            "Path参数",
            "Path 参数",
            "路徑參數",
            "パスパラメーター",
            "パスパラメータ",
        ],
    ),
    (
        Section::Parameters(Some(Position::Query)),
        &[
            "Query parameters",
            "Query parameter",
            "查询参数",
            "Query参数",
            "Query 参数",
            "查詢參數",
            "クエリパラメーター",
            "クエリパラメータ",
        ],
    ),
    (
        Section::Parameters(Some(Position::Header)),
        &[
            "Request headers",
            "Request header",
            "Header parameters",
            "请求头",
            "请求头参数",
            "请求头部",
            "請求頭",
            "リクエストヘッダー",
            "リクエストヘッダ",
        ],
    ),
    (
        Section::Parameters(Some(Position::Body)),
        &[
            "Request body",
            "Body parameters",
            "Body parameter",
            "RequestBody",
            "请求体",
            "请求体参数",
            "请求Body",
            "Body参数",
            "請求體",
            "リクエストボディ",
            "リクエスト本文",
        ],
    ),
    (
        Section::Response,
        &[
            "Response parameters",
            "Response parameter",
            "Response elements",
            "Response element",
            "Return parameters",
            "Returned data",
            "Response body",
            "返回数据",
            "返回参数",
            "返回結果",
            "返回结果",
            "返回參數",
            "返回資料",
            "出参",
            "响应参数",
            "レスポンスパラメーター",
            "レスポンスパラメータ",
            "レスポンス要素",
            "応答パラメーター",
            "応答パラメータ",
            "戻り値",
            "Elemen respons",
            "Parameter respons",
            "Elementos da resposta",
            "Parâmetros de resposta",
        ],
    ),
    (Section::ResponseHeaders, &["Response headers", "Response header", "返回头", "响应头", "レスポンスヘッダー"]),
    (Section::Examples, &["Examples", "Example", "Samples", "示例", "例", "範例", "样例", "Contoh", "Exemplos"]),
    (
        Section::RequestSample,
        &[
            "Sample requests",
            "Sample request",
            "Request examples",
            "Request example",
            "Request sample",
            "请求示例",
            "請求樣本",
            "請求範例",
            "リクエストの例",
            "リクエスト例",
            "サンプルリクエスト",
        ],
    ),
    (
        Section::ResponseSample,
        &[
            "Sample success responses",
            "Sample success response",
            "Successful response examples",
            "Success response",
            "Success responses",
            "Sample responses",
            "Sample response",
            "Response examples",
            "Response example",
            "Normal return example",
            "Successful response",
            "正常返回示例",
            "返回示例",
            "返回示例示例",
            "正常返回樣本",
            "正常返回範例",
            "成功レスポンス",
            "正常応答の例",
            "正常なレスポンスの例",
            "レスポンスの成功例",
            "レスポンス例",
            "成功時のレスポンス",
            "Respons sukses",
            "Resposta de sucesso",
        ],
    ),
    (
        Section::ErrorSample,
        &[
            "Error response",
            "Error responses",
            "Sample error responses",
            "Sample error response",
            "Error response examples",
            "Exception response example",
            "异常返回示例",
            "错误返回示例",
            "異常返回樣本",
            "エラーレスポンス",
            "エラーレスポンスの例",
            "異常応答の例",
        ],
    ),
    (
        Section::Errors,
        &[
            "Error codes",
            "Error code",
            "Errors",
            "Error messages",
            "错误码",
            "错误代码",
            "特定错误码",
            "錯誤碼",
            "エラーコード",
            "Kode kesalahan",
            "Kode error",
            "Códigos de erro",
        ],
    ),
    (
        Section::After,
        &[
            "Release notes",
            "Change history",
            "References",
            "Related operations",
            "See also",
            "变更历史",
            "變更歷史",
            "相关文档",
            "相关操作",
            "后续步骤",
            "リリースノート",
            "変更履歴",
            "関連操作",
            "Catatan rilis",
            "Notas de versão",
            "Notas da versão",
        ],
    ),
];

/// Headings inside the examples, which only tell the format of a sample.
const FORMATS: &[&str] = &[
    "XML format",
    "JSON format",
    "XML",
    "JSON",
    "format",
    "XML格式",
    "JSON格式",
    "XML 格式",
    "JSON 格式",
    "格式",
    "XML 形式",
    "JSON 形式",
    "形式",
    "XML形式",
    "JSON形式",
    "Format XML",
    "Format JSON",
    "Formato JSON",
    "Formato XML",
];

/// Headings that are sections only if the page marks them as headings, because they are words of tables too.
const MARKED_SECTIONS: &[(Section, &[&str])] =
    &[(Section::Description, &["Description", "描述", "Note", "Notes"]), (Section::After, &["说明"])];

/// All names of sections, and of formats: what may be glued to the end of a sample.
pub(crate) fn section_names() -> impl Iterator<Item = &'static str> {
    let all = SECTIONS.iter().flat_map(|(_, names)| names.iter().copied()).chain(FORMATS.iter().copied());
    // One letter or two end other words as well.
    all.filter(|name| name.chars().count() > 1)
}

/// The section that a line begins, if it is the name of one.
pub(crate) fn section(line: &str, is_heading: bool) -> Option<Section> {
    let key = key(line);
    if key.is_empty() || key.len() > 120 {
        return None;
    }
    let find = |table: &HashMap<String, Section>| table.get(&key).copied();
    find(&SECTION_KEYS).or_else(|| if is_heading { find(&MARKED_SECTION_KEYS) } else { None })
}

/// Sections by their names as they are compared.
type SectionKeys = HashMap<String, Section>;

fn keys_of(table: &[(Section, &[&str])]) -> SectionKeys {
    table.iter().flat_map(|(section, names)| names.iter().map(|name| (key(name), *section))).collect()
}

static SECTION_KEYS: LazyLock<SectionKeys> = LazyLock::new(|| keys_of(SECTIONS));
static MARKED_SECTION_KEYS: LazyLock<SectionKeys> = LazyLock::new(|| keys_of(MARKED_SECTIONS));
static FORMAT_KEYS: LazyLock<Vec<String>> = LazyLock::new(|| FORMATS.iter().map(|name| key(name)).collect());

/// Whether a line only names the format of a sample.
pub(crate) fn is_format(line: &str) -> bool {
    let key = key(line);
    FORMAT_KEYS.contains(&key)
}

/// A name as it is compared: without markup, case, and blanks that only some renderings have.
pub(crate) fn key(text: &str) -> String {
    let text = text.split("{#").next().unwrap_or_default().split("{ .").next().unwrap_or_default();
    let bare: String = text.chars().filter(|one| !matches!(one, '*' | '`' | '#' | '\u{200b}')).collect();
    let bare = bare.trim().trim_end_matches([':', '：']);
    let mut key = String::with_capacity(bare.len());
    let mut blank = false;
    for one in bare.chars() {
        if one.is_whitespace() || one == '\u{3000}' {
            blank = true;
            continue;
        }
        // Blanks between Chinese or Japanese words, and around slashes, are a matter of taste.
        if blank
            && !key.is_empty()
            && one.is_ascii_alphanumeric()
            && key.ends_with(|last: char| last.is_ascii_alphanumeric())
        {
            key.push(' ');
        }
        blank = false;
        key.extend(one.to_lowercase());
    }
    key
}

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Column {
    Name,
    Type,
    Required,
    Position,
    Example,
    Default,
    Doc,
    Status,
    Code,
    Message,
    Action,
    Access,
    Resource,
    /// A column of the RAM table that a spec has no key for.
    Condition,
    Dependent,
    Unknown,
}

/// The names of columns.
const COLUMNS: &[(Column, &[&str])] = &[
    (
        Column::Name,
        &[
            "Parameter",
            "Parameters",
            "Name",
            "Element",
            "Field",
            "名称",
            "参数",
            "名稱",
            "參數",
            "参数名",
            "参数名称",
            "字段",
            "パラメーター",
            "パラメータ",
            "名前",
            "要素",
            "項目",
            "フィールド",
            "Parâmetro",
            "Elemento",
            "Nome",
            "Nama",
            "Elemen",
            "Parámetro",
            "Paramètre",
            "매개변수",
        ],
    ),
    (
        Column::Type,
        &["Type", "Data type", "类型", "類型", "数据类型", "タイプ", "データ型", "型", "Tipe", "Tipo", "Typ", "유형"],
    ),
    (
        Column::Required,
        &[
            "Required",
            "Required or not",
            "Mandatory",
            "是否必选",
            "是否必填",
            "必填",
            "必选",
            "必须",
            "是否必须",
            "是否必需",
            "必要",
            "必須",
            "必須 / 任意",
            "必須/任意",
            "必須/省略可能",
            "Wajib",
            "Diperlukan",
            "Obrigatório",
            "Requerido",
            "Requis",
            "Erforderlich",
            "필수",
        ],
    ),
    (
        Column::Position,
        &["Position", "Location", "In", "位置", "参数位置", "入参位置", "ポジション", "場所", "Posisi", "Posição"],
    ),
    (
        Column::Example,
        &[
            "Example",
            "Example value",
            "Sample value",
            "Sample",
            "示例值",
            "示例",
            "样例",
            "樣本值",
            "範例值",
            "例",
            "サンプル値",
            "Contoh",
            "Exemplo",
            "Ejemplo",
            "Exemple",
            "Beispiel",
            "예",
        ],
    ),
    (Column::Default, &["Default", "Default value", "默认值", "預設值", "デフォルト値"]),
    (
        Column::Doc,
        &[
            "Description",
            "Meaning",
            "描述",
            "说明",
            "語義",
            "语义",
            "含义",
            "說明",
            "参数说明",
            "説明",
            "Deskripsi",
            "Descrição",
            "Descripción",
            "Beschreibung",
            "설명",
        ],
    ),
    (
        Column::Status,
        &[
            "HttpCode",
            "HTTP status code",
            "HTTP status",
            "HTTP code",
            "Status code",
            "HTTP 状态码",
            "HTTP状态码",
            "HTTP 返回码",
            "状态码",
            "HTTP 狀態碼",
            "HTTP ステータスコード",
            "HTTPステータスコード",
            "ステータスコード",
            "Kode status HTTP",
            "Código de status HTTP",
        ],
    ),
    (
        Column::Code,
        &[
            "Error code",
            "ErrorCode",
            "Code",
            "错误码",
            "错误代码",
            "錯誤碼",
            "エラーコード",
            "Kode kesalahan",
            "Kode error",
            "Código de erro",
        ],
    ),
    (
        Column::Message,
        &[
            "Error message",
            "ErrorMessage",
            "Message",
            "错误信息",
            "錯誤資訊",
            "錯誤訊息",
            "エラーメッセージ",
            "Pesan kesalahan",
            "Pesan error",
            "Mensagem de erro",
        ],
    ),
    (Column::Action, &["Action", "Operation", "API", "操作", "アクション", "Aksi", "Ação"]),
    (Column::Access, &["Access level", "访问级别", "存取層級", "アクセスレベル", "Tingkat akses", "Nível de acesso"]),
    (
        Column::Resource,
        &["Resource type", "Resource", "资源类型", "資源類型", "リソースタイプ", "Tipe resource", "Tipo de recurso"],
    ),
    (
        Column::Condition,
        &[
            "Condition key",
            "Condition keys",
            "条件关键字",
            "條件關鍵字",
            "条件キー",
            "Kunci kondisi",
            "Chave de condição",
        ],
    ),
    (
        Column::Dependent,
        &[
            "Dependent action",
            "Dependent actions",
            "Associated operation",
            "关联操作",
            "關聯操作",
            "依存アクション",
            "Aksi dependen",
            "Ação dependente",
        ],
    ),
];

/// The column that a header cell names; a cell with the name in two languages names one column.
pub(crate) fn column(cell: &str) -> Option<Column> {
    let columns = columns_in(cell)?;
    let (first, others) = columns.split_first()?;
    others.iter().all(|other| other.0 == first.0).then_some(first.0)
}

/// The columns whose names follow one another in a text, and whether a blank stands before each. `None` if there is anything else.
pub(crate) fn columns_in(text: &str) -> Option<Vec<(Column, bool)>> {
    let bare: String = text.chars().filter(|one| !matches!(one, '*' | '`')).collect();
    let mut rest = bare.trim();
    if rest.is_empty() || rest.len() > 400 {
        return None;
    }
    let mut found = Vec::new();
    let mut blank = true;
    while !rest.is_empty() {
        // The longest name is meant: `Error code` and not `Error`.
        let names = COLUMNS.iter().flat_map(|(column, names)| names.iter().map(|name| (*column, *name)));
        let named = names.filter(|(_, name)| begins_with(rest, name)).max_by_key(|(_, name)| name.len());
        let (column, name) = named?;
        found.push((column, blank));
        let after = rest.get(name.len()..).unwrap_or_default();
        rest = after.trim_start();
        blank = rest.len() < after.len();
    }
    Some(found)
}

fn begins_with(text: &str, name: &str) -> bool {
    text.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
}

/// What a column of a table says of requirement. `None` if it is neither.
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
pub(crate) enum Said {
    Scalar(Type),
    Object,
    /// A list; of what, if the page says it.
    List(Option<Box<Said>>),
    Map(Option<Box<Said>>),
}

impl Said {
    /// Whether rows below may be its members or items.
    pub(crate) fn is_container(&self) -> bool {
        !matches!(self, Self::Scalar(_))
    }
}

/// The type that a cell names.
pub(crate) fn said_type(text: &str) -> Option<Said> {
    read_type(&key(text), 0)
}

fn read_type(key: &str, depth: usize) -> Option<Said> {
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
            let item = read_type(item, depth + 1).or_else(|| key.contains("of ").then_some(Said::Object));
            return Some(Said::List(Some(Box::new(item?))));
        }
    }
    if let Some(item) = inner("map") {
        let item = item.rsplit(',').next().unwrap_or(item).trim();
        return Some(Said::Map(Some(Box::new(read_type(item, depth + 1)?))));
    }
    if let Some(item) = key.strip_suffix("[]") {
        return Some(Said::List(Some(Box::new(read_type(item, depth + 1)?))));
    }
    Some(match key {
        "string" | "str" | "text" | "字符串" => Said::Scalar(Type::String),
        "integer" | "int" | "int32" | "整型" => Said::Scalar(Type::Integer),
        "long" | "int64" | "长整型" => Said::Scalar(Type::Long),
        "float" => Said::Scalar(Type::Float),
        "double" | "number" => Said::Scalar(Type::Double),
        "boolean" | "bool" | "布尔" => Said::Scalar(Type::Boolean),
        "any" => Said::Scalar(Type::Any),
        "object" | "struct" | "对象" => Said::Object,
        "map" => Said::Map(None),
        "array" | "list" | "数组" => Said::List(None),
        "repeatlist" => Said::List(Some(Box::new(Said::Scalar(Type::String)))),
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

/// What stands for an empty cell.
pub(crate) fn is_nothing(text: &str) -> bool {
    let key = key(text);
    matches!(key.as_str(), "" | "-" | "--" | "无" | "無" | "none" | "なし" | "n/a" | "nenhum" | "tidak ada" | "/")
}

/// How lines begin that stand below a table and are not part of it.
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
