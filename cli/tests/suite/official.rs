//! Typed requests equal those of official clients: 30 calls of 27 operations, captured from Python clients.
//! The specs are imported from the official metadata, with the calls as examples.

use std::path::Path;

use alicloud_runtime::dynamic::{Client, PreparedRequest};

use alicloud_runtime::Request;
use alicloud_runtime::{Config, Credentials, Failure, SignatureVersion};
use serde_json::Value;

use crate::official_calls::{self, Sent};

/// A test for each call. The typed request is built from the parameters of the official client.
mod calls {
    #![allow(deprecated, reason = "official operations may be deprecated")]
    alicloud_macros::example_tests!("tests/official/specs", crate::official_calls::generated, crate::official::check);
}

/// Compares the request with that of the official client in the `index`-th call of `operation`.
fn check<R: Request>(request: R, module: &str, operation: &str, index: usize) {
    let call = official_calls::calls()
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
        assert_eq!(sent(&outgoing, &call), official_calls::expected(&call), "{} under {version:?}", call["id"]);
        assert_eq!(R::OPERATION.method.as_str(), call["method"].as_str().unwrap());
    }
}

fn sent(outgoing: &PreparedRequest, call: &Value) -> Value {
    let sent = Sent {
        path: outgoing.path(),
        query: outgoing.query(),
        body: outgoing.body().map_or("", |body| std::str::from_utf8(body).unwrap()),
        is_json: outgoing.header("content-type").is_some_and(|value| value.starts_with("application/json")),
    };
    // The parameters of every V1 call.
    let common = ["AccessKeyId", "Action", "Format", "Timestamp", "Version"];
    sent.comparable(call, |name| common.contains(&name) || name.starts_with("Signature"))
}

#[test]
fn every_captured_call_is_compared() {
    let loaded = alicloud_model::load_dir(Path::new(official_calls::SPECS), "specs", None);
    assert!(loaded.diagnostics.is_empty(), "{:#?}", loaded.diagnostics);
    let operations = || loaded.services.iter().flat_map(|service| &service.operations);
    let examples: usize = operations().map(|operation| operation.examples.len()).sum();
    assert_eq!(examples, official_calls::calls().len());
}
