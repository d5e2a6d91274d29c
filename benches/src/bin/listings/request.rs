//! Creates a request of an operation from its spec.

use alicloud_model::{Field, Operation, Range, Sample, Service, Turning, Type, decode_base64};
use serde_json::{Map, Value, json};

/// The number of items per page.
const PAGE: i64 = 2;

/// Returns the required parameters, and the page size if two items are allowed.
pub(crate) fn sample_request(service: &Service, operation: &Operation) -> Value {
    let mut request = Map::new();
    for parameter in operation.parameters.iter().filter(|parameter| parameter.field.required) {
        let stated = operation.examples.first().and_then(|example| {
            example.request.iter().find(|(name, _)| *name == parameter.field.name).map(|(_, sample)| value_of(sample))
        });
        let value = stated.unwrap_or_else(|| value(service, &parameter.field, 0));
        request.insert(parameter.field.name.clone(), value);
    }
    let size = operation.pagination.as_ref().and_then(|pagination| match pagination.size.as_deref() {
        Some([name]) => operation.parameter(name),
        _ => None,
    });
    if let Some(size) = size.filter(|size| least(&size.field) <= PAGE) {
        request.insert(size.field.name.clone(), json!(PAGE.to_string()));
    }
    // The first page, whatever page the example requests.
    let number =
        operation.pagination.as_ref().and_then(|pagination| match (&pagination.turning, &*pagination.parameter) {
            (Turning::Number { first }, [name]) if request.contains_key(name) => Some((name, *first)),
            _ => None,
        });
    if let Some((name, first)) = number {
        request.insert(name.clone(), json!(first.to_string()));
    }
    Value::Object(request)
}

fn value_of(sample: &Sample) -> Value {
    match sample {
        Sample::Text(text) => json!(text),
        Sample::List(items) => items.iter().map(value_of).collect(),
        Sample::Object(members) => members.iter().map(|(name, value)| (name.clone(), value_of(value))).collect(),
    }
}

fn least(field: &Field) -> i64 {
    match &field.limits.range {
        Some(Range::Integer { min, .. }) => min.unwrap_or(0),
        _ => 0,
    }
}

fn value(service: &Service, field: &Field, depth: usize) -> Value {
    let stated = field.example.as_deref().or(field.values.first().map(String::as_str));
    match &field.ty {
        Type::Integer | Type::Long => {
            let number = stated.and_then(|text| text.parse::<i64>().ok()).filter(|number| *number >= least(field));
            json!(number.unwrap_or_else(|| least(field).max(1)).to_string())
        }
        Type::Float | Type::Double => json!("1"),
        Type::Boolean => json!("true"),
        Type::Any => json!("{}"),
        Type::Bytes => json!(stated.filter(|text| decode_base64(text).is_some()).unwrap_or("YQ==")),
        Type::String | Type::Binary => json!(text(field, stated)),
        Type::List(item) => json!([item_value(service, item, depth)]),
        Type::Map(_) => json!({}),
        ty => members(service, ty, depth),
    }
}

fn item_value(service: &Service, ty: &Type, depth: usize) -> Value {
    match ty {
        Type::Object(_) | Type::Shared(_) => members(service, ty, depth),
        Type::List(item) => json!([item_value(service, item, depth)]),
        Type::Map(_) => json!({}),
        Type::Integer | Type::Long | Type::Float | Type::Double => json!("1"),
        Type::Boolean => json!("true"),
        Type::Any => json!("{}"),
        Type::Bytes => json!("YQ=="),
        _ => json!("a"),
    }
}

fn members(service: &Service, ty: &Type, depth: usize) -> Value {
    const DEEPEST: usize = 4;
    let fields = service.types.members_of(ty).unwrap_or_default();
    // An empty object is not sent.
    let has_required = fields.iter().any(|field| field.required);
    let wanted = fields.iter().enumerate().filter(|(index, field)| field.required || !has_required && *index == 0);
    let wanted = wanted.filter(|_| depth < DEEPEST);
    Value::Object(wanted.map(|(_, field)| (field.name.clone(), value(service, field, depth + 1))).collect())
}

/// Returns a text of an allowed length.
fn text(field: &Field, stated: Option<&str>) -> String {
    let bounds = field.limits.length.as_ref().map(|length| length.bounds).unwrap_or_default();
    let (min, max) = (bounds.min.unwrap_or(1), bounds.max.unwrap_or(u64::MAX));
    let fits = |text: &&str| (min..=max).contains(&(text.len() as u64)) && !text.is_empty();
    stated.filter(fits).map_or_else(|| "a".repeat(usize::try_from(min.max(1)).unwrap_or(1)), str::to_owned)
}
