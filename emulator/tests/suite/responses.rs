//! The responses to calls: examples, synthesized responses, and scripted ones.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use crate::caller::{Connection, Reply, Request, lab, lab_with, project_specs};
use alicloud_emulator::{Emulator, ScriptError, ScriptedResponse};
use serde_json::{Value, json};

fn delete() -> Request {
    Request::new("2014-05-26", "DeleteActivation").with("RegionId", "cn-hangzhou").with("ActivationId", "a")
}

fn reset() -> Request {
    Request::new("2018-01-20", "ResetThing").with("IotId", "i")
}

fn unregister() -> Request {
    let request = Request::new("2020-04-20", "UnRegisterDeviceCredential");
    request.with_all(&[("ClientId", "c"), ("InstanceId", "i"), ("RegionId", "r")])
}

async fn attempt(emulator: &Emulator) -> Reply {
    Request::new("2030-01-01", "Try").send(emulator).await
}

#[tokio::test]
async fn examples_of_specs_are_sent_unchanged() {
    let emulator = project_specs().start().await.unwrap();
    let reply = delete().send(&emulator).await;
    assert_eq!((reply.status, reply.header("content-type")), (200, "application/json;charset=utf-8"));
    assert!(reply.body.starts_with("{\n\"RequestId\" : \"4ECEEE12-56F1-4FBC-9AB1-890F74942176\",\n"), "{}", reply.body);
    assert_eq!(reply.header("x-acs-request-id"), "4ECEEE12-56F1-4FBC-9AB1-890F74942176");

    for request in [delete().with("Format", "xml"), delete().without("Format")] {
        let reply = request.send(&emulator).await;
        assert_eq!((reply.status, reply.header("content-type")), (200, "text/xml;charset=utf-8"));
        let start = "<DeleteActivationResponse>\n<RequestId>4ECEEE12-56F1-4FBC-9AB1-890F74942176</RequestId>\n";
        assert!(reply.body.starts_with(start), "{}", reply.body);
        assert_eq!(reply.header("x-acs-request-id"), "4ECEEE12-56F1-4FBC-9AB1-890F74942176");
    }
    let call = emulator.calls().pop().unwrap();
    assert_eq!((call.outcome.status, call.outcome.code), (Some(200), None));
}

/// A JSON text, and the XML document with the same content by [`SHAPES`].
const JSON: &str = r#"{"RequestId":"r-1","Count":"7","Plain":["a","b"],"Regions":{"Region":[{"Id":"x < & > y","On":true}]},"One":["1"],"Ratio":0.5,"Tags":{"k":"v"},"Free":{"a":1},"Grid":[[1,2],[3]],"Empty":[]}"#;
const XML: &str = "<?xml version='1.0' encoding='UTF-8'?><TryResponse><RequestId>r-1</RequestId><Count>7</Count>\
    <Plain>a</Plain><Plain>b</Plain><Regions><Region><Id>x &lt; &amp; &gt; y</Id><On>true</On></Region></Regions>\
    <One>1</One><Ratio>0.5</Ratio><Tags><k>v</k></Tags><Free><a>1</a></Free>\
    <Grid><Grid>1</Grid><Grid>2</Grid></Grid><Grid><Grid>3</Grid></Grid></TryResponse>";
const SHAPES: &str = r"
response:
  - { name: RequestId, type: String }
  - { name: Count, type: Integer }
  - { name: Plain, type: List<String> }
  - name: Regions
    type: Object
    fields:
      - name: Region
        type: List<Object>
        fields: [{ name: Id, type: String }, { name: On, type: Boolean }]
  - { name: One, type: List<Long> }
  - { name: Ratio, type: Double }
  - { name: Tags, type: Map<String> }
  - { name: Free, type: Any }
  - { name: Grid, type: List<List<Integer>> }
  - { name: Empty, type: List<String> }
";

#[tokio::test]
async fn an_example_in_one_format_is_converted_to_the_other() {
    let spec = format!("{SHAPES}examples:\n  - request: {{}}\n    json: '{JSON}'\n");
    let emulator = lab(&[("Try", &spec)]).start().await.unwrap();
    assert_eq!(attempt(&emulator).await.body, JSON);
    let reply = Request::new("2030-01-01", "Try").with("Format", "XML").send(&emulator).await;
    assert_eq!(reply.body, XML);

    let spec = format!("{SHAPES}examples:\n  - request: {{}}\n    xml: {}\n", json!(XML));
    let emulator = lab(&[("Try", &spec)]).start().await.unwrap();
    let reply = attempt(&emulator).await;
    // XML cannot distinguish an empty list from a missing one. The types of numbers are from the spec.
    let expected = json!({
        "RequestId": "r-1", "Count": 7, "Plain": ["a", "b"], "Regions": {"Region": [{"Id": "x < & > y", "On": true}]},
        "One": [1], "Ratio": 0.5, "Tags": {"k": "v"}, "Free": {"a": "1"}, "Grid": [[1, 2], [3]],
    });
    assert_eq!(reply.json(), expected);
    assert_eq!(reply.header("x-acs-request-id"), "r-1");
}

#[tokio::test]
async fn the_example_of_the_same_request_is_chosen() {
    let spec = "
parameters:
  - { name: Id, type: Integer }
  - { name: Tag, type: List<Object>, fields: [{ name: Key, type: String }] }
response: [{ name: RequestId, type: String }]
examples:
  - { request: { Id: 1 }, json: '{\"RequestId\":\"first\"}' }
  - { request: { Id: 2, Tag: [{ Key: k }] }, json: '{\"RequestId\":\"second\"}' }
  - { request: {}, json: '{\"RequestId\":\"third\"}' }
";
    let emulator = lab(&[("Try", spec)]).start().await.unwrap();
    let cases: &[(&[(&str, &str)], &str)] = &[
        (&[("Id", "1")], "first"),
        (&[("Id", "2"), ("Tag.1.Key", "k")], "second"),
        (&[], "third"),
        (&[("Unknown", "x")], "third"),
        (&[("Id", "2")], "first"),
        (&[("Id", "2"), ("Tag.1.Key", "x")], "first"),
    ];
    for (parameters, chosen) in cases {
        let reply = Request::new("2030-01-01", "Try").with_all(parameters).send(&emulator).await;
        assert_eq!(reply.text("RequestId"), *chosen, "{parameters:?}");
    }
}

#[tokio::test]
async fn without_an_example_the_response_is_synthesized() {
    let spec = r"
parameters: [{ name: Page, type: Integer }, { name: Size, type: Integer }]
response:
  - { name: RequestId, type: String }
  - { name: Success, type: Boolean }
  - { name: Code, type: String, optional: true, example: Failed }
  - { name: Message, type: String, optional: true, example: It failed. }
  - { name: Name, type: String, example: somebody }
  - { name: Size, type: Long, example: 40 }
  - { name: Rate, type: Double }
  - { name: Ids, type: List<String>, example: '[1,2]' }
  - { name: Total, type: Integer, example: 1000 }
  - name: Items
    type: Object
    fields:
      - name: Item
        type: List<Object>
        fields: [{ name: Id, type: String, example: i-1 }, { name: On, type: Boolean }]
pagination: { by: number, parameter: Page, size: Size, total: Total, items: Items.Item }
";
    let outcome = "outcome: { success: Success, code: Code, message: Message }\n";
    let emulator = lab_with(outcome, &[("Try", spec)]).start().await.unwrap();
    let reply = attempt(&emulator).await;
    assert_eq!(reply.text("RequestId").len(), 36);
    assert_eq!(reply.header("x-acs-request-id"), reply.text("RequestId"));
    let mut found = reply.json();
    found.as_object_mut().unwrap().remove("RequestId");
    let expected = json!({
        "Success": true, "Name": "somebody", "Size": 40, "Rate": 0.0, "Ids": [1, 2], "Total": 1,
        "Items": {"Item": [{"Id": "i-1", "On": false}]},
    });
    assert_eq!(found, expected);
    let reply = Request::new("2030-01-01", "Try").without("Format").send(&emulator).await;
    let rest = "<Success>true</Success><Name>somebody</Name><Size>40</Size><Rate>0.0</Rate><Ids>1</Ids><Ids>2</Ids>\
        <Total>1</Total><Items><Item><Id>i-1</Id><On>false</On></Item></Items></TryResponse>";
    assert!(reply.body.ends_with(rest), "{}", reply.body);

    let spec = r"
parameters: [{ name: Next, type: String }]
response: [{ name: NextToken, type: String, example: more }, { name: Ids, type: List<String> }]
pagination: { by: token, parameter: Next, next: NextToken, items: Ids }
";
    let emulator = lab(&[("Try", spec)]).start().await.unwrap();
    assert_eq!(attempt(&emulator).await.json(), json!({"Ids": [""]}), "a client that turns pages comes to an end");
}

#[tokio::test]
async fn documented_errors_can_be_scripted() {
    let emulator = project_specs().start().await.unwrap();
    type Make = fn() -> Request;
    let text = "An error occurred while validating the parameter. The parameter may be missing or invalid.";
    #[rustfmt::skip]
    let cases: &[(Make, &str, u16, &str, &str)] = &[
        (delete, "ActivationId.InUse", 403, "ActivationId.InUse", "The specified activation id is in use."),
        (delete, "InternalError.Dispatch", 500, "InternalError.Dispatch", "An error occurred when you dispatched the request."),
        (delete, "Throttling.User", 400, "Throttling.User", "Request was denied due to user flow control."),
        (delete, "ServiceUnavailable", 503, "ServiceUnavailable", "The request has failed due to a temporary failure of the server."),
        (unregister, "InvalidParameter.ClientId", 400, "InvalidParameter.ClientId", text),
        (unregister, "InvalidParameter.%s", 400, "InvalidParameter.ClientId", text),
        // The operation documents a message of its own.
        (unregister, "InternalError", 500, "InternalError", "An error occurred while processing your request. Try again later."),
    ];
    for (make, asked, status, code, message) in cases {
        for format in ["JSON", "XML"] {
            let request = make().with("Format", format);
            emulator.fail_next(&request.query.first().unwrap().1, asked).unwrap();
            let reply = request.send(&emulator).await;
            assert_eq!((reply.status, reply.text("Code").as_str()), (*status, *code), "{}", reply.body);
            assert_eq!(reply.text("Message"), *message);
            assert_eq!(reply.text("RequestId"), reply.header("x-acs-request-id"));
            let call = emulator.take_calls().pop().unwrap();
            assert_eq!((call.outcome.status, call.outcome.code.as_deref()), (Some(*status), Some(*code)));
        }
    }
}

#[tokio::test]
async fn a_product_with_an_outcome_fails_with_status_200() {
    let emulator = project_specs().start().await.unwrap();
    emulator.fail_next("ResetThing", "iot.system.SystemException").unwrap();
    let reply = reset().send(&emulator).await;
    assert_eq!(reply.status, 200);
    let expected = json!({
        "RequestId": reply.header("x-acs-request-id"), "Success": false, "Code": "iot.system.SystemException",
        "ErrorMessage": "A system exception occurred.",
    });
    assert_eq!(reply.json(), expected);
    let call = emulator.take_calls().pop().unwrap();
    assert_eq!((call.outcome.status, call.outcome.code.as_deref()), (Some(200), Some("iot.system.SystemException")));

    emulator
        .respond_next("ResetThing", ScriptedResponse::error(200, "iot.device.NotExist", "There is no <device>."))
        .unwrap();
    let reply = reset().with("Format", "XML").send(&emulator).await;
    let expected = format!(
        "<?xml version='1.0' encoding='UTF-8'?><ResetThingResponse><RequestId>{}</RequestId><Success>false</Success>\
        <Code>iot.device.NotExist</Code><ErrorMessage>There is no &lt;device&gt;.</ErrorMessage></ResetThingResponse>",
        reply.header("x-acs-request-id")
    );
    assert_eq!(reply.body, expected);

    emulator.fail_next("ResetThing", "Throttling").unwrap();
    let reply = reset().send(&emulator).await;
    assert_eq!((reply.status, reply.text("Code").as_str()), (400, "Throttling"), "the gateway has no outcome");
}

#[tokio::test]
async fn scripted_responses_are_used_in_order_by_calls_that_pass() {
    let emulator = project_specs().start().await.unwrap();
    emulator.fail_next("DeleteActivation", "ActivationId.InUse").unwrap();
    emulator.respond_next("DeleteActivation", ScriptedResponse::raw(503, "text/html", "<html>busy</html>")).unwrap();
    emulator.fail_next("ResetThing", "Throttling").unwrap();
    let throttled = ScriptedResponse::error(429, "Throttling.Api", "Slow down.").header("x-acs-retry-after", "2000");
    emulator.respond_next("DeleteActivation", throttled).unwrap();
    emulator.respond_next("DeleteActivation", ScriptedResponse::json(200, json!({"RequestId": "mine"}))).unwrap();

    assert_eq!(
        delete().with("AccessKeyId", "nobody").send(&emulator).await.status,
        404,
        "does not use up a scripted response"
    );
    assert_eq!(delete().send(&emulator).await.text("Code"), "ActivationId.InUse");
    let reply = delete().send(&emulator).await;
    assert_eq!(
        (reply.status, reply.header("content-type"), reply.body.as_str()),
        (503, "text/html", "<html>busy</html>")
    );
    let reply = delete().send(&emulator).await;
    assert_eq!((reply.status, reply.text("Message").as_str()), (429, "Slow down."));
    assert_eq!(reply.header("x-acs-retry-after"), "2000");
    let reply = delete().send(&emulator).await;
    assert_eq!((reply.status, reply.text("RequestId").as_str()), (200, "mine"));
    let reply = delete().send(&emulator).await;
    assert_eq!((reply.status, reply.text("RequestId").as_str()), (200, "4ECEEE12-56F1-4FBC-9AB1-890F74942176"));
    assert_eq!(reset().send(&emulator).await.text("Code"), "Throttling", "each operation has its own");

    let outcomes: Vec<(Option<u16>, Option<String>)> =
        emulator.calls().into_iter().map(|call| (call.outcome.status, call.outcome.code)).collect();
    let expected = [
        (404, Some("InvalidAccessKeyId.NotFound")),
        (403, Some("ActivationId.InUse")),
        (503, None),
        (429, Some("Throttling.Api")),
        (200, None),
        (200, None),
        (400, Some("Throttling")),
    ];
    assert_eq!(outcomes, expected.map(|(status, code)| (Some(status), code.map(str::to_owned))));
}

#[tokio::test]
async fn connections_can_be_closed_truncated_and_left_open() {
    let emulator = project_specs().start().await.unwrap();
    emulator.respond_next("DeleteActivation", ScriptedResponse::close()).unwrap();
    emulator
        .respond_next("DeleteActivation", ScriptedResponse::truncated(200, "application/json", "{\"Request"))
        .unwrap();
    emulator.respond_next("DeleteActivation", ScriptedResponse::truncated(200, "application/json", "")).unwrap();
    emulator
        .respond_next("DeleteActivation", ScriptedResponse::truncated(200, "text/plain", "x".repeat(300_000)))
        .unwrap();
    emulator.respond_next("DeleteActivation", ScriptedResponse::silence()).unwrap();

    let mut connection = Connection::open(&emulator).await;
    assert!(connection.exchange(delete().to_wire().as_bytes()).await.is_none(), "closed without a response");

    let mut connection = Connection::open(&emulator).await;
    let reply = connection.exchange(delete().to_wire().as_bytes()).await.unwrap();
    assert_eq!((reply.status, reply.body.as_str(), reply.complete), (200, "{\"Request", false));
    let length: usize = reply.header("content-length").parse().unwrap();
    assert!(length > reply.body.len());

    for _ in 0..2 {
        let reply = delete().send(&emulator).await;
        assert!(!reply.complete);
    }

    let mut silent = Connection::open(&emulator).await;
    silent.write(delete().to_wire().as_bytes()).await;
    // Other calls are served meanwhile. Wait until the silent call is recorded, so that it is before them.
    while emulator.calls().len() < 5 {
        tokio::task::yield_now().await;
    }
    assert_eq!(delete().send(&emulator).await.status, 200);
    let statuses: Vec<Option<u16>> = emulator.calls().iter().map(|call| call.outcome.status).collect();
    assert_eq!(statuses, [None, Some(200), Some(200), Some(200), None, Some(200)]);
    drop(emulator);
    assert!(silent.read().await.is_none(), "no response before the emulator stopped");
}

#[tokio::test]
async fn errors_of_scripting_name_alternatives() {
    let emulator = project_specs().start().await.unwrap();
    let unknown = emulator.fail_next("DeleteActivations", "ActivationId.InUse").unwrap_err();
    let expected = "no spec describes `DeleteActivations`; did you mean `DeleteActivation`";
    assert!(unknown.to_string().starts_with(expected), "{unknown}");
    let unknown = emulator.respond_next("deleteotafirmware", ScriptedResponse::close()).unwrap_err();
    assert!(matches!(unknown, ScriptError::UnknownOperation { near, .. } if near == ["DeleteOTAFirmware"]));

    let undocumented = emulator.fail_next("DeleteActivation", "ActivationId.Inuse").unwrap_err();
    assert_eq!(
        undocumented.to_string(),
        "`DeleteActivation` does not document `ActivationId.Inuse`; did you mean `ActivationId.InUse`?; for any other \
        code, use `ScriptedResponse::error(status, code, message)`"
    );
    let undocumented = emulator.fail_next("DeleteActivation", "qqq").unwrap_err();
    assert!(matches!(undocumented, ScriptError::UndocumentedCode { near, .. } if near.len() == 5), "all of them");
    let near = (0..394).map(|number| format!("Code{number}")).collect();
    let long = ScriptError::UndocumentedCode { operation: "RunInstances".to_owned(), code: "qqq".to_owned(), near };
    assert!(long.to_string().contains("`, `Code9` ... and 384 more?; for"), "{long}");
    assert!(!long.to_string().contains("Code10"), "{long}");
    let empty = emulator.fail_next("UnRegisterDeviceCredential", "InvalidParameter.").unwrap_err();
    assert!(matches!(empty, ScriptError::UndocumentedCode { .. }));

    for status in [0, 100, 199, 600, 1000] {
        let rejected = emulator.respond_next("ResetThing", ScriptedResponse::json(status, "{}"));
        assert_eq!(rejected, Err(ScriptError::InvalidStatus(status)));
    }
    for response in [ScriptedResponse::close().header("a b", "c"), ScriptedResponse::close().header("a b", "c\n")] {
        assert_eq!(emulator.respond_next("ResetThing", response), Err(ScriptError::InvalidHeader("a b".to_owned())));
    }
    assert_eq!(reset().send(&emulator).await.status, 200, "nothing was scripted");
}

#[tokio::test]
async fn a_connection_serves_many_calls_and_ends_with_the_emulator() {
    let emulator = project_specs().start().await.unwrap();
    let mut connection = Connection::open(&emulator).await;
    for _ in 0..3 {
        let reply = connection.exchange(delete().to_wire().as_bytes()).await.unwrap();
        assert_eq!(reply.status, 200);
    }
    // Two pipelined requests get responses in order.
    let both = [delete().to_wire(), reset().to_wire()].concat();
    let first = connection.exchange(both.as_bytes()).await.unwrap();
    let second: Value = connection.read().await.unwrap().json();
    assert!(first.json().get("Activation").is_some() && second.get("Success").is_some());
    let url = emulator.url().to_owned();
    drop(emulator);
    assert!(connection.is_closed().await);
    let address = url.strip_prefix("http://").unwrap();
    assert!(tokio::net::TcpStream::connect(address).await.is_err(), "nobody listens any more");
}
