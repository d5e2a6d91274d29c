//! Pagination: the request after each page, and the end of a list.

use alicloud_runtime::dynamic::{Client, Decode, Detail, Input, Operation, Pagination, Parameters, Slot, Style, Value};

use crate::test_service::SERVICE;
use crate::transport_double::Double;
use alicloud_runtime::{Config, Credentials, Error, Failure, HttpResponse};
use alicloud_runtime::{Method, Paginated, Request};
use serde_json::json;

/// A page of any list.
#[derive(Debug, Default)]
struct Page {
    numbers: Vec<i32>,
    next: Option<String>,
    mark: i64,
    total: Option<i64>,
    more: Option<bool>,
    truncated: String,
    data: Option<Data>,
}

#[derive(Debug, Default)]
struct Data {
    numbers: Vec<i32>,
    total: i32,
}

impl Decode for Page {
    fn field(&mut self, index: usize) -> (&'static str, Slot<'_>) {
        match index {
            0 => ("Numbers", Slot::List(&mut self.numbers)),
            1 => ("Next", Slot::OptionalText(&mut self.next)),
            2 => ("Mark", Slot::Long(&mut self.mark)),
            3 => ("Total", Slot::OptionalLong(&mut self.total)),
            4 => ("More", Slot::OptionalBoolean(&mut self.more)),
            5 => ("Truncated", Slot::Text(&mut self.truncated)),
            6 => ("Data", Slot::OptionalObject(&mut self.data)),
            _ => ("", Slot::Skip),
        }
    }
}

impl Decode for Data {
    fn field(&mut self, index: usize) -> (&'static str, Slot<'_>) {
        match index {
            0 => ("Numbers", Slot::List(&mut self.numbers)),
            1 => ("Total", Slot::Integer(&mut self.total)),
            _ => ("", Slot::Skip),
        }
    }
}

macro_rules! list {
    ($name:ident, $parameters:expr, $pagination:expr, $items:expr) => {
        struct $name(Input);

        impl Request for $name {
            type Response = Page;
            type Error = ();
            const OPERATION: &'static Operation<'static> =
                &Operation::repeatable(&SERVICE, stringify!($name), Method::Get, $parameters);
            fn input(&self) -> &Input {
                &self.0
            }
            fn error(_: usize, _: &str) {}
        }

        impl Paginated for $name {
            type Item = i32;
            const PAGINATION: Pagination = $pagination;
            fn items(page: &mut Page) -> Option<&mut Vec<i32>> {
                let items: fn(&mut Page) -> Option<&mut Vec<i32>> = $items;
                items(page)
            }
        }
    };
    ($name:ident, $parameters:expr, $pagination:expr) => {
        list!($name, $parameters, $pagination, |page| Some(&mut page.numbers));
    };
}

const SEARCH: Parameters = Parameters::new(0, &["Words", "Page"]);

list!(ByToken, Parameters::new(0, &["Token"]), Pagination::token(&[0], "Next"));
list!(ByMark, Parameters::new(0, &["Mark"]), Pagination::token(&[0], "Mark").is_text(false));
list!(ByTextMark, Parameters::new(0, &["Mark"]), Pagination::token(&[0], "Mark"));
list!(ByNumericToken, Parameters::new(0, &["Token"]), Pagination::token(&[0], "Next").is_text(false));
list!(ByFlag, Parameters::new(0, &["Token"]), Pagination::token(&[0], "Next").more("Truncated"));
list!(ByNumber, Parameters::new(0, &["Page", "Size"]), Pagination::number(&[0], 1).size(&[1]).total("Total"));
list!(InData, Parameters::new(0, &["Page"]), Pagination::number(&[0], 0).total("Data.Total"), |page| page
    .data
    .as_mut()
    .map(|data| &mut data.numbers));
list!(ByOffset, Parameters::new(0, &["Offset", "Limit"]), Pagination::offset(&[0]).is_text(true).size(&[1]));
list!(ByOffsetToTotal, Parameters::new(0, &["Offset"]), Pagination::offset(&[0]).total("Total"));
list!(
    ByMember,
    Parameters::new(0, &["Search"]).details(&[(0, Detail { style: Style::Json, members: &SEARCH, ..Detail::PLAIN })]),
    Pagination::number(&[0, 1], 0).more("More")
);
list!(
    Either,
    Parameters::new(0, &["Page", "Size", "Token", "Max"]),
    Pagination::number(&[0], 1).size(&[1]).total("Total").or_token(&[2], "Next", &[3])
);
list!(EitherByMark, Parameters::new(0, &["Page", "Mark"]), Pagination::number(&[0], 1).or_token(&[1], "Mark", &[]));

fn client(double: &Double) -> Client {
    let config = Config::new(Credentials::new("id", "secret")).endpoint("e.example.com").transport(double.clone());
    Client::new(&SERVICE, &config).unwrap()
}

fn pages_of(bodies: &[serde_json::Value]) -> Double {
    Double::new(bodies.iter().map(|body| HttpResponse::new(200, body.to_string())))
}

/// The queries that were sent.
fn queries(double: &Double) -> Vec<String> {
    let query = |url: &str| url.split_once('?').map(|(_, query)| query.to_owned()).unwrap_or_default();
    double.requests().iter().map(|request| query(request.url())).collect()
}

/// Reads a list to its end, or to its error.
async fn read<R: Paginated<Response = Page, Item = i32, Error = ()>>(
    request: R,
    double: &Double,
) -> (Vec<i32>, Option<Error<()>>) {
    let client = client(double);
    let mut items = client.call(&request).items();
    let mut found = Vec::new();
    let error = loop {
        match items.next().await {
            Some(Ok(item)) => found.push(item),
            Some(Err(error)) => break Some(error),
            None => break None,
        }
        assert!(found.len() < 100, "the list has no end");
    };
    assert!(items.next().await.is_none(), "nothing follows the end");
    (found, error)
}

/// Checks that all items of these pages are returned, and that these queries request them.
macro_rules! assert_listed {
    ($($request:expr, [$($body:tt),* $(,)?] => [$($query:literal),* $(,)?];)*) => {$(
        let bodies = [$(json!($body)),*];
        let double = pages_of(&bodies);
        let (found, error) = read($request, &double).await;
        assert!(error.is_none(), "{bodies:?}: {error:?}");
        let all = |body: &serde_json::Value| body["Numbers"].as_array().cloned().unwrap_or_default();
        let expected: Vec<_> = bodies.iter().flat_map(all).collect();
        assert_eq!(json!(found), json!(expected), "{bodies:?}");
        assert_eq!(queries(&double), [$($query),*], "{bodies:?}");
    )*};
}

#[tokio::test]
async fn a_list_by_token_ends_after_a_page_without_a_token() {
    assert_listed! {
        ByToken(Input::new()), [{"Numbers":[1,2],"Next":"t1"}, {"Numbers":[3],"Next":"t2"}, {"Numbers":[4]}]
            => ["", "Token=t1", "Token=t2"];
        ByToken(Input::new().text(0, "t0")), [{"Numbers":[1],"Next":"t1"}, {"Numbers":[2],"Next":null}]
            => ["Token=t0", "Token=t1"];
        ByToken(Input::new()), [{"Numbers":[],"Next":"t1"}, {"Numbers":[1],"Next":""}] => ["", "Token=t1"];
        ByToken(Input::new()), [{"Numbers":[],"Next":""}] => [""];
        ByToken(Input::new()), [{}] => [""];
        ByToken(Input::new()), [{"Numbers":[1],"Next":12}, {"Next":"0"}, {"Numbers":[2]}] => ["", "Token=12", "Token=0"];
        ByMark(Input::new()), [{"Numbers":[1],"Mark":7}, {"Numbers":[2],"Mark":"9007199254740993"}, {"Mark":0}]
            => ["", "Mark=7", "Mark=9007199254740993"];
        ByTextMark(Input::new()), [{"Numbers":[1],"Mark":7}, {"Mark":8}, {"Numbers":[2]}] => ["", "Mark=7", "Mark=8"];
        ByNumericToken(Input::new()), [{"Numbers":[1],"Next":" 7 "}, {"Numbers":[2],"Next":""}] => ["", "Token=7"];
        ByFlag(Input::new()), [{"Numbers":[1],"Truncated":"true","Next":"m"}, {"Truncated":"false","Next":"n"}]
            => ["", "Token=m"];
        ByFlag(Input::new()), [{"Truncated":"Yes","Next":"m"}, {"Truncated":"1","Next":"n"}, {"Truncated":"no","Next":"o"}]
            => ["", "Token=m", "Token=n"];
        ByFlag(Input::new()), [{"Numbers":[1],"Truncated":"0","Next":"m"}] => [""];
        ByFlag(Input::new()), [{"Numbers":[1],"Truncated":"perhaps","Next":"m"}, {"Truncated":"perhaps"}] => ["", "Token=m"];
    }
}

#[tokio::test]
async fn a_list_by_number_ends_at_its_total_or_after_a_page_without_items() {
    assert_listed! {
        ByNumber(Input::new().set(1, 2)), [
            {"Numbers":[1,2],"Total":5}, {"Numbers":[3,4],"Total":5}, {"Numbers":[5],"Total":5}
        ] => ["Size=2", "Page=2&Size=2", "Page=3&Size=2"];
        ByNumber(Input::new()), [{"Numbers":[1,2],"Total":"4"}, {"Numbers":[3,4],"Total":"4"}] => ["", "Page=2"];
        ByNumber(Input::new()), [{"Numbers":[],"Total":0}] => [""];
        // A total that is too large, missing, 0 or negative.
        ByNumber(Input::new()), [{"Numbers":[1],"Total":9}, {"Numbers":[],"Total":9}] => ["", "Page=2"];
        ByNumber(Input::new()), [{"Numbers":[1,2]}, {"Numbers":[3]}, {}] => ["", "Page=2", "Page=3"];
        ByNumber(Input::new()), [{"Numbers":[1,2],"Total":0}, {"Total":0}] => ["", "Page=2"];
        ByNumber(Input::new()), [{"Numbers":[1,2],"Total":-1}, {"Total":-1}] => ["", "Page=2"];
        ByNumber(Input::new()), [{"Numbers":[1],"Total":1}] => [""];
        // Pages are counted from the request's.
        ByNumber(Input::new().set(0, 2)), [{"Numbers":[3,4],"Total":6}, {"Numbers":[5,6],"Total":6}]
            => ["Page=2", "Page=3"];
        // A page with fewer items than an earlier one is not the last before the total.
        ByNumber(Input::new()), [{"Numbers":[1,2],"Total":5}, {"Numbers":[3],"Total":5}, {"Numbers":[5],"Total":5}]
            => ["", "Page=2", "Page=3"];
    }
    // The first page has the number 0. The object around the list may be missing.
    for (bodies, expected, sent) in [
        (
            vec![json!({"Data":{"Numbers":[1,2],"Total":3}}), json!({"Data":{"Numbers":[3],"Total":3}})],
            vec![1, 2, 3],
            2,
        ),
        (vec![json!({"Data":{"Numbers":[1],"Total":1}})], vec![1], 1),
        (vec![json!({"Data":{"Numbers":[1,2],"Total":9}}), json!({})], vec![1, 2], 2),
    ] {
        let double = pages_of(&bodies);
        let (found, error) = read(InData(Input::new()), &double).await;
        assert!(error.is_none(), "{error:?}");
        assert_eq!((found, queries(&double)), (expected, ["", "Page=1"].map(str::to_owned)[..sent].to_vec()));
    }
}

#[tokio::test]
async fn a_list_by_offset_counts_items_and_ends_after_a_short_page() {
    assert_listed! {
        ByOffset(Input::new().text(1, "2")), [{"Numbers":[1,2]}, {"Numbers":[3,4]}, {"Numbers":[5]}]
            => ["Limit=2", "Limit=2&Offset=2", "Limit=2&Offset=4"];
        ByOffset(Input::new().text(0, "6").text(1, "2")), [{"Numbers":[7,8]}, {"Numbers":[9]}]
            => ["Limit=2&Offset=6", "Limit=2&Offset=8"];
        ByOffset(Input::new()), [{"Numbers":[1,2,3]}, {"Numbers":[4]}] => ["", "Offset=3"];
        ByOffset(Input::new()), [{"Numbers":[1]}, {}] => ["", "Offset=1"];
        ByOffset(Input::new().text(1, "0")), [{"Numbers":[1]}, {"Numbers":[2]}, {}]
            => ["Limit=0", "Limit=0&Offset=1", "Limit=0&Offset=2"];
        ByOffset(Input::new().text(1, "0")), [{"Numbers":[1,2]}, {"Numbers":[3]}] => ["Limit=0", "Limit=0&Offset=2"];
        ByOffset(Input::new().text(1, "2")), [{"Numbers":[1]}] => ["Limit=2"];
        ByOffset(Input::new().text(1, "many")), [{"Numbers":[1]}, {}] => ["Limit=many", "Limit=many&Offset=1"];
        ByOffset(Input::new().set(1, true)), [{"Numbers":[1]}, {}] => ["Limit=true", "Limit=true&Offset=1"];
        ByOffsetToTotal(Input::new()), [{"Numbers":[1,2],"Total":4}, {"Numbers":[3],"Total":4}, {"Numbers":[4],"Total":4}]
            => ["", "Offset=2", "Offset=3"];
    }
}

#[tokio::test]
async fn a_member_of_an_object_can_select_the_page() {
    let search = |members: Input| ByMember(Input::new().set(0, Value::Object(members)));
    assert_listed! {
        search(Input::new().text(0, "w")), [
            {"Numbers":[1,2],"More":true}, {"Numbers":[3],"More":true}, {"Numbers":[4],"More":false}
        ] => [
            "Search=%7B%22Words%22%3A%22w%22%7D",
            "Search=%7B%22Words%22%3A%22w%22%2C%22Page%22%3A1%7D",
            "Search=%7B%22Words%22%3A%22w%22%2C%22Page%22%3A2%7D",
        ];
        search(Input::new().set(1, 3)), [{"Numbers":[1],"More":"True"}, {"Numbers":[2],"More":"false"}]
            => ["Search=%7B%22Page%22%3A3%7D", "Search=%7B%22Page%22%3A4%7D"];
        // Without the object, the next request has one. A page without items ends the list.
        ByMember(Input::new()), [{"Numbers":[1],"More":true}, {"Numbers":[],"More":true}]
            => ["", "Search=%7B%22Page%22%3A1%7D"];
        ByMember(Input::new().text(0, "no object")), [{"Numbers":[1],"More":true}, {"More":false}]
            => ["Search=no%20object", "Search=%7B%22Page%22%3A1%7D"];
        // If the service does not say whether there are more pages, a short page ends the list.
        search(Input::new()), [{"Numbers":[1,2]}, {"Numbers":[3]}]
            => ["Search=%7B%7D", "Search=%7B%22Page%22%3A1%7D"];
    }
}

#[tokio::test]
async fn a_list_of_both_kinds_is_read_by_number_unless_there_is_a_token() {
    assert_listed! {
        Either(Input::new().set(1, 2)), [{"Numbers":[1,2],"Total":3,"Next":""}, {"Numbers":[3],"Total":3}]
            => ["Size=2", "Page=2&Size=2"];
        Either(Input::new()), [{"Numbers":[1,2],"Total":3,"Next":"t1"}, {"Numbers":[3],"Total":3,"Next":""}]
            => ["", "Token=t1"];
        Either(Input::new().text(2, "t0")), [{"Numbers":[1,2],"Total":3,"Next":"t1"}, {"Numbers":[3],"Total":9}]
            => ["Token=t0", "Token=t1"];
        Either(Input::new().set(3, 2)), [{"Numbers":[1,2],"Total":9}] => ["Max=2"];
        // 0 is not a token.
        EitherByMark(Input::new()), [{"Numbers":[1,2],"Mark":0}, {"Numbers":[3],"Mark":0}] => ["", "Page=2"];
        EitherByMark(Input::new()), [{"Numbers":[1,2],"Mark":5}, {"Numbers":[3],"Mark":0}] => ["", "Mark=5"];
    }
}

/// Reads pages of a list without end, and returns the error.
async fn error_of<R: Paginated<Response = Page, Item = i32, Error = ()>>(request: R, double: &Double) -> String {
    let error = read(request, double).await.1.expect("an error");
    assert!(matches!(error.failure(), Failure::Unreadable(_)), "{error:?}");
    assert_eq!((error.attempts(), error.http_response().unwrap().status()), (1, 200));
    error.to_string()
}

#[tokio::test]
async fn a_list_that_would_not_end_is_an_error() {
    // The tokens, repeated in a cycle, and the number of pages that are read.
    for (tokens, pages) in [(&["t"][..], 2), (&["a", "b"], 3), (&["a", "b", "c"], 6), (&["a", "b", "c", "d", "e"], 11)]
    {
        let double = pages_of(&tokens.iter().cycle().take(60).map(|next| json!({"Next":next})).collect::<Vec<_>>());
        let error = error_of(ByToken(Input::new()), &double).await;
        let expected =
            if pages == 2 { "is the one that this page was requested with" } else { "is one that was used before" };
        assert!(error.contains("`Next` should be the token of the next page, and "), "{error}");
        assert!(error.contains(expected), "{error}");
        assert_eq!(double.requests().len(), pages, "{tokens:?}");
    }
    let double = pages_of(&[json!({"Truncated":"true","Next":""})]);
    let error = error_of(ByFlag(Input::new()), &double).await;
    assert!(error.contains("`Truncated` says that there are more pages, and `Next`, which"), "{error}");
    let double = pages_of(&[json!({"Next":"t"})]);
    let error = error_of(ByNumericToken(Input::new()), &double).await;
    assert!(error.contains("`Next` should be a whole number"), "{error}");
}

#[tokio::test]
async fn pages_are_fetched_one_by_one_until_an_error() {
    let failed = HttpResponse::new(403, r#"{"Code":"Forbidden","Message":"m"}"#);
    let double = Double::new([HttpResponse::new(200, r#"{"Numbers":[1,2],"Next":"t"}"#), failed]);
    let client = client(&double);
    let request = ByToken(Input::new());
    let mut pages = client.call(&request).pages();
    assert_eq!(format!("{pages:?} {:?}", client.call(&request).items()), "Pages { .. } Items { .. }");
    assert!(double.requests().is_empty(), "nothing is sent before the stream is polled");
    assert_eq!(pages.next().await.unwrap().unwrap().numbers, [1, 2]);
    assert_eq!(double.requests().len(), 1);
    assert_eq!(pages.next().await.unwrap().unwrap_err().code(), Some("Forbidden"));
    assert!(pages.next().await.is_none() && pages.next().await.is_none());
    assert_eq!(double.requests().len(), 2);
}

#[cfg(feature = "blocking")]
#[test]
fn an_iterator_over_items_ends_at_an_error() {
    let failed = HttpResponse::new(403, r#"{"Code":"Forbidden","Message":"m"}"#);
    for (last, expected) in [(HttpResponse::new(200, r#"{"Numbers":[3]}"#), "1 2 3"), (failed, "1 2 Forbidden")] {
        let double = Double::new([HttpResponse::new(200, r#"{"Numbers":[1,2],"Next":"t"}"#), last]);
        let (client, request) = (client(&double), ByToken(Input::new()));
        let shown = |item: Result<i32, Error<()>>| match item {
            Ok(number) => number.to_string(),
            Err(error) => error.code().unwrap_or_default().to_owned(),
        };
        let mut items = client.call(&request).items().wait();
        assert_eq!(items.by_ref().map(shown).collect::<Vec<_>>().join(" "), expected);
        assert!(items.next().is_none());
        assert_eq!(double.requests().len(), 2);
        let mut pages = client.call(&request).pages().wait();
        assert_eq!(pages.next().unwrap().is_ok(), expected == "1 2 3");
        assert!(pages.next().is_none(), "the last response has no token");
    }
}
