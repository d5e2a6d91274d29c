//! The names of the sections of pages.

use std::collections::HashMap;
use std::sync::LazyLock;

use alicloud_model::Position;

use super::key::key;

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
