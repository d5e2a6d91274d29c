//! What is told of a call that failed.

use std::borrow::Cow;
use std::convert::Infallible;

use alicloud_model::ErrorRow;
use alicloud_runtime::{Error, Failure as CallFailure};

use crate::call::spec_operation::Prepared;
use crate::call::target::Target;
use crate::ending::Failure;

/// What is told of a call that was sent; `None` where nothing was.
pub(super) fn report(error: &Error<Infallible>, target: &Target<'_>, prepared: &Prepared) -> Option<String> {
    let failure = error.failure();
    let first = match failure {
        CallFailure::Service(refusal) => format!("{}: {}", refusal.code, message(&refusal.message, prepared)),
        CallFailure::Transport(_) | CallFailure::Unreadable(_) => failure.to_string(),
        _ => return None,
    };
    let mut report = format!("error: {}", shown(&prepared.redacted(&first)));
    let mut line = |name: &str, value: &str| report.push_str(&format!("\n  = {name}: {}", shown(value)));
    for (name, value) in [
        ("RequestId", failure.request_id().map(str::to_owned)),
        ("HTTP status", failure.status().map(|status| status.to_string())),
        ("host", failure.host().map(str::to_owned)),
        ("recommended", failure.recommend().map(str::to_owned)),
        ("attempts", (error.attempts() > 1).then(|| error.attempts().to_string())),
    ] {
        if let Some(value) = value {
            line(name, &value);
        }
    }
    if let (Some(code), Target::Described { operation, .. }) = (failure.code(), target) {
        let documented = prepared.operation.documented(code);
        let variant = documented.and_then(|(index, _)| operation.error_variants.get(index));
        match variant {
            None => line("documented", &format!("no, the spec of {} does not have this code", operation.name)),
            Some(variant) => {
                let same = |row: &&ErrorRow| Some(row.status) == failure.status();
                let rows: Vec<&ErrorRow> = variant.rows.iter().filter(same).collect();
                let rows = if rows.is_empty() { variant.rows.iter().collect() } else { rows };
                for row in rows {
                    let text = format!("HTTP {}, {}\n{}", row.status, row.message, row.doc);
                    line("documented", text.trim_end());
                }
            }
        }
    }
    Some(report)
}

/// What the service says, without the string to sign where that holds what is secret: it is encoded there.
fn message<'m>(message: &'m str, prepared: &Prepared) -> Cow<'m, str> {
    let is_secret = prepared.without_secrets.is_some() || TOKENS.iter().any(|token| message.contains(token));
    match message.split_once("server ") {
        Some((before, rest)) if is_secret && STRINGS_TO_SIGN.iter().any(|start| rest.starts_with(start)) => {
            Cow::Owned(format!("{before}The service's string to sign is not shown, because secrets are in it."))
        }
        _ => Cow::Borrowed(message),
    }
}

/// How the two signatures call the token of temporary credentials.
const TOKENS: [&str; 2] = ["SecurityToken", "x-acs-security-token"];

/// How the two signatures' messages go on after `server `.
const STRINGS_TO_SIGN: [&str; 2] = ["string to sign", "StringToSign"];

/// The failure of a call with which nothing was sent, as the parameters made it.
pub(super) fn unsent_call(failure: &CallFailure, prepared: &Prepared) -> Failure {
    match failure {
        CallFailure::Invalid(violations) => {
            let problems: Vec<String> = violations.iter().map(ToString::to_string).collect();
            Failure::new(prepared.redacted(&format!("the request was not sent:\n  {}", problems.join("\n  "))))
        }
        other => unsent(other),
    }
}

/// The failure of a call with which nothing was sent, as credentials and settings made it.
pub(super) fn unsent(failure: &CallFailure) -> Failure {
    match failure {
        CallFailure::Configuration(text) => Failure::new(text)
            .help("`--region`, `--endpoint` and `--signature` say here what `Config` says in a program"),
        CallFailure::Credentials(_) => Failure::new(failure.to_string()).help(
            "set `ALIBABA_CLOUD_ACCESS_KEY_ID` and `ALIBABA_CLOUD_ACCESS_KEY_SECRET`, or name a profile with `--profile`",
        ),
        other => Failure::new(other.to_string()),
    }
}

/// What comes from elsewhere must not colour the terminal; further lines are set in.
fn shown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for one in text.chars() {
        match one {
            '\n' => out.push_str("\n    "),
            one if one.is_control() => out.extend(one.escape_debug()),
            one => out.push(one),
        }
    }
    out
}
