//! A hundred hostile servers, over real sockets: each call ends in time, in bounded memory, with a typed result.
//!
//! `cargo test -p alicloud-runtime --test suite hostile -- --nocapture` prints each result with its time, and the peak
//! memory.

use std::collections::BTreeMap;
use std::fs;
use std::time::Duration;

use alicloud_runtime::dynamic::{
    Client, Decode, Hosts, Input, Operation, Outcome, OutcomeField, Parameters, Service, Slot,
};

use crate::server::{Action, Server, respond};
use alicloud_runtime::{Config, Credentials, Error, Failure, RetryPolicy, TransportPhase};
use alicloud_runtime::{Method, Request};
use tokio::time::Instant;

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
    type Error = ();
    const OPERATION: &'static Operation<'static> =
        &Operation::repeatable(&SERVICE, "Ping", Method::Post, Parameters::new(0, &["Name"]));
    fn input(&self) -> &Input {
        &self.0
    }
    fn error(_: usize, _: &str) {}
}

#[derive(Debug, Default)]
struct Pong {
    request_id: String,
    success: Option<bool>,
    count: i32,
    price: f64,
    names: Vec<String>,
    labels: BTreeMap<String, String>,
    inner: Option<Box<Pong>>,
}

impl Decode for Pong {
    fn field(&mut self, index: usize) -> (&'static str, Slot<'_>) {
        match index {
            0 => ("RequestId", Slot::Text(&mut self.request_id)),
            1 => ("Success", Slot::OptionalBoolean(&mut self.success)),
            2 => ("Count", Slot::Integer(&mut self.count)),
            3 => ("Price", Slot::Float(&mut self.price)),
            4 => ("Names", Slot::List(&mut self.names)),
            5 => ("Labels", Slot::Map(&mut self.labels)),
            6 => ("Inner", Slot::OptionalObject(&mut self.inner)),
            _ => ("", Slot::Skip),
        }
    }
}

fn shown(outcome: Result<Pong, Error<()>>) -> String {
    match outcome {
        Ok(_) => "ok".to_owned(),
        Err(error) => match error.failure() {
            Failure::Service(failure) => format!("service error {}", failure.code.chars().take(20).collect::<String>()),
            Failure::Unreadable(response) => format!("unreadable {}: {}", response.status, response.reason),
            Failure::Transport(failure) => match failure.phase {
                TransportPhase::Interrupted => "interrupted".to_owned(),
                TransportPhase::Timeout => "timeout".to_owned(),
                phase => format!("{phase:?}"),
            },
            other => format!("{other:?}"),
        },
    }
}

fn raw(text: &str) -> Action {
    Action::Send(text.as_bytes().to_vec())
}

fn trickle(text: &str) -> Action {
    Action::Trickle(Vec::new(), text.into(), Duration::from_millis(50))
}

fn good(body: impl AsRef<[u8]>) -> Action {
    respond("200 OK", body)
}

fn bad(body: impl AsRef<[u8]>) -> Action {
    respond("400 Bad Request", body)
}

/// The action of the server, and the result of the call.
fn protocol() -> Vec<(&'static str, Action, &'static str)> {
    let ok = "{\"RequestId\":\"R\"}";
    let line = "HTTP/1.1 200 OK\r\n";
    let chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    vec![
        ("closes at once", raw(""), "interrupted"),
        ("resets", Action::Reset, "interrupted"),
        ("is silent", Action::Hang(Vec::new()), "timeout"),
        ("speaks TLS", raw("\x15\x03\x01\0\x02\x02\x28"), "interrupted"),
        ("speaks HTTP/0.9", raw(ok), "interrupted"),
        ("speaks HTTP/2", raw("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), "interrupted"),
        ("speaks HTTP/3.0", raw("HTTP/3.0 200 OK\r\n\r\n"), "interrupted"),
        ("speaks SSH", raw("SSH-2.0-OpenSSH_9.6\r\n"), "interrupted"),
        ("ends in the status line", raw("HTTP/1.1 20"), "interrupted"),
        ("hangs in the status line", Action::Hang(b"HTTP/1.1 20".to_vec()), "timeout"),
        ("hangs in the head", Action::Hang(line.into()), "timeout"),
        ("hangs in the body", Action::Hang(format!("{line}content-length: 17\r\n\r\n{{").into()), "timeout"),
        ("status 000", raw("HTTP/1.1 000 X\r\ncontent-length: 0\r\n\r\n"), "interrupted"),
        ("status 99999", raw("HTTP/1.1 99999 X\r\ncontent-length: 0\r\n\r\n"), "interrupted"),
        ("status 999", respond("999 X", "{}"), "unreadable 999: the error has no code"),
        ("no reason", raw(&format!("HTTP/1.1 200\r\ncontent-length: 17\r\n\r\n{ok}")), "ok"),
        ("lines end with LF", raw(&format!("HTTP/1.1 200 OK\ncontent-length: 17\n\n{ok}")), "ok"),
        ("negative length", raw(&format!("{line}content-length: -1\r\n\r\n{ok}")), "interrupted"),
        ("length in words", raw(&format!("{line}content-length: many\r\n\r\n{ok}")), "interrupted"),
        ("two lengths", raw(&format!("{line}content-length: 1\r\ncontent-length: 17\r\n\r\n{ok}")), "interrupted"),
        (
            "length beyond 64 bits",
            raw(&format!("{line}content-length: 99999999999999999999\r\n\r\n{ok}")),
            "interrupted",
        ),
        (
            "length and chunks",
            raw(&format!("{line}content-length: 3\r\ntransfer-encoding: chunked\r\n\r\n11\r\n{ok}\r\n0\r\n\r\n")),
            "ok",
        ),
        ("shorter than its length", raw(&format!("{line}content-length: 999\r\n\r\n{ok}")), "interrupted"),
        ("longer than its length", raw(&format!("{line}content-length: 17\r\n\r\n{ok}{ok}{ok}")), "ok"),
        ("chunk of no size", raw(&format!("{chunked}\r\n{ok}\r\n")), "interrupted"),
        ("negative chunk", raw(&format!("{chunked}-1\r\n{ok}\r\n")), "interrupted"),
        ("chunk beyond 64 bits", raw(&format!("{chunked}fffffffffffffffff\r\n{ok}\r\n")), "interrupted"),
        ("chunk longer than it says", raw(&format!("{chunked}1\r\n{ok}\r\n0\r\n\r\n")), "interrupted"),
        ("chunks without end", raw(&format!("{chunked}11\r\n{ok}\r\n")), "interrupted"),
        ("endless chunk extension", Action::Repeat(format!("{chunked}1;").into(), vec![b'x'; 4096]), "interrupted"),
        (
            "endless trailers",
            Action::Repeat(format!("{chunked}11\r\n{ok}\r\n0\r\n").into(), b"a: b\r\n".repeat(500)),
            "interrupted",
        ),
        (
            "a header of 1 MiB",
            raw(&format!("{line}x: {}\r\ncontent-length: 17\r\n\r\n{ok}", "x".repeat(1 << 20))),
            "interrupted",
        ),
        (
            "10,000 headers",
            raw(&format!("{line}{}content-length: 17\r\n\r\n{ok}", "x: y\r\n".repeat(10_000))),
            "interrupted",
        ),
        ("endless headers", Action::Repeat(line.into(), b"x: y\r\n".repeat(500)), "interrupted"),
        ("a header without a colon", raw(&format!("{line}nonsense\r\n\r\n{ok}")), "interrupted"),
        ("a header name with a blank", raw(&format!("{line}a b: c\r\ncontent-length: 17\r\n\r\n{ok}")), "interrupted"),
        ("a header with NUL", raw(&format!("{line}a: \0\r\ncontent-length: 17\r\n\r\n{ok}")), "interrupted"),
        (
            "a header that is not UTF-8",
            Action::Send(
                [line.as_bytes(), b"x-acs-request-id: \xff\xfe\r\ncontent-length: 17\r\n\r\n", ok.as_bytes()].concat(),
            ),
            "ok",
        ),
        ("endless 100 Continue", Action::Repeat(Vec::new(), b"HTTP/1.1 100 Continue\r\n\r\n".repeat(100)), "timeout"),
        (
            "switches protocols",
            raw("HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n"),
            "unreadable 101: the body is empty",
        ),
        ("204 with a body", raw(&format!("HTTP/1.1 204 No Content\r\ncontent-length: 17\r\n\r\n{ok}")), "ok"),
        ("304", raw("HTTP/1.1 304 Not Modified\r\n\r\n"), "unreadable 304: the body is empty"),
        ("301 to itself", respond("301 Moved Permanently\r\nlocation: /", ""), "unreadable 301: the body is empty"),
        (
            "303 to a file",
            respond("303 See Other\r\nlocation: file:///etc/passwd", ""),
            "unreadable 303: the body is empty",
        ),
        (
            "308 to another host",
            respond("308 Permanent Redirect\r\nlocation: http://127.0.0.1:1/", ""),
            "unreadable 308: the body is empty",
        ),
        (
            "401",
            respond("401 Unauthorized\r\nwww-authenticate: Basic", "no"),
            "unreadable 401: the body cannot be decoded as JSON",
        ),
        (
            "407",
            respond("407 Proxy Authentication Required\r\nproxy-authenticate: Basic", "no"),
            "unreadable 407: the body cannot be decoded as JSON",
        ),
        (
            "an encoding that was not requested",
            respond("200 OK\r\ncontent-encoding: x-unknown", [0xff, 0xfe]),
            "unreadable 200: the body is not UTF-8",
        ),
        ("sets cookies", respond("200 OK\r\nset-cookie: a=b", ok), "ok"),
        ("trickles its head", trickle("HTTP/1.1 "), "timeout"),
        ("trickles its body", trickle(&format!("{line}content-length: 99999\r\n\r\n")), "timeout"),
        (
            "sends without end",
            Action::Repeat(format!("{line}\r\n").into(), vec![b' '; 65536]),
            "unreadable 200: the body is longer than 1048576 bytes",
        ),
        (
            "sends chunks without end",
            Action::Repeat(chunked.into(), [b"1000\r\n".to_vec(), vec![b' '; 4096], b"\r\n".to_vec()].concat()),
            "unreadable 200: the body is longer than 1048576 bytes",
        ),
        (
            "date of the year 9999",
            respond("400 Bad Request\r\ndate: Fri, 31 Dec 9999 23:59:59 GMT", r#"{"Code":"InvalidTimeStamp.Expired"}"#),
            "service error InvalidTimeStamp.Exp",
        ),
        (
            "asks for an endless delay",
            respond("429 X\r\nx-acs-retry-after: 18446744073709551615", r#"{"Code":"Throttling"}"#),
            "service error Throttling",
        ),
    ]
}

fn bodies() -> Vec<(&'static str, Action, &'static str)> {
    let deep = |open: &str, close: &str, times: usize| format!("{}{}", open.repeat(times), close.repeat(times));
    let no_json = "unreadable 200: the body cannot be decoded as JSON";
    let no_xml = "unreadable 200: the body cannot be decoded as XML";
    let laughs: String =
        (1..30).map(|level| format!("<!ENTITY l{level} \"&l{};&l{};\">", level - 1, level - 1)).collect();
    vec![
        ("empty", good(""), "unreadable 200: the body is empty"),
        ("blanks", good(" \r\n\t"), "unreadable 200: the body is empty"),
        ("null", good("null"), "ok"),
        ("a boolean", good("true"), no_json),
        ("a number", good("17"), no_json),
        ("a text", good("\"text\""), no_json),
        ("a list", good("[]"), no_json),
        ("an empty object", good("{}"), "ok"),
        ("100,000 brackets", good("[".repeat(100_000)), no_json),
        ("100,000 objects", good("{\"Inner\":".repeat(100_000)), no_json),
        ("100 objects of its own type", good(deep("{\"Inner\":", "}", 100).replace(":}", ":{}}")), "ok"),
        ("200 objects of its own type", good(deep("{\"Inner\":", "}", 200).replace(":}", ":{}}")), no_json),
        ("200 unknown objects", good(format!("{{\"x\":{}}}", deep("[", "]", 200))), "ok"),
        ("unclosed", good("{\"RequestId\":\"R\""), no_json),
        ("something behind it", good("{} {}"), no_json),
        ("a key twice", good("{\"RequestId\":\"a\",\"RequestId\":\"b\"}"), "ok"),
        ("a list twice", good("{\"Names\":[\"a\"],\"Names\":[\"b\"]}"), "ok"),
        ("a byte order mark", good("\u{feff}{}"), no_json),
        ("UTF-16", good("{}".encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>()), no_json),
        ("not UTF-8", good(b"{\"RequestId\":\"\xc3\x28\"}"), "unreadable 200: the body is not UTF-8"),
        ("NUL bytes", good("\0\0\0\0"), no_json),
        ("NUL in a text", good("{\"RequestId\":\"\\u0000\"}"), "ok"),
        ("half a surrogate", good("{\"RequestId\":\"\\ud800\"}"), no_json),
        ("half a surrogate in an unknown field", good("{\"x\":\"\\ud800\"}"), "ok"),
        ("an exponent of a million", good("{\"Price\":1e1000000}"), no_json),
        ("a number of 100,000 digits", good(format!("{{\"Count\":{}}}", "9".repeat(100_000))), no_json),
        ("NaN", good("{\"Price\":NaN}"), no_json),
        ("a price in words", good("{\"Price\":\"infinity\"}"), "ok"),
        ("single quotes", good("{'RequestId':'R'}"), no_json),
        ("a comment", good("/* */{}"), no_json),
        ("a key of 500 KB", good(format!("{{\"{}\":1}}", "k".repeat(500_000))), "ok"),
        ("50,000 keys", good(format!("{{{}\"x\":1}}", "\"k\":1,".repeat(50_000))), "ok"),
        ("an object for a text", good("{\"RequestId\":{}}"), "ok"),
        ("a count of 33 bits", good("{\"Count\":4294967296}"), no_json),
        ("a fraction for a count", good("{\"Count\":1.5}"), "ok"),
        ("a text for a list", good("{\"Names\":\"a\"}"), no_json),
        ("a list for a map", good("{\"Labels\":[1]}"), no_json),
        ("200,000 items", good(format!("{{\"Names\":[{}\"x\"]}}", "\"n\",".repeat(200_000))), "ok"),
        ("success in another word", good("{\"Success\":\"maybe\"}"), no_json),
        ("failure without a code", good("{\"Success\":false}"), "service error "),
        ("failure with an object for a code", good("{\"Success\":false,\"Code\":{}}"), "service error {}"),
        ("HTML", good("<!doctype html><html><body>Sign in</body></html>"), no_xml),
        ("XML of another operation", good("<OtherResponse/>"), no_xml),
        ("XML without an element", good("<?xml version='1.0'?>"), no_xml),
        ("unclosed XML", good("<PingResponse><RequestId>"), no_xml),
        ("XML that closes another element", good("<PingResponse><RequestId></Other></PingResponse>"), no_xml),
        ("an unknown entity", good("<PingResponse><RequestId>&nbsp;</RequestId></PingResponse>"), no_xml),
        (
            "a billion laughs",
            good(format!(
                "<!DOCTYPE x [<!ENTITY l0 \"ha\">{laughs}]><PingResponse><RequestId>&l29;</RequestId></PingResponse>"
            )),
            no_xml,
        ),
        (
            "an external entity",
            good(
                "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><PingResponse><RequestId>&e;</RequestId></PingResponse>",
            ),
            no_xml,
        ),
        ("no character", good("<PingResponse><RequestId>&#xFFFFFFFF;</RequestId></PingResponse>"), no_xml),
        ("100,000 elements deep", good("<PingResponse>".to_owned() + &"<Inner>".repeat(100_000)), no_xml),
        ("100,000 unknown elements deep", good("<PingResponse>".to_owned() + &"<x>".repeat(100_000)), no_xml),
        ("an error without anything", bad("{}"), "unreadable 400: the error has no code"),
        ("an error whose code is null", bad("{\"Code\":null}"), "unreadable 400: the error has no code"),
        ("an error whose code is an object", bad("{\"Code\":{}}"), "unreadable 400: the error has no code"),
        ("an error whose code is a number", bad("{\"Code\":17}"), "service error 17"),
        (
            "a code of 500 KB",
            bad(format!("{{\"Code\":\"{}\"}}", "c".repeat(500_000))),
            "service error cccccccccccccccccccc",
        ),
        (
            "a message of 900 KB",
            bad(format!("{{\"Code\":\"C\",\"Message\":\"{}\"}}", "m".repeat(900_000))),
            "service error C",
        ),
        ("an error in a list", bad("[{\"Code\":\"C\"}]"), "unreadable 400: the body cannot be decoded as JSON"),
    ]
}

/// The peak memory of the process, in KiB.
fn most_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok())
}

#[tokio::test]
async fn a_hundred_hostile_servers_get_a_hundred_typed_outcomes() {
    let before = most_memory();
    let cases: Vec<_> = protocol().into_iter().chain(bodies()).collect();
    assert!(cases.len() >= 100, "{}", cases.len());
    let mut wrong = Vec::new();
    for (what, does, expected) in cases {
        let server = Server::with_script([does]).await;
        let config = Config::new(Credentials::new("my-id", "my-secret").security_token("my-token"))
            .endpoint(server.url())
            .retry_policy(RetryPolicy::none())
            .read_timeout(Duration::from_millis(300))
            .call_timeout(Duration::from_secs(1))
            .max_response_bytes(1 << 20);
        let began = Instant::now();
        let request = Ping(Input::new().text(0, "n"));
        let outcome = Client::new(&SERVICE, &config).unwrap().call(&request).await;
        let took = began.elapsed();
        if let Err(error) = &outcome {
            let text = format!("{error} {error:?}");
            assert!(!text.contains("my-secret") && !text.contains("my-token"), "{what}: {text}");
        }
        let found = shown(outcome);
        println!("{what:40} {:>5} ms  {}", took.as_millis(), found.chars().take(110).collect::<String>());
        if !found.starts_with(expected) {
            wrong.push(format!("{what}: expected {expected}, found {}", found.chars().take(200).collect::<String>()));
        }
    }
    println!("memory: {before:?} KiB before, {:?} at most", most_memory());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
