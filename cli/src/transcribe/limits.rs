//! Limits, defaults and documented values that a description says in words.

use std::sync::LazyLock;

use regex::Regex;

/// What a description says of a value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Limits {
    pub(crate) length: Option<(Option<String>, Option<String>, bool)>,
    pub(crate) range: Option<(Option<String>, Option<String>)>,
    pub(crate) count: Option<String>,
    pub(crate) default: Option<String>,
    pub(crate) values: Vec<String>,
    /// Whether there is a list of values that could not be read.
    pub(crate) has_unread_values: bool,
}

/// A form of words, with the bounds that it names: `min` and `max`.
struct Form(&'static str);

/// Lengths. The unit is bytes if the form says so.
const LENGTHS: &[Form] = &[
    Form(
        r"(?i)(?P<min>\d[\d,]*)\s*(?:to|and|-|~|–)\s*(?P<max>\d[\d,]*)\s*(?:ASCII |Unicode |UTF-8 )?(?P<unit>characters|bytes)",
    ),
    Form(
        r"(?i)(?:up to|at most|no more than|not exceed|maximum of|maximum length[^.]{0,20}?|not be longer than|less than or equal to)\s*(?P<max>\d[\d,]*)\s*(?:ASCII |Unicode |UTF-8 )?(?P<unit>characters|bytes)",
    ),
    Form(
        r"(?P<min>\d+)\s*[~～\-–至到]\s*(?P<max>\d+)\s*个?\s*(?:英文|中文|汉字|ASCII|UTF-8)?\s*(?P<unit>字符|字节|字元)",
    ),
    Form(
        r"(?:不超过|不能超过|不得超过|最大长度为?|最长为?|最多为?|最大为|不超過)\s*(?P<max>\d+)\s*个?個?\s*(?:英文|中文|汉字|ASCII|UTF-8)?\s*(?P<unit>字符|字节|字元)",
    ),
    Form(r"(?P<min>\d+)\s*(?:[~～\-–]|から)\s*(?P<max>\d+)\s*(?P<unit>文字|バイト)"),
    Form(r"(?:最大)\s*(?P<max>\d+)\s*(?P<unit>文字|バイト)"),
    Form(r"(?P<max>\d+)\s*(?P<unit>文字|バイト)以(?:内|下)"),
];

/// Ranges of numbers.
const RANGES: &[Form] = &[
    Form(
        r"(?i)(?:valid values?|value range|valid range|range|values?)\s*[:：]\s*(?:an? integer from |integers? from |from )?[\[\(]?\s*(?P<min>-?\d[\d,]*)\s*(?:to|~|–|-|,)\s*(?P<max>\d[\d,]*)",
    ),
    Form(
        r"(?:取值范围|取值範圍|范围|取值)\s*(?:为|是)?\s*[:：]?\s*[\[【(（]?\s*(?P<min>-?\d+)\s*(?:[~～\-–,，]|至|到)\s*(?P<max>\d+)",
    ),
    Form(r"(?:値の範囲|有効な値|取り得る値|有効値)\s*[:：]\s*(?P<min>-?\d+)\s*(?:[~～\-–]|から)\s*(?P<max>\d+)"),
    Form(
        r"(?i)(?:minimum value|start value|起始值|最小值|最小値|開始値)\s*(?:为|為|is)?\s*[:：]?\s*(?P<min>-?\d[\d,]*)",
    ),
    Form(r"(?i)(?:maximum value|最大值|最大値)\s*(?:为|為|is)?\s*[:：]?\s*(?P<max>\d[\d,]*)"),
];

/// Counts of the items of a list.
const COUNTS: &[Form] = &[
    Form(r"(?i)valid values of N\s*[:：]\s*1 (?:to|~|-) (?P<max>\d+)"),
    Form(
        r"(?i)you can (?:specify|add|enter|set|pass|attach|configure) (?:up to|a maximum of|at most) (?P<max>\d[\d,]*)\b",
    ),
    Form(
        r"(?i)(?:a maximum of|up to) (?P<max>\d[\d,]*) [\w\- ]{2,40}? (?:can be|are) (?:specified|added|supported|entered)",
    ),
    Form(r"N\s*的?(?:最大值为|最大值為|取值范围为?\s*[:：]?\s*1\s*[~～\-–])\s*(?P<max>\d+)"),
    Form(r"最多(?:支持|可以|允许|可|能)?(?:同时)?(?:传入|指定|添加|设置|填写|输入)\s*(?P<max>\d+)\s*个"),
];

/// Defaults.
const DEFAULTS: &[Form] = &[
    Form(r"(?i)\bdefault(?: value)?\s*(?:[:：]|is|为)\s*(?P<value>[^\s,;。，；]+)"),
    Form(r"(?:默认值|預設值|默认|缺省值|デフォルト値|既定値)\s*(?:[:：]|为|為|是)\s*(?P<value>[^\s,;。，；、（(]+)"),
];

/// What stands before a list of values.
const VALUES: &str = r"(?i)(?:valid values?|valid value|enumeration values?|enum values?|possible values|取值|枚举值|返回值|取值范围|列舉值|取值範圍|有効な値|列挙値|valores válidos|nilai yang valid)\**\s*[:：]\s*\**";

fn compiled(forms: &[Form]) -> Vec<Regex> {
    forms.iter().filter_map(|Form(form)| Regex::new(form).ok()).collect()
}

static LENGTH: LazyLock<Vec<Regex>> = LazyLock::new(|| compiled(LENGTHS));
static RANGE: LazyLock<Vec<Regex>> = LazyLock::new(|| compiled(RANGES));
static COUNT: LazyLock<Vec<Regex>> = LazyLock::new(|| compiled(COUNTS));
static DEFAULT: LazyLock<Vec<Regex>> = LazyLock::new(|| compiled(DEFAULTS));
static VALUE_LIST: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(VALUES).ok());

/// Reads what a description says in one of the known forms.
pub(crate) fn read_limits(text: &str) -> Limits {
    let mut limits = Limits::default();
    let bound = |found: &regex::Captures<'_>, name: &str| {
        found.name(name).map(|bound| bound.as_str().replace(',', "")).filter(|bound| bound.len() < 19)
    };
    if let Some(found) = LENGTH.iter().find_map(|form| form.captures(text)) {
        let unit = found.name("unit").map_or("", |unit| unit.as_str()).to_lowercase();
        let bytes = ["bytes", "字节", "バイト"].contains(&unit.as_str());
        limits.length = Some((bound(&found, "min"), bound(&found, "max"), bytes));
    }
    for form in RANGE.iter() {
        let Some(found) = form.captures(text) else { continue };
        // `1 to 64 characters` is a length.
        let behind = found.get(0).and_then(|whole| text.get(whole.end()..)).unwrap_or_default();
        let is_length = ["character", "byte", "ASCII", "个", "個", "字", "文字"]
            .iter()
            .any(|unit| behind.trim_start().starts_with(unit));
        // A list of values that are numbers is no range, and neither is a date.
        let goes_on = behind.starts_with([',', '，', '、', '-', '.'])
            && behind.get(1..2).is_some_and(|next| {
                next.starts_with(|one: char| one.is_ascii_digit() || one == ' ')
                    && behind.starts_with([',', '，', '、', '-'])
            });
        if is_length || goes_on {
            continue;
        }
        let (least, greatest) = limits.range.take().unwrap_or_default();
        limits.range = Some((least.or(bound(&found, "min")), greatest.or(bound(&found, "max"))));
    }
    if let Some(found) = COUNT.iter().find_map(|form| form.captures(text)) {
        limits.count = bound(&found, "max");
    }
    if let Some(found) = DEFAULT.iter().find_map(|form| form.captures(text)) {
        let value = found.name("value").map_or("", |value| value.as_str());
        let value = value
            .trim_matches(|one| matches!(one, '*' | '`' | '"' | '“' | '”' | '\''))
            .trim_end_matches(['.', ')', ']', '*', '`']);
        let behind = found.get(0).and_then(|whole| text.get(whole.end()..)).unwrap_or_default();
        // A default of several words is described, and not named.
        let ends = behind.is_empty()
            || behind.starts_with(['\n', ',', ';', '。', '，', '；', '、', '（', '('])
            || found.get(0).is_some_and(|whole| whole.as_str().ends_with('.'));
        if ends && is_word(value) {
            limits.default = Some(value.to_owned());
        }
    }
    read_values(text, &mut limits);
    limits
}

/// Whether a text can be a documented value: a word, and no sentence.
fn is_word(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 100
        && text.chars().all(|one| one.is_ascii_alphanumeric() || "_-./:+".contains(one))
        && !text.ends_with(':')
}

/// The values behind `Valid values:`, in a list below it or on the same line.
fn read_values(text: &str, limits: &mut Limits) {
    let Some(form) = VALUE_LIST.as_ref() else { return };
    let Some(found) = form.find(text) else { return };
    let behind = text.get(found.end()..).unwrap_or_default();
    let same_line = behind.lines().next().unwrap_or_default().trim();
    let is_item = |line: &str| ["- ", "• ", "* ", "·", "-   ", "●"].iter().any(|mark| line.starts_with(mark));
    let items: Vec<&str> = if same_line.is_empty() || is_item(same_line) {
        let lines = behind.lines().map(str::trim).filter(|line| !line.is_empty());
        lines.take_while(|line| is_item(line)).collect()
    } else {
        Vec::new()
    };
    let values: Vec<String> = if items.is_empty() {
        // On the same line, up to the end of the sentence.
        let sentence = same_line.split(['。', '；', ';']).next().unwrap_or_default();
        let sentence = sentence.split(". ").next().unwrap_or_default().trim_end_matches('.');
        let separated = sentence
            .replace(" and ", ",")
            .replace(" or ", ",")
            .replace(['，', '、', '|'], ",")
            .replace(['或', '和'], ",");
        let values: Vec<String> = separated
            .split(',')
            .map(|value| value.trim().trim_matches(|one| matches!(one, '*' | '`' | '"' | '“' | '”')).trim().to_owned())
            .filter(|value| !value.is_empty())
            .collect();
        if values.len() < 2 || sentence.chars().any(|one| matches!(one, '~' | '～')) { Vec::new() } else { values }
    } else {
        items.iter().map(|item| first_word(item)).collect()
    };
    let is_range = limits.range.is_some() || limits.length.is_some();
    let mut seen: Vec<&String> = Vec::new();
    let are_good = values.iter().all(|value| {
        let is_new = !seen.contains(&value);
        seen.push(value);
        is_new && is_word(value)
    });
    if !values.is_empty() && are_good && values.len() <= 200 {
        limits.values = values;
    } else if !is_range {
        limits.has_unread_values = !same_line.is_empty() || !items.is_empty();
    }
}

/// The value that an item begins with: `- true: forcibly releases the instance`.
fn first_word(item: &str) -> String {
    let text = item.trim_start_matches(['-', '•', '·', '●', ' ']).trim_start_matches("* ");
    let bare: String = text.chars().filter(|one| !matches!(one, '*' | '`' | '"' | '“' | '”')).collect();
    let bare = bare.trim();
    let end = bare.char_indices().find(|(at, one)| {
        matches!(one, '：' | '（' | '(' | '，' | '。' | ',')
            || one.is_whitespace()
            || *one == ':'
                && bare.get(at + 1..).is_none_or(|rest| rest.is_empty() || rest.starts_with(' ') || !rest.is_ascii())
    });
    let value = end.and_then(|(at, _)| bare.get(..at)).unwrap_or(bare);
    value.trim_end_matches('.').to_owned()
}

/// A limit of queries per second.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Flow {
    pub(crate) qps: u32,
    /// Whether each user has it alone; otherwise an account.
    pub(crate) is_per_user: bool,
    /// Whether the page says who shares it.
    pub(crate) says_who: bool,
}

/// Forms of a limit of queries, on one sentence.
const FLOWS: &[Form] = &[
    Form(
        r"(?i)(?P<qps>\d[\d,]*)\s*(?:times|calls|requests|queries|API calls)?\s*(?:per second|/s\b|a second|each second)",
    ),
    Form(r"(?i)(?P<qps>\d[\d,]*)\s*QPS\b"),
    Form(r"(?i)\bQPS\)?[^.\d]{0,60}?(?:is|of|to|[:：])\s*(?P<qps>\d[\d,]*)"),
    Form(r"(?P<qps>\d+)\s*次?\s*[/／每]\s*(?:秒|s\b)"),
    Form(r"(?:QPS|每秒请求数|每秒查询率|每秒請求數)[^。\d]{0,40}?(?:为|為|是|[:：]|限制为)\s*(?P<qps>\d+)"),
    Form(r"每秒(?:最多|不超过)?[^。\d]{0,20}(?P<qps>\d+)\s*次"),
    Form(r"1\s*秒(?:あたり|間に)[^。\d]{0,20}(?P<qps>\d+)\s*(?:回|リクエスト)"),
];

static FLOW: LazyLock<Vec<Regex>> = LazyLock::new(|| compiled(FLOWS));

/// The limit of queries that a sentence states.
pub(crate) fn read_flow(sentence: &str) -> Option<Flow> {
    let found = FLOW.iter().find_map(|form| form.captures(sentence))?;
    let qps = found.name("qps")?.as_str().replace(',', "").parse().ok().filter(|qps| *qps > 0)?;
    let lower = sentence.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    let is_per_user = says(&[
        "single user",
        "per user",
        "each user",
        "单用户",
        "单个用户",
        "每个用户",
        "單用戶",
        "單一使用者",
        "ユーザーごと",
        "ユーザーあたり",
        "1 ユーザー",
    ]);
    let is_per_account = says(&["account", "账号", "帐号", "帳號", "账户", "アカウント"]);
    Some(Flow { qps, is_per_user: is_per_user && !is_per_account, says_who: is_per_user || is_per_account })
}

/// Whether a sentence speaks of how often something may be called.
pub(crate) fn is_about_flow(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    [
        "qps",
        "per second",
        "调用频率",
        "每秒",
        "次/秒",
        "request frequency",
        "1 秒あたり",
        "呼叫頻率",
        "rate limit",
        "per minute",
        "次/分",
    ]
    .iter()
    .any(|word| lower.contains(word))
}

/// The sentences of a text.
pub(crate) fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for line in text.lines() {
        let mut start = 0;
        for (at, one) in line.char_indices() {
            let behind = line.get(at + one.len_utf8()..).unwrap_or_default();
            let ends = one == '。' || one == '.' && (behind.is_empty() || behind.starts_with(' '));
            if ends {
                found.push(line.get(start..at + one.len_utf8()).unwrap_or_default().trim());
                start = at + one.len_utf8();
            }
        }
        found.push(line.get(start..).unwrap_or_default().trim());
    }
    found.retain(|sentence| !sentence.is_empty());
    found
}
