//! The command line of `alicloud transcribe`.

use std::fs;
use std::path::Path;

use alicloud_model::load_dir;
use tempfile::TempDir;

use super::page_writer::{LAYOUTS, Rendering, page};
use crate::hand_written;
use crate::program::{ACCESS_KEY, Ended, alicloud};

fn run(arguments: &[&str], folder: &Path) -> Ended {
    Ended::of(alicloud(&[]).arg("transcribe").args(arguments).current_dir(folder))
}

/// A folder with the pages of the bundled operations.
fn pages() -> TempDir {
    let folder = TempDir::new().expect("there is room");
    for service in hand_written::services() {
        for operation in &service.operations {
            let text = page(operation, "x.aliyuncs.com", &LAYOUTS[1], Rendering::TrailingBars);
            fs::write(folder.path().join(format!("{}.md", operation.name)), text).expect("it is written");
        }
    }
    folder
}

const PRODUCT: [&str; 4] = ["--product", "Demo", "--version", "2020-01-01"];

fn with_product<'a>(arguments: &[&'a str]) -> Vec<&'a str> {
    arguments.iter().copied().chain(PRODUCT).collect()
}

#[test]
fn a_draft_becomes_a_file_that_check_accepts() {
    let folder = pages();
    let output = run(&with_product(&["ResetThing.md", "--out", "specs"]), folder.path());
    assert_eq!(output.code, Some(0), "{}", output.errors);
    assert_eq!(output.out.trim().replace('\\', "/"), "specs/demo/2020-01-01/ResetThing.yaml");
    let loaded = load_dir(&folder.path().join("specs"), "specs", None);
    assert!(loaded.diagnostics.is_empty(), "{:#?}", loaded.diagnostics);
    assert_eq!(loaded.services[0].endpoints.public.host, "x.aliyuncs.com");
    // An existing file is not changed.
    let again = run(&with_product(&["ResetThing.md", "--out", "specs"]), folder.path());
    assert_eq!(again.code, Some(2));
    assert!(again.errors.contains("already exists, and is not changed"), "{}", again.errors);
}

#[test]
fn a_page_of_an_operation_in_the_catalogue_needs_no_product() {
    let folder = pages();
    let output = run(&["ResetThing.md", "--out", "specs"], folder.path());
    assert_eq!(output.code, Some(0), "{}", output.errors);
    assert_eq!(output.out.trim().replace('\\', "/"), "specs/iot/2018-01-20/ResetThing.yaml");
    assert!(output.errors.contains("compared with the known spec"), "{}", output.errors);
    let loaded = load_dir(&folder.path().join("specs"), "specs", None);
    assert!(loaded.diagnostics.is_empty(), "{:#?}", loaded.diagnostics);
    assert_eq!(loaded.services[0].product, "Iot");
}

#[test]
fn a_page_from_the_standard_input_goes_to_the_standard_output() {
    let folder = pages();
    let page = fs::read(folder.path().join("DeleteActivation.md")).expect("it is there");
    let draft = Ended::with_input(alicloud(&[]).args(["transcribe", "-", "--no-prose"]).args(PRODUCT), page).out;
    assert!(draft.contains("operation: DeleteActivation\nsummary: Deletes an activation.\n"), "{draft}");
    assert!(!draft.contains("doc:"), "{draft}");
}

#[test]
fn every_value_is_explained() {
    let folder = pages();
    let output = run(&with_product(&["DeleteActivation.md", "--explain"]), folder.path());
    let explained = output.out;
    let page = fs::read_to_string(folder.path().join("DeleteActivation.md")).expect("it is there");
    let line = page.lines().position(|line| line.starts_with("ActivationId | String | Yes")).expect("it is there") + 1;
    assert!(
        explained.contains(&format!("parameters.ActivationId.required = true    # DeleteActivation.md:{line}\n")),
        "{explained}"
    );
    assert!(explained.contains("methods = POST    # the usual value; not on the page\n"), "{explained}");
}

#[test]
fn all_pages_of_a_folder_are_summed_up() {
    let folder = pages();
    fs::create_dir(folder.path().join("more")).expect("it is made");
    fs::write(folder.path().join("more/prices.html"), "<html><body>Prices</body></html>").expect("it is written");
    let output = run(&with_product(&["--all", ".", "--out", "specs", "--no-prose"]), folder.path());
    let summary = output.out;
    assert_eq!(output.code, Some(1), "one page is none: {summary}");
    assert!(summary.contains("6 pages: 5 transcribed, 1 not"), "{summary}");
    assert!(summary.contains("prices.html: not transcribed: this is not the page of an operation"), "{summary}");
    let loaded = load_dir(&folder.path().join("specs"), "specs", None);
    assert!(loaded.diagnostics.is_empty(), "{:#?}", loaded.diagnostics);
    assert_eq!(loaded.services[0].operations.len(), 5);
}

#[test]
fn wrong_usage_says_what_to_do() {
    let folder = pages();
    for (arguments, expected) in [
        (vec!["missing.md"], "cannot read `missing.md`"),
        (vec!["ResetThing.md", "--operation", "ResetNothing"], "--product"),
        (vec!["ResetThing.md", "--product", "Iot", "--version", "now"], "use the form `YYYY-MM-DD`"),
        (vec!["ResetThing.md", "--product", "../x", "--version", "2020-01-01"], "it must be letters, digits"),
        (
            vec!["ResetThing.md", "--operation", "a/b", "--product", "X", "--version", "2020-01-01"],
            "is not the name of an operation",
        ),
        (vec!["ResetThing.md", "--specs", "nowhere"], "there is no folder `nowhere`"),
        (vec![], "required"),
    ] {
        let output = run(&arguments, folder.path());
        assert_eq!(output.code, Some(2), "{arguments:?}");
        assert!(output.errors.contains(expected), "{arguments:?}: {}", output.errors);
    }
}

/// The steps that the guide describes: from a page to a call.
#[test]
fn a_page_becomes_a_call() {
    let folder = TempDir::new().expect("there is room");
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/transcribe/variants/tabs.mdx");
    fs::copy(page, folder.path().join("page.md")).expect("it is copied");
    let host = ["--endpoint", "demo.cn-hangzhou.aliyuncs.com"];
    let arguments = with_product(&[&["page.md", "--out", "specs"][..], &host].concat());
    let output = run(&arguments, folder.path());
    assert_eq!(output.out, "specs/demo/2020-01-01/StartThing.yaml\n", "{}", output.errors);
    let alicloud = |arguments: &[&str]| Ended::of(alicloud(&ACCESS_KEY).args(arguments).current_dir(folder.path()));
    let checked = alicloud(&["check", "specs"]);
    assert_eq!(checked.code, Some(0), "{}", checked.errors);
    let call =
        ["call", "demo", "StartThing", "--specs", "specs", "--ThingId", "t-1", "--region", "cn-hangzhou", "--dry-run"];
    let shown = alicloud(&call);
    let out = shown.out;
    assert!(out.contains("Nothing was sent.") && out.contains("demo.cn-hangzhou.aliyuncs.com"), "{out}");
    assert!(out.contains("ThingId=t-1"), "{out}");
}
