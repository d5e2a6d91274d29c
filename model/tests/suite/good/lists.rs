//! Pagination and waiters.

use alicloud_model::{Pagination, TokenPages, Turning, Waiter, WaitsFor};

use super::{BY_NUMBER, demo, everything, sound};

#[test]
fn all_kinds_of_pagination_are_read() {
    let path = |text: &str| text.split('.').map(str::to_owned).collect::<Vec<_>>();
    let token = Pagination {
        turning: Turning::Token { next: path("NextToken") },
        parameter: path("Token"),
        size: None,
        total: None,
        more: None,
        items: path("Things.Thing"),
        token: None,
    };
    assert_eq!(everything().pagination, Some(token));
    let operation = sound(demo(&[("ListByNumber", BY_NUMBER)])).operations.remove(0);
    let number = Pagination {
        turning: Turning::Number { first: 1 },
        parameter: path("PageNumber"),
        size: Some(path("PageSize")),
        total: Some(path("Page.Total")),
        more: None,
        items: path("Items"),
        token: None,
    };
    assert_eq!(operation.pagination, Some(number));
    let text = "\
operation: ListByOffset
summary: Lists things.
methods: [POST]
outcome: none
parameters:
  - { name: Page.Offset, type: Long }
  - { name: Next, type: String }
  - { name: Query, type: Object, fields: [{ name: Limit, type: Integer }, { name: Offset, type: Integer }] }
response:
  - { name: Success, type: Boolean }
  - { name: HasMore, type: Boolean }
  - { name: Next, type: String }
  - { name: Items, type: List<String> }
";
    let tables = [
        ("{ by: offset, parameter: Page.Offset, items: Items }", path("Page.Offset"), None, None, Turning::Offset),
        (
            "{ by: offset, parameter: Page.Offset, items: Items, token: { parameter: Next, next: Next, size: Query.Limit } }",
            path("Page.Offset"),
            None,
            None,
            Turning::Offset,
        ),
        (
            "{ by: number, first: 0, parameter: Query.Offset, size: Query.Limit, more: HasMore, items: Items }",
            path("Query.Offset"),
            Some(path("Query.Limit")),
            Some(path("HasMore")),
            Turning::Number { first: 0 },
        ),
    ];
    let tokens = TokenPages { parameter: path("Next"), size: Some(path("Query.Limit")), next: path("Next") };
    for (spec, mut parameter, size, more, turning) in tables {
        let token = spec.contains("token").then(|| tokens.clone());
        if spec.contains("Page.Offset") {
            // A name with a dot is not a path if a parameter has this name.
            parameter = vec![parameter.join(".")];
        }
        let text = format!("{text}pagination: {spec}\n");
        let operation = sound(demo(&[("ListByOffset", &text)])).operations.remove(0);
        let expected = Pagination { turning, parameter, size, total: None, more, items: path("Items"), token };
        assert_eq!(operation.pagination, Some(expected), "{spec}");
    }
}

#[test]
fn waiters_are_read() {
    let text = "\
operation: GetThing
summary: Gets a thing.
methods: [POST]
response:
  - { name: Success, type: Boolean }
  - { name: Code, type: String }
  - { name: Message, type: String }
  - { name: Sizes, type: List<List<Long>> }
  - { name: Parts, type: List<Object>, fields: [{ name: Status, type: String, values: [Ready, Broken, Lost] }] }
waiters:
  - { name: ready_2, field: Parts.Status, until: [Ready], fails: [Broken, Lost], every: 5, at_most: 300 }
  - { name: done, field: Success, until: [True], every: 1, at_most: 1 }
  - { name: sized, field: Sizes, until: [+1, 007], every: 1, at_most: 4294967295 }
  - { name: gone, codes: [demo.Fault], every: 2, at_most: 60 }
";
    let texts = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let value = |field: &[&str], values: &[&str], failing: &[&str]| WaitsFor::Value {
        field: texts(field),
        values: texts(values),
        failing: texts(failing),
    };
    let waiter = |name: &str, waits_for, every, at_most| Waiter { name: name.to_owned(), waits_for, every, at_most };
    let expected = [
        waiter("ready_2", value(&["Parts", "Status"], &["Ready"], &["Broken", "Lost"]), 5, 300),
        // The values have the form that they have in a decoded response.
        waiter("done", value(&["Success"], &["true"], &[]), 1, 1),
        waiter("sized", value(&["Sizes"], &["1", "7"], &[]), 1, u32::MAX),
        waiter("gone", WaitsFor::Error { codes: texts(&["demo.Fault"]) }, 2, 60),
    ];
    let operation = sound(demo(&[("GetThing", text)])).operations.remove(0);
    assert_eq!(operation.waiters, expected);
}
