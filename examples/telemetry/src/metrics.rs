//! Metrics of calls, by an interceptor.

use alicloud::{AttemptReport, Interceptor};
use opentelemetry::KeyValue;
use opentelemetry::metrics::{Counter, Histogram, Meter};

/// Counts calls, attempts and throttled attempts, and measures the latency of attempts.
#[derive(Debug)]
pub(crate) struct CallMetrics {
    calls: Counter<u64>,
    attempts: Counter<u64>,
    throttled: Counter<u64>,
    latency: Histogram<f64>,
}

impl CallMetrics {
    pub(crate) fn new(meter: &Meter) -> Self {
        Self {
            calls: meter.u64_counter("alicloud.calls").with_description("Calls that have ended.").build(),
            attempts: meter.u64_counter("alicloud.attempts").with_description("Attempts of calls.").build(),
            throttled: meter.u64_counter("alicloud.throttled").with_description("Throttled attempts.").build(),
            latency: meter
                .f64_histogram("alicloud.attempt.duration")
                .with_description("The time from the start of an attempt to the end of its response.")
                .with_unit("s")
                .build(),
        }
    }
}

impl Interceptor for CallMetrics {
    fn after_attempt(&self, attempt: &AttemptReport<'_>) {
        let method = format!("{}/{}", attempt.product(), attempt.operation());
        let mut attributes = vec![KeyValue::new("rpc.method", method)];
        attributes
            .extend(attempt.failure().map(|failure| KeyValue::new("error.type", failure.error_type().to_owned())));
        self.attempts.add(1, &attributes);
        self.latency.record(attempt.latency().as_secs_f64(), &attributes);
        if attempt.failure().is_some_and(|failure| failure.is_throttling()) {
            self.throttled.add(1, &attributes);
        }
        // The last attempt is the outcome of the call.
        if attempt.retried_after().is_none() {
            self.calls.add(1, &attributes);
        }
    }
}
