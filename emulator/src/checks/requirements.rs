//! The documented requirements of parameters.

use alicloud_model::{Bounds, Field, LengthUnit, Operation, Position, Range, Rule, SharedTypes, Type};
use serde_json::Value;

use crate::gateway_error::GatewayError;
use crate::parameters::structure::Misfit;

/// Checks the parameters of a call, and those that cannot be read. Returns the first error: missing parameters come
/// first, then invalid ones, then rules between parameters.
pub(crate) fn check(
    operation: &Operation,
    types: &SharedTypes,
    input: &Value,
    misfits: &[Misfit],
) -> Result<(), GatewayError> {
    let is_there = |name: &str| input.get(name).is_some();
    for parameter in &operation.parameters {
        let name = parameter.field.name.as_str();
        let unreadable = misfits.iter().any(|misfit| misfit.parameter == name);
        // A loopback address cannot contain a host parameter.
        let is_needed = parameter.field.required && parameter.position != Position::Host;
        if is_needed && !unreadable && !is_there(name) {
            return Err(GatewayError::missing(name));
        }
    }
    if let Some(misfit) = misfits.first() {
        return Err(GatewayError::invalid(&misfit.path));
    }
    for parameter in &operation.parameters {
        if let Some(value) = input.get(&parameter.field.name) {
            check_field(types, &parameter.field, value, &parameter.field.name)?;
        }
    }
    operation.rules.iter().try_for_each(|rule| check_rule(rule, is_there))
}

fn check_field(types: &SharedTypes, field: &Field, value: &Value, path: &str) -> Result<(), GatewayError> {
    let within = match value {
        Value::String(text) => {
            let long_enough = field.limits.length.is_none_or(|length| match length.unit {
                LengthUnit::Bytes => within(length.bounds, text.len()),
                LengthUnit::Characters => within(length.bounds, text.chars().count()),
            });
            long_enough && field.limits.range.is_none_or(|range| in_range(range, text))
        }
        Value::Array(items) => field.limits.count.is_none_or(|bounds| within(bounds, items.len())),
        _ => true,
    };
    if !within {
        return Err(GatewayError::invalid(path));
    }
    check_value(types, &field.ty, value, path)
}

fn check_value(types: &SharedTypes, ty: &Type, value: &Value, path: &str) -> Result<(), GatewayError> {
    match (ty, value) {
        (Type::Object(_) | Type::Shared(_), Value::Object(members)) => {
            for field in types.members_of(ty).unwrap_or_default() {
                let path = format!("{path}.{}", field.name);
                match members.get(&field.name) {
                    Some(value) => check_field(types, field, value, &path)?,
                    None if field.required => return Err(GatewayError::missing(&path)),
                    None => {}
                }
            }
            Ok(())
        }
        (Type::List(item), Value::Array(values)) => {
            for (at, value) in values.iter().enumerate() {
                check_value(types, item, value, &format!("{path}.{}", at + 1))?;
            }
            Ok(())
        }
        (Type::Map(item), Value::Object(members)) => {
            for (key, value) in members {
                check_value(types, item, value, &format!("{path}.{key}"))?;
            }
            Ok(())
        }
        (ty, Value::String(text)) if !is_of_type(ty, text) => Err(GatewayError::invalid(path)),
        _ => Ok(()),
    }
}

fn is_of_type(ty: &Type, text: &str) -> bool {
    match ty {
        Type::Integer => text.parse::<i32>().is_ok(),
        Type::Long => text.parse::<i64>().is_ok(),
        Type::Float | Type::Double => text.parse::<f64>().is_ok_and(f64::is_finite),
        // Python's clients send `True`, and the gateway accepts it.
        Type::Boolean => text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false"),
        _ => true,
    }
}

fn within(bounds: Bounds, found: usize) -> bool {
    let found = u64::try_from(found).unwrap_or(u64::MAX);
    bounds.min.is_none_or(|min| found >= min) && bounds.max.is_none_or(|max| found <= max)
}

fn in_range(range: Range, text: &str) -> bool {
    match range {
        Range::Integer { min, max } => text
            .parse::<i64>()
            .is_ok_and(|number| min.is_none_or(|min| number >= min) && max.is_none_or(|max| number <= max)),
        Range::Float { min, max } => text
            .parse::<f64>()
            .is_ok_and(|number| min.is_none_or(|min| number >= min) && max.is_none_or(|max| number <= max)),
    }
}

fn check_rule(rule: &Rule, is_there: impl Fn(&str) -> bool) -> Result<(), GatewayError> {
    let complete = |group: &[String]| group.iter().all(|name| is_there(name));
    match rule {
        Rule::AnyOf(groups) if !groups.iter().any(|group| complete(group)) => {
            let choices: Vec<String> = groups.iter().map(|group| group.join(" with ")).collect();
            Err(GatewayError::not_supplied(&choices.join(" or ")))
        }
        Rule::Together(names) if names.iter().any(|name| is_there(name)) && !complete(names) => {
            let missing: Vec<&str> = names.iter().map(String::as_str).filter(|name| !is_there(name)).collect();
            Err(GatewayError::not_supplied(&missing.join(", ")))
        }
        _ => Ok(()),
    }
}
