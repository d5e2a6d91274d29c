//! Presigned URLs: what they contain, when they expire, and which requests are rejected.

use std::time::{Duration, SystemTime};

use crate::test_service::{SERVICE, request};
use alicloud_runtime::dynamic::{Client, Detail, Input, Operation, Parameters, Place};
use alicloud_runtime::{AttemptToSign, Config, Credentials, CredentialsFuture, Failure, Interceptor, Method};
use alicloud_runtime::{ProvideCredentials, SignatureVersion};

const SECRET: Detail = Detail { sensitive: true, ..Detail::PLAIN };
const IN_HEADER: Detail = Detail { place: Place::Header, ..Detail::PLAIN };
const PARAMETERS: Parameters =
    Parameters::new(1, &["Name", "Key", "X-Level", "Note"]).details(&[(1, SECRET), (2, IN_HEADER), (3, Detail::FORM)]);

request!(List, Operation::presignable(&SERVICE, "List", Method::Post, PARAMETERS));
request!(Read, Operation::repeatable(&SERVICE, "Read", Method::Get, PARAMETERS));
request!(Get, Operation::presignable(&SERVICE, "Get", Method::Get, PARAMETERS).path("/things"));

fn client(config: Config) -> Client {
    Client::new(&SERVICE, &config.endpoint("test.example.com")).unwrap()
}

fn config() -> Config {
    Config::new(Credentials::new("my-id", "my-secret"))
}

fn named() -> Input {
    Input::new().text(0, "n")
}

#[tokio::test]
async fn a_url_has_the_whole_request_under_signature_v1() {
    let credentials = Credentials::new("my-id", "my-secret").security_token("my-token");
    for version in [SignatureVersion::V1, SignatureVersion::V3] {
        let client = client(Config::new(credentials.clone()).signature_version(version));
        let url = client.call(&List(named())).endpoint("http://other.example.com").presign().await.unwrap();
        let parsed = url::Url::parse(url.as_str()).unwrap();
        assert_eq!((parsed.scheme(), parsed.host_str()), ("http", Some("other.example.com")));
        let names: Vec<String> = parsed.query_pairs().map(|(name, _)| name.into_owned()).collect();
        let expected = [
            "AccessKeyId",
            "Action",
            "Format",
            "Name",
            "SecurityToken",
            "SignatureMethod",
            "SignatureNonce",
            "SignatureVersion",
            "Timestamp",
            "Version",
            "Signature",
        ];
        assert_eq!(names, expected);
        let (_, timestamp) = parsed.query_pairs().find(|(name, _)| name == "Timestamp").unwrap();
        let lifetime = url.expiration().duration_since(humantime::parse_rfc3339(&timestamp).unwrap()).unwrap();
        // The timestamp has no fraction of a second.
        assert_eq!(lifetime.as_secs(), 15 * 60);
        let shown = format!("{url:?}");
        assert!(!url.as_str().contains("my-secret") && !shown.contains("my-token") && !shown.contains("Signature"));
    }
}

/// Adds a parameter whose name suggests a secret.
#[derive(Debug)]
struct AddsPassword;

impl Interceptor for AddsPassword {
    fn before_signing(&self, attempt: &mut AttemptToSign<'_>) -> Result<(), Failure> {
        attempt.parameter("Password", "hush");
        Ok(())
    }
}

#[tokio::test]
async fn a_request_that_a_url_cannot_carry_safely_is_rejected() {
    let not_a_read = "it is not a read in RPC style that accepts GET";
    let sensitive = "the request has a sensitive parameter, which would show in logs and browser histories";
    let because = |name: &str, reason: &str| format!("`{name}` cannot be presigned, because {reason}");
    let plain = client(config());
    let long = Input::new().text(0, "x".repeat(70_000));
    let cases = [
        (plain.call(&Read(named())).presign().await, because("Read", not_a_read)),
        (plain.call(&List(named().text(1, "hush"))).presign().await, because("List", sensitive)),
        (plain.call(&List(named())).parameter("AccessToken", "hush").presign().await, because("List", sensitive)),
        (client(config().interceptor(AddsPassword)).call(&List(named())).presign().await, because("List", sensitive)),
        (
            plain.call(&List(named().text(2, "high"))).presign().await,
            because("List", "a URL cannot contain the header `x-level`"),
        ),
        (
            plain.call(&List(named().text(3, "note"))).presign().await,
            because("List", "a URL cannot contain a body, in which some parameters are sent"),
        ),
        (plain.call(&List(Input::new())).presign().await, "the request was not sent: Name: is required".to_owned()),
        (
            plain.call(&List(long)).presign().await,
            "the request was not sent: Name: needs 70006 bytes in the URL, but all parameters together can have at most \
             60000"
                .to_owned(),
        ),
        (
            client(Config::new(Credentials::anonymous())).call(&List(named())).presign().await,
            "signature V1 does not support anonymous calls; use `SignatureVersion::V3`".to_owned(),
        ),
        (
            plain.call(&Get(named())).presign().await,
            "`Get` is not an RPC operation, so signature V1 cannot sign it; use `SignatureVersion::V3`".to_owned(),
        ),
    ];
    for (outcome, expected) in cases {
        let error = outcome.unwrap_err().to_string();
        assert_eq!(error, expected);
        assert!(!error.contains("hush"));
    }
}

/// Returns credentials that expire soon, or never responds.
#[derive(Debug)]
enum Provider {
    Until(SystemTime),
    Silent,
}

impl ProvideCredentials for Provider {
    fn provide(&self) -> CredentialsFuture<'_> {
        match self {
            Self::Until(end) => {
                let credentials = Credentials::new("id", "secret").security_token("token").expiration(*end);
                Box::pin(std::future::ready(Ok(credentials)))
            }
            Self::Silent => Box::pin(std::future::pending()),
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_url_expires_with_its_credentials_and_does_not_wait_for_them_without_limit() {
    let latest = client(config()).call(&List(named())).presign().await.unwrap().expiration();
    let end = latest - Duration::from_secs(60);
    let url = client(Config::new(Provider::Until(end))).call(&List(named())).presign().await.unwrap();
    assert_eq!(url.expiration(), end);

    let client = client(Config::new(Provider::Silent));
    let error = client.call(&List(named())).timeout(Duration::from_secs(5)).presign().await.unwrap_err();
    let expected = "the request was not sent: the call timed out after 5s while it waited for credentials";
    assert_eq!(error.to_string(), expected);
    assert!(client.call(&List(named())).presign().await.unwrap_err().to_string().contains("timed out after 2m"));
}
