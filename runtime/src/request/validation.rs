//! Checks a request against its operation's documented demands before anything is sent.

use std::fmt;

use crate::operation::description::{Limit, Operation, Parameter, Parameters, Rule};
use crate::operation::input::{Input, Value};
use crate::operation::violation::Violation;

/// All violations of a request, what is missing first, the rules last.
pub(crate) fn violations(operation: &Operation<'_>, input: &Input) -> Vec<Violation> {
    let mut found = Vec::new();
    check_members(&operation.parameters, input, "", &mut found);
    for rule in operation.rules {
        check_rule(operation, input, rule, &mut found);
    }
    found
}

fn check_members(table: &Parameters, input: &Input, path: &str, found: &mut Vec<Violation>) {
    for (index, name) in table.required() {
        if !input.has(index) {
            found.push(violation(path, name, "is required".to_owned()));
        }
    }
    for (parameter, value) in input.entries(table) {
        // Nothing to check, as for most.
        if !parameter.detail.limits.is_empty() || parameter.detail.members.len() > 0 {
            check_value(parameter, value, &format!("{path}{}", parameter.name), true, found);
        }
    }
}

/// Limits on items apply to the list itself, all others to what is in it.
fn check_value(parameter: Parameter, value: &Value, path: &str, outermost: bool, found: &mut Vec<Violation>) {
    match value {
        Value::List(items) => {
            if outermost {
                check_limits(parameter, value, path, found);
            }
            for (index, item) in items.iter().enumerate() {
                check_value(parameter, item, &format!("{path}.{}", index + 1), false, found);
            }
        }
        Value::Map(entries) => {
            for (key, value) in entries {
                let key = if parameter.detail.sensitive { "***" } else { key };
                check_value(parameter, value, &format!("{path}.{key}"), false, found);
            }
        }
        Value::Object(input) => check_members(parameter.detail.members, input, &format!("{path}."), found),
        scalar => check_limits(parameter, scalar, path, found),
    }
}

fn check_limits(parameter: Parameter, value: &Value, path: &str, found: &mut Vec<Violation>) {
    for limit in parameter.detail.limits {
        if let Some(problem) = broken(limit, value, parameter.detail.sensitive) {
            found.push(Violation { parameter: path.to_owned(), problem });
        }
    }
}

fn broken(limit: &Limit, value: &Value, is_sensitive: bool) -> Option<String> {
    let least = |found: u64, least: u64, unit: &str| {
        (found < least).then(|| format!("has {found} {unit}, and at least {least} are needed"))
    };
    let most = |found: u64, most: u64, unit: &str| {
        (found > most).then(|| format!("has {found} {unit}, and at most {most} are allowed"))
    };
    match (limit, value) {
        (Limit::MinBytes(min), Value::Text(text)) => least(text.len() as u64, *min, "bytes"),
        (Limit::MaxBytes(max), Value::Text(text)) => most(text.len() as u64, *max, "bytes"),
        (Limit::MinCharacters(min), Value::Text(text)) => least(text.chars().count() as u64, *min, "characters"),
        (Limit::MaxCharacters(max), Value::Text(text)) => most(text.chars().count() as u64, *max, "characters"),
        (Limit::MinItems(min), Value::List(items)) => least(items.len() as u64, *min, "items"),
        (Limit::MaxItems(max), Value::List(items)) => most(items.len() as u64, *max, "items"),
        (Limit::Min(min), Value::Integer(number)) => below(number, min, is_sensitive),
        (Limit::Max(max), Value::Integer(number)) => above(number, max, is_sensitive),
        (Limit::MinFloat(min), Value::Float(number)) => below(number, min, is_sensitive),
        (Limit::MaxFloat(max), Value::Float(number)) => above(number, max, is_sensitive),
        (Limit::MinFloat(min), Value::Integer(number)) => below(&(*number as f64), min, is_sensitive),
        (Limit::MaxFloat(max), Value::Integer(number)) => above(&(*number as f64), max, is_sensitive),
        _ => None,
    }
}

fn below<T: PartialOrd + fmt::Display>(number: &T, min: &T, is_sensitive: bool) -> Option<String> {
    let number = (number < min).then(|| shown(number, is_sensitive))?;
    Some(format!("is {number}, and the least allowed value is {min}"))
}

fn above<T: PartialOrd + fmt::Display>(number: &T, max: &T, is_sensitive: bool) -> Option<String> {
    let number = (number > max).then(|| shown(number, is_sensitive))?;
    Some(format!("is {number}, and the greatest allowed value is {max}"))
}

fn shown<T: fmt::Display>(number: &T, is_sensitive: bool) -> String {
    if is_sensitive { "***".to_owned() } else { number.to_string() }
}

fn check_rule(operation: &Operation<'_>, input: &Input, rule: &Rule, found: &mut Vec<Violation>) {
    let name = |index: &u16| operation.parameters.name(*index).unwrap_or_default();
    let has = |index: &u16| input.has(*index);
    let names = |group: &[u16], between: &str| group.iter().map(name).collect::<Vec<_>>().join(between);
    match rule {
        Rule::AnyOf(groups) if !groups.iter().any(|group| group.iter().all(has)) => {
            let all: Vec<String> = groups.iter().map(|group| names(group, ", ")).collect();
            let choices: Vec<String> = groups.iter().map(|group| names(group, " together with ")).collect();
            found.push(violation("", &all.join(", "), format!("one of these is required: {}", choices.join("; or "))));
        }
        Rule::Together(group) if group.iter().any(has) && !group.iter().all(has) => {
            let missing: Vec<&str> = group.iter().filter(|index| !has(index)).map(name).collect();
            found.push(violation(
                "",
                &names(group, ", "),
                format!("these go together, and {} is missing", missing.join(", ")),
            ));
        }
        Rule::AnyOf(_) | Rule::Together(_) => {}
    }
}

fn violation(path: &str, name: &str, problem: String) -> Violation {
    Violation { parameter: format!("{path}{name}"), problem }
}
