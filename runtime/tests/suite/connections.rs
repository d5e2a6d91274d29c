//! Proxies, TLS and compression.

#![allow(clippy::disallowed_methods, reason = "one test reads its environment")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::env;
use std::io::Write as _;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use alicloud_runtime::dynamic::{Client, Input, Operation, Parameters};

use crate::server::{Server, read_request, respond};
use crate::test_service::{SERVICE, request};
use alicloud_runtime::Method;
use alicloud_runtime::{Config, Credentials, Failure, RetryPolicy, TlsVersion, TransportPhase};
use flate2::Compression;
use flate2::write::GzEncoder;
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

request!(Ping, Operation::new(&SERVICE, "Ping", Method::Get, Parameters::NONE));

fn config() -> Config {
    Config::new(Credentials::new("id", "secret")).retry_policy(RetryPolicy::none())
}

/// Starts a server that responds to everything with these headers and this body.
async fn serving(headers: &str, body: impl AsRef<[u8]>) -> Server {
    Server::with_script([respond(&format!("200 OK{headers}"), body)]).await
}

const OK: &[u8] = br#"{"RequestId":"R"}"#;

#[tokio::test]
async fn a_proxy_gets_its_password() {
    let server = serving("", OK).await;
    let proxy = server.url().replace("http://", "http://me:hush@");
    let config = config().proxy(&proxy).endpoint("http://service.example.com");
    assert!(!format!("{config:?}").contains("hush"));
    let client = Client::new(&SERVICE, &config).unwrap();
    assert_eq!(client.call(&Ping(Input::new())).await.unwrap().request_id, "R");
    let seen = server.requests()[0].to_lowercase();
    assert!(
        seen.starts_with("get http://service.example.com/ http/1.1\r\nhost: service.example.com\r\n")
            || seen.starts_with("get http://service.example.com/ http/1.1\r\n"),
        "{seen}"
    );
    // me:hush
    assert!(seen.contains("proxy-authorization: basic bwu6ahvzaa=="), "{seen}");
}

#[test]
fn invalid_connection_settings_fail_when_the_client_is_created() {
    let encrypted = || config().endpoint("service.example.com");
    let empty = "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n";
    let cases = [
        (encrypted().proxy("http://me:hush@"), "`Config::proxy` expects the URL of an HTTP proxy"),
        (
            encrypted().root_certificates("no certificate"),
            "`Config::root_certificates` expects certificates in PEM: there is no certificate",
        ),
        (
            encrypted().root_certificates("-----BEGIN CERTIFICATE-----\n!\n"),
            "`Config::root_certificates` expects certificates in PEM",
        ),
        (encrypted().root_certificates(empty), "TLS cannot be set up"),
    ];
    for (config, expected) in cases {
        match Client::new(&SERVICE, &config) {
            Err(Failure::Configuration(text)) => assert!(text.contains(expected) && !text.contains("hush"), "{text}"),
            other => panic!("{expected}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn proxies_of_the_environment_are_used_unless_disabled() {
    // The environment belongs to the process, so this test runs itself in another process.
    if env::var_os("HTTP_PROXY").is_none_or(|proxy| !proxy.to_string_lossy().contains("me@")) {
        let proxy = serving("", OK).await;
        let mut again = Command::new(env::current_exe().unwrap());
        let name = "connections::proxies_of_the_environment_are_used_unless_disabled";
        again
            .args(["--exact", name])
            .env("HTTP_PROXY", proxy.url().replace("http://", "http://me@"))
            .env_remove("NO_PROXY");
        let output = tokio::task::spawn_blocking(move || again.output()).await.unwrap().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
        assert_eq!(proxy.requests().len(), 1);
        return;
    }
    let direct = serving("", OK).await;
    let config = config().endpoint(direct.url());
    Client::new(&SERVICE, &config).unwrap().call(&Ping(Input::new())).await.unwrap();
    assert!(direct.requests().is_empty(), "the request went to the proxy");
    Client::new(&SERVICE, &config.no_proxy()).unwrap().call(&Ping(Input::new())).await.unwrap();
    assert_eq!(direct.requests().len(), 1);
}

/// Starts a server with these TLS versions. Returns its URL and its root certificate.
pub(crate) async fn encrypted_server(versions: &[&'static rustls::SupportedProtocolVersion]) -> (String, String) {
    let root_key = KeyPair::generate().unwrap();
    let mut root = CertificateParams::new(Vec::new()).unwrap();
    root.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let root_pem = root.self_signed(&root_key).unwrap().pem();
    let key = KeyPair::generate().unwrap();
    let own = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    let own = own.signed_by(&key, &Issuer::new(root, root_key)).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let settings = ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(versions)
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![own.der().clone()], PrivateKeyDer::Pkcs8(key.serialize_der().into()))
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(settings));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            if let Ok(mut stream) = acceptor.accept(stream).await {
                read_request(&mut stream).await;
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 17\r\n\r\n").await;
                let _ = stream.write_all(OK).await;
                let _ = stream.shutdown().await;
            }
        }
    });
    (format!("https://localhost:{port}"), root_pem)
}

#[tokio::test]
async fn only_servers_with_a_trusted_certificate_are_called() {
    let (url, root) = encrypted_server(rustls::ALL_VERSIONS).await;
    let (_, other) = encrypted_server(rustls::ALL_VERSIONS).await;
    let config = config().endpoint(&url).no_proxy();
    let trusting = config.clone().root_certificates(other.clone()).root_certificates(root);
    for config in [trusting.clone(), trusting.minimum_tls(TlsVersion::V1_3)] {
        let client = Client::new(&SERVICE, &config).unwrap();
        assert_eq!(client.call(&Ping(Input::new())).await.unwrap().request_id, "R");
    }
    for config in [config.clone().root_certificates(other), config] {
        // Without any root certificate of the operating system, the client cannot be created.
        let Ok(client) = Client::new(&SERVICE, &config.retry_policy(RetryPolicy::new().max_delay(Duration::ZERO)))
        else {
            continue;
        };
        let error = client.call(&Ping(Input::new())).await.unwrap_err();
        assert!(
            matches!(error.failure(), Failure::Transport(failure) if failure.phase == TransportPhase::Tls),
            "{error}"
        );
        assert!(error.to_string().contains("certificate"), "{error}");
        assert_eq!(error.attempts(), 1, "the next handshake would fail in the same way");
    }
}

/// An endpoint without a scheme is called over HTTPS, which many local servers do not support.
#[tokio::test]
async fn the_error_for_a_server_without_tls_suggests_http() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = listener.local_addr().unwrap().to_string();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        stream.read_u8().await.unwrap();
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n").await.unwrap();
    });
    let (_, root) = encrypted_server(rustls::ALL_VERSIONS).await;
    let config = config().endpoint(endpoint).no_proxy().root_certificates(root);
    let error = Client::new(&SERVICE, &config).unwrap().call(&Ping(Input::new())).await.unwrap_err();
    assert!(matches!(error.failure(), Failure::Transport(failure) if failure.phase == TransportPhase::Tls), "{error}");
    let advice = "the server does not use TLS; if it uses plain HTTP, begin the endpoint with `http://`";
    assert!(error.to_string().contains(advice), "{error}");
    // The message contains all causes.
    assert!(error.to_string().contains("client error (Connect): "), "{error}");
}

#[tokio::test]
async fn tls_below_the_minimum_version_is_rejected() {
    let (url, root) = encrypted_server(&[&rustls::version::TLS12]).await;
    let config = config().endpoint(&url).no_proxy().root_certificates(root);
    let client = Client::new(&SERVICE, &config).unwrap();
    client.call(&Ping(Input::new())).await.unwrap();
    let client = Client::new(&SERVICE, &config.minimum_tls(TlsVersion::V1_3)).unwrap();
    let error = client.call(&Ping(Input::new())).await.unwrap_err();
    assert!(matches!(error.failure(), Failure::Transport(failure) if failure.phase == TransportPhase::Tls), "{error}");
}

fn compressed(body: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(body).unwrap();
    encoder.finish().unwrap()
}

#[tokio::test]
async fn the_size_limit_of_compressed_responses_applies_after_decompression() {
    let server = serving("\r\ncontent-encoding: gzip", compressed(OK)).await;
    let client = Client::new(&SERVICE, &config().endpoint(server.url()).no_proxy()).unwrap();
    assert_eq!(client.call(&Ping(Input::new())).await.unwrap().request_id, "R");
    assert!(server.requests()[0].to_lowercase().contains("accept-encoding: gzip"));

    let server = serving("\r\ncontent-encoding: gzip", compressed(&vec![b' '; 8 << 20])).await;
    let config = config().endpoint(server.url()).no_proxy().max_response_bytes(1 << 20);
    let error = Client::new(&SERVICE, &config).unwrap().call(&Ping(Input::new())).await.unwrap_err();
    assert!(error.to_string().contains("longer than 1048576 bytes"), "{error}");
}
