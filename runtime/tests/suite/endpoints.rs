//! The endpoint of a call: by region, by network, or set by the caller.

#![allow(clippy::disallowed_methods, reason = "one test reads its environment")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::env;
use std::process::Command;

use alicloud_runtime::dynamic::{Client, Hosts, Input, Operation, Parameters, Service};

use crate::test_service::request;
use crate::transport_double::{Double, header};
use alicloud_runtime::Method;
use alicloud_runtime::signature::v3;
use alicloud_runtime::{Config, Credentials, CredentialsFuture, Failure, Network, ProvideCredentials};

static REGIONAL: Service<'static> = Service {
    product: "Test",
    version: "2020-01-01",
    public: Hosts {
        host: "test.{region}.aliyuncs.com",
        regions: &["cn-hangzhou", "cn-shanghai", "cn-beijing"],
        exceptions: &[("cn-finance", "test.aliyuncs.com")],
    },
    vpc: Hosts { host: "test-vpc.{region}.aliyuncs.com", regions: &["cn-hangzhou"], exceptions: &[] },
    outcome: None,
    retried: &[],
    gateway: None,
};

static CENTRAL: Service<'static> = Service {
    public: Hosts { host: "central.aliyuncs.com", ..Hosts::NONE },
    vpc: Hosts::NONE,
    product: "Central",
    version: "2020-01-01",
    outcome: None,
    retried: &[],
    gateway: None,
};

request!(Ping, Operation::new(&REGIONAL, "Ping", Method::Get, Parameters::NONE));

fn config() -> Config {
    Config::new(Credentials::new("id", "secret"))
}

/// The error when the client is created.
fn client_error(service: &Service<'_>, config: &Config) -> String {
    match Client::new(service, config) {
        Err(Failure::Configuration(text)) => text,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_host_depends_on_region_and_network() {
    let vpc = || config().network(Network::Vpc);
    let cases = [
        (config().region("cn-shanghai"), "test.cn-shanghai.aliyuncs.com"),
        (config().region("cn-finance"), "test.aliyuncs.com"),
        (vpc().region("cn-hangzhou"), "test-vpc.cn-hangzhou.aliyuncs.com"),
        (config().endpoint("test.cn-new.aliyuncs.com"), "test.cn-new.aliyuncs.com"),
        (config().endpoint("http://127.0.0.1:8080"), "127.0.0.1"),
        (config().endpoint("http://[::1]:8080/"), "[::1]"),
        (vpc().region("cn-hangzhou").endpoint("other.example.com"), "other.example.com"),
    ];
    for (config, expected) in cases {
        let double = Double::responding("{}");
        let client = Client::new(&REGIONAL, &config.transport(double.clone())).unwrap();
        client.call(&Ping(Input::new())).await.unwrap();
        assert_eq!(double.requests()[0].host(), expected);
    }
}

/// The signed host is the `Host` header, with the port unless it is the scheme's default.
#[tokio::test]
async fn the_signature_is_for_the_host_of_the_endpoint() {
    for (endpoint, host) in [
        ("test.example.com", "test.example.com"),
        ("https://test.example.com:443", "test.example.com"),
        ("https://test.example.com:8443", "test.example.com:8443"),
        ("http://127.0.0.1:80", "127.0.0.1"),
        ("http://127.0.0.1:8080", "127.0.0.1:8080"),
        ("http://[::1]:8080", "[::1]:8080"),
    ] {
        let double = Double::responding("{}");
        let client = Client::new(&REGIONAL, &config().endpoint(endpoint).transport(double.clone())).unwrap();
        client.call(&Ping(Input::new())).await.unwrap();
        let request = &double.requests()[0];
        let mut headers = vec![("host", host)];
        headers.extend(request.headers().filter_map(|(name, value)| {
            let is_signed = name.starts_with("x-acs-");
            is_signed.then(|| (name, std::str::from_utf8(value).unwrap()))
        }));
        let no_body = v3::body_sha256(b"");
        let signed = v3::sign(Method::Get, "/", &mut [], &mut headers, &no_body, &Credentials::new("id", "secret"));
        assert_eq!(header(request, "authorization"), signed.authorization, "{endpoint}");
    }
}

/// Over plain HTTP, there is no TLS to set up.
#[test]
fn the_certificates_of_an_endpoint_without_tls_are_not_read() {
    let config = config().endpoint("http://127.0.0.1:8080").root_certificates("none");
    assert!(Client::new(&REGIONAL, &config).is_ok());
}

#[tokio::test]
async fn a_call_can_override_region_and_endpoint() {
    let double = Double::responding("{}");
    let client = Client::new(&REGIONAL, &config().region("cn-hangzhou").transport(double.clone())).unwrap();
    let ping = Ping(Input::new());
    client.call(&ping).region("cn-shanghai").await.unwrap();
    client.call(&ping).endpoint("http://other.example.com:81").await.unwrap();
    client.call(&ping).await.unwrap();
    let error = client.call(&ping).region("cn-shangai").await.unwrap_err();
    assert!(error.to_string().contains("did you mean `cn-shanghai`"), "{error}");
    assert_eq!(error.attempts(), 0);
    let hosts: Vec<String> = double.requests().iter().map(|request| request.host().to_owned()).collect();
    assert_eq!(hosts, ["test.cn-shanghai.aliyuncs.com", "other.example.com", "test.cn-hangzhou.aliyuncs.com"]);
    let signed: Vec<String> = double.requests().iter().map(|request| request.url().to_owned()).collect();
    assert_eq!(signed[1], "http://other.example.com:81/");

    let client = Client::new(&REGIONAL, &config().endpoint("emulator").transport(double.clone())).unwrap();
    client.call(&ping).region("cn-shanghai").await.unwrap();
    assert_eq!(double.requests()[3].host(), "emulator", "an explicit endpoint is used for all regions");
}

#[test]
fn invalid_regions_and_endpoints_are_reported_before_sending() {
    let cases = [
        (config(), "no region is set"),
        (config().region("cn-hangzou"), "did you mean `cn-hangzhou`"),
        (config().region("CN-HANGZHOU"), "did you mean `cn-hangzhou`"),
        (config().region("x.evil.example/"), "has no endpoint for region"),
        (config().region("cn-hangzhou/@evil"), "has no endpoint for region"),
        (config().network(Network::Vpc).region("cn-shanghai"), "within a VPC for region \"cn-shanghai\""),
        (config().endpoint("ftp://host"), "is neither http nor https"),
        (config().endpoint("https://user:word@host"), "set credentials with `Credentials`"),
        (config().endpoint("https://host/path"), "contains more than a scheme, a host and a port"),
        (config().endpoint("https://host?x=1"), "contains more than a scheme, a host and a port"),
        (config().endpoint(""), "is not a valid URL"),
        (config().endpoint("http://"), "is not a valid URL"),
        (config().endpoint("ho st"), "is not a valid URL"),
        (config().endpoint("https://user@host"), "set credentials with `Credentials`"),
        (config().endpoint("https://:word@host"), "set credentials with `Credentials`"),
        (config().endpoint("https://host").root_certificates("none"), "there is no certificate"),
        (Config::new(Credentials::new("", "secret")).endpoint("host"), "the AccessKey ID is empty"),
        (Config::new(Credentials::new("id", "se cret")).endpoint("host"), "the AccessKey secret contains a space"),
        (
            Config::new(Credentials::new("id", "s").security_token("a\nb")).endpoint("host"),
            "the STS token contains a space",
        ),
    ];
    for (config, expected) in cases {
        let text = client_error(&REGIONAL, &config);
        assert!(text.contains(expected), "{expected}: {text}");
        assert!(!text.contains("word"), "{text}");
    }
    let text = client_error(&CENTRAL, &config().network(Network::Vpc).region("cn-hangzhou"));
    assert_eq!(
        text,
        "no endpoint of Central is known within a VPC for region \"cn-hangzhou\"; set one with `Config::endpoint(…)`"
    );
}

/// A credentials provider with a region.
#[derive(Debug)]
struct InShanghai;

impl ProvideCredentials for InShanghai {
    fn provide(&self) -> CredentialsFuture<'_> {
        Box::pin(async { Ok(Credentials::new("id", "secret")) })
    }

    fn region(&self) -> Option<String> {
        Some("cn-shanghai".to_owned())
    }
}

#[tokio::test]
async fn the_region_is_set_by_the_caller_the_environment_or_the_profile() {
    let double = Double::responding("{}");
    let called = async |config: Config| {
        let client = Client::new(&REGIONAL, &config.transport(double.clone())).unwrap();
        client.call(&Ping(Input::new())).await.unwrap();
        double.requests().last().unwrap().host().to_owned()
    };
    // The environment belongs to the process, so this test runs itself in another process.
    if env::var_os("ALIBABA_CLOUD_REGION_ID").is_some() {
        assert_eq!(called(config()).await, "test.cn-beijing.aliyuncs.com");
        assert_eq!(called(Config::new(InShanghai)).await, "test.cn-beijing.aliyuncs.com");
        assert_eq!(called(Config::new(InShanghai).region("cn-hangzhou")).await, "test.cn-hangzhou.aliyuncs.com");
        return;
    }
    assert_eq!(called(Config::new(InShanghai)).await, "test.cn-shanghai.aliyuncs.com");
    let name = "endpoints::the_region_is_set_by_the_caller_the_environment_or_the_profile";
    let mut again = Command::new(env::current_exe().unwrap());
    let output = again.args(["--exact", name]).env("ALIBABA_CLOUD_REGION_ID", "cn-beijing").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    assert!(String::from_utf8_lossy(&output.stdout).contains("1 passed"));
}

#[cfg(feature = "chain")]
#[test]
fn cli_profiles_have_a_region() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config.json");
    let profile =
        r#"{"name":"default","mode":"AK","access_key_id":"i","access_key_secret":"s","region_id":"cn-beijing"}"#;
    std::fs::write(&path, format!(r#"{{"current":"default","profiles":[{profile}]}}"#)).unwrap();
    let region = |profile: alicloud_runtime::CliProfile| profile.region();
    assert_eq!(region(alicloud_runtime::CliProfile::new(&path)).as_deref(), Some("cn-beijing"));
    assert_eq!(region(alicloud_runtime::CliProfile::new(&path).profile("other")), None);
    assert_eq!(region(alicloud_runtime::CliProfile::new(folder.path().join("none.json"))), None);
    let variables = [("HOME", "/nowhere"), ("ALIBABA_CLOUD_CONFIG_FILE", path.to_str().unwrap())];
    let chain = alicloud_runtime::DefaultCredentials::from_variables(variables);
    assert_eq!(chain.region().as_deref(), Some("cn-beijing"));
}
