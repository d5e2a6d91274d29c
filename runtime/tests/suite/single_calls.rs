//! What one call may do differently, and what it tells besides the response.

use std::thread;

use alicloud_runtime::dynamic::{Client, Input, Operation, Parameters};

use crate::server::{Server, respond};
use crate::test_service::{SERVICE, request};
use crate::transport_double::{Double, header};
use alicloud_runtime::Method;
use alicloud_runtime::{
    Config, Credentials, Failure, HttpResponse, RetryPolicy, SignatureVersion, UntypedClient, UntypedRequest,
};

request!(Ping, Operation::new(&SERVICE, "Ping", Method::Get, Parameters::new(0, &["Name"])));

fn double(status: u16, body: &str) -> (Double, Client) {
    let answer = HttpResponse::new(status, body).header("x-extra", "e");
    let double = Double::new([answer]);
    let config = Config::new(Credentials::new("mine", "s")).endpoint("ecs.example.com").transport(double.clone());
    (double, Client::new(&SERVICE, &config.retry_policy(RetryPolicy::none())).unwrap())
}

#[tokio::test]
async fn a_call_can_have_another_caller_and_more_to_say() {
    let (double, client) = double(200, "{}");
    let request = Ping(Input::new().text(0, "n"));
    client
        .call(&request)
        .credentials(Credentials::new("theirs", "s").security_token("t"))
        .parameter("New*", "a b")
        .parameter("Name", "other")
        .header("x-acs-trace", "1")
        .header("x-other", "2")
        .await
        .unwrap();
    client.call(&request).await.unwrap();
    let requests = double.requests();
    assert_eq!(requests[0].url(), "https://ecs.example.com/?Name=other&New%2A=a%20b");
    assert_eq!((header(&requests[0], "x-acs-trace"), header(&requests[0], "x-other")), ("1".into(), "2".into()));
    let authorization = header(&requests[0], "authorization");
    assert!(authorization.contains("Credential=theirs,") && authorization.contains(";x-acs-trace;"), "{authorization}");
    assert!(!authorization.contains("x-other"), "{authorization}");
    assert_eq!(requests[1].url(), "https://ecs.example.com/?Name=n", "the next call knows nothing of it");
    assert!(header(&requests[1], "authorization").contains("Credential=mine,"));
}

#[tokio::test]
async fn what_is_part_of_every_call_cannot_be_given() {
    for version in [SignatureVersion::V1, SignatureVersion::V3] {
        for name in ["Action", "Version", "Signature", "SecurityToken", "Timestamp"] {
            let (double, _) = double(200, "{}");
            let config = Config::new(Credentials::new("i", "s")).endpoint("e.example.com").transport(double.clone());
            let client = Client::new(&SERVICE, &config.signature_version(version)).unwrap();
            let error = client.call(&Ping(Input::new())).parameter(name, "x").await.unwrap_err();
            assert_eq!(error.to_string(), format!("`{name}` is set by the client and cannot be overridden"));
            assert!(double.requests().is_empty());
        }
    }
    let (_, client) = double(200, "{}");
    for (name, value) in [("line\nbreak", "v"), ("x-acs-a", "line\r\nbreak: 1")] {
        let error = client.call(&Ping(Input::new())).header(name, value).await.unwrap_err();
        assert!(matches!(error.failure(), Failure::Configuration(_)), "{error}");
    }
}

#[tokio::test]
async fn the_answer_is_there_as_it_came() {
    let (_, client) = double(201, r#"{"RequestId":"R","New":1}"#);
    let (response, answer) = client.call(&Ping(Input::new())).with_http_response().await.unwrap();
    assert_eq!((response.request_id.as_str(), answer.status()), ("R", 201));
    assert_eq!(answer.body(), br#"{"RequestId":"R","New":1}"#);
    assert_eq!(answer.headers().collect::<Vec<_>>(), [("x-extra", &b"e"[..])]);

    let (_, client) = double(403, r#"{"Code":"C","Message":"m","Detail":"d"}"#);
    for error in [
        client.call(&Ping(Input::new())).await.unwrap_err(),
        client.call(&Ping(Input::new())).with_http_response().await.unwrap_err(),
    ] {
        let answer = error.http_response().unwrap();
        assert_eq!((answer.status(), answer.body()), (403, &br#"{"Code":"C","Message":"m","Detail":"d"}"#[..]));
    }
}

#[test]
fn a_thread_can_wait_for_a_call_and_many_can_at_once() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let server = runtime.block_on(Server::with_script([respond("200 OK", r#"{"RequestId":"R"}"#)]));
    let client = Client::new(&SERVICE, &Config::new(Credentials::new("i", "s")).endpoint(server.url())).unwrap();
    let waiting: Vec<_> = (0..8)
        .map(|_| {
            let client = client.clone();
            thread::spawn(move || {
                let request = Ping(Input::new());
                let first = client.call(&request).wait().unwrap();
                let (second, answer) = client.call(&request).with_http_response().wait().unwrap();
                (first.request_id, second.request_id, answer.status())
            })
        })
        .collect();
    for thread in waiting {
        assert_eq!(thread.join().unwrap(), ("R".to_owned(), "R".to_owned(), 200));
    }
}

#[tokio::test]
async fn waiting_in_async_code_is_refused_and_not_a_deadlock() {
    let (double, client) = double(200, "{}");
    let error = client.call(&Ping(Input::new())).wait().unwrap_err();
    assert_eq!(error.to_string(), "`wait` blocks the thread and cannot be used in async code; await the call instead");
    assert!(double.requests().is_empty());
}

#[tokio::test]
async fn a_call_by_name_can_have_a_path_and_a_body() {
    let double = Double::answering("");
    let config = Config::new(Credentials::new("i", "s")).endpoint("cs.example.com").transport(double.clone());
    let client = UntypedClient::new("CS", "2015-12-15", &config).unwrap();
    let request = UntypedRequest::new("ModifyCluster").method(Method::Put).path("/clusters/c%201");
    let answer = client.call(&request.parameter("dry", "1").body(r#"{"a":1}"#)).await.unwrap();
    assert_eq!(answer.body(), b"");
    let sent = &double.requests()[0];
    assert_eq!((sent.method(), sent.url()), ("PUT", "https://cs.example.com/clusters/c%201?dry=1"));
    assert_eq!(
        (sent.body(), header(sent, "content-type")),
        (Some(&br#"{"a":1}"#[..]), "application/json; charset=utf-8".to_owned())
    );
    assert_eq!(
        (header(sent, "x-acs-action"), header(sent, "x-acs-version")),
        ("ModifyCluster".into(), "2015-12-15".into())
    );
}

/// A call by name is retried only if it is declared as repeatable. Its body is not read.
#[tokio::test]
async fn a_call_by_name_is_repeatable_if_the_caller_says_so() {
    for (request, attempts) in [(UntypedRequest::new("Do"), 1), (UntypedRequest::new("Do").idempotent(), 2)] {
        let double = Double::new([HttpResponse::new(503, ""), HttpResponse::new(200, "no JSON")]);
        let config = Config::new(Credentials::new("i", "s")).endpoint("e.example.com").transport(double.clone());
        let config = config.retry_policy(RetryPolicy::new().max_delay(std::time::Duration::ZERO));
        let outcome = UntypedClient::new("Test", "2020-01-01", &config).unwrap().call(&request).await;
        assert_eq!((outcome.is_ok(), double.requests().len()), (attempts == 2, attempts));
    }
}
