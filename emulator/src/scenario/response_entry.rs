//! The form of scripted responses in scenarios and in the admin API.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;

use crate::scenario::scripted_response::ScriptedResponse;

/// A scripted response in a scenario or a request to the admin API.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ResponseEntry {
    operation: String,
    error: Option<Value>,
    status: Option<u16>,
    json: Option<Value>,
    body: Option<String>,
    content_type: Option<String>,
    #[serde(default)]
    truncated: bool,
    connection: Option<ConnectionEntry>,
    #[serde(default)]
    headers: BTreeMap<String, Value>,
    delay: Option<String>,
    times: Option<u32>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum ConnectionEntry {
    Close,
    Reset,
    Silence,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ErrorEntry {
    status: u16,
    code: String,
    message: String,
}

impl ResponseEntry {
    /// Returns the operation and the scripted response.
    pub(crate) fn response(self) -> Result<(String, ScriptedResponse), String> {
        let has_body = self.json.is_some() || self.body.is_some();
        if !has_body && (self.status.is_some() || self.content_type.is_some() || self.truncated) {
            return Err("`status`, `content_type` and `truncated` need `json` or `body`".to_owned());
        }
        let status = self.status.unwrap_or(200);
        let raw = |kind: Option<String>, usual: &str, body: String| {
            let kind = kind.unwrap_or_else(|| usual.to_owned());
            if self.truncated {
                ScriptedResponse::truncated(status, kind, body)
            } else {
                ScriptedResponse::raw(status, kind, body)
            }
        };
        let mut response = match (self.error, self.json, self.body, self.connection) {
            (None, None, None, None) => ScriptedResponse::usual(),
            (Some(Value::String(code)), None, None, None) => ScriptedResponse::documented(code),
            (Some(error), None, None, None) => {
                let ErrorEntry { status, code, message } = serde_json::from_value(error).map_err(|error| {
                    format!(
                        "`error` must be a documented code, or an object with `status`, `code` and `message`: {error}"
                    )
                })?;
                ScriptedResponse::error(status, code, message)
            }
            (None, Some(json), None, None) => {
                raw(self.content_type, "application/json;charset=utf-8", json.to_string())
            }
            (None, None, Some(body), None) => raw(self.content_type, "text/plain;charset=utf-8", body),
            (None, None, None, Some(ConnectionEntry::Close)) => ScriptedResponse::close(),
            (None, None, None, Some(ConnectionEntry::Reset)) => ScriptedResponse::reset(),
            (None, None, None, Some(ConnectionEntry::Silence)) => ScriptedResponse::silence(),
            _ => {
                return Err("a response has at most one of `error`, `json`, `body` and `connection`".to_owned());
            }
        };
        for (name, value) in self.headers {
            let value = match value {
                Value::String(text) => text,
                other => other.to_string(),
            };
            response = response.header(name, value);
        }
        if let Some(delay) = self.delay {
            response = response.delay(read_delay(&delay)?);
        }
        Ok((self.operation, response.times(self.times.unwrap_or(1))))
    }
}

fn read_delay(text: &str) -> Result<Duration, String> {
    humantime::parse_duration(text)
        .map_err(|_| format!("`delay` is `{text}`; expected a duration, such as 500ms or 2s"))
}
