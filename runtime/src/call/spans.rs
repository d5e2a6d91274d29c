//! Spans and events for `tracing`, by the semantic conventions of OpenTelemetry, version 1.45.
//!
//! Each call is an RPC client span with an event for each attempt. Each HTTP request is an HTTP client span in it.
//! Fields that begin with `otel.` set the name, kind and status of a span in OpenTelemetry. Integers are `i64`, because
//! `tracing-opentelemetry` exports other ones as texts.

use std::time::Duration;

use tracing::field::Empty;
use tracing::instrument::Instrumented;
use tracing::{Instrument as _, Span, Value};

use crate::call::interceptor::AttemptReport;
use crate::endpoint::Endpoint;
use crate::error::failure::Failure;
use crate::http_message::{HttpRequest, HttpResponse};
use crate::operation::description::Operation;

/// The value of `otel.status_code` for failures.
const ERROR: &str = "ERROR";

/// The span of one call.
#[derive(Clone)]
pub(crate) struct CallSpan(Span);

impl CallSpan {
    pub(crate) fn of(operation: &Operation<'_>, region: Option<&str>, endpoint: Option<&Endpoint>) -> Self {
        let (product, name) = (operation.service.product, operation.name);
        Self(tracing::info_span!(
            target: "alicloud",
            "call",
            otel.name = format_args!("{product}/{name}"),
            otel.kind = "client",
            otel.status_code = Empty,
            rpc.system.name = "alibaba_cloud",
            rpc.service = product,
            rpc.method = format_args!("{product}/{name}"),
            rpc.response.status_code = Empty,
            cloud.region = region,
            server.address = endpoint.map(Endpoint::name),
            server.port = endpoint.and_then(Endpoint::port).map(i64::from),
            http.request.resend_count = Empty,
            http.response.status_code = Empty,
            "error.type" = Empty,
            alibaba_cloud.request_id = Empty,
        ))
    }

    /// Whether a subscriber records this call.
    pub(crate) fn is_enabled(&self) -> bool {
        !self.0.is_disabled()
    }

    /// Runs the work in the span.
    pub(crate) fn around<F>(&self, work: F) -> Instrumented<F> {
        work.instrument(self.0.clone())
    }

    /// Records an attempt. The last one is the outcome of the call.
    pub(crate) fn attempt(&self, report: &AttemptReport<'_>) {
        let error = report.failure().map(Failure::error_type);
        tracing::debug!(
            target: "alicloud",
            parent: &self.0,
            attempt = i64::from(report.number()),
            server.address = report.host(),
            http.response.status_code = report.status().map(i64::from),
            "error.type" = error,
            alibaba_cloud.request_id = report.request_id(),
            latency_ms = milliseconds(report.latency()),
            retried_after_ms = report.retried_after().map(milliseconds),
            "attempt",
        );
        if report.retried_after().is_some() {
            return;
        }
        record(&self.0, "http.request.resend_count", resend_count(report.number()));
        record(&self.0, "http.response.status_code", report.status().map(i64::from));
        record(&self.0, "alibaba_cloud.request_id", report.request_id());
        record(&self.0, "rpc.response.status_code", report.failure().and_then(Failure::code));
        record(&self.0, "error.type", error);
        record(&self.0, "otel.status_code", error.map(|_| ERROR));
    }
}

/// The span of one HTTP request. It contains no URL, because the query contains parameters and, with signature V1, the
/// signature.
pub(crate) struct HttpSpan(Span);

impl HttpSpan {
    pub(crate) fn of(operation: &Operation<'_>, request: &HttpRequest, attempt: u32) -> Self {
        Self(tracing::debug_span!(
            target: "alicloud",
            "http_request",
            otel.name = request.method(),
            otel.kind = "client",
            otel.status_code = Empty,
            http.request.method = request.method(),
            http.request.resend_count = resend_count(attempt),
            http.response.status_code = Empty,
            url.template = operation.path,
            server.address = request.host(),
            server.port = request.url.port_or_known_default().map(i64::from),
            "error.type" = Empty,
        ))
    }

    /// Runs the work in the span.
    pub(crate) fn around<F>(&self, work: F) -> Instrumented<F> {
        work.instrument(self.0.clone())
    }

    /// Ends the span.
    pub(crate) fn end(self, result: &Result<HttpResponse, Failure>) {
        match result {
            Ok(response) => {
                self.0.record("http.response.status_code", i64::from(response.status()));
                if response.status() >= 400 {
                    self.0.record("error.type", tracing::field::display(response.status()));
                    self.0.record("otel.status_code", ERROR);
                }
            }
            Err(failure) => {
                self.0.record("error.type", failure.error_type());
                self.0.record("otel.status_code", ERROR);
            }
        }
    }
}

/// Records a value, if there is one. For `None`, the formatter of `tracing-subscriber` would write a space.
fn record(span: &Span, field: &str, value: Option<impl Value>) {
    if let Some(value) = value {
        span.record(field, value);
    }
}

/// The number of attempts before this one, if there are any.
fn resend_count(attempt: u32) -> Option<i64> {
    Some(i64::from(attempt) - 1).filter(|count| *count > 0)
}

fn milliseconds(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
}
