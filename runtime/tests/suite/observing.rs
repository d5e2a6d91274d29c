//! Interceptors, spans and events observe calls, and never show a secret.

use std::cell::RefCell;
use std::io;
use std::sync::{Arc, Mutex, Once};
use std::time::Duration;

use alicloud_runtime::dynamic::{Client, Hosts, Input, Operation, Parameters, Service};

use crate::server::{Server, respond};
use crate::test_service::request;
use crate::transport_double::{Double, header};
use alicloud_runtime::Method;
use alicloud_runtime::{
    AttemptReport, AttemptToSign, Config, Credentials, CredentialsFailure, Failure, HttpRequest, HttpResponse,
    Interceptor, ResponseFuture, RetryPolicy, SignatureVersion, Transport, TransportPhase,
};

static PLACED: Service<'static> = Service {
    product: "Test",
    version: "2020-01-01",
    public: Hosts { host: "test.{region}.example.com", regions: &["cn-hangzhou"], exceptions: &[] },
    vpc: Hosts::NONE,
    outcome: None,
    retried: &[],
    gateway: None,
};

request!(Ping, Operation::new(&PLACED, "Ping", Method::Get, Parameters::new(0, &["Name"])));

/// Records each attempt, and adds a header to it.
#[derive(Clone, Debug, Default)]
struct Notes(Arc<Mutex<Vec<String>>>);

impl Interceptor for Notes {
    fn before_signing(&self, attempt: &mut AttemptToSign<'_>) -> Result<(), Failure> {
        attempt.header("x-acs-trace", format!("{}-{}-{}", attempt.product(), attempt.operation(), attempt.number()));
        attempt.parameter("Extra", attempt.number().to_string());
        Ok(())
    }

    fn after_attempt(&self, report: &AttemptReport<'_>) {
        let failure = report.failure().map(|failure| failure.code().unwrap_or("no code").to_owned());
        self.0.lock().unwrap().push(format!(
            "{} {} {:?} {:?} #{} {:?} {:?} {failure:?} {:?}",
            report.product(),
            report.operation(),
            report.region().unwrap(),
            report.host().unwrap(),
            report.number(),
            report.status(),
            report.request_id(),
            report.retried_after(),
        ));
        assert!(report.latency() < Duration::from_secs(600));
    }
}

fn throttled() -> HttpResponse {
    HttpResponse::new(400, r#"{"Code":"Throttling.User","Message":"slow","RequestId":"R1"}"#)
        .header("x-acs-retry-after", "2")
}

fn good() -> HttpResponse {
    HttpResponse::new(200, r#"{"RequestId":"R2"}"#).header("x-acs-request-id", "R2")
}

fn config(double: &Double) -> Config {
    Config::new(Credentials::new("LTAIkey", "hush-secret").security_token("hush-token"))
        .region("cn-hangzhou")
        .transport(double.clone())
}

#[tokio::test]
async fn interceptors_modify_each_attempt_and_get_its_report() {
    let double = Double::new([throttled(), good(), HttpResponse::new(404, r#"{"Code":"No","Message":"m"}"#)]);
    let notes = Notes::default();
    let client = Client::new(&PLACED, &config(&double).interceptor(notes.clone())).unwrap();
    let ping = Ping(Input::new());
    client.call(&ping).await.unwrap();
    client.call(&ping).await.unwrap_err();
    let at = r#"Test Ping "cn-hangzhou" "test.cn-hangzhou.example.com""#;
    assert_eq!(
        *notes.0.lock().unwrap(),
        [
            format!(r#"{at} #1 Some(400) Some("R1") Some("Throttling.User") Some(2ms)"#),
            format!(r#"{at} #2 Some(200) Some("R2") None None"#),
            format!(r#"{at} #1 Some(404) None Some("No") None"#),
        ]
    );
    let requests = double.requests();
    assert_eq!(header(&requests[1], "x-acs-trace"), "Test-Ping-2");
    assert!(header(&requests[1], "authorization").contains(";x-acs-trace;"), "added headers are signed");
    assert!(requests[1].url().ends_with("/?Extra=2"), "{}", requests[1].url());
}

/// Rejects every attempt.
#[derive(Debug)]
struct Barrier;

impl Interceptor for Barrier {
    fn before_signing(&self, attempt: &mut AttemptToSign<'_>) -> Result<(), Failure> {
        Err(Failure::Configuration(format!("{} is not for this program", attempt.operation())))
    }
}

#[tokio::test]
async fn interceptors_can_prevent_a_call() {
    let double = Double::new([good()]);
    let client = Client::new(&PLACED, &config(&double).interceptor(Barrier)).unwrap();
    let error = client.call(&Ping(Input::new())).await.unwrap_err();
    assert_eq!((error.to_string().as_str(), error.attempts()), ("Ping is not for this program", 0));
    assert!(double.requests().is_empty());
}

thread_local! {
    /// The log of this thread, if a test records it.
    static LOG: RefCell<Option<Vec<u8>>> = const { RefCell::new(None) };
}

/// Writes to the log of the thread.
struct Log;

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LOG.with_borrow_mut(|log| log.iter_mut().for_each(|log| log.extend_from_slice(bytes)));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Log {
    /// Returns everything that any crate logs on this thread during the work, at any level.
    ///
    /// All tests share one subscriber. With one for each, an event that another test reaches first, without a
    /// subscriber, would be disabled in the whole process.
    async fn of(work: impl Future<Output = ()>) -> String {
        static SUBSCRIBER: Once = Once::new();
        SUBSCRIBER.call_once(|| {
            tracing_subscriber::fmt()
                .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
                .with_span_events(tracing_subscriber::fmt::format::FmtSpan::CLOSE)
                .with_writer(|| Self)
                .with_ansi(false)
                .without_time()
                .init();
        });
        LOG.set(Some(Vec::new()));
        work.await;
        String::from_utf8(LOG.take().unwrap()).unwrap()
    }
}

#[tokio::test]
async fn calls_are_spans_and_attempts_are_events_without_secrets() {
    let log = Log::of(async {
        for version in [SignatureVersion::V1, SignatureVersion::V3] {
            let double = Double::new([throttled(), good()]);
            let client = Client::new(&PLACED, &config(&double).signature_version(version)).unwrap();
            let ping = Ping(Input::new().text(0, "hush-value"));
            client.call(&ping).parameter("More", "hush-extra").await.unwrap();
        }
    })
    .await;
    let host = r#"server.address="test.cn-hangzhou.example.com""#;
    let span = r#"call{otel.name=Test/Ping otel.kind="client" rpc.system.name="alibaba_cloud" rpc.service="Test" "#
        .to_owned()
        + &format!(r#"rpc.method=Test/Ping cloud.region="cn-hangzhou" {host} server.port=443}}: alicloud: attempt"#);
    let first = format!(r#"attempt=1 {host} http.response.status_code=400 error.type="Throttling.User" "#,)
        + r#"alibaba_cloud.request_id="R1" latency_ms="#;
    let second = format!(r#"attempt=2 {host} http.response.status_code=200 alibaba_cloud.request_id="R2" latency_ms="#);
    // The span of a request has its outcome when it is closed, and so has that of the call.
    let request = r#"http_request{otel.name="GET" otel.kind="client" http.request.method="GET""#;
    let rejected = format!("{request} {host} server.port=443 http.response.status_code=400 error.type=400 ")
        + r#"otel.status_code="ERROR"}: alicloud: close"#;
    let accepted = format!("{request} http.request.resend_count=1 {host} server.port=443 ")
        + "http.response.status_code=200}: alicloud: close";
    let outcome = " server.port=443 http.request.resend_count=1 http.response.status_code=200 ".to_owned()
        + r#"alibaba_cloud.request_id="R2"}: alicloud: close"#;
    let retried = " retried_after_ms=2".to_owned();
    for expected in [span, first, second, retried, rejected, accepted, outcome] {
        assert!(log.matches(&expected).count() >= 2, "{expected} in\n{log}");
    }
    assert!(!log.contains("hush") && !log.to_lowercase().contains("signature="), "{log}");
}

#[tokio::test]
async fn a_call_that_fails_says_so_in_its_span_and_its_failure_has_a_type() {
    let log = Log::of(async {
        let client = Client::new(&PLACED, &config(&Double::new([HttpResponse::new(404, NOT_FOUND)]))).unwrap();
        let error = client.call(&Ping(Input::new())).await.unwrap_err();
        assert_eq!((error.failure().error_type(), error.failure().is_throttling()), ("Test.NotFound", false));
        let rejecting = config(&Double::new([])).transport(Rejecting).retry_policy(RetryPolicy::none());
        let error = Client::new(&PLACED, &rejecting).unwrap().call(&Ping(Input::new())).await.unwrap_err();
        assert_eq!(error.failure().error_type(), "connect");
    })
    .await;
    let service = r#"http.response.status_code=404 alibaba_cloud.request_id="R3" "#.to_owned()
        + r#"rpc.response.status_code="Test.NotFound" error.type="Test.NotFound" otel.status_code="ERROR"}: alicloud: "#;
    let transport = r#" server.port=443 error.type="connect" otel.status_code="ERROR"}: alicloud: close"#;
    assert!(log.contains(&service), "{service} in\n{log}");
    assert_eq!(log.matches(transport).count(), 2, "the call and its request: {transport} in\n{log}");

    let throttled = Double::new([HttpResponse::new(429, "{}"), HttpResponse::new(400, THROTTLED)]);
    let client = Client::new(&PLACED, &config(&throttled).retry_policy(RetryPolicy::none())).unwrap();
    for expected in ["unreadable_response", "Rejected.Throttling"] {
        let error = client.call(&Ping(Input::new())).await.unwrap_err();
        assert_eq!((error.failure().error_type(), error.failure().is_throttling()), (expected, true), "{error:?}");
    }
    for (phase, expected) in [
        (TransportPhase::Tls, "tls"),
        (TransportPhase::Timeout, "timeout"),
        (TransportPhase::Interrupted, "interrupted"),
    ] {
        assert_eq!(Failure::transport(phase, "e.example.com", "no").error_type(), expected);
    }
    assert_eq!(Failure::Invalid(Vec::new()).error_type(), "invalid_request");
    assert_eq!(Failure::Configuration(String::new()).error_type(), "configuration");
    assert_eq!(Failure::from(CredentialsFailure::new("test", "none")).error_type(), "credentials");
}

/// Cannot connect to anything.
#[derive(Debug)]
struct Rejecting;

impl Transport for Rejecting {
    fn send(&self, _: HttpRequest) -> ResponseFuture<'_> {
        Box::pin(async { Err(Failure::transport(TransportPhase::Connect, "e.example.com", "refused")) })
    }
}

const NOT_FOUND: &str = r#"{"Code":"Test.NotFound","Message":"m","RequestId":"R3"}"#;
const THROTTLED: &str = r#"{"Code":"Rejected.Throttling","Message":"m","RequestId":"R4"}"#;

/// Responds after 1.5 s of tokio's time, which the test pauses.
#[derive(Clone, Debug)]
struct Slow;

impl Transport for Slow {
    fn send(&self, _: HttpRequest) -> ResponseFuture<'_> {
        Box::pin(async {
            tokio::time::sleep(Duration::from_millis(1500)).await;
            Ok(good())
        })
    }
}

/// Records the time of each attempt.
#[derive(Clone, Debug, Default)]
struct Times(Arc<Mutex<Vec<Duration>>>);

impl Interceptor for Times {
    fn after_attempt(&self, report: &AttemptReport<'_>) {
        self.0.lock().unwrap().push(report.latency());
    }
}

#[tokio::test(start_paused = true)]
async fn the_duration_of_an_attempt_is_reported() {
    let times = Times::default();
    let log = Log::of(async {
        let config = Config::new(Credentials::new("i", "s")).endpoint("e.example.com").transport(Slow);
        let client = Client::new(&PLACED, &config.interceptor(times.clone())).unwrap();
        client.call(&Ping(Input::new())).await.unwrap();
    })
    .await;
    assert_eq!(*times.0.lock().unwrap(), [Duration::from_millis(1500)]);
    assert!(log.contains("latency_ms=1500\n"), "{log}");
}

#[tokio::test]
async fn dependencies_log_no_secrets() {
    let log = Log::of(async {
        let server = Server::with_script([respond("200 OK", "{}")]).await;
        for version in [SignatureVersion::V1, SignatureVersion::V3] {
            let credentials = Credentials::new("LTAIkey", "hush-secret").security_token("hush-token");
            let config = Config::new(credentials).endpoint(server.url()).no_proxy().retry_policy(RetryPolicy::none());
            let client = Client::new(&PLACED, &config.signature_version(version)).unwrap();
            client.call(&Ping(Input::new().text(0, "hush-value"))).await.unwrap();
        }
    })
    .await;
    assert!(log.contains("alicloud: attempt"), "{log}");
    assert!(!log.contains("hush") && !log.contains("ignature="), "{log}");
}

#[cfg(unix)]
#[tokio::test]
async fn profiles_that_other_users_can_read_cause_a_warning() {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::PermissionsExt as _;

    use alicloud_runtime::{CliProfile, ProvideCredentials as _};

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config.json");
    let profile = r#"{"name":"default","mode":"AK","access_key_id":"i","access_key_secret":"hush"}"#;
    fs::write(&path, format!(r#"{{"profiles":[{profile}]}}"#)).unwrap();
    for (mode, is_warned) in [(0o600, false), (0o640, true), (0o604, true)] {
        fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
        let log = Log::of(async {
            CliProfile::new(&path).provide().await.unwrap();
        })
        .await;
        assert_eq!(log.contains("other users can read the credentials in this file"), is_warned, "{mode:o}: {log}");
        assert!(!log.contains("hush"), "{log}");
    }
}
