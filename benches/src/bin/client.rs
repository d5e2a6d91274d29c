//! The cost of a call in the client, compared with raw `reqwest`, against a server on the same machine.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a benchmark stops with a message if it fails, and it needs the clock"
)]

use std::convert::Infallible;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

use alicloud_benches::command_line::{Arguments, child};
use alicloud_benches::generated::bench::Client;
use alicloud_benches::measuring::instructions;
use alicloud_benches::signed_request::{by_hand_now, check_by_hand, config, typed};
use alicloud_benches::table::{self, median};
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use nix::time::{ClockId, clock_gettime};
use reqwest::header::{CONTENT_LENGTH, HeaderValue};
use reqwest::redirect;
use rustls::{ClientConfig, RootCertStore, crypto};
use serde::Deserialize;
use tokio::net::TcpListener;
use tokio::task::{JoinSet, LocalSet};

const USAGE: &str = "\
client [--rounds 25] [--seconds 0.4] [--instructions]

Calls a server in a separate process, for this time in each round. --instructions also counts instructions, and needs
valgrind. If taskset is available, server and client each run on one processor.";

/// A response of 120 bytes.
const RESPONSE: &str = r#"{"RequestId":"473469C7-AA6F-4DC5-B3DB-A3DC0DE3C83E","ResourceId":"res-bp67acfmxazb4ph3k2v7q9x5t81","Status":"Available"}"#;
const CASES: [&str; 3] = ["raw reqwest", "reqwest, signed and decoded by hand", "generated client"];
/// The runtime also sends it without a body.
const NO_BODY: HeaderValue = HeaderValue::from_static("0");
const CONCURRENCIES: [usize; 2] = [1, 64];

fn main() {
    if let Some([role, rest @ ..]) = child::<5>() {
        let number = |index: usize| rest[index].parse::<usize>().expect("a number");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        match role.as_str() {
            "serve" => runtime.block_on(serve()),
            _ => {
                let calls = Calls { endpoint: rest[0].clone(), case: number(1), concurrency: number(2) };
                LocalSet::new().block_on(&runtime, calls.make(number(3)));
            }
        }
        return;
    }
    let arguments = Arguments::read(USAGE, &["--instructions"], &["--rounds", "--seconds"]);
    let rounds: usize = arguments.value("--rounds", 25);
    let seconds: f64 = arguments.value("--seconds", 0.4);
    check_by_hand();
    let server = Server::start();
    println!(
        "a POST with a query of {} bytes, and a response of {} bytes of JSON\n",
        by_hand_now().len(),
        RESPONSE.len()
    );
    let counts: Option<Vec<f64>> = arguments.has("--instructions").then(|| {
        (0..CASES.len())
            .map(|case| {
                eprintln!("counting the instructions of {}", CASES[case]);
                instructions(&["child", "call", &server.endpoint, &case.to_string(), "1"], 200, 1200)
            })
            .collect()
    });
    for concurrency in CONCURRENCIES {
        let mut rates = vec![Vec::new(); CASES.len()];
        let mut processor = vec![Vec::new(); CASES.len()];
        for round in 1..=rounds {
            eprintln!("{concurrency} at once: round {round} of {rounds}");
            for turn in 0..CASES.len() {
                // In turn, so that no case always runs first.
                let case = (round + turn) % CASES.len();
                let calls = Calls { endpoint: server.endpoint.clone(), case, concurrency };
                let (wall, used, requests) = calls.measured(seconds);
                rates[case].push(requests / wall);
                processor[case].push(used / requests * 1e6);
            }
        }
        println!("{concurrency} at once");
        let mut heads = vec!["", "requests/s", "client CPU us", "x raw", "x by hand"];
        if counts.is_some() {
            heads.extend(["instructions", "x"]);
        }
        // The speed of the machine changes between rounds, but hardly within a round.
        let against = |case: usize, base: usize| {
            let ratios = processor[case].iter().zip(&processor[base]).map(|(one, base)| one / base).collect();
            format!("{:.2}", median(ratios))
        };
        let rows: Vec<Vec<String>> = (0..CASES.len())
            .map(|case| {
                let mut row = vec![
                    CASES[case].to_owned(),
                    format!("{:.0}", median(rates[case].clone())),
                    format!("{:.1}", median(processor[case].clone())),
                    against(case, 0),
                    against(case, 1),
                ];
                if let Some(counts) = &counts {
                    row.extend([format!("{:.0}", counts[case]), format!("{:.2}", counts[case] / counts[0])]);
                }
                row
            })
            .collect();
        table::print(&heads, &rows);
        println!();
    }
}

/// A server in a separate process.
struct Server {
    process: Child,
    endpoint: String,
}

impl Server {
    fn start() -> Self {
        let mut process =
            pinned(1).args(["child", "serve", "", "", "", ""]).stdout(Stdio::piped()).spawn().expect("a server");
        let mut endpoint = String::new();
        let stdout = process.stdout.take().expect("the server's output");
        BufReader::new(stdout).read_line(&mut endpoint).expect("the server's address");
        Self { process, endpoint: endpoint.trim().to_owned() }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The process may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Returns a command for this program on one processor, if `taskset` and that processor are available.
fn pinned(processor: usize) -> Command {
    let program = std::env::current_exe().expect("this program's path");
    let processor = processor.to_string();
    let works = Command::new("taskset").args(["-c", &processor, "true"]).stderr(Stdio::null()).status();
    if works.is_ok_and(|status| status.success()) {
        let mut command = Command::new("taskset");
        command.args(["-c", &processor]).arg(program);
        command
    } else {
        Command::new(program)
    }
}

async fn serve() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    println!("http://{}", listener.local_addr().expect("the address"));
    loop {
        let (stream, _) = listener.accept().await.expect("a connection");
        stream.set_nodelay(true).expect("a socket without delay");
        tokio::spawn(async {
            let response = service_fn(|_: hyper::Request<Incoming>| async {
                Ok::<_, Infallible>(
                    hyper::Response::builder()
                        .header("content-type", "application/json")
                        .body(Full::new(Bytes::from_static(RESPONSE.as_bytes())))
                        .expect("a response"),
                )
            });
            // A closed client is not an error.
            let _ = hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), response).await;
        });
    }
}

/// The work of a client process.
struct Calls {
    endpoint: String,
    case: usize,
    concurrency: usize,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Created {
    request_id: String,
    resource_id: String,
    status: String,
}

enum Caller {
    Raw { http: reqwest::Client, url: String },
    ByHand { http: reqwest::Client, base: String },
    Generated(Client),
}

impl Caller {
    async fn call(&self) {
        match self {
            Self::Raw { http, url } => {
                let response = http
                    .post(url)
                    .header(CONTENT_LENGTH, NO_BODY)
                    .send()
                    .await
                    .expect("a response")
                    .bytes()
                    .await
                    .expect("a body");
                assert_eq!(response.len(), RESPONSE.len());
            }
            Self::ByHand { http, base } => {
                let url = format!("{base}/?{}", by_hand_now());
                let response = http
                    .post(url)
                    .header(CONTENT_LENGTH, NO_BODY)
                    .send()
                    .await
                    .expect("a response")
                    .bytes()
                    .await
                    .expect("a body");
                let created: Created = serde_json::from_slice(&response).expect("readable JSON");
                assert!(!created.request_id.is_empty() && !created.resource_id.is_empty());
                assert_eq!(created.status, "Available");
            }
            Self::Generated(client) => {
                let created = client.create_resource(&typed()).await.expect("a response");
                assert!(!created.request_id.is_empty() && !created.resource_id.is_empty());
                assert_eq!(created.status, "Available");
            }
        }
    }
}

impl Calls {
    fn caller(&self) -> Caller {
        // Configured like the client of the runtime, except for the defaults of handwritten code. Nothing is encrypted.
        let tls = ClientConfig::builder_with_provider(Arc::new(crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("known protocol versions")
            .with_root_certificates(RootCertStore::empty())
            .with_no_client_auth();
        let http = || {
            reqwest::Client::builder()
                .tls_backend_preconfigured(tls.clone())
                .connect_timeout(Duration::from_secs(5))
                .read_timeout(Duration::from_secs(10))
                .redirect(redirect::Policy::none())
                .user_agent("AlibabaCloud (Rust) alicloud/0.1.0")
                .build()
                .expect("a client")
        };
        match self.case {
            0 => Caller::Raw { http: http(), url: format!("{}/?{}", self.endpoint, by_hand_now()) },
            1 => Caller::ByHand { http: http(), base: self.endpoint.clone() },
            _ => Caller::Generated(Client::new(&config(&self.endpoint)).expect("a client")),
        }
    }

    /// Returns the seconds, the CPU seconds, and the number of requests.
    fn measured(&self, seconds: f64) -> (f64, f64, f64) {
        let run = |requests: usize| {
            let output = pinned(0)
                .args(["child", "call", &self.endpoint])
                .args([self.case, self.concurrency, requests].map(|number| number.to_string()))
                .output()
                .expect("a client process");
            assert!(output.status.success(), "a client failed:\n{}", String::from_utf8_lossy(&output.stderr));
            let text = String::from_utf8_lossy(&output.stdout).into_owned();
            let numbers: Vec<f64> = text.split_whitespace().map(|number| number.parse().expect("a number")).collect();
            (numbers[0], numbers[1])
        };
        let (wall, _) = run(2000);
        let requests = (seconds * 2000.0 / wall).ceil() as usize;
        let (wall, processor) = run(requests);
        (wall, processor, requests as f64)
    }

    /// Sends calls, and prints their seconds and CPU seconds.
    async fn make(&self, requests: usize) {
        let caller = Rc::new(self.caller());
        // Connections are opened before the measurement.
        work(&caller, self.concurrency, self.concurrency).await;
        let processor = || Duration::from(clock_gettime(ClockId::CLOCK_PROCESS_CPUTIME_ID).expect("the clock"));
        let (start, processor_start) = (Instant::now(), processor());
        work(&caller, self.concurrency, requests).await;
        let used = processor() - processor_start;
        println!("{} {}", start.elapsed().as_secs_f64(), used.as_secs_f64());
    }
}

async fn work(caller: &Rc<Caller>, concurrency: usize, requests: usize) {
    let mut workers = JoinSet::new();
    for worker in 0..concurrency {
        let caller = Rc::clone(caller);
        let share = requests / concurrency + usize::from(worker < requests % concurrency);
        workers.spawn_local(async move {
            for _ in 0..share {
                caller.call().await;
            }
        });
    }
    while let Some(ended) = workers.join_next().await {
        ended.expect("a worker that reached its end");
    }
}
