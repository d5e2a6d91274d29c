//! Values in a JSON response, by path.

use serde_json::Value;

/// The values at a path such as `Instances.Instance.Status`, which continues in each item of a list.
pub(super) fn values_at<'j>(json: &'j Value, path: &[String]) -> Vec<&'j Value> {
    match (json, path) {
        (Value::Array(items), _) => items.iter().flat_map(|item| values_at(item, path)).collect(),
        (_, []) => vec![json],
        (_, [first, rest @ ..]) => json.get(first).map(|value| values_at(value, rest)).unwrap_or_default(),
    }
}

/// The list at a path. If an object of the path is missing, the list is empty.
pub(super) fn list_at<'j>(json: &'j mut Value, path: &[String]) -> Option<&'j mut Vec<Value>> {
    match path {
        [] => json.as_array_mut(),
        [first, rest @ ..] => list_at(json.get_mut(first)?, rest),
    }
}
