//! `alicloud call`, run as a process against the emulator.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;

use alicloud_emulator::{ACCESS_KEY_ID, ACCESS_KEY_SECRET, Emulator, ScriptedResponse, SignatureVersion};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::folder::folder;
use crate::hand_written;
use crate::official_calls::{self, Sent};
use crate::program::{ACCESS_KEY, Ended, alicloud};

const SPECS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../specs");
const LAB: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/served/specs");

const SERVICE: &str = "\
product: Demo
version: 2020-01-01
style: RPC
endpoints: { host: demo.aliyuncs.com }
errors: [{ status: 503, code: Busy, message: Too much to do., doc: Come back later. }]
";

const SET: &str = "\
operation: SetUser
summary: Sets a user.
methods: [POST]
effect: write
parameters:
  - { name: Name, type: String, required: true, in: form, length: { max: 8 } }
  - { name: Age, type: Integer, range: { max: 150 } }
  - { name: Size, type: Long }
  - { name: Ratio, type: Double, range: { max: 20 } }
  - { name: Admin, type: Boolean }
  - { name: Labels, type: Map<String> }
  - { name: Groups, type: List<Object>, fields: [{ name: Id, type: String, required: true }, { name: Hint, type: String, sensitive: true }] }
  - { name: region, type: String }
  - { name: Anything, type: Any }
  - { name: Things, type: List<Any>, style: json }
  - { name: Password, type: String, in: form, sensitive: true, length: { min: 8, max: 30 } }
  - { name: Pin, type: Integer, sensitive: true, range: { max: 99999 } }
  - { name: Keys, type: Map<String>, style: json, sensitive: true }
response: [{ name: RequestId, type: String }]
errors:
  - { status: 404, code: NoGroup.%s, message: There is no such group., doc: Make it first. }
  - { status: 400, code: Odd, message: It is odd. }
  - { status: 409, code: Odd, message: It is odd again. }
examples:
  - request: { Name: n }
    json: '{\"RequestId\": \"R-1\"}'
";

/// Runs with only the AccessKey of the emulator in the environment.
fn call(arguments: &[&str]) -> Ended {
    call_with(&ACCESS_KEY, "", arguments)
}

fn call_with(environment: &[(&str, &str)], input: &str, arguments: &[&str]) -> Ended {
    Ended::with_input(alicloud(environment).arg("call").args(arguments), input)
}

fn demo() -> TempDir {
    folder(&[("demo/2020-01-01/service.yaml", SERVICE), ("demo/2020-01-01/SetUser.yaml", SET)])
}

async fn serve(specs: impl AsRef<Path>) -> Emulator {
    Emulator::start(specs).await.unwrap()
}

/// An emulator of the operations that were written by hand.
async fn hand_written() -> Emulator {
    Emulator::builder().sources(hand_written::files()).start().await.unwrap()
}

/// The request that a dry run shows.
fn request_of(shown: &str) -> &str {
    let (_, rest) = shown.split_once("== Request\n").unwrap();
    rest.split_once("\n\n== Rust\n").unwrap().0
}

#[tokio::test(flavor = "multi_thread")]
async fn responses_are_printed_unchanged_in_each_format_and_signature_version() {
    let emulator = hand_written().await;
    let model = hand_written::services();
    let iot = model.iter().find(|service| service.product == "Iot").unwrap();
    let example = &iot.operation("ResetThing").unwrap().examples[0];
    let (in_json, in_xml) = (example.json.as_deref().unwrap(), example.xml.as_deref().unwrap());
    for (product, signature, format, body) in [
        ("iot", "v3", "json", in_json),
        ("IOT", "v3", "xml", in_xml),
        ("Iot", "v1", "json", in_json),
        ("iOt", "v1", "xml", in_xml),
    ] {
        let arguments = ["ResetThing", "--signature", signature, "--IotId=-a b", "--endpoint", emulator.url()];
        let ended = call(&[&[product, "--format", format], &arguments[..]].concat());
        assert_eq!((ended.code, ended.errors.as_str()), (Some(0), ""));
        assert_eq!(ended.out.trim_end(), body.trim_end());
        let made = emulator.take_calls().pop().unwrap();
        assert_eq!(made.parameters, BTreeMap::from([("IotId".to_owned(), "-a b".to_owned())]));
        assert_eq!(made.signature == SignatureVersion::V1, signature == "v1");
    }
}

/// Compares requests with those of the official Python clients for the same parameters.
#[test]
fn requests_equal_those_of_official_clients() {
    for official in &official_calls::calls() {
        let of = |key: &str| official[key].as_str().unwrap();
        let start = [
            "--endpoint",
            "gateway.example",
            "--specs",
            official_calls::SPECS,
            "--dry-run",
            "--version",
            of("version"),
        ];
        let start = [&[of("product"), of("action")], &start[..]].concat();
        let object = official["input"].to_string();
        let mut parts = Vec::new();
        for (name, value) in official["input"].as_object().unwrap() {
            flatten(name, value, &mut parts);
        }
        let parts: Vec<&str> = parts.iter().flat_map(|(name, value)| [name.as_str(), value.as_str()]).collect();
        for given in [&["--params", object.as_str()][..], &parts] {
            let ended = call(&[&start, given].concat());
            assert_eq!((ended.code, ended.errors.as_str()), (Some(0), ""), "{}", of("id"));
            assert_eq!(sent(request_of(&ended.out), official), official_calls::expected(official), "{}", of("id"));
        }
    }
}

fn flatten(name: &str, value: &Value, to: &mut Vec<(String, String)>) {
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                flatten(&format!("{name}.{}", index + 1), item, to);
            }
        }
        Value::Object(members) => {
            for (key, member) in members {
                flatten(&format!("{name}.{key}"), member, to);
            }
        }
        Value::String(text) => to.push((format!("--{name}"), text.clone())),
        scalar => to.push((format!("--{name}"), scalar.to_string())),
    }
}

fn sent(request: &str, official: &Value) -> Value {
    let (head, body) = request.split_once("\n\n").unwrap();
    let mut line = head.split(' ');
    let (method, target) = (line.next().unwrap(), line.next().unwrap());
    assert_eq!(method, official["method"]);
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let is_json = head.contains("content-type: application/json");
    // The runtime generates a token if none is set.
    let has_token = official["input"]["ClientToken"].is_string();
    Sent { path, query, body, is_json }.comparable(official, |name| name == "ClientToken" && !has_token)
}

#[tokio::test(flavor = "multi_thread")]
async fn parameters_come_from_names_parts_files_and_standard_input() {
    let specs = demo();
    let emulator = serve(&specs).await;
    let file = specs.path().join("params.json");
    let object = r#"{"Name": "n", "Age": 7, "Groups": [{"Id": "g"}], "Labels": {"a.b": "c"}}"#;
    fs::write(&file, format!("\u{feff}{object}")).unwrap();
    let at_file = format!("@{}", file.display());
    let folder = specs.path().to_str().unwrap();
    let plain = json!({"Name": "n", "Age": "7", "Groups": [{"Id": "g"}], "Labels": {"a.b": "c"}});
    let any = json!({"Name": "n", "Anything": "5", "Things": ["5", 5, {"a": null}]});
    let cases: [(&str, &[&str], Value); 11] = [
        // Strings and numbers differ only in JSON.
        ("", &["--params", r#"{"Name": "n", "Anything": "5", "Things": ["5", 5, {"a": null}]}"#], any.clone()),
        ("", &["--Name", "n", "--Anything", "5", "--Things", r#"["5", 5, {"a": null}]"#], any),
        ("", &["--params", object], plain.clone()),
        ("", &["--params", &at_file], plain.clone()),
        (object, &["--params", "-"], plain.clone()),
        ("", &["--Name", "n", "--Age=7", "--Groups.1.Id", "g", "--Labels.a.b", "c"], plain.clone()),
        ("", &["--Name", "n", "--Age", "7", "--Groups", r#"[{"Id": "g"}]"#, "--Labels", r#"{"a.b": "c"}"#], plain),
        ("", &["--params", r#"{"Name": "n", "Age": 7}"#, "--Age", "8"], json!({"Name": "n", "Age": "8"})),
        // Numbers are sent unchanged.
        ("", &["--Name", "n", "--Ratio", "16"], json!({"Name": "n", "Ratio": "16"})),
        ("", &["--params", r#"{"Name": "n", "Ratio": 1.50}"#], json!({"Name": "n", "Ratio": "1.5"})),
        ("", &["--param", "region=mars", "--param=Name=a=b"], json!({"Name": "a=b", "region": "mars"})),
    ];
    for (input, arguments, expected) in cases {
        let key = [("ALIBABA_CLOUD_ACCESS_KEY_ID", "testid"), ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "testsecret")];
        let start = ["demo", "SetUser", "--specs", folder, "--endpoint", emulator.url()];
        let ended = call_with(&key, input, &[&start, arguments].concat());
        assert_eq!((ended.code, ended.errors.as_str()), (Some(0), ""), "{arguments:?}");
        assert_eq!(emulator.take_calls().pop().unwrap().input, expected, "{arguments:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn invalid_calls_are_reported_and_not_sent() {
    let specs = demo();
    let emulator = serve(&specs).await;
    let folder = specs.path().to_str().unwrap();
    let name = ["--Name", "n"];
    let deep = format!(r#"{{"Groups": {}"#, "[".repeat(10_000));
    let long_name = format!("--Labels{}", ".a".repeat(10_000));
    let cases: [(&[&str], &str); 30] = [
        (&["dmo", "SetUser"], "error: there is no product `dmo`\n  = help: did you mean `Demo`?"),
        (&["Ecs", "SetUser"], "error: `Ecs` 2014-05-26 has no operation `SetUser`\n  = help: "),
        (
            &["demo", "SetUsr"],
            "error: `demo` has no operation `SetUsr` in the specs\n  = help: did you mean `SetUser`?",
        ),
        (&["demo"], "error: the following required arguments were not provided:\n  <OPERATION>"),
        (&["demo", "SetUser"], "error: the request was not sent:\n  Name: is required\n"),
        (&["demo", "SetUser", "--Nam", "n"], "\n  Nam: is not a parameter of `SetUser`; did you mean `Name`?\n"),
        (
            &["demo", "SetUser", "--regoin", "n"],
            "\n  regoin: is not a parameter of `SetUser`; did you mean `region`?\n",
        ),
        (
            &["demo", "SetUser", "--dryrun", "n"],
            "\n  dryrun: is not a parameter of `SetUser`; did you mean `--dry-run`?\n",
        ),
        (&["demo", "SetUser", "--Zzzzzz", "n"], "\n  Zzzzzz: is not a parameter of `SetUser`; it has Name, Age, "),
        (
            &["demo", "SetUser", "--params", r#"{"Nmae": 1}"#],
            "\n  Nmae: is not a parameter of `SetUser`; did you mean `Name`?",
        ),
        (&["--Name", "123456789"], "\n  Name: has 9 characters, but at most 8 are allowed\n"),
        (&["--Name", "n", "--Name", "m"], "\n  Name: is given twice\n"),
        (&["--Name"], "error: `--Name` has no value\n"),
        (&["--region", "--Name", "n"], "error: a value is required for '--region <REGION>' but none was supplied\n"),
        (&["--Name.1", "n"], "\n  Name: is of type String and has no parts\n"),
        (&["--Age", "3.5"], "\n  Age: is of type Integer: a 32-bit whole number was expected\n"),
        (&["--Age", "151", "--Name", "n"], "\n  Age: is 151, but the maximum is 150\n"),
        (&["--Size", "9223372036854775808"], "\n  Size: is of type Long: a 64-bit whole number was expected\n"),
        (&["--Ratio", "21", "--Name", "n"], "\n  Ratio: is 21, but the maximum is 20\n"),
        (&["--Ratio", "NaN"], "\n  Ratio: is of type Double: a finite number was expected\n"),
        (&["--Admin", "yes"], "\n  Admin: is of type Boolean: `true` or `false` was expected\n"),
        (&["--Groups", "[{"], "\n  Groups: is not valid JSON for the type List<Object>: EOF "),
        (&["--Groups", "7"], "\n  Groups.1: is a single value, but its type is Object\n"),
        (&["--Groups.2.Id", "g"], "\n  Groups.1: is missing: the items of a list are counted from 1, without gaps\n"),
        (&["--Groups.1.Idd", "g"], "\n  Groups.1.Idd: is not a member of `Groups.1`; did you mean `Id`?\n"),
        (&["--Groups", "[]", "--Groups.1.Id", "g"], "\n  Groups: is given as a whole and in parts\n"),
        (&["--Name", "n", "--Groups", "[{}]"], "\n  Groups.1.Id: is required\n"),
        (&["--params", "[1]"], "error: `--params` is not a JSON object\n"),
        (&["--params", &deep], "error: `--params` is not valid JSON: recursion limit exceeded"),
        (&[&long_name, "x"], "\n  Labels: has more than 64 parts in a name\n"),
    ];
    for (arguments, expected) in cases {
        let mut all = vec!["--specs", folder, "--endpoint", emulator.url()];
        if arguments[0].starts_with('-') {
            all.extend(["demo", "SetUser"]);
        }
        let ended = call(&[&all, arguments].concat());
        assert_eq!((ended.code, ended.out.as_str()), (Some(2), ""), "{}", ended.errors);
        assert!(ended.errors.contains(expected), "{expected:?} is not in {:?}", ended.errors);
    }
    for (arguments, expected) in [
        (&["iot", "ResetThing", "--IotId", "i"][..], "no region is set"),
        (&["iot", "ResetThing", "--IotId", "i", "--region", "mars"], "no endpoint for region \"mars\""),
        (
            &["iot", "ResetThing", "--ProductKey", "p", "--region", "cn-shanghai"],
            "ProductKey, DeviceName: these must be set together",
        ),
        (&["iot", "ResetThing", "--region", "cn-shanghai"], "one of these is required: IotId; or ProductKey together"),
        (&["iot", "ResetThing", "--IotId", "i", "--method", "GET"], "the following required arguments"),
        (&["x", "Y", "--version", "1"], "the endpoint of `x` is unknown\n  = help: give one with `--endpoint`"),
        (&["demo", "SetUser", "--specs", folder, "--params", "@/nowhere/x"], "cannot read `/nowhere/x`: "),
    ] {
        let ended = call(arguments);
        assert_eq!((ended.code, ended.out.as_str()), (Some(2), ""), "{}", ended.errors);
        assert!(ended.errors.contains(expected), "{expected:?} is not in {:?}", ended.errors);
    }
    let ended = call_with(
        &[("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true")],
        "",
        &[&["demo", "SetUser", "--specs", folder, "--endpoint", emulator.url()], &name[..]].concat(),
    );
    assert_eq!(ended.code, Some(2));
    assert!(ended.errors.starts_with("error: no credentials: "), "{}", ended.errors);
    assert!(ended.errors.contains("`ALIBABA_CLOUD_ACCESS_KEY_ID` is not set"), "{}", ended.errors);
    assert!(emulator.calls().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn service_errors_are_printed_with_their_documentation() {
    let specs = demo();
    let emulator = serve(&specs).await;
    let folder = specs.path().to_str().unwrap();
    let cases = [
        (ScriptedResponse::documented("Busy"), "Busy", 503, "HTTP 503, Too much to do.\n    Come back later.\n"),
        (
            ScriptedResponse::error(404, "NoGroup.G1", "None."),
            "NoGroup.G1",
            404,
            "HTTP 404, There is no such group.\n    Make it first.\n",
        ),
        (ScriptedResponse::error(409, "Odd", "Odd."), "Odd", 409, "HTTP 409, It is odd again.\n"),
        (ScriptedResponse::error(418, "New", "New."), "New", 418, "no, the spec of SetUser does not have this code\n"),
    ];
    for (response, code, status, documented) in cases {
        emulator.respond_next("SetUser", response.times(3)).unwrap();
        let ended = call(&["demo", "SetUser", "--Name", "n", "--specs", folder, "--endpoint", emulator.url()]);
        emulator.reset();
        assert_eq!((ended.code, ended.out.as_str()), (Some(1), ""), "{}", ended.errors);
        assert!(ended.errors.starts_with(&format!("error: {code}: ")), "{}", ended.errors);
        for part in ["\n  = RequestId: ", &format!("\n  = HTTP status: {status}\n"), "\n  = host: 127.0.0.1\n"] {
            assert!(ended.errors.contains(part), "{part:?} is not in {}", ended.errors);
        }
        assert!(ended.errors.ends_with(&format!("\n  = documented: {documented}")), "{}", ended.errors);
        assert_eq!(ended.errors.matches("documented: ").count(), 1, "{}", ended.errors);
    }

    // Some products report failure with HTTP 200.
    let emulator = hand_written().await;
    emulator.fail_next("ResetThing", "iot.system.SystemException").unwrap();
    let ended = call(&["iot", "ResetThing", "--IotId", "i", "--endpoint", emulator.url()]);
    assert_eq!((ended.code, ended.out.as_str()), (Some(1), ""));
    let start = "error: iot.system.SystemException: A system exception occurred.\n  = RequestId: ";
    assert!(ended.errors.starts_with(start), "{}", ended.errors);
    assert!(ended.errors.contains("\n  = HTTP status: 200\n"), "{}", ended.errors);

    emulator.respond_next("ResetThing", ScriptedResponse::error(400, "Red", "\u{1b}[31mred\nline")).unwrap();
    let ended = call(&["iot", "ResetThing", "--IotId", "i", "--endpoint", emulator.url()]);
    assert!(ended.errors.starts_with("error: Red: \\u{1b}[31mred\n    line\n"), "{}", ended.errors);

    emulator.respond_next("ResetThing", ScriptedResponse::error(400, "Left", "\u{202e}tfel")).unwrap();
    let ended = call(&["iot", "ResetThing", "--IotId", "i", "--endpoint", emulator.url()]);
    assert!(ended.errors.starts_with("error: Left: \\u{202e}tfel\n"), "{}", ended.errors);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_timeout_ends_a_call() {
    let emulator = hand_written().await;
    emulator.respond_next("ResetThing", ScriptedResponse::silence()).unwrap();
    let ended = call(&["iot", "ResetThing", "--IotId", "i", "--endpoint", emulator.url(), "--timeout", "300ms"]);
    assert_eq!(ended.code, Some(1));
    assert!(ended.errors.contains("the call timed out after 300ms"), "{}", ended.errors);
    let ended = call(&["iot", "ResetThing", "--IotId", "i", "--endpoint", emulator.url(), "--timeout", "soon"]);
    assert_eq!((ended.code, ended.errors.contains("'--timeout <TIME>'")), (Some(2), true), "{}", ended.errors);
}

/// Sensitive fields of undecodable responses, and secrets that STS repeats to a profile that assumes a role.
#[tokio::test(flavor = "multi_thread")]
async fn secrets_of_responses_are_hidden() {
    let folder = demo();
    let spec = "operation: GetKey\nsummary: Gets a key.\nmethods: [POST]\neffect: read\nresponse:\n\
                - { name: Count, type: Integer }\n\
                - { name: Key, type: Object, fields: [{ name: Secret, type: String, sensitive: true }] }\n";
    fs::write(folder.path().join("demo/2020-01-01/GetKey.yaml"), spec).unwrap();
    let specs = folder.path().to_str().unwrap();
    let emulator = serve(folder.path()).await;
    let body = r#"{"Key":{"Secret":"hush"},"Count":1"#;
    emulator.respond_next("GetKey", ScriptedResponse::raw(500, "application/json", body).times(3)).unwrap();
    let ended = call(&["demo", "GetKey", "--specs", specs, "--endpoint", emulator.url()]);
    assert_eq!(ended.code, Some(1));
    assert!(ended.errors.contains("\"Secret***") && !ended.errors.contains("hush"), "{}", ended.errors);
    emulator.respond_next("GetKey", ScriptedResponse::raw(200, "application/json", "")).unwrap();
    let ended = call(&["demo", "GetKey", "--specs", specs, "--endpoint", emulator.url()]);
    assert!(ended.errors.contains("the body is empty"), "{}", ended.errors);
}

#[tokio::test(flavor = "multi_thread")]
async fn undecodable_and_missing_responses_are_failures() {
    let emulator = hand_written().await;
    emulator.respond_next("ResetThing", ScriptedResponse::raw(200, "text/html", "<html>busy")).unwrap();
    let ended = call(&["iot", "ResetThing", "--IotId", "i", "--endpoint", emulator.url()]);
    assert_eq!((ended.code, ended.out.as_str()), (Some(1), ""));
    assert!(ended.errors.starts_with("error: unreadable response: "), "{}", ended.errors);

    // Reads are retried. A write is not, because the service may have executed it.
    for (operation, given, attempts) in [("ResetThing", "--IotId", 1), ("GetTree", "--ClusterId", 3)] {
        let (product, specs) = if operation == "GetTree" { ("lab", LAB) } else { ("iot", SPECS) };
        let emulator = serve(specs).await;
        emulator.respond_next(operation, ScriptedResponse::close().times(3)).unwrap();
        let ended = call(&[product, operation, given, "i", "--specs", specs, "--endpoint", emulator.url()]);
        assert_eq!((ended.code, emulator.calls().len()), (Some(1), attempts), "{}", ended.errors);
    }

    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let closed = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let ended = call(&["iot", "ResetThing", "--IotId", "i", "--endpoint", &closed]);
    assert_eq!((ended.code, ended.out.as_str()), (Some(1), ""));
    assert!(ended.errors.starts_with("error: cannot connect to 127.0.0.1: "), "{}", ended.errors);
    assert!(ended.errors.contains("\n  = attempts: 3\n"), "{}", ended.errors);
}

/// Sends a request unchanged.
fn replay(emulator: &Emulator, request: &str) -> String {
    let (head, body) = request.split_once("\n\n").unwrap();
    let mut stream = TcpStream::connect(emulator.url().strip_prefix("http://").unwrap()).unwrap();
    write!(stream, "{}\r\nconnection: close\r\n\r\n{body}", head.replace('\n', "\r\n")).unwrap();
    let mut reply = String::new();
    stream.read_to_string(&mut reply).unwrap();
    reply
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dry_run_sends_nothing_and_shows_a_valid_request() {
    let specs = demo();
    let emulator = serve(&specs).await;
    let folder = specs.path().to_str().unwrap();
    let start = ["demo", "SetUser", "--specs", folder, "--endpoint", emulator.url(), "--dry-run"];
    let given = ["--Name", "n ü&*", "--Labels", r#"{"a b": "~+/"}"#, "--Age", "7"];
    for signature in ["v1", "v3"] {
        let ended = call(&[&start, &given[..], &["--signature", signature]].concat());
        assert_eq!((ended.code, ended.errors.as_str()), (Some(0), ""));
        assert!(emulator.calls().is_empty());
        let start =
            if signature == "v1" { "== String to sign\nPOST&%2F&" } else { "== String to sign\nACS3-HMAC-SHA256\n" };
        assert!(ended.out.starts_with("Nothing was sent.\n\n== Canonical "), "{}", ended.out);
        assert!(ended.out.contains(start), "{}", ended.out);
        assert!(!ended.out.contains(ACCESS_KEY_SECRET), "{}", ended.out);
        let reply = replay(&emulator, request_of(&ended.out));
        assert!(reply.starts_with("HTTP/1.1 200 "), "{reply}");
        let made = emulator.take_calls().pop().unwrap();
        assert_eq!(made.input, json!({"Name": "n ü&*", "Labels": {"a b": "~+/"}, "Age": "7"}));

        // Without a body, nothing follows the empty line.
        let arguments = ["iot", "ResetThing", "--IotId", "i", "--region", "cn-shanghai", "--signature", signature];
        let shown = call(&[&arguments[..], &["--dry-run"]].concat());
        assert_eq!(request_of(&shown.out).split_once("\n\n").unwrap().1, "");
    }
}

#[test]
fn a_dry_run_shows_rust_code_for_the_call() {
    let shown = call(&[
        "ecs",
        "DeleteActivation",
        "--RegionId",
        "r",
        "--ActivationId",
        "a\"",
        "--region",
        "cn-hangzhou",
        "--dry-run",
    ]);
    let (_, code) = shown.out.split_once("\n== Rust\n").unwrap();
    let expected = r#"use alicloud::ecs;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let config = alicloud::Config::new(alicloud::DefaultCredentials::new())
        .region("cn-hangzhou");
    let client = ecs::Client::new(&config)?;
    let request = ecs::DeleteActivationRequest::new("r", "a\"");
    let response = client.delete_activation(&request).await?;
    println!("{response:?}");
    Ok(())
}
"#;
    assert_eq!(code, expected);

    let specs = demo();
    let folder = specs.path().to_str().unwrap();
    let arguments =
        ["demo", "SetUser", "--specs", folder, "--endpoint", "http://h", "--signature", "v1", "--format", "xml"];
    let given = ["--Name", "n", "--Age", "7", "--Labels.a", "b", "--Groups.1.Id", "g", "--Admin", "TRUE", "--dry-run"];
    let shown = call(&[&arguments[..], &given].concat());
    for part in [
        "use crate::demo;\n",
        "alicloud_runtime::Config::new(",
        ".endpoint(\"http://h\")",
        ".signature_version(alicloud_runtime::SignatureVersion::V1)",
        ".format(alicloud_runtime::Format::Xml)",
        "demo::SetUserRequest::new(\"n\")",
        ".age(7)",
        ".admin(true)",
        "::new(\"g\")",
    ] {
        assert!(shown.out.contains(part), "{part:?} is not in {}", shown.out);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_secret_is_shown() {
    let specs = demo();
    let emulator = serve(&specs).await;
    let folder = specs.path().to_str().unwrap();
    let start = ["demo", "SetUser", "--specs", folder, "--endpoint", emulator.url(), "--Name", "n"];
    let secrets =
        ["--Password", "hush hush", "--Pin", "48151", "--Keys", r#"{"hushkey": "hush2"}"#, "--Groups.1.Id", "g"];
    let secrets = [&secrets[..], &["--Groups.1.Hint", "hush3"]].concat();
    let key = [("ALIBABA_CLOUD_ACCESS_KEY_ID", "id"), ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "hushsecret")];
    for signature in ["v1", "v3"] {
        for token in [None, Some(("ALIBABA_CLOUD_SECURITY_TOKEN", "hushtoken"))] {
            let environment: Vec<_> = key.into_iter().chain(token).collect();
            let arguments = [&start, &secrets[..], &["--signature", signature]].concat();
            let shown = call_with(&environment, "", &[&arguments[..], &["--dry-run"]].concat());
            assert_eq!((shown.code, shown.errors.as_str()), (Some(0), ""));
            assert!(
                shown
                    .out
                    .starts_with("Secrets are replaced with ***, and the signature is that of the shown request.\n")
            );
            assert!(!shown.out.contains("hush") && !shown.out.contains("48151"), "{}", shown.out);
            for part in ["Password=%2A%2A%2A", ".password(\"***\")", ".hint(\"***\")", "Groups.1.Id=g"] {
                assert!(shown.out.contains(part), "{part:?} is not in {}", shown.out);
            }
            assert_eq!(shown.out.contains("***\n"), token.is_some() && signature == "v3", "{}", shown.out);
            // The emulator does not know the AccessKey.
            let failed = call_with(&environment, "", &arguments);
            assert_eq!(failed.code, Some(1));
            assert!(!failed.errors.contains("hush") && !failed.errors.contains("48151"), "{}", failed.errors);
        }
    }
    // Services repeat parameters, and the string to sign if the signature does not match.
    let echo = ScriptedResponse::error(400, "Odd", "The password hush hush is odd.");
    let temporary = [("ALIBABA_CLOUD_ACCESS_KEY_ID", "sts"), ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "wrong")];
    let temporary = [temporary[0], temporary[1], ("ALIBABA_CLOUD_SECURITY_TOKEN", "hushtoken")];
    let known =
        [("ALIBABA_CLOUD_ACCESS_KEY_ID", ACCESS_KEY_ID), ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", ACCESS_KEY_SECRET)];
    let wrong = [known[0], ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "wrong")];
    let emulator = Emulator::builder().specs(&specs).account(ACCESS_KEY_ID, ACCESS_KEY_SECRET);
    let emulator = emulator.sts_account("sts", "s", "hushtoken").start().await.unwrap();
    emulator.respond_next("SetUser", echo.times(2)).unwrap();
    let start = ["demo", "SetUser", "--specs", folder, "--endpoint", emulator.url(), "--Name", "n"];
    for signature in ["v1", "v3"] {
        let plain = [&start[..], &["--signature", signature]].concat();
        let arguments = [&plain[..], &secrets].concat();
        let echoed = call_with(&known, "", &arguments);
        assert!(echoed.errors.starts_with("error: Odd: The password *** is odd.\n"), "{}", echoed.errors);
        for (environment, arguments) in [(&wrong[..], &arguments), (&temporary, &plain)] {
            let failed = call_with(environment, "", arguments);
            assert!(failed.errors.starts_with("error: SignatureDoesNotMatch: "), "{}", failed.errors);
            // The string to sign helps to find the error, and contains no secret.
            assert!(failed.errors.contains("***"), "{}", failed.errors);
            assert!(!failed.errors.contains("hush") && !failed.errors.contains("48151"), "{}", failed.errors);
        }
        let failed = call_with(&wrong, "", &plain);
        let sent = if signature == "v1" { "POST&%2F&" } else { "ACS3-HMAC-SHA256" };
        assert!(failed.errors.contains(sent), "{}", failed.errors);
    }
    // Limits of secrets are checked, and the error does not show the secret.
    for arguments in
        [["--Password", "hush"], ["--Pin", "hush"], ["--Pin", "4815162"], ["--Keys", "{hush"], ["--Passwrd", "hush"]]
    {
        let failed = call_with(&key, "", &[&start, &arguments[..], &["--dry-run"]].concat());
        assert_eq!((failed.code, failed.out.as_str()), (Some(2), ""));
        assert!(!failed.errors.contains("hush") && !failed.errors.contains("4815162"), "{}", failed.errors);
    }
    // A token alone is hidden, too.
    let environment = [key[0], key[1], ("ALIBABA_CLOUD_SECURITY_TOKEN", "hushtoken")];
    let shown = call_with(&environment, "", &[&start, &["--dry-run"][..]].concat());
    assert!(!shown.out.contains("hush") && shown.out.contains("x-acs-security-token: ***\n"), "{}", shown.out);
}

#[test]
fn a_dry_run_without_credentials_uses_and_reports_sample_credentials() {
    let shown = call_with(&[], "", &["iot", "ResetThing", "--IotId", "i", "--region", "cn-shanghai", "--dry-run"]);
    assert_eq!((shown.code, shown.errors.as_str()), (Some(0), ""));
    let start = "No credentials were found: signed with a sample AccessKey.\nNothing was sent.\n";
    assert!(shown.out.starts_with(start), "{}", shown.out);
    assert!(shown.out.contains("Credential=YourAccessKeyId,"), "{}", shown.out);
}

#[tokio::test(flavor = "multi_thread")]
async fn profiles_have_credentials_and_a_region() {
    let emulator = hand_written().await;
    let home = TempDir::new().unwrap();
    fs::create_dir(home.path().join(".aliyun")).unwrap();
    let profile = |name: &str, id: &str, secret: &str| json!({"name": name, "mode": "AK", "access_key_id": id, "access_key_secret": secret, "region_id": "cn-shanghai"});
    let profiles = [profile("one", "nobody", "hush"), profile("two", ACCESS_KEY_ID, ACCESS_KEY_SECRET)];
    let config = json!({"current": "one", "profiles": profiles}).to_string();
    fs::write(home.path().join(".aliyun/config.json"), config).unwrap();
    let file = home.path().join(".aliyun/config.json");
    let environment = [("HOME", home.path().to_str().unwrap())];
    let call = |more: &[&str]| call_with(&environment, "", &[&["iot", "ResetThing", "--IotId", "i"], more].concat());
    #[cfg(unix)]
    for (mode, warning) in [(0o644, "warning: other users can read the credentials in "), (0o600, "")] {
        use std::os::unix::fs::PermissionsExt as _;

        fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
        let served = call(&["--profile", "two", "--endpoint", emulator.url()]);
        assert_eq!((served.code, served.errors.is_empty()), (Some(0), warning.is_empty()), "{}", served.errors);
        assert!(served.errors.starts_with(warning), "{}", served.errors);
    }
    let failed = call(&["--endpoint", emulator.url()]);
    assert!(failed.errors.starts_with("error: InvalidAccessKeyId.NotFound: "), "{}", failed.errors);
    for (more, id) in [(&["--dry-run"][..], "nobody"), (&["--profile", "two", "--dry-run"], ACCESS_KEY_ID)] {
        let shown = call(more);
        for part in ["host: iot.cn-shanghai.aliyuncs.com\n", &format!("Credential={id},")] {
            assert!(shown.out.contains(part), "{part:?} is not in {}", shown.out);
        }
        assert!(!shown.out.contains("hush") && !shown.out.contains(ACCESS_KEY_SECRET), "{}", shown.out);
    }
    let unknown = call(&["--profile", "three", "--dry-run"]);
    assert_eq!((unknown.code, unknown.errors.contains("`three`")), (Some(2), true), "{}", unknown.errors);
}

#[tokio::test(flavor = "multi_thread")]
async fn anonymous_calls_have_no_signature() {
    let emulator = Emulator::builder().sources(hand_written::files()).anonymous().start().await.unwrap();
    let arguments = ["iot", "ResetThing", "--IotId", "i", "--endpoint", emulator.url(), "--anonymous"];
    assert_eq!(call_with(&[], "", &arguments).code, Some(0));
    let shown = call_with(&[], "", &[&arguments[..], &["--dry-run"]].concat());
    assert!(shown.out.starts_with("Nothing was sent.\n\n== Request\n"), "{}", shown.out);
    assert!(!request_of(&shown.out).contains("authorization"), "{}", shown.out);
}

#[tokio::test(flavor = "multi_thread")]
async fn with_a_version_any_operation_can_be_called() {
    // The emulator serves operations that the bundled specs do not contain.
    let emulator = serve(LAB).await;
    let start = ["lab", "GetTree", "--version", "2030-01-01", "--endpoint", emulator.url()];
    let ended = call(&[&start[..], &["--method", "get", "--path", "/clusters/c%2F1"]].concat());
    let expected = "no spec describes `GetTree` of lab 2030-01-01, so nothing in the call is checked\n";
    assert_eq!((ended.code, ended.errors.as_str()), (Some(0), expected));
    assert!(ended.out.starts_with(r#"{"requestId": "R-3""#), "{}", ended.out);
    let made = emulator.take_calls().pop().unwrap();
    assert_eq!((made.method.as_str(), made.input), ("GET", json!({"ClusterId": "c/1"})));

    let body = r#"{"Id": "o"}"#;
    let start = ["lab", "PutNode", "--version", "2030-01-01", "--endpoint", emulator.url(), "--method", "PUT"];
    let given = ["--path", "/clusters/c/nodes/6", "--body", body, "--params", r#"{"DryRun": true}"#];
    let ended = call(&[&start[..], &given].concat());
    assert_eq!(ended.code, Some(0), "{}", ended.errors);
    let made = emulator.take_calls().pop().unwrap();
    assert_eq!((&made.input["body"], &made.input["DryRun"]), (&json!({"Id": "o"}), &json!("true")));

    // A known product needs no endpoint.
    let arguments = ["Ecs", "TagAll", "--version", "2014-05-26", "--region", "cn-hangzhou", "--dry-run"];
    let shown =
        call(&[&arguments[..], &["--Tag.1.Key", "k", "--params", r#"{"Ids": ["a", "b"], "On": true}"#]].concat());
    assert_eq!(shown.code, Some(0), "{}", shown.errors);
    assert!(
        shown.out.contains("POST /?Ids.1=a&Ids.2=b&On=true&Tag.1.Key=k HTTP/1.1\nhost: ecs.cn-hangzhou.aliyuncs.com\n")
    );
    assert!(shown.out.contains(".parameter(\"Tag.1.Key\", \"k\")"), "{}", shown.out);

    let described = ["iot", "ResetThing", "--version", "2018-01-20", "--method", "GET", "--region", "cn-shanghai"];
    let failed = call(&described);
    assert!(
        failed.errors.starts_with("error: `ResetThing` has a spec, which defines how it is sent\n"),
        "{}",
        failed.errors
    );
    for path in ["x", "/a?b=c", "/a/../b", "/a/%2E%2e", "/ü", "/{a}", "/a b", "/a\\b"] {
        let failed = call(&["x", "Y", "--version", "1", "--endpoint", emulator.url(), "--path", path]);
        assert_eq!(failed.code, Some(2));
        let expected = format!("error: `{path}` is not a percent-encoded path\n");
        assert!(failed.errors.contains(&expected), "{}", failed.errors);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn recursive_types_are_as_deep_as_their_values() {
    let emulator = serve(LAB).await;
    let body = json!({"Id": "a", "Nodes": [{"Id": "b", "Nodes": [{"Id": "c", "Next": {"Id": "d"}}]}]});
    let params = json!({"ClusterId": "c", "NodeId": 5, "body": body, "x-lab-meta-*": {"Owner": "me"}}).to_string();
    let start = ["lab", "PutNode", "--specs", LAB, "--endpoint", emulator.url(), "--params"];
    let ended = call(&[&start[..], &[&params]].concat());
    assert_eq!((ended.code, ended.errors.as_str()), (Some(0), ""));
    let made = emulator.take_calls().pop().unwrap();
    assert_eq!(made.input["body"], body);
    assert_eq!(made.input["x-lab-meta-*"], json!({"owner": "me"}));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_error_in_a_spec_is_reported_and_only_affects_its_operation() {
    let specs = demo();
    let emulator = serve(&specs).await;
    fs::write(specs.path().join("demo/2020-01-01/DropUser.yaml"), "operation: DropUser\nmethods: [POTS]\n").unwrap();
    let folder = specs.path().to_str().unwrap();
    for (operation, code) in [("SetUser", 0), ("DropUser", 2)] {
        let ended = call(&["demo", operation, "--Name", "n", "--specs", folder, "--endpoint", emulator.url()]);
        assert_eq!(ended.code, Some(code), "{}", ended.errors);
        let expected =
            format!("in the specs; operations with errors are omitted. `alicloud check {folder}` shows the errors\n");
        assert!(ended.errors.contains(&expected), "{}", ended.errors);
    }
    assert_eq!(emulator.calls().len(), 1);
}
