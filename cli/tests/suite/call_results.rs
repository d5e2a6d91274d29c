//! `alicloud call` with pages, waiters, queries and output formats; and the help for an operation.

use std::path::Path;

use alicloud_emulator::{Emulator, ScriptedResponse};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::folder::folder;
use crate::program::{self, ACCESS_KEY, Ended};

const SERVICE: &str = "\
product: Demo
version: 2020-01-01
style: RPC
endpoints: { host: demo.aliyuncs.com }
";

/// By number, with a total; or by token. A waiter for values, one for numbers, and one for an error.
const LIST: &str = "\
operation: ListThings
summary: Lists things.
methods: [POST]
effect: read
parameters:
  - { name: Kind, type: String, required: true, doc: The kind of things., values: [Big, Small] }
  - { name: PageNumber, type: Integer }
  - { name: PageSize, type: Integer, range: { min: 1, max: 50 } }
  - { name: NextToken, type: String }
  - { name: Ids, type: List<String> }
  - { name: query, type: String }
response:
  - { name: TotalCount, type: Integer }
  - { name: NextToken, type: String }
  - name: Things
    type: Object
    fields:
      - name: Thing
        type: List<Object>
        fields:
          - { name: Id, type: String }
          - { name: Size, type: Long }
          - { name: State, type: String }
          - { name: Tags, type: List<String> }
pagination:
  by: number
  parameter: PageNumber
  size: PageSize
  total: TotalCount
  items: Things.Thing
  token: { parameter: NextToken, next: NextToken }
waiters:
  - { name: ready, field: Things.Thing.State, until: [Ready], fails: [Broken], every: 1, at_most: 60 }
  - { name: three, field: TotalCount, until: [3], every: 1, at_most: 60 }
  - { name: gone, codes: [Thing.NotFound], every: 1, at_most: 60 }
errors:
  - { status: 404, code: Thing.NotFound, message: There is no such thing. }
  - { status: 403, code: Thing.Locked, message: It is locked. }
";

const PUT: &str = "\
operation: PutThing
summary: Puts a thing.
methods: [POST]
effect: write
response: [{ name: RequestId, type: String }]
";

struct Demo {
    emulator: Emulator,
    specs: TempDir,
}

impl Demo {
    async fn start() -> Self {
        let specs = folder(&[
            ("demo/2020-01-01/service.yaml", SERVICE),
            ("demo/2020-01-01/ListThings.yaml", LIST),
            ("demo/2020-01-01/PutThing.yaml", PUT),
        ]);
        let emulator = Emulator::start(specs.path()).await.unwrap();
        Self { emulator, specs }
    }

    fn script(&self, responses: impl IntoIterator<Item = Value>) {
        for response in responses {
            let response = ScriptedResponse::json(200, response.to_string());
            self.emulator.respond_next("ListThings", response).unwrap();
        }
    }

    fn list(&self, arguments: &[&str]) -> Ended {
        self.call("ListThings", &[&["--Kind", "Big"], arguments].concat())
    }

    fn call(&self, operation: &str, arguments: &[&str]) -> Ended {
        let specs = self.specs.path().to_str().unwrap();
        let start = ["call", "demo", operation, "--endpoint", self.emulator.url(), "--specs", specs];
        alicloud(&[&start, arguments].concat())
    }

    /// Returns the values of a parameter in the calls so far, and deletes the calls.
    fn sent(&self, parameter: &str) -> Vec<Option<String>> {
        self.emulator.take_calls().iter().map(|call| call.parameters.get(parameter).cloned()).collect()
    }
}

fn alicloud(arguments: &[&str]) -> Ended {
    Ended::of(program::alicloud(&ACCESS_KEY).args(arguments))
}

fn thing(id: &str, state: &str) -> Value {
    json!({ "Id": id, "Size": 9_007_199_254_740_993_i64, "State": state, "Tags": ["x", "y"] })
}

fn page(things: &[Value], total: i64, token: &str) -> Value {
    json!({ "TotalCount": total, "NextToken": token, "Things": { "Thing": things } })
}

fn two() -> Value {
    page(&[thing("a", "Ready"), thing("b", "Pend\u{1b}[31ming")], 2, "")
}

#[tokio::test(flavor = "multi_thread")]
async fn all_pages_are_one_response() {
    let demo = Demo::start().await;
    // By number: until the total is reached.
    let pages = [page(&[thing("a", "Ready"), thing("b", "Ready")], 3, ""), page(&[thing("c", "Ready")], 3, "")];
    demo.script(pages);
    let ended = demo.list(&["--all-pages"]);
    assert_eq!((ended.code, ended.errors.as_str()), (Some(0), ""));
    let things = [thing("a", "Ready"), thing("b", "Ready"), thing("c", "Ready")];
    assert_eq!(serde_json::from_str::<Value>(&ended.out).unwrap(), page(&things, 3, ""));
    assert_eq!(demo.sent("PageNumber"), [None, Some("2".to_owned())]);
    // By token, because the service returns one; from the given page on.
    demo.script([page(&[thing("a", "Ready")], 9, "t1"), page(&[], 9, "t2"), page(&[thing("b", "Ready")], 9, "")]);
    let ended = demo.list(&["--all-pages", "--query", "Things.Thing[].Id", "--NextToken", "t0"]);
    assert_eq!((ended.code, ended.out.as_str()), (Some(0), "[\n  \"a\",\n  \"b\"\n]\n"), "{}", ended.errors);
    let tokens = ["t0", "t1", "t2"].map(|token| Some(token.to_owned()));
    assert_eq!(demo.sent("NextToken"), tokens);
    // A page without the list is empty. A repeated token and an error end the list.
    demo.script([json!({})]);
    assert_eq!(demo.list(&["--all-pages"]).out, "{}\n");
    demo.script([page(&[thing("a", "Ready")], 9, "t1"), page(&[thing("b", "Ready")], 9, "t1")]);
    let ended = demo.list(&["--all-pages"]);
    assert_eq!((ended.code, ended.out.as_str()), (Some(1), ""));
    assert!(ended.errors.contains("`NextToken` should be the token of the next page"), "{}", ended.errors);
    demo.script([page(&[thing("a", "Ready")], 9, "t1")]);
    demo.emulator.fail_next("ListThings", "Thing.Locked").unwrap();
    let ended = demo.list(&["--all-pages"]);
    assert_eq!((ended.code, ended.out.as_str()), (Some(1), ""));
    assert!(ended.errors.starts_with("error: Thing.Locked: It is locked."), "{}", ended.errors);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wait_ends_with_the_value_the_error_or_a_failure() {
    let demo = Demo::start().await;
    demo.script([page(&[thing("a", "Pending")], 1, ""), page(&[thing("a", "Ready")], 1, "")]);
    let ended = demo.list(&["--wait", "ready", "--query", "TotalCount"]);
    assert_eq!((ended.code, ended.out.as_str(), ended.errors.as_str()), (Some(0), "1\n", ""));
    assert_eq!(demo.emulator.take_calls().len(), 2);
    demo.script([page(&[], 3, "")]);
    assert_eq!(demo.list(&["--wait", "Three", "--output", "json"]).code, Some(0));
    demo.script([page(&[thing("a", "Ready"), thing("b", "Broken")], 2, "")]);
    let ended = demo.list(&["--wait", "ready"]);
    assert_eq!((ended.code, ended.out.as_str()), (Some(1), ""));
    let expected =
        "stopped waiting for `Things.Thing.State` of ListThings to be `Ready`: it is `Broken`, which is a failure";
    assert!(ended.errors.contains(expected), "{}", ended.errors);
    demo.emulator.fail_next("ListThings", "Thing.NotFound").unwrap();
    let ended = demo.list(&["--wait", "gone"]);
    assert_eq!((ended.code, ended.out.as_str(), ended.errors.as_str()), (Some(0), "", ""));
    demo.emulator.fail_next("ListThings", "Thing.Locked").unwrap();
    assert_eq!(demo.list(&["--wait", "gone"]).code, Some(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn responses_are_queried_and_printed_in_several_formats() {
    let demo = Demo::start().await;
    for (arguments, printed) in [
        (&["--query", "TotalCount"][..], "2\n"),
        (&["--query", "Things.Thing[0].Size"], "9007199254740993\n"),
        (&["--query", "Things.Thing[?State=='Ready'].Id | [0]"], "\"a\"\n"),
        (&["--query", "Nothing"], "null\n"),
        (&["--query", "Things.Thing[].Tags[]", "--output", "yaml"], "- x\n- y\n- x\n- y\n"),
        // The list, with the columns that fit. Control characters are escaped.
        (
            &["--output", "table"],
            "Id  Size              State\na   9007199254740993  Ready\nb   9007199254740993  Pend\\u{1b}[31ming\n",
        ),
        (
            &["--query", "Things.Thing[0]", "--output", "table"],
            "Id     a\nSize   9007199254740993\nState  Ready\nTags   [\"x\",\"y\"]\n",
        ),
        (
            &["--query", "Things.Thing[].{Name: Id, Of: Tags}", "--output", "table"],
            "Name  Of\na     [\"x\",\"y\"]\nb     [\"x\",\"y\"]\n",
        ),
        (&["--query", "Things.Thing[].[Id, Size]", "--output", "table"], "a  9007199254740993\nb  9007199254740993\n"),
        (&["--query", "Things.Thing[].Id", "--output", "table"], "a\nb\n"),
        (&["--query", "`[]`", "--output", "table"], ""),
        (&["--query", "TotalCount", "--output", "table"], "2\n"),
    ] {
        demo.script([two()]);
        let ended = demo.list(arguments);
        assert_eq!((ended.code, ended.errors.as_str()), (Some(0), ""), "{arguments:?}");
        assert_eq!(ended.out, printed, "{arguments:?}");
    }
    demo.script([two()]);
    assert_eq!(serde_json::from_str::<Value>(&demo.list(&["--output", "json"]).out).unwrap(), two());
    // Without any of these options, the body is unchanged.
    demo.script([two()]);
    assert_eq!(demo.list(&[]).out, two().to_string());
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_are_repeated_parameters_or_parts() {
    let demo = Demo::start().await;
    for arguments in [
        &["--Ids", "i-1", "--Ids", "i-2"][..],
        &["--Ids=i-1", "--Ids=i-2"],
        &["--Ids.1", "i-1", "--Ids.2", "i-2"],
        &["--Ids", r#"["i-1", "i-2"]"#],
    ] {
        demo.script([two()]);
        assert_eq!(demo.list(arguments).code, Some(0), "{arguments:?}");
        let call = demo.emulator.take_calls().pop().unwrap();
        let ids = ["Ids.1", "Ids.2", "Ids.3"].map(|name| call.parameters.get(name).map(String::as_str));
        assert_eq!(ids, [Some("i-1"), Some("i-2"), None], "{arguments:?}");
    }
    demo.script([two()]);
    demo.list(&["--Ids", "i-1"]);
    assert_eq!(demo.sent("Ids.1"), [Some("i-1".to_owned())]);
}

#[tokio::test(flavor = "multi_thread")]
async fn invalid_options_are_rejected_before_sending() {
    let demo = Demo::start().await;
    let long = "a".repeat(5000);
    let deep = "[".repeat(4000);
    for (operation, arguments, error, help) in [
        ("ListThings", &["--query", "Things["][..], "the query is not a JMESPath expression:", "jmespath.org"),
        ("ListThings", &["--query", &long], "the query is longer than 4096 bytes", "`jq`"),
        ("ListThings", &["--query", &deep], "the query is not a JMESPath expression:", "jmespath.org"),
        ("ListThings", &["--query", "a", "--format", "xml"], "read JSON", "`--format xml`"),
        ("PutThing", &["--all-pages"], "`PutThing` does not return a list in pages", "without `--all-pages`"),
        ("PutThing", &["--wait", "ready"], "`PutThing` has no waiter `ready`", "no `waiters`"),
        ("ListThings", &["--wait", "redy"], "`ListThings` has no waiter `redy`", "did you mean `ready`?"),
        ("ListThings", &["--wait", "zzzzzzzz"], "`ListThings` has no waiter `zzzzzzzz`", "`three`"),
        ("ListThings", &["--wait", "ready", "--all-pages"], "cannot be used with", ""),
        ("New", &["--version", "2020-01-01", "--all-pages"], "without a spec, it is unknown", "one page"),
        ("ListThings", &["--Ids", "i-1", "--Ids.2", "i-2"], "Ids: is given as a whole and in parts", ""),
        ("ListThings", &["--Ids", "[\"a\"]", "--Ids", "b"], "Ids: is given twice", ""),
    ] {
        let kind: &[&str] = if operation == "ListThings" { &["--Kind", "Big"] } else { &[] };
        let ended = demo.call(operation, &[kind, arguments].concat());
        assert_eq!((ended.code, ended.out.as_str()), (Some(2), ""), "{arguments:?}: {}", ended.errors);
        assert!(ended.errors.contains(error) && ended.errors.contains(help), "{arguments:?}: {}", ended.errors);
    }
    assert!(demo.emulator.take_calls().is_empty());
    // A query that does not match the response fails after the call.
    demo.script([two()]);
    let ended = demo.list(&["--query", "length(TotalCount)"]);
    assert!(ended.code == Some(2) && ended.errors.contains("the query does not fit the response:"), "{}", ended.errors);
}

#[tokio::test(flavor = "multi_thread")]
async fn help_with_an_operation_shows_its_parameters() {
    let demo = Demo::start().await;
    for help in ["--help", "-h"] {
        let ended = demo.call("list-things", &[help]);
        assert_eq!((ended.code, ended.errors.as_str()), (Some(0), ""));
        let parts = [
            "Demo 2020-01-01 ListThings\n  Lists things.\n",
            "\nParameters\n  Kind  String, required; values: Big, Small\n      The kind of things.\n",
            "\nCommand line\n  alicloud call demo ListThings --Kind Big\n",
        ];
        assert!(parts.iter().all(|part| ended.out.contains(part)), "{}", ended.out);
    }
    let ended = alicloud(&["call", "vpc", "DescribeVpcs", "--help"]);
    assert!(ended.code == Some(0) && ended.out.contains("  RegionId  String, required"), "{}", ended.out);
    let ended = alicloud(&["call", "vpc", "DescribeVpc", "--help"]);
    assert!(ended.code == Some(2) && ended.errors.contains("`DescribeVpcs`"), "{}", ended.errors);
    for arguments in [&["call", "--help"][..], &["call", "ecs", "--help"]] {
        let ended = alicloud(arguments);
        assert!(ended.code == Some(0) && ended.out.contains("Usage: alicloud call"), "{}", ended.errors);
    }
    assert!(Path::new(demo.specs.path()).is_dir() && demo.emulator.take_calls().is_empty());
}
