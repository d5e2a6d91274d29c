//! Sample values for the parameters of a call.

use alicloud_model::{Bounds, Field, Limits, Operation, Range, Rule, Sample, Service, SharedTypes, Type};
use serde_json::{Map, Value};

/// Deeper than the required members of any documented type.
const DEEPEST: usize = 16;

/// A sample has no more items, and its texts no more characters, even if the documented minimum is larger.
const MOST_ITEMS: u64 = 100;
const LONGEST: u64 = 4096;

/// A value for each required parameter, and for the first of the groups of which one is required: the value in the
/// sample request, or else one that the documentation suggests.
pub(crate) fn required_values(service: &Service, operation: &Operation) -> Vec<(String, Sample)> {
    let sent = operation.examples.first().map(|example| example.request.as_slice()).unwrap_or_default();
    let in_group = |field: &Field| {
        operation.rules.iter().any(|rule| match rule {
            Rule::AnyOf(groups) => groups.first().is_some_and(|group| group.contains(&field.name)),
            Rule::Together(_) => false,
        })
    };
    let fields = operation.parameters.iter().map(|parameter| &parameter.field);
    fields
        .filter(|field| field.required || in_group(field))
        .map(|field| match sent.iter().find(|(name, _)| *name == field.name) {
            Some(sent) => sent.clone(),
            None => (field.name.clone(), value_of(field, &service.types, 0)),
        })
        .collect()
}

/// A value within the documented limits of the field.
fn value_of(field: &Field, types: &SharedTypes, depth: usize) -> Sample {
    let Limits { count, .. } = &field.limits;
    match &field.ty {
        ty if ty.is_scalar() => Sample::Text(documented(field).unwrap_or_else(|| within_limits(field))),
        Type::List(item) => {
            let least = count.and_then(|count| count.min).unwrap_or(1).clamp(1, MOST_ITEMS);
            Sample::List((0..least).filter_map(|_| structure(item, &field.name, types, depth)).collect())
        }
        ty => structure(ty, &field.name, types, depth).unwrap_or(Sample::Object(Vec::new())),
    }
}

/// The example of the documentation, or else the first documented value. Examples of lists are prose or JSON.
fn documented(field: &Field) -> Option<String> {
    let is_within_limits = |text: &str| field.limits.check(&Sample::Text(text.to_owned())).is_ok();
    let fits = |text: &&String| field.ty.check(text).is_ok() && !field.sensitive && is_within_limits(text);
    field.example.iter().chain(field.values.first()).find(fits).cloned()
}

/// The usual value of the type, changed so that it is within the limits.
fn within_limits(field: &Field) -> String {
    let Limits { range, length, .. } = &field.limits;
    match (range, length) {
        (Some(Range::Integer { min, max }), _) => at_most(at_least(1, *min), *max).to_string(),
        // With a decimal point.
        (Some(Range::Float { min, max }), _) => format!("{:?}", at_most(at_least(1.0, *min), *max)),
        (None, Some(length)) => text_of_length(&usual(&field.ty, &field.name), length.bounds),
        (None, None) => usual(&field.ty, &field.name),
    }
}

fn at_least<T: PartialOrd>(value: T, min: Option<T>) -> T {
    min.filter(|min| value < *min).unwrap_or(value)
}

fn at_most<T: PartialOrd>(value: T, max: Option<T>) -> T {
    max.filter(|max| value > *max).unwrap_or(value)
}

fn text_of_length(text: &str, Bounds { min, max }: Bounds) -> String {
    let length = at_most(at_least(text.chars().count() as u64, min), max).min(LONGEST);
    text.chars().cycle().take(usize::try_from(length).unwrap_or_default()).collect()
}

/// A value of the type, without limits.
fn usual(ty: &Type, name: &str) -> String {
    match ty {
        Type::Integer | Type::Long => "1",
        Type::Float | Type::Double => "1.0",
        Type::Boolean => "true",
        Type::Any => "{}",
        Type::Bytes | Type::Binary => "",
        _ => name,
    }
    .to_owned()
}

/// A value of the type that sends something: an object without required members has its first one. `None` for an object
/// without documented members, and for a type that is nested too deep.
fn structure(ty: &Type, name: &str, types: &SharedTypes, depth: usize) -> Option<Sample> {
    if depth > DEEPEST {
        return None;
    }
    let inside = |ty: &Type| structure(ty, name, types, depth + 1);
    match ty {
        Type::List(item) => Some(Sample::List(vec![inside(item)?])),
        Type::Map(value) => Some(Sample::Object(vec![("key".to_owned(), inside(value)?)])),
        Type::Object(_) | Type::Shared(_) => {
            let fields = types.members_of(ty).unwrap_or_default();
            let member = |field: &Field| (field.name.clone(), value_of(field, types, depth + 1));
            let mut members: Vec<_> = fields.iter().filter(|field| field.required).map(member).collect();
            if members.is_empty() {
                // Texts and numbers first: a type can contain itself.
                let (scalars, structures): (Vec<_>, Vec<_>) = fields.iter().partition(|field| field.ty.is_scalar());
                let optional = scalars.into_iter().chain(structures);
                members.extend(optional.map(member).find(|(_, value)| !is_empty(value)));
            }
            (!members.is_empty()).then_some(Sample::Object(members))
        }
        ty => Some(Sample::Text(usual(ty, name))),
    }
}

fn is_empty(sample: &Sample) -> bool {
    match sample {
        Sample::Text(text) => text.is_empty(),
        Sample::List(items) => items.is_empty(),
        Sample::Object(members) => members.is_empty(),
    }
}

/// A value as JSON. Scalars are texts.
pub(crate) fn json(sample: &Sample) -> Value {
    match sample {
        Sample::Text(text) => Value::String(text.clone()),
        Sample::List(items) => Value::Array(items.iter().map(json).collect()),
        Sample::Object(members) => Value::Object(json_members(members)),
    }
}

/// Values by their names, as JSON.
pub(crate) fn json_members(members: &[(String, Sample)]) -> Map<String, Value> {
    members.iter().map(|(name, sample)| (name.clone(), json(sample))).collect()
}
