//! The RPC signature, stage by stage, against what official code computes.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::time::SystemTime;

use alicloud_runtime::Credentials;
use alicloud_runtime::signature::{Method, Place, WireParameter, sign};
use serde_json::Value as Json;

/// What `sign` adds by itself.
const ADDED: [&str; 6] =
    ["AccessKeyId", "SecurityToken", "SignatureMethod", "SignatureNonce", "SignatureVersion", "Timestamp"];

fn vectors(file: &str) -> Json {
    let path = format!("{}/../tests/vectors/{file}", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn text(json: &Json) -> &str {
    json.as_str().unwrap()
}

fn time(text: &str) -> SystemTime {
    humantime::parse_rfc3339(text).unwrap()
}

fn method(name: &str) -> Method {
    match name {
        "GET" => Method::Get,
        "POST" => Method::Post,
        other => panic!("no vector uses {other}"),
    }
}

fn parameters<'a>(map: &'a Json, place: Place) -> Vec<WireParameter<'a>> {
    map.as_object()
        .unwrap()
        .iter()
        .filter(|(name, _)| !ADDED.contains(&name.as_str()))
        .map(|(name, value)| WireParameter { name: name.into(), value: text(value).into(), place })
        .collect()
}

#[test]
fn every_stage_of_the_official_vectors_is_reproduced() {
    let file = vectors("official.json");
    let cases = file["rpc_v1"].as_array().unwrap();
    assert_eq!(cases.len(), 4);
    for case in cases {
        let name = text(&case["name"]);
        let all = &case["parameters"];
        let mut credentials = Credentials::new(text(&all["AccessKeyId"]), text(&case["secret"]));
        if let Some(token) = all["SecurityToken"].as_str() {
            credentials = credentials.security_token(token);
        }
        let form = text(&case["body"]);
        let mut parameters = parameters(all, Place::Query);
        for parameter in &mut parameters {
            if form.split('&').any(|pair| pair.split('=').next() == Some(parameter.name.as_ref())) {
                parameter.place = Place::Form;
            }
        }
        let signed = sign(
            method(text(&case["method"])),
            parameters,
            &credentials,
            time(text(&all["Timestamp"])),
            text(&all["SignatureNonce"]),
        );
        assert_eq!(signed.canonical_query, text(&case["canonicalQuery"]), "{name}: canonical query");
        assert_eq!(signed.string_to_sign, text(&case["stringToSign"]), "{name}: string to sign");
        assert_eq!(signed.signature, text(&case["signature"]), "{name}: signature");
        assert_eq!(signed.form.unwrap_or_default(), form, "{name}: form body");
        // The official query is sorted with the signature in its place; ours has it last.
        let sorted = |query: &str| {
            let mut pairs: Vec<String> = query.split('&').map(str::to_owned).collect();
            pairs.sort();
            pairs
        };
        let expected = text(&case["target"]).strip_prefix("/?").unwrap();
        assert_eq!(sorted(&signed.query), sorted(expected), "{name}: query");
    }
}

#[test]
fn the_calls_captured_from_the_official_clients_get_the_same_signature() {
    let file = vectors("captured.json");
    let mut compared = 0;
    for case in file["vectors"].as_array().unwrap() {
        let mut credentials = Credentials::new(text(&case["accessKeyId"]), text(&case["secret"]));
        if let Some(token) = case["securityToken"].as_str() {
            credentials = credentials.security_token(token);
        }
        for capture in case["captures"].as_array().unwrap() {
            let (id, client) = (text(&case["id"]), text(&capture["client"]));
            let mut all = parameters(&capture["query"], Place::Query);
            all.extend(parameters(&capture["form"], Place::Form));
            let signed = sign(
                method(text(&capture["method"])),
                all,
                &credentials,
                time(text(&capture["query"]["Timestamp"])),
                text(&capture["query"]["SignatureNonce"]),
            );
            assert_eq!(signed.string_to_sign, text(&capture["stringToSign"]), "{id}, {client}");
            assert_eq!(signed.signature, text(&capture["signature"]), "{id}, {client}");
            compared += 1;
        }
    }
    assert_eq!(compared, 39);
}

#[test]
fn names_and_values_are_encoded_as_the_gateway_does() {
    for case in vectors("official.json")["percent_encode"].as_array().unwrap() {
        let (plain, encoded) = (text(&case[0]), text(&case[1]));
        let parameter = WireParameter { name: "!".into(), value: plain.into(), place: Place::Query };
        let signed =
            sign(Method::Get, vec![parameter], &Credentials::new("id", "secret"), SystemTime::UNIX_EPOCH, "nonce");
        let first = signed.canonical_query.split('&').next().unwrap();
        assert_eq!(first, format!("%21={encoded}"), "{plain:?}");
    }
}

#[test]
fn no_parameters_but_the_common_ones_can_be_signed() {
    let signed = sign(Method::Get, vec![], &Credentials::new("a", ""), SystemTime::UNIX_EPOCH, "");
    assert!(signed.string_to_sign.starts_with("GET&%2F&AccessKeyId%3Da%26"), "{}", signed.string_to_sign);
    assert!(signed.query.contains("Timestamp=1970-01-01T00%3A00%3A00Z"), "{}", signed.query);
}

#[test]
fn what_is_signed_does_not_show() {
    let credentials = Credentials::new("my-id", "my-secret").security_token("my-token");
    let signed = sign(Method::Get, vec![], &credentials, SystemTime::UNIX_EPOCH, "nonce");
    for shown in [format!("{credentials:?}"), format!("{signed:?}")] {
        assert!(!shown.contains("my-secret") && !shown.contains("my-token"), "{shown}");
        assert!(!shown.contains(&signed.signature), "{shown}");
    }
}
