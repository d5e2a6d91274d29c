//! Only the signatures of official code are accepted.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::time::Duration;

use crate::caller::{Connection, Reply, Request, encode, http, lab, project_specs, sign_v3};
use alicloud_emulator::{Call, Emulator, Format, SourceFile};
use serde_json::{Map, Value, json};

/// Returns the test vectors in a file of the repository, under this key.
fn vectors(file: &str, key: &str) -> Vec<Value> {
    let path = format!("{}/../tests/vectors/{file}", env!("CARGO_MANIFEST_DIR"));
    let file: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    file[key].as_array().unwrap().clone()
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap_or_default()
}

/// Returns a spec for the call of a vector, with parameters of the types in its input.
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
        "product": product, "version": version, "style": "RPC",
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

async fn send(emulator: &Emulator, wire: &str) -> Reply {
    Connection::open(emulator).await.exchange(wire.as_bytes()).await.expect("a response")
}

/// Sends the request, then repeats it, then sends it to a server with another secret. That server's error contains the
/// string to sign.
async fn check(sources: Vec<SourceFile>, account: [&str; 3], time: &str, wire: &str, mismatch: &str) -> Emulator {
    let [id, secret, token] = account;
    let emulator = emulator_for(sources.clone(), id, secret, token, time).await;
    let reply = send(&emulator, wire).await;
    assert_eq!(reply.status, 200, "{wire}: {}", reply.body);
    let reply = send(&emulator, wire).await;
    assert_eq!((reply.status, reply.text("Code").as_str()), (400, "SignatureNonceUsed"), "{wire}");

    let stranger = emulator_for(sources, id, "another secret", token, time).await;
    let reply = send(&stranger, wire).await;
    assert_eq!((reply.status, reply.text("Code").as_str()), (400, "SignatureDoesNotMatch"), "{wire}");
    assert_eq!(reply.text("Message").replace("&#10;", "\n"), mismatch);
    emulator
}

/// Returns the request of a vector with signature V1.
fn v1_wire(vector: &Value) -> String {
    let mut headers = Vec::new();
    if !text(vector, "contentType").is_empty() {
        headers.push(("Content-Type".to_owned(), text(vector, "contentType").to_owned()));
    }
    http(text(vector, "method"), text(vector, "target"), "127.0.0.1", &headers, text(vector, "body"))
}

fn v1_mismatch(vector: &Value) -> String {
    let string_to_sign = text(vector, "stringToSign");
    format!("Specified signature is not matched with our calculation. server string to sign is:{string_to_sign}")
}

/// The request of a vector with signature V3.
#[derive(Clone)]
struct V3Request {
    method: String,
    target: String,
    host: String,
    headers: Vec<(String, String)>,
    body: String,
}

impl V3Request {
    fn new(method: &str, target: &str, headers: &Value, authorization: &str, body: &str) -> Self {
        let headers = headers.as_object().unwrap().iter();
        let mut headers: Vec<_> =
            headers.map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned())).collect();
        let host = headers.iter().position(|(name, _)| name == "host").unwrap();
        let (_, host) = headers.remove(host);
        headers.retain(|(name, _)| name != "authorization" && name != "content-length");
        headers.push(("authorization".to_owned(), authorization.to_owned()));
        Self { method: method.to_owned(), target: target.to_owned(), host, headers, body: body.to_owned() }
    }

    /// Creates the request as the Python client sent it, with all headers signed.
    fn captured(capture: &Value) -> Self {
        let authorization = text(&capture["headers"], "authorization");
        let [method, target, body] = ["method", "target", "body"].map(|name| text(capture, name));
        Self::new(method, target, &capture["headers"], authorization, body)
    }

    /// Creates a request with only the required headers signed.
    fn minimal(capture: &Value) -> Self {
        let facts = &capture["minimal"];
        let [method, target, body] = ["method", "target", "body"].map(|name| text(capture, name));
        Self::new(method, target, &facts["headers"], text(facts, "authorization"), body)
    }

    fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.retain(|(known, _)| known != name);
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(known, _)| known != name);
        self
    }

    fn value(&self, name: &str) -> String {
        self.headers.iter().find(|(known, _)| known == name).unwrap().1.clone()
    }

    fn to_wire(&self) -> String {
        http(&self.method, &self.target, &self.host, &self.headers, &self.body)
    }
}

fn v3_mismatch(facts: &Value) -> String {
    format!(
        "Specified signature does not match our calculation. server StringToSign is [{}] server CanonicalRequest is \
         [{}]",
        text(facts, "stringToSign"),
        text(facts, "canonicalRequest")
    )
}

/// Returns the captured call with this ID, and the specs that serve it.
fn captured(id: &str) -> (Value, Vec<SourceFile>) {
    let vector = vectors("captured.json", "vectors").into_iter().find(|vector| text(vector, "id") == id).unwrap();
    let sources = sources_for(text(&vector, "product"), text(&vector, "version"), text(&vector, "action"), &vector);
    (vector, sources)
}

#[tokio::test]
async fn official_v1_signatures_are_accepted() {
    let vectors = vectors("official.json", "rpc_v1");
    assert_eq!(vectors.len(), 4);
    for vector in &vectors {
        let signed = &vector["parameters"];
        let sources = sources_for("Vector", text(signed, "Version"), text(signed, "Action"), &Value::Null);
        let account = [text(signed, "AccessKeyId"), text(vector, "secret"), text(signed, "SecurityToken")];
        let time = text(signed, "Timestamp");
        let emulator = check(sources, account, time, &v1_wire(vector), &v1_mismatch(vector)).await;
        for call in emulator.calls() {
            for (name, value) in &call.parameters {
                assert_eq!(signed[name], json!(value), "{name}");
            }
            let common = signed.as_object().unwrap().len() - call.parameters.len();
            assert_eq!(common, if account[2].is_empty() { 8 } else { 9 });
        }
    }
}

#[tokio::test]
async fn official_v3_signatures_are_accepted() {
    let mut accepted = 0;
    for vector in &vectors("official.json", "v3") {
        let headers = &vector["headers"];
        // Operations of RPC specs have no path.
        if text(vector, "path") != "/" {
            continue;
        }
        let sources =
            sources_for("Vector", text(headers, "x-acs-version"), text(headers, "x-acs-action"), &Value::Null);
        let token = text(headers, "x-acs-security-token");
        let account = [text(vector, "accessKeyId"), text(vector, "secret"), token];
        let query: Vec<String> = vector["query"]
            .as_object()
            .unwrap()
            .iter()
            .map(|(name, value)| format!("{name}={}", encode(value.as_str().unwrap())))
            .collect();
        let target = format!("/?{}", query.join("&"));
        let authorization = text(vector, "authorization");
        let request = V3Request::new(text(vector, "method"), &target, headers, authorization, text(vector, "body"));
        let time = text(headers, "x-acs-date");
        let emulator = check(sources, account, time, &request.to_wire(), &v3_mismatch(vector)).await;
        let call = emulator.calls().remove(0);
        assert_eq!(call.nonce, text(headers, "x-acs-signature-nonce"));
        for (name, value) in vector["query"].as_object().unwrap() {
            assert_eq!(&json!(call.parameters[name]), value, "{name}");
        }
        accepted += 1;
    }
    assert_eq!(accepted, 4);
}

/// Writes booleans in lower case, which Python capitalizes. No vector contains the text `True`.
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

/// Converts every scalar to a text, as in the input of a call.
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

/// Asserts that the call matches the vector.
fn assert_matches(call: &Call, vector: &Value, case: &str) {
    assert_eq!(
        (call.product.as_str(), call.operation.as_str(), call.version.as_str()),
        (text(vector, "product"), text(vector, "action"), text(vector, "version")),
        "{case}"
    );
    assert_eq!(call.outcome.status, Some(200), "{case}");
    let parameters = lower_booleans(&json!(call.parameters));
    for (place, names) in [("query", &call.query), ("form", &call.form)] {
        for (name, value) in vector["expected"][place].as_object().unwrap() {
            assert_eq!(&parameters[name], value, "{case}: {name}");
            assert!(names.contains(name), "{case}: {name} in the {place}");
        }
    }
    assert_eq!(lower_booleans(&call.input), as_texts(&vector["input"]), "{case}");
}

#[tokio::test]
async fn captured_calls_are_accepted_and_read_correctly() {
    let vectors = vectors("captured.json", "vectors");
    let mut captures = 0;
    for vector in &vectors {
        let sources = sources_for(text(vector, "product"), text(vector, "version"), text(vector, "action"), vector);
        let account = [text(vector, "accessKeyId"), text(vector, "secret"), text(vector, "securityToken")];
        let v3 = &vector["v3"];
        let mut requests = vec![
            ("v3".to_owned(), V3Request::captured(v3).to_wire(), v3_mismatch(v3)),
            ("v3, minimal".to_owned(), V3Request::minimal(v3).to_wire(), v3_mismatch(&v3["minimal"])),
        ];
        for capture in vector["captures"].as_array().unwrap() {
            requests.push((text(capture, "client").to_owned(), v1_wire(capture), v1_mismatch(capture)));
        }
        for (client, wire, mismatch) in requests {
            captures += 1;
            let case = format!("{} ({client})", text(vector, "id"));
            let time = text(vector, "timestamp");
            let emulator = check(sources.clone(), account, time, &wire, &mismatch).await;
            let calls = emulator.take_calls();
            assert!(emulator.calls().is_empty());
            assert_matches(&calls[0], vector, &case);
            assert_eq!(calls[1].outcome.code.as_deref(), Some("SignatureNonceUsed"), "{case}");
        }
    }
    assert_eq!((vectors.len(), captures), (21, 39 + 2 * 21));
}

#[tokio::test]
async fn changing_any_byte_breaks_a_v1_signature() {
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
        ("an additional parameter", wire.replace(" HTTP", "&Extra=1 HTTP")),
        ("a repeated parameter", wire.replace(" HTTP", "&RegionId=cn-hangzhou HTTP")),
        ("another method", wire.replace("POST /", "PUT /")),
    ] {
        let reply = connection.exchange(tampered.as_bytes()).await.unwrap();
        assert!(reply.status >= 400, "{name}");
    }
    let reply = connection.exchange(wire.as_bytes()).await.unwrap();
    assert_eq!(reply.status, 200, "the unchanged request, because no attempt before used up its nonce: {}", reply.body);
    let reply = connection.exchange(wire.as_bytes()).await.unwrap();
    assert_eq!(reply.text("Code"), "SignatureNonceUsed");
    assert_eq!(reply.text("Message"), "Specified signature nonce was used already.");
}

#[tokio::test]
async fn changing_any_signed_byte_breaks_a_v3_signature() {
    let (vector, sources) = captured("iot-Pub");
    let emulator = emulator_for(sources, "testid", "testsecret", "", text(&vector, "timestamp")).await;
    let request = V3Request::minimal(&vector["v3"]);
    let wire = request.to_wire();
    let find = |part: &str| wire.find(part).unwrap()..wire.find(part).unwrap() + part.len();
    // Without its slash, the target is not valid HTTP.
    let mut places = vec![find(&request.target[1..]), find(&request.host), find(&request.body)];
    // Names are changed, too: a missing header is signed like one with another value.
    places.extend(request.headers.iter().map(|(name, value)| find(&format!("{name}: {value}"))));
    assert!(places.len() > 9 && !request.body.is_empty());
    let mut connection = Connection::open(&emulator).await;
    for at in places.into_iter().flatten().filter(|at| !b": ".contains(&wire.as_bytes()[*at])) {
        let mut bytes = wire.clone().into_bytes();
        bytes[at] = if bytes[at] == b'x' { b'y' } else { b'x' };
        let reply = connection.exchange(&bytes).await.unwrap();
        assert!(reply.status >= 400, "byte {at} of {wire}");
    }
    assert_eq!(send(&emulator, &wire).await.status, 200, "no attempt before used up its nonce");
    assert_eq!(send(&emulator, &wire).await.text("Code"), "SignatureNonceUsed");
}

#[tokio::test]
async fn v3_signatures_are_checked_against_the_request_that_arrived() {
    let (vector, sources) = captured("iot-Pub");
    let emulator = emulator_for(sources, "testid", "testsecret", "", text(&vector, "timestamp")).await;
    let good = || V3Request::minimal(&vector["v3"]);
    let edited = |edit: fn(&mut V3Request)| {
        let mut request = good();
        edit(&mut request);
        request
    };
    // The hash of `x`, which is not signed.
    let other_body = V3Request { body: "x".to_owned(), ..good() }
        .header("x-acs-content-sha256", "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881");
    let authorization = good().value("authorization");
    let of_other_host = edited(|request| request.host = "127.0.0.1".to_owned());
    let upper_case =
        authorization.rsplit_once('=').map(|(start, signature)| format!("{start}={}", signature.to_uppercase()));
    let cases = [
        ("an additional parameter", edited(|request| request.target += "&Extra=1"), "SignatureDoesNotMatch"),
        ("a repeated parameter", edited(|request| request.target += "&ProductKey=x"), "SignatureDoesNotMatch"),
        ("another method", edited(|request| request.method = "GET".to_owned()), "SignatureDoesNotMatch"),
        ("another path", edited(|request| request.target.insert(1, 'x')), "InvalidAction.NotFound"),
        ("another host", of_other_host, "SignatureDoesNotMatch"),
        ("another body", edited(|request| request.body += "&x=1"), "SignatureDoesNotMatch"),
        ("another body with its hash", other_body, "SignatureDoesNotMatch"),
        ("no hash of the body", good().without("x-acs-content-sha256"), "SignatureDoesNotMatch"),
        ("no nonce", good().without("x-acs-signature-nonce"), "SignatureDoesNotMatch"),
        ("no content type", good().without("content-type"), "SignatureDoesNotMatch"),
        ("an additional common header", good().header("x-acs-extra", "1"), "IncompleteSignature"),
        (
            "an unsigned host",
            good().header("authorization", &authorization.replace("host;", "")),
            "IncompleteSignature",
        ),
        (
            "no list of signed headers",
            good().header("authorization", &authorization.replace("Signed", "")),
            "IncompleteSignature",
        ),
        ("a signature in upper case", good().header("authorization", &upper_case.unwrap()), "SignatureDoesNotMatch"),
    ];
    for (name, request, code) in cases {
        assert_eq!(send(&emulator, &request.to_wire()).await.text("Code"), code, "{name}");
    }
    assert_eq!(
        send(&emulator, &good().header("x-other", "1").to_wire()).await.status,
        200,
        "an additional header that is not a common one"
    );
}

#[tokio::test]
async fn v3_checks_come_in_the_order_of_v1() {
    let (vector, sources) = captured("iot-Pub");
    let emulator = emulator_for(sources, "testid", "testsecret", "", text(&vector, "timestamp")).await;
    let good = V3Request::minimal(&vector["v3"]);
    let mut authorization = good.value("authorization");
    let signature = authorization.split_off(authorization.find(",Signature=").unwrap());
    let names = authorization.split_off(authorization.find(",SignedHeaders=").unwrap());
    let forged = ",Signature=6d020235a5fe17da1d388ae2c8c9b6a05364e0b61fd67ce55fcf3844f25a1c1a";

    // A request with every error. Each step fixes the one that was reported.
    let mut request = good
        .clone()
        .without("x-acs-version")
        .without("x-acs-action")
        .header("accept", "image/png")
        .header("authorization", "ACS3-HMAC-SM3")
        .header("x-acs-security-token", "t")
        .header("x-acs-date", "now");
    request.method = "PUT".to_owned();
    let set = |name: &'static str, value: &str| {
        let value = value.to_owned();
        move |request: V3Request| request.header(name, &value)
    };
    type Fix<'m> = Box<dyn Fn(V3Request) -> V3Request + 'm>;
    let steps: Vec<(&str, Fix<'_>)> = vec![
        ("MissingVersion", Box::new(set("x-acs-version", "1"))),
        ("MissingAction", Box::new(set("x-acs-action", "Nothing"))),
        ("InvalidVersion", Box::new(set("x-acs-version", &good.value("x-acs-version")))),
        ("InvalidAction.NotFound", Box::new(set("x-acs-action", &good.value("x-acs-action")))),
        ("UnsupportedHTTPMethod", Box::new(|request| V3Request { method: "POST".to_owned(), ..request })),
        ("InvalidParameter.Accept", Box::new(set("accept", "application/json"))),
        ("MissingAccessKeyId", Box::new(set("authorization", "ACS3-HMAC-SM3 Credential=nobody"))),
        ("InvalidAccessKeyId.NotFound", Box::new(set("authorization", "ACS3-HMAC-SM3 Credential=testid"))),
        ("InvalidSecurityToken.MismatchWithAccessKey", Box::new(|request| request.without("x-acs-security-token"))),
        ("InvalidTimeStamp.Format", Box::new(set("x-acs-date", "2025-01-02T03:04:05Z"))),
        ("InvalidTimeStamp.Expired", Box::new(set("x-acs-date", &good.value("x-acs-date")))),
        ("InvalidSignatureMethod", Box::new(set("authorization", &authorization))),
        ("MissingSignature", Box::new(set("authorization", &format!("{authorization}{forged}")))),
        ("IncompleteSignature", Box::new(set("authorization", &format!("{authorization}{names}{forged}")))),
        ("SignatureDoesNotMatch", Box::new(set("authorization", &format!("{authorization}{names}{signature}")))),
    ];
    for (code, fix) in steps {
        let reply = send(&emulator, &request.to_wire()).await;
        assert_eq!(reply.text("Code"), code, "{}", reply.body);
        request = fix(request);
    }
    assert_eq!(send(&emulator, &request.to_wire()).await.status, 200);
    assert_eq!(send(&emulator, &request.to_wire()).await.text("Code"), "SignatureNonceUsed");
}

#[tokio::test]
async fn v3_needs_the_token_and_a_recent_date() {
    let (vector, sources) = captured("seed-UnRegisterDeviceCredential-sts");
    let [id, secret, token, time] =
        ["accessKeyId", "secret", "securityToken", "timestamp"].map(|name| text(&vector, name));
    assert!(!token.is_empty());
    let good = V3Request::minimal(&vector["v3"]);
    let tokens = [
        (good.clone().without("x-acs-security-token"), "MissingSecurityToken"),
        (good.clone().header("x-acs-security-token", "other"), "InvalidSecurityToken.MismatchWithAccessKey"),
    ];
    let emulator = emulator_for(sources.clone(), id, secret, token, time).await;
    for (request, code) in tokens {
        assert_eq!(send(&emulator, &request.to_wire()).await.text("Code"), code);
    }
    let sent = humantime::parse_rfc3339(time).unwrap();
    let minutes = |minutes: u64| Duration::from_secs(60 * minutes);
    let second = Duration::from_secs(1);
    for (now, code) in [
        (sent + minutes(15), ""),
        (sent - minutes(15), ""),
        (sent + minutes(15) + second, "InvalidTimeStamp.Expired"),
        (sent - minutes(15) - second, "InvalidTimeStamp.Expired"),
    ] {
        let builder = Emulator::builder().sources(sources.clone()).clock(move || now).sts_account(id, secret, token);
        let reply = send(&builder.start().await.unwrap(), &good.to_wire()).await;
        assert_eq!(reply.text("Code"), code, "{}", reply.body);
    }
}

#[tokio::test]
async fn with_v3_the_accept_header_selects_the_format() {
    let (vector, sources) = captured("iot-Pub");
    let cases = [
        (None, Format::Xml),
        (Some("*/*"), Format::Xml),
        (Some("application/xml"), Format::Xml),
        (Some("text/xml;charset=utf-8"), Format::Xml),
        (Some("application/json"), Format::Json),
        (Some("text/html, Application/JSON;q=0.9, */*"), Format::Json),
    ];
    for (accept, format) in cases {
        let emulator = emulator_for(sources.clone(), "testid", "testsecret", "", text(&vector, "timestamp")).await;
        let request = V3Request::minimal(&vector["v3"]);
        let request = accept.iter().fold(request, |request, accept| request.header("accept", accept));
        let reply = send(&emulator, &request.to_wire()).await;
        assert_eq!(reply.status, 200, "{accept:?}: {}", reply.body);
        assert_eq!(emulator.calls()[0].format, format, "{accept:?}");
        let kind = if format == Format::Json { "application/json" } else { "text/xml" };
        assert!(reply.header("content-type").starts_with(kind), "{accept:?}: {reply:?}");
    }
}

#[tokio::test]
async fn with_v3_a_parameter_can_have_the_name_of_a_common_one_of_v1() {
    let emulator = lab(&[("Try", "response: [{ name: RequestId, type: String }]\n")]).start().await.unwrap();
    let wire = sign_v3("2030-01-01", "Try", "Timestamp=17&Version=v", "Signature=s");
    let reply = send(&emulator, &wire).await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    let call = emulator.calls().remove(0);
    assert_eq!(call.version, "2030-01-01");
    assert_eq!(json!(call.parameters), json!({ "Version": "v", "Timestamp": "17", "Signature": "s" }));
}

/// Returns an emulator with the official specs of the captured ROA calls.
async fn official_emulator(vector: &Value, secret: &str) -> Emulator {
    let time = humantime::parse_rfc3339(text(vector, "timestamp")).unwrap();
    let specs = concat!(env!("CARGO_MANIFEST_DIR"), "/../cli/tests/official/specs");
    let account = text(vector, "accessKeyId");
    let builder = Emulator::builder().specs(specs).clock(move || time);
    let builder = match text(vector, "securityToken") {
        "" => builder.account(account, secret),
        token => builder.sts_account(account, secret, token),
    };
    builder.start().await.unwrap_or_else(|error| panic!("{error}"))
}

#[tokio::test]
async fn captured_roa_calls_are_accepted_and_read_correctly() {
    let vectors = vectors("captured-roa.json", "vectors");
    assert_eq!(vectors.len(), 9);
    for mut vector in vectors {
        let v3 = vector["v3"].clone();
        if !text(&v3, "body").is_empty() {
            // The official client adds an empty list that is not in its input.
            vector["input"]["body"] = serde_json::from_str(text(&v3, "body")).unwrap();
        }
        for (request, facts) in [(V3Request::captured(&v3), &v3), (V3Request::minimal(&v3), &v3["minimal"])] {
            let (case, wire) = (text(&vector, "id"), request.to_wire());
            let emulator = official_emulator(&vector, text(&vector, "secret")).await;
            let reply = send(&emulator, &wire).await;
            assert_eq!(reply.status, 200, "{case}: {}", reply.body);
            let call = emulator.calls().remove(0);
            assert_matches(&call, &vector, case);
            assert_eq!(call.path, text(&vector, "path"), "{case}");
            let reply = send(&emulator, &wire).await;
            assert_eq!((reply.status, code_of(&reply).as_str()), (400, "SignatureNonceUsed"), "{case}");

            let stranger = official_emulator(&vector, "another secret").await;
            let reply = send(&stranger, &wire).await;
            assert_eq!((reply.status, code_of(&reply).as_str()), (400, "SignatureDoesNotMatch"), "{case}");
            let message = reply.text("message") + &reply.text("Message").replace("&#10;", "\n");
            assert_eq!(message, v3_mismatch(facts), "{case}");
        }
    }
}

/// Returns the code of an error. In JSON responses of ROA, the name of the member is in lower case.
fn code_of(reply: &Reply) -> String {
    reply.text("code") + &reply.text("Code")
}

#[tokio::test]
async fn changing_any_byte_breaks_a_captured_roa_call() {
    for vector in &vectors("captured-roa.json", "vectors") {
        let case = text(vector, "id");
        let emulator = official_emulator(vector, text(vector, "secret")).await;
        let request = V3Request::minimal(&vector["v3"]);
        let wire = request.to_wire();
        let find = |part: &str| wire.find(part).unwrap()..wire.find(part).unwrap() + part.len();
        let mut places = vec![find(&request.target[1..]), find(&request.host), find(&request.body)];
        places.extend(request.headers.iter().map(|(name, value)| find(&format!("{name}: {value}"))));
        let mut connection = Connection::open(&emulator).await;
        for at in places.into_iter().flatten().filter(|at| !b": ".contains(&wire.as_bytes()[*at])) {
            let mut bytes = wire.clone().into_bytes();
            bytes[at] = if bytes[at] == b'x' { b'y' } else { b'x' };
            let reply = connection.exchange(&bytes).await.unwrap();
            assert!(reply.status >= 400, "{case}: byte {at} of {wire}");
        }
        assert_eq!(send(&emulator, &wire).await.status, 200, "{case}: no attempt before used up its nonce");
    }
}
