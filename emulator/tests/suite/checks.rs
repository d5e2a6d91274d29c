//! Every check of the gateway, with its exact code and message.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crate::caller::{NOW, Request, Signature, V3, lab, lab_with, now, project_specs, roa_sources};
use alicloud_emulator::{Account, Call, Format};

const NO_PRODUCT: &str = "Cannot find product according to your specified domain.";
const NOT_FOUND: &str = "Specified api is not found, please check your url and method.";
const BAD_STAMP: &str = "Specified time stamp or date value is not well formatted.";
const EXPIRED: &str = "Specified time stamp or date value is expired.";
const MISMATCH: &str = "Specified SecurityToken mismatch with the AccessKey.";

fn good() -> Request {
    Request::new("2014-05-26", "DeleteActivation")
        .with("RegionId", "cn-hangzhou")
        .with("ActivationId", "4ECEEE12-56F1-4FBC-9AB1-890F1234****")
}

fn unregister() -> Request {
    Request::new("2020-04-20", "UnRegisterDeviceCredential").with_all(&[
        ("ClientId", "GID_test@@@test"),
        ("InstanceId", "post-cn-0pp12gl****"),
        ("RegionId", "cn-hangzhou"),
    ])
}

fn reset() -> Request {
    Request::new("2018-01-20", "ResetThing")
}

fn inactivate() -> Request {
    Request::new("2020-04-20", "InactivateDeviceCertificate").with_all(&[("MqttInstanceId", "m"), ("DeviceSn", "d")])
}

fn temporary() -> Request {
    good().account("STS.temporary", "temporary secret")
}

fn expired() -> Request {
    good().account("STS.expired", "expired secret")
}

/// The accounts of the gateway.
fn accounts() -> [Account; 5] {
    [
        Account::new("testid", "testsecret"),
        Account::new("disabled", "secret").inactive(),
        Account::new("STS.temporary", "temporary secret").token("token"),
        Account::new("STS.expired", "expired secret").token("token").expires(now()),
        Account::new("STS.lasting", "lasting secret").token("token").expires(now() + Duration::from_secs(1)),
    ]
}

fn mandatory(name: &str) -> String {
    format!("{name} is mandatory for this action.")
}

fn not_valid(name: &str) -> String {
    format!("Specified parameter {name} is not valid.")
}

fn not_supplied(names: &str) -> String {
    format!("The input parameter \"{names}\" that is mandatory for processing this request is not supplied.")
}

#[tokio::test]
async fn invalid_requests_fail_with_the_gateways_codes_and_messages() {
    let good_string = |request: &Request| {
        format!(
            "Specified signature is not matched with our calculation. server string to sign is:{}",
            request.string_to_sign()
        )
    };
    let guessed = good().signature(Signature::Given("c2lnbmF0dXJlc2lnbmF0dXJlc2k=".to_owned()));
    let garbage = good().signature(Signature::Given("%%%".to_owned()));
    let mut wrong_secret = good();
    wrong_secret.secret = "another".to_owned();
    let (guessed_text, garbage_text, wrong_text) =
        (good_string(&guessed), good_string(&garbage), good_string(&wrong_secret));
    let long = "9".repeat(129);

    #[rustfmt::skip]
    let cases: Vec<(Request, u16, &str, String)> = vec![
        // The operation.
        (good().without("Version"), 400, "MissingVersion", mandatory("Version")),
        (good().with("Version", ""), 400, "MissingVersion", mandatory("Version")),
        (good().without("Action"), 400, "MissingAction", mandatory("Action")),
        (good().with("Version", "2014-05-27"), 400, "InvalidVersion", not_valid("Version")),
        (good().with("Action", "deleteActivation"), 404, "InvalidAction.NotFound", NOT_FOUND.into()),
        (good().with("Version", "2018-01-20"), 404, "InvalidAction.NotFound", NOT_FOUND.into()),
        (good().path("/other"), 404, "InvalidAction.NotFound", NOT_FOUND.into()),
        (good().path("/Ecs"), 404, "InvalidAction.NotFound", NOT_FOUND.into()),
        (good().path("/iot"), 400, "InvalidVersion", not_valid("Version")),
        (good().path("/ecs").host("ecs.cn-hangzhou.aliyuncs.com"), 404, "InvalidAction.NotFound", NOT_FOUND.into()),
        (good().host("iot.cn-shanghai.aliyuncs.com"), 400, "InvalidVersion", not_valid("Version")),
        (good().host("iot.localhost"), 400, "InvalidVersion", not_valid("Version")),
        (good().host("rds.aliyuncs.com"), 404, "InvalidProduct.NotFound", NO_PRODUCT.into()),
        (good().host("ecs.mars-north-1.aliyuncs.com"), 404, "InvalidProduct.NotFound", NO_PRODUCT.into()),
        (good().method("PUT"), 400, "UnsupportedHTTPMethod", "This http method is not supported.".into()),
        (unregister().method("GET"), 400, "UnsupportedHTTPMethod", "This http method is not supported.".into()),
        // The account.
        (good().without("AccessKeyId"), 400, "MissingAccessKeyId", mandatory("AccessKeyId")),
        (good().with("AccessKeyId", ""), 400, "MissingAccessKeyId", mandatory("AccessKeyId")),
        (good().account("TestId", "testsecret"), 404, "InvalidAccessKeyId.NotFound", "Specified access key is not found.".into()),
        (good().account("disabled", "secret"), 400, "InvalidAccessKeyId.Inactive", "Specified access key is disabled.".into()),
        (temporary(), 400, "MissingSecurityToken", mandatory("SecurityToken")),
        (temporary().with("SecurityToken", ""), 400, "MissingSecurityToken", mandatory("SecurityToken")),
        (temporary().with("SecurityToken", "Token"), 400, "InvalidSecurityToken.MismatchWithAccessKey", MISMATCH.into()),
        (good().with("SecurityToken", "token"), 400, "InvalidSecurityToken.MismatchWithAccessKey", MISMATCH.into()),
        (expired().with("SecurityToken", "other"), 400, "InvalidSecurityToken.MismatchWithAccessKey", MISMATCH.into()),
        (expired().with("SecurityToken", "token"), 400, "InvalidSecurityToken.Expired", "Specified SecurityToken is expired.".into()),
        // The time stamp.
        (good().without("Timestamp"), 400, "MissingTimestamp", mandatory("Timestamp")),
        (good().with("Timestamp", "2026-01-02 03:04:05"), 400, "InvalidTimeStamp.Format", BAD_STAMP.into()),
        (good().with("Timestamp", "2026-01-02T03:04:05+00:00"), 400, "InvalidTimeStamp.Format", BAD_STAMP.into()),
        (good().with("Timestamp", "2026-01-02T03:04:05.000Z"), 400, "InvalidTimeStamp.Format", BAD_STAMP.into()),
        (good().with("Timestamp", "2026-13-02T03:04:05Z"), 400, "InvalidTimeStamp.Format", BAD_STAMP.into()),
        (good().with("Timestamp", "1767323045"), 400, "InvalidTimeStamp.Format", BAD_STAMP.into()),
        (good().with("Timestamp", "2026-01-02T02:49:04Z"), 400, "InvalidTimeStamp.Expired", EXPIRED.into()),
        (good().with("Timestamp", "2026-01-02T03:19:06Z"), 400, "InvalidTimeStamp.Expired", EXPIRED.into()),
        // The signature and the nonce.
        (good().without("SignatureMethod"), 400, "MissingSignatureMethod", mandatory("SignatureMethod")),
        (good().with("SignatureMethod", "HMAC-SHA256"), 400, "InvalidSignatureMethod", "Specified signature method is not valid.".into()),
        (good().without("SignatureVersion"), 400, "MissingSignatureVersion", mandatory("SignatureVersion")),
        (good().with("SignatureVersion", "2.0"), 400, "InvalidSignatureVersion", not_valid("SignatureVersion")),
        (good().signature(Signature::Missing), 400, "MissingSignature", mandatory("Signature")),
        (guessed, 400, "SignatureDoesNotMatch", guessed_text),
        (garbage, 400, "SignatureDoesNotMatch", garbage_text),
        (wrong_secret, 400, "SignatureDoesNotMatch", wrong_text),
        (good().without("SignatureNonce"), 400, "MissingSignatureNonce", mandatory("SignatureNonce")),
        // The parameters.
        (good().without("ActivationId"), 400, "MissingActivationId", mandatory("ActivationId")),
        (good().without("ActivationId").without("RegionId"), 400, "MissingRegionId", mandatory("RegionId")),
        (inactivate().with("CaSn", &long), 400, "InvalidCaSn", not_valid("CaSn")),
        (reset(), 400, "MissingParameter", not_supplied("IotId or ProductKey with DeviceName")),
        (reset().with("ProductKey", "p"), 400, "MissingParameter", not_supplied("IotId or ProductKey with DeviceName")),
        (reset().with("IotId", "i").with("ProductKey", "p"), 400, "MissingParameter", not_supplied("DeviceName")),
    ];
    for (format, kind) in [("JSON", "application/json;charset=utf-8"), ("XML", "text/xml;charset=utf-8")] {
        // A new emulator for each format, because nonces can be used once only.
        let emulator = project_specs().accounts(accounts()).start().await.unwrap();
        for (request, status, code, message) in &cases {
            let request = request.clone().with("Format", format);
            // The format is signed, too.
            let message = message.replace("Format%3DJSON", &format!("Format%3D{format}"));
            let reply = request.send(&emulator).await;
            assert_eq!((reply.status, reply.text("Code").as_str()), (*status, *code), "{}", reply.body);
            assert_eq!(reply.text("Message"), message);
            assert_eq!(reply.header("content-type"), kind, "{code}");
            assert_eq!(reply.text("RequestId"), reply.header("x-acs-request-id"), "{code}");
            assert_eq!(reply.text("HostId"), request.host, "{code}");
            let recommend = reply.text("Recommend");
            let start = format!("https://api.aliyun.com/troubleshoot?q={code}&product=");
            assert!(recommend.starts_with(&start), "{recommend}");
            if format == "XML" {
                let start = "<?xml version='1.0' encoding='UTF-8'?><Error><RequestId>";
                assert!(reply.body.starts_with(start), "{}", reply.body);
            }
            let call: Call = emulator.take_calls().pop().unwrap();
            assert_eq!((call.outcome.status, call.outcome.code.as_deref()), (Some(*status), Some(*code)));
            assert_eq!(call.format, if format == "JSON" { Format::Json } else { Format::Xml });
        }
    }
}

#[tokio::test]
async fn checks_come_in_order() {
    let emulator = project_specs().start().await.unwrap();
    // A request with every error. Each step fixes the one that was reported.
    let mut request = Request::new("", "")
        .method("PUT")
        .with("Format", "yaml")
        .with("AccessKeyId", "")
        .with("Timestamp", "now")
        .with("SignatureMethod", "none")
        .with("SignatureVersion", "0")
        .with("ProductKey", "p")
        .signature(Signature::Given("no".to_owned()));
    type Fix = fn(Request) -> Request;
    let steps: [(&str, Fix); 15] = [
        ("MissingVersion", |request| request.with("Version", "1")),
        ("MissingAction", |request| request.with("Action", "Nothing")),
        ("InvalidVersion", |request| request.with("Version", "2018-01-20")),
        ("InvalidAction.NotFound", |request| request.with("Action", "ResetThing")),
        ("UnsupportedHTTPMethod", |request| request.method("POST")),
        ("InvalidParameter.Format", |request| request.with("Format", "json")),
        ("MissingAccessKeyId", |request| request.with("AccessKeyId", "nobody")),
        ("InvalidAccessKeyId.NotFound", |request| request.with("AccessKeyId", "testid").with("SecurityToken", "t")),
        ("InvalidSecurityToken.MismatchWithAccessKey", |request| request.without("SecurityToken")),
        ("InvalidTimeStamp.Format", |request| request.with("Timestamp", "2025-01-02T03:04:05Z")),
        ("InvalidTimeStamp.Expired", |request| request.with("Timestamp", NOW)),
        ("InvalidSignatureMethod", |request| request.with("SignatureMethod", "HMAC-SHA1")),
        ("InvalidSignatureVersion", |request| request.with("SignatureVersion", "1.0")),
        ("SignatureDoesNotMatch", |request| request.signature(Signature::Right)),
        ("MissingParameter", |request| request.with("SignatureNonce", "another").with("DeviceName", "d")),
    ];
    for (code, fix) in steps {
        let reply = request.send(&emulator).await;
        assert_eq!(reply.text("Code"), code, "{}", reply.body);
        request = fix(request);
    }
    assert_eq!(request.send(&emulator).await.status, 200);
    let replayed = request.without("DeviceName").signature(Signature::Given("no".to_owned()));
    let replayed = replayed.send(&emulator).await;
    assert_eq!(
        replayed.text("Code"),
        "SignatureNonceUsed",
        "the nonce is checked before the signature and the parameters"
    );
}

#[tokio::test]
async fn valid_requests_pass() {
    let emulator = project_specs().accounts(accounts()).start().await.unwrap();
    let all_in_form = {
        let mut request = good();
        request.form = std::mem::take(&mut request.query);
        request
    };
    let in_form = |name: &str| {
        let value = good().query.into_iter().find(|(known, _)| known == name).unwrap().1;
        good().without(name).form(name, &value)
    };
    let cases = [
        ("as documented", good()),
        ("by GET", good().method("GET")),
        ("to the product's own host", good().host("ecs.cn-hangzhou.aliyuncs.com")),
        ("to a host of an exception", good().host("ECS-cn-hangzhou.aliyuncs.com:8080")),
        ("to an unknown host", good().host("gateway.test")),
        ("to the product's name on this machine", good().host("ecs.localhost:8080")),
        ("to the product's path", good().path("/ecs/")),
        ("to the product's path, without a slash", good().path("/ecs")),
        ("by a whole URL", good().path("http://ecs.cn-hangzhou.aliyuncs.com/")),
        ("the oldest time stamp", good().with("Timestamp", "2026-01-02T02:49:05Z")),
        ("the newest time stamp", good().with("Timestamp", "2026-01-02T03:19:05Z")),
        ("with a token", temporary().with("SecurityToken", "token")),
        ("before the token expires", good().account("STS.lasting", "lasting secret").with("SecurityToken", "token")),
        ("an empty token", good().with("SecurityToken", "")),
        ("an empty signature type", good().with("SignatureType", "")),
        ("a required parameter in the form", in_form("ActivationId")),
        ("a common parameter in the form", in_form("Action")),
        ("everything in the form", all_in_form),
        ("an unknown parameter", good().with("Unknown.1", "x")),
        ("an unknown header", good().header("x-acs-action", "Other")),
        ("an empty required text", good().with("ActivationId", "")),
        ("the first of two alternatives", reset().with("IotId", "i")),
        ("the second of two alternatives", reset().with("ProductKey", "p").with("DeviceName", "d")),
        ("the maximum length", inactivate().with("CaSn", &"9".repeat(128))),
    ];
    for (name, request) in cases {
        let request = if name == "everything in the form" { request } else { request.with("Format", "json") };
        let reply = request.send(&emulator).await;
        assert_eq!(reply.status, 200, "{name}: {}", reply.body);
        assert_eq!(emulator.take_calls().len(), 1, "{name}");
    }
}

#[tokio::test]
async fn a_nonce_belongs_to_its_access_key() {
    let emulator = project_specs().account("testid", "testsecret").account("other", "secret").start().await.unwrap();
    let request = good();
    assert_eq!(request.send(&emulator).await.status, 200);
    assert_eq!(request.send(&emulator).await.text("Code"), "SignatureNonceUsed");
    assert_eq!(request.account("other", "secret").send(&emulator).await.status, 200);
}

#[tokio::test]
async fn values_are_checked_against_types_and_limits() {
    const SPEC: &str = r"
parameters:
  - { name: Integer, type: Integer, range: { min: 1, max: 10 } }
  - { name: Long, type: Long }
  - { name: Double, type: Double, range: { min: 0.5, max: 1.5 } }
  - { name: Flag, type: Boolean }
  - { name: Chars, type: String, length: { min: 2, max: 3 } }
  - { name: Bytes, type: String, length: { max: 3, unit: bytes } }
  - { name: Word, type: String, values: [a, b] }
  - { name: List, type: List<Integer>, count: { min: 2, max: 3 } }
  - name: Tag
    type: List<Object>
    fields:
      - { name: Key, type: String, required: true, length: { max: 4 } }
      - { name: Count, type: Integer }
  - { name: Sizes, type: Map<Long> }
  - { name: Json, type: List<Integer>, style: json, count: { max: 2 } }
  - { name: Joined, type: List<Integer>, style: simple, count: { max: 2 } }
  - { name: X-Level, rust: level, type: Integer, in: header }
response:
  - { name: RequestId, type: String }
";
    let emulator = lab(&[("Try", SPEC)]).start().await.unwrap();
    // The parameters, and the part that is not valid, if any.
    #[rustfmt::skip]
    let cases: &[(&[(&str, &str)], &str)] = &[
        (&[], ""),
        (&[("Integer", "1")], ""),
        (&[("Integer", "10")], ""),
        (&[("Integer", "0")], "Integer"),
        (&[("Integer", "11")], "Integer"),
        (&[("Integer", "")], "Integer"),
        (&[("Integer", "1.0")], "Integer"),
        (&[("Integer", "2147483648")], "Integer"),
        (&[("Long", "9223372036854775807")], ""),
        (&[("Long", "9223372036854775808")], "Long"),
        (&[("Double", "0.5")], ""),
        (&[("Double", "1e0")], ""),
        (&[("Double", "1.6")], "Double"),
        (&[("Double", "NaN")], "Double"),
        (&[("Double", "inf")], "Double"),
        (&[("Flag", "True")], ""),
        (&[("Flag", "false")], ""),
        (&[("Flag", "1")], "Flag"),
        (&[("Chars", "ab")], ""),
        (&[("Chars", "测试字")], ""),
        (&[("Chars", "a")], "Chars"),
        (&[("Chars", "abcd")], "Chars"),
        (&[("Bytes", "测")], ""),
        (&[("Bytes", "测试")], "Bytes"),
        (&[("Word", "neither")], ""),
        (&[("List.1", "1"), ("List.2", "2")], ""),
        (&[("List.1", "1")], "List"),
        (&[("List.1", "1"), ("List.2", "2"), ("List.3", "3"), ("List.4", "4")], "List"),
        (&[("List.1", "1"), ("List.2", "x")], "List.2"),
        (&[("List.0", "1"), ("List.1", "1")], "List"),
        (&[("List.x", "1")], "List"),
        (&[("List", "[1,2]")], "List"),
        (&[("List", "")], ""),
        (&[("Tag.1.Key", "k"), ("Tag.1.Count", "1")], ""),
        (&[("Tag.1.Key", "k"), ("Tag.1.Count", "1"), ("Tag.1.Unknown", "x")], ""),
        (&[("Tag.1.Key", "k"), ("Tag.2.Key", "k"), ("Tag.2.Count", "x")], "Tag.2.Count"),
        (&[("Tag.1.Key", "long!")], "Tag.1.Key"),
        (&[("Tag.1", "k")], "Tag.1"),
        (&[("Sizes.a", "1"), ("Sizes.b.c", "2")], ""),
        (&[("Sizes.a", "x")], "Sizes.a"),
        (&[("Json", "[1,\"2\"]")], ""),
        (&[("Json", "[1,2,3]")], "Json"),
        (&[("Json", "[1,\"x\"]")], "Json.2"),
        (&[("Json", "[1,{}]")], "Json.2"),
        (&[("Json", "{}")], "Json"),
        (&[("Json", "[1")], "Json"),
        (&[("Joined", "1,2")], ""),
        (&[("Joined", "1,2,3")], "Joined"),
        (&[("Joined", "1,x")], "Joined.2"),
    ];
    for (parameters, wrong) in cases {
        let reply = Request::new("2030-01-01", "Try").with_all(parameters).send(&emulator).await;
        if wrong.is_empty() {
            assert_eq!(reply.status, 200, "{parameters:?}: {}", reply.body);
        } else {
            let found = (reply.status, reply.text("Code"), reply.text("Message"));
            assert_eq!(found, (400, format!("Invalid{wrong}"), not_valid(wrong)), "{parameters:?}");
        }
    }
    let lacking = Request::new("2030-01-01", "Try").with("Tag.1.Count", "1").send(&emulator).await;
    assert_eq!(lacking.text("Message"), mandatory("Tag.1.Key"));
    let lacking = Request::new("2030-01-01", "Try").header("x-level", "high").send(&emulator).await;
    assert_eq!(lacking.text("Code"), "InvalidX-Level");
}

#[tokio::test]
async fn start_errors_name_the_problem_of_the_specs() {
    let empty = lab(&[]).start().await.unwrap_err();
    assert_eq!(empty.to_string(), "there is no operation to serve: add a folder of specs, or sources");
    let broken = lab_with("colour: red\n", &[("Try", "response: []\n")]).start().await.unwrap_err();
    assert!(broken.to_string().starts_with("the specs cannot be served\n\nerror: "), "{broken}");
    assert!(broken.to_string().contains("colour"), "{broken}");
    let missing = alicloud_emulator::Emulator::start("no/such/folder").await.unwrap_err();
    assert!(missing.to_string().contains("no/such/folder"), "{missing}");
}

#[tokio::test]
async fn debug_output_contains_no_secrets() {
    let spec = "
parameters:
  - { name: Password, type: String, sensitive: true }
  - name: Login
    type: Object
    fields:
      - { name: User, type: String }
      - { name: Pin, type: String, sensitive: true }
response: [{ name: RequestId, type: String }]
";
    let builder = lab(&[("Try", spec)]).account("id", "secret-1").sts_account("STS.id", "secret-2", "secret-3");
    let mut shown = format!("{builder:?}");
    let emulator = builder.start().await.unwrap();
    let request = Request::new("2030-01-01", "Try")
        .account("STS.id", "secret-2")
        .with("SecurityToken", "secret-3")
        .with("Password", "secret-4")
        .with("Login.Pin", "secret-5")
        .with("Login.User", "user");
    assert_eq!(request.send(&emulator).await.status, 200);
    let calls = emulator.calls();
    shown += &format!("{emulator:?} {calls:?}");
    assert!(!shown.contains("secret-"), "{shown}");
    assert!(!shown.contains("Signature"), "{shown}");
    assert_eq!(calls.first().unwrap().parameters.get("Password").map(String::as_str), Some("secret-4"));
}

#[tokio::test]
async fn anonymous_calls_are_accepted_if_enabled() {
    let unsigned = || {
        let names = ["AccessKeyId", "SignatureMethod", "SignatureVersion", "SignatureNonce", "Timestamp"];
        names.into_iter().fold(good(), Request::without).signature(Signature::Missing)
    };
    let in_headers = |action: &str| {
        let mut request = unsigned().without("Action").without("Version").without("Format");
        request = request.header("x-acs-action", action).header("x-acs-version", "2014-05-26");
        request.header("accept", "application/json")
    };
    let open = project_specs().anonymous().start().await.unwrap();
    let closed = project_specs().start().await.unwrap();
    let mut wrong = good();
    wrong.secret = "another".to_owned();
    // The expected error code with anonymous calls enabled, and without.
    let cases = [
        ("unsigned", unsigned(), "", "MissingAccessKeyId"),
        ("unsigned, with the headers of V3", in_headers("DeleteActivation"), "", "MissingAccessKeyId"),
        ("unsigned and unknown", in_headers("Delete"), "InvalidAction.NotFound", "InvalidAction.NotFound"),
        ("unsigned and incomplete", unsigned().without("RegionId"), "MissingRegionId", "MissingAccessKeyId"),
        ("signed", good(), "", ""),
        ("signed wrongly", wrong, "SignatureDoesNotMatch", "SignatureDoesNotMatch"),
    ];
    for (name, request, opened, closed_code) in cases {
        for (emulator, code) in [(&open, opened), (&closed, closed_code)] {
            let reply = request.send(emulator).await;
            assert_eq!(reply.text("Code"), code, "{name}: {}", reply.body);
            assert_eq!(reply.status == 200, code.is_empty(), "{name}");
        }
    }
}

#[tokio::test]
async fn flow_control_enforces_the_documented_queries_per_second() {
    let ahead = Arc::new(AtomicU64::new(0));
    let clock = {
        let ahead = Arc::clone(&ahead);
        move || now() + Duration::from_millis(ahead.load(Ordering::Relaxed))
    };
    let limited = "limits: { qps: 4, per: user }\nparameters: [{ name: Id, type: String, required: true }]\n";
    let operations = [
        ("Try", limited),
        ("Other", "limits: { qps: 1 }\n"),
        ("Third", "limits: { qps: 3 }\n"),
        ("Free", "effect: read\n"),
    ];
    let builder = || lab(&operations).account("testid", "testsecret").account("second", "secret");
    let emulator = builder().clock(clock).flow_control().start().await.unwrap();
    let attempt = || Request::new("2030-01-01", "Try").with("Id", "i");
    for _ in 0..4 {
        assert_eq!(attempt().send(&emulator).await.status, 200);
    }
    let reply = attempt().send(&emulator).await;
    assert_eq!((reply.status, reply.text("Code").as_str()), (400, "Throttling.User"));
    assert_eq!(reply.text("Message"), "Request was denied due to user flow control.");
    assert_eq!(reply.header("x-acs-retry-after"), "250");
    let call = emulator.calls().pop().unwrap();
    assert_eq!(call.outcome.code.as_deref(), Some("Throttling.User"));

    assert_eq!(
        attempt().without("Id").send(&emulator).await.text("Code"),
        "MissingId",
        "flow control is checked before the parameters"
    );
    assert_eq!(
        Request::new("2030-01-01", "Other").send(&emulator).await.status,
        200,
        "each operation has its own limit"
    );
    assert_eq!(
        attempt().account("second", "secret").send(&emulator).await.status,
        200,
        "each caller has its own limit"
    );
    for _ in 0..20 {
        assert_eq!(Request::new("2030-01-01", "Free").send(&emulator).await.status, 200, "no limit is documented");
    }
    for wait in ["", "", "", "334"] {
        let reply = Request::new("2030-01-01", "Third").send(&emulator).await;
        assert_eq!(reply.header("x-acs-retry-after"), wait, "a retry after this delay is not too early");
    }
    ahead.store(249, Ordering::Relaxed);
    assert_eq!(attempt().send(&emulator).await.header("x-acs-retry-after"), "1");
    ahead.store(250, Ordering::Relaxed);
    assert_eq!(attempt().send(&emulator).await.status, 200);
    assert_eq!(attempt().send(&emulator).await.status, 400);

    let patient = builder().start().await.unwrap();
    for _ in 0..20 {
        assert_eq!(attempt().send(&patient).await.status, 200, "flow control is off by default");
    }
}

#[tokio::test]
async fn the_host_or_path_selects_the_product_if_version_and_action_are_ambiguous() {
    let twin = |name: &str| {
        let service = format!(
            "product: {name}\nversion: 2030-01-01\nstyle: RPC\nendpoints: {{ host: {}.aliyuncs.com }}\n",
            name.to_lowercase()
        );
        roa_sources(
            &format!("{}/2030-01-01", name.to_lowercase()),
            &service,
            "",
            &[("TagResources", "methods: [POST]\n")],
        )
    };
    let builder = alicloud_emulator::Emulator::builder().sources(twin("Alb")).sources(twin("Nlb")).clock(now);
    let emulator = builder.start().await.unwrap();
    let tag = || Request::new("2030-01-01", "TagResources");
    for (request, product) in [
        (tag().host("alb.aliyuncs.com"), "Alb"),
        (tag().host("nlb.aliyuncs.com"), "Nlb"),
        (tag().host("nlb.localhost"), "Nlb"),
        (tag().path("/alb/"), "Alb"),
        (tag().path("/nlb/"), "Nlb"),
        (tag().host("nlb.aliyuncs.com").path("http://alb.aliyuncs.com/"), "Alb"),
    ] {
        assert_eq!(request.send(&emulator).await.status, 200, "{product}");
        assert_eq!(emulator.take_calls().pop().unwrap().product, product);
    }
    // Signature V3 covers the path as it was sent.
    let headers = [("x-acs-action", "TagResources"), ("x-acs-version", "2030-01-01")];
    let request = V3 { method: "POST", path: "/nlb/", query: "", headers: &headers, body: b"" };
    assert_eq!(request.send(&emulator).await.status, 200);
    assert_eq!(emulator.take_calls().pop().unwrap().product, "Nlb");
}

#[tokio::test]
async fn only_the_hosts_of_selected_regions_are_served() {
    let emulator = project_specs().region("cn-hangzhou").region("us-west-1").start().await.unwrap();
    for (host, code) in [
        ("ecs.cn-hangzhou.aliyuncs.com", ""),
        ("ecs.us-west-1.aliyuncs.com", ""),
        ("ecs.localhost", ""),
        ("127.0.0.1", ""),
        ("ecs.eu-west-1.aliyuncs.com", "InvalidProduct.NotFound"),
        ("ecs-cn-hangzhou.aliyuncs.com", "InvalidProduct.NotFound"),
    ] {
        assert_eq!(good().host(host).send(&emulator).await.text("Code"), code, "{host}");
    }
    let unknown = project_specs().region("mars-north-1").start().await.unwrap_err();
    assert_eq!(unknown.to_string(), "no product has an endpoint in the region `mars-north-1`");
}
