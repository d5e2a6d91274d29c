//! How credentials are fetched: with the proxies and the certificates of the client, and again after some time.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use crate::connections::encrypted_server;
use crate::server::{Server, respond};
use crate::test_service::{SERVICE, request};
use alicloud_runtime::dynamic::{Client, Input, Operation, Parameters};
use alicloud_runtime::{
    AssumeRole, AssumeRoleWithOidc, CliProfile, Config, Credentials, CredentialsFailure, CredentialsFuture,
    CredentialsSource, CredentialsUri, EcsRamRole, HttpRequest, HttpResponse, Method, ProfileFile, ProvideCredentials,
    RefreshingProvider, ResponseFuture, RetryPolicy, Transport,
};

request!(Ping, Operation::new(&SERVICE, "Ping", Method::Get, Parameters::NONE));

/// Responds to every call, so that only credentials are fetched over a connection.
#[derive(Debug)]
struct Sink;

impl Transport for Sink {
    fn send(&self, _: HttpRequest) -> ResponseFuture<'_> {
        Box::pin(std::future::ready(Ok(HttpResponse::new(200, r#"{"RequestId":"R"}"#))))
    }
}

fn config(provider: Arc<dyn ProvideCredentials>) -> Config {
    Config::new(provider).endpoint("test.example.com").transport(Sink).retry_policy(RetryPolicy::none())
}

fn role(from: impl ProvideCredentials + 'static) -> AssumeRole {
    AssumeRole::new(from, "acs:ram::1:role/r").endpoint("http://sts.example.com")
}

/// Responds as STS and as a credentials URI.
async fn proxy() -> Server {
    let key = r#""AccessKeyId":"STS.k","AccessKeySecret":"s","SecurityToken":"t","Expiration":"2999-01-01T00:00:00Z""#;
    Server::with_script([respond("200 OK", format!(r#"{{"RequestId":"R",{key},"Credentials":{{{key}}}}}"#))]).await
}

#[tokio::test]
async fn the_proxy_of_the_client_is_used_to_fetch_credentials() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let token = write("token", "my-oidc-token");
    let profile = |fields: &str| {
        let path =
            write(&format!("{}.json", fields.len()), &format!(r#"{{"profiles":[{{"name":"default",{fields}}}]}}"#));
        Arc::new(CliProfile::new(path)) as Arc<dyn ProvideCredentials>
    };
    let key = r#""access_key_id":"i","access_key_secret":"s""#;
    let ini = write("credentials.ini", "[p]\ntype=ram_role_arn\naccess_key_id=i\naccess_key_secret=s\nrole_arn=r\n");
    let mine = || Credentials::new("i", "s");
    let refreshing = |source: AssumeRole| Arc::new(RefreshingProvider::new(source)) as Arc<dyn ProvideCredentials>;
    let cases: [(&str, Arc<dyn ProvideCredentials>, usize); 7] = [
        ("AssumeRole", refreshing(role(mine())), 1),
        ("a role that assumes a role", refreshing(role(RefreshingProvider::new(role(mine())))), 2),
        (
            "AssumeRoleWithOidc",
            Arc::new(RefreshingProvider::new(
                AssumeRoleWithOidc::new("r", "p", token).endpoint("http://sts.example.com"),
            )),
            1,
        ),
        ("URI", Arc::new(RefreshingProvider::new(CredentialsUri::new("http://uri.example.com/key"))), 1),
        (
            "a CLI profile with a role",
            profile(&format!(
                r#"{key},"mode":"RamRoleArn","ram_role_arn":"r","sts_endpoint":"http://sts.example.com""#
            )),
            1,
        ),
        (
            "a CLI profile with a URI",
            profile(r#""mode":"CredentialsURI","credentials_uri":"http://uri.example.com""#),
            1,
        ),
        // STS is called over HTTPS, so the proxy is asked for a tunnel, which it does not open.
        ("a profile of the SDKs", Arc::new(ProfileFile::new(ini, "p")), 1),
    ];
    for (name, provider, requests) in cases {
        let proxy = proxy().await;
        let client = Client::new(&SERVICE, &config(provider).proxy(proxy.url())).unwrap();
        let result = client.call(&Ping(Input::new())).await;
        assert_eq!(result.is_ok(), name != "a profile of the SDKs", "{name}: {result:?}");
        let seen = proxy.requests();
        // The first request of a tunnel may be repeated.
        assert!(seen.len() >= requests, "{name}: {seen:?}");
        assert!(
            seen.iter().all(|request| request.contains(".example.com") || request.contains("sts.aliyuncs.com:443"))
        );
    }
}

#[tokio::test]
async fn the_metadata_server_is_never_reached_through_a_proxy() {
    let (metadata, proxy) = (Server::with_script([respond("404 X", "")]).await, proxy().await);
    let provider = Arc::new(RefreshingProvider::new(EcsRamRole::new().server(metadata.url())));
    let client = Client::new(&SERVICE, &config(provider).proxy(proxy.url())).unwrap();
    client.call(&Ping(Input::new())).await.unwrap_err();
    assert_eq!((metadata.requests().len(), proxy.requests().len()), (1, 0));
}

#[tokio::test]
async fn credentials_of_one_call_are_fetched_in_the_same_way() {
    let proxy = proxy().await;
    let config = config(Arc::new(Credentials::new("i", "s"))).proxy(proxy.url());
    let client = Client::new(&SERVICE, &config).unwrap();
    let provider = RefreshingProvider::new(role(Credentials::new("i", "s")));
    client.call(&Ping(Input::new())).credentials(provider).await.unwrap();
    assert_eq!(proxy.requests().len(), 1);
}

#[tokio::test]
async fn certificates_that_the_client_trusts_are_trusted_by_its_provider() {
    let (url, root) = encrypted_server(rustls::ALL_VERSIONS).await;
    let provider = || Arc::new(RefreshingProvider::new(CredentialsUri::new(&url)));
    let fetch = async |config: Config| {
        let client = Client::new(&SERVICE, &config.no_proxy()).unwrap();
        client.call(&Ping(Input::new())).await.unwrap_err().to_string()
    };
    // The server responds with an object that has no credentials.
    let trusted = fetch(config(provider()).root_certificates(root)).await;
    assert!(trusted.contains("the response has no `AccessKeyId`"), "{trusted}");
    let unknown = fetch(config(provider())).await;
    assert!(unknown.contains("certificate") || unknown.contains("TLS cannot be set up"), "{unknown}");
}

/// A source whose credentials have no expiration.
#[derive(Debug)]
struct Rotated {
    fetches: Arc<AtomicUsize>,
    refresh_after: Option<Duration>,
}

impl CredentialsSource for Rotated {
    fn name(&self) -> &str {
        "rotated"
    }

    fn fetch(&self) -> CredentialsFuture<'_> {
        let number = self.fetches.fetch_add(1, Ordering::SeqCst);
        let fetched = match number {
            1 => Err(CredentialsFailure::new("rotated", "none")),
            number => Ok(Credentials::new(format!("id-{number}"), "s")),
        };
        Box::pin(std::future::ready(fetched))
    }

    fn refresh_after(&self) -> Option<Duration> {
        self.refresh_after
    }
}

#[tokio::test]
async fn credentials_without_an_expiration_are_refreshed_if_the_source_says_so() {
    for (refresh_after, expected) in [
        (None, [("id-0", 1), ("id-0", 1), ("id-0", 1), ("id-0", 1), ("id-0", 1)]),
        // The second fetch fails, so the old credentials stay in use for another 10 s.
        (Some(Duration::from_secs(900)), [("id-0", 1), ("id-0", 2), ("id-0", 2), ("id-0", 3), ("id-2", 3)]),
    ] {
        let (clock, fetches) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicUsize::new(0)));
        let now = Arc::clone(&clock);
        let source = Rotated { fetches: Arc::clone(&fetches), refresh_after };
        let provider = RefreshingProvider::with_clock(source, move || {
            SystemTime::UNIX_EPOCH + Duration::from_secs(now.load(Ordering::SeqCst))
        });
        for (seconds, expected) in [899, 900, 909, 910, 911].into_iter().zip(expected) {
            // The first fetch is at 0.
            if seconds == 899 {
                provider.provide().await.unwrap();
            }
            clock.store(seconds, Ordering::SeqCst);
            let id = provider.provide().await.unwrap().access_key_id().to_owned();
            for _ in 0..10 {
                tokio::task::yield_now().await;
            }
            assert_eq!((id.as_str(), fetches.load(Ordering::SeqCst)), expected, "{refresh_after:?} at {seconds}");
        }
    }
}
