//! Options of single calls, and the HTTP response.

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
    let http_response = HttpResponse::new(status, body).header("x-extra", "e");
    let double = Double::new([http_response]);
    let config = Config::new(Credentials::new("mine", "s")).endpoint("ecs.example.com").transport(double.clone());
    (double, Client::new(&SERVICE, &config.retry_policy(RetryPolicy::none())).unwrap())
}

#[tokio::test]
async fn a_call_can_override_credentials_and_add_headers_and_parameters() {
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
    assert_eq!(requests[1].url(), "https://ecs.example.com/?Name=n", "the next call is not affected");
    assert!(header(&requests[1], "authorization").contains("Credential=mine,"));
}

#[tokio::test]
async fn headers_and_parameters_of_the_client_cannot_be_overridden() {
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
async fn the_http_response_is_available() {
    let (_, client) = double(201, r#"{"RequestId":"R","New":1}"#);
    let (response, http_response) = client.call(&Ping(Input::new())).with_http_response().await.unwrap();
    assert_eq!((response.request_id.as_str(), http_response.status()), ("R", 201));
    assert_eq!(http_response.body(), br#"{"RequestId":"R","New":1}"#);
    assert_eq!(http_response.headers().collect::<Vec<_>>(), [("x-extra", &b"e"[..])]);

    let (_, client) = double(403, r#"{"Code":"C","Message":"m","Detail":"d"}"#);
    for error in [
        client.call(&Ping(Input::new())).await.unwrap_err(),
        client.call(&Ping(Input::new())).with_http_response().await.unwrap_err(),
    ] {
        let http_response = error.http_response().unwrap();
        assert_eq!(
            (http_response.status(), http_response.body()),
            (403, &br#"{"Code":"C","Message":"m","Detail":"d"}"#[..])
        );
    }
}

#[test]
fn many_threads_can_wait_for_calls() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let server = runtime.block_on(Server::with_script([respond("200 OK", r#"{"RequestId":"R"}"#)]));
    let client = Client::new(&SERVICE, &Config::new(Credentials::new("i", "s")).endpoint(server.url())).unwrap();
    let waiting: Vec<_> = (0..8)
        .map(|_| {
            let client = client.clone();
            thread::spawn(move || {
                let request = Ping(Input::new());
                let first = client.call(&request).wait().unwrap();
                let (second, http_response) = client.call(&request).with_http_response().wait().unwrap();
                (first.request_id, second.request_id, http_response.status())
            })
        })
        .collect();
    for thread in waiting {
        assert_eq!(thread.join().unwrap(), ("R".to_owned(), "R".to_owned(), 200));
    }
}

#[tokio::test]
async fn waiting_in_async_code_is_an_error() {
    let (double, client) = double(200, "{}");
    let error = client.call(&Ping(Input::new())).wait().unwrap_err();
    assert_eq!(error.to_string(), "`wait` blocks the thread and cannot be used in async code; await the call instead");
    assert!(double.requests().is_empty());
}

#[tokio::test]
async fn a_call_by_name_can_have_a_path_and_a_body() {
    let double = Double::responding("");
    let config = Config::new(Credentials::new("i", "s")).endpoint("cs.example.com").transport(double.clone());
    let client = UntypedClient::new("CS", "2015-12-15", &config).unwrap();
    let request = UntypedRequest::new("ModifyCluster").method(Method::Put).path("/clusters/c%201");
    let http_response = client.call(&request.parameter("dry", "1").body(r#"{"a":1}"#)).await.unwrap();
    assert_eq!(http_response.body(), b"");
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

/// A call by name is retried only if it is declared as repeatable. Its body is not decoded.
#[tokio::test]
async fn a_call_by_name_is_retried_if_declared_repeatable() {
    for (request, attempts) in [(UntypedRequest::new("Do"), 1), (UntypedRequest::new("Do").idempotent(), 2)] {
        let double = Double::new([HttpResponse::new(503, ""), HttpResponse::new(200, "no JSON")]);
        let config = Config::new(Credentials::new("i", "s")).endpoint("e.example.com").transport(double.clone());
        let config = config.retry_policy(RetryPolicy::new().max_delay(std::time::Duration::ZERO));
        let outcome = UntypedClient::new("Test", "2020-01-01", &config).unwrap().call(&request).await;
        assert_eq!((outcome.is_ok(), double.requests().len()), (attempts == 2, attempts));
    }
}
