//! Converts the given parameters to values of the types in the spec.

use std::collections::BTreeMap;
use std::fmt::Display;

use alicloud_model::{Field, Operation, Sample, SampleReading, Service, SharedTypes, Type, nearest};

use crate::call::parameters::{Given, option_names};

/// The maximum number of parts of a name. Documented operations have fewer.
const MAX_PARTS: usize = 64;

/// A value that is given as a whole or in parts: `Tag.1.Key` is the part `Key` of the part `1`.
#[derive(Default)]
struct Node {
    /// Several for a list whose items are given one by one.
    texts: Vec<String>,
    parts: BTreeMap<String, Node>,
}

/// The values by the names of their parameters, in the order of the spec.
///
/// # Errors
///
/// All problems with the values.
pub(super) fn typed(
    service: &Service,
    operation: &Operation,
    given: &Given,
) -> Result<Vec<(String, Sample)>, Vec<String>> {
    let mut reading = Reading { types: &service.types, samples: SampleReading::new(&service.types) };
    let nodes = reading.gathered(operation, &given.texts);
    let known = |name: &str| operation.parameter(name).is_some();
    for name in given.object.keys().filter(|name| !known(name)) {
        reading.unknown_parameter(operation, name);
    }
    let mut values = Vec::new();
    for parameter in &operation.parameters {
        let Field { name, ty, .. } = &parameter.field;
        reading.samples.begin(operation, parameter);
        let value = match (nodes.get(name.as_str()), given.object.get(name)) {
            (Some(node), _) => reading.node(ty, node, name),
            (None, Some(json)) => reading.samples.json(ty, json, name),
            (None, None) => None,
        };
        values.extend(value.map(|value| (name.clone(), value)));
    }
    reading.samples.finish(values)
}

struct Reading<'m> {
    types: &'m SharedTypes,
    samples: SampleReading<'m>,
}

impl Reading<'_> {
    fn problem(&mut self, path: &str, problem: impl Display) -> Option<Sample> {
        self.samples.problem(path, problem);
        None
    }

    fn unknown_parameter(&mut self, operation: &Operation, name: &str) {
        let known: Vec<&str> = operation.parameters.iter().map(|parameter| parameter.field.name.as_str()).collect();
        let options = option_names();
        let near = nearest(name, known.iter().copied());
        // It may be a misspelled option.
        let near = near
            .map(str::to_owned)
            .or_else(|| Some(format!("--{}", nearest(name, options.iter().map(String::as_str))?)));
        let problem = match near {
            Some(near) => format!("is not a parameter of `{}`; did you mean `{near}`?", operation.name),
            None if known.is_empty() => format!("is not a parameter of `{}`, which has none", operation.name),
            None => format!("is not a parameter of `{}`; it has {}", operation.name, known.join(", ")),
        };
        self.problem(name, problem);
    }

    /// Collects the parts of each parameter that is given by name.
    fn gathered<'m>(&mut self, operation: &'m Operation, texts: &[(String, String)]) -> BTreeMap<&'m str, Node> {
        let mut nodes: BTreeMap<&str, Node> = BTreeMap::new();
        for (name, text) in texts {
            let Some((parameter, parts)) = parameter_of(operation, name) else {
                self.unknown_parameter(operation, name);
                continue;
            };
            if parts.len() > MAX_PARTS {
                self.problem(parameter, format!("has more than {MAX_PARTS} parts in a name"));
                continue;
            }
            let mut node = nodes.entry(parameter).or_default();
            for part in parts {
                node = node.parts.entry(part.to_owned()).or_default();
            }
            node.texts.push(text.clone());
        }
        nodes
    }

    fn node(&mut self, ty: &Type, node: &Node, path: &str) -> Option<Sample> {
        match (node.texts.as_slice(), ty) {
            ([_, ..], _) if !node.parts.is_empty() => self.problem(path, "is given as a whole and in parts"),
            ([_, ..], Type::List(item)) if !node.texts.iter().any(|text| text.trim_start().starts_with('[')) => {
                let mut items = Vec::new();
                for (number, text) in (1..).zip(&node.texts) {
                    items.extend(self.samples.text(item, text, &format!("{path}.{number}")));
                }
                Some(Sample::List(items))
            }
            ([text], _) => self.samples.text(ty, text, path),
            ([_, ..], _) => self.problem(path, "is given twice"),
            ([], Type::List(item)) => {
                let mut items = Vec::new();
                for number in 1..=node.parts.len() {
                    match node.parts.get(&number.to_string()) {
                        Some(part) => items.extend(self.node(item, part, &format!("{path}.{number}"))),
                        None => {
                            let problem = "is missing: the items of a list are counted from 1, without gaps";
                            return self.problem(&format!("{path}.{number}"), problem);
                        }
                    }
                }
                Some(Sample::List(items))
            }
            ([], Type::Map(item)) if item.is_scalar() => {
                let mut entries = Vec::new();
                leaves(node, "", &mut entries);
                let mut samples = Vec::new();
                for (key, texts) in entries {
                    let path = format!("{path}.{key}");
                    match texts {
                        [text] => samples.extend(self.samples.text(item, text, &path).map(|sample| (key, sample))),
                        _ => drop(self.problem(&path, "is given twice")),
                    }
                }
                Some(Sample::Object(samples))
            }
            ([], Type::Map(item)) => {
                let mut samples = Vec::new();
                for (key, part) in &node.parts {
                    let sample = self.node(item, part, &format!("{path}.{key}"));
                    samples.extend(sample.map(|sample| (key.clone(), sample)));
                }
                Some(Sample::Object(samples))
            }
            ([], _) => {
                let Some(fields) = self.types.members_of(ty) else {
                    return self.problem(path, format!("is of type {} and has no parts", ty.spelling()));
                };
                let names: Vec<&String> = node.parts.keys().collect();
                self.samples.check_members(fields, &names, path);
                let mut samples = Vec::new();
                for field in fields {
                    if let Some(part) = node.parts.get(&field.name) {
                        let sample = self.node(&field.ty, part, &format!("{path}.{}", field.name));
                        samples.extend(sample.map(|sample| (field.name.clone(), sample)));
                    }
                }
                Some(Sample::Object(samples))
            }
        }
    }
}

/// The parameter that a name refers to, with the parts after its name.
fn parameter_of<'m, 'n>(operation: &'m Operation, name: &'n str) -> Option<(&'m str, Vec<&'n str>)> {
    if let Some(parameter) = operation.parameter(name) {
        return Some((&parameter.field.name, Vec::new()));
    }
    // Names of parameters may contain dots: the longest match is the parameter.
    name.rmatch_indices('.').find_map(|(end, _)| {
        let (head, rest) = name.split_at_checked(end)?;
        let field = &operation.parameter(head)?.field;
        Some((field.name.as_str(), rest.split('.').skip(1).collect()))
    })
}

/// The texts below a node, by their keys, which may contain dots.
fn leaves<'n>(node: &'n Node, key: &str, to: &mut Vec<(String, &'n [String])>) {
    for (part, below) in &node.parts {
        let key = if key.is_empty() { part.clone() } else { format!("{key}.{part}") };
        leaves(below, &key, to);
        if !below.texts.is_empty() {
            to.push((key, &below.texts));
        }
    }
}

/// The replacement for a secret.
pub(super) const STARS: &str = "***";

/// The values with stars in place of secrets, and whether there are any.
pub(super) fn without_secrets(
    service: &Service,
    operation: &Operation,
    values: &[(String, Sample)],
) -> (Vec<(String, Sample)>, bool) {
    let fields = operation.parameters.iter().map(|parameter| &parameter.field).collect();
    let mut hiding = Hiding { types: &service.types, has_secrets: false };
    (hiding.members(fields, values), hiding.has_secrets)
}

struct Hiding<'m> {
    types: &'m SharedTypes,
    has_secrets: bool,
}

impl Hiding<'_> {
    fn members(&mut self, fields: Vec<&Field>, values: &[(String, Sample)]) -> Vec<(String, Sample)> {
        let mut shown = |(name, sample): &(String, Sample)| {
            let sample = match fields.iter().find(|field| field.name == *name) {
                Some(field) if field.sensitive => self.stars(&field.ty, sample),
                Some(field) => self.value(&field.ty, sample),
                None => sample.clone(),
            };
            (name.clone(), sample)
        };
        values.iter().map(&mut shown).collect()
    }

    fn value(&mut self, ty: &Type, sample: &Sample) -> Sample {
        match (ty, sample) {
            (Type::List(item), Sample::List(items)) => {
                Sample::List(items.iter().map(|sample| self.value(item, sample)).collect())
            }
            (Type::Map(item), Sample::Object(entries)) => {
                let entries = entries.iter().map(|(key, sample)| (key.clone(), self.value(item, sample)));
                Sample::Object(entries.collect())
            }
            (_, Sample::Object(members)) => {
                let types = self.types;
                let fields = types.members_of(ty).into_iter().flatten().collect();
                Sample::Object(self.members(fields, members))
            }
            _ => sample.clone(),
        }
    }

    /// Stars in the structure of a value. The keys of a map are secret, too.
    fn stars(&mut self, ty: &Type, sample: &Sample) -> Sample {
        self.has_secrets = true;
        match (ty, sample) {
            (_, Sample::Text(_)) => Sample::Text(STARS.to_owned()),
            (Type::List(item), Sample::List(items)) => {
                Sample::List(items.iter().map(|sample| self.stars(item, sample)).collect())
            }
            (Type::Map(item), Sample::Object(entries)) => {
                let samples: Vec<Sample> = entries.iter().map(|(_, sample)| self.stars(item, sample)).collect();
                Sample::Object(samples.into_iter().take(1).map(|sample| (STARS.to_owned(), sample)).collect())
            }
            (_, Sample::Object(members)) => {
                let fields: Vec<&Field> = self.types.members_of(ty).into_iter().flatten().collect();
                let mut shown = Vec::new();
                for (name, sample) in members {
                    if let Some(field) = fields.iter().find(|field| field.name == *name) {
                        shown.push((name.clone(), self.stars(&field.ty, sample)));
                    }
                }
                Sample::Object(shown)
            }
            (_, Sample::List(_)) => Sample::List(Vec::new()),
        }
    }
}
