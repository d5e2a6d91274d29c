//! Limits, defaults and documented values that a description says in words.

use std::sync::LazyLock;

use regex::Regex;

/// A least and a greatest value.
type Bounds = (Option<String>, Option<String>);

/// The limits of a value in its description.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Limits {
    pub(crate) length: Option<(Option<String>, Option<String>, bool)>,
    pub(crate) range: Option<Bounds>,
    pub(crate) count: Option<String>,
    pub(crate) default: Option<String>,
    pub(crate) values: Vec<String>,
    /// Whether there is a list of values that could not be read.
    pub(crate) has_unread_values: bool,
    /// Limits that the text states several times, each time differently.
    pub(crate) ambiguous: Vec<&'static str>,
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
        r"(?P<min>\d+)\s*[~～\-–至到]\s*(?P<max>\d+)\s*个?\s*(?:英文|中文|汉字|ASCII|UTF-8|字母|数字|大小写|或者?|和|、|\s)*(?P<unit>字符|字节|字元)",
    ),
    Form(
        r"(?:不超过|不能超过|不得超过|最大长度为?|最长为?|最多为?|最大为|不超過)\s*(?P<max>\d+)\s*[个個]?\s*(?:英文|中文|汉字|ASCII|UTF-8|字母|数字|大小写|或者?|和|、|\s)*(?P<unit>字符|字节|字元)",
    ),
    Form(
        r"(?i)(?:at least|no (?:less|fewer) than|minimum of)\s*(?P<min>\d[\d,]*)\s*(?:ASCII |Unicode |UTF-8 )?(?P<unit>characters|bytes)",
    ),
    Form(r"(?:至少|不少于|不小于|最短为?)\s*(?P<min>\d+)\s*个?\s*(?P<unit>字符|字节)"),
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

/// The words before a list of values.
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
    let text = beginning(text);
    let bound = |found: &regex::Captures<'_>, name: &str| {
        found.name(name).map(|bound| bound.as_str().replace(',', "")).filter(|bound| bound.len() < 19)
    };
    match only(LENGTH.iter().map(|form| form.captures_iter(text)), |found| {
        let unit = found.name("unit").map_or("", |unit| unit.as_str()).to_lowercase();
        let bytes = ["bytes", "字节", "バイト"].contains(&unit.as_str());
        Some((bound(found, "min"), bound(found, "max"), bytes))
    }) {
        Ok(length) => limits.length = length,
        Err(Several) => limits.ambiguous.push("length"),
    }
    match read_range(text, &bound) {
        Ok(range) => limits.range = range,
        Err(Several) => limits.ambiguous.push("range"),
    }
    match only(COUNT.iter().map(|form| form.captures_iter(text)), |found| bound(found, "max")) {
        Ok(count) => limits.count = count,
        Err(Several) => limits.ambiguous.push("number of items"),
    }
    match only(DEFAULT.iter().map(|form| form.captures_iter(text)), |found| {
        let value = found.name("value").map_or("", |value| value.as_str());
        let value = value
            .trim_matches(|one| matches!(one, '*' | '`' | '"' | '“' | '”' | '\''))
            .trim_end_matches(['.', ')', ']', '*', '`']);
        let behind = found.get(0).and_then(|whole| text.get(whole.end()..)).unwrap_or_default();
        // A default of several words is described, and not named.
        let ends = behind.is_empty()
            || behind.starts_with(['\n', ',', ';', '。', '，', '；', '、', '（', '('])
            || found.get(0).is_some_and(|whole| whole.as_str().ends_with('.'));
        Some((ends && is_word(value)).then(|| value.to_owned()))
    }) {
        Ok(default) => limits.default = default.flatten(),
        Err(Several) => limits.ambiguous.push("default"),
    }
    read_values(text, &mut limits);
    limits
}

/// Longer descriptions are read up to here.
const LONGEST_TEXT: usize = 20_000;

fn beginning(text: &str) -> &str {
    let end = text.char_indices().map(|(at, _)| at).find(|at| *at >= LONGEST_TEXT);
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

/// A text says something several times, each time differently.
struct Several;

/// The limit that a text states in one of several forms, if it states one limit only.
fn only<'t, T: PartialEq>(
    forms: impl Iterator<Item = regex::CaptureMatches<'t, 't>>,
    mut read: impl FnMut(&regex::Captures<'_>) -> Option<T>,
) -> Result<Option<T>, Several> {
    let mut only: Option<T> = None;
    // The same words may have several forms: `1 to 64 characters` is `64 characters` too.
    let mut places: Vec<(usize, usize)> = Vec::new();
    for found in forms.flatten() {
        let place = found.get(0).map_or((0, 0), |whole| (whole.start(), whole.end()));
        if places.iter().any(|(start, end)| place.0 < *end && *start < place.1) {
            continue;
        }
        places.push(place);
        let Some(value) = read(&found) else { continue };
        if only.as_ref().is_some_and(|known| *known != value) {
            return Err(Several);
        }
        only = Some(value);
    }
    Ok(only)
}

/// Whether the text before a range says that it is that of `N`, the number of items.
fn is_count(before: &str) -> bool {
    before.trim_end().trim_end_matches(['的', ' ']).ends_with('N')
}

/// The range of a number. A least and a greatest value may be in sentences of their own.
fn read_range(
    text: &str,
    bound: &impl Fn(&regex::Captures<'_>, &str) -> Option<String>,
) -> Result<Option<Bounds>, Several> {
    let mut range: Option<Bounds> = None;
    for form in RANGE.iter() {
        let found = only(std::iter::once(form.captures_iter(text)), |found| {
            let (before, behind) = found.get(0).map_or(("", ""), |whole| {
                (text.get(..whole.start()).unwrap_or_default(), text.get(whole.end()..).unwrap_or_default())
            });
            // `1 to 64 characters` is a length.
            let is_length = ["character", "byte", "ASCII", "个", "個", "字", "文字"]
                .iter()
                .any(|unit| behind.trim_start().starts_with(unit));
            // A list of values that are numbers is not a range, and neither is a date.
            let goes_on = behind.starts_with([',', '，', '、', '-', '.'])
                && behind.get(1..2).is_some_and(|next| {
                    next.starts_with(|one: char| one.is_ascii_digit() || one == ' ')
                        && behind.starts_with([',', '，', '、', '-'])
                });
            (!is_count(before) && !is_length && !goes_on).then(|| (bound(found, "min"), bound(found, "max")))
        })?;
        if let Some((min, max)) = found {
            let (least, greatest) = range.take().unwrap_or_default();
            range = Some((least.or(min), greatest.or(max)));
        }
    }
    Ok(range)
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
    let mut lists = form
        .find_iter(text)
        .filter(|found| !is_count(text.get(..found.start()).unwrap_or_default()))
        .map(|found| values_behind(text.get(found.end()..).unwrap_or_default()));
    let Some(first) = lists.next() else { return };
    let is_range = limits.range.is_some() || limits.length.is_some();
    match first {
        // A second list is for another case.
        Listed::Values(values)
            if lists.all(|list| list == Listed::Values(values.clone()) || list == Listed::Nothing) =>
        {
            limits.values = values;
        }
        Listed::Nothing => {}
        _ => limits.has_unread_values = !is_range,
    }
}

/// The text behind `Valid values:`.
#[derive(PartialEq, Eq)]
enum Listed {
    Values(Vec<String>),
    /// Text without values that can be read.
    Unread,
    Nothing,
}

fn values_behind(behind: &str) -> Listed {
    let same_line = behind.lines().next().unwrap_or_default().trim();
    let items: Vec<&str> = if same_line.is_empty() || is_item(same_line) {
        let lines = behind.lines().map(str::trim).filter(|line| !line.is_empty());
        lines.take_while(|line| is_item(line)).flat_map(items_of_line).collect()
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
    let are_new =
        values.iter().enumerate().all(|(index, value)| !values.iter().take(index).any(|other| other == value));
    if !values.is_empty() && values.len() <= 200 && are_new && values.iter().all(|value| is_word(value)) {
        Listed::Values(values)
    } else if same_line.is_empty() && items.is_empty() {
        Listed::Nothing
    } else {
        Listed::Unread
    }
}

/// The words before the colons of the only list in a text, if each of its items has one: `- Running: It runs.`
pub(crate) fn listed_words(text: &str) -> Vec<String> {
    let text = beginning(text);
    let items: Vec<&str> = text.lines().map(str::trim).filter(|line| is_item(line)).collect();
    let words: Vec<String> = items.iter().map(|item| first_word(item)).collect();
    let has_colon = |(item, word): (&&str, &String)| {
        let bare: String = item.chars().filter(|one| !matches!(one, '*' | '`' | '"' | '“' | '”')).collect();
        let behind =
            bare.trim_start_matches(['-', '•', '·', '●', ' ']).strip_prefix(word.as_str()).map(str::trim_start);
        behind.is_some_and(|behind| behind.starts_with([':', '：']))
    };
    let are_new = words.iter().enumerate().all(|(index, word)| !words.iter().take(index).any(|other| other == word));
    let are_words = words.iter().all(|word| is_word(word)) && items.iter().zip(&words).all(has_colon);
    if (2..=200).contains(&words.len()) && are_new && are_words { words } else { Vec::new() }
}

/// Whether a line is an item of a list.
fn is_item(line: &str) -> bool {
    ["- ", "• ", "* ", "·", "-   ", "●"].iter().any(|mark| line.starts_with(mark))
}

/// The items of a line: some tools write a whole list on one, `- a : first - b : second`.
fn items_of_line(line: &str) -> Vec<&str> {
    let is_start = |text: &str| {
        let word = text.split_whitespace().next().unwrap_or_default();
        let behind = text.get(word.len()..).unwrap_or_default().trim_start();
        is_word(word.trim_end_matches([':', '：'])) && (behind.starts_with([':', '：']) || word.ends_with([':', '：']))
    };
    let parts: Vec<&str> = line.split(" - ").collect();
    let (first, others) = parts.split_first().unwrap_or((&line, &[]));
    if is_start(first.trim_start_matches(['-', '•', '·', '●', '*', ' '])) && others.iter().any(|part| is_start(part))
    {
        // If one part is not a value, none of them is read.
        return if others.iter().all(|part| is_start(part)) { parts } else { vec![""] };
    }
    vec![line]
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

/// Whether a sentence states a rate limit.
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
