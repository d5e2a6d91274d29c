//! Facts about an operation, in words.

use alicloud_model::{
    ApiStyle, Effect, FlowScope, Operation, Outcome, OutcomeField, Pagination, Rule, Service, Turning, Waiter, WaitsFor,
};

use crate::described::Described;

/// The facts with their names, in the order of a page.
pub(super) fn facts(described: &Described) -> Vec<(&'static str, String)> {
    let Described { service, operation, effect, .. } = described;
    let mut facts = Vec::new();
    let mut add = |name, text: Option<String>| facts.extend(text.map(|text| (name, text)));
    add("Deprecated", operation.deprecated.as_ref().map(|instead| or(instead, "yes")));
    add("Effect", Some(effect_words(*effect, operation.is_repeatable())));
    let methods = operation.method_names().join(", ");
    add(
        "Sent as",
        Some(match operation.style {
            ApiStyle::Roa => format!("{} {} (ROA)", operation.preferred_method().as_str(), operation.path),
            ApiStyle::Rpc => format!("{methods} (RPC)"),
        }),
    );
    add("RAM action", ram_action(service, operation));
    let flow = operation.flow.as_ref().map(|flow| {
        let per = match flow.per {
            FlowScope::Account => "account",
            FlowScope::User => "user",
        };
        format!("{} calls per second for each {per}", flow.qps)
    });
    add("Rate limit", flow);
    add("Pagination", operation.pagination.as_ref().map(pagination));
    let waiters: Vec<String> = operation.waiters.iter().map(waiter).collect();
    add("Waiters", (!waiters.is_empty()).then(|| waiters.join(" ")));
    add("Failure", operation.outcome.as_ref().and_then(outcome));
    let retried: Vec<&str> = operation.retry.iter().chain(&service.retry).map(String::as_str).collect();
    add("Retried", Some(retried_words(&retried, operation.is_repeatable())));
    facts
}

/// The action with its access level and resource type, as documented, or the inferred one.
fn ram_action(service: &Service, operation: &Operation) -> Option<String> {
    let known = service.ram_action(operation)?;
    let Some(ram) = &operation.ram else { return Some(format!("{} (inferred, not documented)", known.action)) };
    let words: Vec<&str> = [ram.access.as_deref(), ram.resource.as_deref()].into_iter().flatten().collect();
    Some(if words.is_empty() { known.action } else { format!("{} ({})", known.action, words.join(", ")) })
}

/// The meaning of an effect for the caller.
fn effect_words(effect: Option<Effect>, is_repeatable: bool) -> String {
    let words = match effect {
        Some(Effect::Read) => return "read".to_owned(),
        Some(Effect::Write) => "write",
        Some(Effect::ReadAndWrite) => "read and write",
        None => "unknown; treated as a write",
    };
    if is_repeatable { format!("{words}; idempotent") } else { words.to_owned() }
}

fn retried_words(codes: &[&str], is_repeatable: bool) -> String {
    let mut words = "throttled and unsent calls".to_owned();
    if is_repeatable {
        words += ", timeouts, and responses with status 500, 502, 503 and 504";
    }
    if !codes.is_empty() {
        words += &format!("; the error codes {}", codes.join(", "));
    }
    words
}

fn pagination(pagination: &Pagination) -> String {
    let Pagination { turning, parameter, size, total, more, items, token } = pagination;
    let parameter = parameter.join(".");
    let mut words = match turning {
        Turning::Token { next } => {
            format!("by token: `{parameter}` is set to `{}` of the previous page", next.join("."))
        }
        Turning::Number { first } => format!("by number: `{parameter}`, the first page is {first}"),
        Turning::Offset => format!("by offset: `{parameter}` is the number of items to skip"),
    };
    for (name, path) in [("page size", size), ("total", total), ("more pages", more)] {
        if let Some(path) = path {
            words += &format!("; {name}: `{}`", path.join("."));
        }
    }
    words += &format!("; items: `{}`", items.join("."));
    if let Some(token) = token {
        words += &format!(
            "; or by token: `{}` is set to `{}` of the previous page",
            token.parameter.join("."),
            token.next.join(".")
        );
    }
    words
}

fn waiter(waiter: &Waiter) -> String {
    let Waiter { name, waits_for, every, at_most } = waiter;
    let until = match waits_for {
        WaitsFor::Value { field, values, failing } => {
            let mut words = format!("`{}` is {}", field.join("."), values.join(" or "));
            if !failing.is_empty() {
                words += &format!("; fails if it is {}", failing.join(" or "));
            }
            words
        }
        WaitsFor::Error { codes } => format!("the error code is {}", codes.join(" or ")),
    };
    format!("`{name}`: until {until}; every {every} s, at most {at_most} s.")
}

/// Describes how a response with status 200 reports failure.
fn outcome(outcome: &Outcome) -> Option<String> {
    let is_not = |field: &OutcomeField| format!("`{}` is not {}", field.path, field.values.join(" or "));
    let failed = match (&outcome.success, &outcome.code) {
        (Some(success), _) if success.values.is_empty() => format!("`{}` is false", success.path),
        (Some(success), _) => is_not(success),
        (None, Some(code)) if !code.values.is_empty() => is_not(code),
        _ => return None,
    };
    let fields = [("code", outcome.code.as_ref().map(|code| &code.path)), ("message", outcome.message.as_ref())];
    let fields = fields.into_iter().filter_map(|(name, path)| Some(format!("; {name}: `{}`", path?)));
    Some(format!("also with HTTP 200, if {failed}{}", fields.collect::<String>()))
}

/// The requirements of parameters on each other.
pub(super) fn rule(rule: &Rule) -> String {
    match rule {
        Rule::AnyOf(groups) => {
            let groups: Vec<String> = groups.iter().map(|group| group.join(" with ")).collect();
            format!("Required: {}.", groups.join(", or "))
        }
        Rule::Together(names) => format!("Only together: {}.", names.join(", ")),
    }
}

/// The text, or other words if it is empty.
fn or(text: &str, words: &str) -> String {
    if text.is_empty() { words.to_owned() } else { text.to_owned() }
}
