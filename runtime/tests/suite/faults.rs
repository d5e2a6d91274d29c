//! Calls to servers with invalid or missing responses, over real sockets.

use std::time::Duration;

use alicloud_runtime::dynamic::{
    Client, Decode, Detail, Hosts, Input, Operation, Outcome, OutcomeField, Parameters, Service, Slot,
};

use crate::server::{Action, Server, nothing_connected, read_request};
use alicloud_runtime::{Config, Credentials, Error, Failure, Format, SignatureVersion, TransportPhase};
use alicloud_runtime::{Method, Request};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

static SERVICE: Service<'static> = Service {
    product: "Test",
    version: "2020-01-01",
    public: Hosts { host: "test.aliyuncs.com", ..Hosts::NONE },
    vpc: Hosts::NONE,
    outcome: Some(Outcome {
        success: OutcomeField::at("Success"),
        code: OutcomeField::at("Code"),
        message: "ErrorMessage",
    }),
    retried: &[],
    gateway: None,
};

struct Ping(Input);

impl Request for Ping {
    type Response = Pong;
    type Error = PingError;
    const OPERATION: &'static Operation<'static> =
        &Operation::new(&SERVICE, "Ping", Method::Post, Parameters::new(0, &["Name"])).errors(&["Tired"]);
    fn input(&self) -> &Input {
        &self.0
    }
    fn error(index: usize, _: &str) -> PingError {
        if index == 0 { PingError::Tired } else { PingError::Other }
    }
}

impl std::fmt::Debug for Ping {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.debug(f, "Ping", &Self::OPERATION.parameters)
    }
}

#[derive(Debug, Default, PartialEq)]
struct Pong {
    request_id: String,
    success: bool,
}

impl Decode for Pong {
    fn field(&mut self, index: usize) -> (&'static str, Slot<'_>) {
        match index {
            0 => ("RequestId", Slot::Text(&mut self.request_id)),
            1 => ("Success", Slot::Boolean(&mut self.success)),
            _ => ("", Slot::Skip),
        }
    }
}

#[derive(Debug, PartialEq)]
enum PingError {
    Tired,
    Other,
}

/// Waits for one connection, and reads its request.
async fn accept(listener: &TcpListener) -> TcpStream {
    let (mut stream, _) = listener.accept().await.unwrap();
    read_request(&mut stream).await;
    stream
}

fn config(url: &str) -> Config {
    Config::new(Credentials::new("my-id", "my-secret").security_token("my-token")).endpoint(url)
}

fn config_of(listener: &TcpListener) -> Config {
    config(&format!("http://{}", listener.local_addr().unwrap()))
}

async fn ping(config: &Config) -> Result<Pong, Error<PingError>> {
    let client = Client::new(&SERVICE, config).unwrap();
    let request = Ping(Input::new().text(0, "n"));
    let outcome = client.call(&request).await;
    if let Err(error) = &outcome {
        let shown = format!("{error:?} {error} {client:?} {config:?} {request:?}");
        for secret in ["my-secret", "my-token", "Signature=", "ACS3"] {
            assert!(!shown.contains(secret), "{secret} shows in {shown}");
        }
    }
    outcome
}

/// The result of a call if the server sends these bytes and closes the connection.
async fn call_with_response(bytes: impl AsRef<[u8]>) -> Result<Pong, Error<PingError>> {
    let server = Server::with_script([Action::Send(bytes.as_ref().to_vec())]).await;
    ping(&config(server.url()).max_response_bytes(10_000)).await
}

fn http(status: &str, content_type: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let mut bytes = format!(
        "HTTP/1.1 {status}\r\ncontent-type: {content_type}\r\nx-acs-request-id: FROM-HEADER\r\ncontent-length: {}\r\n\r\n",
        body.len()
    )
    .into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

const JSON: &str = "application/json;charset=utf-8";

#[tokio::test]
async fn responses_are_decoded_whatever_their_content_type() {
    let good = Pong { request_id: "R".to_owned(), success: true };
    for content_type in [JSON, "text/html", "text/xml", "nonsense"] {
        let body = r#"{"RequestId":"R","Success":true}"#;
        assert_eq!(call_with_response(http("200 OK", content_type, body)).await.unwrap(), good, "{content_type}");
        let body = "<PingResponse><RequestId>R</RequestId><Success>true</Success></PingResponse>";
        assert_eq!(call_with_response(http("200 OK", content_type, body)).await.unwrap(), good, "{content_type}");
    }
}

#[tokio::test]
async fn service_errors_are_typed_in_every_form_of_the_gateway() {
    let cases = [
        (
            "400 Bad Request",
            r#"{"RequestId":"R","HostId":"h","Code":"Tired","Message":"m","Recommend":"http://r"}"#,
            (PingError::Tired, "Tired", "m", 400, Some("h"), Some("http://r")),
        ),
        (
            "403 Forbidden",
            r#"{"requestId":"R","code":"Nope.A","message":"m"}"#,
            (PingError::Other, "Nope.A", "m", 403, None, None),
        ),
        (
            "404 Not Found",
            "<?xml version='1.0' encoding='UTF-8'?><Error><RequestId>R</RequestId><HostId>h</HostId><Code>Tired</Code><Message>a &amp; b</Message></Error>",
            (PingError::Tired, "Tired", "a & b", 404, Some("h"), None),
        ),
        (
            "400 Bad Request",
            "<KMS><HttpStatus>400</HttpStatus><RequestId>R</RequestId><Code>Tired</Code></KMS>",
            (PingError::Tired, "Tired", "", 400, None, None),
        ),
        (
            "200 OK",
            r#"{"RequestId":"R","Success":false,"Code":"Tired","ErrorMessage":"m"}"#,
            (PingError::Tired, "Tired", "m", 200, None, None),
        ),
        (
            "200 OK",
            r#"{"RequestId":"R","Success":"False","Code":12,"ErrorMessage":null}"#,
            (PingError::Other, "12", "", 200, None, None),
        ),
        (
            "200 OK",
            "<PingResponse><RequestId>R</RequestId><Success>false</Success><Code>Tired</Code></PingResponse>",
            (PingError::Tired, "Tired", "", 200, None, None),
        ),
    ];
    for (status, body, (documented, code, message, number, host, recommend)) in cases {
        let error = call_with_response(http(status, JSON, body)).await.unwrap_err();
        assert_eq!(error.service_error(), Some(&documented), "{body}");
        let found =
            (error.code(), error.message(), error.request_id(), error.status(), error.host(), error.recommend());
        assert_eq!(found, (Some(code), Some(message), Some("R"), Some(number), host, recommend), "{body}");
        assert_eq!(error.to_string(), format!("{code}: {message} (HTTP {number}, RequestId R)"));
    }
}

#[tokio::test]
async fn only_the_success_field_reports_failure_and_it_may_be_missing() {
    for body in [
        r#"{"RequestId":"R"}"#,
        r#"{"RequestId":"R","Success":null,"Code":"Tired"}"#,
        r#"{"RequestId":"R","Success":true,"Code":"Tired","ErrorMessage":"m"}"#,
    ] {
        assert_eq!(call_with_response(http("200 OK", JSON, body)).await.unwrap().request_id, "R", "{body}");
    }
}

/// Ways to report failure in a 2xx body, with bodies and the expected error codes.
#[tokio::test]
async fn operations_differ_in_how_they_report_failure() {
    use alicloud_runtime::dynamic::Reporting;

    macro_rules! reporting {
        ($how:expr) => {{
            struct One(Input);
            impl Request for One {
                type Response = Anything;
                type Error = PingError;
                const OPERATION: &'static Operation<'static> =
                    &Operation::new(&SERVICE, "Ping", Method::Post, Parameters::NONE)
                        .errors(&["Tired"])
                        .reporting($how);
                fn input(&self) -> &Input {
                    &self.0
                }
                fn error(index: usize, _: &str) -> PingError {
                    if index == 0 { PingError::Tired } else { PingError::Other }
                }
            }
            async |body: &str| {
                let server = Server::with_script([Action::Send(http("200 OK", JSON, body))]).await;
                let client = Client::new(&SERVICE, &config(server.url())).unwrap();
                let request = One(Input::new());
                let outcome = client.call(&request).await;
                outcome.map(drop).map_err(|error| {
                    assert_eq!(error.service_error() == Some(&PingError::Tired), error.code() == Some("Tired"));
                    assert!(error.http_response().is_some() && error.status() == Some(200), "{error:?}");
                    format!("{} {}", error.code().unwrap(), error.message().unwrap())
                })
            }
        }};
    }
    const OK: &[&str] = &["OK", "200"];
    const BY_CODE: Outcome =
        Outcome { success: OutcomeField::NONE, code: OutcomeField { path: "Code", values: OK }, message: "Message" };
    let by_code = reporting!(Reporting::By(&BY_CODE));
    for (body, failure) in [
        (
            r#"{"Code":"isv.BUSINESS_LIMIT_CONTROL","Message":"m","RequestId":"R"}"#,
            Some("isv.BUSINESS_LIMIT_CONTROL m"),
        ),
        (r#"{"Code":"Tired","Message":"m"}"#, Some("Tired m")),
        (r#"{"Code":500}"#, Some("500 ")),
        (r#"{"Code":{"a":1},"Message":"m"}"#, Some(r#"{"a":1} m"#)),
        (r#"{"Code":"OK","Message":"OK"}"#, None),
        (r#"{"Code":"ok"}"#, None),
        (r#"{"Code":200}"#, None),
        (r#"{"Code":"200"}"#, None),
        (r#"{"Code":""}"#, None),
        (r#"{"Code":null,"HttpStatusCode":500}"#, None),
        (r#"{"RequestId":"R"}"#, None),
        ("<PingResponse><Code>Tired</Code><Message>m</Message></PingResponse>", Some("Tired m")),
        ("<PingResponse><Code>OK</Code></PingResponse>", None),
    ] {
        assert_eq!(by_code(body).await.err().as_deref(), failure, "{body}");
    }

    const NUMBER: Outcome =
        Outcome { success: OutcomeField::NONE, code: OutcomeField { path: "Count", values: &["0"] }, message: "" };
    let by_number = reporting!(Reporting::By(&NUMBER));
    for (body, failure) in [(r#"{"Count":7}"#, Some("7 ")), (r#"{"Count":0}"#, None), (r#"{"RequestId":"R"}"#, None)] {
        assert_eq!(by_number(body).await.err().as_deref(), failure, "{body}");
    }

    const BOTH: Outcome = Outcome {
        success: OutcomeField::at("Success"),
        code: OutcomeField { path: "Code", values: OK },
        message: "Message",
    };
    let by_both = reporting!(Reporting::By(&BOTH));
    for (body, failure) in [
        (r#"{"Success":false,"Code":"Tired"}"#, Some("Tired ")),
        (r#"{"Success":false,"Code":"200","Message":"m"}"#, Some("200 m")),
        (r#"{"Success":false}"#, Some(" ")),
        (r#"{"Success":0,"Code":"Tired"}"#, Some("Tired ")),
        (r#"{"Success":true,"Code":"Tired"}"#, None),
        // Without the success field, the code decides.
        (r#"{"Code":"Tired"}"#, Some("Tired ")),
        (r#"{"Success":null,"Code":"Tired"}"#, Some("Tired ")),
        (r#"{"Code":"OK"}"#, None),
        ("{}", None),
    ] {
        assert_eq!(by_both(body).await.err().as_deref(), failure, "{body}");
    }

    const WORDS: Outcome = Outcome {
        success: OutcomeField { path: "Status", values: &["Success", "T"] },
        code: OutcomeField::at("Code"),
        message: "",
    };
    let by_words = reporting!(Reporting::By(&WORDS));
    for (body, failure) in [
        (r#"{"Status":"Failed","Code":"Tired"}"#, Some("Tired ")),
        (r#"{"Status":"success","Code":"Tired"}"#, None),
        (r#"{"Status":"T"}"#, None),
        (r#"{"Status":""}"#, None),
        (r#"{"Code":"Tired"}"#, None),
    ] {
        assert_eq!(by_words(body).await.err().as_deref(), failure, "{body}");
    }

    const NESTED: Outcome = Outcome {
        success: OutcomeField::at("Inner.Success"),
        code: OutcomeField::at("Inner.Code"),
        message: "Inner.Message",
    };
    let nested = reporting!(Reporting::By(&NESTED));
    for (body, failure) in [
        (r#"{"Inner":{"Success":false,"Code":"Tired","Message":"m"}}"#, Some("Tired m")),
        (r#"{"Inner":{"Success":true,"Code":"Tired"}}"#, None),
        (r#"{"Success":false,"Code":"Tired"}"#, None),
        (r#"{"Inner":null}"#, None),
        ("<PingResponse><Inner><Success>false</Success><Code>Tired</Code></Inner></PingResponse>", Some("Tired ")),
    ] {
        assert_eq!(nested(body).await.err().as_deref(), failure, "{body}");
    }

    let nothing = reporting!(Reporting::Nothing);
    assert_eq!(nothing(r#"{"Success":false,"Code":"Tired"}"#).await, Ok(()));
}

/// A response with all kinds of outcome fields.
#[derive(Debug, Default)]
struct Anything {
    success: Option<bool>,
    code: String,
    status: String,
    count: i32,
    inner: Inner,
}

#[derive(Debug, Default)]
struct Inner {
    success: bool,
    code: String,
}

impl Decode for Anything {
    fn field(&mut self, index: usize) -> (&'static str, Slot<'_>) {
        match index {
            0 => ("Success", Slot::OptionalBoolean(&mut self.success)),
            1 => ("Code", Slot::Text(&mut self.code)),
            2 => ("Status", Slot::Text(&mut self.status)),
            3 => ("Count", Slot::Integer(&mut self.count)),
            4 => ("Inner", Slot::Object(&mut self.inner)),
            _ => ("", Slot::Skip),
        }
    }
}

impl Decode for Inner {
    fn field(&mut self, index: usize) -> (&'static str, Slot<'_>) {
        match index {
            0 => ("Success", Slot::Boolean(&mut self.success)),
            1 => ("Code", Slot::Text(&mut self.code)),
            _ => ("", Slot::Skip),
        }
    }
}

#[tokio::test]
async fn errors_for_undecodable_responses_have_status_body_and_request_id() {
    let long = format!(r#"{{"RequestId":"{}"}}"#, "x".repeat(20_000));
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("503 Service Unavailable", b"<html><body>upstream gone</body></html>".to_vec(), "upstream gone"),
        ("502 Bad Gateway", b"plain words".to_vec(), "plain words"),
        ("500 Internal Server Error", b"".to_vec(), "the body is empty"),
        ("500 Internal Server Error", b"{}".to_vec(), "the error has no code"),
        ("500 Internal Server Error", br#"{"Code":"#.to_vec(), "the text ends too early"),
        ("302 Found", b"".to_vec(), "the body is empty"),
        ("200 OK", b"".to_vec(), "the body is empty"),
        ("200 OK", b" \r\n".to_vec(), "the body is empty"),
        ("202 Accepted", b"".to_vec(), "the body is empty"),
        ("200 OK", b"<html>sign in</html>".to_vec(), "the root element is `html`"),
        ("200 OK", b"{\"RequestId\":\"\xff\xfe\"}".to_vec(), "not UTF-8"),
        ("200 OK", br#"{"Success":{"a":1}}"#.to_vec(), "`Success` should be a single value"),
        ("200 OK", b"[1,2]".to_vec(), "an object"),
        ("200 OK", long.into_bytes(), "longer than 10000 bytes"),
    ];
    for (status, body, expected) in cases {
        let error = call_with_response(http(status, "text/html", &body)).await.unwrap_err();
        assert!(error.service_error().is_none(), "{error}");
        let Failure::Unreadable(response) = error.failure() else { panic!("{error:?}") };
        assert_eq!(response.status.to_string(), status[..3]);
        assert_eq!(error.request_id(), Some("FROM-HEADER"));
        assert_eq!(response.content_type.as_deref(), Some("text/html"));
        assert!(error.to_string().contains(expected), "{error}");
    }
}

/// RFC 9110, section 15.3.5: a 204 response has no body.
#[tokio::test]
async fn no_content_is_a_response_without_a_body() {
    assert_eq!(call_with_response(b"HTTP/1.1 204 No Content\r\n\r\n").await.unwrap(), Pong::default());
}

/// A message must not control the terminal, or reorder the text around it.
#[tokio::test]
async fn control_and_bidirectional_characters_are_escaped() {
    let body =
        r#"{"Code":"C\u001b[31m","Message":"a\nb\r\u001b]0;x\u0007 \u202etxet \u2066c\u200b","RequestId":"R\u0000"}"#;
    let error = call_with_response(http("400 Bad Request", JSON, body)).await.unwrap_err();
    let expected = r"C\u{1b}[31m: a\nb\r\u{1b}]0;x\u{7} \u{202e}txet \u{2066}c\u{200b} (HTTP 400, RequestId R\u{0})";
    assert_eq!(error.to_string(), expected);
    assert_eq!(error.message(), Some("a\nb\r\u{1b}]0;x\u{7} \u{202e}txet \u{2066}c\u{200b}"), "unchanged");
    let error = call_with_response(http("502 Bad Gateway", JSON, "\u{1b}[31mno\ngateway")).await.unwrap_err();
    assert!(error.to_string().ends_with(r": \u{1b}[31mno\ngateway"), "{error}");
}

#[tokio::test]
async fn broken_connections_are_interruptions() {
    let cases: [(&[u8], &str); 5] = [
        (b"", "closed before a response"),
        (b"HTTP/1.1 200 OK\r\ncontent-le", "closed in the head"),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"RequestId\":\"R\"", "closed in the body"),
        (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{\"Req", "closed in a chunk"),
        (b"\x16\x03\x01 this is not HTTP\r\n\r\n", "not HTTP"),
    ];
    for (bytes, what) in cases {
        let error = call_with_response(bytes).await.unwrap_err();
        let Failure::Transport(failure) = error.failure() else { panic!("{what}: {error:?}") };
        assert_eq!(failure.phase, TransportPhase::Interrupted, "{what}");
        assert_eq!(error.host(), Some("127.0.0.1"), "{what}");
        assert!(error.to_string().contains("the connection was interrupted"), "{error}");
    }
}

#[tokio::test]
async fn a_reset_is_an_interruption_at_any_point() {
    for read in [Some(0), Some(1), Some(40), None] {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let config = config_of(&listener);
        let serve = async {
            let mut stream = match read {
                None => accept(&listener).await,
                Some(bytes) => {
                    let (mut stream, _) = listener.accept().await.unwrap();
                    // Returns once the request has been sent. The request is never read to its end.
                    stream.peek(&mut [0]).await.unwrap();
                    stream.read_exact(&mut vec![0; bytes]).await.unwrap();
                    stream
                }
            };
            if read.is_none() {
                stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"Req").await.unwrap();
            }
            stream.set_zero_linger().unwrap();
        };
        let (outcome, ()) = tokio::join!(ping(&config), serve);
        let error = outcome.unwrap_err();
        let Failure::Transport(failure) = error.failure() else { panic!("{read:?}: {error:?}") };
        assert_eq!((failure.phase, error.attempts()), (TransportPhase::Interrupted, 1), "{read:?}");
    }
}

#[tokio::test]
async fn responses_may_arrive_byte_by_byte() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let config = config_of(&listener);
    let serve = async {
        let mut stream = accept(&listener).await;
        stream.set_nodelay(true).unwrap();
        for byte in http("200 OK", JSON, r#"{"RequestId":"R","Success":true}"#) {
            stream.write_all(&[byte]).await.unwrap();
            tokio::task::yield_now().await;
        }
    };
    let (outcome, ()) = tokio::join!(ping(&config), serve);
    assert_eq!(outcome.unwrap().request_id, "R");
}

#[tokio::test]
async fn a_body_may_be_as_long_as_the_limit() {
    let start = r#"{"RequestId":"R","Success":true}"#;
    for (length, is_read) in [(10_000, true), (10_001, false)] {
        let body = format!("{start}{}", " ".repeat(length - start.len()));
        assert_eq!(call_with_response(http("200 OK", JSON, body)).await.is_ok(), is_read, "{length}");
    }
}

/// The client reads no more than its limit, plus what the socket buffers hold.
#[tokio::test]
async fn endless_responses_are_cut_off_at_the_limit() {
    for framing in ["content-length: 10000000000", "transfer-encoding: chunked", "connection: close"] {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let config = config_of(&listener).max_response_bytes(100_000);
        let serve = async {
            let mut stream = accept(&listener).await;
            stream.write_all(format!("HTTP/1.1 200 OK\r\n{framing}\r\n\r\n").as_bytes()).await.unwrap();
            let piece = [b"1000\r\n".to_vec(), vec![b' '; 0x1000], b"\r\n".to_vec()].concat();
            let mut sent = 0;
            while stream.write_all(&piece).await.is_ok() {
                sent += piece.len();
            }
            sent
        };
        let (outcome, sent) = tokio::join!(ping(&config), serve);
        let error = outcome.unwrap_err();
        let Failure::Unreadable(response) = error.failure() else { panic!("{framing}: {error:?}") };
        assert_eq!(response.reason, "the body is longer than 100000 bytes", "{framing}");
        assert!(sent < 100_000_000, "{framing}: {sent} bytes");
    }
}

#[tokio::test]
async fn a_restarted_server_is_reached_again() {
    let response = http("200 OK", JSON, r#"{"RequestId":"R","Success":true}"#);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let client = Client::new(&SERVICE, &config_of(&listener)).unwrap();
    let request = Ping(Input::new());
    let call = async || client.call(&request).await;
    let serve = async |listener: &TcpListener| {
        let mut stream = accept(listener).await;
        stream.write_all(&response).await.unwrap();
        stream
    };
    let (outcome, kept) = tokio::join!(call(), serve(&listener));
    outcome.unwrap();
    drop((listener, kept));
    let error = call().await.unwrap_err();
    assert!(matches!(error.failure(), Failure::Transport(_)), "{error:?}");
    let listener = TcpListener::bind(address).await.unwrap();
    let (outcome, _) = tokio::join!(call(), serve(&listener));
    assert_eq!(outcome.unwrap().request_id, "R");
}

#[tokio::test]
async fn connect_failures_differ_from_timeouts() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let silent = config_of(&listener).read_timeout(Duration::from_millis(20));
    let (outcome, stream) = tokio::join!(ping(&silent), accept(&listener));
    let error = outcome.unwrap_err();
    assert!(
        matches!(error.failure(), Failure::Transport(failure) if failure.phase == TransportPhase::Timeout),
        "{error:?}"
    );
    drop((stream, listener));
    let error = ping(&silent).await.unwrap_err();
    assert!(
        matches!(error.failure(), Failure::Transport(failure) if failure.phase == TransportPhase::Connect),
        "{error:?}"
    );
    assert!(error.to_string().contains("cannot connect to 127.0.0.1"), "{error}");
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let other = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let location = other.local_addr().unwrap();
    let response =
        format!("HTTP/1.1 307 Temporary Redirect\r\nlocation: http://{location}/\r\ncontent-length: 0\r\n\r\n");
    let error = call_with_response(response).await.unwrap_err();
    assert_eq!(error.status(), Some(307));
    assert!(nothing_connected(&other).await);
}

/// The request line of a call, its headers in alphabetical order, and the expected `host` header.
async fn head_of(version: SignatureVersion) -> (String, Vec<String>, String) {
    let server = Server::with_script([Action::Send(http("200 OK", JSON, "{}"))]).await;
    ping(&config(server.url()).signature_version(version)).await.unwrap();
    let head = server.requests().remove(0);
    let mut lines: Vec<String> = head.trim_end().split("\r\n").map(str::to_owned).collect();
    let first = lines.remove(0);
    // Depends on the feature `gzip`.
    lines.retain(|line| !line.starts_with("accept-encoding: "));
    lines.sort_unstable();
    (first, lines, format!("host: {}", server.address()))
}

const AGENT: &str = concat!("user-agent: AlibabaCloud (Rust) alicloud/", env!("CARGO_PKG_VERSION"));

#[tokio::test]
async fn v1_sends_common_parameters_in_the_query() {
    let (first, lines, host) = head_of(SignatureVersion::V1).await;
    assert!(
        first.starts_with("POST /?AccessKeyId=my-id&Action=Ping&Format=JSON&Name=n&SecurityToken=my-token&"),
        "{first}"
    );
    assert!(first.ends_with(" HTTP/1.1") && first.contains("&Version=2020-01-01&Signature="), "{first}");
    assert_eq!(lines, ["accept: */*", "content-length: 0", &host, AGENT]);
}

#[tokio::test]
async fn v3_sends_common_parameters_in_headers() {
    let (first, mut lines, host) = head_of(SignatureVersion::V3).await;
    assert_eq!(first, "POST /?Name=n HTTP/1.1");
    let mut varying = |start: &str| {
        let at = lines.iter().position(|line| line.starts_with(start)).unwrap();
        lines.remove(at).split_off(start.len())
    };
    let authorization = varying("authorization: ");
    let signed = "ACS3-HMAC-SHA256 Credential=my-id,SignedHeaders=host;x-acs-accesskey-id;x-acs-action;\
                  x-acs-content-sha256;x-acs-date;x-acs-security-token;x-acs-signature-nonce;x-acs-version,Signature=";
    assert_eq!(authorization.strip_prefix(signed).map(str::len), Some(64), "{authorization}");
    let date = varying("x-acs-date: ");
    assert!(date.len() == 20 && date.ends_with('Z'), "{date}");
    assert_eq!(varying("x-acs-signature-nonce: ").len(), 32);
    let expected = [
        "accept: application/json",
        "content-length: 0",
        &host,
        AGENT,
        "x-acs-accesskey-id: my-id",
        "x-acs-action: Ping",
        "x-acs-content-sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "x-acs-security-token: my-token",
        "x-acs-version: 2020-01-01",
    ];
    assert_eq!(lines, expected);
}

#[test]
fn v3_signs_form_and_header_parameters() {
    static OPERATION: Operation<'static> = Operation::new(
        &SERVICE,
        "CreateDownloadDataJob",
        Method::Post,
        Parameters::new(0, &["Note", "IotInstanceId", "X-Acs-Level", "X-Other"]).details(&[
            (0, Detail::FORM),
            (1, Detail::FORM),
            (2, Detail::HEADER),
            (3, Detail::HEADER),
        ]),
    );
    let client = Client::new(&SERVICE, &Config::new(Credentials::new("id", "secret"))).unwrap();
    let input = |header: &str| Input::new().text(0, "a b").text(1, "i*").text(2, header).text(3, "o");
    let outgoing = client.prepare(&OPERATION, &input("high")).unwrap();
    assert_eq!((outgoing.query(), outgoing.body()), ("", Some(&b"IotInstanceId=i%2A&Note=a%20b"[..])));
    assert_eq!(outgoing.header("content-type"), Some("application/x-www-form-urlencoded"));
    // `printf 'IotInstanceId=i%%2A&Note=a%%20b' | sha256sum`
    let sha256 = "2b4da8cf21dce63b0ab3ae40f20502635bd54b092c0a8865222afa6959b54f40";
    assert_eq!(outgoing.header("x-acs-content-sha256"), Some(sha256));
    assert_eq!((outgoing.header("x-acs-level"), outgoing.header("x-other")), (Some("high"), Some("o")));
    let signed = "SignedHeaders=content-type;host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-level;\
                  x-acs-signature-nonce;x-acs-version,";
    assert!(outgoing.header("authorization").unwrap().contains(signed));

    let error = client.prepare(&OPERATION, &input("line\nbreak")).map(drop).unwrap_err();
    assert_eq!(error.to_string(), "the value of `x-acs-level` has characters that are not allowed in headers");
}

#[tokio::test]
async fn the_response_format_is_requested() {
    for (format, word, media_type) in
        [(Format::Json, "Format=JSON", "application/json"), (Format::Xml, "Format=XML", "application/xml")]
    {
        let config = Config::new(Credentials::new("id", "secret")).endpoint("localhost").format(format);
        let prepared = |version| {
            let client = Client::new(&SERVICE, &config.clone().signature_version(version)).unwrap();
            client.prepare(Ping::OPERATION, &Input::new()).unwrap()
        };
        let v1 = prepared(SignatureVersion::V1);
        assert!(v1.query().contains(word), "{}", v1.query());
        let v3 = prepared(SignatureVersion::V3);
        assert_eq!((v3.query(), v3.header("accept")), ("", Some(media_type)));
    }
}
