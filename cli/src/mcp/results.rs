//! The results of tools, as text and as structured content.

use std::convert::Infallible;

use alicloud_cli::hidden_characters::is_hidden;
use alicloud_runtime::{Error, Failure as CallFailure};
use rmcp::model::{CallToolResult, ContentBlock};
use serde_json::{Map, Value, json};

use crate::ending::Failure;
use crate::explain;
use crate::mcp::shortening::{Cut, beginning};

/// The maximum number of characters of an error.
const LONGEST_ERROR: usize = 4000;

/// A JSON object that is put together member by member. Members without a value are left out.
#[derive(Default)]
pub(super) struct Members(Map<String, Value>);

impl Members {
    /// The members of an object.
    pub(super) fn of(object: &Value) -> Self {
        Self(object.as_object().cloned().unwrap_or_default())
    }

    pub(super) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        match value.into() {
            Value::Null => {}
            value => drop(self.0.insert(name.to_owned(), value)),
        }
        self
    }

    /// Adds what is left out of a value, and how to see it.
    pub(super) fn with_cuts(self, cuts: &[Cut], help: &str) -> Self {
        if cuts.is_empty() { self } else { self.with("cut", json!(cuts)).with("cut_help", help) }
    }

    pub(super) fn into_value(self) -> Value {
        Value::Object(self.0)
    }

    /// The result of a tool that did what it was called for.
    pub(super) fn into_result(self) -> CallToolResult {
        CallToolResult::structured(visible(self.into_value()))
    }
}

/// The result of a tool that sent nothing, because of its arguments, the settings or the credentials.
pub(super) fn unsent(failure: &Failure) -> CallToolResult {
    let (message, help) = failure.parts();
    error(
        &failure.to_string(),
        Members::default()
            .with("message", beginning(message, LONGEST_ERROR))
            .with("advice", help.map(|help| beginning(help, LONGEST_ERROR)))
            .with("sent", false),
    )
}

/// The result of a call that failed after it was sent.
pub(super) fn failed(failure: &Error<Infallible>, report: &str) -> CallToolResult {
    let advice = failure.code().and_then(|code| explain::advice_about(code, failure.status()));
    let message = failure.message().map_or_else(|| failure.to_string(), str::to_owned);
    let text = match advice {
        Some(advice) => format!("{report}\n  = advice: {advice}"),
        None => report.to_owned(),
    };
    let may_have_acted = matches!(failure.failure(), CallFailure::Transport(_) | CallFailure::Unreadable(_));
    error(
        &text,
        Members::default()
            .with("code", failure.code())
            .with("message", beginning(&message, LONGEST_ERROR))
            .with("request_id", failure.request_id())
            .with("http_status", failure.status())
            .with("attempts", failure.attempts())
            .with("advice", advice)
            .with("sent", if may_have_acted { Value::Null } else { Value::Bool(true) }),
    )
}

/// An error, with the text that people read on the command line.
pub(super) fn error(text: &str, details: Members) -> CallToolResult {
    let text = visible(Value::String(beginning(text, LONGEST_ERROR)));
    let details = Members::default().with("error", details.into_value()).into_value();
    let mut result = CallToolResult::structured_error(visible(details));
    result.content = vec![ContentBlock::text(text.as_str().unwrap_or_default())];
    result
}

/// The value with characters escaped that do not show: an agent reads what its user does not see.
fn visible(value: Value) -> Value {
    match value {
        Value::String(text) if text.chars().any(is_escaped) => {
            let mut shown = String::with_capacity(text.len());
            for one in text.chars() {
                if is_escaped(one) { shown.extend(one.escape_default()) } else { shown.push(one) }
            }
            Value::String(shown)
        }
        Value::Array(items) => Value::Array(items.into_iter().map(visible).collect()),
        Value::Object(members) => {
            Value::Object(members.into_iter().map(|(name, value)| (name, visible(value))).collect())
        }
        other => other,
    }
}

fn is_escaped(one: char) -> bool {
    is_hidden(one) && !matches!(one, '\n' | '\r' | '\t')
}
