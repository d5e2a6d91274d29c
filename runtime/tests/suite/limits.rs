//! The documented limits of queries per second.

use std::future::ready;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use alicloud_runtime::dynamic::{Client, Input, Operation, Parameters};

use crate::test_service::{SERVICE, request};
use alicloud_runtime::Method;
use alicloud_runtime::{
    AdmissionFuture, Config, Credentials, DocumentedLimits, Failure, HttpRequest, HttpResponse, QueryLimit, RateLimit,
    ResponseFuture, RetryPolicy, Transport, WaitingFor,
};
use tokio::task::JoinSet;
use tokio::time::Instant;

request!(Free, Operation::new(&SERVICE, "Free", Method::Post, Parameters::NONE));
request!(Slow, Operation::new(&SERVICE, "Slow", Method::Post, Parameters::NONE).per_second(1));
request!(Fast, Operation::new(&SERVICE, "Fast", Method::Post, Parameters::NONE).per_second(100));

/// A service that always responds with this status.
#[derive(Clone, Debug)]
struct Double {
    status: u16,
    sent: Arc<Mutex<usize>>,
}

impl Transport for Double {
    fn send(&self, _: HttpRequest) -> ResponseFuture<'_> {
        *self.sent.lock().unwrap() += 1;
        Box::pin(ready(Ok(HttpResponse::new(self.status, "{}"))))
    }
}

fn double(status: u16) -> (Double, Config) {
    let double = Double { status, sent: Arc::default() };
    let config = Config::new(Credentials::new("i", "s")).endpoint("e.example.com").transport(double.clone());
    (double, config)
}

#[tokio::test]
async fn clients_of_one_configuration_share_the_limit() {
    let (double, config) = double(200);
    let clients = [Client::new(&SERVICE, &config).unwrap(), Client::new(&SERVICE, &config).unwrap()];
    let begin = Instant::now();
    let mut calls = JoinSet::new();
    for number in 0..30 {
        let client = clients[number % 2].clone();
        calls.spawn(async move { client.call(&Fast(Input::new())).await.unwrap() });
    }
    calls.join_all().await;
    // 29 gaps of 10 ms. It can take longer, but never less.
    assert!(begin.elapsed() >= Duration::from_millis(290));
    assert_eq!(*double.sent.lock().unwrap(), 30);
}

#[tokio::test]
async fn failed_attempts_count_towards_the_limit() {
    let (double, config) = double(429);
    let config = config.retry_policy(RetryPolicy::new().max_attempts(11).max_delay(Duration::ZERO));
    let begin = Instant::now();
    let error = Client::new(&SERVICE, &config).unwrap().call(&Fast(Input::new())).await.unwrap_err();
    assert!(begin.elapsed() >= Duration::from_millis(100));
    assert_eq!((error.attempts(), *double.sent.lock().unwrap()), (11, 11));
}

#[tokio::test]
async fn fail_fast_reports_the_wait() {
    let (double, config) = double(200);
    let client = Client::new(&SERVICE, &config.limits(DocumentedLimits::fail_fast())).unwrap();
    let error = loop {
        match client.call(&Slow(Input::new())).await {
            Ok(_) => {}
            Err(error) => break error,
        }
    };
    let Failure::OverLimit { limit, wait } = error.failure() else { panic!("{error:?}") };
    assert_eq!((limit.product(), limit.operation(), limit.per_second()), ("Test", "Slow", 1));
    assert!(*wait <= Duration::from_secs(1));
    assert_eq!(error.attempts(), 0);
    let text = error.to_string();
    assert!(
        text.starts_with(
            "the documented limit of Test for Slow, 1 queries per second, is reached; the next call can be sent in "
        ),
        "{text}"
    );
    let sent = *double.sent.lock().unwrap();
    for _ in 0..50 {
        client.call(&Free(Input::new())).await.unwrap();
    }
    assert_eq!(*double.sent.lock().unwrap(), sent + 50, "without a documented limit there is none");
}

#[tokio::test]
async fn limits_can_be_disabled_or_replaced() {
    let (double, config) = double(200);
    let client = Client::new(&SERVICE, &config.clone().limits(DocumentedLimits::fail_fast()).no_limits()).unwrap();
    for _ in 0..50 {
        client.call(&Slow(Input::new())).await.unwrap();
    }
    assert_eq!(*double.sent.lock().unwrap(), 50);

    #[derive(Clone, Debug, Default)]
    struct Recorder(Arc<Mutex<Vec<QueryLimit>>>);
    impl RateLimit for Recorder {
        fn admit(&self, limit: QueryLimit) -> AdmissionFuture<'_> {
            let mut limits = self.0.lock().unwrap();
            limits.push(limit.clone());
            let is_first = limits.len() == 1;
            let error = || Failure::over_limit(limit, Duration::from_secs(7));
            Box::pin(ready(if is_first { Ok(()) } else { Err(error()) }))
        }
    }
    let recorder = Recorder::default();
    let client = Client::new(&SERVICE, &config.limits(recorder.clone())).unwrap();
    client.call(&Fast(Input::new())).await.unwrap();
    client.call(&Free(Input::new())).await.unwrap();
    let error = client.call(&Fast(Input::new())).await.unwrap_err();
    assert!(error.to_string().ends_with("can be sent in 7000 ms"), "{error}");
    assert_eq!(recorder.0.lock().unwrap().len(), 2);
}

#[tokio::test]
async fn a_call_that_times_out_while_waiting_was_not_sent() {
    let (double, config) = double(200);
    let client = Client::new(&SERVICE, &config).unwrap();
    let error = loop {
        match client.call(&Slow(Input::new())).timeout(Duration::from_millis(5)).await {
            Ok(_) => {}
            Err(error) => break error,
        }
    };
    let Failure::NotSent { limit, waiting_for, .. } = error.failure() else { panic!("{error:?}") };
    assert_eq!((*limit, *waiting_for), (Duration::from_millis(5), WaitingFor::RateLimit));
    let expected = "the request was not sent: the call timed out after 5ms while it waited for the \
                    documented rate limit";
    assert_eq!((error.to_string().as_str(), error.attempts()), (expected, 0));
    assert_eq!(*double.sent.lock().unwrap(), 1);
}

/// With the default timeout, thousands of calls can wait for the limit as long as necessary.
#[tokio::test(start_paused = true)]
async fn the_default_timeout_starts_after_the_wait() {
    #[derive(Clone, Debug, Default)]
    struct Hourly;
    impl RateLimit for Hourly {
        fn admit(&self, _: QueryLimit) -> AdmissionFuture<'_> {
            Box::pin(async {
                tokio::time::sleep(Duration::from_secs(3600)).await;
                Ok(())
            })
        }
    }
    let (double, config) = double(200);
    let client = Client::new(&SERVICE, &config.limits(Hourly)).unwrap();
    client.call(&Slow(Input::new())).await.unwrap();
    assert_eq!(*double.sent.lock().unwrap(), 1);
}

/// Records the order in which calls are sent.
#[tokio::test]
async fn calls_are_admitted_in_order() {
    #[derive(Clone, Debug, Default)]
    struct Order(Arc<Mutex<Vec<String>>>);
    impl Transport for Order {
        fn send(&self, request: HttpRequest) -> ResponseFuture<'_> {
            self.0.lock().unwrap().push(request.url().split_once("Number=").unwrap().1.to_owned());
            Box::pin(ready(Ok(HttpResponse::new(200, r#"{"RequestId":"R"}"#))))
        }
    }
    let order = Order::default();
    let config = Config::new(Credentials::new("i", "s")).endpoint("e.example.com").transport(order.clone());
    let client = Client::new(&SERVICE, &config).unwrap();
    let mut calls = JoinSet::new();
    for number in 0..100 {
        let caller = client.clone();
        calls.spawn(async move { caller.call(&Fast(Input::new())).parameter("Number", number.to_string()).await });
        if number % 10 == 5 {
            // Calls that time out leave the queue.
            let caller = client.clone();
            calls.spawn(async move {
                caller.call(&Fast(Input::new())).parameter("Number", "gone").timeout(Duration::ZERO).await
            });
        }
    }
    calls.join_all().await;
    let expected: Vec<String> = (0..100).map(|number: i32| number.to_string()).collect();
    assert_eq!(*order.0.lock().unwrap(), expected);
}
