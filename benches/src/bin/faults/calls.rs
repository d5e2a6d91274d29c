//! The client: sends the calls, and returns their results.

use std::io::{IsTerminal as _, Write as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use alicloud_runtime::{Call, Config, Credentials, Error, Failure, RetryPolicy, TransportPhase};
use tokio::task::JoinSet;

use crate::actions::{GIVEN_UP, INTERRUPTED, NO_CONNECTION, SUCCESS, TIMEOUT};
use crate::server::LIMIT;
use faults::{Client, CreateThingRequest, DescribeThingRequest, PutThingRequest, ServiceError, SetThingRequest};

alicloud_macros::generate! {
    "faults/2020-01-01/service.yaml" => r#"
product: Faults
version: 2020-01-01
style: RPC
summary: Is called by the fault test.
endpoints: { host: faults.aliyuncs.com }
errors:
  - { status: 404, code: Thing.NotFound, message: There is no such thing. }
"#,
    "faults/2020-01-01/DescribeThing.yaml" => r#"
operation: DescribeThing
summary: Reads.
methods: [POST]
effect: read
parameters:
  - { name: CallId, type: Long, required: true }
  - { name: Content, type: String, in: form, required: true }
response:
  - { name: RequestId, type: String }
  - { name: CallId, type: Long }
"#,
    "faults/2020-01-01/PutThing.yaml" => r#"
operation: PutThing
summary: Writes.
methods: [POST]
effect: write
parameters:
  - { name: CallId, type: Long, required: true }
  - { name: Content, type: String, in: form, required: true }
response:
  - { name: RequestId, type: String }
  - { name: CallId, type: Long }
"#,
    "faults/2020-01-01/SetThing.yaml" => r#"
operation: SetThing
summary: Writes, and twice is as good as once.
methods: [POST]
effect: write
idempotent: true
parameters:
  - { name: CallId, type: Long, required: true }
  - { name: Content, type: String, in: form, required: true }
response:
  - { name: RequestId, type: String }
  - { name: CallId, type: Long }
"#,
    "faults/2020-01-01/CreateThing.yaml" => r#"
operation: CreateThing
summary: Writes, with a token by which the service knows a repeated call.
methods: [POST]
effect: write
parameters:
  - { name: CallId, type: Long, required: true }
  - { name: Content, type: String, in: form, required: true }
  - { name: ClientToken, type: String }
response:
  - { name: RequestId, type: String }
  - { name: CallId, type: Long }
"#,
}

/// The kind of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Read,
    Write,
    IdempotentWrite,
    WriteWithToken,
}

impl Kind {
    pub(crate) const ALL: [(Self, &'static str); 4] = [
        (Self::Read, "read"),
        (Self::Write, "write"),
        (Self::IdempotentWrite, "idempotent write"),
        (Self::WriteWithToken, "write with token"),
    ];

    /// Of ten calls, four are reads, three are writes, and three are idempotent writes.
    pub(crate) fn of(call: u64) -> Self {
        match call % 10 {
            0 | 3 | 6 | 8 => Self::Read,
            1 | 4 | 7 => Self::Write,
            2 | 9 => Self::IdempotentWrite,
            _ => Self::WriteWithToken,
        }
    }
}

/// The result of a call.
pub(crate) struct Ended {
    pub(crate) call: u64,
    pub(crate) outcome: String,
    /// The number of attempts that a failure reports.
    pub(crate) attempts: Option<u32>,
    /// Whether the call failed for no known reason, or returned the response of another call.
    pub(crate) is_wrong: bool,
}

/// The read timeout. Timely actions of the server take a fraction of it.
const READ_TIMEOUT: Duration = Duration::from_millis(500);
/// The short timeout of some calls, and the time after which some callers cancel.
const SHORT: Duration = Duration::from_millis(20);

pub(crate) fn client(endpoint: &str) -> Client {
    let config = Config::new(Credentials::new("id", "secret"))
        .endpoint(endpoint)
        .read_timeout(READ_TIMEOUT)
        .max_response_bytes(LIMIT)
        .retry_policy(RetryPolicy::new().max_delay(Duration::from_millis(20)));
    Client::new(&config).expect("a client")
}

/// Sends this number of calls, with this concurrency.
pub(crate) async fn make(client: &Client, calls: u64, at_once: usize) -> Vec<Ended> {
    let next = Arc::new(AtomicU64::new(0));
    let is_watched = std::io::stderr().is_terminal();
    let mut workers = JoinSet::new();
    for _ in 0..at_once {
        let (client, next) = (client.clone(), Arc::clone(&next));
        workers.spawn(async move {
            let mut ended = Vec::new();
            loop {
                let call = next.fetch_add(1, Ordering::Relaxed);
                if call >= calls {
                    return ended;
                }
                if is_watched && call.is_multiple_of(500) {
                    eprint!("\r{call} of {calls} calls");
                    // A failure to show progress is ignored.
                    let _ = std::io::stderr().flush();
                }
                ended.push(one(&client, call).await);
            }
        });
    }
    let mut all = Vec::new();
    while let Some(ended) = workers.join_next().await {
        all.extend(ended.expect("a worker that reached its end"));
    }
    if is_watched {
        eprintln!("\r{calls} of {calls} calls");
    }
    all
}

async fn one(client: &Client, call: u64) -> Ended {
    let id = i64::try_from(call).expect("a number of 63 bits");
    let content = "content ".repeat(64);
    macro_rules! call {
        ($method:ident, $request:ident) => {{
            let request = $request::new(id, content);
            let called = with_timeout(client.$method(&request), call);
            let Some(outcome) = canceled(called, call).await else { return ended(call, GIVEN_UP) };
            match outcome {
                Ok(response) => Ended { is_wrong: response.call_id != id, ..ended(call, SUCCESS) },
                Err(error) => failed(call, &error),
            }
        }};
    }
    match Kind::of(call) {
        Kind::Read => call!(describe_thing, DescribeThingRequest),
        Kind::Write => call!(put_thing, PutThingRequest),
        Kind::IdempotentWrite => call!(set_thing, SetThingRequest),
        Kind::WriteWithToken => call!(create_thing, CreateThingRequest),
    }
}

/// Some calls have a short timeout.
fn with_timeout<R>(made: Call<'_, R>, call: u64) -> Call<'_, R> {
    if call.is_multiple_of(41) { made.timeout(SHORT) } else { made }
}

/// Some callers cancel the call.
async fn canceled<T>(called: impl IntoFuture<Output = T>, call: u64) -> Option<T> {
    if call % 43 == 1 { tokio::time::timeout(SHORT, called).await.ok() } else { Some(called.await) }
}

fn ended(call: u64, outcome: impl Into<String>) -> Ended {
    Ended { call, outcome: outcome.into(), attempts: None, is_wrong: false }
}

fn failed(call: u64, error: &Error<ServiceError>) -> Ended {
    let is_typed = matches!(error.service_error(), Some(ServiceError::ThingNotFound));
    let mut is_wrong = false;
    let outcome = match error.failure() {
        Failure::Service(error) if is_typed => format!("{}, typed", error.code),
        Failure::Service(error) => format!("{}, HTTP {}", error.code, error.status),
        Failure::Unreadable(response) => format!("unreadable, HTTP {}", response.status),
        Failure::Transport(failure) => match failure.phase {
            TransportPhase::Connect => NO_CONNECTION,
            TransportPhase::Timeout => TIMEOUT,
            TransportPhase::Interrupted => INTERRUPTED,
            _ => "another phase",
        }
        .to_owned(),
        other => {
            is_wrong = true;
            format!("{other:?}")
        }
    };
    Ended { attempts: Some(error.attempts()), is_wrong, ..ended(call, outcome) }
}
