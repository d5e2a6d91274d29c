//! What a rule answers with.

use serde_json::{Map, Value};

use crate::decoding::body::from_text;
use crate::decoding::decode::{Decode, Slot, named};
use crate::decoding::writing::answer as written_answer;
use crate::error::failure::{Failure, Phase};
use crate::http_message::{HttpResponse, REQUEST_ID};
use crate::operation::description::{Operation, Outcome, OutcomeField};
use crate::operation::json_text::write_json_text;
use crate::request::percent;
use crate::test_kit::call::MockCall;
use crate::test_kit::gateway_codes;

const CONTENT_TYPE: (&str, &str) = ("content-type", "application/json;charset=utf-8");

#[derive(Clone)]
pub(super) enum Answer {
    Http(HttpResponse),
    Refusal {
        operation: &'static Operation<'static>,
        status: u16,
        code: String,
        message: String,
    },
    Failure(Phase),
    /// The rule is wrong, for this reason.
    Mistake(String),
}

impl Answer {
    pub(super) fn response(operation: &Operation<'_>, response: &mut dyn Decode) -> Self {
        if let Some(outcome) = operation.outcome() {
            for (field, word) in [(&outcome.success, "true"), (&outcome.code, "")] {
                report_success(field, word, response);
            }
        }
        match written_answer(response) {
            Ok((headers, body)) => {
                let mut answer = HttpResponse::new(200, body).header(CONTENT_TYPE.0, CONTENT_TYPE.1);
                answer.headers.extend(headers);
                Self::Http(answer)
            }
            Err(why) => Self::Mistake(format!("it is to answer with a response whose {why}")),
        }
    }

    pub(super) fn refusal(operation: &'static Operation<'static>, status: u16, code: String, message: String) -> Self {
        let is_success = (200..300).contains(&status);
        if operation.documented(&code).is_none() && !gateway_codes::has(&code, operation) {
            let near = operation.errors.iter().min_by_key(|known| strsim::damerau_levenshtein(known, &code));
            let near = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            Self::Mistake(format!("`{code}` is neither documented for it nor a code of the gateway{near}"))
        } else if is_success && operation.outcome().is_none() {
            Self::Mistake(format!("{} tells no failure with HTTP {status}", operation.service.product))
        } else if !is_success && !(400..600).contains(&status) {
            Self::Mistake(format!("HTTP {status} is no refusal"))
        } else {
            Self::Refusal { operation, status, code, message }
        }
    }

    /// What the call gets, which is the transport's so many-th.
    pub(super) fn given_to(self, call: &MockCall, number: usize) -> Result<HttpResponse, Failure> {
        match self {
            Self::Http(answer) => Ok(answer),
            Self::Refusal { operation, status, code, message } => {
                let request_id = format!("00000000-0000-0000-0000-{number:012}");
                let body = match operation.outcome() {
                    Some(outcome) if (200..300).contains(&status) => {
                        failed_outcome(outcome, &code, &message, &request_id)
                    }
                    _ => envelope(operation, status, &code, &message, &request_id, call.request().host()),
                };
                Ok(HttpResponse::new(status, body)
                    .header(CONTENT_TYPE.0, CONTENT_TYPE.1)
                    .header(REQUEST_ID, &request_id))
            }
            Self::Failure(phase) => {
                Err(Failure::transport(phase, call.request().host(), "a rule of the mock transport says so"))
            }
            Self::Mistake(why) => Err(Failure::configuration(format!(
                "the rule of the mock transport for `{}` is wrong: {why}",
                call.operation()
            ))),
        }
    }
}

/// Makes a field of a response report success. `word` is what it says if its outcome lists no values.
fn report_success(field: &OutcomeField, word: &str, response: &mut dyn Decode) {
    let value = field.values.first().copied().unwrap_or(word);
    let mut owner = response;
    let mut path = field.path;
    while let Some((name, rest)) = path.split_once('.') {
        let Slot::Object(inner) = named(owner, name) else { return };
        (owner, path) = (inner, rest);
    }
    match named(owner, path) {
        Slot::Boolean(flag) | Slot::OptionalBoolean(Some(flag)) => *flag = true,
        Slot::Text(text) | Slot::OptionalText(Some(text)) if !text.is_empty() && !field.is_success(text) => {
            value.clone_into(text);
        }
        slot @ (Slot::Integer(_) | Slot::Long(_)) => {
            // A value of another type than the field's is the spec's affair.
            let _ = from_text(value, slot);
        }
        _ => {}
    }
}

fn failed_outcome(outcome: &Outcome, code: &str, message: &str, request_id: &str) -> String {
    let mut body = Map::new();
    for (path, text) in [
        ("RequestId", request_id),
        (outcome.code.path, code),
        (outcome.message, message),
        (outcome.success.path, "false"),
    ] {
        insert(&mut body, path, if text == "false" { Value::Bool(false) } else { text.into() });
    }
    Value::Object(body).to_string()
}

/// Puts a value at a path of names with dots between them.
fn insert(object: &mut Map<String, Value>, path: &str, value: Value) {
    match path.split_once('.') {
        _ if path.is_empty() => {}
        None => drop(object.insert(path.to_owned(), value)),
        Some((name, rest)) => {
            let inner = object.entry(name).or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(inner) = inner {
                insert(inner, rest, value);
            }
        }
    }
}

/// The gateway's envelope: that of ROA has its names in lower case.
fn envelope(operation: &Operation<'_>, status: u16, code: &str, message: &str, request_id: &str, host: &str) -> String {
    if operation.path.is_some() {
        return object(&[
            ("code", text(code)),
            ("message", text(message)),
            ("requestId", text(request_id)),
            ("status", status.to_string()),
        ]);
    }
    let mut recommend = "https://api.aliyun.com/troubleshoot?q=".to_owned();
    percent::encode(code, &mut recommend);
    recommend.push_str(&format!("&product={}&requestId={request_id}", operation.service.product));
    object(&[
        ("RequestId", text(request_id)),
        ("HostId", text(host)),
        ("Code", text(code)),
        ("Message", text(message)),
        ("Recommend", text(&recommend)),
    ])
}

fn text(text: &str) -> String {
    let mut json = String::new();
    write_json_text(text, &mut json);
    json
}

/// An object of these members, whose values are JSON.
fn object(members: &[(&str, String)]) -> String {
    let members: Vec<String> = members.iter().map(|(name, value)| format!("{}:{value}", text(name))).collect();
    format!("{{{}}}", members.join(","))
}
