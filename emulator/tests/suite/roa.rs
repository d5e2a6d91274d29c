//! ROA: finding the operation, reading its parameters, and its responses.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use crate::caller::{Connection, Request, V3, now, roa_lab, roa_sources};
use alicloud_emulator::{Emulator, SourceFile};
use serde_json::{Value, json};

const GET: V3<'_> = V3 { method: "GET", path: "/", query: "", headers: &[("accept", "application/json")], body: b"" };

const JSON: &[(&str, &str)] = &[("accept", "application/json"), ("content-type", "application/json")];

const CLUSTERS: &[(&str, &str)] = &[
    ("ListClusters", "methods: [GET]\npath: /clusters\n"),
    (
        "DescribeCluster",
        "methods: [GET]\npath: /clusters/{Id}\nparameters: [{ name: Id, type: String, in: path, length: { max: 40 } }]\n",
    ),
    ("DescribeAll", "methods: [GET, HEAD]\npath: /clusters/all\n"),
    (
        "DeleteCluster",
        "methods: [DELETE]\npath: /clusters/{Name}\nparameters: [{ name: Name, type: String, in: path }]\n",
    ),
    (
        "DescribePart",
        "methods: [GET]\npath: /clusters/{Id}/parts/{Part}.json\nparameters: [{ name: Id, type: String, in: path }, \
         { name: Part, type: Long, in: path, sensitive: true }]\n",
    ),
    ("GetFile", "methods: [GET]\npath: /files/{Key*}\nparameters: [{ name: Key, type: String, in: path }]\n"),
    ("GetHealth", "methods: [GET]\npath: /health/{Id}?status\nparameters: [{ name: Id, type: String, in: path }]\n"),
];

fn version(of: &str, module: &str) -> Vec<SourceFile> {
    let service = format!("product: Lab\nversion: {of}\nstyle: ROA\nendpoints: {{ host: lab.aliyuncs.com }}\n{module}");
    roa_sources(&format!("lab/{of}"), &service, "", CLUSTERS)
}

#[tokio::test]
async fn an_operation_is_found_by_method_and_path() {
    let emulator = roa_lab("", CLUSTERS).start().await.unwrap();
    let action = |name| ("x-acs-action", name);
    let of_version = |name| ("x-acs-version", name);
    type Case = (&'static str, &'static str, Vec<(&'static str, &'static str)>, &'static str, Value);
    // The operation and its input, or the error code.
    #[rustfmt::skip]
    let cases: Vec<Case> = vec![
        ("GET", "/clusters", vec![], "ListClusters", json!({})),
        ("GET", "/clusters/c1", vec![], "DescribeCluster", json!({ "Id": "c1" })),
        ("GET", "/clusters/all", vec![], "DescribeAll", json!({})),
        ("HEAD", "/clusters/all", vec![], "DescribeAll", json!({})),
        ("DELETE", "/clusters/all", vec![], "DeleteCluster", json!({ "Name": "all" })),
        ("GET", "/clusters/a%2Fb%20%E4%B8%AD+%2B", vec![], "DescribeCluster", json!({ "Id": "a/b 中++" })),
        ("GET", "/clusters/c/parts/7.json", vec![], "DescribePart", json!({ "Id": "c", "Part": "7" })),
        ("GET", "/clusters/all", vec![action("DescribeCluster")], "DescribeCluster", json!({ "Id": "all" })),
        ("GET", "/clusters/c1", vec![of_version("2030-01-01")], "DescribeCluster", json!({ "Id": "c1" })),
        ("GET", "/files/a/b%20c/d", vec![], "GetFile", json!({ "Key": "a/b c/d" })),
        ("GET", "/files/", vec![], "InvalidAction.NotFound", Value::Null),
        ("GET", "/health/c1", vec![action("GetHealth")], "GetHealth", json!({ "Id": "c1" })),
        ("POST", "/clusters", vec![], "UnsupportedHTTPMethod", Value::Null),
        ("PUT", "/clusters/c1", vec![action("DescribeCluster")], "UnsupportedHTTPMethod", Value::Null),
        ("GET", "/clusters/", vec![], "InvalidAction.NotFound", Value::Null),
        ("GET", "/Clusters", vec![], "InvalidAction.NotFound", Value::Null),
        ("GET", "/clusters/c/parts/.json", vec![], "InvalidAction.NotFound", Value::Null),
        ("GET", "/clusters/c/parts/7.json/x", vec![], "InvalidAction.NotFound", Value::Null),
        ("GET", "/clusters/c1", vec![action("ListClusters")], "InvalidAction.NotFound", Value::Null),
        ("GET", "/clusters/c1", vec![action("Other"), of_version("2030-01-01")], "InvalidAction.NotFound", Value::Null),
        ("GET", "/clusters/c1", vec![action("DescribeCluster"), of_version("1999-01-01")], "InvalidVersion", Value::Null),
        ("GET", "/clusters/c1", vec![("host", "lab.aliyuncs.com")], "DescribeCluster", json!({ "Id": "c1" })),
        ("GET", "/clusters/%FF", vec![], "InvalidId", Value::Null),
        ("GET", "/clusters/c/parts/seven.json", vec![], "InvalidPart", Value::Null),
    ];
    for (method, path, mut headers, expected, input) in cases {
        headers.push(("accept", "application/json"));
        V3 { method, path, headers: &headers, ..GET }.send(&emulator).await;
        let call = emulator.take_calls().remove(0);
        match call.outcome.code {
            None => assert_eq!((call.operation.as_str(), &call.input), (expected, &input), "{method} {path}"),
            Some(code) => assert_eq!((code.as_str(), Value::Null), (expected, input), "{method} {path} {headers:?}"),
        }
    }
}

#[tokio::test]
async fn versions_of_a_product_are_served_side_by_side() {
    let mut sources = version("2030-01-01", "");
    sources.extend(version("2031-01-01", "module: lab_v20310101\n"));
    let emulator = Emulator::builder().sources(sources).clock(now).start().await.unwrap();
    for version in ["2030-01-01", "2031-01-01"] {
        let headers = [("x-acs-version", version), ("x-acs-action", "ListClusters")];
        let reply = V3 { path: "/clusters", headers: &headers, ..GET }.send(&emulator).await;
        assert_eq!(reply.status, 200, "{}", reply.body);
        assert_eq!(emulator.take_calls()[0].version, version);
    }
}

#[tokio::test]
async fn signature_v1_is_rejected() {
    let emulator = roa_lab("", CLUSTERS).start().await.unwrap();
    let request = Request::new("2030-01-01", "ListClusters").method("GET").path("/clusters");
    let reply = request.send(&emulator).await;
    assert_eq!((reply.status, reply.text("code").as_str()), (400, "InvalidSignatureVersion"));
    let unsigned = b"GET /clusters HTTP/1.1\r\nHost: x\r\n\r\n";
    let reply = Connection::open(&emulator).await.exchange(unsigned).await.unwrap();
    assert_eq!((reply.status, reply.text("Code").as_str()), (400, "MissingAccessKeyId"));
}

#[tokio::test]
async fn sensitive_parameters_in_a_path_are_hidden() {
    let emulator = roa_lab("", CLUSTERS).start().await.unwrap();
    V3 { path: "/clusters/c/parts/4711.json", ..GET }.send(&emulator).await;
    let call = emulator.calls().remove(0);
    assert_eq!(call.path, "/clusters/c/parts/4711.json");
    assert!(!format!("{call:?}").contains("4711"), "{call:?}");
}

const TREE: &str = r"
types:
  - name: Tree
    fields:
      - { name: Name, type: String, required: true, example: oak, length: { max: 8 } }
      - { name: Count, type: Long, example: 3 }
      - { name: Trees, type: List<Tree> }
      - { name: ByName, type: Map<Tree> }
      - { name: Next, type: Tree }
";

/// The positions of a parameter, with its spec. `P` is required.
#[tokio::test]
async fn parameters_are_read_from_all_positions() {
    let body = |ty: &str| {
        format!("methods: [POST]\npath: /try\nparameters: [{{ name: P, type: {ty}, in: body, required: true }}]\n")
    };
    let header =
        |rest: &str| format!("methods: [POST]\npath: /try\nparameters: [{{ in: header, required: true, {rest} }}]\n");
    let query =
        |rest: &str| format!("methods: [POST]\npath: /try\nparameters: [{{ name: P, required: true, {rest} }}]\n");
    let form = "methods: [POST]\npath: /try\nform_as: json\nparameters: [{ name: P, type: Tree, in: form, required: true }, \
                { name: A, type: Any, in: form }, { name: N, type: Long, in: form, range: { max: 9 } }]\n";
    let tree =
        r#"{"Name":"a","Count":1,"Next":{"Name":"b","Trees":[{"Name":"c"}]},"ByName":{"k":{"Name":"d"}},"Odd":[]}"#;
    let tree_input = json!({ "Name": "a", "Count": "1", "Next": { "Name": "b", "Trees": [{ "Name": "c" }] },
        "ByName": { "k": { "Name": "d" } } });
    let deep_query = "P.Name=a&P.Next.Name=b&P.Next.Trees.1.Name=c";
    let wrong_deep = r#"{"Name":"a","Next":{"Name":"b","Trees":[{"Count":1}]}}"#;
    type Header<'c> = Option<(&'c str, &'c str)>;
    type Case<'c> = (&'c str, String, &'c str, Header<'c>, &'c [u8], Result<Value, &'c str>);
    // The input, or the error code.
    #[rustfmt::skip]
    let cases: Vec<Case<'_>> = vec![
        ("a JSON body", body("Tree"), "", None, tree.as_bytes(), Ok(json!({ "P": tree_input }))),
        ("a list", body("List<Tree>"), "", None, br#"[{"Name":"a"}]"#, Ok(json!({ "P": [{ "Name": "a" }] }))),
        ("a map", body("Map<Long>"), "", None, br#"{"a":1,"b":"2"}"#, Ok(json!({ "P": { "a": "1", "b": "2" } }))),
        ("a text", body("String"), "", None, "a=b&中\n".as_bytes(), Ok(json!({ "P": "a=b&中\n" }))),
        ("any value", body("Any"), "", None, br#"{"a": [1]}"#, Ok(json!({ "P": "{\"a\": [1]}" }))),
        ("bytes", body("Binary"), "", None, b"a=b&\xff", Ok(json!({ "P": "a=b&\u{fffd}" }))),
        ("no body", body("Tree"), "", None, b"", Err("MissingP")),
        ("an empty text", body("String"), "", None, b"", Ok(json!({ "P": "" }))),
        ("a body that is no JSON", body("Tree"), "", None, b"Name=a", Err("InvalidP")),
        ("a body of another kind", body("Tree"), "", None, b"[]", Err("InvalidP")),
        ("a member of another kind", body("Tree"), "", None, br#"{"Name":{}}"#, Err("InvalidP.Name")),
        ("no number", body("Tree"), "", None, br#"{"Name":"a","Count":"x"}"#, Err("InvalidP.Count")),
        ("too long, deep down", body("Tree"), "", None, br#"{"Name":"a","Next":{"Name":"123456789"}}"#, Err("InvalidP.Next.Name")),
        ("missing, deep down", body("Tree"), "", None, wrong_deep.as_bytes(), Err("MissingP.Next.Trees.1.Name")),
        ("a body of no text", body("String"), "", None, b"\xff", Err("InvalidP")),
        ("JSON of no text", body("Tree"), "", None, b"{\"Name\":\"\xff\"}", Err("InvalidP")),
        ("a form of JSON", form.into(), "", None, br#"{"P":{"Name":"a"},"A":{"x":[null,1]},"N":7,"Odd":1}"#,
            Ok(json!({ "P": { "Name": "a" }, "A": { "x": [null, 1] }, "N": "7" }))),
        ("a form of JSON without all", form.into(), "", None, b"{}", Err("MissingP")),
        ("a form of JSON beyond a limit", form.into(), "", None, br#"{"P":{"Name":"a"},"N":10}"#, Err("InvalidN")),
        ("a form that is none", form.into(), "", None, b"[]", Err("Invalidbody")),
        ("a form that is one", form.into(), "", None, b"N=7", Err("Invalidbody")),
        ("a header", header("name: x-p, type: Long"), "", Some(("x-p", "5")), b"", Ok(json!({ "x-p": "5" }))),
        ("a wrong header", header("name: x-p, type: Long"), "", Some(("x-p", "five")), b"", Err("Invalidx-p")),
        ("no header", header("name: x-p, type: Long"), "", None, b"", Err("Missingx-p")),
        ("a header of JSON", header("name: x-p, type: List<Tree>, style: json"), "", Some(("x-p", r#"[{"Name":"a"}]"#)), b"",
            Ok(json!({ "x-p": [{ "Name": "a" }] }))),
        ("a header of bad JSON", header("name: x-p, type: List<Tree>, style: json"), "", Some(("x-p", "[")), b"", Err("Invalidx-p")),
        ("several headers", header("name: X-Meta-*, type: Map<String>"), "", Some(("x-meta-a", "1")), b"",
            Ok(json!({ "X-Meta-*": { "a": "1" } }))),
        ("none of several headers", header("name: X-Meta-*, type: Map<String>"), "", Some(("x-meta-", "1")), b"", Err("MissingX-Meta-*")),
        ("a flat tree", query("type: Tree"), deep_query, None, b"",
            Ok(json!({ "P": { "Name": "a", "Next": { "Name": "b", "Trees": [{ "Name": "c" }] } } }))),
        ("a tree of JSON", query("type: Tree, style: json"), "P=%7B%22Name%22%3A%22a%22%7D", None, b"",
            Ok(json!({ "P": { "Name": "a" } }))),
        ("a label of the host", query("type: String, in: host"), "", Some(("host", "me.lab.aliyuncs.com")), b"", Ok(json!({ "P": "me" }))),
        ("a host without label", query("type: String, in: host"), "", Some(("host", "lab.aliyuncs.com")), b"", Ok(json!({}))),
    ];
    for (name, spec, query, header, body, expected) in cases {
        let emulator = roa_lab(TREE, &[("Try", &spec)]).start().await.unwrap_or_else(|error| panic!("{name}: {error}"));
        let mut headers = JSON.to_vec();
        headers.extend(header);
        let reply = V3 { method: "POST", path: "/try", query, headers: &headers, body }.send(&emulator).await;
        let call = emulator.calls().remove(0);
        match expected {
            Ok(input) => assert_eq!((reply.status, call.input), (200, input), "{name}: {}", reply.body),
            Err(code) => assert_eq!((reply.status, reply.text("code").as_str()), (400, code), "{name}"),
        }
        assert!(call.form.is_empty(), "{name}: no body here is a form");
    }
}

#[tokio::test]
async fn a_body_is_recorded_unchanged() {
    let spec =
        "methods: [PUT]\npath: /try\nparameters: [{ name: P, type: Binary, in: body }]\nresponse: { type: Binary }\n";
    let emulator = roa_lab("", &[("Try", spec)]).start().await.unwrap();
    // More parameters than a form can have, and the content type of forms.
    let body = [b"&=&\x00\xff".repeat(20_000), b"end".to_vec()].concat();
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    let reply = V3 { method: "PUT", path: "/try", headers: &headers, body: &body, ..GET }.send(&emulator).await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    let call = emulator.calls().remove(0);
    assert!(call.body == body && call.parameters.is_empty());
    assert!(format!("{call:?}").contains("[100003 bytes]"));
}

/// Responses without an example in the spec.
#[tokio::test]
async fn responses_have_the_shape_of_the_spec() {
    let tree = json!({ "Name": "oak", "Count": 3, "Trees": [], "ByName": {} });
    #[rustfmt::skip]
    let cases = [
        ("{ type: List<Tree> }", "application/json;charset=utf-8", json!([tree])),
        ("{ type: Tree }", "application/json;charset=utf-8", tree.clone()),
        ("{ type: Map<Long> }", "application/json;charset=utf-8", json!({ "key": 0 })),
        ("{ type: List<Object>, fields: [{ name: A, type: Boolean, example: true }] }", "application/json;charset=utf-8", json!([{ "A": true }])),
        ("{ type: Integer }", "application/json;charset=utf-8", json!(0)),
        ("{ type: String }", "text/plain;charset=utf-8", Value::Null),
        ("{ type: Binary }", "application/octet-stream", Value::Null),
        ("[]", "", Value::Null),
        ("[{ name: ETag, type: String, in: header, example: e1 }, { name: Content-Length, type: Long, in: header, example: 999 }]", "", Value::Null),
        ("[{ name: ETag, type: String, in: header, example: e1 }, { name: Tree, type: Tree }]", "application/json;charset=utf-8", json!({ "Tree": tree })),
    ];
    for (response, content_type, body) in cases {
        let spec = format!("methods: [GET]\npath: /try\nresponse: {response}\n");
        let emulator = roa_lab(TREE, &[("Try", &spec)]).start().await.unwrap_or_else(|error| panic!("{error}"));
        let reply = V3 { path: "/try", ..GET }.send(&emulator).await;
        assert_eq!((reply.status, reply.header("content-type")), (200, content_type), "{response}");
        if body.is_null() {
            assert_eq!(reply.body, "", "{response}");
        } else {
            assert_eq!(reply.json(), body, "{response}");
        }
        assert_eq!(reply.header("etag"), if response.contains("ETag") { "e1" } else { "" }, "{response}");
        assert!(!reply.header("x-acs-request-id").is_empty());
    }
}

#[tokio::test]
async fn recursive_types_do_not_fill_the_memory() {
    let names: Vec<String> = (0..20).map(|at| format!("T{at}")).collect();
    let fields: Vec<Value> = names.iter().map(|name| json!({ "name": name, "type": name })).collect();
    let types: Vec<Value> = names.iter().map(|name| json!({ "name": name, "fields": fields })).collect();
    let spec = "methods: [GET]\npath: /try\nparameters: [{ name: P, type: T0 }]\nresponse: { type: T0 }\n";
    let emulator = roa_lab(&json!({ "types": types }).to_string(), &[("Try", spec)]).start().await.unwrap();
    let reply = V3 { path: "/try", ..GET }.send(&emulator).await;
    assert_eq!(reply.status, 200);
    assert!(reply.body.len() < 100_000 && reply.json()["T1"]["T2"].is_object());
}

#[tokio::test]
async fn errors_have_lower_case_names_in_json() {
    let spec = "methods: [GET, HEAD]\npath: /try\nerrors: [{ status: 404, code: Gone.Away, message: It is gone. }]\n";
    let emulator = roa_lab("", &[("Try", spec)]).start().await.unwrap();
    emulator.fail_next("Try", "Gone.Away").unwrap();
    let reply = V3 { path: "/try", ..GET }.send(&emulator).await;
    let id = reply.header("x-acs-request-id");
    let expected = json!({ "code": "Gone.Away", "message": "It is gone.", "requestId": id, "status": 404 });
    assert_eq!((reply.status, reply.json()), (404, expected));

    emulator.fail_next("Try", "Gone.Away").unwrap();
    let reply = V3 { path: "/try", headers: &[("accept", "text/xml")], ..GET }.send(&emulator).await;
    assert!(
        reply.body.contains("<Error><RequestId>") && reply.body.contains("<Code>Gone.Away</Code>"),
        "{}",
        reply.body
    );
}

#[tokio::test]
async fn hostile_requests_do_no_harm() {
    let spec = "methods: [POST]\npath: /try/{Id}\nparameters: [{ name: Id, type: String, in: path }, { name: Q, type: Tree }, \
                { name: F, type: Tree, style: flat }, { name: P, type: Tree, in: body }]\n";
    let emulator = roa_lab(TREE, &[("Try", spec)]).start().await.unwrap();
    let tree =
        |depth: usize| format!("{}{{\"Name\":\"a\"}}{}", "{\"Name\":\"a\",\"Next\":".repeat(depth), "}".repeat(depth));
    let dots = |times: usize| format!("Q.{}Name=a", "Next.".repeat(times));
    let maps = |times: usize| format!("F.{}Name=a", "ByName.%231%23k.".repeat(times));
    let names = |times: usize| {
        let mut names: Vec<String> = (0..times).map(|at| format!("Q.{}Name=a", "Next.".repeat(at))).collect();
        names.sort();
        names.join("&")
    };
    #[rustfmt::skip]
    let cases: Vec<(&str, String, String, Vec<u8>, &str)> = vec![
        ("a deep body", "/try/a".into(), String::new(), tree(100).into(), ""),
        ("a deeper body", "/try/a".into(), String::new(), tree(40_000).into(), "InvalidP"),
        ("an open body", "/try/a".into(), String::new(), b"[".repeat(500_000), "InvalidP"),
        ("deep names", "/try/a".into(), names(30), Vec::new(), ""),
        ("deeper names", "/try/a".into(), dots(12_000), Vec::new(), "InvalidQ"),
        ("deep maps", "/try/a".into(), maps(4_000), Vec::new(), "InvalidF"),
        ("a huge path", format!("/try/{}", "a".repeat(60_000)), String::new(), Vec::new(), ""),
        ("a path of slashes", "/".repeat(60_000), String::new(), Vec::new(), "InvalidAction.NotFound"),
        ("a path of bad escapes", "/try/%zz%2".into(), String::new(), Vec::new(), ""),
        ("a path of bad UTF-8", "/try/%c0%80".into(), String::new(), Vec::new(), "InvalidId"),
        ("a lone surrogate", "/try/a".into(), String::new(), br#"{"Name":"\ud800"}"#.to_vec(), "InvalidP"),
        ("a great number", "/try/a".into(), String::new(), format!("{{\"Name\":\"a\",\"Count\":{}}}", "9".repeat(400)).into(), "InvalidP"),
    ];
    for (name, path, query, body, code) in cases {
        let reply = V3 { method: "POST", path: &path, query: &query, headers: JSON, body: &body }.send(&emulator).await;
        let found = emulator.take_calls().pop().and_then(|call| call.outcome.code).unwrap_or_default();
        assert!(found.starts_with(code) && found.is_empty() == code.is_empty(), "{name}: {found} {}", reply.status);
    }
    // No client signs a header that is not text.
    let wire = V3 { method: "POST", path: "/try/a", headers: &[("x-acs-odd", "~")], ..GET }.to_wire("odd");
    let wire: Vec<u8> = wire.iter().map(|byte| if *byte == b'~' { 0xff } else { *byte }).collect();
    let reply = Connection::open(&emulator).await.exchange(&wire).await.unwrap();
    assert_eq!(reply.text("Code"), "SignatureDoesNotMatch");
}
