//! The mock transport: rules, responses and recorded calls. The operations are generated, with every kind of type.

#![allow(
    clippy::field_reassign_with_default,
    deprecated,
    reason = "responses are filled as users fill them; the golden operation is deprecated"
)]

use std::collections::BTreeMap;
use std::time::Duration;

use self::generated::every_shape::{self, PingError, PingRequest, PutEverythingError, PutEverythingRequest};
use self::generated::roa::{self, NodeInput, PutFileRequest, PutNodeRequest, SetThingsRequest, TouchRequest};
use crate::server::nothing_connected;
use alicloud_runtime::test_kit::{MockCall, MockTransport};
use alicloud_runtime::{
    Config, Credentials, Failure, Format, HttpResponse, RetryPolicy, SignatureVersion, TransportPhase,
};

/// The golden files of the generator.
mod generated {
    include!("../../../codegen/tests/golden/every_shape.rs");
    include!("../../../codegen/tests/golden/roa.rs");
}

const SECRETS: [&str; 4] = ["my-secret", "my-token", "a-password", "Signature="];

fn config(mock: &MockTransport) -> Config {
    Config::new(Credentials::new("my-id", "my-secret").security_token("my-token"))
        .region("cn-hangzhou")
        .retry_policy(RetryPolicy::new().max_attempts(9).max_delay(Duration::ZERO))
        .transport(mock.clone())
}

fn client(mock: &MockTransport) -> every_shape::Client {
    every_shape::Client::new(&config(mock)).unwrap()
}

fn roa(mock: &MockTransport) -> roa::Client {
    roa::Client::new(&config(mock)).unwrap()
}

fn everything(kind: &str) -> PutEverythingRequest {
    PutEverythingRequest::new(kind, 1, [])._2d_code("0042")
}

async fn request_id_of(client: &every_shape::Client, kind: &str) -> Result<String, Failure> {
    let response = client.put_everything(&everything(kind)).retry_policy(RetryPolicy::none()).await;
    response.map(|response| response.request_id).map_err(Failure::from)
}

fn named(request_id: &str) -> every_shape::PutEverythingResponse {
    let mut response = every_shape::PutEverythingResponse::default();
    response.request_id = request_id.to_owned();
    response
}

#[tokio::test]
async fn responses_are_returned_in_order_and_the_last_one_repeats() {
    let mock = MockTransport::new();
    let rule = mock.on::<PutEverythingRequest>().respond(named("1")).times(2).respond(named("2")).respond(named("3"));
    let client = client(&mock);
    for expected in ["1", "1", "2", "3", "3", "3"] {
        assert_eq!(request_id_of(&client, "a").await.unwrap(), expected);
    }
    assert_eq!((rule.calls().len(), mock.calls().len()), (6, 6));
}

#[tokio::test]
async fn calls_are_retried_until_a_response_succeeds() {
    let mock = MockTransport::new();
    let rule = mock
        .on::<PutEverythingRequest>()
        .respond_http(HttpResponse::new(503, "<html>busy</html>"))
        .times(3)
        .fail(TransportPhase::Timeout)
        .fail(TransportPhase::Connect)
        .error(429, "Throttling.User", "m")
        .respond(named("R"));
    let response = client(&mock).put_everything(&everything("a")).await.unwrap();
    assert_eq!((response.request_id.as_str(), rule.calls().len()), ("R", 7));
}

#[tokio::test]
async fn the_first_matching_rule_with_responses_left_is_used() {
    let mock = MockTransport::new();
    let is_of = |kind: &'static str| move |call: &MockCall| call.parameter("Type") == Some(kind);
    let twice = mock.on::<PutEverythingRequest>().when(is_of("a")).respond(named("a")).times(2);
    let never = mock.on::<PutEverythingRequest>().when(is_of("a")).when(is_of("b")).respond(named("never"));
    // A condition can use the mock.
    let other = mock.clone();
    let later = mock.on::<PutEverythingRequest>().when(move |_| other.calls().len() > 3).respond(named("later"));
    let any = mock.on::<PutEverythingRequest>().respond(named("any"));
    mock.on::<PingRequest>().respond_json("{}");
    let client = client(&mock);
    for (kind, expected) in [("a", "a"), ("b", "any"), ("a", "a"), ("a", "any"), ("a", "later")] {
        assert_eq!(request_id_of(&client, kind).await.unwrap(), expected);
    }
    client.ping(&PingRequest::new()).await.unwrap();
    let counts = [twice.calls().len(), never.calls().len(), later.calls().len(), any.calls().len()];
    assert_eq!(counts, [2, 0, 1, 2]);
    assert_eq!(mock.calls().iter().filter(|call| call.operation() == "Ping").count(), 1);
}

#[tokio::test]
async fn a_call_without_a_matching_rule_fails_and_the_error_lists_the_rules() {
    let mock = MockTransport::new();
    let request = PutFileRequest::new();
    let nothing = roa(&mock).put_file(&request).await.unwrap_err();
    let text =
        "no rule of the mock transport matches `PutFile` of version `2015-12-15` without parameters; it has no rules";
    assert!(nothing.to_string().starts_with(text), "{nothing}");

    mock.on::<PingRequest>().respond_json("{}");
    mock.on::<PutEverythingRequest>().when(|_| false).respond(named("R"));
    mock.on::<PutEverythingRequest>();
    mock.on::<PutEverythingRequest>().respond(named("R")).times(0);
    let error = client(&mock).put_everything(&everything("a").secret("a-password")).await.unwrap_err();
    assert!(matches!(error.failure(), Failure::Configuration(_)), "{error:?}");
    let shown = error.to_string();
    let expected = [
        "`PutEverything` of version `2020-01-01` with 2dCode, Big, Secret, Type",
        "`Ping` at runtime/tests/suite/test_kit.rs:",
        "is for another operation",
        "has a condition that is not met",
        "has no response",
        "has used all of its responses",
    ];
    let mut rest = shown.as_str();
    for piece in expected {
        let at = rest.find(piece).unwrap_or_else(|| panic!("no `{piece}` in the rest of {shown}"));
        rest = &rest[at..];
    }
    let calls = mock.calls();
    assert_eq!(calls.len(), 2, "neither was retried");
    let shown = format!("{shown} {error:?} {mock:?} {calls:?}");
    assert!(SECRETS.iter().all(|secret| !shown.contains(secret)), "{shown}");
    assert_eq!(calls[1].parameter("Secret"), Some("a-password"), "tests can read sensitive parameters");
}

#[tokio::test]
async fn nothing_reaches_the_network() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mock = MockTransport::new();
    let config = config(&mock).endpoint(format!("http://{}", listener.local_addr().unwrap()));
    let client = every_shape::Client::new(&config).unwrap();
    client.ping(&PingRequest::new()).await.unwrap_err();
    mock.on::<PingRequest>().fail(TransportPhase::Interrupted).times(1).respond_json("{}");
    client.ping(&PingRequest::new()).await.ok();
    client.ping(&PingRequest::new()).await.ok();
    assert!(nothing_connected(&listener).await);
}

#[tokio::test]
async fn typed_responses_arrive_unchanged() {
    let mut full = named("R");
    full.success = true;
    full.code = Some(String::new());
    full.r#type = "quotes \" and \\ and \u{1} and 中文😀\n".to_owned();
    full.token = "hidden".to_owned();
    full.count = Some(i32::MIN);
    full.total = Some(i64::MAX);
    full.share = Some(0.1 + 0.2);
    full.done = Some(false);
    full.free = r#"{"a": [1, "b"]}"#.to_owned();
    full.free_too = Some("no JSON".to_owned());
    full.meta = [("k.1", "v"), ("", "")].map(|(key, value)| (key.to_owned(), value.to_owned())).into();
    full.grid = vec![vec![1, 2], vec![], vec![3]];
    let mut thing = every_shape::PutEverythingResponseThing::default();
    thing.parts = vec![String::new(), "p".to_owned()];
    let mut place = every_shape::PutEverythingResponseThingPlace::default();
    place.region = "r".to_owned();
    thing.place = Some(place);
    full.things = vec![Default::default(), thing];
    let mut empty = every_shape::PutEverythingResponse::default();
    empty.success = true;
    for (response, format) in [(full, Format::Json), (empty, Format::Xml)] {
        let mock = MockTransport::new();
        mock.on::<PutEverythingRequest>().respond(response.clone());
        let client = every_shape::Client::new(&config(&mock).format(format)).unwrap();
        let mut read = client.put_everything(&everything("a")).await.unwrap();
        assert_eq!(read.token, response.token);
        if let Some(text) = &mut read.free_too {
            assert_eq!(text, r#""no JSON""#, "a text that is not JSON becomes a JSON string");
            *text = "no JSON".to_owned();
        }
        assert_eq!(format!("{read:?}"), format!("{response:?}"));
    }
    let mock = MockTransport::new();
    let mut response = named("R");
    response.share = Some(0.5);
    mock.on::<PutEverythingRequest>().respond(response);
    let (_, http_response) = client(&mock).put_everything(&everything("a")).with_http_response().await.unwrap();
    let body = str::from_utf8(http_response.body()).unwrap();
    assert!(body.contains(":0.5"), "a number that JSON can represent is a number: {body}");
    for number in [f64::NAN, f64::INFINITY, -0.0, 1e300, 5e-324, 123_456_789.123_456_78] {
        let mock = MockTransport::new();
        let mut response = named("R");
        response.share = Some(number);
        mock.on::<PutEverythingRequest>().respond(response);
        let read = client(&mock).put_everything(&everything("a")).await.unwrap().share.unwrap();
        assert_eq!(read.to_string(), number.to_string());
    }
}

#[tokio::test]
async fn bodies_headers_and_shared_types_arrive_unchanged() {
    let mock = MockTransport::new();
    let mut file = roa::PutFileResponse::default();
    file.body = b"\x00\xff".into();
    mock.on::<PutFileRequest>().respond(file);
    let mut things = roa::SetThingsResponse::default();
    things.body = vec![Default::default(), Default::default()];
    things.body[1].name = "n".to_owned();
    mock.on::<SetThingsRequest>().respond(things.clone());
    mock.on::<TouchRequest>().respond(Default::default());
    let mut node = roa::Node::default();
    node.id = "1".to_owned();
    node.parent = Some(Box::new(node.clone()));
    node.nodes = vec![node.clone()];
    let mut label = roa::Label::default();
    label.key = b"\x00\xff".into();
    let mut response = roa::PutNodeResponse::default();
    (response.x_parts, response.node) = (7, Some(node));
    response.labels = BTreeMap::from([("l".to_owned(), label)]);
    mock.on::<PutNodeRequest>().respond(response.clone());

    let client = roa(&mock);
    assert_eq!(&*client.put_file(&PutFileRequest::new()).await.unwrap().body, b"\x00\xff");
    let read = client.set_things(&SetThingsRequest::new()).await.unwrap();
    assert_eq!(format!("{read:?}"), format!("{things:?}"));
    client.touch(&TouchRequest::new()).await.unwrap();
    let read = client.put_node(&PutNodeRequest::new("c", 1, "p", NodeInput::new("n"))).await.unwrap();
    assert_eq!(format!("{read:?}"), format!("{response:?}"));
    assert_eq!(read.labels["l"].key, b"\x00\xff".into());
}

#[tokio::test]
async fn errors_have_the_format_of_their_status_and_style() {
    let mock = MockTransport::new();
    let cases = [
        (200, "every.system.Exception"),
        (400, "Bad"),
        (500, "Bad"),
        (400, "InvalidParameter.Type"),
        (400, "MissingBig"),
        (400, "SignatureDoesNotMatch"),
    ];
    let mut rule = mock.on::<PutEverythingRequest>();
    for (status, code) in cases {
        rule = rule.error(status, code, "a \"message\"");
    }
    let client = client(&mock);
    for (number, (status, code)) in (1..).zip(cases) {
        let error = client.put_everything(&everything("a")).retry_policy(RetryPolicy::none()).await.unwrap_err();
        let is_right = match (number, error.service_error().unwrap()) {
            (1, PutEverythingError::EverySystemException) | (2 | 3, PutEverythingError::Bad) => true,
            (4, PutEverythingError::InvalidParameter(name)) => name == "Type",
            (5 | 6, PutEverythingError::Other) => true,
            _ => false,
        };
        assert!(is_right, "{error:?}");
        assert_eq!((error.status(), error.code()), (Some(status), Some(code)));
        assert_eq!(error.message(), Some("a \"message\""));
        assert_eq!(error.request_id(), Some(format!("00000000-0000-0000-0000-{number:012}").as_str()));
        // wire.md 4.5 and 4.6: errors of the gateway have a host and a recommendation, those of the product do not.
        assert_eq!((error.host().is_some(), error.recommend().is_some()), (status != 200, status != 200));
        let body = str::from_utf8(error.http_response().unwrap().body()).unwrap().to_owned();
        assert_eq!(body.contains(r#""Success":false"#), status == 200, "{body}");
    }
    mock.on::<TouchRequest>().error(403, "Forbidden.RAM", "m");
    let error = roa(&mock).touch(&TouchRequest::new()).await.unwrap_err();
    assert_eq!((error.code(), error.request_id().is_some()), (Some("Forbidden.RAM"), true));
    let body = str::from_utf8(error.http_response().unwrap().body()).unwrap();
    assert!(body.starts_with(r#"{"code":"Forbidden.RAM","message":"m","requestId":"#), "{body}");
}

#[tokio::test]
async fn rules_that_do_not_match_the_spec_are_reported() {
    let cases: [(u16, &str, &str); 4] = [
        (400, "Badd", "`Badd` is neither documented for the operation nor a code of the gateway; did you mean `Bad`?"),
        (400, "MissingBigg", "`MissingBigg` is neither"),
        (302, "Bad", "HTTP 302 is not an error status"),
        (99, "Bad", "HTTP 99 is not an error status"),
    ];
    for (status, code, expected) in cases {
        let mock = MockTransport::new();
        mock.on::<PutEverythingRequest>().error(status, code, "m");
        let failure = request_id_of(&client(&mock), "a").await.unwrap_err();
        assert!(matches!(failure, Failure::Configuration(_)), "{failure:?}");
        assert!(failure.to_string().contains(expected), "{failure}");
    }
    let mock = MockTransport::new();
    mock.on::<TouchRequest>().error(200, "Forbidden", "m");
    let error = roa(&mock).touch(&TouchRequest::new()).await.unwrap_err();
    assert!(error.to_string().contains("Roa reports no failures with HTTP 200"), "{error}");
    mock.on::<PingRequest>().times(3).respond_json("{}");
    let error = client(&mock).ping(&PingRequest::new()).await.unwrap_err();
    assert!(error.to_string().contains("call `times` after"), "{error}");
    assert!(!matches!(error.service_error(), Some(PingError::Other)));
}

#[tokio::test]
async fn parameters_are_recorded_as_the_service_decodes_them() {
    let odd = "a b+c*d~e/f=g&h%i!'()\"中文😀\n";
    for version in [SignatureVersion::V1, SignatureVersion::V3] {
        let mock = MockTransport::new();
        let rule = mock.on::<PutEverythingRequest>().respond(named("R"));
        let client = every_shape::Client::new(&config(&mock).signature_version(version)).unwrap();
        let tags = [every_shape::PutEverythingRequestTag::new("k")];
        let request = PutEverythingRequest::new(odd, i64::MIN, tags)
            ._2d_code("")
            .names(["x", "y"])
            .numbers([1, 2])
            .options([("k", odd.to_owned())])
            .x_trace_id("t");
        client.put_everything(&request).await.unwrap();
        let calls = rule.calls();
        assert_eq!(calls[0].operation(), "PutEverything");
        let options = format!("{{\"k\":\"{}\"}}", odd.replace('"', "\\\"").replace('\n', "\\n"));
        let expected = [
            ("2dCode", ""),
            ("Big", "-9223372036854775808"),
            ("Names.1", "x"),
            ("Names.2", "y"),
            ("Numbers", "1,2"),
            ("Options", options.as_str()),
            ("Tag.1.Key", "k"),
            ("Type", odd),
            ("x-trace-id", "t"),
        ];
        assert_eq!(calls[0].parameters().collect::<Vec<_>>(), expected, "{version:?}");
        assert_eq!(calls[0].parameter("Action"), None);
        assert_eq!(calls[0].request().method(), "POST");
    }
}

#[tokio::test]
async fn parameters_in_path_host_headers_and_body_are_recorded() {
    let odd = "a b+c/d%e?f#g{h}中😀";
    let mock = MockTransport::new();
    mock.on::<PutNodeRequest>().respond(Default::default());
    mock.on::<SetThingsRequest>().respond(Default::default());
    mock.on::<PutFileRequest>().respond(Default::default());
    let client = roa(&mock);
    let node = PutNodeRequest::new(odd, 12, "my-project", NodeInput::new("n"));
    client.put_node(&node.dry_run(true).x_meta([("owner", "me".to_owned())])).await.unwrap();
    let things = SetThingsRequest::new().names([odd]).count(i64::MAX).any(r#""text""#).digest(b"\x00");
    client.set_things(&things).await.unwrap();
    client.put_file(&PutFileRequest::new().body("text")).await.unwrap();
    let calls = mock.calls();
    let recorded = |index: usize| calls[index].parameters().collect::<Vec<_>>();
    let expected = [
        ("ClusterId", odd),
        ("body", r#"{"id":"n"}"#),
        ("dry-run", "true"),
        ("node_id", "12"),
        ("project", "my-project"),
        ("x-meta-owner", "me"),
    ];
    assert_eq!(recorded(0), expected);
    let names = format!("[\"{odd}\"]");
    assert_eq!(recorded(1), [("any", "text"), ("count", "9223372036854775807"), ("digest", "AA=="), ("names", &names)]);
    assert_eq!(recorded(2), [("body", "text")]);
}

/// A response that reports failure would arrive as an error.
#[tokio::test]
async fn a_typed_response_reports_success() {
    use alicloud_runtime::dynamic::{
        Client, Decode, Hosts, Input, Operation, Outcome, OutcomeField, Parameters, Service, Slot,
    };
    use alicloud_runtime::{Method, Request};

    static SERVICE: Service<'static> = Service {
        product: "Test",
        version: "2020-01-01",
        public: Hosts::NONE,
        vpc: Hosts::NONE,
        outcome: Some(Outcome {
            success: OutcomeField { path: "Status", values: &["OK", "Accepted"] },
            code: OutcomeField { path: "Result.Code", values: &["200"] },
            message: "",
        }),
        retried: &[],
        gateway: None,
    };
    #[derive(Clone, Debug, Default, PartialEq)]
    struct Response {
        status: String,
        result: Nested,
    }
    #[derive(Clone, Debug, Default, PartialEq)]
    struct Nested {
        code: i32,
    }
    impl Decode for Response {
        fn field(&mut self, index: usize) -> (&'static str, Slot<'_>) {
            match index {
                0 => ("Status", Slot::Text(&mut self.status)),
                1 => ("Result", Slot::Object(&mut self.result)),
                _ => ("", Slot::Skip),
            }
        }
    }
    impl Decode for Nested {
        fn field(&mut self, index: usize) -> (&'static str, Slot<'_>) {
            if index == 0 { ("Code", Slot::Integer(&mut self.code)) } else { ("", Slot::Skip) }
        }
    }
    struct Get(Input);
    impl Request for Get {
        type Response = Response;
        type Error = ();
        const OPERATION: &'static Operation<'static> =
            &Operation::new(&SERVICE, "Get", Method::Post, Parameters::NONE).errors(&["C"]);
        fn input(&self) -> &Input {
            &self.0
        }
        fn error(_: usize, _: &str) {}
    }
    let config = |mock: &MockTransport| Config::new(Credentials::new("i", "s")).endpoint("e").transport(mock.clone());
    for (status, code, expected) in
        [("FAILED", 500, "OK"), ("accepted", 500, "accepted"), ("OK", 200, "OK"), ("", 0, "")]
    {
        let mock = MockTransport::new();
        mock.on::<Get>().respond(Response { status: status.to_owned(), result: Nested { code } });
        let client = Client::new(&SERVICE, &config(&mock)).unwrap();
        let response = client.call(&Get(Input::new())).await.unwrap();
        assert_eq!(response, Response { status: expected.to_owned(), result: Nested { code: 200 } });
    }
    // A reported failure has each outcome field of the product.
    let mock = MockTransport::new();
    mock.on::<Get>().error(200, "C", "m");
    let client = Client::new(&SERVICE, &config(&mock)).unwrap();
    let error = client.call(&Get(Input::new())).await.unwrap_err();
    let expected = r#"{"RequestId":"00000000-0000-0000-0000-000000000001","Result":{"Code":"C"},"Status":false}"#;
    assert_eq!(str::from_utf8(error.http_response().unwrap().body()).unwrap(), expected);
}
