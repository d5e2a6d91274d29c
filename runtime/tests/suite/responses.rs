//! Responses that are not an object of known fields.

use alicloud_runtime::dynamic::{
    BODY, Client, Decode, Hosts, Input, Operation, Parameters, ResponseKind, Service, Slot,
};

use crate::server::{Server, respond};
use alicloud_runtime::{Binary, Config, Credentials, Error, Failure};
use alicloud_runtime::{Method, Request};

static SERVICE: Service<'static> = Service {
    product: "Test",
    version: "2020-01-01",
    public: Hosts::NONE,
    vpc: Hosts::NONE,
    outcome: None,
    retried: &[],
    gateway: None,
};

#[derive(Debug, Default)]
struct Got {
    parts: i32,
    text: String,
    bytes: Binary,
    list: Vec<i64>,
    number: i32,
    raw: String,
}

/// Declares a request whose response body is one value, decoded into the slot `$slot`.
macro_rules! whole {
    ($request:ident, $response:ident, $slot:expr) => {
        struct $request(Input);

        #[derive(Debug, Default)]
        struct $response(Got);

        impl Decode for $response {
            fn field(&mut self, index: usize) -> (&'static str, Slot<'_>) {
                let slot: fn(&mut Got) -> Slot<'_> = $slot;
                match index {
                    0 => (BODY, slot(&mut self.0)),
                    1 => ("header:x-parts", Slot::Integer(&mut self.0.parts)),
                    _ => ("", Slot::Skip),
                }
            }
        }

        impl Request for $request {
            type Response = $response;
            type Error = ();
            const OPERATION: &'static Operation<'static> =
                &Operation::new(&SERVICE, stringify!($request), Method::Get, Parameters::NONE)
                    .path("/thing")
                    .response_kind(ResponseKind::Whole)
                    .response_headers(&["X-Parts"]);
            fn input(&self) -> &Input {
                &self.0
            }
            fn error(_: usize, _: &str) {}
        }
    };
}

whole!(GetText, Text, |got| Slot::Text(&mut got.text));
whole!(GetBytes, Bytes, |got| Slot::Binary(&mut got.bytes));
whole!(GetList, List, |got| Slot::List(&mut got.list));
whole!(GetNumber, Number, |got| Slot::Integer(&mut got.number));
whole!(GetAny, Any, |got| Slot::Raw(&mut got.raw));

struct Touch(Input);

#[derive(Debug, Default)]
struct Touched;

impl Decode for Touched {
    fn field(&mut self, _: usize) -> (&'static str, Slot<'_>) {
        ("", Slot::Skip)
    }
}

impl Request for Touch {
    type Response = Touched;
    type Error = ();
    const OPERATION: &'static Operation<'static> = &Operation::new(&SERVICE, "Touch", Method::Put, Parameters::NONE)
        .path("/touch")
        .response_kind(ResponseKind::Nothing);
    fn input(&self) -> &Input {
        &self.0
    }
    fn error(_: usize, _: &str) {}
}

/// Calls a server that responds with this status, these headers and this body.
async fn call_with_response<R: Request>(
    request: R,
    status: &str,
    headers: &str,
    body: &[u8],
) -> Result<R::Response, Error<R::Error>> {
    let server = Server::with_script([respond(&format!("{status}{headers}"), body)]).await;
    let client = Client::new(&SERVICE, &Config::new(Credentials::new("id", "secret")).endpoint(server.url())).unwrap();
    client.call(&request).await
}

#[tokio::test]
async fn a_body_is_decoded_as_its_type() {
    let headers = "\r\nx-parts: 3";
    let text = call_with_response(GetText(Input::new()), "200 OK", headers, "plain, no JSON: \u{e4}".as_bytes())
        .await
        .unwrap();
    assert_eq!((text.0.text.as_str(), text.0.parts), ("plain, no JSON: \u{e4}", 3));
    let bytes = call_with_response(GetBytes(Input::new()), "200 OK", headers, b"\xff\x00").await.unwrap();
    assert_eq!((&*bytes.0.bytes, bytes.0.parts), (&b"\xff\x00"[..], 3));
    let list = call_with_response(GetList(Input::new()), "200 OK", "", br#"[1, "2"]"#).await.unwrap();
    assert_eq!(list.0.list, [1, 2]);
    let list = call_with_response(GetList(Input::new()), "200 OK", "", b"").await.unwrap();
    assert!(list.0.list.is_empty());
    let number = call_with_response(GetNumber(Input::new()), "200 OK", "", b" 7\n").await.unwrap();
    assert_eq!(number.0.number, 7);
    let any = call_with_response(GetAny(Input::new()), "200 OK", "", br#"{"a":[1.0]}"#).await.unwrap();
    assert_eq!(any.0.raw, r#"{"a":[1.0]}"#);
}

#[tokio::test]
async fn a_body_or_header_of_the_wrong_type_is_undecodable() {
    let cases = [
        (call_with_response(GetList(Input::new()), "200 OK", "", br#"{"a":1}"#).await.map(drop), "a list"),
        (call_with_response(GetNumber(Input::new()), "200 OK", "\r\nx-parts: many", b"1").await.map(drop), "X-Parts"),
        (call_with_response(GetText(Input::new()), "200 OK", "", b"\xff").await.map(drop), "UTF-8"),
    ];
    for (outcome, expected) in cases {
        let failure = outcome.unwrap_err().into_failure();
        assert!(matches!(failure, Failure::Unreadable(_)), "{failure:?}");
        assert!(failure.to_string().contains(expected), "{failure}");
    }
}

#[tokio::test]
async fn empty_response_types_ignore_the_body() {
    for body in [&b""[..], b"ok", b"\xff"] {
        call_with_response(Touch(Input::new()), "200 OK", "", body).await.unwrap();
    }
    let service_error = call_with_response(
        Touch(Input::new()),
        "409 Conflict",
        "",
        br#"{"code":"Busy","message":"Wait.","requestId":"R"}"#,
    );
    let error = service_error.await.unwrap_err();
    assert_eq!((error.code(), error.request_id()), (Some("Busy"), Some("R")));
}
