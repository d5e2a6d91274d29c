//! The commands that show specs and the catalogue, without a call: `show`, `search` and `explain`.

use alicloud_catalogue::Catalogue;
use serde_json::Value;

use crate::folder::folder;
use crate::program::{self, Ended};

const LAB: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/served/specs");

fn alicloud(arguments: &[&str]) -> Ended {
    Ended::of(program::alicloud(&[]).args(arguments))
}

/// The output of a successful command.
fn shown(arguments: &[&str]) -> String {
    let ended = alicloud(arguments);
    assert_eq!((ended.code, ended.errors.as_str()), (Some(0), ""), "{arguments:?}");
    // The output is not a terminal, so there are no colors.
    assert!(!ended.out.contains('\u{1b}'), "{arguments:?}");
    ended.out
}

/// Asserts that a text contains these parts in order.
fn assert_in_order(text: &str, parts: &[&str]) {
    let mut rest = text;
    for part in parts {
        let Some((_, after)) = rest.split_once(part) else {
            panic!("`{part}` is missing or in the wrong order in:\n{text}")
        };
        rest = after;
    }
}

#[test]
fn show_describes_a_product() {
    for (arguments, parts) in [
        (
            &["show", "ECS"][..],
            &[
                "Ecs 2014-05-26\n",
                "2014-05-26 (379)",
                "Endpoint  ecs.{region}.aliyuncs.com, 40 regions",
                "in a VPC",
                "\n379 operations\n",
                "  AllocateEipAddress  write, deprecated\n",
                "  DescribeInstances  read\n",
                "  StopInstance  read and write\n",
            ][..],
        ),
        (&["show", "rds", "--version", "2014-08-15"], &["Rds 2014-08-15\n", "  DescribeDBInstances  read\n"]),
        // A product that only the folder has, and one that the folder adds to.
        (&["show", "lab", "--specs", LAB], &["Lab 2030-01-01\n", "  GetTree  read, in the specs\n"]),
    ] {
        assert_in_order(&shown(arguments), parts);
    }
    let json: Value = serde_json::from_str(&shown(&["show", "vpc", "--json"])).unwrap();
    assert_eq!((json["product"].as_str(), json["folder"].as_str()), (Some("Vpc"), Some("vpc")));
    let operations = json["operations"].as_array().unwrap();
    assert!(operations.iter().any(|one| one["operation"] == "DescribeVpcs" && one["effect"] == "read"));
}

#[test]
fn show_describes_an_operation() {
    for (arguments, parts) in [
        (
            &["show", "ecs", "describe-instances"][..],
            &[
                "Ecs 2014-05-26 DescribeInstances\n",
                "  Effect  read\n",
                "  Sent as  POST, GET (RPC)\n",
                "  RAM action  ecs:DescribeInstances (inferred, not documented)\n",
                "  Pagination  by number: `PageNumber`",
                "  Retried  throttled and unsent calls, timeouts",
                "https://api.alibabacloud.com/document/Ecs/2014-05-26/DescribeInstances\n",
                "\nParameters\n  RegionId  String, required; example: cn-hangzhou\n",
                "  PageSize  Integer; 1 to 100; example: 10\n",
                "  Tag  List<Object>; at most 20 items\n      The tags, or one tag.\n    Key  String; example: TestKey\n",
                "\nResponse\n",
                "\nErrors\n  InvalidTag.Mismatch  HTTP 400. ",
                "\nCommand line\n  alicloud call ecs DescribeInstances --RegionId cn-hangzhou --region cn-hangzhou\n",
                "\nRust\n  use alicloud::ecs;\n",
                "client.describe_instances(&request).items();\n",
            ][..],
        ),
        (
            &["show", "eci", "DescribeContainerGroups"],
            &[
                "\nRust\n  // `alicloud add eci DescribeContainerGroups --version 2018-08-08` writes the spec.\n  use crate::eci;\n",
            ],
        ),
        (
            &["show", "Iot", "ResetThing"],
            &[
                "Resets the dynamic registration",
                "  Effect  write\n",
                "  Rate limit  500 calls per second for each account\n",
                "  Failure  also with HTTP 200, if `Success` is false; code: `Code`; message: `ErrorMessage`\n",
                "  Required: IotId, or ProductKey with DeviceName.\n  Only together: ProductKey, DeviceName.\n",
                "  iot.system.SystemException  HTTP 200. ",
                "\nSample response\n  {\n",
                "\nCommand line\n  alicloud call iot ResetThing \\\n    --IotId ",
                "  use alicloud::iot;\n",
            ],
        ),
        // ROA, a path, and a type that contains itself.
        (
            &["show", "lab", "gettree", "--specs", LAB],
            &[
                "  Sent as  GET /clusters/{ClusterId} (ROA)\n",
                // There is no link, because this product has no official documentation.
                "503 and 504\n\nParameters\n",
                "  ClusterId  String, required, in path\n      The cluster.\n",
                "  root  Node\n",
                "(the fields of Node are above)",
            ],
        ),
    ] {
        assert_in_order(&shown(arguments), parts);
    }
    let json: Value = serde_json::from_str(&shown(&["show", "vpc", "DescribeVpcs", "--json"])).unwrap();
    assert_eq!(json["operation"], "DescribeVpcs");
    assert!(json["parameters"].as_array().unwrap().iter().any(|one| one["name"] == "RegionId"));
}

/// Every line of a page fits, in the operations of one product with long texts.
#[test]
fn show_wraps_lines_and_escapes_control_characters() {
    let text = shown(&["show", "ecs", "RunInstances"]);
    let (wrapped, _) = text.split_once("\nSample response\n").unwrap();
    // Names and values that are wider than a line are not broken.
    for line in wrapped.lines().filter(|line| line.chars().count() > 100) {
        assert_eq!(line.split_whitespace().count(), 1, "{line}");
    }
    let service = "product: Demo\nversion: 2020-01-01\nstyle: RPC\nendpoints: { host: demo.aliyuncs.com }\n";
    let operation = "operation: GetUser\nsummary: \"Gets \\e[31m a user\\u202e.\"\nmethods: [POST]\nparameters:\n  \
                     - { name: region, type: String, required: true, example: \"it's\" }\n  \
                     - { name: Password, type: String, required: true, sensitive: true, example: hunter2 }\n";
    let specs = folder(&[("demo/2020-01-01/service.yaml", service), ("demo/2020-01-01/GetUser.yaml", operation)]);
    let text = shown(&["show", "demo", "GetUser", "--specs", specs.path().to_str().unwrap()]);
    let parts = [
        r"Gets \u{1b}[31m a user\u{202e}.",
        "  Effect  unknown; treated as a write\n",
        "  Password  String, required, secret\n",
        // `--region` is an option of `call`.
        "  alicloud call demo GetUser --param \"region=it's\" --Password Password\n",
    ];
    assert_in_order(&text, &parts);
    assert!(!text.contains("hunter2"), "{text}");
}

/// The command line can be sent as it is: its values are within the documented limits, and no structure is empty, because
/// an empty structure sends no parameter.
#[test]
fn show_suggests_values_that_are_accepted() {
    let service = "product: Demo\nversion: 2020-01-01\nstyle: RPC\nendpoints: { host: demo.aliyuncs.com }\n";
    for (parameter, value) in [
        ("type: Integer, range: { min: 20, max: 1000 }", "20"),
        ("type: Integer, range: { min: 20 }, example: 5", "20"),
        ("type: Integer, range: { min: 20 }, example: 5, values: [50]", "50"),
        ("type: Integer, range: { max: 0 }", "0"),
        ("type: Long, range: { min: 20 }, example: 25", "25"),
        ("type: Double, range: { max: 0.5 }", "0.5"),
        ("type: Double, range: { min: 2 }", "2.0"),
        ("type: String, length: { min: 6 }", "GivenG"),
        ("type: String, length: { max: 3 }", "Giv"),
        ("type: String, length: { max: 3, unit: characters }, example: café", "Giv"),
        ("type: String, length: { max: 4, unit: characters }, example: café", "'café'"),
        ("type: String, length: { max: 4, unit: bytes }, example: café", "Give"),
        ("type: List<String>, count: { min: 2 }", "'[\"Given\",\"Given\"]'"),
        ("type: Map<Integer>", "'{\"key\":\"1\"}'"),
        ("type: Object, fields: [{ name: Size, type: Long }, { name: Kind, type: String }]", "'{\"Size\":\"1\"}'"),
        (
            "type: List<Object>, fields: [{ name: Tags, type: List<String> }, { name: Kind, type: String }]",
            "'[{\"Kind\":\"Kind\"}]'",
        ),
        ("type: Object, fields: [{ name: Tags, type: List<String> }]", "'{\"Tags\":[\"Tags\"]}'"),
        (
            "type: Object, fields: [{ name: Size, type: Long }, { name: Kind, type: String, required: true }]",
            "'{\"Kind\":\"Kind\"}'",
        ),
    ] {
        let operation = format!(
            "operation: SetAll\nsummary: Sets all.\nmethods: [POST]\nparameters:\n  \
             - {{ name: Given, required: true, {parameter} }}\n"
        );
        let folder =
            folder(&[("demo/2020-01-01/service.yaml", service), ("demo/2020-01-01/SetAll.yaml", operation.as_str())]);
        let text = shown(&["show", "demo", "SetAll", "--specs", folder.path().to_str().unwrap()]);
        let line = format!("  alicloud call demo SetAll --Given {value}\n");
        assert!(text.contains(&line), "{parameter}: {text}");
    }
    // Two versions of a product have this operation. Without a version, the one of the bundled specs is called.
    for (version, end) in [("2024-03-30", " --version 2024-03-30"), ("2019-01-01", "")] {
        let text = shown(&["show", "cms", "DescribeMetricMetaList", "--version", version]);
        let (_, line) = text.split_once("alicloud call cms DescribeMetricMetaList").unwrap();
        assert!(line.starts_with(&format!("{end} --region")), "{version}: {line}");
    }
}

/// The best match comes first, and of products with the same operation, the largest.
#[test]
fn search_ranks_results() {
    for (arguments, parts) in [
        // The exact name; then names that begin so; then names with the words.
        (
            &["search", "describe", "vpcs", "--limit", "500"][..],
            &[
                "Operations\n  vpc DescribeVpcs  2016-04-28, read\n",
                "\n  dds DescribeVpcsForMongoDB  ",
                "\n  polardb DescribeRdsVpcs  ",
            ][..],
        ),
        (&["search", "describe-vpcs"], &["Operations\n  vpc DescribeVpcs  "]),
        (&["search", "DESCRIBEVPCS"], &["Operations\n  vpc DescribeVpcs  "]),
        (&["search", "vpcs", "ecs"], &["\n  ecs DescribeVpcs  "]),
        // A product by its name.
        (&["search", "Sts"], &["Products\n  sts  Sts 2015-04-01, 4 operations\n"]),
        (
            &["search", "SecurityGroupId", "--product", "ecs"],
            &["Parameters\n  SecurityGroupId  ", "ecs ", "\nError codes\n", "InvalidSecurityGroupId.NotFound  "],
        ),
        (&["search", "invalidinstanceid.notfound", "--limit", "1"], &["Error codes\n  InvalidInstanceId.NotFound  "]),
        (&["search", "disk", "--product", "ecs", "--limit", "2"], &["  … and ", " more; `--limit` shows them\n"]),
    ] {
        assert_in_order(&shown(arguments), parts);
    }
    let found: Value = serde_json::from_str(&shown(&["search", "ecs", "stop", "instance", "--json"])).unwrap();
    let first = &found["operations"]["first"][0];
    assert_eq!((first["folder"].as_str(), first["operation"].as_str()), (Some("ecs"), Some("StopInstance")));
    // Another product has no operations in the results.
    let found: Value = serde_json::from_str(&shown(&["search", "instance", "--product", "ecs", "--json"])).unwrap();
    let folders = found["operations"]["first"].as_array().unwrap().iter().map(|one| one["folder"].as_str().unwrap());
    assert!(folders.clone().count() == 20 && folders.clone().all(|folder| folder == "ecs"));
}

#[test]
fn explain_shows_meaning_and_operations_of_a_code() {
    for (arguments, parts) in [
        // A code of the gateway.
        (
            &["explain", "Throttling.User"][..],
            &[
                "Throttling.User\n  Meaning  Your account exceeds the rate limit of this operation.\n",
                "  What to do  Retry later, with growing delays.",
                "  Retried  always: the service has not acted\n",
                "\nFrom the gateway, for any operation\n  HTTP 400  Request was denied due to user flow control.\n",
                "\nDocumented by ",
            ][..],
        ),
        // An undocumented code, in another case.
        (&["explain", "forbidden.accesskeydisabled"], &["Forbidden.AccessKeyDisabled\n", "  Retried  no\n"]),
        // A code of a product: status and message, the most frequent first.
        (
            &["explain", "InvalidInstanceId.NotFound", "--product", "ecs"],
            &[
                "troubleshoot?q=InvalidInstanceId.NotFound&product=Ecs\n",
                "\nStatus and message\n  HTTP 404  The specified InstanceId does not exist. (34 operations)\n",
                "\nDocumented by 70 operations of 1 product\n  ecs 2014-05-26  70 operations: ",
            ],
        ),
        (
            &["explain", "InternalError"],
            &["  Retried  with HTTP 500, 502, 503 or 504, if the operation reads or is idempotent\n", "  … and "],
        ),
        // A code after which some operations are retried.
        (&["explain", "TaskConflict", "--product", "vpc"], &["  Retried  always"]),
        (
            &["explain", "Operation.Blocking"],
            &["  Meaning  The service is busy", "  Retried  from these operations, which have not acted then: "],
        ),
        // The gateway's codes with the name of a parameter, and patterns.
        (&["explain", "MissingRegionId"], &["  Meaning  The parameter `RegionId` is required, and was not sent.\n"]),
        (
            &["explain", "InvalidParameter.Qqq"],
            &["InvalidParameter.Qqq\n  Documented as  InvalidParameter.%s, where the service replaces `%s`\n"],
        ),
    ] {
        assert_in_order(&shown(arguments), parts);
    }
}

#[test]
fn unknown_names_get_similar_ones() {
    for (arguments, error, help) in [
        (&["show", "ecz"][..], "the catalogue has no product `ecz`", "`Ecs`"),
        (&["show", "ecs", "DescribInstances"], "no operation `DescribInstances`", "did you mean `DescribeInstances`"),
        (&["show", "ecs", "--version", "1999-01-01"], "no version `1999-01-01`", "`2014-05-26`"),
        (&["show", "ecs", "RunInstances", "--version", "1999-01-01"], "no version `1999-01-01`", "`2014-05-26`"),
        (&["show", "lab", "GetTrees", "--specs", LAB], "`lab` has no operation `GetTrees`", "did you mean `GetTree`"),
        (&["show", "lab", "--version", "1999-01-01", "--specs", LAB], "no version `1999-01-01`", "`2030-01-01`"),
        (&["search", "DescribInstances"], "nothing matches `DescribInstances`", "did you mean `DescribeInstances`"),
        (&["search", "reset thing", "--product", "ecs"], "nothing of Ecs matches `reset thing`", "shorter words"),
        (&["search", "disk", "--product", "ecz"], "the catalogue has no product `ecz`", "`Ecs`"),
        (
            &["explain", "Throtling.User"],
            "documents the error code `Throtling.User`",
            "did you mean `Throttling.User`?",
        ),
        (&["explain", "qqqqqqqqqqqqqqqqqq"], "documents the error code `qqqqqqqqqqqqqqqqqq`", "`alicloud search`"),
        (&["explain", "Throttling.User", "--product", "ecz"], "the catalogue has no product `ecz`", "`Ecs`"),
        (
            &["explain", "InvalidInstanceId.NotFound", "--product", "sts"],
            "no operation of Sts documents `InvalidInstanceId.NotFound`",
            "without `--product`",
        ),
        (&["search", "_-"], "there is nothing to search for", "letters or digits"),
        (&["show", "ecs", "--specs", "/nowhere"], "there is no folder `/nowhere`", "service.yaml"),
    ] {
        let ended = alicloud(arguments);
        assert_eq!((ended.code, ended.out.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(ended.errors.contains(error) && ended.errors.contains(help), "{arguments:?}: {}", ended.errors);
    }
}

/// A product of each kind: its page has every operation, and every operation has a page.
#[test]
fn every_operation_of_some_products_is_shown() {
    let catalogue = Catalogue::bundled().unwrap();
    for product in ["sts", "hcs_mgw", "fc"] {
        let version = catalogue.find(product).unwrap().default_version();
        let page = shown(&["show", product]);
        for operation in catalogue.operations(version).unwrap() {
            assert!(page.contains(&format!("\n  {}  ", operation.name)), "{product} {}", operation.name);
            let text = shown(&["show", product, operation.name]);
            assert!(text.starts_with(&format!("{} {} {}\n", version.product(), version.version(), operation.name)));
        }
    }
}
