//! The captured calls: the parameters of the official Python clients, and their requests.

use std::collections::BTreeMap;
use std::fs;

use serde_json::{Value, json};

/// The generated code of the operations that were called.
pub(crate) mod generated {
    #![allow(missing_docs, reason = "there are no texts in the metadata")]
    alicloud_macros::generate!("tests/official/specs");
}

/// The specs of the operations that were called.
pub(crate) const SPECS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/official/specs");

pub(crate) fn calls() -> Vec<Value> {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/official/calls.json");
    let calls: Vec<Value> = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    assert_eq!(calls.len(), 30);
    calls
}

/// The parts of the official client's request that do not depend on the signature.
pub(crate) fn expected(call: &Value) -> Value {
    let wanted = &call["expected"];
    let of = |place: &str| -> BTreeMap<String, Value> {
        let pairs = wanted[place].as_object().unwrap().iter();
        pairs.map(|(name, value)| (name.clone(), read(name, value.as_str().unwrap(), call))).collect()
    };
    json!({ "path": call["path"], "query": of("query"), "form": of("form"), "json": wanted["json"] })
}

/// A request to compare.
pub(crate) struct Sent<'s> {
    pub(crate) path: &'s str,
    pub(crate) query: &'s str,
    pub(crate) body: &'s str,
    pub(crate) is_json: bool,
}

impl Sent<'_> {
    /// The same parts as [`expected`], without the `other` parameters.
    pub(crate) fn comparable(&self, call: &Value, other: impl Fn(&str) -> bool) -> Value {
        let (form, json) =
            if self.is_json { ("", serde_json::from_str(self.body).unwrap()) } else { (self.body, Value::Null) };
        let of = |encoded: &str| -> BTreeMap<String, Value> {
            url::form_urlencoded::parse(encoded.as_bytes())
                .filter(|(name, _)| !other(name))
                .map(|(name, value)| (name.to_string(), read(&name, &value, call)))
                .collect()
        };
        json!({ "path": self.path, "query": of(self.query), "form": of(form), "json": json })
    }
}

/// A value. JSON is parsed, so that the order of members does not matter.
fn read(name: &str, value: &str, call: &Value) -> Value {
    let is_json =
        call["jsonParams"].as_array().unwrap().iter().any(|known| known == name) || value.starts_with(['[', '{']);
    if is_json { serde_json::from_str(value).unwrap() } else { Value::from(value) }
}
