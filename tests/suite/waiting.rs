//! Waiters: when a wait succeeds, when it fails, and its errors.

use std::time::Duration;

use alicloud_emulator::ScriptedResponse;
use alicloud_runtime::{Credentials, RetryPolicy, WaitError};
use serde_json::{Value, json};

use crate::lists::lists::{ListByTokenError, ListByTokenRequest, ListByTokenResponse};
use crate::lists::{OTHER_ID, client, client_of, emulator, script, sent};

type Waited = Result<ListByTokenResponse, WaitError<ListByTokenError>>;

const MILLISECOND: Duration = Duration::from_millis(1);

fn request() -> ListByTokenRequest {
    ListByTokenRequest::new("cn-hangzhou")
}

/// Returns a response with things in these states.
fn states(states: &[&str]) -> Value {
    let things: Vec<Value> = states.iter().map(|state| json!({ "Id": "a", "Status": state })).collect();
    json!({ "Things": { "Thing": things } })
}

#[tokio::test]
async fn a_wait_ends_when_every_item_has_one_of_the_values() {
    let emulator = emulator().await;
    let client = client(&emulator);
    // No list, an empty list, an item without the field, and a value in another case.
    let before = [json!({}), states(&[]), json!({ "Things": { "Thing": [{ "Id": "a" }] } }), states(&["ready"])];
    let last = [states(&["Ready", "Pending"]), states(&["Ready", "Spare"]), states(&["Pending"])];
    script(&emulator, "ListByToken", before.into_iter().chain(last));
    let request = request();
    let response = client.list_by_token(&request).wait_until(ListByTokenRequest::READY).every(MILLISECOND).await;
    let things = response.unwrap().things;
    assert_eq!((things.len(), things[1].status.as_deref()), (2, Some("Spare")), "the response that ended the wait");
    assert_eq!(emulator.calls().len(), 6);
}

#[tokio::test]
async fn numbers_and_booleans_are_compared_by_value() {
    let emulator = emulator().await;
    let client = client(&emulator);
    let request = request();
    script(&emulator, "ListByToken", [json!({ "Count": 2 }), json!({ "Count": "3" })]);
    client.list_by_token(&request).wait_until(ListByTokenRequest::THREE).every(MILLISECOND).await.unwrap();
    script(&emulator, "ListByToken", [json!({ "Done": false }), json!({}), json!({ "Done": "True" })]);
    client.list_by_token(&request).wait_until(ListByTokenRequest::DONE).every(MILLISECOND).await.unwrap();
    assert_eq!(emulator.calls().len(), 5);
}

#[tokio::test]
async fn a_failure_value_of_any_item_ends_the_wait_with_an_error() {
    let emulator = emulator().await;
    let client = client(&emulator);
    script(&emulator, "ListByToken", [states(&["Pending"]), states(&["Ready", "Pending", "Broken"])]);
    let request = request();
    let waited: Waited = client.list_by_token(&request).wait_until(ListByTokenRequest::READY).every(MILLISECOND).await;
    let error = waited.unwrap_err();
    assert!(matches!(&error, WaitError::FailureState { value, .. } if value == "Broken"), "{error:?}");
    assert_eq!(
        error.to_string(),
        "stopped waiting for `Things.Thing.Status` of ListByToken to be `Ready` or `Spare`: it is \"Broken\", which is a \
         failure"
    );
    assert_eq!(emulator.calls().len(), 2);
}

#[tokio::test]
async fn a_wait_times_out_when_no_poll_would_be_in_time() {
    let long = "x".repeat(1000);
    let shown = "x".repeat(200);
    let cases = [
        (states(&["Ready", "Pending"]), Some("Pending")),
        (states(&[long.as_str()]), Some(shown.as_str())),
        (states(&[]), None),
    ];
    for (body, expected) in cases {
        let emulator = emulator().await;
        let client = client(&emulator);
        script(&emulator, "ListByToken", [body]);
        let request = request();
        let waiting = client.list_by_token(&request).wait_until(ListByTokenRequest::READY).timeout(MILLISECOND * 6999);
        // The next call would be after 7 s.
        let error = waiting.await.unwrap_err();
        let WaitError::TimedOut { limit, polls, last, .. } = &error else { panic!("{error:?}") };
        assert_eq!((*limit, *polls, last.as_deref()), (MILLISECOND * 6999, 1, expected));
        let text = "timed out after 6s 999ms and 1 call while waiting for `Things.Thing.Status` of ListByToken to be \
                    `Ready` or `Spare`";
        let seen = expected.map(|last| format!("; the last value was {last:?}")).unwrap_or_default();
        assert_eq!(error.to_string(), format!("{text}{seen}"));
        assert_eq!(emulator.calls().len(), 1);
    }
}

/// A server that delays its response must not delay the end of the wait.
#[tokio::test]
async fn a_call_is_cancelled_when_the_wait_times_out() {
    let emulator = emulator().await;
    let client = client(&emulator);
    emulator.respond_next("ListByToken", ScriptedResponse::silence()).unwrap();
    let request = request();
    let waiting = client.list_by_token(&request).wait_until(ListByTokenRequest::READY).timeout(MILLISECOND * 50);
    let error = waiting.await.unwrap_err();
    assert!(matches!(&error, WaitError::TimedOut { polls: 0, .. }), "{error:?}");
    assert!(error.to_string().contains("timed out after 50ms and 0 calls"), "{error}");
}

#[tokio::test]
async fn the_spec_sets_the_interval_and_the_timeout_unless_the_caller_does() {
    let emulator = emulator().await;
    let client = client(&emulator);
    let request = request();
    let waiting = client.list_by_token(&request).wait_until(ListByTokenRequest::READY);
    assert_eq!(format!("{waiting:?}"), "WaitUntil { every: 7s, at_most: 420s, .. }");
    let waiting = waiting.every(MILLISECOND).timeout(MILLISECOND * 2);
    assert_eq!(format!("{waiting:?}"), "WaitUntil { every: 1ms, at_most: 2ms, .. }");
    drop(waiting);
    assert_eq!(emulator.calls().len(), 0, "nothing is sent before the wait is awaited");
}

#[tokio::test]
async fn a_documented_error_can_end_the_wait() {
    for code in ["Thing.NotFound", "InvalidThing.Malformed"] {
        let emulator = emulator().await;
        let client = client(&emulator);
        script(&emulator, "ListByToken", [states(&["Ready"]), states(&[])]);
        emulator.respond_next("ListByToken", ScriptedResponse::error(404, code, "No such thing.")).unwrap();
        let request = request();
        let () = client
            .list_by_token(&request)
            .wait_until(ListByTokenRequest::GONE)
            .every(MILLISECOND)
            .await
            .unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(emulator.calls().len(), 3);
    }
    let emulator = emulator().await;
    let request = request();
    let client = client(&emulator);
    let error = client
        .list_by_token(&request)
        .wait_until(ListByTokenRequest::GONE)
        .every(MILLISECOND * 5001)
        .timeout(MILLISECOND * 5000)
        .await;
    let text = "timed out after 5s and 1 call while waiting for ListByToken to fail with `Thing.NotFound` or \
                `InvalidThing.%s`";
    assert_eq!(error.unwrap_err().to_string(), text);
}

#[tokio::test]
async fn any_other_failure_fails_the_wait() {
    let emulator = emulator().await;
    let client = client(&emulator);
    let request = request();
    script(&emulator, "ListByToken", [states(&[])]);
    emulator.fail_next("ListByToken", "Thing.NotFound").unwrap();
    let waiting = client.list_by_token(&request).wait_until(ListByTokenRequest::READY).every(MILLISECOND);
    let error = waiting.await.unwrap_err();
    assert!(error.to_string().starts_with("Thing.NotFound: "), "{error}");
    let WaitError::Call(error) = error else { panic!("{error:?}") };
    assert!(matches!(error.service_error(), Some(ListByTokenError::ThingNotFound)), "{error:?}");

    for code in ["Forbidden", "Undocumented"] {
        emulator.respond_next("ListByToken", ScriptedResponse::error(403, code, "m")).unwrap();
        let error = client.list_by_token(&request).wait_until(ListByTokenRequest::GONE).await.unwrap_err();
        assert!(matches!(&error, WaitError::Call(error) if error.code() == Some(code)), "{error:?}");
    }
}

#[tokio::test]
async fn each_call_of_a_wait_has_the_settings_of_the_first() {
    let emulator = emulator().await;
    let client = client_of(&emulator, Credentials::new("nobody", "s"));
    for state in ["Pending", "Ready"] {
        emulator.respond_next("ListByToken", ScriptedResponse::error(400, "Throttling.User", "Slow down.")).unwrap();
        script(&emulator, "ListByToken", [states(&[state])]);
    }
    let request = request();
    client
        .list_by_token(&request)
        .credentials(Credentials::new(OTHER_ID, "other-secret"))
        .parameter("New", "1")
        .retry_policy(RetryPolicy::new().max_attempts(2).max_delay(MILLISECOND))
        .wait_until(ListByTokenRequest::READY)
        .every(MILLISECOND)
        .await
        .unwrap();
    assert_eq!(sent(&emulator, "New"), ["1"; 4]);
}

#[test]
fn synchronous_code_can_wait() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let emulator = runtime.block_on(emulator());
    let client = client(&emulator);
    let request = request();
    let waiting = || client.list_by_token(&request).wait_until(ListByTokenRequest::READY).every(MILLISECOND);
    script(&emulator, "ListByToken", [states(&[]), states(&["Ready"]), states(&["Broken"])]);
    assert_eq!(waiting().wait().unwrap().things.len(), 1);
    assert!(matches!(waiting().wait(), Err(WaitError::FailureState { .. })));
    let error = runtime.block_on(async { waiting().wait() }).unwrap_err();
    assert_eq!(error.to_string(), "`wait` blocks the thread and cannot be used in async code; await the call instead");
    assert_eq!(emulator.calls().len(), 3);
}
