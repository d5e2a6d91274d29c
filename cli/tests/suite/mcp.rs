//! `alicloud mcp` as clients use it: the real program with pipes, and the emulator at the other end.

mod client;
mod gateway;
mod hostile;
mod results;

use client::{Client, ended};
use gateway::gateway;
use serde_json::{Value, json};

#[test]
fn the_tools_are_listed_with_their_schemas_and_hints() {
    let mut client = Client::start(&["--products", "ecs,kms"]);
    assert_eq!(client.greeting["serverInfo"]["name"], "alicloud");
    assert!(client.greeting["instructions"].as_str().unwrap().contains("search_operations"));
    let list = client.request("tools/list", &json!({}));
    let tools: Vec<&Value> = list["result"]["tools"].as_array().unwrap().iter().collect();
    let hints = |tool: &Value| {
        let hint = |name: &str| tool["annotations"][name].as_bool();
        (hint("readOnlyHint"), hint("destructiveHint"), hint("openWorldHint"))
    };
    for (tool, (name, expected, required)) in tools.iter().zip([
        ("search_operations", (Some(true), None, Some(false)), json!(["query"])),
        ("describe_operation", (Some(true), None, Some(false)), json!(["product", "operation"])),
        ("call_read_operation", (Some(true), None, Some(true)), json!(["product", "operation"])),
        ("call_write_operation", (Some(false), Some(true), Some(true)), json!(["product", "operation"])),
    ]) {
        assert_eq!((tool["name"].as_str(), hints(tool)), (Some(name), expected));
        assert_eq!(tool["inputSchema"]["required"], required, "{name}");
        assert_eq!(tool["inputSchema"]["additionalProperties"], false, "{name}");
        let properties = tool["inputSchema"]["properties"].as_object().unwrap();
        assert!(properties.values().all(|one| one["description"].is_string()), "{name}");
    }
    assert_eq!(tools.len(), 4);
    assert!(tools[0]["description"].as_str().unwrap().contains("only the products ecs, kms"));
    assert_eq!(tools[3]["inputSchema"]["properties"]["dry_run"]["default"], true);
    assert_eq!(client.end(), Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_searches_describes_and_reads() {
    let gateway = gateway().await;
    let mut client = Client::start(&["--endpoint", gateway.url()]);
    let found = client.call("search_operations", json!({"query": "describe instances", "product": "ecs", "limit": 3}));
    let operations = &found["operations"];
    assert_eq!(
        (operations["first"].as_array().unwrap().len(), operations["first"][0]["operation"].as_str()),
        (3, Some("DescribeInstances"))
    );
    assert_eq!(operations["first"][0]["effect"], "read");
    assert!(operations["total"].as_u64() > Some(3));

    let described = client.call("describe_operation", json!({"product": "Ecs", "operation": "describe-instances"}));
    assert_eq!(described["call_with"], "call_read_operation");
    let required: Vec<&str> = described["parameters"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["required"] == true)
        .map(|one| one["name"].as_str().unwrap())
        .collect();
    assert_eq!(required, ["RegionId"]);
    // It documents hundreds of errors.
    let described = client.call("describe_operation", json!({"product": "ecs", "operation": "RunInstances"}));
    let errors = described["errors"].as_array().unwrap().len();
    assert_eq!(
        (errors, &described["cut"][0]["path"], &described["cut"][0]["shown"]),
        (20, &json!("errors"), &json!(20))
    );
    assert!(described["cut"][0]["total"].as_u64() > Some(100), "{}", described["cut"]);

    let arguments =
        json!({"product": "ecs", "operation": "DescribeInstances", "parameters": {"RegionId": "cn-hangzhou"}});
    let read = client.call("call_read_operation", arguments);
    assert_eq!(read["sent"], true);
    // The example of the official documentation.
    assert_eq!(read["response"]["Instances"]["Instance"][0]["InstanceId"], "i-bp67acfmxazb4p****");
    assert_eq!(read["request_id"], "473469C7-AA6F-4DC5-B3DB-A3DC0DE3C83E");

    let query = json!({
        "product": "ecs", "operation": "DescribeInstances", "parameters": {"RegionId": "cn-hangzhou"},
        "query": "Instances.Instance[].InstanceId",
    });
    assert_eq!(client.call("call_read_operation", query)["response"], json!(["i-bp67acfmxazb4p****"]));
    let calls = gateway.take_calls();
    assert_eq!(calls.len(), 2);
    assert!(calls.iter().all(|call| call.parameters["RegionId"] == "cn-hangzhou"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_is_sent_only_if_it_is_allowed_and_no_dry_run() {
    let gateway = gateway().await;
    let stop = |dry_run: Option<bool>| {
        let mut arguments = json!({"product": "ecs", "operation": "StopInstance", "parameters": {"InstanceId": "i-1"}});
        if let Some(dry_run) = dry_run {
            arguments["dry_run"] = dry_run.into();
        }
        arguments
    };
    let mut reader = Client::start(&["--endpoint", gateway.url()]);
    let mut writer = Client::start(&["--endpoint", gateway.url(), "--allow-writes"]);
    for (client, next) in [(&mut reader, "--allow-writes"), (&mut writer, "DryRun: true")] {
        for dry_run in [None, Some(true)] {
            let planned = client.call("call_write_operation", stop(dry_run));
            assert_eq!(planned["sent"], false);
            assert_eq!(
                planned["request"],
                json!({"method": "POST", "url": format!("{}/", gateway.url()), "parameters": {"InstanceId": "i-1"}})
            );
            assert!(planned["next"].as_str().unwrap().contains(next), "{planned}");
        }
    }
    let failed = reader.failed("call_write_operation", stop(Some(false)));
    assert!(failed["message"].as_str().unwrap().contains("does not allow writes"), "{failed}");
    assert!(failed["advice"].as_str().unwrap().contains("--allow-writes"), "{failed}");
    assert_eq!(failed["sent"], false);
    assert_eq!(gateway.take_calls().len(), 0);

    let sent = writer.call("call_write_operation", stop(Some(false)));
    assert_eq!((&sent["sent"], &sent["operation"]), (&json!(true), &json!("StopInstance")));
    let calls = gateway.take_calls();
    assert_eq!((calls.len(), calls[0].parameters["InstanceId"].as_str()), (1, "i-1"));
}

#[tokio::test(flavor = "multi_thread")]
async fn each_tool_calls_only_operations_of_its_effect() {
    let gateway = gateway().await;
    let catalogue = alicloud_catalogue::Catalogue::bundled().unwrap();
    let unknown = catalogue
        .versions()
        .find_map(|version| catalogue.operations(version).unwrap().find(|operation| operation.effect.is_none()))
        .unwrap();
    let (folder, version) = unknown.version.folder().split_once('/').unwrap();
    let mut client = Client::start(&["--endpoint", gateway.url(), "--allow-writes"]);
    for (tool, arguments, problem) in [
        ("call_read_operation", json!({"product": "ecs", "operation": "StopInstance"}), "writes"),
        (
            "call_read_operation",
            json!({"product": folder, "operation": unknown.name, "version": version}),
            "has an unknown effect, which counts as a write",
        ),
        (
            "call_write_operation",
            json!({"product": "ecs", "operation": "DescribeInstances", "dry_run": false}),
            "only reads",
        ),
        (
            "call_read_operation",
            json!({"product": "ecs", "operation": "DescribeInstances", "dry_run": false}),
            "`dry_run`",
        ),
    ] {
        let failed = client.failed(tool, arguments.clone());
        assert!(failed["message"].as_str().unwrap().contains(problem), "{arguments}: {failed}");
        assert_eq!(failed["sent"], false);
    }
    let described =
        client.call("describe_operation", json!({"product": folder, "operation": unknown.name, "version": version}));
    assert_eq!((&described["effect"], &described["call_with"]), (&json!("unknown"), &json!("call_write_operation")));
    assert_eq!(gateway.take_calls().len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn other_products_are_not_offered() {
    let gateway = gateway().await;
    let mut client = Client::start(&["--endpoint", gateway.url(), "--products", "kms, sts", "--products", "vpc"]);
    let of_ecs = json!({"product": "ecs", "operation": "DescribeInstances", "parameters": {"RegionId": "cn-hangzhou"}});
    for (tool, arguments) in [
        ("search_operations", json!({"query": "describe instances", "product": "ecs"})),
        ("describe_operation", json!({"product": "ECS", "operation": "DescribeInstances"})),
        ("call_read_operation", of_ecs.clone()),
        ("call_write_operation", of_ecs),
    ] {
        let failed = client.failed(tool, arguments);
        assert!(failed["message"].as_str().unwrap().contains("does not offer the product Ecs"), "{tool}: {failed}");
        assert!(failed["advice"].as_str().unwrap().contains("kms, sts, vpc"), "{tool}: {failed}");
    }
    let found = client.call("search_operations", json!({"query": "describe", "limit": 100}));
    let folders = found["operations"]["first"].as_array().unwrap().iter().map(|one| one["folder"].as_str().unwrap());
    assert_eq!(folders.collect::<std::collections::BTreeSet<_>>(), ["kms", "vpc"].into());
    client.call("describe_operation", json!({"product": "kms", "operation": "GetSecretValue"}));
    assert_eq!(gateway.take_calls().len(), 0);
}

#[test]
fn the_exit_code_says_how_it_ended() {
    for (arguments, input, code, part) in [
        (&[][..], "", 0, ""),
        (&[], "no JSON\n{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"ping\"}\n", 0, ""),
        (
            &[],
            "{\"jsonrpc\": \"2.0\", \"method\": \"notifications/initialized\"}\n",
            2,
            "did not begin with `initialize`",
        ),
        (&["--products", "esc"], "", 2, "did you mean"),
        (&["--profile", "x", "--anonymous"], "", 2, "cannot be used with"),
        (&["--allow-everything"], "", 2, "unexpected argument"),
    ] {
        let ended = ended(arguments, input);
        assert_eq!(ended.code, Some(code), "{arguments:?}: {}", ended.errors);
        assert!(ended.errors.contains(part), "{arguments:?}: {}", ended.errors);
    }
}
