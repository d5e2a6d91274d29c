//! The admin API: its access checks, responses and requests.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use crate::caller::{Request, ask, lab, project_specs};
use alicloud_emulator::{Emulator, Scenario, ScriptError, ScriptedResponse};
use serde_json::{Value, json};

async fn get(emulator: &Emulator, target: &str) -> Value {
    let reply = ask(emulator, "GET", target, &[], "").await;
    assert_eq!((reply.status, reply.header("content-type")), (200, "application/json;charset=utf-8"), "{}", reply.body);
    reply.json()
}

fn delete() -> Request {
    Request::new("2014-05-26", "DeleteActivation").with("RegionId", "cn-hangzhou").with("ActivationId", "a")
}

#[tokio::test]
async fn calls_are_listed_and_can_be_filtered() {
    let emulator = project_specs().start().await.unwrap();
    emulator.fail_next("DeleteActivation", "ActivationId.InUse").unwrap();
    delete().header("user-agent", "a test").send(&emulator).await;
    Request::new("2018-01-20", "ResetThing").form("IotId", "i").send(&emulator).await;
    Request::new("2018-01-20", "ResetThing").with("Format", "XML").send(&emulator).await;

    let calls = get(&emulator, "/_emulator/calls").await;
    assert_eq!(calls["last"], 3);
    let mut first = calls["calls"][0].clone();
    for volatile in ["took_ms", "nonce"] {
        assert!(first.as_object_mut().unwrap().remove(volatile).is_some());
    }
    let parameters = json!({ "RegionId": "cn-hangzhou", "ActivationId": "a" });
    let expected = json!({
        "number": 1, "time": "2026-01-02T03:04:05.000Z", "product": "Ecs", "operation": "DeleteActivation",
        "version": "2014-05-26", "method": "POST", "path": "/", "host": "127.0.0.1", "user_agent": "a test",
        "signature": "V1", "format": "JSON", "parameters": parameters, "query": ["ActivationId", "RegionId"], "form": [],
        "headers": {}, "body_bytes": 0, "input": parameters, "status": 403, "code": "ActivationId.InUse",
    });
    assert_eq!(first, expected);

    let cases: &[(&str, &[u64])] = &[
        ("", &[1, 2, 3]),
        ("operation=ResetThing", &[2, 3]),
        ("product=Ecs", &[1]),
        ("product=Ecs&operation=ResetThing", &[]),
        ("status=200", &[2]),
        ("code=MissingParameter", &[3]),
        ("after=1", &[2, 3]),
        ("after=3", &[]),
        ("limit=2", &[2, 3]),
        ("limit=0", &[]),
        ("operation=&code=", &[1, 2, 3]),
    ];
    for (query, numbers) in cases {
        let found = get(&emulator, &format!("/_emulator/calls?{query}")).await;
        let found: Vec<u64> =
            found["calls"].as_array().unwrap().iter().map(|call| call["number"].as_u64().unwrap()).collect();
        assert_eq!(found, *numbers, "{query}");
    }
    for query in ["after=x", "limit=-1", "colour=red"] {
        assert_eq!(ask(&emulator, "GET", &format!("/_emulator/calls?{query}"), &[], "").await.status, 400, "{query}");
    }
    let deleted = ask(&emulator, "DELETE", "/_emulator/calls", &[], "").await;
    assert_eq!(deleted.json(), json!({ "deleted": 3 }));
    assert_eq!(get(&emulator, "/_emulator/calls").await, json!({ "calls": [], "last": 0 }));
    delete().send(&emulator).await;
    assert_eq!(get(&emulator, "/_emulator/calls").await["last"], 4, "the numbers of removed calls are not reused");
    assert_eq!(emulator.calls().len(), 1, "requests to the admin API are not recorded");
}

#[tokio::test]
async fn responses_are_scripted_all_or_none() {
    let emulator = project_specs().start().await.unwrap();
    let post = |body: &'static str| ask(&emulator, "POST", "/_emulator/responses", &[], body);
    let reply = post(r#"{"operation":"DeleteActivation","error":"ActivationId.InUse","times":2}"#).await;
    assert_eq!((reply.status, reply.json()), (200, json!({ "pending": { "DeleteActivation": 2 } })));
    let reply = post(
        r#"[{"operation":"DeleteActivation","status":503,"body":"busy"},{"operation":"ResetThing","connection":"close"}]"#,
    );
    assert_eq!(reply.await.json(), json!({ "pending": { "DeleteActivation": 3, "ResetThing": 1 } }));
    #[rustfmt::skip]
    let invalid = [
        ("", "EOF while parsing a value"),
        ("x", "expected value"),
        ("{}", "missing field `operation`"),
        (r#"{"operation":"DeleteActivation","colour":"red"}"#, "unknown field `colour`"),
        (r#"{"operation":"DeleteActivation","delay":"soon"}"#, "`delay` is `soon`"),
        (r#"{"operation":"DeleteActivations"}"#, "no spec describes `DeleteActivations`"),
        (r#"{"operation":"DeleteActivation","times":-1}"#, "invalid value"),
        (r#"{"operation":"DeleteActivation","json":{},"headers":{"a b":"c"}}"#, "the header `a b` cannot be sent"),
        (r#"[{"operation":"ResetThing"},{"operation":"ResetThing","error":"x"}]"#, "`ResetThing` does not document `x`"),
    ];
    for (body, start) in invalid {
        let reply = post(body).await;
        assert_eq!(reply.status, 400, "{body}");
        assert!(reply.text("error").starts_with(start), "{body}: {}", reply.body);
    }
    let deep = "[".repeat(100_000);
    assert_eq!(ask(&emulator, "POST", "/_emulator/responses", &[], &deep).await.status, 400);
    let large = "x".repeat(1024 * 1024 + 1);
    assert_eq!(ask(&emulator, "POST", "/_emulator/responses", &[], &large).await.status, 413);

    for (status, code) in [(403, "ActivationId.InUse"), (403, "ActivationId.InUse")] {
        let reply = delete().send(&emulator).await;
        assert_eq!((reply.status, reply.text("Code").as_str()), (status, code));
    }
    assert_eq!(delete().send(&emulator).await.body, "busy");
    assert_eq!(get(&emulator, "/_emulator/responses").await, json!({ "pending": { "ResetThing": 1 } }));
    let reply = ask(&emulator, "DELETE", "/_emulator/responses", &[], "").await;
    assert_eq!(reply.json(), json!({ "pending": {} }));
    assert_eq!(Request::new("2018-01-20", "ResetThing").with("IotId", "i").send(&emulator).await.status, 200);
}

#[tokio::test]
async fn a_reset_restores_the_initial_state() {
    let scenario = "
responses: [{ operation: ResetThing, error: Throttling }]
resources: [{ name: activation, id: ActivationId, exist: [a], delete: [DeleteActivation], missing: ActivationId.NotFound }]
";
    let emulator = project_specs().scenario(Scenario::parse(scenario).unwrap()).start().await.unwrap();
    let present =
        |ids: Value| json!({ "resources": [{ "name": "activation", "id": ["ActivationId"], "present": ids }] });
    let request = delete();
    for _ in 0..2 {
        assert_eq!(get(&emulator, "/_emulator/resources").await, present(json!([["a"]])));
        assert_eq!(request.send(&emulator).await.status, 200, "its nonce is unused");
        assert_eq!(get(&emulator, "/_emulator/resources").await, present(json!([])));
        assert_eq!(get(&emulator, "/_emulator/responses").await, json!({ "pending": { "ResetThing": 1 } }));
        ask(&emulator, "DELETE", "/_emulator/responses", &[], "").await;
        assert_eq!(ask(&emulator, "POST", "/_emulator/reset", &[], "").await.status, 200);
        assert!(emulator.calls().is_empty());
    }
}

#[tokio::test]
async fn operations_are_described() {
    let spec = "
doc: More of it.
limits: { qps: 5 }
parameters:
  - { name: Id, type: String, required: false, example: i-1, doc: Its ID., values: [i-1, i-2], default: i-2, length: { min: 1, max: 8 } }
  - { name: Tag, type: List<Object>, in: form, fields: [{ name: Key, type: String, sensitive: true }] }
response: [{ name: RequestId, type: String }]
errors: [{ status: 404, code: Gone, message: Gone., doc: It is not there. }]
examples: [{ request: { Id: i-1, Tag: [{ Key: k }] }, json: '{}' }]
";
    let emulator = lab(&[("Try", spec)]).start().await.unwrap();
    let expected = json!({ "operations": [{
        "product": "Lab", "version": "2030-01-01", "operation": "Try", "summary": "Tries something.",
        "doc": "More of it.", "api_style": "RPC", "methods": ["POST", "GET"], "path": "/", "qps": 5, "deprecated": false,
        "parameters": [
            { "name": "Id", "type": "String", "in": "query", "required": false, "doc": "Its ID.", "example": "i-1",
              "values": ["i-1", "i-2"], "default": "i-2", "limits": ["1 to 8 characters"], "sensitive": false, "fields": null },
            { "name": "Tag", "type": "List<Object>", "in": "form", "required": false, "doc": "The tags, or one tag.", "example": null, "values": [], "default": null,
              "limits": [], "sensitive": false, "fields": [
                { "name": "Key", "type": "String", "required": false, "doc": "The key.", "example": null, "values": [], "default": null,
                  "limits": [], "sensitive": true, "fields": null },
              ] },
        ],
        "any_of": [], "types": {}, "response_types": {},
        "response": [
            { "name": "RequestId", "type": "String", "required": false, "doc": "The ID of the request, for support tickets.", "example": null, "values": [], "default": null,
              "limits": [], "sensitive": false, "fields": null },
        ],
        "errors": [{ "status": 404, "code": "Gone", "message": "Gone.", "doc": "It is not there." }],
        "examples": [{ "Id": "i-1", "Tag": [{ "Key": "k" }] }],
    }] });
    assert_eq!(get(&emulator, "/_emulator/operations").await, expected);
    let index = get(&emulator, "/_emulator").await;
    assert_eq!(index["products"], json!([{ "product": "Lab", "version": "2030-01-01", "operations": 1 }]));
    // Every listed path exists.
    for line in index["api"].as_array().unwrap() {
        let (method, target) = line.as_str().unwrap().split_once(' ').unwrap();
        let body = match (method, target) {
            ("POST", "/_emulator/responses") => r#"{"operation":"Try"}"#,
            ("POST", "/_emulator/calls" | "/_emulator/requests") => {
                r#"{"product":"Lab","version":"2030-01-01","operation":"Try"}"#
            }
            _ => "",
        };
        assert_eq!(ask(&emulator, method, target, &[], body).await.status, 200, "{line}");
    }
}

#[tokio::test]
async fn only_this_machine_and_the_page_of_the_emulator_can_use_the_admin_api() {
    let closed = project_specs().start().await.unwrap();
    let open = project_specs().admin_from_anywhere().start().await.unwrap();
    type Case<'c> = (&'c str, &'c [(&'c str, &'c str)], [u16; 2]);
    let cases: &[Case<'_>] = &[
        ("a program", &[], [200, 200]),
        ("by name", &[("host", "localhost:8080")], [200, 200]),
        ("by a product's name", &[("host", "ecs.localhost:8080")], [200, 200]),
        ("by IPv6 address", &[("host", "[::1]:8080")], [200, 200]),
        ("by another address", &[("host", "192.0.2.7:8080")], [403, 200]),
        ("by a container's name", &[("host", "emulator:8080")], [403, 200]),
        ("by a foreign name", &[("host", "evil.example:8080")], [403, 403]),
        ("a name that looks alike", &[("host", "localhost.evil.example")], [403, 403]),
        ("an address that looks alike", &[("host", "127.0.0.1.evil.example")], [403, 403]),
        ("its own page", &[("host", "localhost:8080"), ("origin", "http://localhost:8080")], [200, 200]),
        ("a page of another port", &[("host", "localhost:8080"), ("origin", "http://localhost:81")], [403, 403]),
        ("a page of another origin", &[("origin", "https://evil.example")], [403, 403]),
        ("a page without an origin", &[("origin", "null")], [403, 403]),
    ];
    for (name, headers, statuses) in cases {
        for (emulator, status) in [&closed, &open].into_iter().zip(statuses) {
            for (method, target) in [("GET", "/_emulator/calls"), ("POST", "/_emulator/reset")] {
                let reply = ask(emulator, method, target, headers, "").await;
                assert_eq!(reply.status, *status, "{name}: {}", reply.body);
            }
        }
    }
    for (method, target, status) in [
        ("PUT", "/_emulator/calls", 405),
        ("PUT", "/_emulator/reset", 405),
        ("GET", "/_emulator/secrets", 404),
        ("GET", "/_emulator/calls/1", 404),
        ("GET", "/_emulators", 404),
    ] {
        assert_eq!(ask(&closed, method, target, &[], "").await.status, status, "{method} {target}");
    }
}

#[tokio::test]
async fn the_log_contains_no_secrets() {
    let spec = "
parameters:
  - { name: Id, type: String }
  - { name: Password, type: String, sensitive: true }
  - { name: Login, type: Object, fields: [{ name: Pin, type: String, sensitive: true }] }
";
    let builder = lab(&[("Try", spec)]).account("testid", "testsecret").sts_account("STS.id", "secret-1", "secret-2");
    let emulator = builder.start().await.unwrap();
    let request = |action: &str| {
        Request::new("2030-01-01", action)
            .account("STS.id", "secret-1")
            .with("SecurityToken", "secret-2")
            .with("Password", "secret-3")
            .with("Login.Pin", "secret-4")
            .with("Id", "seen")
            // A parameter that the spec does not contain could be a misspelled secret.
            .with("Pasword", "secret-5")
            .header("x-acs-security-token", "secret-6")
    };
    for (action, status) in [("Try", 200), ("Trie", 404)] {
        assert_eq!(request(action).send(&emulator).await.status, status);
    }
    let calls = get(&emulator, "/_emulator/calls").await;
    let shown = format!("{calls} {:?} {}", emulator.calls(), get(&emulator, "/_emulator").await);
    assert!(!shown.contains("secret-"), "{shown}");
    assert!(!shown.contains("testsecret"), "{shown}");
    assert_eq!(calls["calls"][0]["parameters"]["Id"], "seen");
    assert_eq!(calls["calls"][0]["parameters"]["Pasword"], "***");
}

#[tokio::test]
async fn scripted_responses_are_bounded_and_added_all_or_none() {
    let emulator = project_specs().start().await.unwrap();
    let entries: Vec<Value> = (0..6_000).map(|_| json!({ "operation": "DeleteActivation" })).collect();
    let entries = Value::Array(entries).to_string();
    assert_eq!(ask(&emulator, "POST", "/_emulator/responses", &[], &entries).await.status, 200);
    let rejected = ask(&emulator, "POST", "/_emulator/responses", &[], &entries).await;
    assert_eq!(rejected.status, 400);
    assert!(
        rejected.body.contains("at most 10000 responses and 256 MiB can be scripted at a time"),
        "{}",
        rejected.body
    );
    assert_eq!(get(&emulator, "/_emulator/responses").await["pending"]["DeleteActivation"], 6_000);
    let large = ScriptedResponse::raw(200, "text/plain", vec![b' '; 100 << 20]).times(u32::MAX);
    emulator.respond_next("DeleteActivation", large.clone()).unwrap();
    emulator.respond_next("DeleteActivation", large.clone()).unwrap();
    let error = emulator.respond_next("DeleteActivation", large).unwrap_err();
    assert!(matches!(error, ScriptError::TooManyResponses { .. }), "{error}");
    // A response that was sent makes room for another one.
    delete().send(&emulator).await;
    emulator.fail_next("DeleteActivation", "ActivationId.InUse").unwrap();
}
