//! Pages compared with known specs.

use std::path::Path;

use crate::folder::folder;
use crate::hand_written;
use alicloud_cli::transcribe::{NoteKind, Options, Origin, SpecFolder, Transcribed, transcribe};

use super::page_writer::{LAYOUTS, Rendering, page};

fn specs() -> SpecFolder {
    SpecFolder::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs"))
}

/// The page of a bundled operation, as text.
fn page_of(operation: &str) -> String {
    let services = hand_written::services();
    let operation = services.iter().find_map(|service| service.operation(operation)).expect("it is bundled");
    page(operation, "x.aliyuncs.com", &LAYOUTS[1], Rendering::OuterBars)
}

fn draft(text: &str) -> Transcribed {
    transcribe(text.as_bytes(), &Options::default(), Some(&specs())).unwrap_or_else(|error| panic!("{error}"))
}

fn notes(draft: &Transcribed, kind: NoteKind) -> Vec<(Option<usize>, &str)> {
    draft.notes.iter().filter(|note| note.kind == kind).map(|note| (note.line, note.text.as_str())).collect()
}

#[test]
fn a_page_that_agrees_contradicts_nothing() {
    for operation in ["ResetThing", "DeleteActivation", "UnRegisterDeviceCredential"] {
        let draft = draft(&page_of(operation));
        assert!(draft.agreed.is_some_and(|agreed| agreed > 5), "{operation}: {:?}", draft.agreed);
        assert_eq!(notes(&draft, NoteKind::Contradicts), [], "{operation}");
        // The operation alone identifies the product.
        assert!(draft.product_files.is_empty());
    }
}

#[test]
fn a_contradicting_page_takes_precedence_with_a_comment() {
    let text = page_of("DeleteActivation")
        .replace("| TimeToLiveInHours | Long |", "| TimeToLiveInHours | Integer |")
        .replace("| ActivationId | String | Yes |", "| ActivationId | String | No |")
        .replace("The specified activation id is in use.", "It is in use.");
    let draft = draft(&text);
    let found = notes(&draft, NoteKind::Contradicts);
    let line = |part: &str| text.lines().position(|line| line.contains(part)).map(|index| index + 1);
    for (part, words) in [
        ("| TimeToLiveInHours | Integer |", "the page has `Integer`"),
        ("| ActivationId | String | No |", "the page has `optional`"),
        ("It is in use.", "the page has `It is in use.`"),
    ] {
        assert!(found.iter().any(|(at, text)| *at == line(part) && text.contains(words)), "{words}: {found:?}");
    }
    assert!(draft.spec.contains("type: Integer\n") && draft.spec.contains("message: It is in use."), "{}", draft.spec);
    assert_eq!(draft.spec.matches("# the page differs from the known spec").count(), 3, "{}", draft.spec);
}

#[test]
fn what_a_page_does_not_say_comes_from_the_spec() {
    let text = page_of("DeleteActivation").replace("| ActivationId | String | Yes |", "| ActivationId | String | |");
    let draft = draft(&text);
    let required =
        draft.traces.iter().find(|trace| trace.path == "parameters.ActivationId.required").expect("it has a source");
    assert_eq!((required.origin, required.value.as_str()), (Origin::Known, "true"));
    let method = draft.traces.iter().find(|trace| trace.path == "methods").expect("there is one");
    assert_eq!(method.origin, Origin::Known);
}

#[test]
fn what_only_the_page_has_is_listed() {
    let text = page_of("DeleteActivation").replace(
        "| ActivationId | String | Yes |",
        "| DryRun | Boolean | No | true | x |\n| ActivationId | String | Yes |",
    );
    let draft = draft(&text);
    assert!(notes(&draft, NoteKind::Adds).iter().any(|(_, text)| text.contains("`DryRun`")), "{:?}", draft.notes);
    let without: String = page_of("DeleteActivation")
        .lines()
        .filter(|line| !line.contains("ActivationId.InUse"))
        .map(|line| format!("{line}\n"))
        .collect();
    let draft = self::draft(&without);
    assert!(
        notes(&draft, NoteKind::Missing).iter().any(|(_, text)| text.contains("ActivationId.InUse")),
        "{:?}",
        draft.notes
    );
}

#[test]
fn a_response_without_a_table_is_that_of_the_spec() {
    let text = page_of("DeleteActivation");
    let (before, behind) = text.split_once("Response parameters").expect("there is one");
    let (_, behind) = behind.split_once("Examples").expect("they are behind it");
    let draft = draft(&format!("{before}Response parameters\n\nExamples{behind}"));
    let field =
        draft.traces.iter().find(|trace| trace.path == "response.Activation.CreationTime.type").expect("it is there");
    assert_eq!(field.origin, Origin::Known);
    assert!(draft.spec.contains("    json: |"), "{}", draft.spec);
}

/// A name that the page lacks is not attributed to a line of the page.
#[test]
fn the_name_of_a_list_that_only_the_spec_has_comes_from_the_spec() {
    let folder = folder(&[
        (
            "demo/2020-01-01/service.yaml",
            "product: Demo\nversion: 2020-01-01\nstyle: RPC\nendpoints: { host: demo.aliyuncs.com }\n",
        ),
        (
            "demo/2020-01-01/DescribeThings.yaml",
            "operation: DescribeThings\nsummary: Describes things.\nmethods: [POST]\nresponse:\n  - name: Things\n    \
             type: List<Object>\n    fields: [{ name: Id, type: String }]\n",
        ),
    ]);
    let page = "DescribeThings\n\nResponse parameters\n\n| Element | Type | Description |\n| --- | --- | --- |\n\
                | Things | array | The things. |\n| | array<object> | A thing. |\n";
    let known = SpecFolder::load(folder.path());
    let draft =
        transcribe(page.as_bytes(), &Options::default(), Some(&known)).unwrap_or_else(|error| panic!("{error}"));
    let traces = draft.traces.iter().filter(|trace| trace.path.starts_with("response."));
    let id: Vec<&Origin> = traces.filter(|trace| trace.value == "Id").map(|trace| &trace.origin).collect();
    assert_eq!(id, [&Origin::Known], "{}", draft.spec);
    assert!(draft.spec.contains("# only the known spec has the name of this list"), "{}", draft.spec);
}
