//! The signatures, stage by stage, compared with official code.

use std::time::SystemTime;

use alicloud_runtime::Credentials;
use alicloud_runtime::signature::{Method, Place, WireParameter, v1, v3};
use serde_json::Value as Json;

/// The parameters that `v1::sign` adds.
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
        "PUT" => Method::Put,
        "DELETE" => Method::Delete,
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
fn every_stage_of_the_official_v1_vectors_is_reproduced() {
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
        let signed = v1::sign(
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
fn captured_v1_calls_of_official_clients_get_the_same_signature() {
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
            let signed = v1::sign(
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

/// Signs the request of a vector. `facts` has its headers and the expected result of each stage.
fn check_v3(name: &str, account: [&Json; 2], request: [&str; 3], query: &Json, facts: &Json) {
    let [id, secret] = account.map(text);
    let [verb, path, body] = request;
    let mut parameters: Vec<_> = query
        .as_object()
        .unwrap()
        .iter()
        .map(|(name, value)| WireParameter { name: name.into(), value: text(value).into(), place: Place::Query })
        .collect();
    // Their order does not matter.
    parameters.reverse();
    let names = text(&facts["authorization"]).split("SignedHeaders=").nth(1).unwrap().split(',').next().unwrap();
    let mut headers: Vec<_> = names.split(';').rev().map(|name| (name, text(&facts["headers"][name]))).collect();
    let body_sha256 = v3::body_sha256(body.as_bytes());
    assert_eq!(body_sha256, text(&facts["headers"]["x-acs-content-sha256"]), "{name}: hash of the body");
    let credentials = Credentials::new(id, secret);
    let signed = v3::sign(method(verb), path, &mut parameters, &mut headers, &body_sha256, &credentials);
    let canonical_request = text(&facts["canonicalRequest"]);
    assert_eq!(signed.canonical_request, canonical_request, "{name}: canonical request");
    assert_eq!(signed.query, canonical_request.split('\n').nth(2).unwrap(), "{name}: query");
    assert_eq!(signed.string_to_sign, text(&facts["stringToSign"]), "{name}: string to sign");
    assert_eq!(signed.signature, text(&facts["signature"]), "{name}: signature");
    assert_eq!(signed.authorization, text(&facts["authorization"]), "{name}: authorization");
}

#[test]
fn every_stage_of_the_official_v3_vectors_is_reproduced() {
    let file = vectors("official.json");
    let cases = file["v3"].as_array().unwrap();
    assert_eq!(cases.len(), 5);
    for case in cases {
        let account = [&case["accessKeyId"], &case["secret"]];
        let request = ["method", "path", "body"].map(|name| text(&case[name]));
        check_v3(text(&case["name"]), account, request, &case["query"], case);
    }
}

#[test]
fn every_stage_of_the_captured_v3_calls_is_reproduced() {
    for (name, count) in [("captured.json", 21), ("captured-roa.json", 9)] {
        let file = vectors(name);
        let cases = file["vectors"].as_array().unwrap();
        assert_eq!(cases.len(), count);
        for case in cases {
            let id = text(&case["id"]);
            let account = [&case["accessKeyId"], &case["secret"]];
            let capture = &case["v3"];
            let path = text(&capture["target"]).split('?').next().unwrap();
            let request = [text(&capture["method"]), path, text(&capture["body"])];
            check_v3(&format!("{id}, minimal"), account, request, &capture["query"], &capture["minimal"]);
            // The Python client signs every header.
            let mut facts = capture.clone();
            facts["authorization"] = capture["headers"]["authorization"].clone();
            check_v3(id, account, request, &capture["query"], &facts);
        }
    }
}

#[test]
fn spaces_around_a_header_are_not_signed() {
    let sign = |value| {
        let credentials = Credentials::new("id", "secret");
        let mut headers = [("x-acs-note", value), ("host", "h")];
        v3::sign(Method::Get, "/", &mut [], &mut headers, "", &credentials).canonical_request
    };
    assert_eq!(sign(" a  b\t"), sign("a  b"));
    assert_eq!(sign("a  b"), "GET\n/\n\nhost:h\nx-acs-note:a  b\n\nhost;x-acs-note\n");
}

#[test]
fn names_and_values_are_encoded_as_the_gateway_does() {
    for case in vectors("official.json")["percent_encode"].as_array().unwrap() {
        let (plain, encoded) = (text(&case[0]), text(&case[1]));
        let parameter = WireParameter { name: "!".into(), value: plain.into(), place: Place::Query };
        let signed =
            v1::sign(Method::Get, vec![parameter], &Credentials::new("id", "secret"), SystemTime::UNIX_EPOCH, "nonce");
        let first = signed.canonical_query.split('&').next().unwrap();
        assert_eq!(first, format!("%21={encoded}"), "{plain:?}");
        let mut parameters = [WireParameter { name: plain.into(), value: plain.into(), place: Place::Query }];
        let signed = v3::sign(Method::Get, "/", &mut parameters, &mut [], "", &Credentials::new("id", "secret"));
        assert_eq!(signed.query, format!("{encoded}={encoded}"), "{plain:?}");
    }
}

#[test]
fn requests_without_parameters_can_be_signed() {
    let signed = v1::sign(Method::Get, vec![], &Credentials::new("a", ""), SystemTime::UNIX_EPOCH, "");
    assert!(signed.string_to_sign.starts_with("GET&%2F&AccessKeyId%3Da%26"), "{}", signed.string_to_sign);
    assert!(signed.query.contains("Timestamp=1970-01-01T00%3A00%3A00Z"), "{}", signed.query);
}

#[test]
fn debug_output_does_not_show_the_signed_request() {
    let credentials = Credentials::new("my-id", "my-secret").security_token("my-token");
    let v1 = v1::sign(Method::Get, vec![], &credentials, SystemTime::UNIX_EPOCH, "nonce");
    let v3 = v3::sign(Method::Get, "/", &mut [], &mut [("x-acs-security-token", "my-token")], "", &credentials);
    assert_eq!(format!("{v1:?} {v3:?}"), "SignedRequest { .. } SignedRequest { .. }");
    for shown in [format!("{credentials:?}"), format!("{v1:?}"), format!("{v3:?}")] {
        assert!(!shown.contains("my-secret") && !shown.contains("my-token"), "{shown}");
        assert!(!shown.contains(&v1.signature) && !shown.contains(&v3.signature), "{shown}");
    }
}
