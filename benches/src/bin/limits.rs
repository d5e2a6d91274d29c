//! Whether a bulk job keeps to a documented limit, against an emulator that holds it to it.

#![allow(
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a benchmark that cannot go on says so and stops; it reads the clock because that is its work"
)]

use std::time::Instant;

use alicloud::iot::{Client, DeleteOTAFirmwareRequest};
use alicloud::{Config, Credentials, Retries};
use alicloud_benches::command_line::Arguments;
use alicloud_emulator::{ACCESS_KEY_ID, ACCESS_KEY_SECRET, Emulator};
use tokio::task::JoinSet;

const USAGE: &str = "\
limits [--calls 1000] [--clients 4]

Makes so many DeleteOTAFirmware calls at once, from clones of one client and from clients of one configuration, without
retries. The emulator refuses what is above the 10 queries per second that the operation documents.";

const SPECS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../specs");

fn main() {
    let arguments = Arguments::read(USAGE, &[], &["--calls", "--clients"]);
    let (calls, clients): (usize, usize) = (arguments.value("--calls", 1000), arguments.value("--clients", 4));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let is_kept = runtime.expect("an event loop").block_on(run(calls, clients.max(1)));
    std::process::exit(i32::from(!is_kept));
}

async fn run(calls: usize, clients: usize) -> bool {
    let emulator = Emulator::builder().specs(SPECS).flow_control().start().await.expect("an emulator");
    let config = Config::new(Credentials::new(ACCESS_KEY_ID, ACCESS_KEY_SECRET)).endpoint(emulator.url());
    let config = config.no_proxy().retries(Retries::none());
    let clients: Vec<Client> = (0..clients).map(|_| Client::new(&config).expect("a client")).collect();
    let began = Instant::now();
    let mut running = JoinSet::new();
    for number in 0..calls {
        let client = clients.iter().cycle().nth(number % (2 * clients.len())).expect("a client").clone();
        running.spawn(async move {
            let request = DeleteOTAFirmwareRequest::new(format!("firmware-{number}"));
            client.delete_ota_firmware(&request).await.map_err(|error| error.to_string())
        });
    }
    let mut failures = Vec::new();
    while let Some(ended) = running.join_next().await {
        failures.extend(ended.expect("a call that ends").err());
    }
    let seconds = began.elapsed().as_secs_f64();
    let rate = calls as f64 / seconds;
    println!("{calls} calls in {seconds:.1} s: {rate:.2} a second of the documented 10; {} failures", failures.len());
    if let Some(failure) = failures.first() {
        println!("the first: {failure}");
    }
    failures.is_empty()
}
