//! Paginators: the request for each page, the end of a list, and no unneeded requests.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::Duration;

use alicloud_emulator::{Emulator, ScriptedResponse};
use alicloud_runtime::{Credentials, Failure, RetryPolicy};
use futures_core::Stream;
use serde_json::{Value, json};

use crate::lists::lists::{
    ListByMarkRequest, ListByMarkerRequest, ListByNumberRequest, ListByOffsetRequest, ListBySearchRequest,
    ListBySearchRequestSearch, ListByTokenError, ListByTokenRequest, ListEitherRequest,
};
use crate::lists::{OTHER_ID, client, client_of, emulator, script, sent};

fn by_token() -> ListByTokenRequest {
    ListByTokenRequest::new("cn-hangzhou")
}

/// Returns a page of things with these IDs.
fn things(ids: &[&str], next: Value) -> Value {
    let things: Vec<Value> = ids.iter().map(|id| json!({ "Id": id })).collect();
    json!({ "Things": { "Thing": things }, "NextToken": next })
}

fn numbers(total: Value, numbers: &[i32]) -> Value {
    json!({ "Data": { "Total": total, "Numbers": numbers } })
}

async fn ids(emulator: &Emulator, request: &ListByTokenRequest) -> Vec<String> {
    let client = client(emulator);
    let mut items = client.list_by_token(request).items();
    let mut ids = Vec::new();
    while let Some(thing) = items.next().await {
        ids.push(thing.unwrap().id);
    }
    assert!(items.next().await.is_none(), "the stream stays at its end");
    ids
}

#[tokio::test]
async fn each_page_is_requested_with_the_previous_token_until_there_is_none() {
    let empty: &[&str] = &[];
    let cases = [
        (
            vec![things(&["a", "b"], json!("t1")), things(&["c"], json!("t2")), things(&["d"], Value::Null)],
            vec!["a", "b", "c", "d"],
            vec!["", "t1", "t2"],
        ),
        // A page may be empty although there is another one.
        (vec![things(empty, json!("t1")), things(&["a"], json!(""))], vec!["a"], vec!["", "t1"]),
        (vec![things(empty, json!(""))], vec![], vec![""]),
        (vec![json!({})], vec![], vec![""]),
        // A token is a text, whatever it looks like.
        (
            vec![things(&["a"], json!(12)), things(&["b"], json!("a b&c=+"))],
            vec!["a", "b", "c"],
            vec!["", "12", "a b&c=+"],
        ),
    ];
    for (mut pages, expected, tokens) in cases {
        if pages.len() < tokens.len() {
            pages.push(things(&["c"], Value::Null));
        }
        let emulator = emulator().await;
        script(&emulator, "ListByToken", pages);
        assert_eq!(ids(&emulator, &by_token()).await, expected);
        assert_eq!(sent(&emulator, "NextToken"), tokens);
        assert!(sent(&emulator, "RegionId").iter().all(|region| region == "cn-hangzhou"));
    }
}

#[tokio::test]
async fn the_request_selects_the_first_page_and_stays_unchanged() {
    let emulator = emulator().await;
    script(&emulator, "ListByToken", [things(&["c"], json!("t2")), things(&["d"], Value::Null)]);
    let request = by_token().next_token("t1");
    let before = format!("{request:?}");
    assert_eq!(ids(&emulator, &request).await, ["c", "d"]);
    assert_eq!(sent(&emulator, "NextToken"), ["t1", "t2"]);
    assert_eq!(format!("{request:?}"), before);
}

#[tokio::test]
async fn pages_in_xml_are_read() {
    let emulator = emulator().await;
    for (id, next) in [("a", "<NextToken>t1</NextToken>"), ("b", "<NextToken/>")] {
        let body =
            format!("<ListByTokenResponse><Things><Thing><Id>{id}</Id></Thing></Things>{next}</ListByTokenResponse>");
        emulator.respond_next("ListByToken", ScriptedResponse::raw(200, "text/xml", body)).unwrap();
    }
    assert_eq!(ids(&emulator, &by_token()).await, ["a", "b"]);
    assert_eq!(sent(&emulator, "NextToken"), ["", "t1"]);
}

#[tokio::test]
async fn a_token_may_be_a_number_and_0_means_none() {
    let emulator = emulator().await;
    let page = |name: &str, next: Value| json!({ "Names": [name], "NextMark": next });
    script(&emulator, "ListByMark", [page("a", json!(7)), page("b", json!("9007199254740993")), page("c", json!(0))]);
    let (client, request) = (client(&emulator), ListByMarkRequest::new());
    let mut items = client.list_by_mark(&request).items();
    for expected in ["a", "b", "c"] {
        assert_eq!(items.next().await.unwrap().unwrap(), expected);
    }
    assert!(items.next().await.is_none());
    assert_eq!(sent(&emulator, "Mark"), ["", "7", "9007199254740993"]);
}

#[tokio::test]
async fn numbered_pages_end_with_the_total_or_with_a_page_without_items() {
    let plain = ListByNumberRequest::new;
    let cases = [
        (plain().page_size(2), json!(5), vec![vec![1, 2], vec![3, 4], vec![5]], vec!["", "2", "3"]),
        (plain(), json!("4"), vec![vec![1, 2], vec![3, 4]], vec!["", "2"]),
        (plain(), json!(0), vec![vec![]], vec![""]),
        // Totals that are wrong, missing or invalid.
        (plain(), json!(100), vec![vec![1, 2], vec![3, 4], vec![]], vec!["", "2", "3"]),
        (plain(), json!(0), vec![vec![1, 2], vec![3], vec![]], vec!["", "2", "3"]),
        (plain(), Value::Null, vec![vec![1, 2], vec![]], vec!["", "2"]),
        (plain(), json!(-1), vec![vec![1, 2], vec![]], vec!["", "2"]),
        (plain(), json!(1), vec![vec![1, 2]], vec![""]),
        (plain(), json!(i64::MAX), vec![vec![1], vec![]], vec!["", "2"]),
        // Pages are counted from the page of the request.
        (plain().page_number(2), json!(6), vec![vec![3, 4], vec![5, 6]], vec!["2", "3"]),
        (plain().page_number(3), json!(5), vec![vec![5], vec![]], vec!["3", "4"]),
        // The service returns fewer items than requested, or omits items of a page.
        (plain().page_size(100), json!(4), vec![vec![1, 2], vec![3, 4]], vec!["", "2"]),
        (plain().page_size(2), json!(5), vec![vec![1, 2], vec![3], vec![5]], vec!["", "2", "3"]),
        (plain().page_size(2), json!(3), vec![vec![1], vec![2, 3]], vec!["", "2"]),
    ];
    for (request, total, pages, expected) in cases {
        let emulator = emulator().await;
        script(&emulator, "ListByNumber", pages.iter().map(|page| numbers(total.clone(), page)));
        let client = client(&emulator);
        let mut items = client.list_by_number(&request).items();
        let mut found = Vec::new();
        while let Some(number) = items.next().await {
            found.push(number.unwrap());
        }
        assert_eq!(found, pages.concat(), "{request:?} {total}");
        assert_eq!(sent(&emulator, "PageNumber"), expected, "{request:?} {total}");
        let mut sizes = sent(&emulator, "PageSize");
        sizes.dedup();
        assert_eq!(sizes.len(), 1, "the size is the same for all pages");
    }
}

/// Returns the numbers of all pages, and the values of the parameter that were sent.
macro_rules! listed {
    ($emulator:expr, $method:ident, $request:expr, $parameter:literal) => {{
        let (client, request) = (client(&$emulator), $request);
        let mut items = client.$method(&request).items();
        let mut found = Vec::new();
        while let Some(number) = items.next().await {
            found.push(number.unwrap());
        }
        (found, sent(&$emulator, $parameter))
    }};
}

#[tokio::test]
async fn offsets_count_items_and_without_a_total_a_short_page_ends_the_list() {
    let plain = ListByOffsetRequest::new;
    let cases = [
        (plain().limit("2"), vec![vec![1, 2], vec![3, 4], vec![5]], vec!["", "2", "4"]),
        (plain().limit("2"), vec![vec![1, 2], vec![]], vec!["", "2"]),
        (plain().limit("2").offset("6"), vec![vec![7, 8], vec![9]], vec!["6", "8"]),
        (plain(), vec![vec![1, 2, 3], vec![4]], vec!["", "3"]),
        (plain(), vec![vec![1], vec![]], vec!["", "1"]),
        (plain().limit("0"), vec![vec![1], vec![2], vec![]], vec!["", "1", "2"]),
        (plain().limit("many"), vec![vec![1], vec![2], vec![]], vec!["", "1", "2"]),
    ];
    for (request, pages, expected) in cases {
        let emulator = emulator().await;
        script(&emulator, "ListByOffset", pages.iter().map(|page| json!({ "Numbers": page })));
        let case = format!("{request:?}");
        assert_eq!(
            listed!(emulator, list_by_offset, request, "Offset"),
            (pages.concat(), expected.iter().map(|offset| (*offset).to_owned()).collect()),
            "{case}"
        );
    }
}

#[tokio::test]
async fn a_member_of_an_object_selects_pages_and_a_flag_reports_more_pages() {
    let page = |more: Value, numbers: &[i32]| json!({ "HasMore": more, "Numbers": numbers });
    let words = || ListBySearchRequestSearch::new().words("w");
    let cases = [
        (
            ListBySearchRequest::new().search(words()),
            vec![page(json!(true), &[1, 2]), page(json!(true), &[3]), page(json!(false), &[4])],
            vec![1, 2, 3, 4],
            vec![r#"{"Words":"w"}"#, r#"{"Words":"w","Page":1}"#, r#"{"Words":"w","Page":2}"#],
        ),
        (
            ListBySearchRequest::new().search(words().page(3)),
            vec![page(json!("True"), &[1]), page(json!("false"), &[2])],
            vec![1, 2],
            vec![r#"{"Words":"w","Page":3}"#, r#"{"Words":"w","Page":4}"#],
        ),
        // If the request has no object, the next page adds one. A page without items ends the list.
        (
            ListBySearchRequest::new(),
            vec![page(json!(true), &[1]), page(json!(true), &[])],
            vec![1],
            vec!["", r#"{"Page":1}"#],
        ),
        // A service that returns no flag.
        (
            ListBySearchRequest::new().search(words()),
            vec![page(Value::Null, &[1, 2]), page(Value::Null, &[3])],
            vec![1, 2, 3],
            vec![r#"{"Words":"w"}"#, r#"{"Words":"w","Page":1}"#],
        ),
    ];
    for (request, pages, numbers, expected) in cases {
        let emulator = emulator().await;
        script(&emulator, "ListBySearch", pages);
        let case = format!("{request:?}");
        let (found, sent) = listed!(emulator, list_by_search, request, "Search");
        assert_eq!(found, numbers, "{case}");
        assert_eq!(sent, expected, "{case}");
    }
}

#[tokio::test]
async fn a_list_with_markers_ends_when_it_is_not_truncated() {
    let page = |marker: &str, truncated: Value, name: &str| json!({ "Marker": marker, "IsTruncated": truncated, "Names": [name] });
    let emulator = emulator().await;
    script(&emulator, "ListByMarker", [page("m", json!("true"), "a"), page("n", json!(false), "b")]);
    let (names, markers) = listed!(emulator, list_by_marker, ListByMarkerRequest::new(), "Marker");
    assert_eq!((names, markers), (vec!["a".to_owned(), "b".to_owned()], vec![String::new(), "m".to_owned()]));

    script(&emulator, "ListByMarker", [page("", json!(true), "a")]);
    let (client, request) = (client(&emulator), ListByMarkerRequest::new());
    let mut pages = client.list_by_marker(&request).pages();
    assert_eq!(pages.next().await.unwrap().unwrap().names, ["a"]);
    let error = pages.next().await.unwrap().unwrap_err().to_string();
    assert!(error.contains("`IsTruncated` says that there are more pages"), "{error}");
}

/// If a list supports page numbers and tokens, the request or else the first page selects one of them.
#[tokio::test]
async fn a_list_that_supports_both_is_read_by_number_unless_there_is_a_token() {
    let page = |names: &[&str], token: Value| json!({ "TotalCount": 3, "Names": names, "NextToken": token });
    let cases = [
        (
            ListEitherRequest::new().page_size(2),
            vec![page(&["a", "b"], Value::Null), page(&["c"], json!(""))],
            ["", "2"],
            ["", ""],
        ),
        (ListEitherRequest::new(), vec![page(&["a", "b"], json!("t1")), page(&["c"], json!(""))], ["", ""], ["", "t1"]),
        (
            ListEitherRequest::new().max_results(2).next_token("t0"),
            vec![page(&["a", "b"], json!("t1")), page(&["c"], Value::Null)],
            ["", ""],
            ["t0", "t1"],
        ),
    ];
    for (request, pages, numbers, tokens) in cases {
        let emulator = emulator().await;
        script(&emulator, "ListEither", pages);
        let client = client(&emulator);
        let mut items = client.list_either(&request).items();
        for expected in ["a", "b", "c"] {
            assert_eq!(items.next().await.unwrap().unwrap(), expected);
        }
        assert!(items.next().await.is_none());
        assert_eq!(sent(&emulator, "PageNumber"), numbers);
        assert_eq!(sent(&emulator, "NextToken"), tokens);
    }
}

/// By default, the emulator serves the items of the sample on pages of the requested size.
#[tokio::test]
async fn lists_of_the_emulator_end_after_their_items() {
    let emulator = emulator().await;
    let client = client(&emulator);
    for (request, calls) in [
        (ListEitherRequest::new(), 1),
        (ListEitherRequest::new().page_size(2), 3),
        (ListEitherRequest::new().page_size(2).page_number(1), 3),
        (ListEitherRequest::new().max_results(2), 3),
        (ListEitherRequest::new().max_results(5), 1),
    ] {
        let mut items = client.list_either(&request).items();
        for expected in ["a", "b", "c", "d", "e"] {
            assert_eq!(items.next().await.unwrap().unwrap(), expected, "{request:?}");
        }
        assert!(items.next().await.is_none(), "{request:?}");
        assert_eq!(emulator.take_calls().len(), calls, "{request:?}");
    }
    // Without a sample, a list is short, and it ends as well.
    macro_rules! assert_ends {
        ($operation:ident, $request:expr) => {
            let request = $request;
            let mut items = client.$operation(&request).items();
            let mut count = 0;
            while let Some(item) = items.next().await {
                item.unwrap();
                count += 1;
                assert!(count < 10, stringify!($operation));
            }
        };
    }
    assert_ends!(list_by_token, by_token());
    assert_ends!(list_by_mark, ListByMarkRequest::new());
    assert_ends!(list_by_number, ListByNumberRequest::new().page_size(1));
    assert_ends!(list_by_offset, ListByOffsetRequest::new().limit("1"));
    assert_ends!(list_by_search, ListBySearchRequest::new());
    assert_ends!(list_by_marker, ListByMarkerRequest::new());
}

#[tokio::test]
async fn a_missing_list_ends_the_stream() {
    let emulator = emulator().await;
    script(&emulator, "ListByNumber", [numbers(json!(100), &[1, 2]), json!({})]);
    let (client, request) = (client(&emulator), ListByNumberRequest::new());
    let mut pages = client.list_by_number(&request).pages();
    assert_eq!(pages.next().await.unwrap().unwrap().data.unwrap().numbers, [1, 2]);
    assert!(pages.next().await.unwrap().unwrap().data.is_none(), "the page itself is still returned");
    assert!(pages.next().await.is_none());
    assert_eq!(emulator.calls().len(), 2);
}

#[tokio::test]
async fn a_repeated_token_is_an_error_after_its_page() {
    for (request, calls) in [(by_token(), 2), (by_token().next_token("t"), 1)] {
        let emulator = emulator().await;
        script(&emulator, "ListByToken", vec![things(&["a"], json!("t")); 5]);
        let client = client(&emulator);
        let mut pages = client.list_by_token(&request).pages();
        for _ in 0..calls {
            pages.next().await.unwrap().unwrap();
        }
        let error = pages.next().await.unwrap().unwrap_err();
        assert!(matches!(error.failure(), Failure::Unreadable(_)) && error.service_error().is_none(), "{error:?}");
        assert!(error.to_string().contains("`NextToken` should be the token of the next page"), "{error}");
        assert_eq!(error.http_response().unwrap().status(), 200);
        assert!(pages.next().await.is_none() && pages.next().await.is_none());
        assert_eq!(emulator.calls().len(), calls);
    }
}

/// A token is compared with all earlier ones: otherwise, a list whose tokens form a circle would never end.
#[tokio::test]
async fn a_circle_of_tokens_ends_with_an_error() {
    for tokens in [&["a", "b"][..], &["x", "a", "b"], &["a", "b", "c", "d", "e"]] {
        let emulator = emulator().await;
        script(&emulator, "ListByToken", tokens.iter().cycle().take(50).map(|token| things(&["i"], json!(token))));
        let client = client(&emulator);
        let request = by_token();
        let mut pages = client.list_by_token(&request).pages();
        let error = loop {
            match pages.next().await.unwrap() {
                Ok(_) => {}
                Err(error) => break error,
            }
        };
        assert!(error.to_string().contains("is one that was used before"), "{error}");
        assert!(emulator.calls().len() <= 4 * tokens.len(), "{} pages", emulator.calls().len());
        assert!(pages.next().await.is_none());
    }
}

#[tokio::test]
async fn an_error_ends_the_stream() {
    let emulator = emulator().await;
    let client = client(&emulator);
    script(&emulator, "ListByToken", [things(&["a"], json!("t1"))]);
    emulator.fail_next("ListByToken", "Forbidden").unwrap();
    let request = by_token();
    let mut items = client.list_by_token(&request).items();
    assert_eq!(items.next().await.unwrap().unwrap().id, "a");
    let error = items.next().await.unwrap().unwrap_err();
    assert!(matches!(error.service_error(), Some(ListByTokenError::Forbidden)), "{error:?}");
    assert!(items.next().await.is_none() && items.next().await.is_none());
    assert_eq!(emulator.calls().len(), 2);
}

#[tokio::test]
async fn each_page_is_a_call_with_the_settings_of_the_first() {
    let emulator = emulator().await;
    // The client's own credentials are rejected.
    let client = client_of(&emulator, Credentials::new("nobody", "s"));
    let throttled = || ScriptedResponse::error(400, "Throttling.User", "Slow down.");
    for (id, next) in [("a", json!("t1")), ("b", json!("t2")), ("c", Value::Null)] {
        emulator.respond_next("ListByToken", throttled()).unwrap();
        script(&emulator, "ListByToken", [things(&[id], next)]);
    }
    let request = by_token();
    let call = client
        .list_by_token(&request)
        .credentials(Credentials::new(OTHER_ID, "other-secret"))
        .parameter("New", "1")
        .retry_policy(RetryPolicy::new().max_attempts(2).max_delay(Duration::from_millis(1)));
    let mut pages = call.pages();
    for _ in 0..3 {
        pages.next().await.unwrap().unwrap();
    }
    assert!(pages.next().await.is_none());
    assert_eq!(sent(&emulator, "New"), ["1"; 6]);

    // Each page has its own timeout: the second page times out only because it gets no response.
    script(&emulator, "ListByToken", [things(&["a"], json!("t1"))]);
    emulator.respond_next("ListByToken", ScriptedResponse::silence()).unwrap();
    let call = client.list_by_token(&request).credentials(Credentials::new(OTHER_ID, "other-secret"));
    let mut pages = call.timeout(Duration::from_secs(1)).retry_policy(RetryPolicy::none()).pages();
    pages.next().await.unwrap().unwrap();
    let error = pages.next().await.unwrap().unwrap_err();
    assert!(error.to_string().contains("the call timed out after 1s"), "{error}");
}

#[tokio::test]
async fn pages_are_fetched_lazily() {
    let emulator = emulator().await;
    let client = client(&emulator);
    script(&emulator, "ListByToken", [things(&["a", "b"], json!("t1")), things(&["c"], json!("t2"))]);
    let request = by_token();
    let mut items = client.list_by_token(&request).items();
    assert_eq!(emulator.calls().len(), 0);
    for (calls, id) in [(1, "a"), (1, "b"), (2, "c")] {
        assert_eq!(items.next().await.unwrap().unwrap().id, id);
        assert_eq!(emulator.calls().len(), calls);
    }
    drop(items);
    // This call gets a response, so no other call was in progress.
    client.list_by_token(&request).await.unwrap();
    assert_eq!(emulator.calls().len(), 3);
}

#[tokio::test]
async fn fetching_can_be_interrupted_and_resumed() {
    let emulator = emulator().await;
    let client = client(&emulator);
    script(&emulator, "ListByToken", [things(&["a"], json!("t1")), things(&["b"], Value::Null)]);
    let request = by_token();
    let mut pages = client.list_by_token(&request).pages();
    for id in ["a", "b"] {
        {
            let mut next = pin!(pages.next());
            assert!(poll_fn(|cx| Poll::Ready(next.as_mut().poll(cx).is_pending())).await);
        }
        assert_eq!(pages.next().await.unwrap().unwrap().things[0].id, id);
    }
    assert!(pages.next().await.is_none());
    assert_eq!(emulator.calls().len(), 2);
}

#[tokio::test]
async fn pages_and_items_are_streams_that_can_move_to_tasks() {
    async fn count<T, E>(mut stream: impl Stream<Item = Result<T, E>> + Unpin + Send) -> usize {
        let mut count = 0;
        while let Some(Ok(_)) = poll_fn(|cx| Pin::new(&mut stream).poll_next(cx)).await {
            count += 1;
        }
        count
    }
    let emulator = emulator().await;
    let client = client(&emulator);
    let page = [things(&["a", "b"], json!("t1")), things(&["c"], Value::Null)];
    script(&emulator, "ListByToken", page.iter().cycle().take(4).cloned());
    let counts = tokio::spawn(async move {
        let request = by_token();
        (count(client.list_by_token(&request).pages()).await, count(client.list_by_token(&request).items()).await)
    });
    assert_eq!(counts.await.unwrap(), (2, 3));
}

#[test]
fn synchronous_code_can_iterate() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let emulator = runtime.block_on(emulator());
    let client = client(&emulator);
    let request = by_token();
    let page = [things(&["a", "b"], json!("t1")), things(&["c"], Value::Null)];
    script(&emulator, "ListByToken", page.iter().cycle().take(4).cloned());
    let ids: Result<Vec<String>, _> =
        client.list_by_token(&request).items().wait().map(|thing| thing.map(|thing| thing.id)).collect();
    assert_eq!(ids.unwrap(), ["a", "b", "c"]);
    let lengths: Vec<usize> =
        client.list_by_token(&request).pages().wait().map(|page| page.unwrap().things.len()).collect();
    assert_eq!(lengths, [2, 1]);

    script(&emulator, "ListByToken", [things(&["a"], json!("t1"))]);
    emulator.fail_next("ListByToken", "Forbidden").unwrap();
    let outcomes: Vec<bool> = client.list_by_token(&request).items().wait().map(|thing| thing.is_ok()).collect();
    assert_eq!(outcomes, [true, false]);

    let sent = emulator.calls().len();
    runtime.block_on(async {
        let errors: Vec<String> =
            client.list_by_token(&request).pages().wait().map(|page| page.unwrap_err().to_string()).collect();
        assert_eq!(errors, ["`wait` blocks the thread and cannot be used in async code; await the call instead"]);
    });
    assert_eq!(emulator.calls().len(), sent);
}
