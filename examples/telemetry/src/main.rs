//! Exports the spans and metrics of calls to an OpenTelemetry collector, with OTLP over HTTP.
//!
//! ```text
//! cargo run -p alicloud-telemetry-example
//! ```
//!
//! It calls the embedded emulator, so it needs no account. The collector listens at `http://localhost:4318`, unless the
//! environment variable `OTEL_EXPORTER_OTLP_ENDPOINT` contains another URL.

mod export;
mod metrics;

use std::error::Error;

use alicloud::iot::{self, ResetThingRequest};
use alicloud::{Config, Credentials};
use alicloud_emulator::{ACCESS_KEY_ID, ACCESS_KEY_SECRET, Emulator};

use crate::export::Telemetry;
use crate::metrics::CallMetrics;

fn main() -> Result<(), Box<dyn Error>> {
    let telemetry = Telemetry::start()?;
    let result = tokio::runtime::Runtime::new()?.block_on(make_calls(CallMetrics::new(&telemetry.meter())));
    // Exports what is left, also if a call has failed.
    telemetry.shut_down()?;
    result
}

async fn make_calls(metrics: CallMetrics) -> Result<(), Box<dyn Error>> {
    let emulator = Emulator::start(concat!(env!("CARGO_MANIFEST_DIR"), "/../../specs")).await?;
    let config = Config::new(Credentials::new(ACCESS_KEY_ID, ACCESS_KEY_SECRET))
        .region("cn-shanghai")
        .endpoint(emulator.url())
        .interceptor(metrics);
    let iot = iot::Client::new(&config)?;
    let request = ResetThingRequest::new().iot_id("MpEKNuEUJzIORNANAWJX0010929900*****");

    // The service throttles the first attempt, and accepts the second.
    emulator.fail_next("ResetThing", "Throttling.User")?;
    println!("{:?}", iot.reset_thing(&request).await?);

    // The service reports this error with HTTP 200.
    emulator.fail_next("ResetThing", "iot.system.SystemException")?;
    match iot.reset_thing(&request).await {
        Ok(_) => Err("Iot returned no error".into()),
        Err(error) => {
            println!("{error}");
            Ok(())
        }
    }
}
