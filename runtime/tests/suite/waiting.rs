//! Waiters: the responses and errors that end a wait, and how long a wait takes.

use std::time::Duration;

use alicloud_runtime::dynamic::{Client, Decode, Input, Operation, Parameters, Slot};

use crate::test_service::SERVICE;
use crate::transport_double::Double;
use alicloud_runtime::{
    Config, Credentials, HttpRequest, HttpResponse, ResponseFuture, RetryPolicy, Transport, WaitError,
};
use alicloud_runtime::{Method, Request, Waiter};
use serde_json::{Value, json};
use tokio::time::Instant;

/// A response with a field of each type that can be waited for.
#[derive(Debug, Default)]
struct State {
    text: String,
    maybe_text: Option<String>,
    integer: i32,
    maybe_integer: Option<i32>,
    long: i64,
    maybe_long: Option<i64>,
    flag: bool,
    maybe_flag: Option<bool>,
    float: f64,
    object: Option<Thing>,
    list: Vec<Thing>,
    wrapped: Vec<Thing>,
}

#[derive(Debug, Default)]
struct Thing {
    status: Option<String>,
}

impl Decode for State {
    fn field(&mut self, index: usize) -> (&'static str, Slot<'_>) {
        match index {
            0 => ("Text", Slot::Text(&mut self.text)),
            1 => ("MaybeText", Slot::OptionalText(&mut self.maybe_text)),
            2 => ("Integer", Slot::Integer(&mut self.integer)),
            3 => ("MaybeInteger", Slot::OptionalInteger(&mut self.maybe_integer)),
            4 => ("Long", Slot::Long(&mut self.long)),
            5 => ("MaybeLong", Slot::OptionalLong(&mut self.maybe_long)),
            6 => ("Flag", Slot::Boolean(&mut self.flag)),
            7 => ("MaybeFlag", Slot::OptionalBoolean(&mut self.maybe_flag)),
            8 => ("Float", Slot::Float(&mut self.float)),
            9 => ("Object", Slot::OptionalObject(&mut self.object)),
            10 => ("List", Slot::List(&mut self.list)),
            11 => ("Things", Slot::Wrapped("Thing", &mut self.wrapped)),
            _ => ("", Slot::Skip),
        }
    }
}

impl Decode for Thing {
    fn field(&mut self, index: usize) -> (&'static str, Slot<'_>) {
        match index {
            0 => ("Status", Slot::OptionalText(&mut self.status)),
            _ => ("", Slot::Skip),
        }
    }
}

struct Describe(Input);

impl Request for Describe {
    type Response = State;
    type Error = ();
    const OPERATION: &'static Operation<'static> =
        &Operation::repeatable(&SERVICE, "Describe", Method::Get, Parameters::NONE).errors(&[
            "NotFound",
            "Invalid.%s",
            "Other",
        ]);
    fn input(&self) -> &Input {
        &self.0
    }
    fn error(_: usize, _: &str) {}
}

type Waited<T = State> = Result<T, WaitError<()>>;

fn client(transport: impl Transport + 'static) -> Client {
    let config = Config::new(Credentials::new("id", "secret")).endpoint("e.example.com").transport(transport);
    Client::new(&SERVICE, &config.retry_policy(RetryPolicy::none())).unwrap()
}

fn bodies(bodies: &[Value]) -> Double {
    Double::new(bodies.iter().map(|body| HttpResponse::new(200, body.to_string())))
}

/// Waits, and returns the outcome with the number of requests and the seconds that it took.
async fn wait<T>(double: &Double, waiter: Waiter<Describe, T>) -> (Waited<T>, usize, u64) {
    let (began, request) = (Instant::now(), Describe(Input::new()));
    let waited = client(double.clone()).call(&request).wait_until(waiter).await;
    (waited, double.requests().len(), began.elapsed().as_secs())
}

#[tokio::test(start_paused = true)]
async fn a_wait_ends_when_every_value_is_one_of_the_awaited_values() {
    let thing = |status: &str| json!({ "Status": status });
    // The field, its awaited values, and the responses, of which the last one ends the wait.
    let cases: [(&'static str, &'static [&'static str], &[Value]); 13] = [
        ("Text", &["Ready"], &[json!({}), json!({"Text":"ready"}), json!({"Text":"Ready"})]),
        ("Text", &["Ready", "Spare"], &[json!({"Text":"Pending"}), json!({"Text":"Spare"})]),
        ("MaybeText", &["Ready"], &[json!({}), json!({"MaybeText":"Ready"})]),
        ("Integer", &["3"], &[json!({"Integer":2}), json!({"Integer":"3"})]),
        ("MaybeInteger", &["0"], &[json!({}), json!({"MaybeInteger":0})]),
        ("Long", &["-3"], &[json!({"Long":3}), json!({"Long":-3})]),
        ("MaybeLong", &["0"], &[json!({}), json!({"MaybeLong":0})]),
        ("Flag", &["true"], &[json!({}), json!({"Flag":false}), json!({"Flag":"True"})]),
        ("MaybeFlag", &["false"], &[json!({}), json!({"MaybeFlag":true}), json!({"MaybeFlag":0})]),
        ("Object.Status", &["Ready"], &[json!({}), json!({"Object":{}}), json!({"Object":thing("Ready")})]),
        (
            "List.Status",
            &["Ready", "Spare"],
            &[json!({"List":[thing("Ready"), thing("Pending")]}), json!({"List":[thing("Ready"), thing("Spare")]})],
        ),
        (
            "Things.Thing.Status",
            &["Ready"],
            &[
                json!({"Things":{"Thing":[]}}),
                json!({"Things":{"Thing":[{}]}}),
                json!({"Things":{"Thing":[thing("Pending"), thing("Ready")]}}),
                json!({"Things":{"Thing":[thing("Ready"), thing("Ready")]}}),
            ],
        ),
        ("Object.Status", &["Ready"], &[json!({"Object":thing("")}), json!({"Object":thing("Ready")})]),
    ];
    for (field, values, responses) in cases {
        let double = bodies(responses);
        let (waited, requests, seconds) = wait(&double, Waiter::value(field, values, 7, 420)).await;
        assert!(waited.is_ok(), "{field}: {waited:?}");
        assert_eq!((requests, seconds), (responses.len(), 7 * (responses.len() as u64 - 1)), "{field}");
    }
}

#[tokio::test(start_paused = true)]
async fn only_texts_numbers_and_booleans_end_a_wait() {
    for field in ["Float", "Object", "List", "Things.Other.Status", "Things", "None", ""] {
        let double =
            bodies(&[json!({"Float":1.0,"Object":{"Status":"1"},"List":[{}],"Things":{"Thing":[{"Status":"1"}]}})]);
        let (waited, requests, seconds) = wait(&double, Waiter::value(field, &["1"], 1, 3)).await;
        assert!(matches!(waited, Err(WaitError::TimedOut { last: None, .. })), "{field}: {waited:?}");
        assert_eq!((requests, seconds), (3, 2), "{field}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_failing_value_of_any_item_ends_the_wait_with_an_error() {
    let long = "x".repeat(201);
    for (responses, value) in [
        (vec![json!({"List":[{"Status":"Ready"},{"Status":"Pending"},{"Status":"Broken"}]})], "Broken"),
        (vec![json!({"List":[{"Status":"Pending"}]}), json!({"List":[{"Status":"Lost"}]})], "Lost"),
    ] {
        let waiter = Waiter::value("List.Status", &["Ready", "Spare"], 1, 60).failing(&["Broken", "Lost"]);
        let (waited, requests, _) = wait(&bodies(&responses), waiter).await;
        let error = waited.unwrap_err();
        assert!(matches!(&error, WaitError::FailureState { value: found, .. } if found == value), "{error:?}");
        assert_eq!(
            error.to_string(),
            format!(
                "stopped waiting for `List.Status` of Describe to be `Ready` or `Spare`: it is {value:?}, which is a failure"
            )
        );
        assert_eq!(requests, responses.len());
    }
    for (response, last) in
        [(json!({"Text":"Pending"}), "Pending".to_owned()), (json!({"Text":long}), long[..200].to_owned())]
    {
        let (waited, ..) = wait(&bodies(&[response]), Waiter::value("Text", &["Ready"], 4, 6)).await;
        let error = waited.unwrap_err().to_string();
        let expected =
            "timed out after 6s and 2 calls while waiting for `Text` of Describe to be `Ready`; the last value was";
        assert_eq!(error, format!("{expected} {last:?}"));
    }
}

#[tokio::test(start_paused = true)]
async fn a_wait_times_out_if_the_next_call_would_be_too_late() {
    // The interval, the timeout, the number of calls, and the seconds that they take.
    for (every, at_most, calls, seconds) in [(7, 6, 1, 0), (7, 7, 1, 0), (7, 8, 2, 7), (1, 60, 60, 59)] {
        let double = bodies(&[json!({})]);
        let (waited, requests, took) = wait(&double, Waiter::value("MaybeText", &["Ready"], every, at_most)).await;
        let error = waited.unwrap_err();
        let expected = Duration::from_secs(u64::from(at_most));
        assert!(
            matches!(&error, WaitError::TimedOut { limit, polls, last: None, .. } if *limit == expected && *polls as usize == calls),
            "{error:?}"
        );
        let word = if calls == 1 { "call" } else { "calls" };
        let limit = if at_most == 60 { "1m".to_owned() } else { format!("{at_most}s") };
        assert!(error.to_string().starts_with(&format!("timed out after {limit} and {calls} {word} ")), "{error}");
        assert_eq!((requests, took), (calls, seconds));
    }
}

/// A transport that never returns a response.
#[derive(Clone, Debug)]
struct Silent;

impl Transport for Silent {
    fn send(&self, _: HttpRequest) -> ResponseFuture<'_> {
        Box::pin(std::future::pending())
    }
}

#[tokio::test(start_paused = true)]
async fn a_slow_call_is_canceled_when_the_wait_times_out() {
    let (client, request, began) = (client(Silent), Describe(Input::new()), Instant::now());
    let waiting = client.call(&request).wait_until(Waiter::value("Text", &["Ready"], 7, 30));
    let error = waiting.await.unwrap_err();
    assert!(matches!(&error, WaitError::TimedOut { polls: 0, .. }), "{error:?}");
    assert_eq!(
        (error.to_string().starts_with("timed out after 30s and 0 calls "), began.elapsed().as_secs()),
        (true, 30)
    );
}

#[tokio::test(start_paused = true)]
async fn the_interval_and_the_timeout_can_be_set() {
    let double = bodies(&[json!({})]);
    let (client, request, began) = (client(double.clone()), Describe(Input::new()), Instant::now());
    let waiter = || Waiter::value("MaybeText", &["Ready"], 7, 420);
    let waiting = client.call(&request).wait_until(waiter());
    assert_eq!(format!("{:?} {waiting:?}", waiter()), "Waiter { .. } WaitUntil { every: 7s, at_most: 420s, .. }");
    let waiting = waiting.every(Duration::from_secs(2)).timeout(Duration::from_secs(5));
    assert!(double.requests().is_empty(), "nothing is sent before it is awaited");
    assert!(matches!(waiting.await, Err(WaitError::TimedOut { polls: 3, .. })));
    assert_eq!((double.requests().len(), began.elapsed().as_secs()), (3, 4));
}

#[tokio::test(start_paused = true)]
async fn a_wait_for_an_error_ends_with_the_documented_code() {
    let failed = |code: &str| HttpResponse::new(404, format!(r#"{{"Code":"{code}","Message":"m"}}"#));
    let found = || HttpResponse::new(200, "{}");
    let waiter = || Waiter::code(&["NotFound", "Invalid.%s"], 1, 3);
    for (last, is_awaited) in
        [("NotFound", true), ("Invalid.Id", true), ("Other", false), ("Undocumented", false), ("Invalid", false)]
    {
        let (waited, requests, _) = wait(&Double::new([found(), failed(last)]), waiter()).await;
        match waited {
            Ok(()) => assert!(is_awaited, "{last}"),
            Err(WaitError::Call(error)) => assert!(!is_awaited && error.code() == Some(last), "{error:?}"),
            Err(error) => panic!("{error:?}"),
        }
        assert_eq!(requests, 2);
    }
    let (waited, requests, _) = wait(&Double::new([found()]), waiter()).await;
    let expected = "timed out after 3s and 3 calls while waiting for Describe to fail with `NotFound` or `Invalid.%s`";
    assert_eq!((waited.unwrap_err().to_string().as_str(), requests), (expected, 3));
    // An error ends every other wait.
    let (waited, requests, _) = wait(&Double::new([failed("NotFound")]), Waiter::value("Text", &["Ready"], 1, 9)).await;
    assert_eq!((waited.unwrap_err().to_string().as_str(), requests), ("NotFound: m (HTTP 404, RequestId unknown)", 1));
}
