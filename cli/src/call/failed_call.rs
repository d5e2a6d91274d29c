//! Reports about calls that failed.

use std::convert::Infallible;

use alicloud_cli::hidden_characters::is_hidden;
use alicloud_model::ErrorRow;
use alicloud_runtime::{Error, Failure as CallFailure};

use crate::call::spec_operation::Prepared;
use crate::call::target::Target;
use crate::ending::Failure;

/// The report about a call that was sent; `None` if nothing was sent.
pub(super) fn report(error: &Error<Infallible>, target: &Target<'_>, prepared: &Prepared) -> Option<String> {
    let failure = error.failure();
    let first = match failure {
        CallFailure::Service(error) => format!("{}: {}", error.code, error.message),
        CallFailure::Transport(_) | CallFailure::Unreadable(_) => failure.to_string(),
        _ => return None,
    };
    let mut report = format!("error: {}", shown(&first));
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

/// The failure of a call that was not sent, because of its parameters or for another reason.
pub(super) fn unsent_call(failure: &CallFailure) -> Failure {
    match failure {
        CallFailure::Invalid(violations) => {
            let problems: Vec<String> = violations.iter().map(ToString::to_string).collect();
            Failure::new(format!("the request was not sent:\n  {}", problems.join("\n  ")))
        }
        other => unsent(other),
    }
}

/// The failure of a call that was not sent, because of credentials or settings.
pub(super) fn unsent(failure: &CallFailure) -> Failure {
    match failure {
        CallFailure::Configuration(text) => Failure::new(text)
            .help("use `--region`, `--endpoint` and `--signature` instead of the methods of `Config`"),
        CallFailure::Credentials(_) => Failure::new(failure.to_string()).help(
            "set `ALIBABA_CLOUD_ACCESS_KEY_ID` and `ALIBABA_CLOUD_ACCESS_KEY_SECRET`, or name a profile with `--profile`",
        ),
        other => Failure::new(other.to_string()),
    }
}

/// Escapes characters that control the terminal or the direction of text, and indents further lines.
fn shown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for one in text.chars() {
        match one {
            '\n' => out.push_str("\n    "),
            one if is_hidden(one) => out.extend(one.escape_default()),
            one => out.push(one),
        }
    }
    out
}
