//! The names of the columns of tables.

use std::collections::HashMap;
use std::sync::LazyLock;

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

impl Column {
    /// Whether a table can have both: tables of fields, of errors and of permissions have columns of their own.
    pub(crate) fn goes_with(self, other: Self) -> bool {
        let kind = |column: Self| match column {
            Self::Name | Self::Type | Self::Required | Self::Position | Self::Example | Self::Default => 1,
            Self::Status | Self::Code | Self::Message => 2,
            Self::Action | Self::Access | Self::Resource | Self::Condition | Self::Dependent => 3,
            Self::Doc | Self::Unknown => 0,
        };
        kind(self) == 0 || kind(other) == 0 || kind(self) == kind(other)
    }
}

/// The names of columns.
const COLUMNS: &[(Column, &[&str])] = &[
    (
        Column::Name,
        &[
            "Parameter",
            "Parameter name",
            "Field name",
            "Attribute",
            "Property",
            "参数名字",
            "字段名",
            "字段名称",
            "属性",
            "Campo",
            "Élément",
            "요소",
            "이름",
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
        &[
            "Type",
            "Data type",
            "Value type",
            "参数类型",
            "字段类型",
            "Type de données",
            "Datentyp",
            "Tipo de dado",
            "Tipo de datos",
            "데이터 유형",
            "类型",
            "類型",
            "数据类型",
            "タイプ",
            "データ型",
            "型",
            "Tipe",
            "Tipo",
            "Typ",
            "유형",
        ],
    ),
    (
        Column::Required,
        &[
            "Required",
            "Required or not",
            "Required/Optional",
            "Mandatory or not",
            "是否为必选",
            "是否必传",
            "必传",
            "必需",
            "Obligatoire",
            "Obligatorio",
            "Pflichtfeld",
            "필수 여부",
            "必選",
            "是否必選",
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
            "Sample values",
            "示例数据",
            "例子",
            "取值示例",
            "Valeur d'exemple",
            "예시",
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
    (
        Column::Default,
        &[
            "Default",
            "Default value",
            "缺省值",
            "Valeur par défaut",
            "Valor predeterminado",
            "Valor padrão",
            "기본값",
            "默认值",
            "預設值",
            "デフォルト値",
        ],
    ),
    (
        Column::Doc,
        &[
            "Description",
            "Meaning",
            "Remarks",
            "Remark",
            "Explanation",
            "Notes",
            "备注",
            "解释",
            "Description de",
            "Keterangan",
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
            "Status",
            "状态",
            "Code d'état HTTP",
            "Code de statut HTTP",
            "Código de estado HTTP",
            "HTTP-Statuscode",
            "HTTP 상태 코드",
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
            "Code d'erreur",
            "Code d’erreur",
            "Código de error",
            "Fehlercode",
            "오류 코드",
            "返回码",
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
            "Message d'erreur",
            "Message d’erreur",
            "Mensaje de error",
            "Fehlermeldung",
            "오류 메시지",
            "错误消息",
            "错误描述",
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
    (
        Column::Access,
        &[
            "Access level",
            "Niveau d'accès",
            "Nivel de acceso",
            "Zugriffsebene",
            "액세스 수준",
            "访问级别",
            "存取層級",
            "アクセスレベル",
            "Tingkat akses",
            "Nível de acesso",
        ],
    ),
    (
        Column::Resource,
        &[
            "Resource type",
            "Type de ressource",
            "Tipo de recurso",
            "Ressourcentyp",
            "리소스 유형",
            "Resource",
            "资源类型",
            "資源類型",
            "リソースタイプ",
            "Tipe resource",
            "Tipo de recurso",
        ],
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

/// The names by their first character.
static BY_FIRST: LazyLock<HashMap<char, Vec<(Column, &'static str)>>> = LazyLock::new(|| {
    let mut names: HashMap<char, Vec<(Column, &'static str)>> = HashMap::new();
    for (column, own) in COLUMNS {
        for name in *own {
            if let Some(first) = name.chars().next() {
                names.entry(first.to_ascii_lowercase()).or_default().push((*column, name));
            }
        }
    }
    names
});

/// The column that a header cell names; a cell with the name in two languages names one column.
pub(crate) fn column(cell: &str) -> Option<Column> {
    let columns = columns_in(cell)?;
    let (first, others) = columns.split_first()?;
    others.iter().all(|other| other.0 == first.0).then_some(first.0)
}

/// The columns whose names follow one another in a text, each with whether there is a blank before it. `None` if there
/// is anything else.
pub(crate) fn columns_in(text: &str) -> Option<Vec<(Column, bool)>> {
    let bare: String = text.chars().filter(|one| !matches!(one, '*' | '`' | '?' | '？')).collect();
    let mut rest = bare.trim();
    if rest.is_empty() || rest.len() > 400 {
        return None;
    }
    let mut found = Vec::new();
    let mut blank = true;
    while let Some(first) = rest.chars().next() {
        // The longest name is meant: `Error code` and not `Error`.
        let names = BY_FIRST.get(&first.to_ascii_lowercase())?.iter().copied();
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
