//! The facts of specs, written as pages in every layout and rendering, are read again.

use super::options;
use super::page_facts::{Fact, Tally, compare, facts, operation};
use super::page_writer::{LAYOUTS, Layout, RENDERINGS, Rendering, carries_examples, page};
use alicloud_cli::transcribe::transcribe;
use alicloud_model::Operation;

use crate::hand_written;

/// An operation with what the bundled ones lack: numbers, lists, values, nested lists.
const LISTED: &str = "\
operation: ListThings
summary: Lists things.
methods: [POST, GET]
parameters:
  - { name: RegionId, type: String, required: true, example: cn-hangzhou }
  - { name: PageSize, type: Integer, range: { min: 1, max: 50 }, default: 10, example: 20 }
  - { name: Order, type: String, values: [asc, desc], example: asc }
  - { name: Verbose, type: Boolean, default: false, example: false }
  - { name: Label, type: String, length: { min: 2, max: 64 }, example: blue }
response:
  - { name: RequestId, type: String, example: 4ECEEE12-56F1-4FBC-9AB1-890F74942176 }
  - name: Things
    type: List<Object>
    fields:
      - { name: ThingId, type: String, example: t-1 }
      - { name: Size, type: Long, example: 12 }
      - name: Owner
        type: Object
        fields:
          - { name: OwnerId, type: String, example: o-1 }
      - { name: Marks, type: List<String> }
  - { name: TotalCount, type: Integer, example: 1 }
errors:
  - { status: 404, code: InvalidRegionId.NotFound, message: The specified region does not exist. }
  - { status: 400, code: InvalidParameter.%s, message: The specified %s is not valid. }
examples:
  - request: { RegionId: cn-hangzhou, PageSize: 20, Order: asc, Verbose: false, Label: blue }
    json: |
      {
        \"RequestId\": \"4ECEEE12-56F1-4FBC-9AB1-890F74942176\",
        \"Things\": [
          { \"ThingId\": \"t-1\", \"Size\": 12, \"Owner\": { \"OwnerId\": \"o-1\" }, \"Marks\": [\"a\"] }
        ],
        \"TotalCount\": 1
      }
";

/// A ROA operation.
const ROA: &str = "\
operation: DescribeCluster
summary: Describes a cluster.
methods: [GET]
style: ROA
path: /clusters/{ClusterId}/detail
ram: { action: cs:DescribeCluster, access: get, resource: \"*Cluster\" }
parameters:
  - { name: ClusterId, type: String, in: path, required: true, example: c79acd3f }
response:
  - { name: state, type: String, example: running }
examples:
  - request: { ClusterId: c79acd3f }
    json: |
      { \"state\": \"running\" }
";

fn operations() -> Vec<Operation> {
    let bundled = hand_written::services().into_iter().flat_map(|service| service.operations);
    bundled.chain([operation("ListThings", "RPC", LISTED), operation("DescribeCluster", "ROA", ROA)]).collect()
}

/// The facts that a layout and a rendering can carry.
pub(crate) fn carried(all: Vec<Fact>, layout: &Layout, rendering: Rendering) -> Vec<Fact> {
    let is_roa = all.iter().any(|(path, _)| path == "path");
    let keeps = |path: &str, value: &str| {
        let is_example = path.ends_with(".example");
        (layout.ram.is_some() || !path.starts_with("ram."))
            // Without a sample request, one is created from the parameters' examples.
            && (layout.action && !is_roa || !path.starts_with("examples.request."))
            && (carries_examples(layout) || !is_example && !path.starts_with("examples."))
            && !(rendering == Rendering::Blanks && path == "ram.resource")
            // Between blanks, the end of a message before a status is unclear.
            && !(rendering == Rendering::Blanks && layout.errors[0].0 == "code" && path.starts_with("errors."))
            // Between blanks, an example of several words ends with its line, and looks like a description.
            && !(rendering == Rendering::Blanks && is_example && value.contains(' '))
            // A sentence in the place of an example cannot be distinguished from the description.
            && !(matches!(rendering, Rendering::Paragraphs | Rendering::Lines) && is_example && value.contains(' '))
    };
    all.into_iter().filter(|(path, value)| keeps(path, value)).collect()
}

#[test]
fn every_layout_and_rendering_is_read() {
    let mut failures = Vec::new();
    let mut count = 0;
    for truth in operations() {
        for layout in &LAYOUTS {
            for rendering in RENDERINGS {
                let text = page(&truth, "x.aliyuncs.com", layout, rendering);
                let what = format!("{} / {} / {rendering:?}", truth.name, layout.name);
                let transcribed = match transcribe(text.as_bytes(), &options(), None) {
                    Ok(transcribed) => transcribed,
                    Err(error) => {
                        failures.push(format!("{what}: {error}"));
                        continue;
                    }
                };
                let style = truth.style.as_str();
                let draft = operation(&transcribed.operation, style, &transcribed.spec);
                let expected = carried(facts(&truth), layout, rendering);
                let own = carried(facts(&draft), layout, rendering);
                let Tally { read, missed, wrong } = compare(&own, &expected);
                count += read;
                failures.extend(missed.iter().map(|fact| format!("{what}: missed {fact}")));
                failures.extend(wrong.iter().map(|fact| format!("{what}: wrong {fact}")));
            }
        }
    }
    assert!(failures.is_empty(), "{count} facts read, but {} not:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn cells_without_a_separator_are_split() {
    let text = "DescribeThings - A title\n\nIt describes things.\n\nRequest parameters\n\nParameterTypeRequiredDescriptionExample\n\
                KeyIdstringYes\n\nThe key.\n\nk-1\n\nTagsarray<string>No\n\nThe tags.\n\nSizeinteger\n\nThe size.\n\n5\n\n\
                Response parameters\n\nElementTypeDescriptionExample\nobject\nRequestIdstring\n\nThe request.\n\nr-1\n\n\
                Examples\n\nJSON format\n\n{\n  \"RequestId\": \"r-1\"\n}Error codes\n\nHTTP status codeError codeError messageDescription\n\
                400InvalidKeyThe key is not valid.-\n404Key.NotFoundThe specified key does not exist.There is no such key.\n\
                500Key.Brokenbroken key\n";
    let transcribed = transcribe(text.as_bytes(), &options(), None).expect("it is a page");
    let own = facts(&operation("DescribeThings", "RPC", &transcribed.spec));
    let expected = [
        ("parameters.KeyId.type", "String"),
        ("parameters.KeyId.required", "true"),
        ("parameters.KeyId.example", "k-1"),
        ("parameters.Tags.type", "List<String>"),
        ("parameters.Size.type", "Integer"),
        ("parameters.Size.example", "5"),
        ("response.RequestId.example", "r-1"),
        ("errors.0", "400 InvalidKey: The key is not valid."),
        ("errors.1", "404 Key.NotFound: The specified key does not exist."),
    ];
    for (path, value) in expected {
        assert!(own.contains(&(path.to_owned(), value.to_owned())), "{path} = {value}: {own:#?}");
    }
    // The end of this code cannot be distinguished from the beginning of its message.
    assert!(!transcribed.spec.contains("Key.Broken"), "{}", transcribed.spec);
    assert!(transcribed.notes.iter().any(|note| note.text.contains("500Key.Broken")), "{:?}", transcribed.notes);
}
