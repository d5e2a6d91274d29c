//! A collector receives the spans and metrics of the example, with OTLP over HTTP.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use http_body_util::{BodyExt as _, Full};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use opentelemetry_proto::tonic::collector::metrics::v1::ExportMetricsServiceRequest;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::common::v1::{AnyValue, KeyValue};
use opentelemetry_proto::tonic::metrics::v1::metric::Data;
use opentelemetry_proto::tonic::metrics::v1::number_data_point;
use opentelemetry_proto::tonic::trace::v1::Span;
use opentelemetry_proto::tonic::trace::v1::span::SpanKind;
use opentelemetry_proto::tonic::trace::v1::status::StatusCode;
use opentelemetry_semantic_conventions::attribute;
use prost::Message as _;
use tokio::net::TcpListener;
use tokio::process::Command;

/// The bodies that the collector has received, with their paths.
type Received = Arc<Mutex<Vec<(String, Bytes)>>>;

/// Starts a collector, and returns its URL.
async fn start_collector(received: Received) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            let received = Arc::clone(&received);
            let respond = service_fn(move |request: Request<Incoming>| {
                let received = Arc::clone(&received);
                async move {
                    let path = request.uri().path().to_owned();
                    let body = request.into_body().collect().await.unwrap().to_bytes();
                    received.lock().unwrap().push((path, body));
                    Ok::<_, Infallible>(Response::new(Full::<Bytes>::default()))
                }
            });
            tokio::spawn(hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), respond));
        }
    });
    url
}

/// Runs the example, and returns the spans and the values of counters and histograms that it exports.
async fn run_example() -> (Vec<Span>, BTreeMap<String, u64>) {
    let received = Received::default();
    let url = start_collector(Arc::clone(&received)).await;
    let status = Command::new(env!("CARGO_BIN_EXE_alicloud-telemetry-example"))
        .env("OTEL_EXPORTER_OTLP_ENDPOINT", &url)
        .env("NO_PROXY", "127.0.0.1")
        .status()
        .await
        .unwrap();
    assert!(status.success());
    let (mut spans, mut values) = (Vec::new(), BTreeMap::new());
    for (path, body) in received.lock().unwrap().iter() {
        let text = String::from_utf8_lossy(body);
        assert!(!text.contains("Signature") && !text.contains("MpEKNuEUJzIORNANAWJX"), "a secret or a parameter");
        match path.as_str() {
            "/v1/traces" => {
                let request = ExportTraceServiceRequest::decode(body.clone()).unwrap();
                let scopes = request.resource_spans.into_iter().flat_map(|resource| resource.scope_spans);
                spans.extend(scopes.flat_map(|scope| scope.spans));
            }
            "/v1/metrics" => add_metrics(ExportMetricsServiceRequest::decode(body.clone()).unwrap(), &mut values),
            other => panic!("{other}"),
        }
    }
    (spans, values)
}

/// Adds the values of counters, and the counts of histograms, under the name and the attributes.
fn add_metrics(request: ExportMetricsServiceRequest, values: &mut BTreeMap<String, u64>) {
    let scopes = request.resource_metrics.into_iter().flat_map(|resource| resource.scope_metrics);
    for metric in scopes.flat_map(|scope| scope.metrics) {
        let points: Vec<(Vec<KeyValue>, u64)> = match metric.data.unwrap() {
            Data::Sum(sum) => sum
                .data_points
                .into_iter()
                .map(|point| {
                    let Some(number_data_point::Value::AsInt(value)) = point.value else { panic!("{point:?}") };
                    (point.attributes, value.try_into().unwrap())
                })
                .collect(),
            Data::Histogram(histogram) => {
                histogram.data_points.into_iter().map(|point| (point.attributes, point.count)).collect()
            }
            other => panic!("{other:?}"),
        };
        for (attributes, value) in points {
            values.insert(format!("{} {:?}", metric.name, texts(&attributes)), value);
        }
    }
}

/// The attributes as text.
fn texts(attributes: &[KeyValue]) -> BTreeMap<&str, String> {
    let text = |value: &Option<AnyValue>| match value.as_ref().unwrap().value.as_ref().unwrap() {
        Value::StringValue(text) => text.clone(),
        Value::IntValue(number) => format!("int {number}"),
        other => panic!("{other:?}"),
    };
    attributes.iter().map(|attribute| (attribute.key.as_str(), text(&attribute.value))).collect()
}

/// The attributes of the span that the SDK sets, and whether its status is an error.
fn facts(span: &Span) -> (BTreeMap<&str, String>, bool) {
    assert_eq!(span.kind(), SpanKind::Client);
    let mut attributes = texts(&span.attributes);
    // Attributes that tracing-opentelemetry adds.
    attributes.retain(|name, _| !matches!(*name, "busy_ns" | "idle_ns" | "target") && !name.starts_with("thread."));
    (attributes, span.status.as_ref().is_some_and(|status| status.code() == StatusCode::Error))
}

#[tokio::test]
async fn a_collector_receives_calls_and_their_requests_by_the_semantic_conventions() {
    let (spans, metrics) = run_example().await;
    let calls: Vec<&Span> = spans.iter().filter(|span| span.parent_span_id.is_empty()).collect();
    assert_eq!((calls.len(), spans.len()), (2, 5), "{spans:#?}");

    let of_all = |more: &[(&'static str, &str)]| {
        let mut expected = BTreeMap::from([(attribute::SERVER_ADDRESS, "127.0.0.1".to_owned())]);
        expected.extend(more.iter().map(|(name, value)| (*name, (*value).to_owned())));
        expected
    };
    let of_call = |more: &[(&'static str, &str)]| {
        let mut expected = of_all(&[
            (attribute::RPC_SYSTEM_NAME, "alibaba_cloud"),
            ("rpc.service", "Iot"),
            (attribute::RPC_METHOD, "Iot/ResetThing"),
            (attribute::CLOUD_REGION, "cn-shanghai"),
            (attribute::HTTP_RESPONSE_STATUS_CODE, "int 200"),
        ]);
        expected.extend(of_all(more));
        expected
    };
    let of_request = |more: &[(&'static str, &str)]| {
        let mut expected = of_all(&[(attribute::HTTP_REQUEST_METHOD, "POST")]);
        expected.extend(of_all(more));
        expected
    };
    let error = "iot.system.SystemException";
    let expected = [
        (
            of_call(&[(attribute::HTTP_REQUEST_RESEND_COUNT, "int 1")]),
            false,
            vec![
                (
                    of_request(&[(attribute::HTTP_RESPONSE_STATUS_CODE, "int 400"), (attribute::ERROR_TYPE, "400")]),
                    true,
                ),
                (
                    of_request(&[
                        (attribute::HTTP_RESPONSE_STATUS_CODE, "int 200"),
                        (attribute::HTTP_REQUEST_RESEND_COUNT, "int 1"),
                    ]),
                    false,
                ),
            ],
        ),
        (
            of_call(&[(attribute::ERROR_TYPE, error), (attribute::RPC_RESPONSE_STATUS_CODE, error)]),
            true,
            vec![(of_request(&[(attribute::HTTP_RESPONSE_STATUS_CODE, "int 200")]), false)],
        ),
    ];
    for (call, (expected, is_error, requests)) in calls.into_iter().zip(expected) {
        let (mut attributes, status) = facts(call);
        let port = attributes.remove(attribute::SERVER_PORT).unwrap();
        assert!(attributes.remove("alibaba_cloud.request_id").is_some_and(|id| !id.is_empty()), "{attributes:?}");
        assert_eq!((call.name.as_str(), attributes, status), ("Iot/ResetThing", expected, is_error));
        assert_eq!(call.events.len(), requests.len(), "an event for each attempt");
        let mut sent: Vec<&Span> = spans.iter().filter(|span| span.parent_span_id == call.span_id).collect();
        sent.sort_by_key(|span| span.start_time_unix_nano);
        assert_eq!(sent.len(), requests.len());
        for (span, (expected, is_error)) in sent.into_iter().zip(requests) {
            let (mut attributes, status) = facts(span);
            assert_eq!(attributes.remove(attribute::SERVER_PORT).as_ref(), Some(&port));
            assert_eq!((span.name.as_str(), attributes, status), ("POST", expected, is_error));
            assert_eq!(span.trace_id, call.trace_id);
            let (begin, end) = (call.start_time_unix_nano, call.end_time_unix_nano);
            assert!(begin <= span.start_time_unix_nano && span.end_time_unix_nano <= end);
        }
    }

    let ok = r#"{"rpc.method": "Iot/ResetThing"}"#;
    let failed = format!(r#"{{"error.type": "{error}", "rpc.method": "Iot/ResetThing"}}"#);
    let throttled = r#"{"error.type": "Throttling.User", "rpc.method": "Iot/ResetThing"}"#.to_owned();
    let mut expected = BTreeMap::new();
    for name in ["alicloud.attempts", "alicloud.attempt.duration"] {
        expected.extend([&failed, &throttled, &ok.to_owned()].map(|attributes| (format!("{name} {attributes}"), 1)));
    }
    expected.extend([
        (format!("alicloud.throttled {throttled}"), 1),
        (format!("alicloud.calls {ok}"), 1),
        (format!("alicloud.calls {failed}"), 1),
    ]);
    assert_eq!(metrics, expected);
}
