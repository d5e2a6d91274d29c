//! What official clients send for a call, our typed requests send too: 30 calls captured from the official Python clients,
//! of 27 operations. Their specs are what `import` makes of the official metadata, with the calls as examples; the macro
//! makes the typed requests of them.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use alicloud_runtime::__private::{Client, Outgoing, Request};
use alicloud_runtime::{Config, Credentials, Failure, SignatureVersion};
use serde_json::{Value, json};

/// What is generated for the imported operations.
mod generated {
    #![allow(missing_docs, reason = "there are no texts in the metadata")]
    alicloud_macros::generate!("tests/official/specs");
}

/// A test for each call: the typed request is built from what the official client was given.
mod calls {
    #![allow(deprecated, reason = "what is official may be out of date")]
    alicloud_macros::example_tests!("tests/official/specs", crate::generated, crate::check);
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/official")
}

fn calls() -> Vec<Value> {
    serde_json::from_str(&fs::read_to_string(folder().join("calls.json")).unwrap()).unwrap()
}

/// Compares what our client makes of the request with what the official one sent for the `index`-th call of `operation`.
fn check<R: Request>(request: R, module: &str, operation: &str, index: usize) {
    let call = calls()
        .into_iter()
        .filter(|call| call["product"].as_str().unwrap().eq_ignore_ascii_case(module) && call["action"] == operation)
        .nth(index)
        .unwrap();
    for version in [SignatureVersion::V1, SignatureVersion::V3] {
        let config = Config::new(Credentials::new("testid", "testsecret")).endpoint("gateway.example");
        let client = Client::new(R::OPERATION.service, &config.signature_version(version)).unwrap();
        let prepared = client.prepare(R::OPERATION, request.input());
        if call["style"] == "ROA" && version == SignatureVersion::V1 {
            assert!(matches!(prepared, Err(Failure::Configuration(_))), "V1 signs RPC only");
            continue;
        }
        let outgoing = prepared.unwrap();
        assert_eq!(sent(&outgoing, &call), expected(&call), "{} under {version:?}", call["id"]);
        assert_eq!(R::OPERATION.method.as_str(), call["method"].as_str().unwrap());
    }
}

/// Method-independent parts of a request, as the captures tell them.
fn sent(outgoing: &Outgoing, call: &Value) -> Value {
    let body = outgoing.body().map(|body| std::str::from_utf8(body).unwrap());
    let is_json = outgoing.header("content-type").is_some_and(|value| value.starts_with("application/json"));
    let (form, json) = match body {
        Some(body) if is_json => ("", serde_json::from_str(body).unwrap()),
        Some(body) => (body, Value::Null),
        None => ("", Value::Null),
    };
    json!({
        "path": outgoing.path(),
        "query": parameters(outgoing.query(), call),
        "form": parameters(form, call),
        "json": json,
    })
}

fn expected(call: &Value) -> Value {
    let wanted = &call["expected"];
    let pairs = |of: &Value| -> BTreeMap<String, Value> {
        let of = of.as_object().unwrap();
        of.iter().map(|(name, value)| (name.clone(), read(name, value.as_str().unwrap(), call))).collect()
    };
    json!({
        "path": call["path"],
        "query": pairs(&wanted["query"]),
        "form": pairs(&wanted["form"]),
        "json": wanted["json"],
    })
}

/// The decoded parameters without those that every V1 call has.
fn parameters(encoded: &str, call: &Value) -> BTreeMap<String, Value> {
    let common = ["AccessKeyId", "Action", "Format", "Timestamp", "Version"];
    url::form_urlencoded::parse(encoded.as_bytes())
        .filter(|(name, _)| !common.contains(&name.as_ref()) && !name.starts_with("Signature"))
        .map(|(name, value)| (name.to_string(), read(&name, &value, call)))
        .collect()
}

/// A value, read as JSON where the order of its members is free.
fn read(name: &str, value: &str, call: &Value) -> Value {
    let is_json =
        call["jsonParams"].as_array().unwrap().iter().any(|known| known == name) || value.starts_with(['[', '{']);
    if is_json { serde_json::from_str(value).unwrap() } else { Value::from(value) }
}

#[test]
fn every_captured_call_is_compared() {
    let loaded = alicloud_model::load_dir(&folder().join("specs"), "specs", None);
    assert!(loaded.diagnostics.is_empty(), "{:#?}", loaded.diagnostics);
    let operations = || loaded.services.iter().flat_map(|service| &service.operations);
    assert_eq!(operations().map(|operation| operation.examples.len()).sum::<usize>(), calls().len());
    assert_eq!(calls().len(), 30);
}
