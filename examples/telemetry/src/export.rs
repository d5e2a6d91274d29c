//! The exporters for spans and metrics.

use std::error::Error;

use opentelemetry::metrics::{Meter, MeterProvider as _};
use opentelemetry::trace::TracerProvider as _;
use opentelemetry_otlp::{MetricExporter, SpanExporter};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::metrics::SdkMeterProvider;
use opentelemetry_sdk::trace::SdkTracerProvider;
use tracing_subscriber::Layer as _;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

/// The exporters. They export in threads of their own.
pub(crate) struct Telemetry {
    traces: SdkTracerProvider,
    metrics: SdkMeterProvider,
}

impl Telemetry {
    /// Starts the exporters, and makes one of them the subscriber of this program.
    pub(crate) fn start() -> Result<Self, Box<dyn Error>> {
        // The exporters and the SDK use the same HTTP library. The SDK chooses the cryptography of its connections
        // itself; the exporters use the default of the program.
        rustls::crypto::ring::default_provider().install_default().map_err(|_| "there is a default already")?;
        let resource = Resource::builder().with_service_name("alicloud-telemetry-example").build();
        let traces = SdkTracerProvider::builder()
            .with_resource(resource.clone())
            .with_batch_exporter(SpanExporter::builder().with_http().build()?)
            .build();
        let metrics = SdkMeterProvider::builder()
            .with_resource(resource)
            .with_periodic_exporter(MetricExporter::builder().with_http().build()?)
            .build();
        // Calls are spans at level INFO. Their HTTP requests and attempts are at level DEBUG.
        let calls = Targets::new().with_target("alicloud", LevelFilter::DEBUG);
        let spans = tracing_opentelemetry::layer().with_location(false).with_tracer(traces.tracer("alicloud"));
        tracing_subscriber::registry().with(spans.with_filter(calls)).try_init()?;
        Ok(Self { traces, metrics })
    }

    pub(crate) fn meter(&self) -> Meter {
        self.metrics.meter("alicloud")
    }

    /// Exports what is left, and stops.
    pub(crate) fn shut_down(self) -> Result<(), Box<dyn Error>> {
        self.traces.shutdown()?;
        self.metrics.shutdown()?;
        Ok(())
    }
}
