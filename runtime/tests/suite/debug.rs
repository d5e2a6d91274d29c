//! The `Debug` output of public types contains names and locations, and no secrets.

use std::fmt;
use std::time::{Duration, SystemTime};

use alicloud_runtime::__private::{debug_variant, variant};
use alicloud_runtime::dynamic::{Client, Detail, Input, Operation, Parameters, Value};

use crate::test_service::{RequestIdOnly, SERVICE};
use alicloud_runtime::test_kit::MockTransport;
use alicloud_runtime::{
    CliProfile, Config, Credentials, CredentialsFailure, CredentialsUri, HttpResponse, ProvideCredentials as _,
    RefreshingProvider, UntypedRequest,
};
use alicloud_runtime::{Method, Request};

const SECRET: Detail = Detail { sensitive: true, ..Detail::PLAIN };
const MEMBERS: Parameters = Parameters::new(0, &["Name", "Key"]).details(&[(1, SECRET)]);

struct Ping(Input);

#[derive(PartialEq)]
enum PingError {
    InvalidParameter(String),
    ThrottlingUser,
    Other,
}

impl fmt::Debug for PingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug_variant::<Ping>(self, f)
    }
}

impl Request for Ping {
    type Response = RequestIdOnly;
    type Error = PingError;
    const OPERATION: &'static Operation<'static> = &Operation::new(
        &SERVICE,
        "Ping",
        Method::Post,
        Parameters::new(0, &["Text", "Json", "Bytes", "Number", "Float", "Flag", "List", "Map", "Object", "Secret"])
            .details(&[(8, Detail { members: &MEMBERS, ..Detail::PLAIN }), (9, SECRET)]),
    )
    .errors(&["InvalidParameter", "Throttling.User"]);

    fn input(&self) -> &Input {
        &self.0
    }

    fn error(index: usize, captured: &str) -> PingError {
        variant(index, [PingError::InvalidParameter(captured.to_owned()), PingError::ThrottlingUser], PingError::Other)
    }
}

impl fmt::Debug for Ping {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Request::debug(self, f)
    }
}

#[test]
fn a_request_shows_its_values_unless_they_are_sensitive() {
    let request = Ping(
        Input::new()
            .text(0, "a\"b")
            .json(1, r#"{"a":1}"#)
            .binary(2, "four")
            .set(3, 5)
            .set(4, 0.5)
            .set(5, true)
            .list(6, [1, 2])
            .map(7, [("k", "v")])
            .set(8, Value::Object(Input::new().text(0, "n").text(1, "hush")))
            .text(9, "hush"),
    );
    assert_eq!(
        format!("{request:?}"),
        r#"PingRequest { Text: "a\"b", Json: {"a":1}, Bytes: [4 bytes], Number: 5, Float: 0.5, Flag: true, List: [1, 2], "#
            .to_owned()
            + r#"Map: {"k": "v"}, Object: {"Name": "n", "Key": ***}, Secret: *** }"#
    );
}

#[test]
fn errors_show_the_name_of_their_variant() {
    let errors = ["InvalidParameter", "Throttling.User", "Undocumented"].map(Ping::error_with_code);
    assert_eq!(format!("{errors:?}"), "[InvalidParameter, ThrottlingUser, Other]");
    assert!(errors == [PingError::InvalidParameter(String::new()), PingError::ThrottlingUser, PingError::Other]);
}

#[tokio::test]
async fn other_types_show_no_secrets() {
    let mock = MockTransport::new();
    let rule = mock.on::<Ping>().respond_json("{}");
    let config = Config::new(Credentials::new("my-id", "hush")).endpoint("e.example.com").transport(mock.clone());
    let client = Client::new(&SERVICE, &config).unwrap();
    let request = Ping(Input::new().text(0, "hush").text(9, "hush"));
    client.call(&request).await.unwrap();
    let untyped = UntypedRequest::new("Ping").parameter("Name", "hush").header("x-h", "hush").body("hush");
    let credentials = Credentials::new("my-id", "hush");
    let expiring =
        credentials.clone().security_token("hush").expiration(SystemTime::UNIX_EPOCH + Duration::from_secs(1));
    let calls = mock.calls();
    let binary = alicloud_runtime::Binary::from("hush");
    for (shown, expected) in [
        (
            format!("{credentials:?}"),
            r#"Credentials { access_key_id: "my-id", access_key_secret: "***", security_token: None, expiration: None }"#,
        ),
        (
            format!("{expiring:?}"),
            r#"Credentials { access_key_id: "my-id", access_key_secret: "***", security_token: Some("***"), expiration: Some("1970-01-01T00:00:01Z") }"#,
        ),
        (
            format!("{:?}", RefreshingProvider::new(CredentialsUri::new("http://host/path?hush"))),
            r#"RefreshingProvider { source: CredentialsUri { url: Some("http://host/path"), .. }, .. }"#,
        ),
        (format!("{:?}", client.call(&request)), "Call { .. }"),
        (format!("{:?}", client.call(&request).with_http_response()), "CallWithHttpResponse(Call { .. })"),
        (
            format!("{untyped:?}"),
            r#"UntypedRequest { operation: "Ping", method: Post, path: None, parameters: [Extra { name: "Name", place: Query, .. }, Extra { name: "x-h", place: Header, .. }], .. }"#,
        ),
        (format!("{:?}", HttpResponse::new(200, "hush")), "HttpResponse { status: 200, body_bytes: 4, .. }"),
        (
            format!("{:?}", calls[0].request()),
            r#"HttpRequest { method: "POST", host: "e.example.com", path: "/", body_bytes: 0, .. }"#,
        ),
        (
            format!("{:?}", calls[0]),
            r#"MockCall { operation: "Ping", parameters: ["Secret", "Text"], request: HttpRequest { method: "POST", host: "e.example.com", path: "/", body_bytes: 0, .. } }"#,
        ),
        (format!("{rule:?}"), r#"MockRule { operation: "Ping", .. }"#),
        (format!("{mock:?}"), "MockTransport { rules: 1, calls: 1, .. }"),
        (format!("{binary:?}"), "[4 bytes]"),
    ] {
        assert_eq!(shown, expected);
    }
    let failure = CredentialsFailure::new("Mine", "there are none");
    assert_eq!((failure.provider(), failure.reason()), ("Mine", "there are none"));
    // The password of a proxy.
    for (config, expected) in [
        (config.clone(), "proxies: Environment,"),
        (config.clone().no_proxy(), "proxies: None,"),
        (config.clone().proxy("http://me:hush@proxy"), "proxies: Url(***),"),
    ] {
        let shown = format!("{config:?}");
        assert!(shown.contains(expected) && !shown.contains("hush"), "{shown}");
    }
}

/// The `Debug` output of a provider includes what it has loaded.
#[tokio::test]
async fn profiles_show_the_source_of_their_credentials() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config.json");
    for (profile, expected) in [
        (
            r#"{"name":"default","mode":"External","process_command":"false hush"}"#,
            r#"RefreshingProvider { source: ExternalProcess { program: Some("false"), .. }, .. }"#,
        ),
        (
            r#"{"name":"default","mode":"CloudSSO","cloud_sso_sign_in_url":"u","cloud_sso_account_id":"a","cloud_sso_access_config":"c","access_token":"hush","cloud_sso_access_token_expire":1}"#,
            r#"RefreshingProvider { source: CloudSso { sign_in_url: "u", .. }, .. }"#,
        ),
    ] {
        std::fs::write(&path, format!(r#"{{"profiles":[{profile}]}}"#)).unwrap();
        let provider = CliProfile::new(&path);
        provider.provide().await.unwrap_err();
        let shown = format!("{provider:?}");
        assert!(shown.contains(expected) && !shown.contains("hush"), "{shown}");
    }
}
