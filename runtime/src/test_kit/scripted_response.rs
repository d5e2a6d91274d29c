//! The responses of rules.

use serde_json::{Map, Value};

use crate::decoding::body::from_text;
use crate::decoding::decode::{Decode, Slot, named};
use crate::decoding::writing::write_response;
use crate::error::failure::{Failure, TransportPhase};
use crate::http_message::{HttpResponse, REQUEST_ID};
use crate::operation::description::{Operation, Outcome, OutcomeField};
use crate::operation::json_text::write_json_text;
use crate::request::percent;
use crate::test_kit::call::MockCall;
use crate::test_kit::gateway_codes;

const CONTENT_TYPE: (&str, &str) = ("content-type", "application/json;charset=utf-8");

#[derive(Clone)]
pub(super) enum ScriptedResponse {
    Http(HttpResponse),
    ServiceError {
        operation: &'static Operation<'static>,
        status: u16,
        code: String,
        message: String,
    },
    TransportFailure(TransportPhase),
    /// The rule is invalid, for this reason.
    InvalidRule(String),
}

impl ScriptedResponse {
    pub(super) fn response(operation: &Operation<'_>, response: &mut dyn Decode) -> Self {
        if let Some(outcome) = operation.outcome() {
            for (field, word) in [(&outcome.success, "true"), (&outcome.code, "")] {
                report_success(field, word, response);
            }
        }
        match write_response(response) {
            Ok((headers, body)) => {
                let mut response = HttpResponse::new(200, body).header(CONTENT_TYPE.0, CONTENT_TYPE.1);
                response.headers.extend(headers);
                Self::Http(response)
            }
            Err(reason) => Self::InvalidRule(format!("its response cannot be encoded: {reason}")),
        }
    }

    pub(super) fn service_error(
        operation: &'static Operation<'static>,
        status: u16,
        code: String,
        message: String,
    ) -> Self {
        let is_success = (200..300).contains(&status);
        if operation.documented(&code).is_none() && !gateway_codes::has(&code, operation) {
            let near = operation.errors.iter().min_by_key(|known| strsim::damerau_levenshtein(known, &code));
            let near = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            Self::InvalidRule(format!(
                "`{code}` is neither documented for the operation nor a code of the gateway{near}"
            ))
        } else if is_success && operation.outcome().is_none() {
            Self::InvalidRule(format!("{} reports no failures with HTTP {status}", operation.service.product))
        } else if !is_success && !(400..600).contains(&status) {
            Self::InvalidRule(format!("HTTP {status} is not an error status"))
        } else {
            Self::ServiceError { operation, status, code, message }
        }
    }

    /// The result of the call with this number, counted from 1 over the whole transport.
    pub(super) fn into_result(self, call: &MockCall, number: usize) -> Result<HttpResponse, Failure> {
        match self {
            Self::Http(response) => Ok(response),
            Self::ServiceError { operation, status, code, message } => {
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
            Self::TransportFailure(phase) => Err(Failure::transport(
                phase,
                call.request().host(),
                "a rule of the mock transport simulates this failure",
            )),
            Self::InvalidRule(reason) => Err(Failure::configuration(format!(
                "the rule of the mock transport for `{}` is invalid: {reason}",
                call.operation()
            ))),
        }
    }
}

/// Sets an outcome field of a response to success. `word` is the value if the spec lists none.
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
            // If the value in the spec does not match the type of the field, the field is unchanged.
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

/// Inserts a value at a path of names, separated by dots.
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

/// The error body of the gateway. For ROA operations, its names begin with a lower-case letter.
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

/// A JSON object with these members, whose values are JSON.
fn object(members: &[(&str, String)]) -> String {
    let members: Vec<String> = members.iter().map(|(name, value)| format!("{}:{value}", text(name))).collect();
    format!("{{{}}}", members.join(","))
}
