//! The commands, run as processes: their output and exit codes.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::folder::folder;
use crate::program::{self, Ended};

/// The workspace's root, where `specs` is.
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

const SERVICE: &str = "\
product: Demo
version: 2020-01-01
style: RPC
endpoints: { host: demo.aliyuncs.com }
errors: [{ status: 503, code: Busy, message: Busy. }, { status: 404, code: Gone, message: Long gone. }]
";

const VALID: &str = "\
operation: GetThing
summary: >-
  Gets
  a thing.
methods: [POST, GET]
effect: read
idempotent: true
deprecated: Use GetThings.
limits: { qps: 20, per: user }
ram: { action: demo:GetThing, access: Read }
parameters:
  - { name: ThingId, type: String, required: true, doc: Its ID. }
  - { name: Tags, type: List<Object>, style: json, in: form, fields: [{ name: Key, type: String }] }
  - { name: Token, type: String, sensitive: false }
rules:
  - together: [Tags, Token]
response:
  - { name: Next, type: String, optional: true }
  - name: Things
    type: Object
    fields: [{ name: Thing, type: List<String> }]
errors:
  - { status: 404, code: Gone, message: Gone. }
pagination: { by: token, parameter: Token, next: Next, items: Things.Thing }
waiters:
  - { name: thing_there, field: Things.Thing, until: [there], fails: [lost], every: 5, at_most: 300 }
  - { name: thing_gone, codes: [Gone], every: 1, at_most: 60 }
";

const BROKEN: &str = "operation: DropThing\nsummary: 删除 Drops.\nmethods: [POTS]\nefect: write\n";

fn alicloud(arguments: &[&str]) -> Ended {
    alicloud_in(Path::new(ROOT), arguments)
}

fn alicloud_in(folder: &Path, arguments: &[&str]) -> Ended {
    Ended::of(program::alicloud(&[]).args(arguments).current_dir(folder))
}

/// A folder with `specs` in it, of one product with these operations.
fn folder_with(operations: &[(&str, &str)]) -> TempDir {
    let named = [&[("service", SERVICE)], operations].concat();
    let file = |(name, text): &(&str, _)| (format!("specs/demo/2020-01-01/{name}.yaml"), *text);
    folder(&named.iter().map(file).collect::<Vec<_>>())
}

#[test]
fn valid_specs_end_with_zero_and_print_only_counts() {
    let output = alicloud(&["check", "specs"]);
    assert_eq!((output.code, output.out.as_str()), (Some(0), ""));
    assert!(output.errors.ends_with(" products, 0 errors\n"), "{}", output.errors);
    let json = alicloud(&["check", "specs", "--format", "json"]);
    assert_eq!((json.code, json.out.as_str()), (Some(0), "[]\n"));
}

#[test]
fn errors_are_printed_like_those_of_the_compiler() {
    let folder = folder_with(&[("GetThing", VALID), ("DropThing", BROKEN)]);
    // A slash at the end of the folder is not shown.
    let output = alicloud_in(folder.path(), &["check", "specs/"]);
    assert_eq!(output.code, Some(1));
    let loaded = alicloud_model::load_dir(&folder.path().join("specs"), "specs", None);
    let expected: String = loaded.diagnostics.iter().map(|one| format!("{one}\n\n")).collect();
    assert_eq!(output.out, expected);
    assert!(expected.contains("error: a") && expected.contains("did you mean `effect`?"), "{expected}");
    assert_eq!(output.errors, "2 operations of 1 product, 2 errors\n");
    assert!(!output.out.contains('\u{1b}'), "colors are for terminals");
}

/// A warning does not fail the check, and is not an error for the macro.
#[test]
fn a_text_named_like_a_secret_is_a_warning_unless_the_spec_sets_sensitive() {
    let spec = |rest: &str| {
        format!(
            "operation: A\nsummary: A.\nmethods: [POST]\nparameters:\n  - {{ name: DbPassword, type: String{rest} }}\n"
        )
    };
    for (rest, warnings) in [("", ", 1 warning"), (", sensitive: true", ""), (", sensitive: false", "")] {
        let folder = folder_with(&[("A", &spec(rest))]);
        let output = alicloud_in(folder.path(), &["check", "specs"]);
        assert_eq!(output.code, Some(0));
        assert_eq!(output.errors, format!("1 operation of 1 product, 0 errors{warnings}\n"));
        let is_reported = output.out.starts_with("warning: `DbPassword` has the name of a secret");
        assert_eq!(is_reported, !warnings.is_empty(), "{}", output.out);
    }
}

/// A pipe is reported, and is not read.
#[cfg(unix)]
#[test]
fn a_pipe_instead_of_a_spec_is_reported() {
    let folder = folder_with(&[("GetThing", VALID)]);
    let pipe = folder.path().join("specs/demo/2020-01-01/DropThing.yaml");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let output = alicloud_in(folder.path(), &["check", "specs"]);
    assert_eq!(output.code, Some(1));
    assert!(output.out.contains("DropThing.yaml`: this is not a regular file [S001]"), "{}", output.out);
    assert_eq!(output.errors, "2 operations of 1 product, 1 error\n");
}

/// Columns count characters, also after wide ones.
#[test]
fn errors_in_json_are_complete() {
    let folder = folder_with(&[("DropThing", BROKEN)]);
    let output = alicloud_in(folder.path(), &["check", "specs", "--format", "json"]);
    assert_eq!(output.code, Some(1));
    let errors: Value = serde_json::from_str(&output.out).unwrap();
    assert_eq!(
        errors,
        json!([
            {
                "file": "specs/demo/2020-01-01/DropThing.yaml", "line": 3, "column": 11, "end_column": 15,
                "code": "S008", "level": "error", "message": "`POTS` is not a valid HTTP method", "expected": null,
                "help": "did you mean `POST`?", "source_line": "methods: [POTS]",
            },
            {
                "file": "specs/demo/2020-01-01/DropThing.yaml", "line": 4, "column": 1, "end_column": 6,
                "code": "S005", "level": "error", "message": "an operation has no key `efect`", "expected": null,
                "help": "did you mean `effect`?", "source_line": "efect: write",
            },
        ])
    );
    let wide = folder_with(&[("A", "operation: A\nsummary: A.\nmethods: [POST]\neffect: 删除\n")]);
    let output = alicloud_in(wide.path(), &["check", "specs", "--format", "json"]);
    let errors: Value = serde_json::from_str(&output.out).unwrap();
    assert_eq!((&errors[0]["column"], &errors[0]["end_column"]), (&json!(9), &json!(11)));
    assert_eq!(errors[0]["expected"], "one of `read`, `write`, `readAndWrite`");
    // An error of the whole file.
    fs::write(wide.path().join("specs/Stray.yaml"), "").unwrap();
    let output = alicloud_in(wide.path(), &["check", "specs", "--format", "json"]);
    let errors: Value = serde_json::from_str(&output.out).unwrap();
    assert_eq!((&errors[0]["end_column"], &errors[0]["source_line"]), (&json!(1), &json!(null)));
}

#[test]
fn unreadable_input_ends_with_two_and_the_expected_input() {
    let folder = folder_with(&[]);
    fs::create_dir(folder.path().join("empty")).unwrap();
    let file = "specs/demo/2020-01-01/service.yaml";
    for command in ["check", "expand", "ops"] {
        for (argument, message) in [
            ("nowhere", "error: there is no folder `nowhere`\n".to_owned()),
            (file, format!("error: `{file}` is not a folder\n")),
            ("empty", "error: `empty` holds no specs\n".to_owned()),
        ] {
            let output = alicloud_in(folder.path(), &[command, argument]);
            assert_eq!((output.code, output.out.as_str()), (Some(2), ""), "{command} {argument}");
            let help = "  = help: give the folder with `<product>/<version>/service.yaml`, such as `specs`\n";
            assert_eq!(output.errors, format!("{message}{help}"));
        }
    }
}

#[test]
fn wrong_usage_ends_with_two() {
    for (arguments, said) in [
        (&[][..], "Usage: alicloud <COMMAND>"),
        (&["chekc", "specs"], "check"),
        (&["check"], "<SPECS_DIR>"),
        (&["check", "specs", "--format", "xml"], "json"),
        (&["expand", "specs", "--operaton", "X"], "--operation"),
        (&["schema", "--out"], "<FILE>"),
    ] {
        let output = alicloud(arguments);
        assert_eq!((output.code, output.out.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(output.errors.contains(said), "{arguments:?}: {}", output.errors);
    }
}

#[test]
fn the_help_of_every_command_has_examples_and_exit_codes() {
    let top = alicloud(&["--help"]);
    let commands: Vec<&str> = top
        .out
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_whitespace().next())
        .filter(|command| *command != "help")
        .collect();
    assert!(["check", "expand", "ops", "schema"].iter().all(|command| commands.contains(command)), "{commands:?}");
    for arguments in commands.iter().map(|command| vec![*command, "--help"]).chain([vec!["--help"]]) {
        let output = alicloud(&arguments);
        assert_eq!((output.code, output.errors.as_str()), (Some(0), ""));
        let help = output.out.as_str();
        let example = format!("\nExamples:\n  alicloud {}", arguments[0].trim_start_matches("--help"));
        assert!(help.contains(&example), "{arguments:?}: {help}");
        let codes = help.split("\nExit codes:\n").nth(1).unwrap_or_else(|| panic!("{arguments:?}: {help}"));
        assert!(codes.contains("  0  ") && codes.contains("  2  "), "{arguments:?}: {codes}");
    }
}

#[test]
fn the_expanded_code_is_the_generated_code_formatted() {
    let output = alicloud(&["expand", "codegen/tests/golden/specs"]);
    assert_eq!((output.code, output.errors.as_str()), (Some(0), ""));
    let golden: Vec<String> = ["every_shape", "pages", "quiet", "roa", "roa_v20160101"]
        .map(|module| fs::read_to_string(format!("{ROOT}/codegen/tests/golden/{module}.rs")).unwrap())
        .into();
    assert!(output.out == golden.concat(), "the golden files of the generator");
}

#[test]
fn one_operation_is_expanded_without_the_others() {
    let output = alicloud(&["expand", "specs", "--operation", "DeleteOTAFirmware"]);
    assert_eq!((output.code, output.errors.as_str()), (Some(0), ""));
    let file = syn::parse_file(&output.out).unwrap();
    let modules: Vec<String> = file
        .items
        .iter()
        .filter_map(|item| if let syn::Item::Mod(module) = item { Some(module.ident.to_string()) } else { None })
        .collect();
    assert_eq!(modules, ["delete_ota_firmware", "__shared"]);
    assert!(output.out.starts_with("// Iot 2018-01-20\n") && !output.out.contains("struct Client"), "{}", output.out);
    for there in ["DeleteOTAFirmwareRequest", "DeleteOTAFirmwareResponse", "DeleteOTAFirmwareError"] {
        let declared = ["struct", "enum", "type"].map(|kind| format!("pub {kind} {there}"));
        assert!(declared.iter().any(|declared| output.out.contains(declared)), "{there}");
    }
    assert!(output.out.contains("fn delete_ota_firmware") && !output.out.contains("ResetThing"));
}

/// Generated code is meant to be read.
#[test]
fn a_simple_operation_is_expanded_to_at_most_120_lines() {
    let output = alicloud(&["expand", "specs", "--operation", "ResetDiskDefaultKMSKeyId"]);
    assert!(output.out.lines().count() <= 120, "{}", output.out);
}

#[test]
fn unknown_operations_get_suggestions() {
    for (name, help) in [
        ("DeleteOtaFirmwares", "did you mean `DeleteOTAFirmware`?"),
        ("resetthing", "did you mean `ResetThing`?"),
        ("Frobnicate", "`alicloud ops` lists the operations"),
    ] {
        let output = alicloud(&["expand", "specs", "--operation", name]);
        assert_eq!((output.code, output.out.as_str()), (Some(2), ""));
        assert_eq!(output.errors, format!("error: there is no operation `{name}`\n  = help: {help}\n"));
    }
}

/// An error only affects its operation.
#[test]
fn valid_operations_are_shown_despite_errors() {
    let folder = folder_with(&[("GetThing", VALID), ("DropThing", BROKEN)]);
    let note = "2 errors in the specs; operations with errors are omitted. `alicloud check specs` shows the errors\n";
    for arguments in [&["ops", "specs"][..], &["ops", "specs", "--json"], &["expand", "specs"]] {
        let output = alicloud_in(folder.path(), arguments);
        assert_eq!((output.code, output.errors.as_str()), (Some(1), note), "{arguments:?}");
        assert!(output.out.contains("GetThing") && !output.out.contains("DropThing"), "{arguments:?}");
    }
    let output = alicloud_in(folder.path(), &["expand", "specs", "--operation", "DropThing"]);
    assert_eq!((output.code, output.out.as_str()), (Some(1), ""));
    assert!(
        output.errors.contains("`POTS` is not a valid HTTP method") && output.errors.ends_with(note),
        "{}",
        output.errors
    );
}

#[test]
fn the_table_has_one_line_per_operation() {
    let folder = folder_with(&[("GetThing", VALID), ("Ping", "operation: Ping\nsummary: Responds.\nmethods: [GET]\n")]);
    let output = alicloud_in(folder.path(), &["ops", "specs"]);
    assert_eq!(
        output.out,
        "\
PRODUCT  VERSION     OPERATION  METHODS   QPS  SUMMARY
Demo     2020-01-01  GetThing   POST,GET  20   Gets a thing.
Demo     2020-01-01  Ping       GET       -    Responds.
"
    );
    assert_eq!((output.code, output.errors.as_str()), (Some(0), ""));
}

#[test]
fn operations_in_json_are_complete() {
    let folder = folder_with(&[("GetThing", VALID)]);
    let output = alicloud_in(folder.path(), &["ops", "specs", "--json"]);
    assert_eq!((output.code, output.errors.as_str()), (Some(0), ""));
    let mut operations: Value = serde_json::from_str(&output.out).unwrap();
    let entry = operations[0].as_object_mut().unwrap();
    let parameters = entry.remove("parameters").unwrap();
    let response = entry.remove("response").unwrap();
    assert_eq!(
        operations,
        json!([{
            "product": "Demo", "version": "2020-01-01", "module": "demo", "gateway": null, "api_style": "RPC",
            "operation": "GetThing", "summary": "Gets a thing.", "doc": null,
            "methods": ["POST", "GET"], "path": "/", "effect": "read", "idempotent": true,
            "deprecated": true, "deprecated_note": "Use GetThings.",
            "qps": 20, "qps_per": "user",
            "ram_action": "demo:GetThing", "ram_action_is_inferred": false, "ram_access": "Read", "ram_resource": null,
            "form_as": "form", "response_body": null, "types": [],
            "rules": [{ "together": ["Tags", "Token"] }],
            // The row of the product is omitted for a code that the operation documents.
            "errors": [
                { "status": 404, "code": "Gone", "message": "Gone.", "doc": null, "from": "operation" },
                { "status": 503, "code": "Busy", "message": "Busy.", "doc": null, "from": "product" },
            ],
            "pagination": {
                "by": "token", "parameter": "Token", "next": "Next", "items": "Things.Thing",
                "first": null, "size": null, "total": null, "more": null, "token": null,
            },
            "waiters": [
                { "name": "thing_there", "field": "Things.Thing", "until": ["there"], "fails": ["lost"], "codes": null,
                  "every": 5, "at_most": 300 },
                { "name": "thing_gone", "field": null, "until": null, "fails": null, "codes": ["Gone"],
                  "every": 1, "at_most": 60 },
            ],
        }])
    );
    let of = |value: &Value, keys: &[&str]| -> Value { keys.iter().map(|key| value[*key].clone()).collect() };
    let keys = ["name", "in", "style", "type", "required"];
    assert_eq!(of(&parameters[0], &keys), json!(["ThingId", "query", null, "String", true]));
    assert_eq!(of(&parameters[1], &keys), json!(["Tags", "form", "json", "List<Object>", false]));
    assert_eq!(of(&parameters[1]["fields"][0], &keys), json!(["Key", null, null, "String", false]));
    assert_eq!(parameters[0]["doc"], "Its ID.");
    let keys = ["name", "type", "optional"];
    assert_eq!(of(&response[0], &keys), json!(["Next", "String", true]));
    assert_eq!(of(&response[1]["fields"][0], &keys), json!(["Thing", "List<String>", false]));
}

/// Shared types are listed once, because they may refer to themselves.
#[test]
fn roa_operations_in_json_have_path_body_headers_and_types() {
    let types = "types:
  - { name: Pool, doc: A pool., fields: [{ name: Inner, type: Pool, optional: true }, { name: Node, type: Node }] }
  - { name: Node, fields: [{ name: Id, type: String, required: true }] }
  - { name: Unused, fields: [{ name: Id, type: String }] }
";
    let put = "operation: PutPool
summary: Puts a pool.
style: ROA
methods: [PUT]
path: /pools/{Id}
parameters:
  - { name: Id, type: String, in: path }
  - { name: Body, type: Pool, in: body }
response: [{ name: ETag, type: String, in: header }, { name: Pools, type: List<Pool> }]
";
    let get = "operation: GetFile\nsummary: Gets a file.\nmethods: [GET]\nresponse: { type: Binary }\n";
    let folder = folder_with(&[("types", types), ("PutPool", put), ("GetFile", get)]);
    let output = alicloud_in(folder.path(), &["ops", "specs", "--json"]);
    assert_eq!((output.code, output.errors.as_str()), (Some(0), ""));
    let operations: Value = serde_json::from_str(&output.out).unwrap();
    let (get, put) = (&operations[0], &operations[1]);
    assert_eq!((&get["response"], &get["response_body"]), (&json!([]), &json!({ "type": "Binary", "fields": null })));
    assert_eq!((&put["api_style"], &put["path"]), (&json!("ROA"), &json!("/pools/{Id}")));
    let of = |value: &Value, keys: &[&str]| -> Value { keys.iter().map(|key| value[*key].clone()).collect() };
    let keys = ["name", "in", "style", "type", "required"];
    assert_eq!(of(&put["parameters"][0], &keys), json!(["Id", "path", null, "String", true]));
    assert_eq!(of(&put["parameters"][1], &keys), json!(["Body", "body", null, "Pool", false]));
    let keys = ["name", "in", "type"];
    assert_eq!(of(&put["response"][0], &keys), json!(["Pools", "body", "List<Pool>"]));
    assert_eq!(of(&put["response"][1], &keys), json!(["ETag", "header", "String"]));
    let types: Vec<&Value> = put["types"].as_array().unwrap().iter().map(|shared| &shared["name"]).collect();
    assert_eq!(types, ["Pool", "Node"]);
    assert_eq!(put["types"][0]["fields"][0]["optional"], true);
    let check = alicloud_in(folder.path(), &["check", "specs"]);
    assert_eq!(check.errors, "2 operations of 1 product, 0 errors\n");
}

/// An error in a type affects the operations that use it.
#[test]
fn errors_that_prevent_an_operation_are_shown() {
    let types = "types: [{ name: Pool, fields: [{ name: Id, tipe: String }] }]\n";
    let get = "operation: GetPool\nsummary: Gets.\nmethods: [GET]\nresponse: [{ name: Lake, type: Lake }]\n";
    let folder = folder_with(&[("types", types), ("GetPool", get), ("DropThing", BROKEN)]);
    let output = alicloud_in(folder.path(), &["expand", "specs", "--operation", "GetPool"]);
    assert_eq!((output.code, output.out.as_str()), (Some(1), ""));
    assert!(output.errors.contains("`Lake` is not a type") && output.errors.contains("did you mean `type`?"));
    assert!(!output.errors.contains("POTS"), "other errors are only counted: {}", output.errors);
}

/// Every operation has the documented keys. A value that is not documented is null.
#[test]
fn bundled_operations_in_json_have_the_documented_keys() {
    let output = alicloud(&["ops", "specs", "--json"]);
    let operations: Value = serde_json::from_str(&output.out).unwrap();
    let operations = operations.as_array().unwrap();
    for operation in operations {
        for key in ["product", "version", "operation", "methods", "qps", "ram_action", "parameters", "errors"] {
            assert!(operation.get(key).is_some(), "{key}: {operation}");
        }
        for parameter in operation["parameters"].as_array().unwrap() {
            for key in ["name", "in", "style", "type", "required"] {
                assert!(parameter.get(key).is_some(), "{key}: {parameter}");
            }
        }
        for error in operation["errors"].as_array().unwrap() {
            assert!(error["status"].is_u64() && error["code"].is_string() && error["message"].is_string(), "{error}");
        }
    }
    // As on the documentation page: no flow control, no RAM action, five errors. The action is inferred.
    let page = operations.iter().find(|one| one["operation"] == "DeleteActivation").unwrap();
    assert_eq!(page["qps"], Value::Null);
    assert_eq!((&page["ram_action"], &page["ram_action_is_inferred"]), (&json!("ecs:DeleteActivation"), &json!(true)));
    assert_eq!(page["errors"].as_array().unwrap().len(), 5);
    // The page of this one has no error table; the code is documented for its product.
    let shared = operations.iter().find(|one| one["operation"] == "ResetThing").unwrap();
    assert_eq!(shared["errors"][0]["code"], "iot.system.SystemException");
}

#[test]
fn the_schema_is_printed_and_written() {
    let output = alicloud(&["schema"]);
    assert_eq!((output.code, output.errors.as_str()), (Some(0), ""));
    let schema: Value = serde_json::from_str(&output.out).unwrap();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    for definition in ["operation", "service", "types"] {
        assert!(schema["$defs"][definition].is_object(), "{definition}");
    }
    let folder = tempfile::tempdir().unwrap();
    let written = alicloud_in(folder.path(), &["schema", "--out", "spec.schema.json"]);
    assert_eq!((written.code, written.out.as_str(), written.errors.as_str()), (Some(0), "", ""));
    assert_eq!(fs::read_to_string(folder.path().join("spec.schema.json")).unwrap(), output.out);
    let failed = alicloud_in(folder.path(), &["schema", "--out", "nowhere/spec.schema.json"]);
    assert_eq!(failed.code, Some(2));
    assert!(failed.errors.starts_with("error: cannot write `nowhere/spec.schema.json`: "), "{}", failed.errors);
}

/// `alicloud … | head` ends normally.
#[test]
fn a_closed_pipe_does_not_cause_a_panic() {
    let folder = folder_with(&[("DropThing", BROKEN)]);
    for (arguments, code) in [
        (&["check", "specs"][..], 1),
        (&["expand", "specs"], 1),
        (&["ops", "specs", "--json"], 1),
        (&["schema"], 0),
        (&["check", "--help"], 0),
    ] {
        let gone = || {
            let (reader, writer) = std::io::pipe().unwrap();
            drop(reader);
            writer
        };
        let mut command = program::alicloud(&[]);
        command.args(arguments).current_dir(folder.path());
        let output = Ended::of(command.stdout(gone()).stderr(Stdio::piped()));
        assert_eq!(output.code, Some(code), "{arguments:?}: {}", output.errors);
        assert!(!output.errors.contains("panicked") && !output.errors.contains("error:"), "{}", output.errors);
        let status = command.stdout(gone()).stderr(gone()).status().unwrap();
        assert_eq!(status.code(), Some(code), "{arguments:?} with closed pipes");
    }
}
