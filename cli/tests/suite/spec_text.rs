//! An operation survives a round trip through its spec file.

use alicloud_cli::import::spec_text;
use alicloud_model::{SourceFile, load_sources};

use crate::hand_written;

const SERVICE: &str = "\
product: Demo
version: 2020-01-01
style: RPC
outcome: { success: Success, code: Code, message: Message }
errors:
  - { status: 400, code: Busy, message: Busy. }
";

const TYPES: &str = "\
types:
  - name: Tag
    fields:
      - { name: Key, type: String, required: true }
      - { name: Value, type: Double }
      - { name: Tags, type: List<Tag> }
";

/// Everything that a spec can state of an RPC operation.
const WRITES: &str = r#"
operation: SetThing
summary: Sets a thing.
doc: |
  Two lines, with a `code: x` # and no comment.

    indented
methods: [POST, GET]
effect: readAndWrite
idempotent: true
deprecated: Use `SetThings`.
limits: { qps: 20, per: user }
ram: { action: demo:SetThing, access: Write, resource: "*" }
parameters:
  - { name: Name, type: String, required: true, length: { min: 1, max: 20, unit: bytes }, pattern: "^[a-z]+$", example: on }
  - { name: Note, type: String, length: { max: 20 }, default: "1", doc: A note., deprecated: true }
  - { name: Level, type: Integer, range: { min: -1, max: 5 }, default: 3, values: [1, 3] }
  - { name: Share, type: Float, rust: part, range: { min: 0.5 } }
  - { name: Secret, type: String, sensitive: true, in: form }
  - { name: Ids, type: List<Long>, style: simple, count: { min: 1, max: 3 }, values: [1, 2] }
  - { name: Labels, type: Map<String>, style: json }
  - { name: Tag, type: List<Tag> }
  - { name: x-trace, type: Boolean, in: header }
  - name: Disk
    type: List<Object>
    style: flat
    fields:
      - { name: Size, type: Integer, required: true }
      - { name: new, type: Boolean, example: true }
rules:
  - any_of: [[Level], [Share, Note]]
  - together: [Share, Note]
outcome: none
response:
  - { name: RequestId, type: String }
  - { name: NextToken, type: String, optional: true }
  - name: Things
    type: Object
    fields:
      - { name: Thing, type: List<Tag> }
      - { name: Status, type: String, example: "1" }
      - { name: Password, type: String, sensitive: true }
  - { name: x-count, type: Long, in: header }
waiters:
  - { name: ready, field: Things.Status, until: [Ready], fails: [Bad, Worse], every: 2, at_most: 60 }
  - { name: gone, codes: [NotFound.%s], every: 1, at_most: 10 }
retry: [Locked]
errors:
  - { status: 404, code: NotFound.%s, message: There is none., doc: Create it. }
  - { status: 403, code: NotFound.%s, message: Not yours. }
  - { status: 400, code: Not-Found, rust: NoThing, message: "" }
examples:
  - request: { Name: a, Level: 3, Ids: [1, 2], Labels: { a: "1" }, Tag: [{ Key: k, Value: 1.5 }], Disk: [{ Size: 20, new: true }] }
    json: |
      {"RequestId": "r", "Things": {"Status": "Ready"}}
"#;

/// Pagination by number or token, with a separate outcome.
const LISTS: &str = "\
operation: ListThings
summary: Lists things.
methods: [GET]
effect: read
parameters:
  - { name: PageNumber, type: Integer }
  - { name: PageSize, type: Integer }
  - { name: NextToken, type: String }
  - { name: MaxResults, type: Integer }
outcome:
  code: { field: Code, values: [OK, \"200\"] }
  message: Message
response:
  - { name: Code, type: String }
  - { name: Message, type: String }
  - { name: Total, type: Long }
  - { name: HasMore, type: Boolean }
  - { name: NextToken, type: String }
  - { name: Things, type: List<Tag> }
pagination:
  by: number
  first: 0
  parameter: PageNumber
  size: PageSize
  total: Total
  more: HasMore
  items: Things
  token: { parameter: NextToken, next: NextToken, size: MaxResults }
";

/// A ROA operation whose response is not an object.
const BY_PATH: &str = "\
operation: GetThings
summary: Returns things.
methods: [PUT]
style: ROA
path: /things/{Name}
form_as: json
parameters:
  - { name: Name, type: String, in: path, required: true }
  - { name: Note, type: String, in: form }
outcome: none
response:
  type: Map<Object>
  fields:
    - { name: Name, type: String }
";

fn demo() -> Vec<SourceFile> {
    let files =
        [("service", SERVICE), ("types", TYPES), ("SetThing", WRITES), ("ListThings", LISTS), ("GetThings", BY_PATH)];
    files
        .into_iter()
        .map(|(name, text)| SourceFile { path: format!("demo/2020-01-01/{name}.yaml"), text: text.to_owned() })
        .collect()
}

#[test]
fn operations_survive_a_round_trip() {
    let mut sources = hand_written::files();
    sources.extend(demo());
    let loaded = load_sources(&sources);
    assert!(loaded.diagnostics.is_empty(), "{}", loaded.diagnostics[0]);
    let mut written = 0;
    for service in &loaded.services {
        for operation in &service.operations {
            let path = format!("{}/{}/{}.yaml", service.feature, service.version, operation.name);
            let source = sources.iter_mut().find(|source| source.path.ends_with(&path)).unwrap();
            source.text = spec_text(operation, service);
            written += 1;
        }
    }
    assert!(written > 5);
    let again = load_sources(&sources);
    assert!(again.diagnostics.is_empty(), "{}", again.diagnostics[0]);
    for (before, after) in loaded.services.iter().zip(&again.services) {
        for (before, after) in before.operations.iter().zip(&after.operations) {
            assert_eq!(format!("{before:#?}"), format!("{after:#?}"));
        }
    }
}
