//! The JSON Schema agrees with the readers: it accepts the files that they accept, and rejects the files in which they
//! find errors of keys, types of values and words.

use std::path::Path;

use alicloud_model::{Code, Diagnostic, SourceFile, json_schema, load_sources};
use jsonschema::Validator;
use serde_json::{Value, json};

use crate::bad_cases;
use crate::sources::source;

/// The errors in a single file that concern keys, types of values and words.
const STRUCTURAL: [Code; 4] = [Code::WrongType, Code::UnknownKey, Code::MissingKey, Code::UnknownWord];

fn schema() -> Value {
    serde_json::from_str(&json_schema()).unwrap()
}

fn validator() -> Validator {
    jsonschema::draft202012::meta::validate(&schema()).expect("the schema is a valid schema");
    jsonschema::validator_for(&schema()).unwrap()
}

/// Returns a validator for a single definition.
fn validator_of(definition: &str) -> Validator {
    let schema = json!({ "$ref": format!("#/$defs/{definition}"), "$defs": schema()["$defs"] });
    jsonschema::validator_for(&schema).unwrap()
}

fn errors(validator: &Validator, instance: &Value) -> Vec<String> {
    validator.iter_errors(instance).map(|error| format!("{} at {}", error, error.instance_path())).collect()
}

/// Editors show the description of a key.
#[test]
fn every_key_is_described() {
    fn walk(path: &str, schema: &Value, undescribed: &mut Vec<String>, definitions: &Value) {
        let Value::Object(keys) = schema else { return };
        for (key, value) in keys.get("properties").and_then(Value::as_object).into_iter().flatten() {
            let target = value.get("$ref").and_then(Value::as_str).and_then(|to| to.strip_prefix("#/$defs/"));
            let described = target.map_or(value, |name| &definitions[name]).get("description").is_some();
            let is_condition = path.contains("/if") || path.contains("/allOf");
            if !described && !value.is_boolean() && !is_condition {
                undescribed.push(format!("{path}/{key}"));
            }
        }
        for (key, value) in keys {
            match value {
                Value::Array(items) => {
                    items.iter().for_each(|item| walk(&format!("{path}/{key}"), item, undescribed, definitions));
                }
                other => walk(&format!("{path}/{key}"), other, undescribed, definitions),
            }
        }
    }
    let schema = schema();
    let mut undescribed = Vec::new();
    walk("", &schema, &mut undescribed, &schema["$defs"]);
    assert!(undescribed.is_empty(), "{undescribed:#?}");
}

/// Returns the definition for a file with this path.
fn kind_of(path: &str) -> &str {
    match path.rsplit('/').next() {
        Some("service.yaml") => "service",
        Some("types.yaml") => "types",
        _ => "operation",
    }
}

/// Returns the key or word between backticks.
fn quoted(message: &str) -> &str {
    message.split('`').nth(1).unwrap_or_default()
}

#[test]
fn structural_errors_of_the_bad_cases_are_rejected() {
    let validators = ["operation", "service", "types"].map(|name| (name, validator_of(name)));
    let mut wrong = Vec::new();
    let mut seen = 0;
    for path in bad_cases::paths(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad")) {
        let (_, sources) = bad_cases::read(&path);
        let diagnostics = load_sources(&sources).diagnostics;
        for source in &sources {
            let Ok(instance) = serde_yaml::from_str::<Value>(&source.text) else { continue };
            let kind = kind_of(&source.path);
            let (_, validator) = validators.iter().find(|(name, _)| *name == kind).unwrap();
            let errors = errors(validator, &instance);
            let mine: Vec<&Diagnostic> = diagnostics.iter().filter(|one| one.file == source.path).collect();
            let case = format!("{} {}", path.file_stem().unwrap().to_string_lossy(), source.path);
            if mine.is_empty() && !errors.is_empty() && diagnostics.iter().all(|one| one.code != Code::Layout) {
                wrong.push(format!("{case}: the readers report nothing, but the schema reports {errors:?}"));
            }
            for diagnostic in mine.iter().filter(|one| STRUCTURAL.contains(&one.code)) {
                seen += 1;
                // The schema must report the same error, not only another one in the file.
                let name = quoted(&diagnostic.message);
                let forms = [format!("\"{name}\""), format!("'{name}'"), format!("/{name}")];
                let is_same = match diagnostic.code {
                    Code::WrongType => !errors.is_empty(),
                    _ => errors.iter().any(|error| forms.iter().any(|form| error.contains(form))),
                };
                if !is_same {
                    wrong.push(format!("{case}: {diagnostic}\nbut the schema reports {errors:#?}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(seen > 50, "only {seen} structural errors were compared");
}

/// Returns the document with each possible change, and its description.
fn mutations(document: &Value) -> Vec<(String, Value)> {
    fn pointers(at: &str, value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(map) => map.iter().for_each(|(key, value)| {
                let at = format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
                found.push(at.clone());
                pointers(&at, value, found);
            }),
            Value::Array(items) => items.iter().enumerate().for_each(|(index, value)| {
                let at = format!("{at}/{index}");
                found.push(at.clone());
                pointers(&at, value, found);
            }),
            _ => {}
        }
    }
    let mut found = vec![String::new()];
    pointers("", document, &mut found);
    let mut mutations = Vec::new();
    for pointer in found {
        for other in [json!(null), json!(true), json!(7), json!(-1), json!("zzz"), json!([]), json!({})] {
            let mut changed = document.clone();
            *changed.pointer_mut(&pointer).unwrap() = other.clone();
            mutations.push((format!("{pointer} = {other}"), changed));
        }
        let mut changed = document.clone();
        if let Some(Value::Object(map)) = changed.pointer_mut(&pointer) {
            map.insert("zzz".to_owned(), json!("zzz"));
            mutations.push((format!("{pointer} with an unknown key"), changed));
        }
        let Some((parent, key)) = pointer.rsplit_once('/') else { continue };
        let mut changed = document.clone();
        if let Some(Value::Object(map)) = changed.pointer_mut(parent) {
            map.remove(key);
            mutations.push((format!("{pointer} omitted"), changed));
        }
    }
    mutations
}

/// The files of two products that together use every key.
fn documents() -> Vec<(&'static str, Value)> {
    vec![
        (
            "demo/2020-01-01/service.yaml",
            json!({
                "product": "Demo", "version": "2020-01-01", "style": "RPC", "summary": "Demonstrates.",
                "module": "demo_old", "gateway": "SLS", "ram_code": "demo",
                "endpoints": {
                    "host": "demo.{region}.aliyuncs.com", "regions": ["cn-hangzhou"],
                    "exceptions": { "cn-beijing": "demo.aliyuncs.com" },
                },
                "errors": [{ "status": 500, "code": "Fault", "message": "Fault.", "doc": "F.", "rust": "FaultInside" }],
            }),
        ),
        (
            "demo/2020-01-01/types.yaml",
            json!({ "types": [{
                "name": "Pool", "doc": "A pool.",
                "fields": [
                    { "name": "Inner", "type": "Pool", "optional": true, "required": true, "doc": "I.", "rust": "inside" },
                    {
                        "name": "Id", "type": "String", "length": { "max": 5 }, "default": "a", "values": ["a"],
                        "pattern": "^a", "example": "a", "sensitive": true, "deprecated": "Use Inner.",
                    },
                    { "name": "Sizes", "type": "List<Integer>", "count": { "min": 1 } },
                    { "name": "Size", "type": "Long", "range": { "min": 1 } },
                    { "name": "Deep", "type": "Object", "fields": [{ "name": "A", "type": "Bytes" }] },
                ],
            }] }),
        ),
        (
            "demo/2020-01-01/GetThing.yaml",
            json!({
                "operation": "GetThing", "summary": "Gets a thing.", "doc": "More.", "methods": ["POST", "GET"],
                "style": "RPC", "form_as": "form",
                "effect": "read", "idempotent": true, "deprecated": "Use GetThings.",
                "limits": { "qps": 5, "per": "user" },
                "ram": { "action": "demo:GetThing", "access": "Read", "resource": "*" },
                "parameters": [
                    {
                        "name": "A", "rust": "first", "type": "String", "in": "form", "default": "a", "doc": "A.",
                        "length": { "min": 1, "max": 5, "unit": "bytes" }, "pattern": "^a", "values": ["a", "b"],
                        "sensitive": true, "deprecated": "Use B.", "example": "a",
                    },
                    { "name": "B", "type": "Integer", "required": true, "range": { "min": 1, "max": 9 } },
                    { "name": "C", "type": "List<String>", "style": "json", "count": { "min": 1, "max": 5 } },
                    { "name": "D", "type": "Object", "fields": [{ "name": "E", "type": "Pool", "required": true }] },
                ],
                "rules": [{ "any_of": [["A"], ["C", "D"]] }, { "together": ["C", "D"] }],
                "response": [
                    { "name": "Next", "type": "String", "optional": true, "doc": "N.", "example": "n", "rust": "next_one" },
                    { "name": "Total", "type": "Integer", "values": [1, 2], "sensitive": true, "deprecated": "true" },
                    { "name": "Items", "type": "List<Object>", "fields": [{ "name": "Id", "type": "String" }] },
                    { "name": "ETag", "type": "String", "in": "header" },
                ],
                "errors": [{ "status": 404, "code": "Gone", "message": "Gone.", "doc": "G.", "rust": "NotThere" }],
                "pagination": { "by": "token", "parameter": "A", "next": "Next", "items": "Items" },
                "examples": [{ "request": { "A": "a", "B": 1 }, "json": "{}", "xml": "<GetThingResponse/>" }],
            }),
        ),
        (
            "demo/2020-01-01/PutThing.yaml",
            json!({
                "operation": "PutThing", "summary": "Puts a thing.", "methods": ["PUT"], "style": "ROA",
                "path": "/things/{Id}", "form_as": "json",
                "parameters": [
                    { "name": "Id", "type": "String", "in": "path" },
                    { "name": "Form", "type": "Pool", "in": "form" },
                    { "name": "Page", "type": "Integer" }, { "name": "Size", "type": "Integer" },
                ],
                "response": { "type": "List<Object>", "fields": [{ "name": "A", "type": "String" }] },
            }),
        ),
        (
            "cloud/2020-01-01/service.yaml",
            json!({
                "product": "Cloud", "version": "2020-01-01", "style": "ROA",
                "outcome": { "success": "Success", "code": "Code", "message": "Message" },
            }),
        ),
    ]
}

/// Changes documents that use every key at each position, and compares the schema with the readers.
#[test]
fn the_readers_and_the_schema_agree_on_every_key() {
    let validator = validator();
    let documents = documents();
    let sources: Vec<SourceFile> = documents
        .iter()
        // JSON is also YAML.
        .map(|(path, document)| source(path, &document.to_string()))
        .collect();
    let mut wrong = Vec::new();
    for (index, (path, document)) in documents.iter().enumerate() {
        let mut cases = mutations(document);
        // The type of a parameter decides which samples are valid.
        cases.retain(|(change, _)| !change.starts_with("/examples/0/request/"));
        cases.push(("as it is".to_owned(), document.clone()));
        for (change, changed) in cases {
            let mut sources = sources.clone();
            sources[index].text = changed.to_string();
            let diagnostics = load_sources(&sources).diagnostics;
            let errors = errors(&validator, &changed);
            let mut mine = diagnostics.iter().filter(|one| one.file == *path);
            if let Some(structural) = mine.find(|one| STRUCTURAL.contains(&one.code))
                && errors.is_empty()
            {
                wrong
                    .push(format!("{path} {change}: the schema reports nothing, but the readers report\n{structural}"));
            }
            if diagnostics.is_empty() && !errors.is_empty() {
                wrong.push(format!("{path} {change}: the readers report nothing, but the schema reports {errors:?}"));
            }
            if change == "as it is" && !diagnostics.is_empty() {
                wrong.push(format!("{path} is not valid before the changes: {diagnostics:#?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} differences\n{}", wrong.len(), wrong.join("\n"));
}

/// The whole format, file by file.
#[test]
fn every_shape_of_the_format_is_accepted() {
    let validator = validator();
    let start = "operation: X\nsummary: X.\nmethods: [PUT, DELETE, PATCH, HEAD]\n";
    let operations = [
        "style: ROA\npath: /clusters/{ClusterId}\nform_as: json\n",
        "style: RPC\nform_as: form\n",
        "parameters: [{ name: A, type: String, in: path }, { name: B, type: String, in: host }]\n",
        "parameters: [{ name: A, type: Binary, in: body }]\n",
        "parameters: [{ name: x-oss-meta-*, type: Map<String>, in: header }]\n",
        "parameters: [{ name: A, type: List<Map<Object>>, fields: [{ name: B, type: Bytes }] }]\n",
        "parameters: [{ name: A, type: NodePool, in: body }]\n",
        "parameters: [{ name: A, type: List<Map<NodePool>> }]\n",
        "response: { type: List<String> }\n",
        "response: { type: Binary }\n",
        "response: { type: NodePool }\n",
        "response: { type: List<Object>, fields: [{ name: A, type: Long }] }\n",
        "response: [{ name: ETag, type: String, in: header }]\n",
        "response: []\nparameters:\n",
        "deprecated: true\n",
        "pagination: { by: number, parameter: P, size: S, total: T, items: A.B }\n",
        "pagination: { by: number, parameter: P, first: 0, more: M, items: A }\n",
    ];
    let files = [
        "product: D\nversion: 2020-01-01\nstyle: ROA\nmodule: d_v20200101\ngateway: SLS\n",
        "product: D\nversion: 2020-01-01\nstyle: RPC\nendpoints: { host: \"{Bucket}.oss-{region}.aliyuncs.com\" }\n",
        "types:\n  - name: NodePool\n    doc: A pool.\n    fields: [{ name: Inner, type: NodePool, optional: true }]\n",
    ];
    for text in operations.iter().map(|rest| format!("{start}{rest}")).chain(files.map(str::to_owned)) {
        let instance: Value = serde_yaml::from_str(&text).unwrap();
        assert_eq!(errors(&validator, &instance), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn invalid_shapes_are_rejected() {
    let validator = validator();
    let start = "operation: X\nsummary: X.\nmethods: [GET]\n";
    let operations = [
        ("style: ROA\n", "path"),
        ("style: RPC\npath: /x\n", "/path"),
        ("style: RPC\nform_as: json\n", "/form_as"),
        ("path: clusters\n", "/path"),
        ("form_as: xml\n", "/form_as"),
        ("parameters: [{ name: A, type: List }]\n", "/parameters/0/type"),
        ("parameters: [{ name: A, type: List<String }]\n", "/parameters/0/type"),
        ("parameters: [{ name: A, type: Object }]\n", "fields"),
        ("parameters: [{ name: A, type: List<Object> }]\n", "fields"),
        ("response: { type: Map }\n", "/response/type"),
        ("response: { type: Object, fields: [{ name: A, type: Long }] }\n", "/response/type"),
        ("response: { fields: [{ name: A, type: Long }] }\n", "type"),
        ("response: [{ name: A, type: String, in: query }]\n", "/response/0/in"),
        ("pagination: { by: token, parameter: P, next: N, items: I, first: 1 }\n", "/pagination/first"),
        ("pagination: { by: token, parameter: P, items: I }\n", "next"),
        ("pagination: { by: offset, first: 0, parameter: P, items: I }\n", "/pagination/first"),
        ("examples: [{ request: {} }]\n", "/examples/0"),
    ];
    let files = [
        ("types: [{ name: A }]\n", "fields"),
        ("types: [{ name: A, fields: [{ name: B, type: String, in: query }] }]\n", "in"),
        ("product: D\nversion: 1\nstyle: RPC\nmodule: a-b\n", "/module"),
    ];
    let operations = operations.map(|(rest, named)| (format!("{start}{rest}"), named));
    for (text, named) in operations.into_iter().chain(files.map(|(text, named)| (text.to_owned(), named))) {
        let instance: Value = serde_yaml::from_str(&text).unwrap();
        let errors = errors(&validator, &instance);
        assert!(errors.iter().any(|error| error.contains(named)), "{text}\n{errors:?}");
    }
}
