// The program that decodes sample responses with the generated types. `OPERATIONS` follows it.

use std::fmt;
use std::sync::{Arc, Mutex};

use alicloud_runtime::dynamic::{Client, Decode, Input, Operation, Parameters};

use alicloud_runtime::{Method, Request};
use alicloud_runtime::{Config, Credentials, Failure, HttpRequest, HttpResponse, RetryPolicy, ResponseFuture, Transport};

pub struct Entry {
    key: &'static str,
    operation: &'static Operation<'static>,
    response: fn() -> Box<dyn Decode + Send>,
}

const fn entry<R: Request>(key: &'static str) -> Entry
where
    R::Response: Send + 'static,
{
    Entry { key, operation: R::OPERATION, response: || Box::new(R::Response::default()) }
}

/// Responds with its content.
#[derive(Clone, Default)]
struct Canned(Arc<Mutex<Vec<u8>>>);

impl fmt::Debug for Canned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Canned")
    }
}

impl Transport for Canned {
    fn send(&self, _: HttpRequest) -> ResponseFuture<'_> {
        let body = self.0.lock().unwrap().clone();
        Box::pin(async move { Ok(HttpResponse::new(200, body)) })
    }
}

/// Each line of `samples.jsonl` is `[key, kind, text]`; each line printed is `[key, kind, verdict, detail]`.
#[tokio::main(flavor = "current_thread")]
async fn main() {
    let path = std::env::args().nth(1).unwrap();
    let canned = Canned::default();
    let config = Config::new(Credentials::new("id", "secret"))
        .endpoint("http://localhost")
        .retry_policy(RetryPolicy::none())
        .transport(canned.clone());
    for line in std::fs::read_to_string(path).unwrap().lines() {
        let [key, kind, text]: [String; 3] = serde_json::from_str(line).unwrap();
        let entry = OPERATIONS.iter().find(|entry| entry.key == key).unwrap();
        let service = entry.operation.service;
        // Sent without parameters, because only the response matters.
        let mut operation = Operation::new(service, entry.operation.name, Method::Post, Parameters::NONE);
        operation.reporting = entry.operation.reporting;
        operation.response_kind = entry.operation.response_kind;
        operation.response_headers = entry.operation.response_headers;
        *canned.0.lock().unwrap() = text.into_bytes();
        let client = Client::new(service, &config).unwrap();
        let mut response = (entry.response)();
        let (verdict, detail) = match client.send(&operation, &Input::new(), &mut response).await {
            Ok(_) => ("ok", String::new()),
            Err(error) => match error.failure() {
                Failure::Service(failure) => ("failure", failure.code.clone()),
                Failure::Unreadable(response) => ("unreadable", response.reason.clone()),
                other => ("other", other.to_string()),
            },
        };
        println!("{}", serde_json::to_string(&[key.as_str(), &kind, verdict, &detail]).unwrap());
    }
}

