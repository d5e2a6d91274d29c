//! The facts of an operation, one a line, so that a draft can be compared with the truth fact by fact.

use alicloud_model::{
    Field, LengthUnit, Operation, Position, Range, Rule, Sample, SourceFile, Style, Type, load_sources,
};

/// A fact: its path and its value.
pub(crate) type Fact = (String, String);

/// Facts compared with the truth.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    /// Facts that are in both.
    pub(crate) read: usize,
    /// Facts that only the truth has.
    pub(crate) missed: Vec<String>,
    /// Facts that only the draft has, or that differ.
    pub(crate) wrong: Vec<String>,
}

/// Compares the facts of a draft with the truth.
pub(crate) fn compare(draft: &[Fact], truth: &[Fact]) -> Tally {
    let mut tally = Tally::default();
    for (path, value) in truth {
        match draft.iter().find(|(other, _)| other == path) {
            Some((_, other)) if other == value => tally.read += 1,
            Some((_, other)) if is_less(path, other, value) => {
                tally.missed.push(format!("{path}: `{other}` for `{value}`"))
            }
            Some((_, other)) => tally.wrong.push(format!("{path}: `{other}` for `{value}`")),
            None => tally.missed.push(format!("{path}: `{value}`")),
        }
    }
    let extra = draft.iter().filter(|(path, _)| !truth.iter().any(|(other, _)| other == path));
    tally.wrong.extend(extra.map(|(path, value)| format!("{path}: `{value}` for nothing")));
    tally
}

/// Whether a draft says less than the truth, and nothing else: some of the names in their order, or a type that is
/// open.
fn is_less(path: &str, draft: &str, truth: &str) -> bool {
    if path.starts_with("the order of") {
        let mut all = truth.split(", ");
        return draft.is_empty() || draft.split(", ").all(|name| all.any(|other| other == name));
    }
    let Some((before, _)) = draft.split_once("Any").filter(|_| path.ends_with(".type")) else { return false };
    truth.starts_with(before) || draft == "Map<Any>" && truth == "Object"
}

/// Reads the text of one spec.
pub(crate) fn operation(name: &str, style: &str, spec: &str) -> Operation {
    let service = format!("product: X\nversion: 2020-01-01\nstyle: {style}\n");
    let sources = [
        SourceFile { path: "x/2020-01-01/service.yaml".to_owned(), text: service },
        SourceFile { path: format!("x/2020-01-01/{name}.yaml"), text: spec.to_owned() },
    ];
    let loaded = load_sources(&sources);
    assert!(loaded.diagnostics.is_empty(), "{name}: {:#?}\n{spec}", loaded.diagnostics);
    loaded.services.into_iter().flat_map(|service| service.operations).next().expect("there is one operation")
}

/// The facts of an operation. Prose is none, and neither is what no page says: the effect, and the methods of RPC.
pub(crate) fn facts(operation: &Operation) -> Vec<Fact> {
    let mut facts: Vec<Fact> = Vec::new();
    let mut add = |path: &str, value: String| facts.push((path.to_owned(), value));
    add("operation", operation.name.clone());
    add("style", operation.style.as_str().to_owned());
    if operation.style == alicloud_model::ApiStyle::Roa {
        add("path", operation.path.clone());
        add("methods", operation.method_names().join(", "));
    }
    if operation.deprecated.is_some() {
        add("deprecated", "true".to_owned());
    }
    if let Some(flow) = &operation.flow {
        add("limits", format!("{} per {}", flow.qps, flow.per.as_str()));
    }
    if let Some(ram) = &operation.ram {
        add("ram.action", ram.action.clone());
        add("ram.access", ram.access.clone().unwrap_or_default());
        add("ram.resource", ram.resource.clone().unwrap_or_default());
    }
    let names = |fields: &[&Field]| fields.iter().map(|field| field.name.as_str()).collect::<Vec<_>>().join(", ");
    let parameters: Vec<&Field> = operation.parameters.iter().map(|parameter| &parameter.field).collect();
    add("the order of the parameters", names(&parameters));
    for parameter in &operation.parameters {
        let path = format!("parameters.{}", parameter.field.name);
        if parameter.position != Position::Query {
            facts.push((format!("{path}.in"), parameter.position.as_str().to_owned()));
        }
        if parameter.style != Style::RepeatList {
            facts.push((format!("{path}.style"), parameter.style.as_str().to_owned()));
        }
        field_facts(&parameter.field, &path, &mut facts);
    }
    for rule in &operation.rules {
        let (key, value) = match rule {
            Rule::AnyOf(groups) => ("rules.any_of", format!("{groups:?}")),
            Rule::Together(names) => ("rules.together", format!("{names:?}")),
        };
        facts.push((key.to_owned(), value));
    }
    if let Some(body) = &operation.response_body {
        facts.push(("response".to_owned(), body.spelling()));
    }
    let fields: Vec<&Field> = operation.response.iter().collect();
    if !fields.is_empty() {
        facts.push(("the order of the response".to_owned(), names(&fields)));
    }
    for field in &operation.response {
        field_facts(field, &format!("response.{}", field.name), &mut facts);
    }
    for (index, row) in operation.errors.iter().enumerate() {
        facts.push((format!("errors.{index}"), format!("{} {}: {}", row.status, row.code, row.message)));
    }
    for example in &operation.examples {
        for (name, sample) in &example.request {
            facts.push((format!("examples.request.{name}"), sample_text(sample)));
        }
        if let Some(json) = &example.json {
            let value: serde_json::Value = serde_json::from_str(json).expect("samples are JSON");
            facts.push(("examples.json".to_owned(), value.to_string()));
        }
        if let Some(xml) = &example.xml {
            facts.push(("examples.xml".to_owned(), xml.split_whitespace().collect::<String>()));
        }
    }
    facts
}

fn sample_text(sample: &Sample) -> String {
    match sample {
        Sample::Text(text) => text.clone(),
        other => format!("{other:?}"),
    }
}

fn field_facts(field: &Field, path: &str, facts: &mut Vec<Fact>) {
    let mut add = |key: &str, value: String| facts.push((format!("{path}.{key}"), value));
    add("type", field.ty.spelling());
    if field.required {
        add("required", "true".to_owned());
    }
    if field.deprecated.is_some() {
        add("deprecated", "true".to_owned());
    }
    if let Some(example) = &field.example {
        add("example", example.clone());
    }
    if !field.values.is_empty() {
        add("values", field.values.join(", "));
    }
    if let Some(default) = &field.default {
        add("default", default.clone());
    }
    if let Some(length) = &field.limits.length {
        let unit = if length.unit == LengthUnit::Bytes { "bytes" } else { "characters" };
        add("length", format!("{:?} {unit}", length.bounds));
    }
    if let Some(range) = &field.limits.range {
        let text = match range {
            Range::Integer { min, max } => format!("{min:?} {max:?}"),
            Range::Float { min, max } => format!("{min:?} {max:?}"),
        };
        add("range", text);
    }
    if let Some(count) = &field.limits.count {
        add("count", format!("{count:?}"));
    }
    let mut inner = &field.ty;
    while let Type::List(item) | Type::Map(item) = inner {
        inner = item;
    }
    if let Type::Object(object) = inner {
        for member in &object.fields {
            field_facts(member, &format!("{path}.{}", member.name), facts);
        }
    }
}
