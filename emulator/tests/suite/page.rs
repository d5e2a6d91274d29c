//! The page: which requests get it, what it can do, and the calls that the emulator sends for it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::time::Duration;

use crate::caller::{Reply, ask, lab, lab_with, now, project_specs, roa_lab};
use alicloud_emulator::{Account, Emulator, ScriptedResponse};
use serde_json::{Value, json};

const BROWSER: (&str, &str) = ("accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");

async fn page_call(emulator: &Emulator, kind: &str, call: &Value) -> Reply {
    ask(emulator, "POST", &format!("/_emulator/{kind}"), &[], &call.to_string()).await
}

fn delete(parameters: &Value) -> Value {
    json!({ "product": "Ecs", "version": "2014-05-26", "operation": "DeleteActivation", "parameters": parameters })
}

fn lab_call(operation: &str, parameters: &Value) -> Value {
    json!({ "product": "Lab", "version": "2030-01-01", "operation": operation, "parameters": parameters })
}

fn with(mut call: Value, name: &str, value: &str) -> Value {
    call[name] = value.into();
    call
}

/// Sends a request as the page shows it, on a new connection.
async fn send_as_shown(emulator: &Emulator, shown: &Value) -> Reply {
    let request = &shown["request"];
    let text = |value: &'static str| request[value].as_str().unwrap();
    let pairs = request["headers"].as_array().unwrap().iter();
    let headers: Vec<_> = pairs.map(|pair| (pair[0].as_str().unwrap(), pair[1].as_str().unwrap())).collect();
    let host = headers.iter().find(|(name, _)| *name == "host").unwrap().1;
    let target = text("url").strip_prefix("http://").unwrap().strip_prefix(host).unwrap();
    ask(emulator, text("method"), target, &headers, text("body")).await
}

#[tokio::test]
async fn browsers_get_the_page_and_calls_their_responses() {
    let emulator = project_specs().anonymous().start().await.unwrap();
    let json = "application/json;charset=utf-8";
    let xml = "text/xml;charset=utf-8";
    let html = "text/html;charset=utf-8";
    type Case<'c> = (&'c str, &'c str, &'c str, &'c [(&'c str, &'c str)], u16, &'c str);
    let call = "/?Action=ResetThing&Version=2018-01-20&IotId=i&Format=JSON";
    #[rustfmt::skip]
    let cases: &[Case<'_>] = &[
        ("a browser", "GET", "/", &[BROWSER], 200, html),
        ("by name", "GET", "/", &[BROWSER, ("host", "localhost:8080")], 200, html),
        ("in capitals", "GET", "/", &[("accept", "TEXT/HTML")], 200, html),
        ("a program", "GET", "/", &[], 400, xml),
        ("a program that accepts anything", "GET", "/", &[("accept", "*/*")], 400, xml),
        ("a similar media type", "GET", "/", &[("accept", "text/htmlx, application/json")], 400, xml),
        ("a call in a browser", "GET", call, &[BROWSER], 200, json),
        ("an incomplete call", "GET", "/?Version=2018-01-20", &[BROWSER], 400, xml),
        ("a call by headers", "GET", "/", &[BROWSER, ("x-acs-action", "X"), ("x-acs-version", "2018-01-20")], 404, xml),
        ("a post", "POST", "/", &[BROWSER], 400, xml),
        ("another path", "GET", "/index.html", &[BROWSER], 404, xml),
        ("the script", "GET", "/_emulator/page.js", &[], 200, "text/javascript;charset=utf-8"),
        ("the style", "GET", "/_emulator/page.css", &[], 200, "text/css;charset=utf-8"),
        ("the icon", "GET", "/_emulator/icon.svg", &[], 200, "image/svg+xml"),
        ("an unknown file", "GET", "/_emulator/page.rs", &[], 404, json),
        ("a write to a file", "PUT", "/_emulator/page.js", &[], 404, json),
        ("a page of another origin", "GET", "/_emulator/page.js", &[("origin", "https://evil.example")], 403, json),
        ("a foreign name", "GET", "/", &[BROWSER, ("host", "evil.example")], 403, json),
    ];
    for (name, method, target, headers, status, content_type) in cases {
        let reply = ask(&emulator, method, target, headers, "").await;
        assert_eq!((reply.status, reply.header("content-type")), (*status, *content_type), "{name}: {}", reply.body);
        assert_eq!(reply.header("content-security-policy").is_empty(), [json, xml].contains(content_type), "{name}");
    }
    let logged: Vec<String> = emulator.calls().into_iter().map(|call| call.operation).collect();
    assert_eq!(logged.len(), 8, "requests for the page are not recorded: {logged:?}");
}

#[tokio::test]
async fn the_page_loads_nothing_from_other_origins_and_runs_nothing_inline() {
    let emulator = project_specs().start().await.unwrap();
    let page = ask(&emulator, "GET", "/", &[BROWSER], "").await;
    let policy: Vec<&str> = page.header("content-security-policy").split("; ").collect();
    assert!(policy.contains(&"default-src 'self'"), "{policy:?}");
    assert!(policy.contains(&"frame-ancestors 'none'"), "{policy:?}");
    assert!(!policy.iter().any(|rule| rule.contains("unsafe") || rule.contains('*')), "{policy:?}");
    assert_eq!(page.header("x-content-type-options"), "nosniff");
    assert_eq!(page.header("vary"), "accept");
    // Every link of the page works, and none has another origin.
    for part in page.body.split('<').filter(|part| part.starts_with("script") || part.starts_with("link")) {
        let target = part.split('"').find(|text| text.starts_with('/')).expect(part);
        assert_eq!(ask(&emulator, "GET", target, &[], "").await.status, 200, "{target}");
        assert!(!part.starts_with("script") || part.trim_end().ends_with('>'), "an inline script: {part}");
    }
    let mut scripts = vec!["page".to_owned()];
    let mut script = String::new();
    while let Some(name) = scripts.pop() {
        let reply = ask(&emulator, "GET", &format!("/_emulator/{name}.js"), &[], "").await;
        assert_eq!(reply.status, 200, "{name}");
        for part in reply.body.split("from \"./").skip(1) {
            scripts.push(part.split_once(".js\"").expect(part).0.to_owned());
        }
        script += &reply.body;
    }
    for sink in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "http://", "https://"] {
        assert!(!script.contains(sink) && !page.body.contains(sink), "{sink}");
    }
    for tag in page.body.split('<').filter_map(|part| part.split('>').next()) {
        assert!(!tag.contains(" style=") && !tag.contains(" on"), "an inline style or handler: {tag}");
    }
}

#[tokio::test]
async fn a_request_signed_for_the_page_is_accepted_as_shown() {
    let spec = "
parameters:
  - { name: Text, type: String }
  - { name: Number, type: Long, in: form }
  - { name: Tag, type: List<Object>, in: form, fields: [{ name: Key, type: String }, { name: Counts, type: List<Long> }] }
  - { name: Labels, type: Map<String>, style: flat }
  - { name: Policy, type: Object, style: json, fields: [{ name: Version, type: Integer }] }
  - { name: Ids, type: List<String>, style: simple }
";
    let emulator = lab(&[("Try", spec)]).start().await.unwrap();
    let parameters = json!({
        "Text": "a b+c*d~e/中<&>\"", "Number": "9223372036854775807",
        "Tag": "[{\"Key\": \"k\", \"Counts\": [9007199254740993, 2]}, {\"Key\": \"\"}]",
        "Labels": { "a.b": "c", "中": "d" }, "Policy": { "Version": 1 }, "Ids": ["x", "y"],
    });
    for signature in ["V1", "V3"] {
        for format in ["JSON", "XML"] {
            let call = with(with(lab_call("Try", &parameters), "signature", signature), "format", format);
            let shown = page_call(&emulator, "requests", &call).await.json();
            assert_eq!(shown["response"], Value::Null);
            let url = shown["request"]["url"].as_str().unwrap();
            assert!(url.starts_with("http://lab.localhost:80/?"), "{url}");
            let reply = send_as_shown(&emulator, &shown).await;
            assert_eq!(reply.status, 200, "{}", reply.body);
            assert!(reply.header("content-type").contains(&format.to_lowercase()));
            let again = send_as_shown(&emulator, &shown).await;
            assert_eq!(again.text("Code"), "SignatureNonceUsed", "the nonce was checked");
        }
    }
    let expected = json!({
        "Text": "a b+c*d~e/中<&>\"", "Number": "9223372036854775807",
        "Tag": [{ "Key": "k", "Counts": ["9007199254740993", "2"] }, { "Key": "" }],
        "Labels": { "a.b": "c", "中": "d" }, "Policy": { "Version": "1" }, "Ids": ["x", "y"],
    });
    for call in emulator.calls() {
        assert_eq!(call.input, expected);
        assert_eq!(call.form.len(), 5, "{:?}", call.form);
    }
}

#[tokio::test]
async fn the_string_to_sign_is_the_documented_one() {
    let emulator = project_specs().start().await.unwrap();
    let parameters = json!({ "RegionId": "cn-hangzhou", "ActivationId": "a b" });
    let shown = page_call(&emulator, "requests", &with(delete(&parameters), "signature", "V1")).await.json();
    let nonce = shown["request"]["url"].as_str().unwrap().split_once("SignatureNonce=").unwrap().1;
    let nonce = nonce.split('&').next().unwrap();
    assert_eq!(
        shown["string_to_sign"],
        format!(
            "POST&%2F&AccessKeyId%3Dtestid%26Action%3DDeleteActivation%26ActivationId%3Da%2520b%26Format%3DJSON\
             %26RegionId%3Dcn-hangzhou%26SignatureMethod%3DHMAC-SHA1%26SignatureNonce%3D{nonce}\
             %26SignatureVersion%3D1.0%26Timestamp%3D2026-01-02T03%253A04%253A05Z%26Version%3D2014-05-26"
        )
    );
    assert_eq!(shown["canonical_request"], Value::Null);
    let shown = page_call(&emulator, "requests", &delete(&parameters)).await.json();
    assert!(shown["string_to_sign"].as_str().unwrap().starts_with("ACS3-HMAC-SHA256\n"));
    let canonical = shown["canonical_request"].as_str().unwrap();
    assert!(
        canonical.starts_with("POST\n/\nActivationId=a%20b&RegionId=cn-hangzhou\nhost:ecs.localhost:80\n"),
        "{canonical}"
    );
}

#[tokio::test]
async fn a_call_of_the_page_is_handled_like_any_other() {
    let emulator = project_specs().start().await.unwrap();
    let good = json!({ "RegionId": "cn-hangzhou", "ActivationId": "a" });
    emulator.fail_next("DeleteActivation", "ActivationId.InUse").unwrap();
    let cases = [
        (delete(&good), json!(403), "\"ActivationId.InUse\""),
        (delete(&good), json!(200), "\"RequestId\""),
        (with(delete(&good), "format", "XML"), json!(200), "<RequestId>"),
        (delete(&json!({ "RegionId": "cn-hangzhou" })), json!(400), "\"MissingActivationId\""),
    ];
    for (number, (call, status, part)) in (1..).zip(cases) {
        let result = page_call(&emulator, "calls", &call).await.json();
        let response = &result["response"];
        assert_eq!((&response["status"], &response["complete"]), (&status, &json!(true)), "{result}");
        assert!(response["body"].as_str().unwrap().contains(part), "{result}");
        let log = ask(&emulator, "GET", &format!("/_emulator/calls?after={}", number - 1), &[], "").await.json();
        let logged = &log["calls"][0];
        let common = (&logged["operation"], &logged["status"], &logged["signature"], &logged["host"]);
        assert_eq!(common, (&json!("DeleteActivation"), &status, &json!("V3"), &json!("ecs.localhost")));
        assert_eq!(logged["user_agent"], "alicloud-emulator");
    }
    emulator.respond_next("DeleteActivation", ScriptedResponse::close()).unwrap();
    let result = page_call(&emulator, "calls", &delete(&good)).await.json();
    assert_eq!(result["response"], json!({ "connection": "close" }));
}

#[tokio::test(start_paused = true)]
async fn a_delayed_response_arrives_late() {
    let emulator = project_specs().start().await.unwrap();
    emulator.respond_next("ResetThing", ScriptedResponse::usual().delay(Duration::from_secs(9))).unwrap();
    let reset =
        json!({ "product": "Iot", "version": "2018-01-20", "operation": "ResetThing", "parameters": { "IotId": "i" } });
    let begin = tokio::time::Instant::now();
    assert_eq!(page_call(&emulator, "calls", &reset).await.json()["response"]["status"], 200);
    assert!(begin.elapsed() >= Duration::from_secs(9));
}

#[tokio::test]
async fn parameters_are_placed_in_paths_headers_hosts_and_bodies() {
    let spec = "
methods: [PUT]
path: /clusters/{Id}/parts
parameters:
  - { name: Id, type: String, in: path }
  - { name: Bucket, type: String, in: host }
  - { name: x-lab-mode, type: String, in: header }
  - { name: x-lab-meta-*, type: Map<String>, in: header }
  - { name: Body, type: Object, in: body, fields: [{ name: Size, type: Long }] }
";
    let emulator = roa_lab("", &[("PutPart", spec)]).start().await.unwrap();
    let all = json!({
        "Id": "a/b 中", "Bucket": "box", "x-lab-mode": "fast", "x-lab-meta-*": { "one": "1" }, "Body": "{\"Size\": 7}",
    });
    let result = page_call(&emulator, "calls", &lab_call("PutPart", &all)).await.json();
    assert_eq!(result["response"]["status"], 200, "{result}");
    assert_eq!(result["request"]["method"], "PUT");
    assert_eq!(result["request"]["url"], "http://box.lab.localhost:80/clusters/a%2Fb%20%E4%B8%AD/parts");
    assert_eq!(result["request"]["body"], "{\"Size\":7}");
    let call = emulator.calls().remove(0);
    let expected = json!({
        "Id": "a/b 中", "Bucket": "box", "x-lab-mode": "fast", "x-lab-meta-*": { "one": "1" }, "Body": { "Size": "7" },
    });
    assert_eq!(call.input, expected);

    let without = |name: &str| {
        let mut some = all.clone();
        some.as_object_mut().unwrap().remove(name);
        some
    };
    let replaced = |name: &str, value: &str| with(all.clone(), name, value);
    #[rustfmt::skip]
    let invalid = [
        (without("Id"), "`Id` is part of the path and must be set"),
        (replaced("Id", ""), "`Id` is part of the path and cannot be empty"),
        (replaced("Bucket", "evil.example/"), "`Bucket` is part of the host; `evil.example/` is not a valid host label"),
        (replaced("x-lab-mode", "a\r\nb: c"), "`x-lab-mode: a\r\nb: c` is not a valid header"),
        (replaced("x-lab-meta-*", "{\"a b\": \"c\"}"), "`x-lab-meta-a b: c` is not a valid header"),
        (replaced("Body", "{"), "`Body` is not JSON: "),
    ];
    for (parameters, error) in invalid {
        let reply = page_call(&emulator, "calls", &lab_call("PutPart", &parameters)).await;
        assert_eq!(reply.status, 400, "{}", reply.body);
        assert!(reply.text("error").starts_with(error), "{error}: {}", reply.body);
    }
    assert_eq!(emulator.calls().len(), 1, "none of these was sent");
}

#[tokio::test]
async fn invalid_calls_of_the_page_are_rejected_with_the_reason() {
    let emulator = project_specs().start().await.unwrap();
    let good = delete(&json!({ "RegionId": "cn-hangzhou" }));
    let cases = [
        (Value::Null.to_string(), 400, "invalid type: null"),
        ("{".to_owned(), 400, "EOF while parsing"),
        (format!("{{\"parameters\":{{\"a\":{}", "[".repeat(100_000)), 400, "recursion limit exceeded"),
        (with(good.clone(), "colour", "red").to_string(), 400, "unknown field `colour`"),
        (with(good.clone(), "signature", "V2").to_string(), 400, "unknown variant `V2`"),
        (with(good.clone(), "account", "nobody").to_string(), 400, "there is no account `nobody`"),
        (with(good.clone(), "product", "Iot").to_string(), 404, "no spec describes `Iot/2014-05-26/DeleteActivation`"),
        (delete(&json!({ "Colour": "red" })).to_string(), 400, "`DeleteActivation` has no parameter `Colour`"),
        ("x".repeat(1024 * 1024 + 1), 413, "the body is larger than"),
    ];
    for (body, status, error) in cases {
        for kind in ["calls", "requests"] {
            let reply = ask(&emulator, "POST", &format!("/_emulator/{kind}"), &[], &body).await;
            assert_eq!(reply.status, status, "{}", reply.body);
            assert!(reply.text("error").starts_with(error), "{error}: {}", reply.body);
        }
    }
    let roa = roa_lab("", &[("List", "methods: [GET]\npath: /all\n")]).start().await.unwrap();
    let reply = page_call(&roa, "calls", &with(lab_call("List", &json!({})), "signature", "V1")).await;
    assert!(reply.text("error").starts_with("`List` is a ROA operation"), "{}", reply.body);
}

#[tokio::test]
async fn the_page_receives_no_secrets() {
    let token = "secret+token/1=";
    let accounts = [
        Account::new("a-expired", "secret-0").token("secret-1").expires(now() - Duration::from_secs(1)),
        Account::new("b-inactive", "secret-2").inactive(),
        Account::new("c-sts", "secret-3").token(token),
    ];
    let emulator = lab(&[("Try", "")]).accounts(accounts).start().await.unwrap();
    let index = ask(&emulator, "GET", "/_emulator/", &[], "").await;
    assert_eq!(index.json()["accounts"], json!(["c-sts", "a-expired", "b-inactive"]), "usable accounts first");
    let mut result = index.body;
    for signature in ["V1", "V3"] {
        let call = with(lab_call("Try", &json!({})), "signature", signature);
        for (account, status) in
            [(None, 200), (Some("a-expired"), 400), (Some("b-inactive"), 400), (Some("c-sts"), 200)]
        {
            let call = account.map_or(call.clone(), |id| with(call.clone(), "account", id));
            for kind in ["calls", "requests"] {
                let reply = page_call(&emulator, kind, &call).await;
                assert!(kind == "requests" || reply.json()["response"]["status"] == status, "{}", reply.body);
                result += &reply.body;
            }
        }
    }
    result += &ask(&emulator, "GET", "/_emulator/calls", &[], "").await.body;
    assert!(!result.contains("secret"), "{result}");
    assert!(result.contains("SecurityToken=***") && result.contains("x-acs-security-token:***"), "{result}");
}

#[tokio::test]
async fn hostile_names_and_texts_of_specs_are_escaped() {
    let hostile = "</script><img src=x onerror=alert(1)>";
    let spec = format!(
        "doc: '{hostile}'\nparameters: [{{ name: Id, type: String, example: '{hostile}', doc: '{hostile}' }}]\n"
    );
    let emulator = lab_with("", &[("Try", &spec)]).start().await.unwrap();
    let page = ask(&emulator, "GET", "/", &[BROWSER], "").await;
    assert!(!page.body.contains(hostile) && !page.body.contains("Lab"), "the page itself contains nothing of specs");
    let operations = ask(&emulator, "GET", "/_emulator/operations", &[], "").await;
    assert_eq!(operations.header("content-type"), "application/json;charset=utf-8");
    assert_eq!(operations.json()["operations"][0]["doc"], hostile);
    let result = page_call(&emulator, "calls", &lab_call("Try", &json!({ "Id": "\"); panic!(\"" }))).await.json();
    assert_eq!(result["response"]["status"], 200);
    let request = r#"let request = lab::TryRequest::new().id("\"); panic!(\"");"#;
    assert_eq!(result["rust"].as_str().unwrap().lines().nth(1), Some(request));
}

#[tokio::test]
async fn the_rust_code_uses_the_generated_types() {
    let spec = "
parameters:
  - { name: Flag, type: Boolean }
  - { name: Id, type: String, required: true }
  - { name: type, type: Integer, required: true }
  - { name: Ratio, type: Double }
  - { name: Any, type: Any }
  - { name: Data, type: Bytes }
  - { name: Names, type: List<String> }
  - { name: Nested, type: List<List<String>> }
  - { name: Labels, type: Map<String> }
  - { name: Tag, type: List<Object>, fields: [{ name: Key, type: String, required: true }, { name: Size, type: Long }] }
";
    let emulator = lab(&[("TryIt", spec)]).start().await.unwrap();
    let result =
        async |parameters: Value| page_call(&emulator, "requests", &lab_call("TryIt", &parameters)).await.json();
    let all = json!({
        "Flag": "true", "Id": "i\n", "type": "7", "Ratio": "1", "Any": "{}", "Data": "aMOpCg==",
        "Names": "[\"a\", \"b\"]", "Nested": [["a"]], "Labels": { "k": "v" }, "Tag": [{ "Size": 2, "Key": "k" }],
    });
    let expected = r#"let client = lab::Client::new(&config)?;
let request = lab::TryItRequest::new("i\n", 7)
    .flag(true)
    .ratio(1.0)
    .any("{}")
    .data(b"h\xc3\xa9\n".as_slice())
    .names(vec!["a", "b"])
    .nested(vec![vec!["a".into()]])
    .labels(std::collections::BTreeMap::from([(String::from("k"), "v".into())]))
    .tag(vec![lab::TryItRequestTag::new("k").size(2)]);
let response = client.try_it(&request).await?;
"#;
    let shown = result(all).await;
    assert_eq!((shown["rust"].as_str(), &shown["not_in_rust"]), (Some(expected), &json!([])));
}

#[tokio::test]
async fn if_there_is_no_rust_code_the_reasons_are_reported() {
    let spec = "
parameters:
  - { name: Id, type: String, required: true }
  - { name: Count, type: Integer }
  - { name: Ratio, type: Double }
  - { name: Data, type: Bytes }
  - { name: Tag, type: List<Object>, fields: [{ name: Key, type: String, required: true }, { name: Raw, type: Bytes }] }
";
    let emulator = lab(&[("TryIt", spec)]).start().await.unwrap();
    let cases = [
        (json!({}), json!(["Id: is required"])),
        (
            json!({ "Id": null, "Count": "x" }),
            json!(["Id: is required", "Count: is of type Integer: a 32-bit whole number was expected"]),
        ),
        (json!({ "Id": ["i"] }), json!(["Id: is an array, but its type is String"])),
        (json!({ "Id": "i", "Ratio": "inf" }), json!(["Ratio: is of type Double: a finite number was expected"])),
        (json!({ "Id": "i", "Data": "no Base64" }), json!(["Data: is of type Bytes: Base64 was expected"])),
        (
            json!({ "Id": "i", "Tag": "[{\"Kee\": null}]" }),
            json!(["Tag.1.Kee: is not a member of `Tag.1`; did you mean `Key`?", "Tag.1.Key: is required"]),
        ),
        (json!({ "Id": "i", "Tag": "7" }), json!(["Tag: is a single value, but its type is List<Object>"])),
    ];
    for (parameters, reasons) in cases {
        // The page can send the call anyway, to show the error of the gateway.
        for kind in ["requests", "calls"] {
            let result = page_call(&emulator, kind, &lab_call("TryIt", &parameters)).await.json();
            assert_eq!((&result["rust"], &result["not_in_rust"]), (&Value::Null, &reasons), "{parameters}");
            assert!(result["string_to_sign"].is_string(), "{parameters}");
        }
    }
}

#[tokio::test]
async fn structures_of_any_depth_and_length_are_harmless() {
    let types = "
types:
  - name: Node
    fields: [{ name: Next, type: Node }, { name: List, type: List<Node> }, { name: Map, type: Map<Node> }, { name: Ids, type: List<Long> }]
";
    let spec = "methods: [POST]\npath: /try\nparameters: [{ name: Node, type: Node, in: form, style: json }]\n";
    let emulator = roa_lab(types, &[("Try", spec)]).start().await.unwrap();
    let nested = |begin: &str, end: &str, times| format!("{}{{}}{}", begin.repeat(times), end.repeat(times));
    let too_deep = "Node: is nested deeper than 32 levels, the limit for generated Rust code";
    #[rustfmt::skip]
    let cases = [
        (nested("{\"Next\":", "}", 31), Some(32), json!([])),
        (nested("{\"List\":[", "]}", 15), Some(16), json!([])),
        (nested("{\"Map\":{\"k\":", "}}", 15), Some(16), json!([])),
        (nested("{\"Next\":", "}", 32), None, json!([too_deep])),
        (nested("{\"Next\":", "}", 126), None, json!([too_deep])),
        (nested("{\"List\":[", "]}", 63), None, json!([too_deep])),
        (nested("{\"Map\":{\"k\":", "}}", 63), None, json!([too_deep])),
        (format!("{{\"Ids\":[{}1]}}", "1,".repeat(400_000)), Some(1), json!([])),
    ];
    for (text, nodes, reasons) in cases {
        let result = page_call(&emulator, "requests", &lab_call("Try", &json!({ "Node": text }))).await.json();
        let written = result["rust"].as_str().map(|rust| rust.matches("NodeInput::new()").count());
        assert_eq!((written, &result["not_in_rust"]), (nodes, &reasons));
    }
}
