//! Accounts with RAM policies, and the log of calls in a file.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::fs;

use crate::caller::{Request, V3, lab_with, roa_lab};
use alicloud_emulator::{Account, Builder, Policy, Scenario};
use serde_json::{Value, json};

const ERRORS: &str = "errors:\n  - { status: 500, code: Fault, message: It failed. }\n";

/// A product whose code in policies is not its name.
fn product() -> Builder {
    lab_with(
        "ram_code: labs\n",
        &[
            ("GetThing", ""),
            ("ListThings", ""),
            ("PutThing", "ram: { action: \"other:WriteThing\" }\n"),
            ("DropThing", &format!("{ERRORS}  - {{ status: 403, code: NoPermission, message: You cannot drop. }}\n")),
            (
                "FindThing",
                &format!("{ERRORS}  - {{ status: 400, code: Forbidden.RAM, message: Not for RAM users. }}\n"),
            ),
            ("SendThing", "errors: [{ status: 400, code: NoPermission, message: \"%s\" }]\n"),
            ("NeedThing", "parameters: [{ name: Id, type: String, required: true }]\n"),
        ],
    )
}

fn allowing(actions: &[&str]) -> Policy {
    let statement = json!({ "Effect": "Allow", "Action": actions, "Resource": "*" });
    Policy::parse(&json!({ "Version": "1", "Statement": [statement] }).to_string()).unwrap()
}

#[tokio::test]
async fn a_call_that_no_policy_allows_fails_as_on_the_real_gateway() {
    let usual = "User not authorized to operate on the specified resource, or this API doesn't support RAM.";
    // The allowed actions, the operation, and the status, code and message.
    #[rustfmt::skip]
    let cases: &[(&[&str], &str, u16, &str, &str)] = &[
        (&["labs:GetThing"], "GetThing", 200, "", ""),
        (&["labs:Get*"], "GetThing", 200, "", ""),
        (&["labs:*Thing"], "GetThing", 200, "", ""),
        (&["labs:G*t*g"], "GetThing", 200, "", ""),
        (&["labs:*"], "GetThing", 200, "", ""),
        (&["*:GetThing"], "GetThing", 200, "", ""),
        (&["*"], "GetThing", 200, "", ""),
        (&["labs:PutThing", "labs:GetThing"], "GetThing", 200, "", ""),
        (&["labs:ListThings"], "GetThing", 403, "Forbidden.RAM", usual),
        (&["labs:GetThin"], "GetThing", 403, "Forbidden.RAM", usual),
        (&["labs:getThing"], "GetThing", 403, "Forbidden.RAM", usual),
        (&["labs:GetThingX", "labs:Get*s", "labs:*Get"], "GetThing", 403, "Forbidden.RAM", usual),
        (&["labs:*GetThing*GetThing"], "GetThing", 403, "Forbidden.RAM", usual),
        // The name of the product is not its code.
        (&["lab:*"], "GetThing", 403, "Forbidden.RAM", usual),
        // The action in the spec, and no other.
        (&["other:WriteThing"], "PutThing", 200, "", ""),
        (&["labs:PutThing"], "PutThing", 403, "Forbidden.RAM", usual),
        // The codes that operations document.
        (&["labs:GetThing"], "DropThing", 403, "NoPermission", "You cannot drop."),
        (&["labs:GetThing"], "FindThing", 400, "Forbidden.RAM", "Not for RAM users."),
        (&["labs:GetThing"], "SendThing", 400, "NoPermission", "You are not authorized to do this action."),
        // The permission is checked before the parameters.
        (&["labs:NeedThing"], "NeedThing", 400, "MissingId", "Id is mandatory for this action."),
        (&["labs:GetThing"], "NeedThing", 403, "Forbidden.RAM", usual),
    ];
    for (actions, operation, status, code, message) in cases {
        let account = Account::new("reader", "secret").policy(allowing(actions));
        let emulator = product().accounts([Account::new("owner", "secret"), account]).start().await.unwrap();
        let call = Request::new("2030-01-01", operation);
        for format in ["JSON", "XML"] {
            let call = call.clone().with("SignatureNonce", format).with("Format", format);
            let reply = call.account("reader", "secret").send(&emulator).await;
            let place = format!("{operation} with {actions:?} as {format}: {}", reply.body);
            assert_eq!((reply.status, &*reply.text("Code")), (*status, *code), "{place}");
            assert_eq!(reply.text("Message"), *message, "{place}");
            if code.starts_with("MissingId") || *status == 200 {
                assert!(!reply.body.contains("AccessDeniedDetail"), "{place}");
            }
        }
        // An account without a policy, as the owner of the cloud account is one.
        let reply = call.account("owner", "secret").send(&emulator).await;
        assert!(reply.status == 200 || reply.text("Code") == "MissingId", "{}", reply.body);
    }
}

#[tokio::test]
async fn a_denied_call_names_the_missing_action() {
    let detail = json!({
        "AuthAction": "labs:GetThing", "AuthPrincipalType": "SubUser", "NoPermissionType": "ImplicitDeny",
        "PolicyType": "AccountLevelIdentityBasedPolicy",
    });
    let emulator = product().policy(allowing(&["labs:PutThing"])).start().await.unwrap();
    let reply = Request::new("2030-01-01", "GetThing").send(&emulator).await;
    assert_eq!(reply.json()["AccessDeniedDetail"], detail, "{}", reply.body);
    let reply = Request::new("2030-01-01", "GetThing").with("Format", "XML").send(&emulator).await;
    let action = "<AccessDeniedDetail><AuthAction>labs:GetThing</AuthAction><AuthPrincipalType>SubUser<";
    assert!(reply.body.contains(action), "{}", reply.body);

    // In ROA, the names start with lower case, and the code is `NoPermission`.
    let operations = [("GetTree", "methods: [GET]\npath: /tree\nram: { action: \"labs:GetTree\" }\n")];
    let emulator = roa_lab("", &operations).policy(allowing(&["labs:PutTree"])).start().await.unwrap();
    let call = V3 { method: "GET", path: "/tree", query: "", headers: &[("accept", "application/json")], body: b"" };
    let reply = call.send(&emulator).await;
    assert_eq!(reply.status, 403, "{}", reply.body);
    let Value::Object(mut body) = reply.json() else { panic!("{}", reply.body) };
    body.remove("requestId");
    let message = "You are not authorized to do this action.";
    let detail = json!({
        "AuthAction": "labs:GetTree", "AuthPrincipalType": "SubUser", "NoPermissionType": "ImplicitDeny",
        "PolicyType": "AccountLevelIdentityBasedPolicy",
    });
    let expected = json!({ "code": "NoPermission", "message": message, "status": 403, "accessDeniedDetail": detail });
    assert_eq!(Value::Object(body), expected);
}

/// An unknown action cannot be found in a policy.
#[tokio::test]
async fn without_a_known_action_only_a_policy_for_everything_is_enough() {
    for (action, status) in [("*", 200), ("*:*", 200), ("lab:GetThing", 403), ("lab*:*", 403)] {
        let emulator = lab_with("", &[("GetThing", "")]).policy(allowing(&[action])).start().await.unwrap();
        let reply = Request::new("2030-01-01", "GetThing").send(&emulator).await;
        assert_eq!(reply.status, status, "{action}: {}", reply.body);
        let message = "The emulator does not know the RAM action of GetThing. Add `ram` to its spec, or `ram_code` to \
                       the service.yaml of Lab 2030-01-01.";
        assert!(status == 200 || reply.text("Message") == message, "{}", reply.body);
    }
}

#[tokio::test]
async fn accounts_of_builders_and_scenarios_have_policies() {
    let scenario = "
accounts:
  - { id: owner, secret: secret }
  - id: reader
    secret: secret
    policy: { Version: \"1\", Statement: [{ Effect: Allow, Action: \"labs:Get*\", Resource: \"*\" }] }
";
    let both = Account::new("both", "secret").policy(allowing(&["labs:GetThing"])).policy(allowing(&["labs:List*"]));
    let builder = product().scenario(Scenario::parse(scenario).unwrap()).accounts([both]);
    let limited = builder.policy(allowing(&["labs:FindThing"])).start().await.unwrap();
    // The policy of the builder is for accounts that have none.
    for (account, allowed) in
        [("owner", &["FindThing"][..]), ("reader", &["GetThing"]), ("both", &["GetThing", "ListThings"])]
    {
        for operation in ["GetThing", "ListThings", "FindThing"] {
            let reply = Request::new("2030-01-01", operation).account(account, "secret").send(&limited).await;
            assert_eq!(reply.status == 200, allowed.contains(&operation), "{account} {operation}: {}", reply.body);
        }
    }
    // A call without an AccessKey has no policy.
    let emulator = product().anonymous().policy(allowing(&["labs:GetThing"])).start().await.unwrap();
    let anonymous = Request::new("2030-01-01", "ListThings").without("AccessKeyId");
    assert_eq!(anonymous.send(&emulator).await.status, 200);
}

#[test]
fn a_policy_that_cannot_be_checked_is_an_error() {
    let statement = |members: &str| format!(r#"{{ "Version": "1", "Statement": [{{ {members} }}] }}"#);
    let allow = |rest: &str| statement(&format!(r#""Effect": "Allow", {rest}"#));
    let cases = [
        (String::new(), "it is not JSON: "),
        ("[]".to_owned(), "the policy must be an object"),
        (r#"{ "Statement": [] }"#.to_owned(), "`Version` must be the text \"1\""),
        (r#"{ "Version": 1, "Statement": [] }"#.to_owned(), "`Version` must be the text \"1\""),
        (r#"{ "Version": "1" }"#.to_owned(), "`Statement` must be a list"),
        (r#"{ "Version": "1", "Statement": {} }"#.to_owned(), "`Statement` must be a list"),
        (r#"{ "Version": "1", "Statement": [], "Id": "a" }"#.to_owned(), "the policy has the unknown member \"Id\""),
        (r#"{ "Version": "1", "Statement": ["a"] }"#.to_owned(), "statement 1 must be an object"),
        (statement(r#""Effect": "Deny", "Action": "*", "Resource": "*""#), "statement 1 has the effect `Deny`"),
        (statement(r#""Action": "a:B", "Resource": "*""#), "the `Effect` of statement 1 must be the text \"Allow\""),
        (statement(r#""Effect": "allow", "Action": "a:B", "Resource": "*""#), "the `Effect` of statement 1"),
        (allow(r#""Action": "a:B", "Resource": "*", "Condition": {}"#), "statement 1 has `Condition`"),
        (allow(r#""NotAction": "a:B", "Resource": "*""#), "statement 1 has `NotAction`"),
        (allow(r#""Action": "a:B", "NotResource": "*""#), "statement 1 has `NotResource`"),
        (allow(r#""Action": "a:B", "Resource": "*", "Principal": {}"#), "statement 1 has `Principal`"),
        (allow(r#""Action": "a:B", "Resource": "*", "Sid": "a""#), "statement 1 has the unknown member \"Sid\""),
        (allow(r#""Action": "a:B""#), "the `Resource` of statement 1 must be a text or a list of texts"),
        (allow(r#""Action": "a:B", "Resource": []"#), "the `Resource` of statement 1"),
        (allow(r#""Resource": "*""#), "the `Action` of statement 1 must be a text or a list of texts"),
        (allow(r#""Action": [], "Resource": "*""#), "the `Action` of statement 1"),
        (allow(r#""Action": ["a:B", 1], "Resource": "*""#), "the `Action` of statement 1"),
        (
            allow(r#""Action": "DescribeInstances", "Resource": "*""#),
            "statement 1 has the action \"DescribeInstances\"",
        ),
        (allow(r#""Action": "a:", "Resource": "*""#), "statement 1 has the action \"a:\""),
        (allow(r#""Action": "a:B C", "Resource": "*""#), "statement 1 has the action \"a:B C\""),
        (allow(r#""Action": "a:B\n", "Resource": "*""#), "statement 1 has the action \"a:B\\n\""),
    ];
    for (text, message) in cases {
        let error = Policy::parse(&text).expect_err(&text).to_string();
        assert!(error.starts_with(message), "{text}: {error}");
    }
    assert!(Policy::parse(&format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000))).is_err(), "deep nesting");

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("policy.json");
    let missing = Policy::read(&file).unwrap_err().to_string();
    assert!(missing.starts_with("cannot read the policy `") && missing.contains("policy.json"), "{missing}");
    fs::write(&file, statement(r#""Effect": "Deny""#)).unwrap();
    let wrong = Policy::read(&file).unwrap_err().to_string();
    assert!(wrong.contains("policy.json: statement 1 has the effect `Deny`"), "{wrong}");
    let wrong = Scenario::parse("accounts: [{ id: a, secret: b, policy: { Version: 1 } }]").unwrap_err().to_string();
    assert!(wrong.starts_with("account 1: `policy`: `Version` must be the text"), "{wrong}");
}

/// A pattern that takes exponential time with backtracking.
#[test]
fn a_long_pattern_is_checked_quickly() {
    let policy = allowing(&[&format!("labs:{}b", "a*".repeat(10_000))]);
    assert!(!policy.allows(&format!("labs:{}", "a".repeat(100_000))));
    assert!(policy.allows(&format!("labs:{}b", "a".repeat(100_000))));
}

#[tokio::test]
async fn calls_are_lines_of_json_in_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("calls.jsonl");
    let hidden = ("PutSecret", "parameters: [{ name: Password, type: String, sensitive: true }]\n");
    for policy in [allowing(&["labs:PutSecret"]), allowing(&["labs:GetThing"])] {
        let builder = lab_with("ram_code: labs\n", &[("GetThing", ""), hidden]);
        let emulator = builder.policy(policy).call_log(&file).start().await.unwrap();
        Request::new("2030-01-01", "PutSecret").with("Password", "hush").send(&emulator).await;
        Request::new("2030-01-01", "NoThing").send(&emulator).await;
    }
    let text = fs::read_to_string(&file).unwrap();
    assert!(!text.contains("hush"), "{text}");
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let shown: Vec<Value> = lines
        .iter()
        .map(|line| json!([line["product"], line["version"], line["operation"], line["status"], line["code"]]))
        .collect();
    let unknown = json!(["", "2030-01-01", "NoThing", 404, "InvalidAction.NotFound"]);
    let expected = [
        json!(["Lab", "2030-01-01", "PutSecret", 200, null]),
        unknown.clone(),
        json!(["Lab", "2030-01-01", "PutSecret", 403, "Forbidden.RAM"]),
        unknown,
    ];
    assert_eq!(shown, expected);
    assert_eq!(lines[0]["parameters"]["Password"], "***");

    let nowhere = product().call_log(folder.path()).start().await.unwrap_err().to_string();
    assert!(nowhere.starts_with("cannot write the calls to `"), "{nowhere}");
}
