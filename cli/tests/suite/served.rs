//! ROA end to end: typed requests from specs, sent over real sockets to the emulator.

/// The generated code of a product with all features.
mod lab_specs {
    alicloud_macros::generate!("tests/served/specs");
}

/// A test for each of its examples.
mod lab_examples {
    alicloud_macros::example_tests!("tests/served/specs", crate::served::lab_specs, crate::served::check_lab);
}

/// A test for each captured call.
mod official_examples {
    #![allow(deprecated, reason = "official operations may be deprecated")]
    alicloud_macros::example_tests!(
        "tests/official/specs",
        crate::official_calls::generated,
        crate::served::check_official
    );
}

use std::path::Path;

use alicloud_emulator::{ACCESS_KEY_ID, ACCESS_KEY_SECRET, Emulator, ScriptedResponse};
use alicloud_runtime::Request;
use alicloud_runtime::{Binary, Config, Credentials, Failure};
use lab_specs::lab::{
    Client, CountAllRequest, CountNodesRequest, GetTreeRequest, ListIdsRequest, ListNodesRequest, NodeInput,
    PutFileRequest, PutNodeError, PutNodeRequest, PutNoteRequest, SetThingsRequest, TouchRequest,
};
use serde_json::{Value, json};

use crate::{exchange, official_calls};

const LAB: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/served/specs");

fn check_lab<R: Request + Sync>(request: R, module: &str, name: &str, index: usize)
where
    R::Response: std::fmt::Debug,
{
    exchange::check(Path::new(LAB), request, module, name, index);
}

fn check_official<R: Request + Sync>(request: R, module: &str, name: &str, index: usize)
where
    R::Response: std::fmt::Debug,
{
    exchange::check(Path::new(official_calls::SPECS), request, module, name, index);
}

async fn lab() -> (Emulator, Client) {
    let emulator = Emulator::start(LAB).await.unwrap();
    let config = Config::new(Credentials::new(ACCESS_KEY_ID, ACCESS_KEY_SECRET)).endpoint(emulator.url());
    let client = Client::new(&config).unwrap();
    (emulator, client)
}

#[tokio::test]
async fn all_parts_of_a_request_arrive() {
    let (emulator, lab) = lab().await;
    let request = PutNodeRequest::new("c/1", 7_i64, NodeInput::new("n").nodes([NodeInput::new("m")]))
        .dry_run(true)
        .x_lab_trace("t")
        .x_lab_meta([("Owner", "me".to_owned())]);
    let response = lab.put_node(&request).await.unwrap();
    assert_eq!((response.x_lab_version, response.request_id.as_str()), (7, "R-1"));
    let node = response.node.unwrap();
    assert_eq!(node.next.unwrap().nodes[0].id, "a");

    let call = emulator.calls().remove(0);
    assert_eq!((call.method.as_str(), call.path.as_str()), ("PUT", "/clusters/c%2F1/nodes/7"));
    assert_eq!(call.parameters.iter().collect::<Vec<_>>(), [(&"DryRun".to_owned(), &"true".to_owned())]);
    assert_eq!(call.headers["x-lab-trace"], "t");
    assert_eq!(call.headers["x-lab-meta-owner"], "me");
    let body: Value = serde_json::from_slice(&call.body).unwrap();
    assert_eq!(body, json!({ "Id": "n", "Nodes": [{ "Id": "m" }] }));
}

#[tokio::test]
async fn bodies_are_returned_typed() {
    let (emulator, lab) = lab().await;
    assert_eq!(lab.list_ids(&ListIdsRequest::new()).await.unwrap().body, ["a1", "a2"]);
    let nodes = lab.list_nodes(&ListNodesRequest::new()).await.unwrap().body;
    assert_eq!((nodes.len(), nodes[0].next.as_ref().unwrap().id.as_str()), (2, "b"));
    let counts = lab.count_nodes(&CountNodesRequest::new()).await.unwrap().body;
    assert_eq!(counts["small"], 9_007_199_254_740_993);
    assert_eq!(lab.count_all(&CountAllRequest::new()).await.unwrap().body, 42);
    assert_eq!(lab.put_note(&PutNoteRequest::new("n").body("x")).await.unwrap().body, "a plain text");
    assert_eq!(lab.touch(&TouchRequest::new()).await.unwrap().e_tag, "e1");

    let bytes = b"\x00\xff&=".as_slice();
    emulator.respond_next("PutFile", ScriptedResponse::raw(200, "application/octet-stream", bytes)).unwrap();
    assert_eq!(&*lab.put_file(&PutFileRequest::new().body(Binary::from(bytes))).await.unwrap().body, bytes);
    assert_eq!(emulator.calls().pop().unwrap().body, bytes);
}

#[tokio::test]
async fn a_form_of_json_arrives_as_one_object() {
    let (emulator, lab) = lab().await;
    let mut node = NodeInput::new("0");
    for depth in 1..40 {
        node = NodeInput::new(depth.to_string()).next(node);
    }
    lab.set_things(&SetThingsRequest::new(3).node(node).force(true)).await.unwrap();
    let call = emulator.calls().remove(0);
    assert_eq!((&call.input["count"], &call.input["force"]), (&json!("3"), &json!("true")));
    let names = std::iter::successors(Some(&call.input["node"]), |node| node.get("Next"));
    assert_eq!(names.count(), 40);
}

#[tokio::test]
async fn errors_arrive_typed() {
    let (emulator, lab) = lab().await;
    let request = PutNodeRequest::new("c", 1_i64, NodeInput::new("n"));
    emulator.fail_next("PutNode", "Node.Exists").unwrap();
    let error = lab.put_node(&request).await.unwrap_err();
    assert!(matches!(error.service_error(), Some(PutNodeError::NodeExists)), "{error:?}");
    assert_eq!((error.status(), error.message()), (Some(409), Some("There is one already.")));
    assert!(error.request_id().is_some());

    emulator.fail_next("PutNode", "Lab.Closed").unwrap();
    let error = lab.put_node(&request).await.unwrap_err();
    assert!(matches!(error.service_error(), Some(PutNodeError::LabClosed)), "{error:?}");

    // The path would be that of another operation.
    for cluster in ["", ".", ".."] {
        let error = lab.get_tree(&GetTreeRequest::new(cluster)).await.map_err(Failure::from);
        assert!(matches!(error, Err(Failure::Invalid(_))), "{error:?}");
    }
    assert_eq!(emulator.calls().len(), 2);

    let config = Config::new(Credentials::new(ACCESS_KEY_ID, "wrong")).endpoint(emulator.url());
    let error = Client::new(&config).unwrap().put_node(&request).await.unwrap_err();
    assert_eq!(error.code(), Some("SignatureDoesNotMatch"));
}
