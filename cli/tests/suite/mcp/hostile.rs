//! Input that no good client sends.

use serde_json::{Value, json};

use super::client::Client;
use super::gateway::gateway;

#[tokio::test(flavor = "multi_thread")]
async fn bad_arguments_are_errors_that_an_agent_can_correct() {
    let gateway = gateway().await;
    let mut client = Client::start(&["--endpoint", gateway.url(), "--allow-writes"]);
    let large = "x".repeat(5 << 20);
    let of_instances =
        |parameters: Value| json!({"product": "ecs", "operation": "DescribeInstances", "parameters": parameters});
    let mut deep = json!("x");
    for _ in 0..100 {
        deep = json!([deep]);
    }
    for (tool, arguments, part) in [
        ("search_operations", json!({}), "missing field `query`"),
        ("search_operations", json!({"query": 3}), "invalid type: integer `3`, expected a string"),
        ("search_operations", json!({"query": "x", "limit": -1}), "invalid value: integer `-1`"),
        ("search_operations", json!({"query": "x", "limit": "many"}), "invalid type: string \"many\""),
        ("search_operations", json!({"query": "x", "word": "y"}), "unknown field `word`"),
        ("search_operations", json!({"query": "   "}), "there is nothing to search for"),
        ("search_operations", json!({"query": "zzqqxxj"}), "nothing matches `zzqqxxj`"),
        ("search_operations", json!({"query": large}), "has 5242880 bytes; at most 4096 are allowed"),
        ("describe_operation", json!({"product": "ecs"}), "missing field `operation`"),
        ("describe_operation", json!({"product": "ecs", "operation": null}), "invalid type: null"),
        ("describe_operation", json!({"product": "no such product", "operation": "x"}), "no such product"),
        ("describe_operation", json!({"product": "ecs", "operation": "DescribeInstance"}), "DescribeInstance"),
        (
            "describe_operation",
            json!({"product": "ecs", "operation": "DescribeInstances", "version": "2000-01-01"}),
            "2000-01-01",
        ),
        ("describe_operation", json!({"product": "../../etc", "operation": "passwd"}), "etc"),
        ("call_read_operation", json!({"product": "ecs", "operation": "NoSuchThing"}), "NoSuchThing"),
        ("call_read_operation", of_instances(json!(["RegionId"])), "invalid type: sequence, expected a map"),
        ("call_read_operation", of_instances(json!({})), "RegionId: is required"),
        ("call_read_operation", of_instances(json!({"RegionId": "r", "NoSuch": 1})), "NoSuch: is not a parameter"),
        ("call_read_operation", of_instances(json!({"RegionID": "r"})), "did you mean `RegionId`?"),
        // The options of the server are no parameters.
        (
            "call_read_operation",
            of_instances(json!({"RegionId": "r", "endpoint": "evil.example"})),
            "endpoint: is not a parameter",
        ),
        ("call_read_operation", of_instances(json!({"RegionId": "r", "PageSize": "many"})), "PageSize"),
        ("call_read_operation", of_instances(json!({"RegionId": "r", "PageSize": [1]})), "PageSize"),
        ("call_read_operation", of_instances(json!({"RegionId": "r", "Tag": [{"Kye": "k"}]})), "Kye"),
        ("call_read_operation", of_instances(json!({"RegionId": "r", "Tag": deep})), "Tag"),
        ("call_read_operation", of_instances(json!({"RegionId": "r", large.as_str(): 1})), "characters in all"),
        (
            "call_write_operation",
            json!({"product": "ecs", "operation": "StopInstance", "dry_run": "no"}),
            "expected a boolean",
        ),
        (
            "call_write_operation",
            json!({"product": "ecs", "operation": "StopInstance", "dry_run": false}),
            "InstanceId: is required",
        ),
    ] {
        let failed = client.failed(tool, arguments.clone());
        let shown: String = arguments.to_string().chars().take(200).collect();
        let message = failed["message"].as_str().unwrap();
        assert!(message.contains(part), "{tool} {shown}: {message:.500}");
        assert!(message.chars().count() < 4100, "{tool} {shown}: {}", message.len());
        assert_eq!(failed["sent"], false, "{tool} {shown}");
    }
    assert_eq!(gateway.take_calls().len(), 0);
    // A text that is long, but as the spec wants it, is for the service to judge.
    let result =
        client.result("call_read_operation", &of_instances(json!({"RegionId": "cn-hangzhou", "InstanceName": large})));
    assert!(result.to_string().len() < 50_000);
    client.call("call_read_operation", of_instances(json!({"RegionId": "cn-hangzhou"})));
}

#[test]
fn bad_messages_do_not_end_the_server() {
    let mut client = Client::start(&[]);
    // There is no ID to respond to.
    for line in ["", "no JSON", "{", "\u{0}\u{1}", "{\"jsonrpc\": \"2.0\", \"id\": 7, \"method\":"] {
        client.send(line);
    }
    for line in ["[]", "3", "{\"jsonrpc\": \"2.0\"}", "{\"jsonrpc\": \"2.0\", \"id\": {}, \"method\": \"tools/list\"}"]
    {
        client.send(line);
        assert_eq!(client.receive()["error"]["code"], -32600, "{line}");
    }
    for (method, params, code) in [
        ("tools/call", json!({"name": "delete_everything", "arguments": {}}), -32602),
        ("tools/call", json!({"name": "", "arguments": {}}), -32602),
        ("no/such/method", json!({}), -32601),
        ("prompts/get", json!({"name": "x"}), -32601),
    ] {
        assert_eq!(client.request(method, &params)["error"]["code"], code, "{method} {params}");
    }
    // The parameters are not those of a request, so the message is not one.
    for params in ["{}", "{\"name\": 3}", "{\"name\": \"search_operations\", \"arguments\": \"x\"}", "[]"] {
        client.send(&format!("{{\"jsonrpc\": \"2.0\", \"id\": 99, \"method\": \"tools/call\", \"params\": {params}}}"));
        let code = client.receive()["error"]["code"].as_i64();
        assert!(matches!(code, Some(-32602..=-32600)), "{params}: {code:?}");
    }
    let found = client.call("search_operations", json!({"query": "DescribeVpcs"}));
    assert_eq!(found["operations"]["first"][0]["operation"], "DescribeVpcs");
    assert_eq!(client.end(), Some(0));
}
