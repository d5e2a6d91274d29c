//! A product with paginated operations and waiters, and an emulator that serves it.

use alicloud_emulator::{ACCESS_KEY_ID, ACCESS_KEY_SECRET, Emulator, ScriptedResponse};
use alicloud_model::SourceFile;
use alicloud_runtime::{Config, Credentials};
use serde_json::Value;

/// Passes the same specs to the macro and to the emulator.
macro_rules! specs {
    ($($path:tt => $text:tt),* $(,)?) => {
        alicloud_macros::generate! { $($path => $text),* }

        fn sources() -> Vec<SourceFile> {
            vec![$(SourceFile { path: $path.to_owned(), text: $text.to_owned() }),*]
        }
    };
}

specs! {
    "lists/2022-03-04/service.yaml" => r#"
product: Lists
version: 2022-03-04
style: RPC
errors:
  - { status: 404, code: Thing.NotFound, message: No such thing. }
  - { status: 404, code: InvalidThing.%s, message: No such thing. }
  - { status: 403, code: Forbidden, message: Not you. }
"#,
    "lists/2022-03-04/ListByToken.yaml" => r#"
operation: ListByToken
summary: Lists things, with a token for each next page.
methods: [POST]
effect: read
parameters:
  - { name: RegionId, type: String, required: true }
  - { name: NextToken, type: String }
response:
  - { name: NextToken, type: String, optional: true }
  - name: Things
    type: Object
    fields:
      - name: Thing
        type: List<Object>
        fields:
          - { name: Id, type: String }
          - { name: Status, type: String, optional: true }
  - { name: Count, type: Integer }
  - { name: Done, type: Boolean }
pagination: { by: token, parameter: NextToken, next: NextToken, items: Things.Thing }
waiters:
  - { name: ready, field: Things.Thing.Status, until: [Ready, Spare], fails: [Broken], every: 7, at_most: 420 }
  - { name: three, field: Count, until: [3], every: 1, at_most: 60 }
  - { name: done, field: Done, until: [true], every: 1, at_most: 60 }
  - { name: gone, codes: [Thing.NotFound, InvalidThing.%s], every: 1, at_most: 60 }
"#,
    "lists/2022-03-04/ListByMark.yaml" => r#"
operation: ListByMark
summary: Lists names from a mark on, which is a number.
methods: [POST]
effect: read
parameters:
  - { name: Mark, type: Long }
response:
  - { name: NextMark, type: Long }
  - { name: Names, type: List<String> }
pagination: { by: token, parameter: Mark, next: NextMark, items: Names }
"#,
    "lists/2022-03-04/ListByNumber.yaml" => r#"
operation: ListByNumber
summary: Lists numbers by the number of their page.
methods: [POST]
effect: read
parameters:
  - { name: PageNumber, type: Integer }
  - { name: PageSize, type: Integer }
response:
  - name: Data
    type: Object
    optional: true
    fields:
      - { name: Total, type: Long }
      - { name: Numbers, type: List<Integer> }
pagination: { by: number, parameter: PageNumber, size: PageSize, total: Data.Total, items: Data.Numbers }
"#,
    "lists/2022-03-04/ListByOffset.yaml" => r#"
operation: ListByOffset
summary: Lists numbers from an offset, which is a text, and has no total.
methods: [POST]
effect: read
parameters:
  - { name: Offset, type: String }
  - { name: Limit, type: String }
response:
  - { name: Numbers, type: List<Integer> }
pagination: { by: offset, parameter: Offset, size: Limit, items: Numbers }
"#,
    "lists/2022-03-04/ListBySearch.yaml" => r#"
operation: ListBySearch
summary: Lists numbers that a search finds, with page numbers from 0 inside the search.
methods: [POST]
effect: read
parameters:
  - name: Search
    type: Object
    style: json
    fields:
      - { name: Words, type: String }
      - { name: Page, type: Integer }
response:
  - { name: HasMore, type: Boolean, optional: true }
  - { name: Numbers, type: List<Integer> }
pagination: { by: number, first: 0, parameter: Search.Page, more: HasMore, items: Numbers }
"#,
    "lists/2022-03-04/ListEither.yaml" => r#"
operation: ListEither
summary: Lists names by the number of their page, or by token.
methods: [POST]
effect: read
parameters:
  - { name: PageNumber, type: Integer }
  - { name: PageSize, type: Integer }
  - { name: NextToken, type: String }
  - { name: MaxResults, type: Integer }
response:
  - { name: NextToken, type: String, optional: true }
  - { name: TotalCount, type: Integer }
  - { name: Names, type: List<String> }
pagination:
  by: number
  parameter: PageNumber
  size: PageSize
  total: TotalCount
  items: Names
  token: { parameter: NextToken, next: NextToken, size: MaxResults }
examples:
  - request: {}
    json: |
      { "TotalCount": 9, "NextToken": "sample", "Names": ["a", "b", "c", "d", "e"] }
"#,
    "lists/2022-03-04/ListByMarker.yaml" => r#"
operation: ListByMarker
summary: Lists names by markers, and says whether there are more.
methods: [POST]
effect: read
parameters:
  - { name: Marker, type: String }
response:
  - { name: Marker, type: String }
  - { name: IsTruncated, type: String }
  - { name: Names, type: List<String> }
pagination: { by: token, parameter: Marker, next: Marker, more: IsTruncated, items: Names }
"#,
}

pub(crate) const OTHER_ID: &str = "other-id";

/// Starts an emulator with two accounts.
pub(crate) async fn emulator() -> Emulator {
    let started = Emulator::builder().sources(sources()).account(ACCESS_KEY_ID, ACCESS_KEY_SECRET);
    started.account(OTHER_ID, "other-secret").start().await.unwrap()
}

pub(crate) fn client(emulator: &Emulator) -> lists::Client {
    client_of(emulator, Credentials::new(ACCESS_KEY_ID, ACCESS_KEY_SECRET))
}

pub(crate) fn client_of(emulator: &Emulator, credentials: Credentials) -> lists::Client {
    lists::Client::new(&Config::new(credentials).endpoint(emulator.url())).unwrap()
}

/// Scripts these responses for the next calls of the operation.
pub(crate) fn script(emulator: &Emulator, operation: &str, responses: impl IntoIterator<Item = Value>) {
    for body in responses {
        emulator.respond_next(operation, ScriptedResponse::json(200, body)).unwrap();
    }
}

/// Returns the value of a parameter in each call, or an empty text if it was not sent.
pub(crate) fn sent(emulator: &Emulator, parameter: &str) -> Vec<String> {
    let calls = emulator.calls();
    calls.iter().map(|call| call.parameters.get(parameter).cloned().unwrap_or_default()).collect()
}
