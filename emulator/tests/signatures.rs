//! Signatures made by official code are accepted, and nothing else is.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod caller;

use alicloud_emulator::{Emulator, SourceFile};
use caller::{Connection, Reply, Request, http, project_specs};
use serde_json::{Map, Value, json};

/// The vectors of a file of the project's, under this key.
fn vectors(file: &str, key: &str) -> Vec<Value> {
    let path = format!("{}/../tests/vectors/{file}", env!("CARGO_MANIFEST_DIR"));
    let file: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    file[key].as_array().unwrap().clone()
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap_or_default()
}

/// A spec that describes what a vector sends: parameters of the types that its input has.
fn sources_for(product: &str, version: &str, action: &str, vector: &Value) -> Vec<SourceFile> {
    let none = Map::new();
    let is_json = |name: &String| vector["jsonParams"].as_array().is_some_and(|names| names.contains(&json!(name)));
    let is_form = |name: &String| {
        vector["expected"]["form"]
            .as_object()
            .is_some_and(|form| form.keys().any(|key| key == name || key.starts_with(&format!("{name}."))))
    };
    let parameters: Vec<Value> = vector["input"]
        .as_object()
        .unwrap_or(&none)
        .iter()
        .map(|(name, value)| {
            let mut field = field(name, &[value], is_json(name));
            if is_json(name) {
                field["style"] = json!("json");
            }
            if is_form(name) {
                field["in"] = json!("form");
            }
            field
        })
        .collect();
    let service = json!({
        "product": product, "version": version, "style": "RPC", "endpoints": { "host": "api.aliyuncs.com" },
    });
    let operation = json!({
        "operation": action, "summary": "A vector.", "methods": ["POST", "GET"], "parameters": parameters,
    });
    let module = product.to_lowercase();
    vec![
        SourceFile { path: format!("{module}/{version}/service.yaml"), text: service.to_string() },
        SourceFile { path: format!("{module}/{version}/{action}.yaml"), text: operation.to_string() },
    ]
}

fn field(name: &str, values: &[&Value], free_keys: bool) -> Value {
    let (ty, fields) = type_of(values, free_keys);
    let mut field = json!({ "name": name, "type": ty });
    if let Some(fields) = fields {
        field["fields"] = fields;
    }
    field
}

fn type_of(values: &[&Value], free_keys: bool) -> (String, Option<Value>) {
    let first = values.iter().find(|value| !value.is_null());
    match first {
        Some(Value::Array(_)) => {
            let items: Vec<&Value> = values.iter().filter_map(|value| value.as_array()).flatten().collect();
            let (item, fields) = type_of(&items, free_keys);
            (format!("List<{item}>"), fields)
        }
        Some(Value::Object(_)) if free_keys => ("Map<String>".to_owned(), None),
        Some(Value::Object(_)) => {
            let objects: Vec<&Map<String, Value>> = values.iter().filter_map(|value| value.as_object()).collect();
            let mut names: Vec<&String> = objects.iter().flat_map(|object| object.keys()).collect();
            names.sort();
            names.dedup();
            let fields = names.into_iter().map(|name| {
                let values: Vec<&Value> = objects.iter().filter_map(|object| object.get(name)).collect();
                field(name, &values, free_keys)
            });
            ("Object".to_owned(), Some(fields.collect()))
        }
        Some(Value::Bool(_)) => ("Boolean".to_owned(), None),
        Some(Value::Number(number)) if number.is_i64() => ("Long".to_owned(), None),
        Some(Value::Number(_)) => ("Double".to_owned(), None),
        _ => ("String".to_owned(), None),
    }
}

async fn emulator_for(sources: Vec<SourceFile>, id: &str, secret: &str, token: &str, time: &str) -> Emulator {
    let time = humantime::parse_rfc3339(time).unwrap();
    let builder = Emulator::builder().sources(sources).clock(move || time);
    let builder = if token.is_empty() { builder.account(id, secret) } else { builder.sts_account(id, secret, token) };
    builder.start().await.unwrap_or_else(|error| panic!("{error}"))
}

async fn send(emulator: &Emulator, method: &str, target: &str, content_type: &str, body: &str) -> Reply {
    let mut headers = Vec::new();
    if !content_type.is_empty() {
        headers.push(("Content-Type".to_owned(), content_type.to_owned()));
    }
    let request = http(method, target, "127.0.0.1", &headers, body);
    Connection::open(emulator).await.exchange(request.as_bytes()).await.expect("an answer")
}

/// Sends the vector as it is, then again, then with another secret known to the server.
async fn check(sources: Vec<SourceFile>, account: [&str; 3], time: &str, vector: &Value) -> Emulator {
    let [id, secret, token] = account;
    let [method, target, body] = ["method", "target", "body"].map(|name| text(vector, name));
    let content_type = text(vector, "contentType");

    let emulator = emulator_for(sources.clone(), id, secret, token, time).await;
    let reply = send(&emulator, method, target, content_type, body).await;
    assert_eq!(reply.status, 200, "{target}: {}", reply.body);
    let reply = send(&emulator, method, target, content_type, body).await;
    assert_eq!((reply.status, reply.text("Code").as_str()), (400, "SignatureNonceUsed"), "{target}");

    let stranger = emulator_for(sources, id, "another secret", token, time).await;
    let reply = send(&stranger, method, target, content_type, body).await;
    assert_eq!((reply.status, reply.text("Code").as_str()), (400, "SignatureDoesNotMatch"), "{target}");
    let expected = format!(
        "Specified signature is not matched with our calculation. server string to sign is:{}",
        text(vector, "stringToSign")
    );
    assert_eq!(reply.text("Message"), expected);
    emulator
}

#[tokio::test]
async fn official_signatures_are_accepted() {
    let vectors = vectors("official.json", "rpc_v1");
    assert_eq!(vectors.len(), 4);
    for vector in &vectors {
        let signed = &vector["parameters"];
        let sources = sources_for("Vector", text(signed, "Version"), text(signed, "Action"), &Value::Null);
        let account = [text(signed, "AccessKeyId"), text(vector, "secret"), text(signed, "SecurityToken")];
        let emulator = check(sources, account, text(signed, "Timestamp"), vector).await;
        for call in emulator.calls() {
            for (name, value) in &call.parameters {
                assert_eq!(signed[name], json!(value), "{name}");
            }
            let common = signed.as_object().unwrap().len() - call.parameters.len();
            assert_eq!(common, if account[2].is_empty() { 8 } else { 9 });
        }
    }
}

/// What Python writes for booleans is told apart from nothing: no vector has the text `True`.
fn lower_booleans(value: &Value) -> Value {
    match value {
        Value::String(text) if text == "True" || text == "False" => json!(text.to_lowercase()),
        Value::Array(items) => items.iter().map(lower_booleans).collect(),
        Value::Object(members) => {
            Value::Object(members.iter().map(|(name, value)| (name.clone(), lower_booleans(value))).collect())
        }
        other => other.clone(),
    }
}

/// As a call's input has it: every scalar a text.
fn as_texts(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(as_texts).collect(),
        Value::Object(members) => {
            Value::Object(members.iter().map(|(name, value)| (name.clone(), as_texts(value))).collect())
        }
        Value::String(text) => json!(text),
        other => json!(other.to_string()),
    }
}

#[tokio::test]
async fn captured_calls_are_accepted_and_understood() {
    let vectors = vectors("captured.json", "vectors");
    let mut captures = 0;
    for vector in &vectors {
        for capture in vector["captures"].as_array().unwrap() {
            captures += 1;
            let what = format!("{} ({})", text(vector, "id"), text(capture, "client"));
            let sources = sources_for(text(vector, "product"), text(vector, "version"), text(vector, "action"), vector);
            let account = [text(vector, "accessKeyId"), text(vector, "secret"), text(vector, "securityToken")];
            let emulator = check(sources, account, text(vector, "timestamp"), capture).await;

            let calls = emulator.take_calls();
            assert!(emulator.calls().is_empty());
            let call = &calls[0];
            assert_eq!(
                (call.product.as_str(), call.operation.as_str(), call.version.as_str()),
                (text(vector, "product"), text(vector, "action"), text(vector, "version")),
                "{what}"
            );
            assert_eq!(call.outcome.status, Some(200), "{what}");
            assert_eq!(calls[1].outcome.code.as_deref(), Some("SignatureNonceUsed"), "{what}");
            let parameters = lower_booleans(&json!(call.parameters));
            for (place, names) in [("query", &call.query), ("form", &call.form)] {
                for (name, value) in vector["expected"][place].as_object().unwrap() {
                    assert_eq!(&parameters[name], value, "{what}: {name}");
                    assert!(names.contains(name), "{what}: {name} in the {place}");
                }
            }
            assert_eq!(lower_booleans(&call.input), as_texts(&vector["input"]), "{what}");
        }
    }
    assert_eq!((vectors.len(), captures), (21, 39));
}

#[tokio::test]
async fn no_byte_of_a_signed_request_may_change() {
    let emulator = project_specs().start().await.unwrap();
    let request = Request::new("2014-05-26", "DeleteActivation")
        .with("RegionId", "cn-hangzhou")
        .form("ActivationId", "4ECEEE12 56F1+*~/é");
    let wire = request.to_wire();
    let target = wire.find('?').unwrap() + 1..wire.find(" HTTP").unwrap();
    let body = wire.find("\r\n\r\n").unwrap() + 4..wire.len();
    let mut connection = Connection::open(&emulator).await;
    for at in target.chain(body) {
        let mut bytes = wire.clone().into_bytes();
        bytes[at] = if bytes[at] == b'x' { b'y' } else { b'x' };
        let reply = connection.exchange(&bytes).await.unwrap();
        assert!(reply.status >= 400, "byte {at} of {wire}");
    }
    for (name, tampered) in [
        ("a parameter more", wire.replace(" HTTP", "&Extra=1 HTTP")),
        ("a parameter twice", wire.replace(" HTTP", "&RegionId=cn-hangzhou HTTP")),
        ("another method", wire.replace("POST /", "PUT /")),
    ] {
        let reply = connection.exchange(tampered.as_bytes()).await.unwrap();
        assert!(reply.status >= 400, "{name}");
    }
    let reply = connection.exchange(wire.as_bytes()).await.unwrap();
    assert_eq!(reply.status, 200, "untouched, and no attempt before used its nonce up: {}", reply.body);
    let reply = connection.exchange(wire.as_bytes()).await.unwrap();
    assert_eq!(reply.text("Code"), "SignatureNonceUsed");
    assert_eq!(reply.text("Message"), "Specified signature nonce was used already.");
}
