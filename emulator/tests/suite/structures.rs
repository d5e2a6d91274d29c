//! Flattened parameters are read as structures.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::sync::{Arc, Mutex};

use crate::caller::{Request, lab, now};
use alicloud_emulator::{Call, SignatureVersion};
use serde_json::{Value, json};

const SPEC: &str = r"
parameters:
  - { name: Text, type: String }
  - { name: Any, type: Any }
  - { name: List, type: List<String> }
  - { name: Nested, type: List<List<Long>> }
  - name: A
    type: Object
    fields:
      - name: B
        type: Object
        fields:
          - name: C
            type: List<Object>
            fields: [{ name: D, type: String }, { name: E, type: Integer }]
  - { name: Map, type: Map<String> }
  - { name: Lists, type: Map<List<String>> }
  - { name: Opt, type: Map<String>, style: flat }
  - { name: Deep, type: Map<Map<Long>>, style: flat }
  - { name: Rows, type: List<Map<Long>>, style: flat }
  - { name: Words, type: List<String>, style: simple }
  - { name: Spaced, type: List<String>, style: spaceDelimited }
  - { name: Piped, type: List<String>, style: pipeDelimited }
  - { name: JsonList, type: List<String>, style: json }
  - { name: JsonMap, type: Map<Any>, style: json }
  - name: JsonObject
    type: Object
    style: json
    fields: [{ name: K, type: Boolean }, { name: N, type: List<Double> }]
  - { name: Dns, type: Map<String> }
  - { name: Dns.Server, rust: dns_server, type: List<String> }
  - { name: X-Level, rust: level, type: String, in: header }
  - { name: Body, type: String, in: form }
response: [{ name: RequestId, type: String }]
";

#[tokio::test]
async fn input_has_the_structure_of_the_spec() {
    let emulator = lab(&[("Try", SPEC)]).start().await.unwrap();
    #[rustfmt::skip]
    let cases: Vec<(&[(&str, &str)], Value)> = vec![
        (&[], json!({})),
        (&[("Text", "")], json!({"Text": ""})),
        (&[("Any", "{\"a\":1}")], json!({"Any": "{\"a\":1}"})),
        (&[("List.1", "x"), ("List.2", ""), ("List.10", "z"), ("List.3", "y")], json!({"List": ["x", "", "y", "z"]})),
        (&[("List.2", "b")], json!({"List": ["b"]})),
        (&[("Nested.1.1", "1"), ("Nested.1.2", "2"), ("Nested.2.1", "3")], json!({"Nested": [["1", "2"], ["3"]]})),
        (&[("A.B.C.1.D", "x"), ("A.B.C.3.E", "3"), ("A.B.Z", "?")], json!({"A": {"B": {"C": [{"D": "x"}, {"E": "3"}]}}})),
        (&[("A.Z", "?"), ("Unknown", "?")], json!({})),
        (&[("Map.a", "1"), ("Map.b.c", "2")], json!({"Map": {"a": "1", "b.c": "2"}})),
        (&[("Lists.k.1", "1"), ("Lists.k.2", "2")], json!({"Lists": {"k": ["1", "2"]}})),
        (&[("Opt.#3#abc", "1"), ("Opt.#3#k.x", "2")], json!({"Opt": {"abc": "1", "k.x": "2"}})),
        (&[("Opt.#6#测试", "bytes"), ("Opt.#2#字典", "characters"), ("Opt.#3#😀a", "units")],
            json!({"Opt": {"测试": "bytes", "字典": "characters", "😀a": "units"}})),
        (&[("Opt.#0#", "empty")], json!({"Opt": {"": "empty"}})),
        (&[("Deep.#3#k.x.#2#zz", "2")], json!({"Deep": {"k.x": {"zz": "2"}}})),
        (&[("Rows.1.#1#a", "1")], json!({"Rows": [{"a": "1"}]})),
        (&[("Words", "a,b c,1")], json!({"Words": ["a", "b c", "1"]})),
        (&[("Spaced", "a b c 1")], json!({"Spaced": ["a", "b", "c", "1"]})),
        (&[("Piped", "a|b c|1")], json!({"Piped": ["a", "b c", "1"]})),
        (&[("JsonList", "[\"a\",\"b c\",1,null]")], json!({"JsonList": ["a", "b c", "1"]})),
        (&[("JsonMap", "{\"k\":\"中\",\"n\":[1,-2,18446744073709551615,0.1,null,true,{}]}")],
            json!({"JsonMap": {"k": "中", "n": [1, -2, u64::MAX, 0.1, null, true, {}]}})),
        (&[("JsonObject", "{\"K\":true,\"N\":[1,0.5],\"Z\":1}")], json!({"JsonObject": {"K": "true", "N": ["1", "0.5"]}})),
        (&[("JsonObject", ""), ("Words", "")], json!({})),
        (&[("Dns.a", "1"), ("Dns.Server.1", "s")], json!({"Dns": {"a": "1"}, "Dns.Server": ["s"]})),
    ];
    for (parameters, input) in cases {
        let reply = Request::new("2030-01-01", "Try").with_all(parameters).send(&emulator).await;
        assert_eq!(reply.status, 200, "{parameters:?}: {}", reply.body);
        let call = emulator.take_calls().pop().unwrap();
        assert_eq!(call.input, input, "{parameters:?}");
        let wire: Vec<(&str, &str)> =
            call.parameters.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let mut sent = parameters.to_vec();
        sent.sort_unstable();
        assert_eq!(wire, sent);
    }
}

#[tokio::test]
async fn malformed_map_keys_are_rejected() {
    let emulator = lab(&[("Try", SPEC)]).start().await.unwrap();
    for key in ["Opt.abc", "Opt.#x#abc", "Opt.#4#abc", "Opt.#2#abc", "Opt.#99999999999999999999#a", "Opt.#1", "Opt."] {
        let reply = Request::new("2030-01-01", "Try").with(key, "1").send(&emulator).await;
        assert_eq!(reply.text("Code"), "InvalidOpt", "{key}");
    }
}

#[tokio::test]
async fn a_call_records_where_its_parameters_were() {
    let observed = Arc::new(Mutex::new(Vec::new()));
    let observe = {
        let observed = Arc::clone(&observed);
        move |call: &Call| observed.lock().unwrap().push(call.clone())
    };
    let emulator = lab(&[("Try", SPEC)]).on_call(observe).start().await.unwrap();
    let request = Request::new("2030-01-01", "Try")
        .with("Text", "in the query")
        .form("Body", "in the form")
        .header("x-level", "in a header")
        .header("x-other", "not a parameter")
        .header("user-agent", "a test")
        .host("lab.aliyuncs.com:80");
    assert_eq!(request.send(&emulator).await.status, 200);
    let call = emulator.take_calls().pop().unwrap();
    assert_eq!(
        (call.product.as_str(), call.operation.as_str(), call.version.as_str(), call.method.as_str()),
        ("Lab", "Try", "2030-01-01", "POST")
    );
    assert_eq!(call.host, "lab.aliyuncs.com");
    assert!(call.nonce.starts_with("nonce-"));
    assert_eq!((call.number, call.time, call.user_agent.as_str()), (1, now(), "a test"));
    assert_eq!(call.signature, SignatureVersion::V1);
    assert_eq!(observed.lock().unwrap().as_slice(), std::slice::from_ref(&call), "the observer got the call");
    assert_eq!(call.query, ["Text".to_owned()].into());
    assert_eq!(call.form, ["Body".to_owned()].into());
    assert_eq!(call.headers, [("X-Level".to_owned(), "in a header".to_owned())].into());
    let input = json!({"Text": "in the query", "Body": "in the form", "X-Level": "in a header"});
    assert_eq!(call.input, input);
}
