//! Responses without the values of secret fields.

use std::collections::BTreeSet;

use alicloud_model::{Field, Operation, SharedTypes, is_sensitive_name};
use serde_json::{Map, Value};

use crate::call::spec_operation::each_field;
use crate::call::typed_values::STARS;

/// The names of members that hold the name of another member's value, as in `{"Key": "DB_PASSWORD", "Value": "…"}`.
const LABELS: [&str; 4] = ["key", "name", "parameterkey", "parametername"];

/// The names of those values.
const LABELLED: [&str; 2] = ["value", "parametervalue"];

/// The known fields of a response. Services do not always keep to the documented case and nesting, so a name
/// counts wherever it is.
pub(super) struct ResponseSecrets {
    /// The names of sensitive fields, in lower case.
    sensitive: BTreeSet<String>,
    /// The names of the other fields that the spec has, in lower case.
    harmless: BTreeSet<String>,
}

impl ResponseSecrets {
    pub(super) fn of(types: &SharedTypes, operation: &Operation) -> Self {
        let mut secrets = Self { sensitive: BTreeSet::new(), harmless: BTreeSet::new() };
        let mut visit = |field: &Field| {
            let names = if field.sensitive { &mut secrets.sensitive } else { &mut secrets.harmless };
            names.insert(field.name.to_lowercase());
        };
        let mut seen = BTreeSet::new();
        operation.response.iter().for_each(&mut visit);
        for ty in operation.response.iter().map(|field| &field.ty).chain(&operation.response_body) {
            each_field(types, ty, &mut seen, &mut visit);
        }
        secrets
    }

    /// Whether the spec has sensitive fields.
    pub(super) fn has_any(&self) -> bool {
        !self.sensitive.is_empty()
    }

    /// Puts stars in place of secrets. Returns the number of hidden values.
    pub(super) fn hide(&self, json: &mut Value) -> usize {
        match json {
            Value::Array(items) => items.iter_mut().map(|item| self.hide(item)).sum(),
            Value::Object(members) => {
                let is_labelled_secret = is_labelled_secret(members);
                let mut hidden = 0;
                for (name, value) in members {
                    let name_lower = name.to_lowercase();
                    let is_value = is_labelled_secret && LABELLED.contains(&name_lower.as_str());
                    hidden +=
                        if is_value || self.is_secret(name, &name_lower) { stars(value) } else { self.hide(value) };
                }
                hidden
            }
            Value::String(text) => self.hide_in_text(text),
            _ => 0,
        }
    }

    /// JSON within a text has no documented fields, but may have secrets.
    fn hide_in_text(&self, text: &mut String) -> usize {
        if !text.trim_start().starts_with(['{', '[']) {
            return 0;
        }
        let Ok(mut inner) = serde_json::from_str(text) else { return 0 };
        let hidden = self.hide(&mut inner);
        if hidden > 0 {
            *text = inner.to_string();
        }
        hidden
    }

    /// Whether a field is secret: by the spec, or by its name if the spec does not have it.
    fn is_secret(&self, name: &str, name_lower: &str) -> bool {
        self.sensitive.contains(name_lower) || !self.harmless.contains(name_lower) && is_sensitive_name(name)
    }
}

fn is_labelled_secret(members: &Map<String, Value>) -> bool {
    members.iter().any(|(name, value)| {
        LABELS.contains(&name.to_lowercase().as_str()) && value.as_str().is_some_and(is_sensitive_name)
    })
}

/// Stars in place of a value, unless it says nothing.
fn stars(value: &mut Value) -> usize {
    if matches!(value, Value::Null | Value::Bool(_)) || value.as_str() == Some("") {
        return 0;
    }
    *value = Value::String(STARS.to_owned());
    1
}
