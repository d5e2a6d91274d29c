//! Calls an operation until the condition of a waiter is met.

use std::time::Duration;

use alicloud_model::{Operation, Waiter, WaitsFor, nearest};
use alicloud_runtime::dynamic::Client;
use serde_json::Value;

use crate::call::ended::Ended;
use crate::call::json_path::values_at;
use crate::call::spec_operation::{Prepared, Unread};
use crate::call::target::Target;
use crate::catalogue::is_alike;
use crate::ending::Failure;
use crate::output::counted;

/// Longer values are cut in messages.
const SHOWN_CHARACTERS: usize = 200;

/// A condition, and the operation that is polled for it.
pub(super) struct Wait<'m> {
    operation: &'m Operation,
    waiter: &'m Waiter,
}

impl<'m> Wait<'m> {
    /// Finds a waiter by its name.
    pub(super) fn find(target: &Target<'m>, name: &str) -> Result<Self, Failure> {
        let Target::Described { operation, .. } = target else {
            return Err(Failure::new("without a spec, there are no waiters").help("call it without `--wait`"));
        };
        if let Some(waiter) = operation.waiters.iter().find(|waiter| is_alike(&waiter.name, name)) {
            return Ok(Self { operation, waiter });
        }
        let names: Vec<&str> = operation.waiters.iter().map(|waiter| waiter.name.as_str()).collect();
        let failure = Failure::new(format!("`{}` has no waiter `{name}`", operation.name));
        Err(match (nearest(name, names.iter().copied()), names.as_slice()) {
            (Some(near), _) => failure.help(format!("did you mean `{near}`?")),
            (None, []) => failure.help("its spec has no `waiters`; add one to the spec in your folder"),
            (None, names) => failure.help(format!("it has `{}`", names.join("`, `"))),
        })
    }

    /// Polls until the condition holds. Returns the last response; `None` if an error was waited for.
    pub(super) async fn response(&self, client: &Client, prepared: &Prepared) -> Result<Option<Value>, Ended> {
        let limit = Duration::from_secs(u64::from(self.waiter.at_most));
        let mut polls = 0;
        let mut last = None;
        let polling = async {
            loop {
                let mut unread = Unread(prepared.response);
                let response = client.send(&prepared.operation, &prepared.input, &mut unread).await;
                polls += 1;
                match (&self.waiter.waits_for, response) {
                    (WaitsFor::Error { codes }, Err(error)) => {
                        let documented = error.code().and_then(|code| prepared.operation.documented(code));
                        let variant = documented.and_then(|(index, _)| self.operation.error_variants.get(index));
                        let has_come = variant.is_some_and(|variant| codes.contains(&variant.code));
                        return if has_come { Ok(None) } else { Err(Ended::Call(error)) };
                    }
                    (WaitsFor::Value { .. }, Err(error)) => return Err(Ended::Call(error)),
                    (WaitsFor::Error { .. }, Ok(_)) => {}
                    (WaitsFor::Value { field, values, failing }, Ok(response)) => {
                        let json = Ended::json(response.body())?;
                        let found: Vec<String> = values_at(&json, field).into_iter().filter_map(text).collect();
                        if let Some(value) = found.iter().find(|value| is_among(value, failing)) {
                            let awaited = self.awaited();
                            return Err(Ended::NotReached(format!(
                                "stopped waiting for {awaited}: it is `{}`, which is a failure",
                                shown(value)
                            )));
                        }
                        let missing = found.iter().find(|value| !is_among(value, values)).map(|value| shown(value));
                        if missing.is_none() && !found.is_empty() {
                            return Ok(Some(json));
                        }
                        last = missing;
                    }
                }
                tokio::time::sleep(Duration::from_secs(u64::from(self.waiter.every))).await;
            }
        };
        let ended = tokio::time::timeout(limit, polling).await;
        ended.unwrap_or_else(|_| {
            let last = last.map(|last| format!("; the last value was `{last}`")).unwrap_or_default();
            let (awaited, calls) = (self.awaited(), counted(polls, "call"));
            Err(Ended::NotReached(format!(
                "timed out after {} s and {calls} while waiting for {awaited}{last}",
                self.waiter.at_most
            )))
        })
    }

    /// A description of the condition.
    fn awaited(&self) -> String {
        let operation = &self.operation.name;
        match &self.waiter.waits_for {
            WaitsFor::Value { field, values, .. } => {
                format!("`{}` of {operation} to be `{}`", field.join("."), values.join("` or `"))
            }
            WaitsFor::Error { codes } => format!("{operation} to fail with `{}`", codes.join("` or `")),
        }
    }
}

/// Whether a value is one of these. Services write booleans in any case.
fn is_among(value: &str, values: &[String]) -> bool {
    let is_boolean = value.eq_ignore_ascii_case("true") || value.eq_ignore_ascii_case("false");
    values.iter().any(|known| known == value || is_boolean && known.eq_ignore_ascii_case(value))
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

fn shown(value: &str) -> String {
    value.chars().take(SHOWN_CHARACTERS).collect()
}
