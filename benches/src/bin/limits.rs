//! Checks that a bulk job respects a documented rate limit, against an emulator that enforces it.

#![allow(
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a benchmark stops with a message if it fails, and it needs the clock"
)]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use alicloud::iot::{Client, DeleteOTAFirmwareRequest};
use alicloud::{Config, Credentials, RetryPolicy};
use alicloud_benches::command_line::Arguments;
use alicloud_emulator::{ACCESS_KEY_ID, ACCESS_KEY_SECRET, Emulator};
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike as _;
use tokio::task::JoinSet;

const USAGE: &str = "\
limits [--calls 1000] [--clients 4] [--seconds S]

Sends DeleteOTAFirmware calls concurrently, from clones of one client and from clients of one configuration, without
retries. The emulator rejects calls above the documented 10 queries per second. With --seconds, the calls that still wait
after that time are canceled.";

const SPECS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../specs");

fn main() {
    let arguments = Arguments::read(USAGE, &[], &["--calls", "--clients", "--seconds"]);
    let (calls, clients): (usize, usize) = (arguments.value("--calls", 1000), arguments.value("--clients", 4));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let limit = Duration::from_secs(arguments.value("--seconds", u64::MAX));
    let is_kept = runtime.expect("a runtime").block_on(run(calls, clients.max(1), limit));
    std::process::exit(i32::from(!is_kept));
}

async fn run(calls: usize, clients: usize, limit: Duration) -> bool {
    let emulator = Emulator::builder().specs(SPECS).flow_control().start().await.expect("an emulator");
    let config = Config::new(Credentials::new(ACCESS_KEY_ID, ACCESS_KEY_SECRET)).endpoint(emulator.url());
    let config = config.no_proxy().retry_policy(RetryPolicy::none());
    let clients: Vec<Client> = (0..clients).map(|_| Client::new(&config).expect("a client")).collect();
    let (began, cpu) = (Instant::now(), cpu_seconds());
    let mut running = JoinSet::new();
    let came = Arc::new(AtomicUsize::new(0));
    for number in 0..calls {
        let client = clients.iter().cycle().nth(number % (2 * clients.len())).expect("a client").clone();
        let came = Arc::clone(&came);
        running.spawn(async move {
            let request = DeleteOTAFirmwareRequest::new(came.fetch_add(1, Ordering::SeqCst).to_string());
            client.delete_ota_firmware(&request).await.map_err(|error| error.to_string())
        });
    }
    let mut failures = Vec::new();
    let all = async {
        while let Some(ended) = running.join_next().await {
            failures.extend(ended.expect("a call that ends").err());
        }
    };
    // All calls have ended.
    let _ = tokio::time::timeout(limit, all).await;
    let (seconds, cpu) = (began.elapsed().as_secs_f64(), cpu_seconds() - cpu);
    let order: Vec<i64> =
        emulator.calls().iter().filter_map(|call| call.parameters.get("FirmwareId")?.parse().ok()).collect();
    let rate = order.len() as f64 / seconds;
    println!(
        "{} of {calls} calls in {seconds:.1} s: {rate:.2} a second of the documented 10; {} failures; {cpu:.2} s of CPU",
        order.len(),
        failures.len()
    );
    let off = (0..).zip(&order).map(|(place, number): (i64, &i64)| (place - number).abs()).max().unwrap_or_default();
    println!("no call was sent more than {off} places from its place in the queue");
    if let Some(failure) = failures.first() {
        println!("the first: {failure}");
    }
    failures.is_empty()
}

/// Returns the CPU time of this process, including the emulator.
fn cpu_seconds() -> f64 {
    let used = getrusage(UsageWho::RUSAGE_SELF).expect("the usage of this process");
    (used.user_time().num_microseconds() + used.system_time().num_microseconds()) as f64 / 1e6
}
