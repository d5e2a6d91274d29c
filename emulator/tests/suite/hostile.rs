//! No request makes the emulator crash or hang.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::sync::Arc;

use crate::caller::{Connection, Request, encode, http, lab, project_specs, sign, sign_v3};
use alicloud_emulator::Emulator;

fn good() -> Request {
    Request::new("2014-05-26", "DeleteActivation").with("RegionId", "r").with("ActivationId", "a")
}

async fn still_serves(emulator: &Emulator, after: &str) {
    assert_eq!(good().send(emulator).await.status, 200, "after {after}");
}

#[tokio::test]
async fn malformed_http_is_rejected_or_dropped() {
    let emulator = project_specs().start().await.unwrap();
    let post = |headers: &str, body: &str| format!("POST / HTTP/1.1\r\nHost: x\r\n{headers}\r\n{body}").into_bytes();
    // The status of the response, or 0 if the connection is closed.
    #[rustfmt::skip]
    let cases: Vec<(&str, Vec<u8>, u16)> = vec![
        ("nothing", Vec::new(), 0),
        ("half a head", b"GET /?Action=DeleteAct".to_vec(), 0),
        ("half a body", post("Content-Length: 10\r\n", "Action"), 0),
        ("half a chunk", post("Transfer-Encoding: chunked\r\n", "ff\r\nAction"), 0),
        ("garbage", vec![0x16, 0x03, 0x01, 0x02, 0x00, 0xff, 0xfe, 0x00, b'\r', b'\n', b'\r', b'\n'], 400),
        ("no version", b"GET /\r\n\r\n".to_vec(), 400),
        ("a chunk without a size", post("Transfer-Encoding: chunked\r\n", "xyz\r\n\r\n"), 0),
        ("a negative length", post("Content-Length: -1\r\n", ""), 400),
        ("two lengths", post("Content-Length: 1\r\nContent-Length: 2\r\n", "ab"), 400),
        ("a NUL in a header", post("X: a\0b\r\n", ""), 400),
        ("a raw byte in the target", b"GET /?a=\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n".to_vec(), 400),
        ("very many headers", post(&"X: y\r\n".repeat(500), ""), 431),
        ("a very long target", format!("GET /?a={} HTTP/1.1\r\nHost: x\r\n\r\n", "a".repeat(70_000)).into_bytes(), 414),
        ("a head without end", format!("GET /?a=b HTTP/1.1\r\nX: {}", "a".repeat(300_000)).into_bytes(), 431),
    ];
    for (name, bytes, status) in cases {
        let mut connection = Connection::open(&emulator).await;
        connection.write(&bytes).await;
        connection.finish().await;
        let reply = connection.read().await;
        assert_eq!(reply.map_or(0, |reply| reply.status), status, "{name}");
        still_serves(&emulator, name).await;
    }
}

#[tokio::test]
async fn requests_with_any_content_get_a_response() {
    let emulator = project_specs().start().await.unwrap();
    let wire = || good().to_wire();
    let post = |content_type: &str, body: &str| {
        let length = body.len();
        let head = format!("POST /?Format=JSON HTTP/1.1\r\nHost: x\r\nContent-Type: {content_type}\r\n");
        format!("{head}Content-Length: {length}\r\n\r\n{body}")
    };
    let form = |body: &str| post("application/x-www-form-urlencoded", body);
    let big = 1024 * 1024;
    #[rustfmt::skip]
    let cases: Vec<(&str, String, u16, &str)> = vec![
        ("bad escapes", wire().replace("=r&", "=%zz%2&"), 400, "SignatureDoesNotMatch"),
        ("invalid UTF-8", wire().replace("=r&", "=%ff%fe%c0%80&"), 400, "SignatureDoesNotMatch"),
        ("a lone surrogate", wire().replace("=r&", "=%ed%a0%80&"), 400, "SignatureDoesNotMatch"),
        ("a parameter twice", wire().replace("&RegionId=r", "&RegionId=r&RegionId=x"), 400, "SignatureDoesNotMatch"),
        ("an action twice", wire().replace("/?", "/?Action=Nothing&"), 404, "InvalidAction.NotFound"),
        ("no host", wire().replace("Host: 127.0.0.1\r\n", ""), 200, ""),
        ("an odd host", wire().replace("Host: 127.0.0.1", "Host: [::1]:x<&>\""), 200, ""),
        ("an empty body of a form", form(""), 400, "MissingVersion"),
        ("separators only", form("&&==&=&"), 400, "MissingVersion"),
        ("10,000 parameters", form(&"a&".repeat(9_999)), 400, "MissingVersion"),
        ("10,001 parameters", form(&"a&".repeat(10_000)), 400, "TooManyParameters"),
        ("100,000 parameters", form(&"a=b&".repeat(100_000)), 400, "TooManyParameters"),
        ("the greatest body", post("text/plain", &"x".repeat(big)), 400, "MissingVersion"),
        ("a body too great", post("text/plain", &"x".repeat(big + 1)), 413, "RequestEntityTooLarge"),
        ("a form too great", form(&"x".repeat(3 * big)), 413, "RequestEntityTooLarge"),
        ("a form of many parts", post("multipart/form-data; boundary=x", "--x\r\n\r\nVersion\r\n--x--"), 400, "MissingVersion"),
        ("a form in another charset", post("application/x-www-form-urlencoded; charset=utf-16", "V\0e\0r\0"), 400, "MissingVersion"),
        ("a type that is none", post("\u{e9};;=", "Version=2014-05-26"), 400, "MissingVersion"),
        ("an empty type", post("", "Version=2014-05-26"), 400, "MissingVersion"),
        ("parameters in JSON", post("application/json", r#"{"Version":"2014-05-26"}"#), 400, "MissingVersion"),
    ];
    for (name, request, status, code) in cases {
        let reply = Connection::open(&emulator).await.exchange(request.as_bytes()).await.expect(name);
        assert_eq!((reply.status, reply.text("Code").as_str()), (status, code), "{name}");
        if status >= 400 {
            assert_eq!(reply.header("content-type"), "application/json;charset=utf-8", "{name}");
        }
        still_serves(&emulator, name).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn only_one_of_many_concurrent_copies_passes() {
    let emulator = Arc::new(project_specs().start().await.unwrap());
    let request = good();
    let mut copies = tokio::task::JoinSet::new();
    for _ in 0..64 {
        let (emulator, request) = (Arc::clone(&emulator), request.clone());
        copies.spawn(async move { request.send(&emulator).await.status });
    }
    let mut statuses = copies.join_all().await;
    statuses.sort_unstable();
    let mut expected = vec![400; 64];
    expected[0] = 200;
    assert_eq!(statuses, expected);
    assert_eq!(emulator.calls().len(), 64);
}

#[tokio::test]
async fn a_body_that_is_too_large_closes_the_connection() {
    let emulator = project_specs().start().await.unwrap();
    let megabytes = 2 * 1024 * 1024;
    let head = |more: &str| format!("POST /?Format=JSON HTTP/1.1\r\nHost: x\r\n{more}\r\n");
    let chunk = format!("{megabytes:x}\r\n{}\r\n0\r\n\r\n", "x".repeat(megabytes));
    let cases = [
        ("announced", head(&format!("Content-Length: {megabytes}\r\n")) + &"x".repeat(megabytes)),
        ("in chunks", head("Transfer-Encoding: chunked\r\n") + &chunk),
        ("absurd", head(&format!("Content-Length: {}\r\n", u64::MAX / 2))),
        ("with a question", head(&format!("Content-Length: {megabytes}\r\nExpect: 100-continue\r\n"))),
    ];
    for (name, request) in cases {
        let mut connection = Connection::open(&emulator).await;
        let reply = connection.exchange(request.as_bytes()).await.expect(name);
        assert_eq!((reply.status, reply.text("Code").as_str()), (413, "RequestEntityTooLarge"), "{name}");
        assert_eq!(reply.text("Message"), "The request body is larger than 1048576 bytes.", "{name}");
        assert!(connection.is_closed().await, "{name}");
        still_serves(&emulator, name).await;
    }
}

#[tokio::test]
async fn hostile_structures_do_no_harm() {
    let spec = r"
parameters:
  - { name: L, type: List<List<List<String>>> }
  - { name: M, type: Map<Map<String>>, style: flat }
  - { name: J, type: List<Any>, style: json }
  - { name: O, type: Object, fields: [{ name: A, type: List<String> }, { name: B, type: Map<List<String>> }] }
response: [{ name: RequestId, type: String }]
";
    let emulator = lab(&[("Try", spec)]).start().await.unwrap();
    let dots = ".".repeat(50_000);
    #[rustfmt::skip]
    let cases: Vec<(&str, String, String, u16)> = vec![
        ("the greatest index", "L.4294967295.4294967295.4294967295".into(), "x".into(), 200),
        ("an index beyond", "L.4294967296.1.1".into(), "x".into(), 400),
        ("a great number", format!("L.{}", "9".repeat(50_000)), "x".into(), 400),
        ("dots in a list", format!("L{dots}"), "x".into(), 400),
        ("dots in a map", format!("M.#{}#{dots}.#1#a", dots.len()), "x".into(), 200),
        ("a length beyond", format!("M.#18446744073709551615#{dots}"), "x".into(), 400),
        ("dots in an object", format!("O.B{dots}1"), "x".into(), 400),
        ("deep JSON", "J".into(), "[".repeat(50_000), 400),
        ("deep and closed JSON", "J".into(), format!("{}{}", "[".repeat(50_000), "]".repeat(50_000)), 400),
        ("a great JSON number", "J".into(), format!("[{}]", "9".repeat(50_000)), 400),
    ];
    for (name, key, value, status) in cases {
        let request = Request::new("2030-01-01", "Try").form(&key, &value);
        assert_eq!(request.send(&emulator).await.status, status, "{name}");
    }
    // The maximum number of parameters, all of one list.
    let mut request = Request::new("2030-01-01", "Try");
    for at in 1..=9_000 {
        request.form.push((format!("O.A.{at}"), String::new()));
    }
    assert_eq!(request.send(&emulator).await.status, 200);
    let call = emulator.calls().pop().unwrap();
    assert_eq!(call.input["O"]["A"].as_array().map(Vec::len), Some(9_000));

    // Characters that XML cannot contain are replaced.
    let request = Request::new("2030-01-01", "Try").with("Format", "XML").with("M.#3#a\u{0}b.x", "1");
    let reply = request.send(&emulator).await;
    assert_eq!(reply.status, 400);
    assert!(!reply.body.contains('\0'));
}

#[tokio::test]
async fn invalid_utf8_is_rejected_even_if_it_is_signed() {
    let emulator = project_specs().start().await.unwrap();
    // Signed over the raw bytes, as a client without text types could do.
    let request = good().without("RegionId");
    let query: Vec<String> = {
        let mut pairs: Vec<String> =
            request.query.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
        pairs.push("RegionId=%FF".to_owned());
        pairs.sort();
        pairs
    };
    let query = query.join("&");
    let signature = sign(&format!("POST&%2F&{}", encode(&query)), "testsecret");
    let wire =
        format!("POST /?{query}&Signature={} HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n", encode(&signature));
    let reply = Connection::open(&emulator).await.exchange(wire.as_bytes()).await.unwrap();
    assert_eq!(reply.text("Code"), "SignatureDoesNotMatch");
}

#[tokio::test]
async fn large_calls_are_removed_before_they_fill_the_memory() {
    let emulator = project_specs().start().await.unwrap();
    let megabyte = "x".repeat(1_000_000);
    let head = "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n";
    let request = format!("{head}Content-Length: {}\r\n\r\na={megabyte}", megabyte.len() + 2);
    let mut connection = Connection::open(&emulator).await;
    for _ in 0..70 {
        assert_eq!(connection.exchange(request.as_bytes()).await.unwrap().status, 400);
    }
    let kept = emulator.calls();
    let bytes: usize = kept.iter().map(|call| call.parameters["a"].len()).sum();
    assert!((1..64 * 1024 * 1024).contains(&bytes), "{bytes}");
    assert_eq!(kept.last().unwrap().number, 70, "the latest are kept");
    still_serves(&emulator, "great calls").await;
}

/// The same numbers in each run: SplitMix64.
fn random(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[tokio::test]
async fn after_random_bytes_the_next_call_is_served() {
    let emulator = project_specs().anonymous().flow_control().start().await.unwrap();
    let mut state = 1;
    let targets = [good().to_wire(), sign_v3("2014-05-26", "DeleteActivation", "RegionId=r", "ActivationId=a")];
    for round in 0..600_usize {
        let mut bytes = targets[round % 2].clone().into_bytes();
        // From a few changed bytes to completely random ones.
        for _ in 0..1 << (round % 10) {
            let at = random(&mut state) as usize % bytes.len();
            bytes[at] = random(&mut state) as u8;
        }
        bytes.truncate(bytes.len() - random(&mut state) as usize % (bytes.len() / 4));
        let mut connection = Connection::open(&emulator).await;
        connection.write(&bytes).await;
        connection.finish().await;
        // A gateway error, a response, or a closed connection, but no hanging one.
        drop(connection.read().await);
    }
    still_serves(&emulator, "noise").await;
}

#[tokio::test]
async fn a_gigabyte_is_not_read_completely() {
    let emulator = project_specs().start().await.unwrap();
    let chunk = format!("10000\r\n{}\r\n", "x".repeat(0x10000));
    let gigabyte = 0x4000;
    for head in ["Transfer-Encoding: chunked", "Transfer-Encoding: chunked\r\nContent-Type: application/json"] {
        let mut connection = Connection::open(&emulator).await;
        connection.write(format!("POST / HTTP/1.1\r\nHost: x\r\n{head}\r\n\r\n").as_bytes()).await;
        let mut written = 0;
        while written < gigabyte && connection.try_write(chunk.as_bytes()).await {
            written += 1;
        }
        assert!(written < gigabyte / 8, "{written} chunks of 64 KiB were taken");
        still_serves(&emulator, head).await;
    }
}

#[tokio::test]
async fn the_first_value_of_a_repeated_name_counts() {
    let emulator = project_specs().anonymous().start().await.unwrap();
    let target = "/?Action=ResetThing&Version=2018-01-20&Format=JSON&IotId=first&IotId=second";
    let wire = http(
        "POST",
        target,
        "x",
        &[("content-type".to_owned(), "application/x-www-form-urlencoded".to_owned())],
        "IotId=third&Action=DeleteOTAFirmware",
    );
    let reply = Connection::open(&emulator).await.exchange(wire.as_bytes()).await.unwrap();
    assert_eq!(reply.status, 200, "{}", reply.body);
    let call = emulator.calls().pop().unwrap();
    assert_eq!((call.operation.as_str(), call.parameters["IotId"].as_str()), ("ResetThing", "first"));
}
