//! Compiles the golden files with warnings denied, and calls them.

#![deny(warnings)]
#![expect(deprecated, reason = "the test calls a deprecated operation")]

/// The golden files.
pub mod code {
    include!("../golden/every_shape.rs");
    include!("../golden/pages.rs");
    include!("../golden/quiet.rs");
    include!("../golden/roa.rs");
    include!("../golden/roa_v20160101.rs");
}

use alicloud_runtime::dynamic::{Client, Decode, Pagination, PreparedRequest, from_bytes};

use self::code::every_shape::{
    PutEverythingError, PutEverythingRequest, PutEverythingRequestTag, PutEverythingRequestTagOwner,
    PutEverythingResponse,
};
use self::code::pages::{
    ListByNumberRequest, ListBySearchRequest, ListByTokenRequest, ListOnShelfError, ListOnShelfRequest,
};
use self::code::roa::{
    LabelInput, NodeInput, NodeInputPlace, PutFileRequest, PutNodeRequest, PutNodeResponse, SetThingsRequest,
};
use self::code::roa_v20160101::CallByNameRequest;
use alicloud_runtime::{Config, Credentials, Failure};
use alicloud_runtime::{Paginated, Request, Waiter};

fn request() -> PutEverythingRequest {
    PutEverythingRequest::new("a", 1, [PutEverythingRequestTag::new("k").value("v")])
}

fn sent(request: &PutEverythingRequest) -> Result<(String, Option<String>), Failure> {
    let config = Config::new(Credentials::new("id", "secret")).endpoint("localhost");
    let client = Client::new(PutEverythingRequest::OPERATION.service, &config)?;
    let outgoing = client.prepare(PutEverythingRequest::OPERATION, request.input())?;
    let form = outgoing.body().map(|body| String::from_utf8(body.to_vec()).unwrap());
    Ok((outgoing.query().to_owned(), form))
}

#[test]
fn setters_set_the_values_that_are_sent() {
    let owner = PutEverythingRequestTagOwner::new().password("p");
    let request = request()
        ._2d_code("x")
        .new_(true)
        .self_("s")
        .value("v")
        .system_disk_size(40)
        .ratio(0.75)
        .names(["a", "b"])
        .numbers([1, 2])
        .flags([true, false])
        .words(vec!["one".to_owned(), "two".to_owned()])
        .labels([("k", "v".to_owned())])
        .options([("o", "w".to_owned())])
        .matrix([vec![1, 2], vec![3]])
        .free("[1]");
    let (query, form) = sent(&request).unwrap();
    for pair in [
        "2dCode=x",
        "New=true",
        "Self=s",
        "value=v",
        "System.Disk-Size=40",
        "Ratio=0.75",
        "Names.1=a&Names.2=b",
        "Numbers=1%2C2",
        "Flags=true%7Cfalse",
        "Words=one%20two",
        "Labels.%231%23k=v",
        "Matrix.1.1=1&Matrix.1.2=2",
        "Matrix.2.1=3",
        "Free=%5B1%5D",
        "Tag.1.Key=k&Tag.1.Value=v",
        "Type=a",
        "Big=1",
    ] {
        assert!(query.contains(pair), "{query} does not contain {pair}");
    }
    assert_eq!(form.as_deref(), Some("Options=%7B%22o%22%3A%22w%22%7D"));
    let shown = format!("{:?} {owner:?}", request.secret("hush-hush"));
    assert!(!shown.contains("hush") && !shown.contains("\"p\""), "{shown}");
    assert!(shown.starts_with("PutEverythingRequest { Type: \"a\", Big: 1, Tag: [{\"Key\": \"k\""), "{shown}");
}

#[test]
fn the_last_call_of_a_setter_wins() {
    let (query, _) = sent(&request()._2d_code("first")._2d_code("second")).unwrap();
    assert!(query.contains("2dCode=second") && !query.contains("first"), "{query}");
}

#[test]
fn all_violations_are_reported_at_once_by_wire_name() {
    let long = "k".repeat(65);
    let request = PutEverythingRequest::new("a", 1, [PutEverythingRequestTag::new(long)])
        .new_(true)
        .system_disk_size(101)
        .ratio(0.25)
        .names([] as [String; 0])
        .secret("短短短")
        .bytes("中".repeat(43));
    let Err(Failure::Invalid(violations)) = sent(&request) else { panic!("it was valid") };
    let found: Vec<String> = violations.iter().map(ToString::to_string).collect();
    assert_eq!(
        found,
        [
            "Tag.1.Key: has 65 characters, but at most 64 are allowed",
            "System.Disk-Size: is 101, but the maximum is 100",
            "Ratio: is 0.25, but the minimum is 0.5",
            "Names: has 0 items, but at least 1 are required",
            "Secret: has 3 characters, but at least 8 are required",
            "Bytes: has 129 bytes, but at most 128 are allowed",
            "2dCode, Self, New: one of these is required: 2dCode; or Self together with New",
            "Self, New: these must be set together, but Self is missing",
        ]
    );
}

#[test]
fn codes_become_variants_and_patterns_capture_text() {
    let cases = [
        ("Bad", PutEverythingError::Bad),
        ("InvalidParameter.Tag.1.Key", PutEverythingError::InvalidParameter("Tag.1.Key".to_owned())),
        ("Thing.NotFound", PutEverythingError::NotFound("Thing".to_owned())),
        ("Throttling.User", PutEverythingError::ThrottlingUser),
        ("every.system.Exception", PutEverythingError::EverySystemException),
        ("bad", PutEverythingError::Other),
        ("", PutEverythingError::Other),
    ];
    for (code, expected) in cases {
        let found = PutEverythingRequest::error_with_code(code);
        assert_eq!(format!("{found:?}"), format!("{expected:?}"), "{code}");
    }
}

#[test]
fn errors_are_printed_as_their_variants() {
    let cases = [
        ("InvalidPage", ListOnShelfError::InvalidPage, "InvalidPage"),
        ("Shelf.Box-Locked", ListOnShelfError::ShelfBoxLocked, "ShelfBoxLocked"),
        ("Thing.NotFound", ListOnShelfError::ThingNotFound, "ThingNotFound"),
        ("undocumented", ListOnShelfError::Other, "Other"),
    ];
    for (code, variant, printed) in cases {
        let found = ListOnShelfRequest::error_with_code(code);
        assert_eq!([format!("{found:?}"), format!("{variant:?}")], [printed, printed], "{code}");
    }
}

#[test]
fn responses_are_decoded_and_hide_sensitive_fields() {
    let body = br#"{"RequestId":"R","Success":"true","type":"t","Token":"hush","Count":"3","Free":{"a":1},
        "Meta":{"k":"v"},"Grid":[[1],["2"]],"Things":{"Thing":[{"Name":"n","Parts":["p"],"Place":{"Region":"r"}}]}}"#;
    let mut response = PutEverythingResponse::default();
    from_bytes(body, "PutEverything", &mut response as &mut dyn Decode).unwrap();
    assert_eq!((response.r#type.as_str(), response.count, response.done), ("t", Some(3), None));
    assert_eq!((response.free.as_str(), response.free_too.as_deref()), (r#"{"a":1}"#, None));
    assert_eq!((response.meta["k"].as_str(), &response.grid), ("v", &vec![vec![1], vec![2]]));
    let thing = &response.things[0];
    assert_eq!(thing.place.as_ref().map(|place| place.region.as_str()), Some("r"));
    let shown = format!("{response:?}");
    assert!(shown.contains("Token: ***") && !shown.contains("hush"), "{shown}");
    assert!(shown.starts_with(r#"PutEverythingResponse { RequestId: "R", "#), "{shown}");
    assert!(shown.contains(r#"Things: [{"Name": "n", "#), "{shown}");
}

fn put_node(body: NodeInput) -> PutNodeRequest {
    PutNodeRequest::new("a/b", 7, "my-project", body)
}

fn prepared<R: Request>(request: &R) -> Result<PreparedRequest, Failure> {
    let config = Config::new(Credentials::new("id", "secret")).endpoint("roa.example");
    Client::new(R::OPERATION.service, &config)?.prepare(R::OPERATION, request.input())
}

#[test]
fn parameters_of_roa_requests_are_placed_by_their_positions() {
    let leaf = NodeInput::new("2").secret("hush").place(NodeInputPlace::new().zone("z"));
    let request = put_node(NodeInput::new("1").nodes([leaf.clone()]).parent(leaf))
        .dry_run(true)
        .x_meta([("colour", "red".to_owned())])
        .x_labels([LabelInput::new().key(b"\xff\x00")]);
    let outgoing = prepared(&request).unwrap();
    assert_eq!(outgoing.path(), "/clusters/a%2Fb/nodes/7");
    assert_eq!(outgoing.query(), "dry-run=true");
    assert_eq!(outgoing.header("x-meta-colour"), Some("red"));
    assert_eq!(outgoing.header("x-labels"), Some(r#"[{"key":"/wA="}]"#));
    assert_eq!(outgoing.header("content-type"), Some("application/json; charset=utf-8"));
    let leaf = r#"{"id":"2","secret":"hush","place":{"zone":"z"}}"#;
    let body = format!(r#"{{"id":"1","nodes":[{leaf}],"parent":{leaf}}}"#);
    assert_eq!(std::str::from_utf8(outgoing.body().unwrap()), Ok(body.as_str()));
    assert!(!format!("{request:?}").contains("hush"), "{request:?}");

    for (id, project, expected) in [
        ("..", "p", "ClusterId: is part of the path and cannot be empty, `.` or `..`"),
        ("", "p", "ClusterId: is part of the path and cannot be empty, `.` or `..`"),
        ("a", "p.evil", "project: is part of the host and can contain only letters, digits and `-`"),
        ("a", "", "project: is part of the host and can contain only letters, digits and `-`"),
    ] {
        let request = PutNodeRequest::new(id, 7, project, NodeInput::new("1"));
        let Err(Failure::Invalid(violations)) = prepared(&request) else { panic!("{id} {project}") };
        assert_eq!(violations[0].to_string(), expected);
    }
}

#[test]
fn bodies_are_json_or_bytes_or_a_form_as_json() {
    let request = SetThingsRequest::new()
        .names(["a"])
        .count(i64::MAX)
        .any(r#"{"x":[1]}"#)
        .anys(["1", "no JSON"])
        .digest("hi")
        .digests(["hi"]);
    let outgoing = prepared(&request).unwrap();
    let expected = r#"{"names":["a"],"count":9223372036854775807,"any":{"x":[1]},"anys":[1,"no JSON"],"digest":"aGk=","digests":["aGk="]}"#;
    assert_eq!(std::str::from_utf8(outgoing.body().unwrap()), Ok(expected));
    assert!(prepared(&SetThingsRequest::new()).unwrap().body().is_none());

    let outgoing = prepared(&PutFileRequest::new().body(b"\xff")).unwrap();
    assert_eq!(
        (outgoing.body(), outgoing.header("content-type")),
        (Some(&b"\xff"[..]), Some("application/octet-stream"))
    );

    let request = CallByNameRequest::new();
    let Err(Failure::Configuration(text)) = prepared(&request) else { panic!("the gateway is supported") };
    assert!(text.contains("SLS"), "{text}");
}

#[test]
fn responses_contain_recursive_shared_types() {
    let body =
        br#"{"node":{"id":"1","parent":{"id":"0","secret":"hush"},"nodes":[{"id":"2","place":{"below":{"id":"3"}}}]},
        "labels":{"a":{"key":"aGk="}}}"#;
    let mut response = PutNodeResponse::default();
    from_bytes(body, "PutNode", &mut response as &mut dyn Decode).unwrap();
    let node = response.node.as_ref().unwrap();
    assert_eq!(node.parent.as_ref().unwrap().id, "0");
    assert_eq!(node.nodes[0].place.as_ref().unwrap().below.as_ref().unwrap().id, "3");
    assert_eq!(&*response.labels["a"].key, b"hi");
    assert!(!format!("{response:?}").contains("hush"), "{response:?}");
}

/// Returns the number of items on a page.
fn items<R: Paginated>(body: &str) -> Option<usize> {
    let mut response = R::Response::default();
    from_bytes(body.as_bytes(), R::OPERATION.name, &mut response).unwrap();
    R::items(&mut response).map(|items| items.len())
}

#[test]
fn the_items_of_a_page_are_found_inside_optional_objects() {
    assert_eq!(items::<ListByTokenRequest>(r#"{"Things":{"Thing":[{"Id":"a"},{"Id":"b"}]}}"#), Some(2));
    assert_eq!(items::<ListByTokenRequest>("{}"), Some(0));
    assert_eq!(items::<ListByNumberRequest>(r#"{"Data":{"Numbers":[1,"2"]}}"#), Some(2));
    assert_eq!(items::<ListByNumberRequest>("{}"), None);
    // A shared type that is boxed, because it contains itself, and a list with an object around it.
    let boxes = r#"{"Shelf":{"Below":{"Boxes":{"Box":[{"Id":"a"}]}}}}"#;
    assert_eq!(items::<ListOnShelfRequest>(boxes), Some(1));
    assert_eq!(items::<ListOnShelfRequest>(r#"{"Shelf":{"Boxes":{"Box":[{"Id":"a"}]}}}"#), None);
}

#[test]
fn paginations_contain_the_indices_and_types_of_parameters() {
    let token = Pagination::token(&[1], "NextToken");
    assert_eq!(ListByTokenRequest::PAGINATION, token, "after the required one");
    let number = Pagination::number(&[1], 1).total("Data.Total");
    assert_eq!(ListByNumberRequest::PAGINATION, number);
    let text = Pagination::number(&[0], 1).is_text(true).total("Count");
    assert_eq!(ListOnShelfRequest::PAGINATION, text);
    let nested = Pagination::number(&[1, 2], 0).size(&[1, 0]).more("HasMore");
    assert_eq!(ListBySearchRequest::PAGINATION, nested, "a required member is first");
}

#[test]
fn waiters_are_constants_of_requests() {
    let _: Waiter<ListByTokenRequest> = ListByTokenRequest::THINGS_READY;
    let _: Waiter<ListByTokenRequest, ()> = ListByTokenRequest::ALL_GONE;
}
