//! Values in JSON objects, by paths of names that are separated by dots.

use serde_json::{Map, Value};

/// Returns the object that contains the last name of a path, and that name.
fn object_above<'o, 'p>(
    object: &'o mut Map<String, Value>,
    path: &'p str,
) -> Option<(&'o mut Map<String, Value>, &'p str)> {
    let Some((above, last)) = path.rsplit_once('.') else { return Some((object, path)) };
    let mut object = object;
    for name in above.split('.') {
        object = object.get_mut(name)?.as_object_mut()?;
    }
    Some((object, last))
}

pub(crate) fn get_mut<'o>(object: &'o mut Map<String, Value>, path: &str) -> Option<&'o mut Value> {
    let (object, name) = object_above(object, path)?;
    object.get_mut(name)
}

pub(crate) fn get<'o>(object: &'o Map<String, Value>, path: &str) -> Option<&'o Value> {
    let mut names = path.split('.');
    let first = object.get(names.next()?)?;
    names.try_fold(first, |value, name| value.get(name))
}

/// Removes a value.
pub(crate) fn take(object: &mut Map<String, Value>, path: &str) -> Option<Value> {
    let (object, name) = object_above(object, path)?;
    object.remove(name)
}

/// Sets a value, unless one of the objects above it is missing.
pub(crate) fn put(object: &mut Map<String, Value>, path: &str, value: Value) {
    if let Some((object, name)) = object_above(object, path) {
        object.insert(name.to_owned(), value);
    }
}
