//! Spans and events for `tracing`: a span for each call, with an event for each attempt.

use std::time::Duration;

use tracing::instrument::Instrumented;
use tracing::{Instrument as _, Level, Span};

use crate::call::interceptor::AttemptReport;
use crate::operation::description::Operation;

/// The span of one call.
#[derive(Clone)]
pub(crate) struct CallSpan(Span);

impl CallSpan {
    pub(crate) fn of(operation: &Operation<'_>, region: Option<&str>) -> Self {
        let (product, name) = (operation.service.product, operation.name);
        Self(tracing::info_span!(target: "alicloud", "call", product, operation = name, region))
    }

    /// Whether a subscriber records attempts.
    pub(crate) fn is_enabled(&self) -> bool {
        tracing::enabled!(target: "alicloud", Level::DEBUG)
    }

    /// Runs the work in the span.
    pub(crate) fn around<F>(&self, work: F) -> Instrumented<F> {
        work.instrument(self.0.clone())
    }

    /// Records an attempt.
    pub(crate) fn attempt(&self, report: &AttemptReport<'_>) {
        let code = report.failure().and_then(|failure| failure.code());
        tracing::debug!(
            target: "alicloud",
            parent: &self.0,
            attempt = report.number(),
            host = report.host(),
            status = report.status(),
            code,
            request_id = report.request_id(),
            latency_ms = milliseconds(report.latency()),
            retried_after_ms = report.retried_after().map(milliseconds),
            failed = report.failure().is_some(),
            "attempt",
        );
    }
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
