//! The golden file, compiled with warnings denied, and called.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]
#![deny(warnings)]
#![expect(deprecated, reason = "the operation is, for the test")]

/// The golden file.
#[rustfmt::skip]
#[path = "golden/every_shape.rs"]
pub mod generated;

use alicloud_runtime::__private::{Client, Decode, Request, from_bytes};
use alicloud_runtime::{Config, Credentials, Failure};
use generated::every_shape::{
    PutEverythingError, PutEverythingRequest, PutEverythingRequestTag, PutEverythingRequestTagOwner,
    PutEverythingResponse,
};

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
fn setters_send_what_they_are_given() {
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
        assert!(query.contains(pair), "{pair} is not in {query}");
    }
    assert_eq!(form.as_deref(), Some("Options=%7B%22o%22%3A%22w%22%7D"));
    let shown = format!("{:?} {owner:?}", request.secret("hush-hush"));
    assert!(!shown.contains("hush") && !shown.contains("\"p\""), "{shown}");
    assert!(shown.starts_with("PutEverythingRequest { Type: \"a\", Big: 1, Tag: [{\"Key\": \"k\""), "{shown}");
}

#[test]
fn a_setter_called_twice_counts_once() {
    let (query, _) = sent(&request()._2d_code("first")._2d_code("second")).unwrap();
    assert!(query.contains("2dCode=second") && !query.contains("first"), "{query}");
}

#[test]
fn every_violation_is_told_at_once_by_wire_name() {
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
            "Tag.1.Key: has 65 characters, and at most 64 are allowed",
            "System.Disk-Size: is 101, and the greatest allowed value is 100",
            "Ratio: is 0.25, and the least allowed value is 0.5",
            "Names: has 0 items, and at least 1 are needed",
            "Secret: has 3 characters, and at least 8 are needed",
            "Bytes: has 129 bytes, and at most 128 are allowed",
            "2dCode, Self, New: one of these is required: 2dCode; or Self together with New",
            "Self, New: these go together, and Self is missing",
        ]
    );
}

#[test]
fn codes_become_variants_and_patterns_capture() {
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
        let found = PutEverythingRequest::error(code);
        assert_eq!(format!("{found:?}"), format!("{expected:?}"), "{code}");
    }
}

#[test]
fn responses_fill_and_hide_what_is_sensitive() {
    let body = br#"{"RequestId":"R","Success":"true","type":"t","Token":"hush","Count":"3","Free":{"a":1},
        "Meta":{"k":"v"},"Grid":[[1],["2"]],"Things":{"Thing":[{"Name":"n","Parts":["p"],"Place":{"Region":"r"}}]}}"#;
    let mut response = PutEverythingResponse::default();
    from_bytes(body, "PutEverything", &mut response as &mut dyn Decode).unwrap();
    assert_eq!((response.r#type.as_str(), response.count, response.done), ("t", Some(3), None));
    assert_eq!((response.free.as_str(), response.free_too.as_deref()), (r#"{"a":1}"#, None));
    assert_eq!((response.meta["k"].as_str(), &response.grid), ("v", &vec![vec![1], vec![2]]));
    let thing = &response.things.thing[0];
    assert_eq!(thing.place.as_ref().map(|place| place.region.as_str()), Some("r"));
    let shown = format!("{response:?}");
    assert!(shown.contains("token: ***") && !shown.contains("hush"), "{shown}");
}
