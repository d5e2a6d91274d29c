//! Scenarios: scripted responses from Rust and YAML, and resources.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::time::Duration;

use crate::caller::{Connection, Request, lab, project_specs};
use alicloud_emulator::{Emulator, Scenario, ScriptedResponse};
use serde_json::json;

fn delete(id: &str) -> Request {
    Request::new("2014-05-26", "DeleteActivation").with("RegionId", "cn-hangzhou").with("ActivationId", id)
}

async fn emulator_with_scenario(yaml: &str) -> Emulator {
    project_specs().scenario(Scenario::parse(yaml).unwrap()).start().await.unwrap()
}

#[tokio::test]
async fn a_scenario_scripts_the_next_responses() {
    let emulator = emulator_with_scenario(
        "
accounts:
  - { id: testid, secret: testsecret }
  - { id: old, secret: secret, inactive: true }
  - { id: STS.id, secret: secret, token: token, expires: 2026-01-02T03:04:05Z }
responses:
  - { operation: DeleteActivation, error: ActivationId.InUse, times: 2 }
  - { operation: DeleteActivation, error: { status: 429, code: Slow, message: Down. }, headers: { x-acs-retry-after: 50 } }
  - { operation: DeleteActivation, status: 503, body: <busy>, content_type: text/html }
  - { operation: DeleteActivation, json: { RequestId: mine } }
  - { operation: DeleteActivation, headers: { x-note: usual } }
",
    )
    .await;
    for round in ["from the start", "after a reset"] {
        for _ in 0..2 {
            let reply = delete("a").send(&emulator).await;
            assert_eq!((reply.status, reply.text("Code").as_str()), (403, "ActivationId.InUse"), "{round}");
        }
        let reply = delete("a").send(&emulator).await;
        assert_eq!((reply.status, reply.text("Code").as_str(), reply.text("Message").as_str()), (429, "Slow", "Down."));
        assert_eq!(reply.header("x-acs-retry-after"), "50");
        let reply = delete("a").send(&emulator).await;
        assert_eq!((reply.status, reply.header("content-type"), &*reply.body), (503, "text/html", "<busy>"));
        let reply = delete("a").send(&emulator).await;
        assert_eq!((reply.status, reply.json()), (200, json!({ "RequestId": "mine" })));
        let reply = delete("a").send(&emulator).await;
        assert_eq!((reply.status, reply.header("x-note")), (200, "usual"));
        assert_eq!(
            delete("a").send(&emulator).await.header("x-note"),
            "",
            "after the scripted responses, calls get the usual one"
        );
        for (id, token, code) in
            [("old", "", "InvalidAccessKeyId.Inactive"), ("STS.id", "token", "InvalidSecurityToken.Expired")]
        {
            let reply = delete("a").account(id, "secret").with("SecurityToken", token).send(&emulator).await;
            assert_eq!(reply.text("Code"), code);
        }
        assert_eq!(emulator.calls().len(), 9);
        emulator.reset();
        assert_eq!(emulator.calls().len(), 0);
    }
}

#[tokio::test]
async fn the_scenario_in_the_guide_is_valid() {
    let guide = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../src/guide/emulator.md")).unwrap();
    let (_, rest) = guide.split_once("# Scenarios\n\n```yaml\n").unwrap();
    let (yaml, _) = rest.split_once("```").unwrap();
    let emulator = emulator_with_scenario(yaml).await;
    assert_eq!(delete("a").send(&emulator).await.text("Code"), "ActivationId.InUse");
}

#[tokio::test]
async fn resources_are_created_and_deleted_as_the_scenario_defines() {
    let fields = "response: [{ name: Device, type: Object, fields: [{ name: Id, type: Long }] }]\n";
    let made = "examples: [{ request: {}, json: '{\"Device\":{\"Id\":7}}', xml: '<MakeResponse/>' }]\n";
    let gone =
        "errors: [{ status: 404, code: Gone, message: It is gone. }, { status: 409, code: Known, message: Known. }]\n";
    let id = "parameters: [{ name: Key, type: String }, { name: Id, type: String }]\n";
    let specs = [
        ("Make", format!("{fields}{made}")),
        ("Activate", format!("{id}{gone}")),
        ("Look", format!("{id}{gone}")),
        ("Drop", format!("{id}{gone}")),
        ("Other", id.to_owned()),
    ];
    let specs: Vec<(&str, &str)> = specs.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let scenario = "
resources:
  - name: device
    id: [Key, Id]
    exist: [[k, '1']]
    create: [Activate]
    describe: [Look]
    delete: [Drop]
    missing: Gone
    existing: Known
  - { name: made, id: Id, create: [Make], delete: [Drop], missing: Gone, returned_at: Device.Id, exist: ['1', '2'] }
";
    let emulator = lab(&specs).scenario(Scenario::parse(scenario).unwrap()).start().await.unwrap();
    let call = |action: &str, key: &str, id: &str| {
        let parameters = [("Key", key), ("Id", id)].map(|(name, value)| (name.to_owned(), value.to_owned()));
        let mut request = Request::new("2030-01-01", action);
        request.query.extend(parameters.into_iter().filter(|(_, value)| !value.is_empty()));
        request
    };
    #[rustfmt::skip]
    let steps = [
        (call("Look", "k", "1"), 200, "it exists from the start"),
        (call("Activate", "k", "1"), 409, "it already exists"),
        (call("Look", "k", "2"), 404, "it was never created"),
        (call("Activate", "k", "2"), 200, "it was created"),
        (call("Look", "k", "2"), 200, "found"),
        (call("Drop", "k", "2"), 200, "deleted"),
        (call("Look", "k", "2"), 404, "gone"),
        (call("Drop", "k", "2"), 404, "it is already deleted"),
        (call("Other", "k", "2"), 200, "another operation does not use the resource"),
        (call("Look", "k", ""), 200, "no ID"),
        (call("Drop", "", "7"), 404, "it is not created yet"),
        (call("Make", "", ""), 200, "the ID is in the response"),
        (call("Drop", "", "7"), 200, "it was created"),
        (call("Make", "", "").with("Format", "XML"), 200, "in any format"),
        (call("Drop", "", "7"), 200, "it was created"),
        (call("Drop", "", "7"), 404, "gone"),
        (call("Make", "", ""), 200, "as the first time"),
        (call("Make", "", ""), 200, "another one"),
        (call("Make", "", "").with("Format", "XML"), 200, "and another one"),
        (call("Drop", "", "7"), 200, "the first"),
        (call("Drop", "", "8"), 200, "the second"),
        (call("Drop", "", "9"), 200, "the third"),
        (call("Drop", "", "10"), 404, "it was never created"),
        (call("Look", "k", "1").account("testid", "wrong"), 400, "calls that fail the checks change nothing"),
        (call("Drop", "k", "1").account("testid", "wrong"), 400, "calls that fail the checks change nothing"),
        (call("Look", "k", "1"), 200, "it still exists"),
    ];
    for (request, status, name) in steps {
        let reply = request.send(&emulator).await;
        assert_eq!(reply.status, status, "{name}: {}", reply.body);
        if status == 404 {
            assert_eq!((reply.text("Code").as_str(), reply.text("Message").as_str()), ("Gone", "It is gone."));
        }
    }
    // A scripted response replaces the effect of the call.
    emulator.fail_next("Drop", "Known").unwrap();
    assert_eq!(call("Drop", "k", "1").send(&emulator).await.status, 409);
    assert_eq!(call("Drop", "k", "1").send(&emulator).await.status, 200);
    emulator.reset();
    assert_eq!(call("Look", "k", "1").send(&emulator).await.status, 200, "a reset restores it");
}

#[tokio::test]
async fn a_deleted_activation_no_longer_exists() {
    let emulator = emulator_with_scenario(
        "resources: [{ name: activation, id: ActivationId, exist: [a], delete: [DeleteActivation], \
         missing: ActivationId.NotFound }]",
    )
    .await;
    assert_eq!(delete("a").send(&emulator).await.status, 200);
    let reply = delete("a").send(&emulator).await;
    assert_eq!((reply.status, reply.text("Code").as_str()), (404, "ActivationId.NotFound"));
    assert_eq!(emulator.calls().pop().unwrap().outcome.code.as_deref(), Some("ActivationId.NotFound"));
}

#[tokio::test(start_paused = true)]
async fn a_response_is_delayed_as_scripted() {
    let emulator = project_specs().start().await.unwrap();
    let hour = Duration::from_secs(60 * 60);
    emulator.respond_next("DeleteActivation", ScriptedResponse::usual().delay(hour).times(2)).unwrap();
    emulator.respond_next("DeleteActivation", ScriptedResponse::close().delay(hour)).unwrap();
    // The paused clock only advances when all tasks wait.
    for _ in 0..2 {
        let start = tokio::time::Instant::now();
        assert_eq!(delete("a").send(&emulator).await.status, 200);
        assert!(start.elapsed() >= hour);
        assert!(emulator.take_calls().pop().unwrap().took >= hour);
    }
    let start = tokio::time::Instant::now();
    assert!(Connection::open(&emulator).await.exchange(delete("a").to_wire().as_bytes()).await.is_none());
    assert!(start.elapsed() >= hour);
}

#[tokio::test]
async fn a_connection_is_reset_or_closed_as_scripted() {
    let emulator = project_specs().start().await.unwrap();
    emulator.respond_next("DeleteActivation", ScriptedResponse::reset()).unwrap();
    emulator.respond_next("DeleteActivation", ScriptedResponse::close()).unwrap();
    for expected in [Some(std::io::ErrorKind::ConnectionReset), None] {
        let mut connection = Connection::open(&emulator).await;
        connection.write(delete("a").to_wire().as_bytes()).await;
        assert_eq!(connection.ending().await, expected);
        assert_eq!(emulator.take_calls().pop().unwrap().outcome.status, None);
    }
    assert_eq!(delete("a").send(&emulator).await.status, 200);
}

#[tokio::test]
async fn errors_in_scenarios_name_their_location() {
    let entry = |more: &str| format!("responses: [{{ operation: ResetThing, {more} }}]");
    let both = "a response has at most one of `error`, `json`, `body` and `connection`";
    let with_body = "`status`, `content_type` and `truncated` need `json` or `body`";
    let unread = [
        ("responses: {", "the scenario: "),
        ("response: []", "the scenario: unknown field `response`"),
        ("responses: [{ error: x }]", "the scenario: responses[0]: missing field `operation`"),
        (&entry("code: x"), "the scenario: responses[0]: unknown field `code`"),
        (&entry("error: x, body: y"), &format!("response 1: {both}")),
        (&entry("json: {}, connection: close"), &format!("response 1: {both}")),
        (&entry("status: 500"), &format!("response 1: {with_body}")),
        (&entry("error: x, truncated: true"), &format!("response 1: {with_body}")),
        (&entry("error: { code: x }"), "response 1: `error` must be a documented code, or an object with"),
        (&entry("delay: soon"), "response 1: `delay` is `soon`; expected a duration, such as 500ms or 2s"),
        (&entry("connection: cut"), "the scenario: responses[0].connection: unknown variant `cut`"),
        ("accounts: [{ id: a }]", "the scenario: accounts[0]: missing field `secret`"),
        (
            "accounts: [{ id: a, secret: hush, expires: soon }]",
            "account 1: `expires` is `soon`; expected a time in UTC",
        ),
        (
            "resources: [{ name: n, id: [A, B], missing: x, exist: [a] }]",
            "resource `n`: `exist` contains [\"a\"]; expected one value",
        ),
        ("resources: [{ name: n, id: A, missing: x, returned_at: [] }]", ""),
        ("resources: [{ name: n, id: A, missing: x, returned_at: [b, c] }]", "resource `n`: `returned_at` is"),
    ];
    for (yaml, start) in unread {
        match Scenario::parse(yaml) {
            Err(error) => {
                assert!(!start.is_empty() && error.to_string().starts_with(start), "{yaml}: {error}");
                assert!(!error.to_string().contains("hush"));
            }
            Ok(_) => assert!(start.is_empty(), "{yaml}"),
        }
    }
    let missing = Scenario::read("no/such/file.yaml").unwrap_err().to_string();
    assert!(missing.starts_with("no/such/file.yaml: "), "{missing}");

    let resource = |more: &str| format!("resources: [{{ name: n, id: ActivationId, {more} }}]");
    let unplayed = [
        (entry("error: iot.x"), "response 1: `ResetThing` does not document `iot.x`"),
        (entry("json: {}, status: 99"), "response 1: a response cannot have the status 99: use 200 to 599"),
        (
            "responses: [{ operation: ResetThings }]".to_owned(),
            "response 1: no spec describes `ResetThings`; did you mean",
        ),
        (resource("delete: [DeleteActivations], missing: x"), "resource `n`: no spec describes `DeleteActivations`"),
        (resource("delete: [ResetThing], missing: x"), "resource `n`: `ResetThing` has no parameter `ActivationId`"),
        (resource("delete: [DeleteActivation], missing: x"), "resource `n`: `DeleteActivation` does not document `x`"),
    ];
    for (yaml, start) in unplayed {
        let error = project_specs().scenario(Scenario::parse(&yaml).unwrap()).start().await.unwrap_err();
        let start = format!("the scenario does not fit the specs: {start}");
        assert!(error.to_string().starts_with(&start), "{yaml}: {error}");
    }
}

#[test]
fn only_regular_files_of_limited_size_are_read_as_scenarios() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let large = folder.path().join("large.yaml");
    std::fs::File::create(&large).unwrap().set_len(17 << 20).unwrap();
    for (path, expected) in [
        (pipe.as_path(), "this is not a regular file"),
        (folder.path(), "this is not a regular file"),
        (std::path::Path::new("/dev/zero"), "this is not a regular file"),
        (&large, "the file is larger than 16 MiB"),
    ] {
        let error = Scenario::read(path).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }
}
