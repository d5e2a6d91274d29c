//! Checks that expiring credentials are fetched once each, and that no call fails because of them, with local servers
//! for STS, an OIDC role and the metadata of an ECS instance.

#![allow(
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a benchmark stops with a message if it fails, and it needs the clock"
)]

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use alicloud::ecs::{Client, DeleteActivationRequest};
use alicloud::{
    CliProfile, Config, DefaultCredentials, EcsRamRole, ProvideCredentials, RefreshingProvider, RetryPolicy,
};
use alicloud_benches::command_line::Arguments;
use alicloud_benches::table;
use alicloud_emulator::{ACCESS_KEY_ID, ACCESS_KEY_SECRET, Account, Emulator, ScriptedResponse};
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::task::JoinSet;

const USAGE: &str = "\
expiry [--callers 64] [--lives 4] [--seconds 3]

Callers send calls without pause while their credentials expire several times, after this number of seconds each. The
service is an emulator that rejects expired security tokens.";

const SPECS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../specs");
const STS_SPECS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../runtime/specs");
const WAYS: [&str; 3] = ["RAM role, by a CLI profile in the chain", "OIDC role, by a CLI profile", "ECS RAM role"];

fn main() {
    let arguments = Arguments::read(USAGE, &[], &["--callers", "--lives", "--seconds"]);
    let callers = arguments.value("--callers", 64);
    let lives: usize = arguments.value("--lives", 4);
    let life = Duration::from_secs_f64(arguments.value("--seconds", 3.0));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.expect("a runtime");
    let mut rows = Vec::new();
    let mut is_good = true;
    for (way, name) in WAYS.into_iter().enumerate() {
        eprintln!("{name}: {lives} lives of {} s", life.as_secs_f64());
        let counts = runtime.block_on(run(way, callers, lives, life));
        is_good &= counts.failed.is_none() && counts.fetches == counts.lives;
        if let Some(failure) = &counts.failed {
            println!("{name}: {failure}");
        }
        let failed = if counts.failed.is_some() { "some" } else { "0" };
        rows.push(vec![
            name.to_owned(),
            counts.lives.to_string(),
            counts.fetches.to_string(),
            counts.calls.to_string(),
            failed.to_owned(),
        ]);
    }
    table::print(&["", "credentials", "fetches", "calls", "failed"], &rows);
    std::process::exit(i32::from(!is_good));
}

struct Counts {
    /// The number of credentials in use.
    lives: usize,
    fetches: usize,
    calls: usize,
    failed: Option<String>,
}

/// Credentials with one lifetime.
#[derive(Clone)]
struct Life {
    id: String,
    end: SystemTime,
}

impl Life {
    fn json(&self) -> serde_json::Value {
        json!({
            "AccessKeyId": self.id,
            "AccessKeySecret": "secret",
            "SecurityToken": format!("token-of-{}", self.id),
            "Expiration": humantime::format_rfc3339_nanos(self.end).to_string(),
        })
    }
}

async fn run(way: usize, callers: usize, lives: usize, life: Duration) -> Counts {
    // A lifetime begins after four fifths of the previous one, when the credentials are refreshed.
    let now = SystemTime::now();
    let all: Vec<Life> = (0_u32..)
        .take(lives + 1)
        .map(|number| Life { id: format!("STS.{way}.{number}"), end: now + life.mul_f64(0.8) * number + life })
        .collect();
    let account =
        |life: &Life| Account::new(&life.id, "secret").token(format!("token-of-{}", life.id)).expires(life.end);
    let service =
        Emulator::builder().specs(SPECS).accounts(all.iter().map(account)).start().await.expect("an emulator");
    let fetches = Arc::new(AtomicUsize::new(0));
    let sts = sts(&all, &fetches).await;
    let folder = tempfile::tempdir().expect("a folder");
    let provider: Arc<dyn ProvideCredentials> = match way {
        0 => {
            let profile = json!({
                "name": "default", "mode": "RamRoleArn", "access_key_id": ACCESS_KEY_ID,
                "access_key_secret": ACCESS_KEY_SECRET, "ram_role_arn": "acs:ram::1:role/r", "ram_session_name": "s",
                "sts_endpoint": sts.url(),
            });
            write(&folder.path().join(".aliyun/config.json"), &json!({ "profiles": [profile] }).to_string());
            Arc::new(DefaultCredentials::from_variables([("HOME", folder.path().to_string_lossy())]))
        }
        1 => {
            let token = folder.path().join("token");
            write(&token, "the pod's own token");
            let profile = json!({
                "name": "default", "mode": "OIDC", "ram_role_arn": "acs:ram::1:role/r", "ram_session_name": "s",
                "oidc_provider_arn": "acs:ram::1:oidc-provider/p", "oidc_token_file": token, "sts_endpoint": sts.url(),
            });
            let path = folder.path().join("config.json");
            write(&path, &json!({ "profiles": [profile] }).to_string());
            Arc::new(CliProfile::new(path))
        }
        _ => Arc::new(RefreshingProvider::new(
            EcsRamRole::new().server(metadata_server(all.clone(), Arc::clone(&fetches)).await),
        )),
    };
    let config = Config::new(provider).endpoint(service.url()).no_proxy().retry_policy(RetryPolicy::none());
    let client = Client::new(&config).expect("a client");
    // The last credentials are still valid when the calls end.
    let end = now + life.mul_f64(0.8 * lives as f64 - 0.4);
    let mut running = JoinSet::new();
    for _ in 0..callers {
        let client = client.clone();
        running.spawn(async move {
            let request = DeleteActivationRequest::new("cn-hangzhou", "4ECEEE12-56F1-4FBC-9AB1-890F1234****");
            let (mut calls, mut failed) = (0, None);
            while SystemTime::now() < end {
                calls += 1;
                if let Err(error) = client.delete_activation(&request).await {
                    failed = Some(error.to_string());
                }
            }
            (calls, failed)
        });
    }
    let mut counts = Counts { lives, fetches: 0, calls: 0, failed: None };
    while let Some(ended) = running.join_next().await {
        let (calls, failed) = ended.expect("a caller that ends");
        counts.calls += calls;
        counts.failed = counts.failed.or(failed);
    }
    counts.fetches = fetches.load(Ordering::SeqCst);
    counts
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}

/// Starts an STS server that returns the credentials in order, for both kinds of roles.
async fn sts(lives: &[Life], fetches: &Arc<AtomicUsize>) -> Emulator {
    let fetches = Arc::clone(fetches);
    let sts = Emulator::builder().specs(STS_SPECS).anonymous().on_call(move |_| {
        fetches.fetch_add(1, Ordering::SeqCst);
    });
    let sts = sts.account(ACCESS_KEY_ID, ACCESS_KEY_SECRET).start().await.expect("an emulator");
    for operation in ["AssumeRole", "AssumeRoleWithOIDC"] {
        for life in lives {
            let response = json!({
                "RequestId": "6894B13B-6D71-4EF5-88FA-F32781734A7F",
                "AssumedRoleUser": { "Arn": "acs:ram::1:role/r/s", "AssumedRoleId": "3:s" },
                "Credentials": life.json(),
            });
            sts.respond_next(operation, ScriptedResponse::json(200, response)).expect("a response");
        }
    }
    sts
}

/// Starts a metadata server of an ECS instance, version 2.
async fn metadata_server(lives: Vec<Life>, fetches: Arc<AtomicUsize>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = [0; 4096];
            let length = stream.read(&mut request).await.unwrap_or_default();
            let request = String::from_utf8_lossy(request.get(..length).unwrap_or_default()).into_owned();
            let role = "/latest/meta-data/ram/security-credentials/";
            let (status, body) = if request.starts_with("PUT /latest/api/token") {
                ("200 OK", "session".to_owned())
            } else if !request.to_ascii_lowercase().contains("x-aliyun-ecs-metadata-token: session") {
                ("403 Forbidden", String::new())
            } else if request.starts_with(&format!("GET {role} ")) {
                ("200 OK", "role".to_owned())
            } else {
                let number = fetches.fetch_add(1, Ordering::SeqCst);
                let key = lives.get(number).map(Life::json).unwrap_or_default();
                ("200 OK", key.to_string().replacen('{', r#"{"Code":"Success","#, 1))
            };
            let length = body.len();
            let response = format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}");
            let _ = stream.write_all(response.as_bytes()).await;
        }
    });
    url
}
