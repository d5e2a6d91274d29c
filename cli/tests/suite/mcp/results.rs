//! Results show responses and errors, without secrets, and shortened.

use alicloud_emulator::{ACCESS_KEY_SECRET, ScriptedResponse};
use serde_json::{Value, json};

use super::client::Client;
use super::gateway::gateway;

/// A call of `DescribeInstances` with more arguments.
fn instances(more: &Value) -> Value {
    let mut arguments = json!({
        "product": "ecs", "operation": "DescribeInstances", "parameters": {"RegionId": "cn-hangzhou"},
    });
    arguments.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    arguments
}

#[tokio::test(flavor = "multi_thread")]
async fn secrets_are_hidden_wherever_they_are() {
    let gateway = gateway().await;
    let mut client = Client::start(&["--endpoint", gateway.url(), "--allow-writes"]);
    let role = json!({
        "product": "sts", "operation": "AssumeRole", "dry_run": false,
        "parameters": {"RoleArn": "acs:ram::1:role/r", "RoleSessionName": "session"},
    });
    let assumed = client.call("call_write_operation", role);
    let credentials = &assumed["response"]["Credentials"];
    assert_eq!((&credentials["AccessKeySecret"], &credentials["SecurityToken"]), (&json!("***"), &json!("***")));
    assert_eq!(credentials["AccessKeyId"], "STS.L4aBSCSJVMuKg5U1****");
    assert_eq!(assumed["hidden_values"], 2);

    let secret = json!({"product": "kms", "operation": "GetSecretValue", "parameters": {"SecretName": "s"}});
    for (body, shown) in [
        (json!({"SecretData": "hunter2"}), json!({"SecretData": "***"})),
        // Other spellings and places than those of the spec, and other types.
        (json!({"Result": [{"secretdata": {"a": "hunter2"}}]}), json!({"Result": [{"secretdata": "***"}]})),
        (json!({"SecretData": ["hunter2"], "SecretName": "s"}), json!({"SecretData": "***", "SecretName": "s"})),
        // Fields that the spec does not have.
        (json!({"AdminPassword": "hunter2", "NextToken": "n"}), json!({"AdminPassword": "***", "NextToken": "n"})),
        (json!({"HasPassword": true, "Password": ""}), json!({"HasPassword": true, "Password": ""})),
        // JSON in a text, and lists of names and values.
        (json!({"ExtendedConfig": "{\"Password\":\"hunter2\"}"}), json!({"ExtendedConfig": "{\"Password\":\"***\"}"})),
        (
            json!({"Environment": [{"Key": "DB_PASSWORD", "Value": "hunter2"}, {"Key": "HOST", "Value": "h"}]}),
            json!({"Environment": [{"Key": "DB_PASSWORD", "Value": "***"}, {"Key": "HOST", "Value": "h"}]}),
        ),
    ] {
        gateway.respond_next("GetSecretValue", ScriptedResponse::json(200, &body)).unwrap();
        let read = client.call("call_read_operation", secret.clone());
        assert_eq!(read["response"], shown, "{body}");
    }
    // A query selects from what is shown.
    let mut query = secret.clone();
    query["query"] = json!("SecretData");
    gateway.respond_next("GetSecretValue", ScriptedResponse::json(200, json!({"SecretData": "hunter2"}))).unwrap();
    assert_eq!(client.call("call_read_operation", query)["response"], "***");
    // In a body that is not JSON, nothing can be found.
    let text = ScriptedResponse::raw(200, "text/plain", "SecretData: hunter2");
    gateway.respond_next("GetSecretValue", text).unwrap();
    let result = client.result("call_read_operation", &secret).to_string();
    assert!(!result.contains("hunter2"), "{result}");
}

#[tokio::test(flavor = "multi_thread")]
async fn secret_parameters_are_neither_in_plans_nor_in_errors() {
    let gateway = gateway().await;
    let mut client = Client::start(&["--endpoint", gateway.url(), "--allow-writes"]);
    let login = |dry_run: bool| {
        json!({
            "product": "ram", "operation": "CreateLoginProfile", "dry_run": dry_run,
            "parameters": {"UserName": "alice", "Password": "correct horse"},
        })
    };
    let planned = client.call("call_write_operation", login(true));
    assert_eq!(planned["request"]["parameters"], json!({"UserName": "alice", "Password": "***"}));
    let message = "the password correct horse is too weak";
    gateway
        .respond_next("CreateLoginProfile", ScriptedResponse::error(400, "InvalidParameter.Password", message))
        .unwrap();
    let failed = client.failed("call_write_operation", login(false));
    assert_eq!(failed["message"], "the password *** is too weak");
    assert_eq!(failed["sent"], true);
    // The string to sign, with the parameters, is in the message of the gateway.
    let mut stranger = Client::start_with(
        &[("ALIBABA_CLOUD_ACCESS_KEY_ID", "testid"), ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "wrongsecret")],
        &["--endpoint", gateway.url(), "--allow-writes"],
    );
    let result = stranger.result("call_write_operation", &login(false)).to_string();
    assert!(result.contains("SignatureDoesNotMatch"), "{result}");
    for secret in ["correct horse", "correct%20horse", "wrongsecret", ACCESS_KEY_SECRET] {
        assert!(!result.contains(secret), "{result}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_error_has_its_code_message_request_id_and_advice() {
    let gateway = gateway().await;
    let mut client = Client::start(&["--endpoint", gateway.url()]);
    let body = json!({"Code": "Forbidden.RAM", "Message": "You may not.", "RequestId": "R-1"});
    gateway.respond_next("DescribeInstances", ScriptedResponse::json(403, body)).unwrap();
    let result = client.result("call_read_operation", &instances(&json!({})));
    let error = &result["structuredContent"]["error"];
    assert_eq!((&error["code"], &error["http_status"]), (&json!("Forbidden.RAM"), &json!(403)));
    assert_eq!((&error["message"], &error["sent"]), (&json!("You may not."), &json!(true)));
    assert_eq!(error["request_id"], "R-1");
    assert!(error["advice"].as_str().unwrap().contains("RAM policy"), "{error}");
    let text = result["content"][0]["text"].as_str().unwrap();
    for part in ["Forbidden.RAM: You may not.", "R-1", "RAM policy"] {
        assert!(text.contains(part), "{text}");
    }
    // Without a response, it is unknown whether the service acted.
    gateway.respond_next("StopInstance", ScriptedResponse::close()).unwrap();
    let mut writer = Client::start(&["--endpoint", gateway.url(), "--allow-writes"]);
    let stop = json!({
        "product": "ecs", "operation": "StopInstance", "dry_run": false, "parameters": {"InstanceId": "i-1"},
    });
    let error = writer.failed("call_write_operation", stop);
    assert!(error["sent"].is_null() && error["message"].is_string(), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_credentials_nothing_is_sent() {
    let gateway = gateway().await;
    let without_metadata = [("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true")];
    let mut client = Client::start_with(&without_metadata, &["--endpoint", gateway.url()]);
    let failed = client.failed("call_read_operation", instances(&json!({})));
    assert_eq!(failed["sent"], false);
    assert!(failed["advice"].as_str().unwrap().contains("ALIBABA_CLOUD_ACCESS_KEY_ID"), "{failed}");
    let stop = json!({"product": "ecs", "operation": "StopInstance", "parameters": {"InstanceId": "i-1"}});
    assert_eq!(client.call("call_write_operation", stop)["warning"], "no credentials were found");
    assert_eq!(gateway.take_calls().len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn long_lists_and_texts_are_cut_with_a_count() {
    let gateway = gateway().await;
    let mut client = Client::start(&["--endpoint", gateway.url()]);
    let mut read = |body: Value, more: Value| {
        gateway.respond_next("DescribeInstances", ScriptedResponse::json(200, body)).unwrap();
        client.call("call_read_operation", instances(&more))
    };
    let list = |count: usize, text: &str| {
        let items: Vec<Value> =
            (0..count).map(|number| json!({"InstanceId": format!("i-{number}"), "Description": text})).collect();
        json!({"TotalCount": count, "Instances": {"Instance": items}})
    };
    let items = |result: &Value| result["response"]["Instances"]["Instance"].as_array().map(Vec::len);
    let path = "Instances.Instance";

    let whole = read(list(50, ""), json!({}));
    assert_eq!((items(&whole), &whole["cut"]), (Some(50), &Value::Null));
    let usual = read(list(120, ""), json!({}));
    assert_eq!(items(&usual), Some(50));
    assert_eq!(usual["cut"], json!([{"path": path, "unit": "items", "shown": 50, "total": 120}]));
    assert!(usual["cut_help"].as_str().unwrap().contains("`query`"));
    let more = read(list(120, ""), json!({"max_items": 120}));
    assert_eq!((items(&more), &more["cut"]), (Some(120), &Value::Null));
    let one = read(list(120, ""), json!({"max_items": 1, "query": "Instances.Instance[].InstanceId"}));
    assert_eq!(one["response"], json!(["i-0"]));
    assert_eq!(one["cut"], json!([{"path": "", "unit": "items", "shown": 1, "total": 120}]));

    // One long text, which keeps its beginning.
    let text = read(list(1, &"x".repeat(5000)), json!({}));
    let shown = text["response"]["Instances"]["Instance"][0]["Description"].as_str().unwrap();
    assert!(shown.starts_with("xxxx") && shown.ends_with("… (5000 characters in all)"), "{shown}");
    assert_eq!(text["cut"][0]["unit"], "characters");
    // Too large as a whole: shorter lists and texts.
    let large = read(list(1000, &"x".repeat(1000)), json!({"max_items": 1000}));
    assert!(large["response"].to_string().len() <= 40_000);
    assert!(items(&large) > Some(10), "{:?}", items(&large));
    assert_eq!(large["cut"][0]["total"], 1000);
    // An object with too many members: only its size.
    let wide: serde_json::Map<String, Value> =
        (0..5000).map(|number| (format!("Member{number}"), json!(number))).collect();
    let wide = read(Value::Object(wide), json!({}));
    assert_eq!((&wide["response"], &wide["cut"][0]["shown"]), (&Value::Null, &json!(0)));
}

#[tokio::test(flavor = "multi_thread")]
async fn characters_that_do_not_show_are_escaped() {
    let gateway = gateway().await;
    let mut client = Client::start(&["--endpoint", gateway.url()]);
    // A right-to-left override, and a tag character that models read and people do not see.
    let body = json!({"Instances": {"Instance": [{"InstanceName": "a\u{202e}b\u{e0041}c\n"}]}});
    gateway.respond_next("DescribeInstances", ScriptedResponse::json(200, body)).unwrap();
    let read = client.call("call_read_operation", instances(&json!({})));
    assert_eq!(read["response"]["Instances"]["Instance"][0]["InstanceName"], "a\\u{202e}b\\u{e0041}c\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_query_that_fails_after_a_call_does_not_hide_that_it_was_sent() {
    let gateway = gateway().await;
    let mut client = Client::start(&["--endpoint", gateway.url()]);
    let read = client.call("call_read_operation", instances(&json!({"query": "abs(RequestId)"})));
    assert_eq!(read["sent"], true);
    assert!(read["query_error"].is_string() && read["response"]["Instances"].is_object(), "{read}");
    gateway.take_calls();
    let failed = client.failed("call_read_operation", instances(&json!({"query": "[[["})));
    assert_eq!(failed["sent"], false);
    assert_eq!(gateway.take_calls().len(), 0);
}
