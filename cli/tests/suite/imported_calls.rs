//! Imported operations are called like manually written ones, despite errors and gaps in the document.
//!
//! `tests/imported_calls/specs` is the import of `tests/imported_calls/document.json`.

use std::fs;
use std::path::Path;
use std::time::Duration;

use alicloud_cli::import::{Options, convert};
use alicloud_emulator::{ACCESS_KEY_ID, ACCESS_KEY_SECRET, Emulator, ScriptedResponse};
use alicloud_runtime::{Config, Credentials, Failure, RetryPolicy};
use demo::{
    DeleteSiteMonitorsRequest, DescribeInstancesRequest, RunInstancesRequest, RunInstancesResponse, SendSmsRequest,
};

alicloud_macros::generate!("tests/imported_calls/specs");

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/imported_calls");

async fn emulator() -> Emulator {
    Emulator::start(Path::new(FOLDER).join("specs")).await.unwrap()
}

fn client(emulator: &Emulator) -> demo::Client {
    let config = Config::new(Credentials::new(ACCESS_KEY_ID, ACCESS_KEY_SECRET)).endpoint(emulator.url());
    demo::Client::new(&config.retry_policy(RetryPolicy::new().max_delay(Duration::ZERO))).unwrap()
}

#[test]
fn the_specs_are_the_import_of_the_document() {
    let document = fs::read(Path::new(FOLDER).join("document.json")).unwrap();
    for (name, text) in convert(&document, &Options::default()).unwrap().files() {
        let path = Path::new(FOLDER).join("specs/demo/2017-05-25").join(&name);
        assert_eq!(fs::read_to_string(&path).unwrap(), text, "{name}");
    }
}

/// The document declares `SendSms` a read. Its name does not imply it, so it is never retried.
#[tokio::test]
async fn a_message_is_sent_once() {
    for response in [
        ScriptedResponse::close(),
        ScriptedResponse::reset(),
        ScriptedResponse::raw(503, "text/plain", "busy"),
        ScriptedResponse::raw(200, "text/plain", "?"),
    ] {
        let emulator = emulator().await;
        emulator.respond_next("SendSms", response.times(3)).unwrap();
        client(&emulator).send_sms(&SendSmsRequest::new("1")).await.unwrap_err();
        assert_eq!(emulator.calls().len(), 1);
    }
}

/// The document declares no effect of `DescribeInstances`. Its name implies a read, so it is retried.
#[tokio::test]
async fn a_read_is_retried() {
    for response in [ScriptedResponse::close(), ScriptedResponse::raw(503, "text/plain", "busy")] {
        let emulator = emulator().await;
        emulator.respond_next("DescribeInstances", response.times(2)).unwrap();
        client(&emulator).describe_instances(&DescribeInstancesRequest::new()).await.unwrap();
        assert_eq!(emulator.calls().len(), 3);
    }
}

/// A busy service has not executed the operation, so a write is retried with the same token.
#[tokio::test]
async fn a_write_is_retried_after_a_code_of_a_busy_service() {
    for code in ["LastTokenProcessing", "OperationConflict", "SystemBusy", "TaskConflict"] {
        let emulator = emulator().await;
        emulator.respond_next("RunInstances", ScriptedResponse::error(400, code, "Busy.").times(2)).unwrap();
        client(&emulator).run_instances(&RunInstancesRequest::new()).await.unwrap();
        let tokens: Vec<String> = emulator.calls().iter().map(|call| call.parameters["ClientToken"].clone()).collect();
        assert_eq!(tokens.len(), 3, "{code}");
        assert!(tokens.iter().all(|token| *token == tokens[0]), "{tokens:?}");
    }
}

#[tokio::test]
async fn a_failure_in_a_200_response_is_an_error() {
    let emulator = emulator().await;
    let limited = r#"{"Code":"isv.BUSINESS_LIMIT_CONTROL","Message":"Too many.","RequestId":"R"}"#;
    emulator.respond_next("SendSms", ScriptedResponse::json(200, limited)).unwrap();
    let error = client(&emulator).send_sms(&SendSmsRequest::new("1")).await.unwrap_err();
    let Failure::Service(failure) = error.failure() else { panic!("{error}") };
    assert_eq!((failure.code.as_str(), failure.message.as_str()), ("isv.BUSINESS_LIMIT_CONTROL", "Too many."));
    assert_eq!(failure.request_id.as_deref(), Some("R"));

    emulator
        .respond_next("DeleteSiteMonitors", ScriptedResponse::json(200, r#"{"Success":"false","Code":"404"}"#))
        .unwrap();
    let error = client(&emulator).delete_site_monitors(&DeleteSiteMonitorsRequest::new("1")).await.unwrap_err();
    assert!(matches!(error.failure(), Failure::Service(failure) if failure.code == "404"), "{error}");

    for good in [r#"{"Code":"OK"}"#, r#"{"Code":"ok"}"#, r#"{"Code":""}"#, r#"{"Code":null}"#, r#"{"BizId":"1"}"#] {
        emulator.respond_next("SendSms", ScriptedResponse::json(200, good)).unwrap();
        client(&emulator).send_sms(&SendSmsRequest::new("1")).await.unwrap_or_else(|error| panic!("{good}: {error}"));
    }
}

#[tokio::test]
async fn passwords_and_session_keys_are_hidden() {
    let emulator = emulator().await;
    let body = r#"{"Credentials":{"AccessKeySecret":"hush-1","SecurityToken":"hush-2"}}"#;
    emulator.respond_next("RunInstances", ScriptedResponse::json(200, body)).unwrap();
    let request = RunInstancesRequest::new().password("hush-3");
    let response: RunInstancesResponse = client(&emulator).run_instances(&request).await.unwrap();
    assert_eq!(response.credentials.security_token, "hush-2");
    emulator.respond_next("RunInstances", ScriptedResponse::error(400, "Bad", "`hush-3` is too short.")).unwrap();
    let error = client(&emulator).run_instances(&request).await.unwrap_err();
    let shown = format!("{request:?} {response:?} {error} {error:?} {:?}", emulator.calls());
    assert!(!shown.contains("hush"), "{shown}");
}

#[tokio::test]
async fn the_items_of_all_pages_are_returned() {
    let emulator = emulator().await;
    for page in [r#"{"InstanceId":"a"},{"InstanceId":"b"}"#, r#"{"InstanceId":"c"}"#] {
        let body = format!(r#"{{"TotalCount":3,"Instances":{{"Instance":[{page}]}}}}"#);
        emulator.respond_next("DescribeInstances", ScriptedResponse::json(200, body)).unwrap();
    }
    let (client, request) = (client(&emulator), DescribeInstancesRequest::new().page_size(2));
    let mut items = client.describe_instances(&request).items();
    for expected in ["a", "b", "c"] {
        assert_eq!(items.next().await.unwrap().unwrap().instance_id, expected);
    }
    assert!(items.next().await.is_none());
}
