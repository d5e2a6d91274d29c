//! Things that calls create, look for and delete, as far as a scenario says.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

/// What names a thing: the values of its parameters.
pub(crate) type Identity = Vec<String>;

/// Things of one kind, and the operations that deal with them.
#[derive(Clone, Debug)]
pub(crate) struct Resource {
    pub(crate) name: String,
    /// The parameters that name one.
    pub(crate) id: Vec<String>,
    pub(crate) create: Vec<String>,
    pub(crate) describe: Vec<String>,
    pub(crate) delete: Vec<String>,
    /// The code for one that is not there.
    pub(crate) missing: String,
    /// The code for one that is to be created and there already; without it, creating it again is all right.
    pub(crate) existing: Option<String>,
    /// Where the answer names what was created, in the order of `id`, unless the request does.
    pub(crate) answered_at: Vec<String>,
    pub(crate) present: BTreeSet<Identity>,
}

impl Resource {
    fn identity(&self, input: &Map<String, Value>) -> Option<Identity> {
        self.id.iter().map(|name| input.get(name)?.as_str().map(str::to_owned)).collect()
    }

    fn answered(&self, answer: &Value) -> Option<Identity> {
        let at = |path: &String| path.split('.').try_fold(answer, |value, name| value.get(name)).and_then(text);
        (!self.answered_at.is_empty()).then(|| self.answered_at.iter().map(at).collect())?
    }
}

/// Another identity of the same form: the next number, or the text with a number after it.
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

/// All that a scenario knows of.
#[derive(Clone, Debug, Default)]
pub(crate) struct Resources(pub(crate) Vec<Resource>);

impl Resources {
    /// Does what the operation does, or tells the code of why it cannot.
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

    /// Whether the operation creates what only its answer names.
    pub(crate) fn is_named_by_response_of(&self, operation: &str) -> bool {
        let reads = |resource: &Resource| {
            !resource.answered_at.is_empty() && resource.create.iter().any(|name| name == operation)
        };
        self.0.iter().any(reads)
    }

    /// Notes what the operation's answer says was created. If that is there already, as a sample answer says each time, it gets
    /// another identity: the values that the answer must have in these places.
    pub(crate) fn created(&mut self, operation: &str, answer: &Value) -> Vec<(String, Value)> {
        let mut changes = Vec::new();
        for resource in self.0.iter_mut().filter(|resource| resource.create.iter().any(|name| name == operation)) {
            let Some(identity) = resource.answered(answer) else { continue };
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
                changes.extend(resource.answered_at.iter().cloned().zip(values));
            }
            resource.present.insert(fresh);
        }
        changes
    }
}
