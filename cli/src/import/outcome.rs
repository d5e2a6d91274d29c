//! Finds how responses report failure, from fields, documented examples and samples.
//!
//! About 12,000 operations have a Boolean field for success. About 4,500 have only a code, whose values only examples show:
//! `OK` for most, `200`, `Success` or `0` for others. Within a product, the values of a code have the same meaning.

use std::collections::BTreeMap;

use alicloud_model::{Field, Operation, Outcome, OutcomeField, Type};

use super::field::is_whole_number;
use super::json::Json;
use super::report::{Note, Reason, Scope};

/// Fields that report success, the most frequent first.
const SUCCESS: [&str; 12] = [
    "Success",
    "success",
    "IsSuccess",
    "isSuccess",
    "Successful",
    "successful",
    "ResponseSuccess",
    "SuccessResponse",
    "Succeed",
    "Succeeded",
    "IsSucceed",
    "Successed",
];

/// Fields with an error code, the most frequent first. `HttpStatusCode` and similar fields only repeat the status.
const CODES: [&str; 15] = [
    "Code",
    "code",
    "ErrorCode",
    "errorCode",
    "ErrCode",
    "errCode",
    "ResultCode",
    "resultCode",
    "RetCode",
    "retCode",
    "ReturnCode",
    "returnCode",
    "ResponseCode",
    "responseCode",
    "error_code",
];

/// Fields with an error message. A message with `Err` in its name belongs to a code with `Err` in its name.
const MESSAGES: [&str; 18] = [
    "Message",
    "message",
    "Msg",
    "msg",
    "ErrorMessage",
    "errorMessage",
    "ErrorMsg",
    "errorMsg",
    "ErrMessage",
    "errMessage",
    "ErrMsg",
    "errMsg",
    "ErrorDesc",
    "error_msg",
    "ResultMessage",
    "ResultMsg",
    "RetMsg",
    "ReturnMessage",
];

/// Values of a code that mean success in every product.
const SUCCESS_WORDS: [&str; 8] = ["ok", "success", "succeed", "succeeded", "successful", "200", "0", "000000"];

/// The assumed values of a code in a product without documented values. Each means success in every product.
const ASSUMED: [&str; 4] = ["OK", "Success", "200", "0"];

/// Whether a response reports failure, by the rules of the runtime. `text_of` returns the text of a field.
pub(crate) fn reports_failure(outcome: &Outcome, text_of: &dyn Fn(&str) -> Option<String>) -> bool {
    if let Some(text) = outcome.success.as_ref().and_then(|success| text_of(&success.path)) {
        return matches!(text.trim().to_ascii_lowercase().as_str(), "false" | "0");
    }
    let Some(OutcomeField { path, values }) = &outcome.code else { return false };
    let text = text_of(path).unwrap_or_default();
    let text = text.trim();
    !values.is_empty() && !text.is_empty() && !values.iter().any(|value| value.eq_ignore_ascii_case(text))
}

/// The known meanings of a code's values in a product.
#[derive(Default)]
struct Evidence {
    /// Values that mean success, as documented.
    success: Vec<String>,
    /// Other values, each with its count.
    others: BTreeMap<String, usize>,
}

/// Finds the outcome of each operation; `demo_of` returns the sample response of one.
pub(crate) fn find_outcomes(
    operations: &[&Operation],
    demo_of: &dyn Fn(&str) -> Json,
    notes: &Notes<'_>,
) -> Vec<Option<Outcome>> {
    let mut evidence: BTreeMap<&str, Evidence> = BTreeMap::new();
    let mut own: Vec<bool> = Vec::with_capacity(operations.len());
    for operation in operations {
        let fields = &operation.response;
        let Some(code) = code_of(fields) else {
            own.push(false);
            continue;
        };
        let sample = demo_of(&operation.name);
        let values = code.example.iter().chain(&code.values).cloned();
        let values: Vec<String> = values.chain(sample.get(&code.name).text().map(|text| text.into_owned())).collect();
        let known = evidence.entry(&code.name).or_default();
        let mut is_own = false;
        for value in values.iter().map(|value| bare(value)).filter(|value| !value.is_empty()) {
            if SUCCESS_WORDS.contains(&value.to_ascii_lowercase().as_str()) {
                is_own = true;
                if !known.success.iter().any(|other| other.eq_ignore_ascii_case(value)) {
                    known.success.push(value.to_owned());
                }
            } else {
                *known.others.entry(value.to_owned()).or_default() += 1;
            }
        }
        own.push(is_own);
    }
    for known in evidence.values_mut() {
        known.success.extend(frequent_number(&known.others));
        known.success.sort_unstable();
    }
    operations
        .iter()
        .zip(own)
        .map(|(operation, is_own)| {
            let scope = Scope::new(notes, &operation.name).inside("outcome");
            find_outcome(&operation.response, &evidence, is_own, &scope)
        })
        .collect()
}

/// The list that notes are added to.
type Notes<'n> = std::cell::RefCell<Vec<Note>>;

fn find_outcome(
    fields: &[Field],
    evidence: &BTreeMap<&str, Evidence>,
    is_own: bool,
    scope: &Scope<'_>,
) -> Option<Outcome> {
    let success = first_of(fields, &SUCCESS, &|field| {
        field.ty == Type::Boolean
            || (field.ty == Type::String || is_whole_number(&field.ty))
                && field.example.as_deref().is_none_or(says_how_it_went)
    });
    let code = code_of(fields);
    let message = message_of(fields, code);
    let known = code.and_then(|code| evidence.get(code.name.as_str()));
    let message = message.map(|field| field.name.clone());
    if let Some(success) = success {
        let values = known.map(|known| known.success.clone()).unwrap_or_default();
        let code = code.map(|code| OutcomeField { path: code.name.clone(), values });
        let success = OutcomeField { path: success.name.clone(), values: Vec::new() };
        return Some(Outcome { success: Some(success), code, message });
    }
    let (code, known) = code.zip(known)?;
    let values = if !known.success.is_empty() && (is_own || message.is_some()) {
        known.success.clone()
    } else if message.is_none() {
        scope.note(Reason::Outcome, format!("`{}` may be data: the response has no message", code.name));
        return None;
    } else if let Some(other) = known.others.keys().find(|value| is_plain_number(value)) {
        let name = &code.name;
        scope.note(
            Reason::Outcome,
            format!("`{name}` is `{other}` in an example, but it is unknown whether that means success"),
        );
        return None;
    } else {
        let assumed = ASSUMED.join("`, `");
        scope.note(
            Reason::AssumedOutcome,
            format!("no value of `{}` is documented; `{assumed}` mean success", code.name),
        );
        ASSUMED.map(str::to_owned).to_vec()
    };
    Some(Outcome { success: None, code: Some(OutcomeField { path: code.name.clone(), values }), message })
}

/// The field with the error code. If the first one is a number, it may be the status, and one with `Err` in its name is
/// preferred.
fn code_of(fields: &[Field]) -> Option<&Field> {
    let is_code = |field: &Field| field.ty == Type::String || is_whole_number(&field.ty);
    let first = first_of(fields, &CODES, &is_code)?;
    let is_status = is_whole_number(&first.ty) || first.example.as_deref().is_some_and(is_plain_number);
    let second = CODES.iter().filter(|name| name.to_ascii_lowercase().contains("err"));
    let second =
        second.filter_map(|name| fields.iter().find(|field| field.name == **name && field.ty == Type::String)).next();
    Some(if is_status { second.unwrap_or(first) } else { first })
}

fn message_of<'f>(fields: &'f [Field], code: Option<&Field>) -> Option<&'f Field> {
    let has_err = |name: &str| name.to_ascii_lowercase().contains("err");
    let is_error_code = code.is_some_and(|code| has_err(&code.name));
    let mut names: Vec<&str> = MESSAGES.to_vec();
    names.sort_by_key(|name| has_err(name) != is_error_code);
    first_of(fields, &names, &|field| field.ty == Type::String)
}

fn first_of<'f>(fields: &'f [Field], names: &[&str], fits: &dyn Fn(&Field) -> bool) -> Option<&'f Field> {
    names.iter().find_map(|name| fields.iter().find(|field| field.name == *name && fits(field)))
}

/// Whether the example of a text reports success or failure, and is not data of another kind.
fn says_how_it_went(example: &str) -> bool {
    let example = bare(example).to_ascii_lowercase();
    ["true", "false", ""].iter().any(|start| example == *start)
        || example.starts_with("true")
        || example.starts_with("false")
        || SUCCESS_WORDS.contains(&example.as_str())
        || example == "1"
}

/// A value without quotes and full stops around it.
fn bare(value: &str) -> &str {
    value.trim().trim_matches(['"', '\'', '“', '”', '。', '.'])
}

/// Whether a value is a number, but not an HTTP status of a failure.
fn is_plain_number(value: &str) -> bool {
    let is_failure = value.len() == 3 && (value.starts_with('4') || value.starts_with('5'));
    !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) && !is_failure
}

/// The number in most examples of a product.
fn frequent_number(others: &BTreeMap<String, usize>) -> Option<String> {
    let all: usize = others.values().sum();
    let (value, count) = others.iter().max_by_key(|(_, count)| **count)?;
    (*count >= 3 && *count * 3 >= all * 2 && is_plain_number(value)).then(|| value.clone())
}

/// The outcome that most operations of a product have.
pub(crate) fn most_frequent(outcomes: &[Option<Outcome>]) -> Option<Outcome> {
    let mut counts: BTreeMap<_, (usize, &Outcome)> = BTreeMap::new();
    for outcome in outcomes.iter().flatten() {
        let field =
            |field: &Option<OutcomeField>| field.as_ref().map(|field| (field.path.clone(), field.values.clone()));
        let key = (field(&outcome.success), field(&outcome.code), outcome.message.clone());
        counts.entry(key).or_insert((0, outcome)).0 += 1;
    }
    // Of equally frequent ones, the first, so that the same document always generates the same specs.
    let most = counts.values().map(|(count, _)| *count).max()?;
    counts.into_values().find(|(count, _)| *count == most).map(|(_, outcome)| outcome.clone())
}
