//! Imports into a folder: manual changes are kept, unchanged files are not written, and the update is atomic.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use alicloud_cli::import::{Options, Reason, import};
use serde_json::{Value as Json, json};

fn document() -> Json {
    json!({
        "info": { "style": "RPC", "product": "Demo", "version": "2020-01-01" },
        "apis": {
            "Get": {
                "methods": ["post"],
                "operationType": "read",
                "parameters": [
                    { "name": "Id", "schema": { "type": "string", "required": true, "maxLength": 8, "example": "i-1" } },
                    { "name": "Size", "schema": { "type": "integer", "format": "int32" } },
                ],
                "responses": { "200": { "schema": { "type": "object", "properties": {
                    "Data": { "type": "array", "items": { "type": "object", "properties": { "Name": { "type": "string" } } } },
                } } } },
                "errorCodes": { "400": [{ "errorCode": "Bad", "errorMessage": "Bad." }], "404": [{ "errorCode": "Bad", "errorMessage": "Gone." }] },
            },
            "Put": { "methods": ["post"], "parameters": [] },
        },
        "endpoints": [{ "regionId": "cn-a", "endpoint": "demo.cn-a.aliyuncs.com" }],
    })
}

fn run(document: &Json, specs: &Path) -> alicloud_cli::import::Report {
    import(document.to_string().as_bytes(), specs, &Options::default()).unwrap()
}

/// All files below a folder, including hidden ones.
fn tree(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            found.insert(format!("{name}/"), String::new());
            found.extend(tree(&path).into_iter().map(|(inner, text)| (format!("{name}/{inner}"), text)));
        } else {
            found.insert(name, fs::read_to_string(&path).unwrap());
        }
    }
    found
}

#[test]
fn a_second_import_of_the_same_changes_nothing() {
    let specs = tempfile::tempdir().unwrap();
    let first = run(&document(), specs.path());
    assert_eq!(first.written, ["service.yaml", "Get.yaml", "Put.yaml"]);
    let before = tree(specs.path());
    let names: Vec<&str> = before.keys().map(String::as_str).collect();
    let folder = "demo/2020-01-01/";
    let written = |file: &str| format!("{folder}{file}");
    let files = ["Get.yaml", "Put.yaml", "service.yaml"];
    let mut expected = vec!["demo/".to_owned(), folder.to_owned(), written(".imported/")];
    expected.extend(files.iter().map(|file| written(&format!(".imported/{file}"))));
    expected.extend(files.iter().map(|file| written(file)));
    assert_eq!(names, expected);
    let second = run(&document(), specs.path());
    assert_eq!((second.written.len(), second.unchanged), (0, 3));
    assert_eq!(tree(specs.path()), before);
}

#[test]
fn manual_additions_are_kept() {
    let specs = tempfile::tempdir().unwrap();
    let folder = specs.path().join("demo/2020-01-01");
    fs::create_dir_all(&folder).unwrap();
    let written_by_hand = "\
# Read from the page.
operation: Get
summary: Reads one thing.
doc: |
  # no comment
  More on it.
# The page names one.
methods: [GET]
effect: write
deprecated: Use Find.
limits: { qps: 5, per: user }
parameters:
  # Not in the document.
  - name: RegionId
    type: String
    doc: The region.
  # Of no more than 8 bytes.
  - name: Id
    rust: the_id
    type: String
    length: { max: 64, unit: bytes }
    example: 1.10
    doc: The ID.
  - name: Size
    type: String
    length: { max: 3 }
    default: big
    doc: The size.
rules:
  - together: [RegionId, Size]
response:
  - name: Data
    type: List<Object>
    fields:
      - name: Name
        type: String
        optional: true
        doc: The name.
errors:
  - status: 404
    code: Bad
    message: Lost.
    # What it means.
    doc: It is not there.
examples:
  - request: { Id: i-2 }
    json: |
      {}
";
    // Values from the page are kept if they differ from the document. Missing ones are added from the document.
    let expected = "\
# Read from the page.
operation: Get
summary: Reads one thing.
doc: |
  # no comment
  More on it.
# The page names one.
methods: [GET]
effect: write
deprecated: Use Find.
limits: { qps: 5, per: user }
parameters:
  # Not in the document.
  - name: RegionId
    type: String
    doc: The region.
  # Of no more than 8 bytes.
  - name: Id
    rust: the_id
    type: String
    required: true
    length: { max: 64, unit: bytes }
    example: 1.10
    doc: The ID.
  - name: Size
    type: String
    length: { max: 3 }
    default: big
    doc: The size.
rules:
  - together: [RegionId, Size]
response:
  - name: Data
    type: List<Object>
    fields:
      - name: Name
        type: String
        optional: true
        doc: The name.
errors:
  - status: 404
    code: Bad
    message: Lost.
    # What it means.
    doc: It is not there.
  - status: 400
    code: Bad
    message: Bad.
examples:
  - request:
      Id: i-2
    json: |
      {}
";
    // The document was older when the operation was imported.
    let mut older = document();
    older["apis"]["Get"]["parameters"][0]["schema"]["required"] = json!(false);
    older["apis"]["Get"]["errorCodes"]["400"] = json!([]);
    run(&older, specs.path());
    fs::remove_file(folder.join(".imported/service.yaml")).unwrap();
    fs::write(folder.join("Get.yaml"), written_by_hand).unwrap();
    fs::write(folder.join("Old.yaml"), "operation: Old\nsummary: Is not in the document.\n").unwrap();
    fs::write(folder.join("notes.md"), "Read me.\n").unwrap();
    let service = "\
product: Demo
version: 2020-01-01
style: RPC
summary: Demo shows it.
endpoints:
  host: demo.{region}.aliyuncs.com
  regions: [cn-b]
  exceptions: { cn-a: demo.cn-a.aliyuncs.com, cn-c: demo.aliyuncs.com }
";
    fs::write(folder.join("service.yaml"), service).unwrap();
    let report = run(&document(), specs.path());
    let files = tree(&folder);
    assert_eq!(files["Get.yaml"], expected);
    assert_eq!(files["notes.md"], "Read me.\n");
    assert!(files["Old.yaml"].contains("Is not in the document."));
    let merged = "\
product: Demo
version: 2020-01-01
style: RPC
summary: Demo shows it.
endpoints:
  host: demo.{region}.aliyuncs.com
  regions:
    - cn-a
    - cn-b
  exceptions:
    cn-c: demo.aliyuncs.com
";
    assert_eq!(files["service.yaml"], merged);
    let kept = |reason: Reason| -> Vec<String> {
        report.notes.iter().filter(|note| note.reason == reason).map(|note| note.path.clone()).collect()
    };
    assert_eq!(kept(Reason::NotInDocument), ["service.endpoints.cn-b", "service.endpoints.cn-c", "Get.RegionId"]);
    assert_eq!(
        kept(Reason::Kept),
        ["Get.methods", "Get.effect", "Get.Id.length.max", "Get.Id.example", "Get.Size.type", "Get.Bad.message"]
    );
    assert_eq!(kept(Reason::OperationNotInDocument), ["Old"]);
    assert_eq!(run(&document(), specs.path()).written.len(), 0, "nothing to do the second time");
}

#[test]
fn manually_written_operations_stay_unchanged() {
    let specs = tempfile::tempdir().unwrap();
    let folder = specs.path().join("demo/2020-01-01");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("service.yaml"), "product: Demo\nversion: 2020-01-01\n").unwrap();
    let by_hand = "operation: Get\nsummary: Reads a thing.\nmethods: [POST]\n";
    fs::write(folder.join("Get.yaml"), by_hand).unwrap();
    let report = run(&document(), specs.path());
    assert_eq!(fs::read_to_string(folder.join("Get.yaml")).unwrap(), by_hand);
    let note = report.notes.iter().find(|note| note.reason == Reason::Kept && note.path == "Get").unwrap();
    let others = "the document differs in `summary`, `effect`, `parameters`, `response`, `errors`";
    assert!(note.detail.contains(others), "{}", note.detail);

    let options = Options { prefer_document: true, ..Options::default() };
    import(document().to_string().as_bytes(), specs.path(), &options).unwrap();
    assert!(fs::read_to_string(folder.join("Get.yaml")).unwrap().contains("name: Size"));
}

/// The document, changed like in a newer version.
fn newer_document() -> Json {
    let mut newer = document();
    let get = &mut newer["apis"]["Get"];
    get["parameters"][0]["schema"] =
        json!({ "type": "string", "required": true, "maxLength": 16, "example": "i-2", "pattern": "i-.*" });
    get["parameters"][1]["schema"] = json!({ "type": "integer", "format": "int64" });
    get["errorCodes"]["400"][0]["errorMessage"] = json!("Worse.");
    get["responses"]["200"]["schema"]["properties"]["Total"] = json!({ "type": "integer", "format": "int32" });
    newer
}

/// If a newer document changes the type of a field, the keys of the old type are removed.
#[test]
fn a_field_that_is_no_longer_an_object_loses_its_members() {
    let specs = tempfile::tempdir().unwrap();
    run(&document(), specs.path());
    let mut newer = document();
    newer["apis"]["Get"]["responses"]["200"]["schema"]["properties"]["Data"] = json!({ "type": "any" });
    let report = run(&newer, specs.path());
    assert!(report.errors.is_empty(), "{:#?}", report.errors);
    let text = fs::read_to_string(specs.path().join("demo/2020-01-01/Get.yaml")).unwrap();
    assert!(text.contains("type: Any") && !text.contains("fields:"), "{text}");
}

/// Values that equal the last output of the importer are its own. All others are manual changes.
#[test]
fn a_second_import_detects_manual_changes() {
    let specs = tempfile::tempdir().unwrap();
    let file = specs.path().join("demo/2020-01-01/Get.yaml");
    run(&document(), specs.path());
    let text = fs::read_to_string(&file).unwrap();
    let corrected = text
        .replace("summary: Calls Get.", "summary: Gets a thing.")
        .replace("effect: read\n", "effect: write\nlimits: { qps: 5 }\n")
        .replace("    length: { max: 8 }\n", "    length: { max: 8, unit: bytes }\n")
        .replace("    message: Bad.\n", "    message: Bad, said a person.\n");
    assert_eq!(corrected.lines().count(), text.lines().count() + 1, "{text}");
    fs::write(&file, &corrected).unwrap();

    let again = run(&document(), specs.path());
    assert_eq!((again.written.len(), fs::read_to_string(&file).unwrap()), (0, corrected.clone()), "nothing is new");

    let report = run(&newer_document(), specs.path());
    let merged = fs::read_to_string(&file).unwrap();
    for (kept, part) in [
        (true, "summary: Gets a thing.\n"),
        (true, "effect: write\n"),
        (true, "limits: { qps: 5 }\n"),
        (true, "    message: Bad, said a person.\n"),
        // The unit is a manual change, the number is not.
        (true, "    length: { max: 16, unit: bytes }\n"),
        (true, "    pattern: i-.*\n"),
        (true, "    example: i-2\n"),
        (true, "  - name: Size\n    type: Long\n"),
        (true, "  - name: Total\n    type: Integer\n"),
        (false, "max: 8"),
    ] {
        assert_eq!(merged.contains(part), kept, "{part:?}: {merged}");
    }
    let notes: Vec<String> = report
        .notes
        .iter()
        .filter(|note| note.reason == Reason::Kept)
        .map(|note| format!("{}: {}", note.path, note.detail))
        .collect();
    assert_eq!(
        notes,
        [
            "Get.effect: `write`; the document has `read`",
            "Get.Bad.message: `Bad, said a person.`; the document has `Worse.`, before `Bad.`",
        ]
    );
    assert_eq!(run(&newer_document(), specs.path()).written.len(), 0);
}

#[test]
fn manual_removals_are_kept() {
    let specs = tempfile::tempdir().unwrap();
    let file = specs.path().join("demo/2020-01-01/Get.yaml");
    run(&document(), specs.path());
    let text = fs::read_to_string(&file).unwrap();
    let shorter = text.replace("effect: read\n", "").replace("  - name: Size\n    type: Integer\n", "");
    fs::write(&file, &shorter).unwrap();
    let report = run(&newer_document(), specs.path());
    let merged = fs::read_to_string(&file).unwrap();
    assert!(!merged.contains("effect") && !merged.contains("Size"), "{merged}");
    let places: Vec<&str> =
        report.notes.iter().filter(|note| note.reason == Reason::Kept).map(|note| note.path.as_str()).collect();
    assert_eq!(places, ["Get.effect", "Get.Size"]);
}

#[test]
fn values_removed_from_the_document_are_removed_unless_changed_manually() {
    let specs = tempfile::tempdir().unwrap();
    let file = specs.path().join("demo/2020-01-01/Get.yaml");
    run(&newer_document(), specs.path());
    assert!(fs::read_to_string(&file).unwrap().contains("    pattern: i-.*\n"));
    run(&document(), specs.path());
    assert!(!fs::read_to_string(&file).unwrap().contains("pattern"));

    run(&newer_document(), specs.path());
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("    pattern: i-.*\n", "    pattern: x-.*\n")).unwrap();
    run(&document(), specs.path());
    assert!(fs::read_to_string(&file).unwrap().contains("    pattern: x-.*\n"));
}

#[test]
fn the_document_takes_precedence_if_requested() {
    let specs = tempfile::tempdir().unwrap();
    let file = specs.path().join("demo/2020-01-01/Get.yaml");
    run(&document(), specs.path());
    let text = fs::read_to_string(&file).unwrap();
    let corrected = text.replace("effect: read\n", "effect: write\nlimits: { qps: 5 }\n");
    fs::write(&file, corrected.replace("  - name: Size\n    type: Integer\n", "")).unwrap();
    let options = Options { prefer_document: true, ..Options::default() };
    import(document().to_string().as_bytes(), specs.path(), &options).unwrap();
    let merged = fs::read_to_string(&file).unwrap();
    assert_eq!(merged, text.replace("effect: read\n", "effect: read\nlimits: { qps: 5 }\n"), "its additions are kept");
}

/// The outcome of a product can be a manual change. Operations state theirs if it differs.
#[test]
fn operations_of_a_manually_written_product_state_their_outcome() {
    let with_success =
        json!({ "200": { "schema": { "type": "object", "properties": { "Success": { "type": "boolean" } } } } });
    let mut document = document();
    document["apis"]["Put"]["responses"] = with_success;
    let service = "product: Demo\nversion: 2020-01-01\nstyle: RPC\nendpoints: { host: demo.aliyuncs.com }\n";
    for (outcome, get, put) in [
        ("", None, Some("outcome:\n  success: Success\n")),
        ("outcome: { success: Success }\n", Some("outcome: none\n"), None),
    ] {
        let specs = tempfile::tempdir().unwrap();
        let folder = specs.path().join("demo/2020-01-01");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("service.yaml"), format!("{service}{outcome}")).unwrap();
        let report = run(&document, specs.path());
        assert!(report.errors.is_empty(), "{:?}", report.errors);
        for (file, expected) in [("Get.yaml", get), ("Put.yaml", put)] {
            let text = fs::read_to_string(folder.join(file)).unwrap();
            assert_eq!(text.contains("outcome"), expected.is_some(), "{outcome} {text}");
            assert!(text.contains(expected.unwrap_or_default()), "{outcome} {text}");
        }
        let service = fs::read_to_string(folder.join("service.yaml")).unwrap();
        assert_eq!(service.contains("outcome"), !outcome.is_empty());
    }
}

#[test]
fn an_import_reports_remaining_errors() {
    let specs = tempfile::tempdir().unwrap();
    let folder = specs.path().join("demo/2020-01-01");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("Old.yaml"), "operation: Old\nsummry: Is not in the document.\n").unwrap();
    let report = run(&document(), specs.path());
    let files: Vec<&str> = report.errors.iter().map(|error| error.file.as_str()).collect();
    assert!(!files.is_empty() && files.iter().all(|file| *file == "demo/2020-01-01/Old.yaml"), "{files:?}");
    assert!(report.to_text(false).ends_with(&format!("\nerrors in the product: {}\n", files.len())));
    assert!(folder.join("Get.yaml").exists(), "valid operations are imported");
}

#[test]
fn comments_of_removed_keys_move_to_the_top() {
    let specs = tempfile::tempdir().unwrap();
    run(&document(), specs.path());
    let file = specs.path().join("demo/2020-01-01/Get.yaml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(
        &file,
        text.replace(
            "    length: { max: 8 }\n",
            "    # One line.\n    pattern: x\n    # Of text.\n    length: { max: 9 }\n",
        ),
    )
    .unwrap();
    let mut changed = document();
    changed["apis"]["Get"]["parameters"][0]["schema"] = json!({ "type": "integer" });
    let report = run(&changed, specs.path());
    assert!(fs::read_to_string(&file).unwrap().starts_with("# One line.\n# Of text.\noperation: Get\n"));
    assert_eq!(report.notes.iter().filter(|note| note.reason == Reason::Comment).count(), 1);
}

#[test]
fn a_second_version_gets_a_separate_module() {
    let specs = tempfile::tempdir().unwrap();
    run(&document(), specs.path());
    let mut newer = document();
    newer["info"]["version"] = json!("2024-02-03");
    run(&newer, specs.path());
    let files = tree(specs.path());
    assert!(files["demo/2024-02-03/service.yaml"].contains("\nmodule: demo_v20240203\nstyle: RPC\n"));
    assert!(!files["demo/2020-01-01/service.yaml"].contains("module"));
    assert_eq!(run(&newer, specs.path()).written.len(), 0);
    assert_eq!(run(&document(), specs.path()).written.len(), 0);
}

type Prepare = fn(&Path);

#[test]
fn on_an_error_nothing_has_changed() {
    let prepare: [(&str, Prepare); 6] = [
        ("no document", |_| {}),
        ("the product's folder is a file", |specs| fs::write(specs.join("demo"), "x").unwrap()),
        ("the version's folder is a file", |specs| {
            fs::create_dir(specs.join("demo")).unwrap();
            fs::write(specs.join("demo/2020-01-01"), "x").unwrap();
        }),
        ("a spec is not valid YAML", |specs| {
            fs::create_dir_all(specs.join("demo/2020-01-01")).unwrap();
            fs::write(specs.join("demo/2020-01-01/Put.yaml"), "a: [").unwrap();
        }),
        ("the folder is another product's", |specs| {
            fs::create_dir_all(specs.join("demo/2020-01-01")).unwrap();
            fs::write(specs.join("demo/2020-01-01/service.yaml"), "product: DEMO\n").unwrap();
        }),
        ("a spec is a folder", |specs| {
            fs::create_dir_all(specs.join("demo/2020-01-01/Put.yaml/inner")).unwrap();
        }),
    ];
    for (case, prepare) in prepare {
        let specs = tempfile::tempdir().unwrap();
        prepare(specs.path());
        let before = tree(specs.path());
        let bytes = document().to_string();
        let bytes = if case == "no document" { &bytes[..bytes.len() / 2] } else { &bytes };
        let error = import(bytes.as_bytes(), specs.path(), &Options::default()).expect_err(case);
        assert!(!error.message().is_empty() && !error.help().is_empty());
        assert_eq!(tree(specs.path()), before, "{case}: {error}");
    }
}

#[test]
fn missing_folders_are_created() {
    let specs = tempfile::tempdir().unwrap();
    run(&document(), &specs.path().join("a/b"));
    assert!(specs.path().join("a/b/demo/2020-01-01/Get.yaml").is_file());
}
