//! Which calls are retried, how often, and what changes from attempt to attempt.

use std::collections::HashSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use alicloud_runtime::dynamic::{Client, Input, Operation, Parameters};

use crate::server::{Action, Server, respond};
use crate::test_service::{SERVICE, request};
use crate::transport_double::Double;
use alicloud_runtime::Method;
use alicloud_runtime::{
    AttemptReport, Config, Credentials, Failure, HttpRequest, HttpResponse, Interceptor, ResponseFuture, RetryPolicy,
    Transport, TransportPhase,
};
use tokio::time::Instant;

request!(List, Operation::repeatable(&SERVICE, "List", Method::Post, Parameters::NONE));
request!(Put, Operation::new(&SERVICE, "Put", Method::Post, Parameters::NONE));
request!(Create, Operation::new(&SERVICE, "Create", Method::Post, Parameters::new(0, &["Name", "ClientToken"])));

fn service_error(head: &str, code: &str) -> Action {
    respond(head, format!(r#"{{"RequestId":"R","Code":"{code}","Message":"m"}}"#))
}

fn close() -> Action {
    Action::Send(Vec::new())
}

fn good() -> Action {
    respond("200 OK", r#"{"RequestId":"R"}"#)
}

fn config_of(server: &Server) -> Config {
    Config::new(Credentials::new("my-id", "my-secret")).endpoint(server.url()).retry_policy(quick())
}

fn client_of(server: &Server) -> Client {
    Client::new(&SERVICE, &config_of(server)).unwrap()
}

/// The values of a header, or of a query parameter, for each attempt.
fn sent(server: &Server, start: &str, end: char) -> Vec<String> {
    let value = |request: String| Some(request.split_once(start)?.1.split(end).next()?.to_owned());
    server.requests().into_iter().filter_map(value).collect()
}

/// Three attempts with minimal delays.
fn quick() -> RetryPolicy {
    RetryPolicy::new().max_delay(Duration::from_millis(2))
}

#[tokio::test]
async fn retries_only_when_a_second_attempt_is_safe() {
    // The first response, and the number of attempts of a read, a write, and a write with a ClientToken.
    let cases = [
        (service_error("400 Bad Request", "Throttling"), [2, 2, 2]),
        (service_error("400 Bad Request", "Throttling.User"), [2, 2, 2]),
        (service_error("503 Service Unavailable", "Rejected.Throttling"), [2, 2, 2]),
        (service_error("429 Too Many Requests", "Whatever"), [2, 2, 2]),
        (respond("429 Too Many Requests", "<html>slow down</html>"), [2, 2, 2]),
        (service_error("429 Too Many Requests\r\nx-acs-retry-after: 1", "Whatever"), [2, 2, 2]),
        (service_error("403 Forbidden\r\nx-acs-retry-after: 1", "Throttling.User"), [2, 2, 2]),
        // A retry delay alone does not mean that the service did nothing.
        (service_error("403 Forbidden\r\nx-acs-retry-after: 1", "Whatever"), [1, 1, 1]),
        (service_error("500 Internal Server Error\r\nx-acs-retry-after: 1", "InternalError"), [2, 1, 2]),
        (service_error("503 Service Unavailable\r\nx-acs-retry-after: 1", "ServiceUnavailable"), [2, 1, 2]),
        (service_error("503 Service Unavailable\r\nx-acs-retry-after: 0", "ServiceUnavailable"), [2, 1, 2]),
        (respond("503 Service Unavailable\r\nx-acs-retry-after: 1", "<html></html>"), [2, 1, 2]),
        (respond("200 OK\r\nx-acs-retry-after: 1", "<html>sign in</html>"), [1, 1, 1]),
        (close(), [2, 1, 2]),
        (Action::Send("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{\"Req".into()), [2, 1, 2]),
        (service_error("500 Internal Server Error", "InternalError"), [2, 1, 2]),
        (respond("502 Bad Gateway", "<html></html>"), [2, 1, 2]),
        (service_error("503 Service Unavailable\r\nretry-after: 0", "ServiceUnavailable"), [2, 1, 2]),
        (respond("504 Gateway Timeout", ""), [2, 1, 2]),
        (service_error("400 Bad Request", "InvalidParameter"), [1, 1, 1]),
        (service_error("403 Forbidden", "Forbidden.RAM"), [1, 1, 1]),
        (service_error("404 Not Found", "NotThrottling"), [1, 1, 1]),
        (service_error("501 Not Implemented", "NoSuch"), [1, 1, 1]),
        (respond("200 OK", "<html>sign in</html>"), [1, 1, 1]),
    ];
    for (action, expected) in cases {
        let mut attempts = Vec::new();
        for operation in 0..3 {
            let server = Server::with_script([action.clone(), good()]).await;
            let client = client_of(&server);
            let is_good = match operation {
                0 => client.call(&List(Input::new())).await.is_ok(),
                1 => client.call(&Put(Input::new())).await.is_ok(),
                _ => client.call(&Create(Input::new())).await.is_ok(),
            };
            attempts.push(server.requests().len());
            assert_eq!(is_good, attempts[operation] == 2);
        }
        assert_eq!(attempts, expected, "{action:?}");
    }
}

request!(Change, Operation::new(&SERVICE, "Change", Method::Post, Parameters::NONE).retried(&["IncorrectStatus.Vpc"]));

/// Error codes that mean that the service did nothing: some common ones, and those listed in a spec.
#[tokio::test]
async fn writes_are_retried_after_codes_of_busy_services() {
    for (code, put, change) in [
        ("OperationConflict", 2, 2),
        ("LastTokenProcessing", 2, 2),
        ("SystemBusy", 2, 2),
        ("TaskConflict", 2, 2),
        ("IdempotenceProcessing", 2, 2),
        ("IncorrectStatus.Vpc", 1, 2),
        ("IncorrectStatus", 1, 1),
        ("OperationConflict.Other", 1, 1),
    ] {
        for (is_listed, attempts) in [(false, put), (true, change)] {
            let server = Server::with_script([service_error("409 Conflict", code), good()]).await;
            let client = client_of(&server);
            let _ = match is_listed {
                false => client.call(&Put(Input::new())).await,
                true => client.call(&Change(Input::new())).await,
            };
            assert_eq!(server.requests().len(), attempts, "{code}");
        }
    }
    let server = Server::with_script([service_error("400 Bad Request", "LastTokenProcessing"), good()]).await;
    client_of(&server).call(&Create(Input::new())).await.unwrap();
    let tokens = sent(&server, "ClientToken=", ' ');
    assert!(tokens.len() == 2 && tokens[0] == tokens[1], "{tokens:?}");
}

#[tokio::test]
async fn timeouts_are_retried_like_interruptions() {
    for (request, attempts) in [(true, 2), (false, 1)] {
        let server = Server::with_script([Action::Hang(Vec::new()), good()]).await;
        let client = Client::new(&SERVICE, &config_of(&server).read_timeout(Duration::from_millis(50))).unwrap();
        let is_good = match request {
            true => client.call(&List(Input::new())).await.is_ok(),
            false => client.call(&Put(Input::new())).await.is_ok(),
        };
        assert_eq!((is_good, server.requests().len()), (request, attempts));
    }
}

#[tokio::test]
async fn the_last_failure_is_returned_after_the_maximum_number_of_attempts() {
    let busy = service_error("400 Bad Request", "Throttling.User");
    for (retries, attempts) in
        [(quick(), 3), (quick().max_attempts(5), 5), (RetryPolicy::none(), 1), (quick().max_attempts(0), 1)]
    {
        let server = Server::with_script([busy.clone()]).await;
        let client = Client::new(&SERVICE, &config_of(&server).retry_policy(retries)).unwrap();
        let error = client.call(&Put(Input::new())).await.unwrap_err();
        assert_eq!((error.code(), server.requests().len()), (Some("Throttling.User"), attempts));
    }
    let server = Server::with_script([busy]).await;
    let error = client_of(&server).call(&Put(Input::new())).retry_policy(RetryPolicy::none()).await.unwrap_err();
    assert_eq!((error.code(), server.requests().len()), (Some("Throttling.User"), 1), "a call can override the policy");
}

/// A retry before the requested delay would be rejected again.
#[tokio::test]
async fn no_retry_if_the_requested_delay_is_too_long() {
    for asked in ["x-acs-retry-after: 60000", "retry-after: 60"] {
        let server =
            Server::with_script([service_error(&format!("429 Too Many Requests\r\n{asked}"), "Throttling"), good()])
                .await;
        let error = client_of(&server).call(&List(Input::new())).await.unwrap_err();
        assert_eq!((error.code(), server.requests().len()), (Some("Throttling"), 1), "{asked}");
    }
}

#[tokio::test]
async fn each_attempt_has_a_new_signature_and_the_same_client_token() {
    let server = Server::with_script([close(), close(), good()]).await;
    client_of(&server).call(&Create(Input::new().text(0, "n"))).await.unwrap();
    for header in ["x-acs-signature-nonce: ", "authorization: "] {
        let sent = sent(&server, header, '\r');
        assert_eq!(sent.iter().collect::<HashSet<_>>().len(), 3, "{header} {sent:?}");
    }
    let tokens = sent(&server, "ClientToken=", '&');
    assert_eq!(tokens.len(), 3);
    assert!(tokens.iter().all(|token| token == &tokens[0] && (1..=64).contains(&token.len())), "{tokens:?}");
}

#[tokio::test]
async fn client_tokens_can_be_set_or_disabled() {
    let server = Server::with_script([close(), good()]).await;
    client_of(&server).call(&Create(Input::new().text(1, "mine"))).await.unwrap();
    assert_eq!(sent(&server, "ClientToken=", ' '), ["mine", "mine"]);

    let server = Server::with_script([close(), good()]).await;
    let client = Client::new(&SERVICE, &config_of(&server).fill_client_token(false)).unwrap();
    client.call(&Create(Input::new())).await.unwrap_err();
    assert_eq!(server.requests().len(), 1, "no retry without a token");
    assert!(sent(&server, "ClientToken=", ' ').is_empty());

    let server = Server::with_script([good()]).await;
    let client = client_of(&server);
    client.call(&Create(Input::new())).await.unwrap();
    client.call(&Create(Input::new())).await.unwrap();
    let tokens = sent(&server, "ClientToken=", ' ');
    assert_ne!(tokens[0], tokens[1], "each call has its own token");
}

fn expired(date: &str) -> Action {
    service_error(&format!("400 Bad Request\r\ndate: {date}"), "InvalidTimeStamp.Expired")
}

#[tokio::test]
async fn the_clock_is_corrected_once_from_the_service() {
    let server = Server::with_script([expired("Sat, 15 Nov 2031 08:12:31 GMT"), good()]).await;
    let client = client_of(&server);
    client.call(&Put(Input::new())).await.unwrap();
    client.call(&Put(Input::new())).await.unwrap();
    let dates = sent(&server, "x-acs-date: ", '\r');
    assert!(!dates[0].starts_with("2031"), "{dates:?}");
    assert!(dates[1..].iter().all(|date| date.starts_with("2031-11-15T08:1")), "{dates:?}");
    assert_eq!(dates.len(), 3, "the next call starts with the right time");

    let server = Server::with_script([expired("Sat, 15 Nov 2031 08:12:31 GMT")]).await;
    let error = client_of(&server).call(&Put(Input::new())).await.unwrap_err();
    assert_eq!((error.code(), server.requests().len()), (Some("InvalidTimeStamp.Expired"), 2));

    // The service's clock can be behind, too.
    let server = Server::with_script([expired("Fri, 15 Nov 2019 08:12:31 GMT"), good()]).await;
    client_of(&server).call(&Put(Input::new())).await.unwrap();
    assert!(sent(&server, "x-acs-date: ", '\r')[1].starts_with("2019-11-15T08:1"));

    let server = Server::with_script([service_error("400 Bad Request", "InvalidTimeStamp.Expired")]).await;
    client_of(&server).call(&Put(Input::new())).await.unwrap_err();
    assert_eq!(server.requests().len(), 1, "the response has no valid date");
}

/// After the year 9999, years have five digits, which time stamps do not support.
#[tokio::test]
async fn impossible_dates_do_not_correct_the_clock() {
    for date in ["Fri, 31 Dec 9999 23:59:59 GMT", "Tue, 15 Nov 1994 08:12:31 GMT", "Thu, 01 Jan 1970 00:00:00 GMT"] {
        let server = Server::with_script([expired(date), good()]).await;
        let client = client_of(&server);
        client.call(&Put(Input::new())).await.unwrap_err();
        client.call(&Put(Input::new())).await.unwrap();
        let dates = sent(&server, "x-acs-date: ", '\r');
        assert!(dates.iter().all(|known| known.starts_with("20")) && dates.len() == 2, "{date}: {dates:?}");
    }
}

#[tokio::test]
async fn a_wrong_correction_is_corrected_by_the_next_time_error() {
    let server = Server::with_script([
        expired("Sat, 15 Nov 2031 08:12:31 GMT"),
        good(),
        expired("Mon, 15 Nov 2032 08:12:31 GMT"),
        good(),
    ])
    .await;
    let client = client_of(&server);
    client.call(&Put(Input::new())).await.unwrap();
    client.call(&Put(Input::new())).await.unwrap();
    let years: Vec<String> = sent(&server, "x-acs-date: ", '-');
    assert_eq!(years[1..], ["2031", "2031", "2032"]);
}

#[tokio::test]
async fn only_time_errors_correct_the_clock() {
    let date = "date: Sat, 15 Nov 2031 08:12:31 GMT";
    for action in [
        service_error(&format!("400 Bad Request\r\n{date}"), "InvalidParameter"),
        service_error(&format!("400 Bad Request\r\n{date}"), "Throttling.User"),
        service_error(&format!("503 Service Unavailable\r\n{date}"), "ServiceUnavailable"),
        respond(&format!("200 OK\r\n{date}"), "<html></html>"),
    ] {
        let server = Server::with_script([action, good()]).await;
        let client = client_of(&server);
        let _ = client.call(&List(Input::new())).await;
        client.call(&List(Input::new())).await.unwrap();
        let dates = sent(&server, "x-acs-date: ", '\r');
        assert!(dates.iter().all(|date| !date.starts_with("2031")), "{dates:?}");
    }
}

#[tokio::test]
async fn the_call_timeout_covers_all_attempts() {
    let limit = Duration::from_millis(60);
    for on_the_call in [false, true] {
        let server = Server::with_script([Action::Hang(Vec::new())]).await;
        let config = config_of(&server);
        let error = if on_the_call {
            let client = Client::new(&SERVICE, &config).unwrap();
            client.call(&List(Input::new())).timeout(limit).await.unwrap_err()
        } else {
            let client = Client::new(&SERVICE, &config.call_timeout(limit)).unwrap();
            client.call(&List(Input::new())).await.unwrap_err()
        };
        let Failure::Transport(failure) = error.failure() else { panic!("{error:?}") };
        assert_eq!(failure.phase, TransportPhase::Timeout);
        assert!(error.to_string().ends_with("the call timed out after 60ms"), "{error}");
        assert_eq!(server.requests().len(), 1);
    }
    // If the delay would end after the timeout, the last error is returned at once.
    let server = Server::with_script([service_error("429 Too Many Requests\r\nretry-after: 3600", "Throttling")]).await;
    let client = client_of(&server);
    let patient = RetryPolicy::new().max_delay(Duration::from_secs(7200));
    let request = List(Input::new());
    let call = client.call(&request);
    let error = call.retry_policy(patient).timeout(Duration::from_secs(60)).await.unwrap_err();
    assert_eq!((error.code(), server.requests().len()), (Some("Throttling"), 1));
}

/// A transport that never responds.
#[derive(Clone, Debug)]
struct Silent;

impl Transport for Silent {
    fn send(&self, _: HttpRequest) -> ResponseFuture<'_> {
        Box::pin(std::future::pending())
    }
}

#[tokio::test(start_paused = true)]
async fn calls_have_a_default_timeout() {
    let config = Config::new(Credentials::new("i", "s")).endpoint("e.example.com").transport(Silent);
    for (config, limit) in [(config.clone(), 120), (config.clone().call_timeout(Duration::from_secs(900)), 900)] {
        let began = tokio::time::Instant::now();
        let error = Client::new(&SERVICE, &config).unwrap().call(&List(Input::new())).await.unwrap_err();
        assert!(
            matches!(error.failure(), Failure::Transport(failure) if failure.phase == TransportPhase::Timeout),
            "{error}"
        );
        assert_eq!(began.elapsed().as_secs(), limit);
    }
    let client = Client::new(&SERVICE, &config.call_timeout(Duration::MAX)).unwrap();
    let year = Duration::from_secs(365 * 24 * 3600);
    let endless = tokio::time::timeout(year, client.call(&List(Input::new()))).await;
    assert!(endless.is_err(), "the timeout is disabled");
}

/// If every call fails, retries add load to a broken service.
#[tokio::test]
async fn the_retry_budget_limits_retries_when_all_calls_fail() {
    let server = Server::with_script([respond("503 Service Unavailable", "")]).await;
    let client = client_of(&server);
    for _ in 0..400 {
        client.clone().call(&List(Input::new())).await.unwrap_err();
    }
    let retries = server.requests().len() - 400;
    assert!((50..400).contains(&retries), "{retries} of at most 800 retries");
}

/// A transport that fails to connect this many times, and records the requests.
#[derive(Clone, Debug)]
struct Unplugged {
    failures: usize,
    requests: Arc<Mutex<Vec<HttpRequest>>>,
}

impl Transport for Unplugged {
    fn send(&self, request: HttpRequest) -> ResponseFuture<'_> {
        let mut requests = self.requests.lock().unwrap();
        requests.push(request);
        let response = if requests.len() <= self.failures {
            Err(Failure::transport(TransportPhase::Connect, "h", "no cable"))
        } else {
            Ok(HttpResponse::new(200, r#"{"RequestId":"R"}"#).header("content-type", "application/json"))
        };
        Box::pin(async { response })
    }
}

#[tokio::test]
async fn connect_failures_of_custom_transports_are_retried() {
    for (failures, attempts, expected) in
        [(0, 1, Ok("R")), (2, 3, Ok("R")), (9, 3, Err("cannot connect to h: no cable"))]
    {
        let transport = Unplugged { failures, requests: Arc::default() };
        let config = Config::new(Credentials::new("my-id", "my-secret").security_token("my-token"))
            .endpoint("ecs.example.com")
            .retry_policy(quick())
            .transport(transport.clone());
        let outcome = Client::new(&SERVICE, &config).unwrap().call(&Put(Input::new())).await;
        match (outcome, expected) {
            (Ok(response), Ok(request_id)) => assert_eq!(response.request_id, request_id),
            (Err(error), Err(text)) => {
                assert_eq!(error.to_string(), format!("{text}, in the last of 3 attempts"));
                assert_eq!(error.attempts(), 3);
            }
            (outcome, _) => panic!("{outcome:?}"),
        }
        let requests = transport.requests.lock().unwrap();
        assert_eq!(requests.len(), attempts);
        let request = &requests[0];
        assert_eq!((request.method(), request.url(), request.body()), ("POST", "https://ecs.example.com/", None));
        let action = request.headers().find(|(name, _)| *name == "x-acs-action");
        assert_eq!(action, Some(("x-acs-action", &b"Put"[..])));
        let shown = format!("{request:?}");
        assert!(shown.contains("ecs.example.com") && !shown.contains("my-"), "{shown}");
    }
}

#[tokio::test]
async fn invalid_requests_count_as_no_attempt() {
    let transport = Unplugged { failures: 0, requests: Arc::default() };
    let config = Config::new(Credentials::new("i", "s")).endpoint("ecs.example.com").transport(transport.clone());
    request!(Strict, Operation::new(&SERVICE, "Strict", Method::Post, Parameters::new(1, &["Name"])));
    let error = Client::new(&SERVICE, &config).unwrap().call(&Strict(Input::new())).await.unwrap_err();
    assert_eq!((error.attempts(), transport.requests.lock().unwrap().len()), (0, 0), "{error}");
}

/// Records the delays before retries.
#[derive(Clone, Debug, Default)]
struct Delays(Arc<Mutex<Vec<Duration>>>);

impl Interceptor for Delays {
    fn after_attempt(&self, attempt: &AttemptReport<'_>) {
        self.0.lock().unwrap().extend(attempt.retried_after());
    }
}

/// Calls a service that always returns this response, and returns the delays, and the time that the call took.
async fn delays(response: &HttpResponse, retries: RetryPolicy) -> (Vec<Duration>, Duration) {
    let (double, delays, began) = (Double::new([response.clone()]), Delays::default(), Instant::now());
    let config = Config::new(Credentials::new("i", "s")).endpoint("e.example.com").call_timeout(Duration::MAX);
    let config = config.retry_policy(retries).transport(double.clone()).interceptor(delays.clone());
    Client::new(&SERVICE, &config).unwrap().call(&List(Input::new())).await.unwrap_err();
    let delays = delays.0.lock().unwrap().clone();
    assert_eq!(double.requests().len(), delays.len() + 1);
    (delays, began.elapsed())
}

#[tokio::test(start_paused = true)]
async fn retries_wait_for_the_delay_that_the_service_requests() {
    let seconds = |number| Duration::from_secs(number);
    for (headers, expected) in [
        (vec![("x-acs-retry-after", "1500")], Duration::from_millis(1500)),
        (vec![("retry-after", "7")], seconds(7)),
        (vec![("retry-after", "7"), ("x-acs-retry-after", "2000")], seconds(2)),
        (vec![("retry-after", " 7 "), ("x-acs-retry-after", "0")], seconds(7)),
        (vec![("x-acs-retry-after", "20000")], seconds(20)),
    ] {
        let response = HttpResponse::new(429, "");
        let response = headers.iter().fold(response, |response, (name, value)| response.header(name, value));
        let (delays, took) = delays(&response, RetryPolicy::new()).await;
        assert_eq!((delays, took), (vec![expected; 2], expected * 2), "{headers:?}");
    }
    let (delays, took) =
        delays(&HttpResponse::new(429, "").header("x-acs-retry-after", "20001"), RetryPolicy::new()).await;
    assert_eq!((delays, took), (vec![], Duration::ZERO), "longer than the maximum");
}

#[tokio::test(start_paused = true)]
async fn delays_are_exponential_with_full_jitter() {
    for (status, limits) in [(429, [500, 1000, 2000, 3000]), (503, [100, 200, 400, 800])] {
        let retries = RetryPolicy::new().max_attempts(5).max_delay(Duration::from_secs(3));
        let mut all: [Vec<Duration>; 4] = Default::default();
        for _ in 0..100 {
            let (delays, took) = delays(&HttpResponse::new(status, ""), retries).await;
            // Timers round up to a millisecond.
            let sum: Duration = delays.iter().sum();
            assert!(sum <= took && took <= sum + Duration::from_millis(4), "{delays:?} in {took:?}");
            all.iter_mut().zip(delays).for_each(|(all, delay)| all.push(delay));
        }
        for (delays, limit) in all.iter().zip(limits.map(Duration::from_millis)) {
            // By chance, 100 delays are all in the same three quarters of the range once in 10^12 runs.
            let (least, most) = (*delays.iter().min().unwrap(), *delays.iter().max().unwrap());
            assert_eq!(delays.len(), 100);
            assert!(least < limit / 4 && most > limit * 3 / 4 && most <= limit, "{status}: {least:?} to {most:?}");
        }
    }
}

/// The retry budget: ten retries per second, counted over ten seconds, and one for every five successful calls.
#[tokio::test(start_paused = true)]
async fn successful_calls_earn_retries() {
    for (successes, retries) in [(0, 100), (100, 120)] {
        let good = HttpResponse::new(200, r#"{"RequestId":"R"}"#);
        let double = Double::new(std::iter::repeat_n(good, successes).chain([HttpResponse::new(503, "")]));
        let config = Config::new(Credentials::new("i", "s")).endpoint("e.example.com").transport(double.clone());
        let config = config.retry_policy(RetryPolicy::new().max_delay(Duration::ZERO));
        let client = Client::new(&SERVICE, &config).unwrap();
        for _ in 0..successes {
            client.call(&List(Input::new())).await.unwrap();
        }
        for _ in 0..200 {
            client.call(&List(Input::new())).await.unwrap_err();
        }
        assert_eq!(double.requests().len() - successes - 200, retries);
    }
}
