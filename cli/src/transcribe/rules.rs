//! Rules between parameters that a page says in words.

use std::sync::LazyLock;

use alicloud_model::Rule;
use regex::Regex;

use super::limits::sentences;
use super::page::Cell;

/// Names in a sentence: one, or several with words between them.
const NAMES: &str =
    r"[A-Za-z][\w.]*(?:(?:\s*(?:,|、|和|或|与|及|/)\s*(?:and |or )?|\s+(?:and|or)\s+(?:the )?)[A-Za-z][\w.]*)*";

/// Sentences in the description of a parameter: with it, others are needed.
const NEEDS: &[&str] = &[
    r"(?i)if you (?:specify|set|configure)(?: a value for)? this parameter, (?:you must|you need to) (?:also )?(?:specify|set|configure)(?: a value for)? (?:the )?(?P<names>NAMES)(?: parameters?)?\.?$",
    r"(?:如果|若)?(?:传入|指定|设置|填写)(?:了)?该参数\s*[，,]?\s*(?:则|还)?(?:必须|需|需要|须)?同时(?:传入|指定|设置|填写)\s*(?P<names>NAMES)",
];

/// Sentences in the description of a parameter: with it, others are not needed.
const REPLACES: &[&str] = &[
    r"(?i)if you (?:specify|set|configure)(?: a value for)? this parameter, you (?:do not need to|need not|don't need to) (?:specify|set|configure)(?: a value for)? (?:the )?(?P<names>NAMES)(?: parameters?)?\.?$",
    r"(?:如果|若)?(?:传入|指定|设置|填写)(?:了)?该参数\s*[，,]?\s*则?(?:无需|不需要|不需|不必|无须)(?:再)?(?:传入|指定|设置|填写)\s*(?P<names>NAMES)",
];

/// Sentences anywhere: one of these groups.
const ONE_OF: &[&str] = &[
    r"(?i)(?:you must |must )?specify (?:either )?(?:the )?(?P<first>[A-Za-z][\w.]*)(?: parameter)?,? or (?:both )?(?:the )?(?P<second>[A-Za-z][\w.]*(?: and [A-Za-z][\w.]*)*)(?: parameters?)?\.?$",
    r"(?:必须|需|需要)?(?:传入|指定|设置)\s*(?P<first>[A-Za-z][\w.]*)\s*[，,]?\s*或者?\s*(?P<second>[A-Za-z][\w.]*(?:\s*(?:和|与|及)\s*[A-Za-z][\w.]*)*)",
];

/// Sentences anywhere: at least one of these parameters.
const AT_LEAST_ONE: &[&str] = &[
    r"(?i)(?:specify|set) at least one of (?:the following parameters: )?(?:the )?(?P<names>NAMES)(?: parameters?)?",
    r"(?i)at least one of (?:the )?(?P<names>NAMES)(?: parameters?)? must be (?:specified|set)",
    r"至少(?:传入|指定|设置|填写)\s*(?P<names>NAMES)\s*(?:中的?|参数)?\s*(?:其中)?(?:一个|之一)",
    r"(?P<names>NAMES)\s*(?:参数)?(?:中)?(?:必须|需|需要)?至少(?:传入|指定|设置|填写)(?:其中)?(?:一个|之一)",
];

/// Words of sentences that may be rules of another form.
const HINTS: &[&str] = &[
    "at least one of",
    "you must also",
    "must specify",
    "mutually exclusive",
    "only one of",
    "specify one of",
    "cannot specify both",
    "must specify either",
    "is required if",
    "is required when",
    "只能指定其中",
    "任选其一",
    "不可同时",
    "いずれか",
    "cannot be specified at the same time",
    "至少",
    "同时传入",
    "二选一",
    "不能同时",
    "互斥",
    "どちらか",
];

fn compiled(forms: &[&str]) -> Vec<Regex> {
    forms.iter().filter_map(|form| Regex::new(&form.replace("NAMES", NAMES)).ok()).collect()
}

static NEED: LazyLock<Vec<Regex>> = LazyLock::new(|| compiled(NEEDS));
static REPLACE: LazyLock<Vec<Regex>> = LazyLock::new(|| compiled(REPLACES));
static EITHER: LazyLock<Vec<Regex>> = LazyLock::new(|| compiled(ONE_OF));
static AT_LEAST: LazyLock<Vec<Regex>> = LazyLock::new(|| compiled(AT_LEAST_ONE));

/// The rules of an operation.
#[derive(Debug, Default)]
pub(crate) struct Rules {
    /// Each with the line that says it.
    pub(crate) rules: Vec<(usize, Rule)>,
    /// Sentences that may be rules, for a person to decide.
    pub(crate) undecided: Vec<Cell>,
}

/// Reads the rules. `optional` are the parameters that a rule can name; `docs` the descriptions, each with its
/// parameter.
pub(crate) fn read_rules(optional: &[&str], docs: &[(Option<&str>, &Cell)]) -> Rules {
    let mut found = Rules::default();
    let mut needs: Vec<(usize, &str, Vec<String>)> = Vec::new();
    let known = |names: &str| -> Option<Vec<String>> {
        let names = split_names(names);
        (!names.is_empty() && names.iter().all(|name| optional.contains(&name.as_str()))).then_some(names)
    };
    let mut any_of: Vec<(usize, Rule)> = Vec::new();
    for (parameter, doc) in docs {
        for (index, line) in doc.text.lines().enumerate() {
            let number = doc.line + index;
            for sentence in sentences(line) {
                let named = |forms: &[Regex]| {
                    let found = forms.iter().find_map(|form| form.captures(sentence))?;
                    known(found.name("names")?.as_str())
                };
                let own = parameter.filter(|own| optional.contains(own));
                if let (Some(own), Some(names)) = (own, named(&NEED)) {
                    needs.push((number, own, names));
                } else if let (Some(own), Some(names)) = (own, named(&REPLACE)) {
                    any_of.push((number, Rule::AnyOf(vec![vec![own.to_owned()], names])));
                } else if let Some(names) = named(&AT_LEAST).filter(|names| names.len() > 1) {
                    any_of.push((number, Rule::AnyOf(names.into_iter().map(|name| vec![name]).collect())));
                } else if let Some((first, second)) = EITHER.iter().find_map(|form| {
                    let found = form.captures(sentence)?;
                    Some((known(found.name("first")?.as_str())?, known(found.name("second")?.as_str())?))
                }) {
                    any_of.push((number, Rule::AnyOf(vec![first, second])));
                } else if HINTS.iter().any(|hint| sentence.to_lowercase().contains(hint))
                    && optional.iter().any(|name| Some(*name) != own && sentence.contains(name))
                {
                    found.undecided.push(Cell { line: number, text: sentence.to_owned() });
                }
            }
        }
    }
    for (line, rule) in any_of {
        if !found.rules.iter().any(|(_, known)| *known == rule) {
            found.rules.push((line, rule));
        }
    }
    // Parameters that need each other go together. If only one needs the other, the format has no rule for it.
    for (line, own, names) in &needs {
        let is_mutual = names.iter().all(|name| {
            needs.iter().any(|(_, other, others)| other == name && others.iter().any(|other| other == own))
        });
        if !is_mutual {
            let text = format!("{own} requires {}", names.join(", "));
            found.undecided.push(Cell { line: *line, text });
            continue;
        }
        let mut together: Vec<String> = optional
            .iter()
            .filter(|name| *name == own || names.iter().any(|other| other == *name))
            .map(|name| (*name).to_owned())
            .collect();
        together.dedup();
        let rule = Rule::Together(together);
        if !found.rules.iter().any(|(_, known)| *known == rule) {
            found.rules.push((*line, rule));
        }
    }
    found
}

fn split_names(text: &str) -> Vec<String> {
    let text = text.replace(" and ", ",").replace(" or ", ",");
    let mut names: Vec<String> = Vec::new();
    for part in text.split([',', '、', '和', '或', '与', '及', '/']) {
        let name = part.trim().trim_start_matches("the ").trim_end_matches('.').to_owned();
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}
