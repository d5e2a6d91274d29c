//! The resources of a scenario, which calls create, describe and delete.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

/// The identity of a resource: the values of its parameters.
pub(crate) type Identity = Vec<String>;

/// Resources of one kind, and their operations.
#[derive(Clone, Debug)]
pub(crate) struct Resource {
    pub(crate) name: String,
    /// The parameters that identify one.
    pub(crate) id: Vec<String>,
    pub(crate) create: Vec<String>,
    pub(crate) describe: Vec<String>,
    pub(crate) delete: Vec<String>,
    /// The error code if it does not exist.
    pub(crate) missing: String,
    /// The error code if it is created and already exists. Without one, it can be created again.
    pub(crate) existing: Option<String>,
    /// The paths of the identity in the response, in the order of `id`, if the request does not contain it.
    pub(crate) returned_at: Vec<String>,
    pub(crate) present: BTreeSet<Identity>,
}

impl Resource {
    fn identity(&self, input: &Map<String, Value>) -> Option<Identity> {
        self.id.iter().map(|name| input.get(name)?.as_str().map(str::to_owned)).collect()
    }

    fn identity_in(&self, body: &Value) -> Option<Identity> {
        let at = |path: &String| path.split('.').try_fold(body, |value, name| value.get(name)).and_then(text);
        (!self.returned_at.is_empty()).then(|| self.returned_at.iter().map(at).collect())?
    }
}

/// Returns another value of the same form: a higher number, or the text with a number after it.
fn numbered(text: &str, number: u64) -> String {
    match text.parse::<i64>() {
        Ok(first) => first.saturating_add_unsigned(number - 1).to_string(),
        Err(_) => format!("{text}-{number}"),
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The resources of a scenario.
#[derive(Clone, Debug, Default)]
pub(crate) struct Resources(pub(crate) Vec<Resource>);

impl Resources {
    /// Creates, looks up or deletes the resources of a call, or returns the error code.
    pub(crate) fn apply(&mut self, operation: &str, input: &Map<String, Value>) -> Result<(), String> {
        let is_in = |names: &Vec<String>| names.iter().any(|name| name == operation);
        for resource in &mut self.0 {
            let Some(identity) = resource.identity(input) else { continue };
            let is_there = resource.present.contains(&identity);
            if is_in(&resource.create) {
                match &resource.existing {
                    Some(code) if is_there => return Err(code.clone()),
                    _ => drop(resource.present.insert(identity)),
                }
            } else if is_in(&resource.describe) || is_in(&resource.delete) {
                if !is_there {
                    return Err(resource.missing.clone());
                }
                if is_in(&resource.delete) {
                    resource.present.remove(&identity);
                }
            }
        }
        Ok(())
    }

    /// Whether the operation creates a resource whose identity is only in the response.
    pub(crate) fn is_named_by_response_of(&self, operation: &str) -> bool {
        let reads = |resource: &Resource| {
            !resource.returned_at.is_empty() && resource.create.iter().any(|name| name == operation)
        };
        self.0.iter().any(reads)
    }

    /// Adds the resource that a response has created. If its identity already exists, because each response is the same
    /// sample, it gets another one. Returns the values to change in the response.
    pub(crate) fn created(&mut self, operation: &str, body: &Value) -> Vec<(String, Value)> {
        let mut changes = Vec::new();
        for resource in self.0.iter_mut().filter(|resource| resource.create.iter().any(|name| name == operation)) {
            let Some(identity) = resource.identity_in(body) else { continue };
            let mut fresh = identity.clone();
            let mut number = 1_u64;
            while resource.present.contains(&fresh) {
                number += 1;
                fresh = identity.iter().map(|text| numbered(text, number)).collect();
            }
            if fresh != identity {
                let values = fresh.iter().zip(&identity).map(|(fresh, old)| match fresh.parse::<i64>() {
                    Ok(number) if old.parse::<i64>().is_ok() => Value::from(number),
                    _ => Value::from(fresh.as_str()),
                });
                changes.extend(resource.returned_at.iter().cloned().zip(values));
            }
            resource.present.insert(fresh);
        }
        changes
    }
}
