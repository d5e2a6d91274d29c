//! The throughput of the emulator, compared with a server that returns the same response without checks.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a benchmark stops with a message if it fails, and it needs the clock"
)]

use std::convert::Infallible;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use alicloud::ecs::{Client, DeleteActivationRequest};
use alicloud::{Config, Credentials, RetryPolicy};
use alicloud_benches::command_line::{Arguments, child};
use alicloud_benches::table::{self, median};
use alicloud_emulator::{ACCESS_KEY_ID, ACCESS_KEY_SECRET, Emulator};
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinSet;

const USAGE: &str = "\
load [--seconds 60] [--connections 1,16,256]

Calls each server for this time over these numbers of connections, with a new signature for each call. Both servers are
separate processes on the same machine, and are called in turn, in twenty rounds. The rates are only comparable with each
other. The memory is that of the server, after the first round and at the end.";

const ROUNDS: u32 = 20;

const SERVERS: [&str; 2] = ["bare hyper", "emulator"];

fn event_loop() -> Runtime {
    Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime")
}

fn main() {
    if let Some([role, response]) = child::<2>() {
        event_loop().block_on(async {
            if role == "emulator" {
                let emulator = Emulator::builder().catalogue().start().await.expect("an emulator");
                println!("{}", emulator.url());
                std::future::pending::<()>().await;
            }
            serve(response).await;
        });
        return;
    }
    let arguments = Arguments::read(USAGE, &[], &["--seconds", "--connections"]);
    let time = Duration::from_secs_f64(arguments.value("--seconds", 60.0));
    let runtime = event_loop();
    let response = runtime.block_on(sample());
    let mut rows = Vec::new();
    let mut failed = 0;
    for connections in arguments.values("--connections", vec![1, 16, 256]) {
        let servers = SERVERS.map(|name| Server::start(name, &response));
        // Each client has its own connection, which it uses in all rounds.
        let clients =
            servers.each_ref().map(|server| (0..connections).map(|_| client(&server.url)).collect::<Vec<_>>());
        let mut runs = SERVERS.map(|_| Vec::new());
        for round in 1..=ROUNDS {
            eprintln!("{connections} connections: round {round} of {ROUNDS}");
            for ((server, clients), runs) in servers.iter().zip(&clients).zip(&mut runs) {
                runs.push(runtime.block_on(server.load(clients, time / ROUNDS)));
            }
        }
        let [bare, _] = &runs;
        for (name, runs) in SERVERS.iter().zip(&runs) {
            // The speed of the machine changes between rounds, but hardly within a round.
            let ratios = runs.iter().zip(bare).map(|(run, bare)| run.rate / bare.rate).collect();
            let failures: usize = runs.iter().map(|run| run.failures).sum();
            let memory = |run: Option<&Run>| format!("{:.1}", run.map_or(f64::NAN, |run| run.memory));
            failed += failures;
            rows.push(vec![
                format!("{name}, {connections}"),
                format!("{:.0}", median(runs.iter().map(|run| run.rate).collect())),
                format!("{:.2}", median(ratios)),
                failures.to_string(),
                memory(runs.first()),
                memory(runs.last()),
            ]);
        }
    }
    table::print(&["server, connections", "calls/s", "x", "failed", "MiB at first", "at last"], &rows);
    std::process::exit(i32::from(failed > 0));
}

fn request() -> DeleteActivationRequest {
    DeleteActivationRequest::new("cn-hangzhou", "4ECEEE12-56F1-4FBC-9AB1-890F1234****")
}

fn client(url: &str) -> Client {
    let config = Config::new(Credentials::new(ACCESS_KEY_ID, ACCESS_KEY_SECRET)).endpoint(url).no_proxy();
    Client::new(&config.retry_policy(RetryPolicy::none())).expect("a client")
}

/// Returns the response of the emulator.
async fn sample() -> String {
    let emulator = Emulator::builder().catalogue().start().await.expect("an emulator");
    let (_, response) =
        client(emulator.url()).delete_activation(&request()).with_http_response().await.expect("a response");
    String::from_utf8_lossy(response.body()).into_owned()
}

/// Returns the same response to every request.
async fn serve(response: String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    println!("http://{}", listener.local_addr().expect("the address"));
    let response = Bytes::from(response);
    loop {
        let (stream, _) = listener.accept().await.expect("a connection");
        stream.set_nodelay(true).expect("a socket without delay");
        let response = response.clone();
        tokio::spawn(async move {
            let response = service_fn(|_: hyper::Request<Incoming>| {
                let body = Full::new(response.clone());
                async { Ok::<_, Infallible>(hyper::Response::new(body)) }
            });
            // A closed client is not an error.
            let _ = hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), response).await;
        });
    }
}

/// A server in a separate process.
struct Server {
    process: Child,
    url: String,
}

struct Run {
    rate: f64,
    failures: usize,
    /// The memory at the end, in MiB.
    memory: f64,
}

impl Server {
    fn start(name: &str, response: &str) -> Self {
        let program = std::env::current_exe().expect("this program's path");
        let mut process = Command::new(program);
        let mut process =
            process.args(["child", name, response]).stdout(Stdio::piped()).spawn().expect("a server process");
        let mut url = String::new();
        BufReader::new(process.stdout.take().expect("its output")).read_line(&mut url).expect("its address");
        Self { process, url: url.trim().to_owned() }
    }

    async fn load(&self, clients: &[Client], time: Duration) -> Run {
        let began = Instant::now();
        let mut callers = JoinSet::new();
        for client in clients {
            let client = client.clone();
            callers.spawn(async move {
                let request = request();
                let (mut calls, mut failures) = (0_usize, 0_usize);
                while began.elapsed() < time {
                    calls += 1;
                    failures += usize::from(client.delete_activation(&request).await.is_err());
                }
                (calls, failures)
            });
        }
        let (mut calls, mut failures) = (0, 0);
        while let Some(ended) = callers.join_next().await {
            let (made, failed) = ended.expect("a caller that ends");
            calls += made;
            failures += failed;
        }
        let rate = calls as f64 / began.elapsed().as_secs_f64();
        Run { rate, failures, memory: self.memory() }
    }

    /// Returns the memory in MiB.
    fn memory(&self) -> f64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
        kib.map_or(f64::NAN, |kib| kib / 1024.0)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The process may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
