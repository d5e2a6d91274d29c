//! `alicloud policy`: the operations of a list, of Rust code and of a log, and the policy for them.

use std::path::Path;

use serde_json::{Value, json};

use crate::folder::folder;
use crate::program::{Ended, alicloud};

fn policy(folder: &Path, arguments: &[&str]) -> Ended {
    Ended::of(alicloud(&[]).current_dir(folder).arg("policy").args(arguments))
}

fn anywhere(arguments: &[&str]) -> Ended {
    policy(Path::new(env!("CARGO_MANIFEST_DIR")), arguments)
}

fn actions(ended: &Ended) -> Vec<String> {
    if ended.out.is_empty() {
        return Vec::new();
    }
    let json: Value = serde_json::from_str(&ended.out).unwrap_or_else(|error| panic!("{error}: {}", ended.out));
    let statements = json["Statement"].as_array().unwrap();
    let actions = statements.iter().flat_map(|statement| statement["Action"].as_array().unwrap());
    actions.map(|action| action.as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_list_of_operations_becomes_a_policy() {
    let ended = anywhere(&["vpc.create-vpc", "ECS.DescribeInstances", "ecs.describe_instances"]);
    let expected = r#"{
  "Version": "1",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": [
        "ecs:DescribeInstances",
        "vpc:CreateVpc"
      ],
      "Resource": "*"
    }
  ]
}
"#;
    assert_eq!((ended.code, ended.out.as_str()), (Some(0), expected), "{}", ended.errors);
    let notes = "note: inferred, not documented: ecs:DescribeInstances, vpc:CreateVpc\n\
                 note: `Resource` is `*` for 2 operations, because the specs do not state ARNs\n";
    assert_eq!(ended.errors, notes);

    // The code is not the name of the product; the spec states another action than the operation; a product of the catalogue.
    let given =
        ["Dysmsapi.SendSms", "onsmqtt.InactivateDeviceCertificate", "rds/2014-08-15.DescribeDBInstances", "sas.x"];
    let ended = anywhere(&given[..3]);
    assert_eq!(actions(&ended), ["dysms:SendSms", "mq:UnregisterDeviceCertificate", "rds:DescribeDBInstances"]);
    assert!(!ended.errors.contains("mq:"), "it is documented: {}", ended.errors);
    assert_eq!(actions(&anywhere(&["Cloudfw.DescribeAssetList"])), ["yundun-cloudfirewall:DescribeAssetList"]);

    let ended = anywhere(&["ecs.StartInstance", "onsmqtt.InactivateDeviceCertificate", "--explain"]);
    let lines = "ecs:StartInstance (inferred): Ecs 2014-05-26 StartInstance\n  the command line\n\
                 mq:UnregisterDeviceCertificate (documented): OnsMqtt 2020-04-20 InactivateDeviceCertificate\n";
    assert!(ended.errors.starts_with(lines), "{}", ended.errors);
}

#[test]
fn what_is_unknown_is_named_and_not_allowed() {
    let ended = anywhere(&["sts.AssumeRole", "ecs.StartInstance"]);
    assert_eq!((ended.code, actions(&ended)), (Some(1), vec!["ecs:StartInstance".to_owned()]));
    let line = "error: the RAM action of Sts 2015-04-01 AssumeRole is unknown, so the policy lacks it\n  = help: see \
                https://api.alibabacloud.com/document/Sts/2015-04-01/AssumeRole\n";
    assert!(ended.errors.contains(line), "{}", ended.errors);
    // RAM takes no policy without statements.
    let ended = anywhere(&["sts.AssumeRole"]);
    assert_eq!((ended.code, ended.out.as_str()), (Some(1), ""));

    for (given, message) in [
        (
            "ecs.DescribInstances",
            "error: `Ecs` 2014-05-26 has no operation `DescribInstances`\n  = help: did you mean `DescribeInstances`",
        ),
        ("ecss.StartInstance", "error: the catalogue has no product `ecss`\n  = help: did you mean `Ecs`"),
        ("ecs/2014-05-27.StartInstance", "error: the catalogue has no version `2014-05-27` of `Ecs`"),
        (
            "StartInstance",
            "error: `StartInstance` does not name a product and an operation\n  = help: write both with a dot",
        ),
        ("--source=missing", "error: cannot read `missing`: "),
        ("--log=missing", "error: cannot read `missing`: "),
    ] {
        let ended = anywhere(&[given]);
        assert_eq!((ended.code, ended.out.as_str()), (Some(2), ""), "{given}");
        assert!(ended.errors.starts_with(message), "{given}: {}", ended.errors);
    }
    assert_eq!(anywhere(&[]).code, Some(2));
}

const SERVICE: &str = "product: Lab\nversion: 2030-01-01\nstyle: RPC\nendpoints: { host: lab.aliyuncs.com }\n";

#[test]
fn own_specs_state_actions_and_arns() {
    let operation = |name: &str, rest: &str| format!("operation: {name}\nsummary: Does.\nmethods: [POST]\n{rest}");
    let arn = "acs:labs:{#regionId}:{#accountId}:thing/{#thingId}";
    let files = [
        ("specs/lab/2030-01-01/service.yaml", format!("{SERVICE}ram_code: labs\n")),
        ("specs/lab/2030-01-01/GetThing.yaml", operation("GetThing", "")),
        (
            "specs/lab/2030-01-01/PutThing.yaml",
            operation("PutThing", &format!("ram: {{ action: labs:Put, resource: \"{arn}\" }}\n")),
        ),
        ("specs/lab/2030-01-01/AnyThing.yaml", operation("AnyThing", "ram: { action: \"labs:*\" }\n")),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let folder = folder(&files);
    let given = ["lab.GetThing", "lab.PutThing", "ecs.StartInstance", "--specs", "specs"];
    let ended = policy(folder.path(), &given);
    assert_eq!(ended.code, Some(0), "{}", ended.errors);
    let expected = json!([
        { "Effect": "Allow", "Action": ["ecs:StartInstance", "labs:GetThing"], "Resource": "*" },
        { "Effect": "Allow", "Action": ["labs:Put"], "Resource": ["acs:labs:*:*:thing/*"] },
    ]);
    assert_eq!(serde_json::from_str::<Value>(&ended.out).unwrap()["Statement"], expected);
    assert!(ended.errors.contains("note: replace each `*` in an ARN with"), "{}", ended.errors);
    let ended = policy(folder.path(), &["lab.AnyThing", "--specs", "specs"]);
    assert!(ended.errors.contains("note: the spec states a wildcard: labs:* of Lab AnyThing\n"), "{}", ended.errors);
}

#[test]
fn a_log_of_calls_becomes_a_policy() {
    let call = |product: &str, version: &str, operation: &str| json!({ "product": product, "version": version, "operation": operation, "status": 200, "parameters": {} });
    let start = call("Ecs", "2014-05-26", "StartInstance");
    let lines = format!("{start}\n{}\n{start}\n", call("Vpc", "2016-04-28", "CreateVpc"));
    let api = json!({ "calls": [start, call("Ecs", "2014-05-26", "StopInstance")], "last": 2 }).to_string();
    let unknown = call("", "2014-05-26", "NoSuch\nThing").to_string();
    let other = call("Lab", "2030-01-01", "GetThing").to_string();
    let files = [
        ("calls.jsonl", lines.as_str()),
        ("api.json", &api),
        ("unknown.jsonl", &unknown),
        ("other.jsonl", &other),
        ("wrong.jsonl", "{\"product\": 1}"),
        ("empty.jsonl", ""),
    ];
    let folder = folder(&files);
    for (logs, expected) in [
        (&["--log", "calls.jsonl"][..], &["ecs:StartInstance", "vpc:CreateVpc"][..]),
        (&["--log", "api.json"], &["ecs:StartInstance", "ecs:StopInstance"]),
        (
            &["--log", "calls.jsonl", "--log", "api.json", "ecs.RebootInstance"],
            &["ecs:RebootInstance", "ecs:StartInstance", "ecs:StopInstance", "vpc:CreateVpc"],
        ),
    ] {
        let ended = policy(folder.path(), logs);
        assert_eq!((ended.code, actions(&ended)), (Some(0), expected.iter().map(|one| (*one).to_owned()).collect()));
    }
    let ended = policy(folder.path(), &["--log", "calls.jsonl", "--explain"]);
    assert!(ended.errors.contains("StartInstance\n  calls.jsonl: 2 calls\n"), "{}", ended.errors);
    let ended = policy(folder.path(), &["--log", "unknown.jsonl"]);
    let message =
        "error: unknown.jsonl: 1 call of \"NoSuch\\nThing\" \"2014-05-26\", which the emulator does not know\n";
    assert_eq!(ended.code, Some(1));
    assert!(ended.errors.starts_with(message), "{}", ended.errors);
    for (log, message) in [
        ("other.jsonl", "error: the catalogue has no product `Lab`\n"),
        ("wrong.jsonl", "error: `wrong.jsonl` is not a log of calls: "),
        ("empty.jsonl", "error: no call of an operation was found\n"),
    ] {
        let ended = policy(folder.path(), &["--log", log]);
        assert_eq!(ended.code, Some(2), "{log}");
        assert!(ended.errors.starts_with(message), "{log}: {}", ended.errors);
    }
}

/// Rust code, the actions that it needs, and the lines that are not resolved.
struct Code {
    what: &'static str,
    code: &'static str,
    actions: &'static [&'static str],
    unresolved: &'static [&'static str],
}

const START: &[&str] = &["ecs:StartInstance"];
const NOTHING: &[&str] = &[];

const CODE: &[Code] = &[
    Code {
        what: "a request and a client, imported",
        code: "use alicloud::ecs::{Client, StartInstanceRequest};\nasync fn a(c: &Client) { c.start_instance(&StartInstanceRequest::new(\"i\")).await; }",
        actions: START,
        unresolved: NOTHING,
    },
    Code {
        what: "a path without imports",
        code: "async fn a(c: &::alicloud::ecs::Client) { c.start_instance(&alicloud::ecs::StartInstanceRequest::new(\"i\")).await; }",
        actions: START,
        unresolved: NOTHING,
    },
    Code {
        what: "other names",
        code: "use alicloud::ecs as compute;\nuse compute::{Client as C, StartInstanceRequest as Start};\nfn a(c: C) { let r = Start::new(\"i\"); c.start_instance(&r); }",
        actions: START,
        unresolved: NOTHING,
    },
    Code {
        what: "everything of a module",
        code: "use alicloud::ecs::*;\nfn a(c: &Client) { c.start_instance(&StartInstanceRequest::new(\"i\")); }",
        actions: START,
        unresolved: NOTHING,
    },
    Code {
        what: "everything of the crate",
        code: "use alicloud::*;\nfn a(c: &ecs::Client) { c.start_instance(&ecs::StartInstanceRequest::new(\"i\")); }",
        actions: START,
        unresolved: NOTHING,
    },
    Code {
        what: "an import in a function",
        code: "fn a() { use alicloud::ecs::StartInstanceRequest; let r = StartInstanceRequest::new(\"i\"); }",
        actions: START,
        unresolved: NOTHING,
    },
    Code {
        what: "names of other crates and of the source",
        code: "mod ecs { pub struct Client; pub struct StartInstanceRequest; }\nuse other::ecs as _;\nfn a() { let r = ecs::StartInstanceRequest::new(); ecs::Client.start_instance(&r); vpc::CreateVpcRequest::new(); }",
        actions: NOTHING,
        unresolved: NOTHING,
    },
    Code {
        what: "an import alone, and types of responses and errors",
        code: "use alicloud::ecs::{StartInstanceError, StartInstanceRequest, StartInstanceResponse};\nfn a(e: StartInstanceError) -> StartInstanceResponse { StartInstanceResponse::default() }",
        actions: NOTHING,
        unresolved: NOTHING,
    },
    Code {
        what: "a client in a struct, with a request from somewhere else",
        code: "use alicloud::ecs;\nstruct App { ecs: ecs::Client }\nimpl App { async fn a(&self) { self.ecs.start_instance(&made()).await; } }\nfn made<T>() -> T { loop {} }",
        actions: START,
        unresolved: NOTHING,
    },
    Code {
        what: "clients behind pointers, results and functions",
        code: "use std::sync::Arc;\nuse alicloud::ecs::Client;\nfn client() -> Result<Arc<Client>, String> { loop {} }\nfn a() { let c = client().unwrap(); c.clone().start_instance(x()); }\nfn b() -> Result<(), String> { client()?.stop_instance(x()); Ok(()) }\nfn c() { if let Ok(c) = client() { c.reboot_instance(x()); } }",
        actions: &["ecs:RebootInstance", "ecs:StartInstance", "ecs:StopInstance"],
        unresolved: NOTHING,
    },
    Code {
        what: "a static, an alias, a builder, a match",
        code: "use alicloud::ecs;\ntype Ecs = ecs::Client;\ntype Start = ecs::StartInstanceRequest;\nstatic ECS: std::sync::OnceLock<Ecs> = std::sync::OnceLock::new();\nfn a() { ECS.get_or_init(make).stop_instance(x()); let r = Start::new(\"i\").dry_run(true); }\nfn b(e: Option<Ecs>) { match e { Some(e) => e.reboot_instance(x()), None => {} } }",
        actions: &["ecs:RebootInstance", "ecs:StartInstance", "ecs:StopInstance"],
        unresolved: NOTHING,
    },
    Code {
        what: "a request that a function takes",
        code: "use alicloud::ecs::StartInstanceRequest;\nfn a(c: &impl Anything, r: &StartInstanceRequest) { c.start_instance(r); }",
        actions: START,
        unresolved: NOTHING,
    },
    Code {
        what: "calls by path",
        code: "use alicloud::ecs::Client;\nfn a(c: &Client) { Client::start_instance(c, &x()); let f = Client::stop_instance; }",
        actions: &["ecs:StartInstance", "ecs:StopInstance"],
        unresolved: NOTHING,
    },
    Code {
        what: "calls in macros",
        code: "use alicloud::ecs::{Client, StartInstanceRequest, StopInstanceRequest};\nasync fn a(c: &Client) { println!(\"{:?}\", c.start_instance(&x()).await);\ntokio::join!(c.reboot_instance(&x()), async { StopInstanceRequest::new(\"i\") }); }",
        actions: &["ecs:RebootInstance", "ecs:StartInstance", "ecs:StopInstance"],
        unresolved: NOTHING,
    },
    Code {
        what: "calls in a macro with its own syntax",
        code: "use alicloud::ecs::{Client, StartInstanceRequest};\nasync fn a(c: &Client) { tokio::select! {\n  one = c.reboot_instance(&x()) => {}\n  two = go(&StartInstanceRequest::new(\"i\")) => {}\n} }",
        actions: START,
        unresolved: &["src/main.rs:3: `.reboot_instance(…)` may call Ecs RebootInstance"],
    },
    Code {
        what: "a macro of the source",
        code: "use alicloud::ecs::StartInstanceRequest;\nmacro_rules! start { ($id:expr) => { StartInstanceRequest::new($id) } }",
        actions: START,
        unresolved: NOTHING,
    },
    Code {
        what: "types that cannot be inferred",
        code: "use alicloud::ecs;\nfn a(c: &ecs::Client) { c.start_instance(x()); }\nfn b(f: impl Fn()) { let c = unknown();\n  c.stop_instance(y());\n  c.start_instance(y()); }",
        actions: START,
        unresolved: &["src/main.rs:4: `.stop_instance(…)` may call Ecs StopInstance"],
    },
    Code {
        what: "two products with the same method",
        code: "use alicloud::{ecs, vpc};\nfn a(e: &ecs::Client, v: &vpc::Client) { e.tag_resources(x()); }\nfn b() { let c = unknown();\n c.tag_resources(y()); }",
        actions: &["ecs:TagResources"],
        unresolved: &["src/main.rs:4: `.tag_resources(…)` may call Ecs TagResources or Vpc TagResources"],
    },
    Code {
        what: "methods of other types with the names of operations",
        code: "use alicloud::ecs;\ntrait Power { fn start_instance(&self, id: &str); }\nstruct Fake;\nimpl Power for Fake { fn start_instance(&self, id: &str) {} }\nfn a(p: &dyn Power, f: Fake, id: &str, e: ecs::Client) { p.start_instance(id); f.start_instance(id); }\nfn b<P: Power>(p: &P, id: &str) { p.start_instance(id); }",
        actions: NOTHING,
        unresolved: NOTHING,
    },
    Code {
        what: "an untyped request",
        code: "use alicloud::UntypedRequest;\nfn a() {\n let r = UntypedRequest::new(\"DescribeZones\"); }",
        actions: NOTHING,
        unresolved: &["src/main.rs:3: an untyped request; add its operation to the command line"],
    },
    Code {
        what: "code for tests",
        code: "use alicloud::ecs;\nfn a() { ecs::StartInstanceRequest::new(\"i\"); }\n#[cfg(test)] mod tests { fn a() { crate::ecs::StopInstanceRequest::new(\"i\"); } }\n#[cfg(not(test))] fn b() { ecs::RebootInstanceRequest::new(\"i\"); }\n#[cfg(all(test, unix))] fn c() { ecs::StopInstanceRequest::new(\"i\"); }",
        actions: &["ecs:RebootInstance", "ecs:StartInstance"],
        unresolved: NOTHING,
    },
    Code {
        what: "a circle of imports",
        code: "mod a { pub use crate::b::*; }\nmod b { pub use crate::a::*; pub use crate::b::x as y; pub use crate::b::y as x; }\nuse a::*;\nuse b::x;\nuse ecs::ecs;\nfn f() { x::StartInstanceRequest::new(\"i\"); ecs::Client::new(); Q::z(); }",
        actions: NOTHING,
        unresolved: NOTHING,
    },
];

#[test]
fn calls_in_rust_are_recognized_by_types() {
    for Code { what, code, actions: expected, unresolved } in CODE {
        let folder = folder(&[("src/main.rs", code)]);
        let ended = policy(folder.path(), &["--source", "src"]);
        assert_eq!(actions(&ended), *expected, "{what}: {}", ended.errors);
        let errors: Vec<&str> = ended.errors.lines().filter_map(|line| line.strip_prefix("error: ")).collect();
        if expected.is_empty() && unresolved.is_empty() {
            assert_eq!(errors, ["no call of an operation was found"], "{what}");
            continue;
        }
        let is_as_expected = errors.len() == unresolved.len()
            && errors.iter().zip(*unresolved).all(|(error, expected)| error.starts_with(expected));
        assert!(is_as_expected, "{what}: {}", ended.errors);
        assert_eq!(ended.code, Some(if unresolved.is_empty() { 0 } else { 1 }), "{what}: {}", ended.errors);
    }
}

/// The files of a package, what is given as the source, the actions, and the lines that are not resolved.
type Package = (
    &'static str,
    &'static [(&'static str, &'static str)],
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
);

const PACKAGES: &[Package] = &[
    (
        "modules in files, used through each other and through the library",
        &[
            ("Cargo.toml", "[package]\nname = \"my-app\"\n"),
            ("src/lib.rs", "pub mod cloud;\nmod inner { pub mod deep; }\n"),
            ("src/cloud.rs", "pub use alicloud::ecs;\npub mod more;\n"),
            ("src/cloud/more.rs", "fn a() { super::ecs::StopInstanceRequest::new(\"i\"); }\n"),
            ("src/inner/deep/mod.rs", "fn a() { crate::cloud::ecs::RebootInstanceRequest::new(\"i\"); }\n"),
            ("src/main.rs", "use my_app::cloud::ecs::Client;\nfn a(c: &Client) { c.start_instance(x()); }\n"),
            ("src/bin/other.rs", "fn a() { my_app::cloud::ecs::DeleteInstanceRequest::new(\"i\"); }\n"),
        ],
        ".",
        &["ecs:DeleteInstance", "ecs:RebootInstance", "ecs:StartInstance", "ecs:StopInstance"],
        &[],
    ),
    (
        "another name of the crate, in the package or the workspace",
        &[
            ("Cargo.toml", "[workspace.dependencies]\ncloud-sdk = { package = \"alicloud\", version = \"1\" }\n"),
            (
                "app/Cargo.toml",
                "[package]\nname = \"app\"\n[target.'cfg(unix)'.dependencies]\nsdk = { package = \"alicloud\" }\n",
            ),
            (
                "app/src/main.rs",
                "fn a() { sdk::ecs::StartInstanceRequest::new(\"i\"); cloud_sdk::ecs::StopInstanceRequest::new(\"i\"); }\n",
            ),
        ],
        "app",
        &["ecs:StartInstance", "ecs:StopInstance"],
        &[],
    ),
    (
        "modules of `generate!`, in a folder and inline",
        &[
            ("Cargo.toml", "[package]\nname = \"app\"\n"),
            (
                "specs/lab/2030-01-01/service.yaml",
                "product: Lab\nversion: 2030-01-01\nstyle: RPC\nram_code: labs\nendpoints: { host: lab.aliyuncs.com }\n",
            ),
            ("specs/lab/2030-01-01/GetThing.yaml", "operation: GetThing\nsummary: Gets.\nmethods: [POST]\n"),
            (
                "src/main.rs",
                "alicloud_macros::generate!(\"specs\");\nuse lab::GetThingRequest;\nmod inline { alicloud_macros::generate! { \"toy/2030-01-01/service.yaml\" => r#\"\nproduct: Toy\nversion: 2030-01-01\nstyle: RPC\nram_code: toys\nendpoints: { host: toy.aliyuncs.com }\n\"#, \"toy/2030-01-01/PutToy.yaml\" => \"operation: PutToy\\nsummary: Puts.\\nmethods: [POST]\\n\" } }\nfn a() { GetThingRequest::new(); inline::toy::PutToyRequest::new(); }\n",
            ),
        ],
        "src",
        &["labs:GetThing", "toys:PutToy"],
        &[],
    ),
    (
        "specs that are not there",
        &[
            ("Cargo.toml", "[package]\nname = \"app\"\n"),
            (
                "src/main.rs",
                "use alicloud_macros::generate;\n\ngenerate!(\"specs\");\nfn a() { alicloud::ecs::StartInstanceRequest::new(\"i\"); }\n",
            ),
        ],
        "src",
        &["ecs:StartInstance"],
        &["src/main.rs:3: `generate!`: "],
    ),
    (
        "files that no module leads to, and modules without a file",
        &[
            (
                "src/main.rs",
                "mod gone;\n#[path = \"odd/place.rs\"] mod moved;\nfn a() { alicloud::ecs::StartInstanceRequest::new(\"i\"); }\n",
            ),
            ("src/lost.rs", ""),
            ("src/odd/place.rs", "mod next;\n"),
            ("src/odd/next.rs", "fn a() { alicloud::ecs::StopInstanceRequest::new(\"i\"); }\n"),
        ],
        "src",
        &["ecs:StartInstance", "ecs:StopInstance"],
        &["src/lost.rs:1: no `mod` leads to this file", "src/main.rs:1: the file of the module `gone` is not found"],
    ),
    (
        "examples, which are crates of their own",
        &[
            ("examples/one.rs", "fn a() { alicloud::ecs::StartInstanceRequest::new(\"i\"); }\n"),
            ("examples/two/main.rs", "mod part;\n"),
            ("examples/two/part.rs", "fn a() { alicloud::ecs::StopInstanceRequest::new(\"i\"); }\n"),
        ],
        "examples",
        &["ecs:StartInstance", "ecs:StopInstance"],
        &[],
    ),
];

#[test]
fn modules_and_crates_are_followed() {
    for (what, files, source, expected, unresolved) in PACKAGES {
        let folder = folder(files);
        let ended = policy(folder.path(), &["--source", source]);
        assert_eq!(actions(&ended), *expected, "{what}: {}", ended.errors);
        let errors: Vec<&str> = ended.errors.lines().filter_map(|line| line.strip_prefix("error: ")).collect();
        let is_as_expected = errors.len() == unresolved.len()
            && errors.iter().zip(*unresolved).all(|(error, expected)| error.contains(expected));
        assert!(is_as_expected, "{what}: {}", ended.errors);
    }
}

#[test]
fn code_that_cannot_be_read_is_an_error_with_its_line() {
    let deep = format!("fn a() {{ {}{} }}", "(".repeat(100_000), ")".repeat(100_000));
    let long = format!("fn a() {{ let x = {}1; }}", "1 + ".repeat(20_000));
    let cases = [
        ("fn a() {\n  let x = ;\n}\n", "error: src/main.rs:2: not valid Rust: "),
        ("fn a() {\n  )\n}\n", "error: src/main.rs:2: not valid Rust: "),
        (deep.as_str(), "error: src/main.rs: more than 400 brackets inside each other\n"),
        (long.as_str(), "error: no call of an operation was found\n"),
    ];
    for (code, message) in cases {
        let folder = folder(&[("src/main.rs", code)]);
        let ended = policy(folder.path(), &["--source", "src"]);
        assert_eq!(ended.code, Some(2), "{}", ended.errors);
        assert!(ended.errors.starts_with(message), "{}", ended.errors);
    }
    let workspace = folder(&[("Cargo.toml", "[workspace]\n"), ("app/src/main.rs", "")]);
    let ended = policy(workspace.path(), &["--source", "."]);
    assert!(ended.errors.starts_with("error: `.` has a Cargo.toml, but no folder `src`\n"), "{}", ended.errors);
    let empty = folder(&[("src/note.txt", "")]);
    let ended = policy(empty.path(), &["--source", "src"]);
    assert!(ended.errors.starts_with("error: `src` holds no Rust files\n"), "{}", ended.errors);
}
