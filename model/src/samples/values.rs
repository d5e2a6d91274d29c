//! Converts texts and JSON for parameters to samples.

use std::fmt::Display;

use serde_json::Value as Json;

use crate::nearest::nearest;
use crate::spec::examples::Sample;
use crate::spec::operation::Operation;
use crate::spec::parameters::{Parameter, Position, Style};
use crate::spec::types::{Field, SharedTypes, Type};

/// Reads values according to their types, and collects problems.
///
/// A problem begins with its location, such as `Tag.1.Key`. It does not contain values, because they may be secret.
/// JSON values are those of `serde_json`, so that callers who have parsed them do not need to convert them.
#[derive(Debug)]
pub struct SampleReading<'m> {
    types: &'m SharedTypes,
    is_json: bool,
    problems: Vec<String>,
}

impl<'m> SampleReading<'m> {
    /// Creates a reader of values, with the shared types of the product.
    pub fn new(types: &'m SharedTypes) -> Self {
        Self { types, is_json: false, problems: Vec::new() }
    }

    /// Sets the parameter of the following values. In a parameter that is sent as JSON, a text for a value of type
    /// `Any` becomes a JSON string.
    pub fn begin(&mut self, operation: &Operation, parameter: &Parameter) {
        self.is_json = parameter.position == Position::Body
            || parameter.position == Position::Form && operation.form_as_json
            || parameter.style == Style::Json && !parameter.field.ty.is_scalar();
    }

    /// Adds a problem at this path.
    pub fn problem(&mut self, path: &str, problem: impl Display) {
        self.problems.push(format!("{path}: {problem}"));
    }

    /// Reads a value from a text: a scalar as it is, anything else as JSON. Returns `None` if there is a problem.
    pub fn text(&mut self, ty: &Type, text: &str, path: &str) -> Option<Sample> {
        if ty.is_scalar() {
            return self.scalar(ty, text, path);
        }
        match serde_json::from_str(text) {
            Ok(json) => self.json(ty, &json, path),
            Err(error) => self.wrong(path, format!("is not valid JSON for the type {}: {error}", ty.spelling())),
        }
    }

    /// Reads a value from JSON. Returns `None` if the whole value is invalid.
    pub fn json(&mut self, ty: &Type, json: &Json, path: &str) -> Option<Sample> {
        match (ty, json) {
            (_, Json::Null) => self.wrong(path, "is null; omit it to send nothing"),
            (Type::Any, Json::String(text)) if !self.is_json => Some(Sample::Text(text.clone())),
            (Type::Any, json) => Some(Sample::Text(json.to_string())),
            (Type::List(item), Json::Array(values)) => {
                let mut items = Vec::new();
                for (index, value) in values.iter().enumerate() {
                    items.extend(self.json(item, value, &format!("{path}.{}", index + 1)));
                }
                Some(Sample::List(items))
            }
            (Type::Map(item), Json::Object(entries)) => {
                let mut samples = Vec::new();
                for (key, value) in entries {
                    let sample = self.json(item, value, &format!("{path}.{key}"));
                    samples.extend(sample.map(|sample| (key.clone(), sample)));
                }
                Some(Sample::Object(samples))
            }
            (Type::Object(_) | Type::Shared(_), Json::Object(entries)) => {
                let fields = self.types.members_of(ty).unwrap_or_default();
                let names: Vec<&String> = entries.keys().collect();
                self.check_members(fields, &names, path);
                let mut samples = Vec::new();
                for field in fields {
                    if let Some(value) = entries.get(&field.name) {
                        let sample = self.json(&field.ty, value, &format!("{path}.{}", field.name));
                        samples.extend(sample.map(|sample| (field.name.clone(), sample)));
                    }
                }
                Some(Sample::Object(samples))
            }
            (_, Json::String(text)) if ty.is_scalar() => self.scalar(ty, text, path),
            (_, Json::Number(_) | Json::Bool(_)) if ty.is_scalar() => self.scalar(ty, &json.to_string(), path),
            (_, json) => {
                let is = match json {
                    Json::Array(_) => "an array",
                    Json::Object(_) => "an object",
                    _ => "a single value",
                };
                self.wrong(path, format!("is {is}, but its type is {}", ty.spelling()))
            }
        }
    }

    /// Adds a problem for each name that is not a member of the object at this path, and for each required member that
    /// is missing.
    pub fn check_members(&mut self, fields: &[Field], names: &[&String], path: &str) {
        for name in names.iter().filter(|name| fields.iter().all(|field| field.name != ***name)) {
            let known = || fields.iter().map(|field| field.name.as_str());
            let problem = match nearest(name, known()) {
                Some(near) => format!("is not a member of `{path}`; did you mean `{near}`?"),
                None => format!("is not a member of `{path}`; it has {}", known().collect::<Vec<_>>().join(", ")),
            };
            self.problem(&format!("{path}.{name}"), problem);
        }
        for field in fields.iter().filter(|field| field.required && !names.contains(&&field.name)) {
            self.problem(&format!("{path}.{}", field.name), "is required");
        }
    }

    /// Returns the values, or all problems if there are any.
    ///
    /// # Errors
    ///
    /// Returns all problems, in the order in which they were found.
    pub fn finish(self, values: Vec<(String, Sample)>) -> Result<Vec<(String, Sample)>, Vec<String>> {
        if self.problems.is_empty() { Ok(values) } else { Err(self.problems) }
    }

    fn scalar(&mut self, ty: &Type, text: &str, path: &str) -> Option<Sample> {
        let is_number = || text.parse::<f64>().is_ok_and(f64::is_finite);
        let expected = match ty.check(text) {
            Err(expected) => expected,
            // Examples may contain numbers that are not finite, but calls may not.
            Ok(()) if matches!(ty, Type::Float | Type::Double) && !is_number() => "a finite number",
            Ok(()) => return Some(Sample::Text(text.to_owned())),
        };
        self.wrong(path, format!("is of type {}: {expected} was expected", ty.spelling()))
    }

    fn wrong(&mut self, path: &str, problem: impl Display) -> Option<Sample> {
        self.problem(path, problem);
        None
    }
}
