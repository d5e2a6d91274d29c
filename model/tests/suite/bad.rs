//! Every error in specs, with the exact text that authors read.
//!
//! A case is `tests/bad/<name>.yaml`: a comment with the code and a description of the error, then the files of a specs
//! folder, each after a line `=== <path>`. A product without a `service.yaml` gets a valid one, unless the comment
//! contains `no service.yaml`. The file `<name>.txt` contains the diagnostics. `BLESS=1` updates it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use alicloud_model::{Code, Diagnostic, Loaded, SourceFile, find_warnings, load_dir, load_sources};

use crate::bad_cases;
use crate::sources::{SERVICE, service, source};

const CODES: [Code; 21] = [
    Code::Unreadable,
    Code::Layout,
    Code::Syntax,
    Code::WrongType,
    Code::UnknownKey,
    Code::MissingKey,
    Code::DuplicateKey,
    Code::UnknownWord,
    Code::DuplicateName,
    Code::NameCollision,
    Code::BadName,
    Code::ReservedName,
    Code::BadType,
    Code::BadLimit,
    Code::BadPlacement,
    Code::BadRule,
    Code::BadError,
    Code::BadEndpoint,
    Code::UnknownField,
    Code::BadExample,
    Code::BadWaiter,
];

struct Case {
    name: String,
    comment: String,
    sources: Vec<SourceFile>,
}

impl Case {
    fn read(path: &Path) -> Self {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let (comment, sources) = bad_cases::read(path);
        Self { name, comment, sources }
    }

    fn load(&self) -> Loaded {
        load_sources(&self.sources)
    }

    /// Returns the codes in the comment.
    fn codes(&self) -> BTreeSet<&str> {
        let words = self.comment.split(|one: char| !one.is_ascii_alphanumeric());
        words.filter(|word| CODES.iter().any(|code| code.as_str() == *word)).collect()
    }
}

fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad");
    bad_cases::paths(&folder).iter().map(|path| Case::read(path)).collect()
}

fn case(name: &str) -> Case {
    Case::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/bad/{name}.yaml")))
}

fn rendered(diagnostics: &[Diagnostic]) -> String {
    let texts: Vec<String> = diagnostics.iter().map(|one| format!("{one}\n")).collect();
    texts.join("\n")
}

/// Asserts that the location is a character of the file, or the end of a line. A file that does not exist has only a
/// beginning.
fn assert_points_into_its_file(case: &Case, diagnostic: &Diagnostic) {
    let source = case.sources.iter().find(|source| source.path == diagnostic.file);
    let text = source.map_or("", |source| source.text.as_str());
    let lines: Vec<&str> = if text.is_empty() { vec![""] } else { text.split('\n').collect() };
    let place = format!("{}: {}:{}:{}", case.name, diagnostic.file, diagnostic.line, diagnostic.column);
    let line = lines.get(diagnostic.line.wrapping_sub(1)).unwrap_or_else(|| panic!("{place}: no such line"));
    assert!((1..=line.chars().count() + 1).contains(&diagnostic.column), "{place}: no such column");
    if source.is_some() && diagnostic.code != Code::Layout {
        assert_eq!(diagnostic.source_line, line.trim_end_matches('\r'), "{place}: another line is shown");
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "BLESS=1 updates the golden files")]
fn every_error_has_its_golden_text() {
    let bless = std::env::var_os("BLESS").is_some_and(|value| value == "1");
    let mut wrong = Vec::new();
    for case in cases() {
        let loaded = case.load();
        let found: BTreeSet<&str> = loaded.diagnostics.iter().map(|one| one.code.as_str()).collect();
        assert!(!case.codes().is_empty(), "{}: the comment contains no code", case.name);
        if found != case.codes() {
            wrong.push(format!("--- {}: found {found:?}, but the comment contains {:?}", case.name, case.codes()));
        }
        for diagnostic in &loaded.diagnostics {
            assert_points_into_its_file(&case, diagnostic);
        }
        let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/bad/{}.txt", case.name));
        let text = rendered(&loaded.diagnostics);
        if bless {
            fs::write(&golden, &text).unwrap();
        } else if fs::read_to_string(&golden).unwrap_or_default() != text {
            wrong.push(format!("--- {}\n{text}", case.name));
        }
    }
    assert!(
        wrong.is_empty(),
        "these differ from their golden files; review them, then run with BLESS=1\n{}",
        wrong.join("\n")
    );
}

#[test]
fn every_golden_file_has_a_case() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad");
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        assert!(path.with_extension("yaml").exists() && path.with_extension("txt").exists(), "{}", path.display());
    }
}

#[test]
fn the_cases_cover_every_code() {
    let cases = cases();
    let mut covered: BTreeSet<&str> = cases.iter().flat_map(Case::codes).collect();
    // This error needs bytes that are not text. `invalid_utf8_is_reported` covers it.
    covered.insert(Code::Unreadable.as_str());
    let all: BTreeSet<&str> = CODES.iter().map(|code| code.as_str()).collect();
    assert_eq!(covered, all);
    assert_eq!(all.len(), CODES.len(), "two codes have the same text");
}

/// The carets are below the right text in editors and terminals, even if characters are two columns wide.
#[test]
fn the_caret_is_below_its_text_after_wide_characters() {
    let loaded = case("example_type_behind_cjk").load();
    let [diagnostic] = loaded.diagnostics.as_slice() else { panic!("{}", rendered(&loaded.diagnostics)) };
    let text = diagnostic.to_string();
    let lines: Vec<&str> = text.lines().collect();
    let at = lines.iter().position(|line| line.contains("激活码")).expect("the source line is shown");
    let shown_before = lines[at].split("many").next().unwrap();
    // In a terminal, a character of this script has two columns, and the line with the carets has only narrow
    // characters.
    let columns: usize = shown_before.chars().map(|one| if one.is_ascii() { 1 } else { 2 }).sum();
    assert_eq!(lines[at + 1].find('^'), Some(columns), "{text}");
    let before: String = diagnostic.source_line.chars().take(diagnostic.column - 1).collect();
    assert!(before.ends_with("example: "), "the column counts characters: {before}");
}

#[test]
fn three_errors_in_two_files_are_three_diagnostics() {
    let loaded = case("three_errors_in_two_files").load();
    let places: Vec<(&str, usize)> =
        loaded.diagnostics.iter().map(|one| (one.file.rsplit('/').next().unwrap(), one.line)).collect();
    assert_eq!(places, [("DropThing.yaml", 3), ("GetThing.yaml", 6), ("GetThing.yaml", 12)]);
}

#[test]
fn an_error_in_a_file_does_not_affect_other_files() {
    for name in ["syntax_error", "three_errors_in_two_files"] {
        let mut case = case(name);
        let text = "operation: Healthy\nsummary: Works.\nmethods: [POST]\n";
        case.sources.push(source("demo/2020-01-01/Healthy.yaml", text));
        let loaded = case.load();
        let operations: Vec<&str> = loaded.services[0].operations.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(operations, ["Healthy"], "{name}");
        assert!(!loaded.diagnostics.is_empty());
    }
}

/// An error in `service.yaml` does not affect the operations, and is reported once, however many operations there are.
#[test]
fn an_error_in_a_service_file_does_not_affect_operations() {
    let mut case = case("service_error_rows");
    for name in ["One", "Two"] {
        let text = format!("operation: {name}\nsummary: Works.\nmethods: [POST]\n");
        case.sources.push(source(&format!("demo/2020-01-01/{name}.yaml"), &text));
    }
    let loaded = case.load();
    assert!(
        loaded.diagnostics.iter().all(|one| one.file.ends_with("service.yaml")),
        "{}",
        rendered(&loaded.diagnostics)
    );
    assert_eq!(loaded.services[0].operations.len(), 2);
    assert_eq!(loaded.services[0].operations[0].error_variants.len(), 1, "the valid row is used");
}

#[test]
fn operations_with_an_unreadable_shared_type_are_omitted() {
    let operation = |name: &str, ty: &str| {
        let text = format!(
            "operation: {name}\nsummary: Gets it.\nmethods: [GET]\nresponse: [{{ name: A, type: \"List<{ty}>\" }}]\n"
        );
        source(&format!("demo/2020-01-01/{name}.yaml"), &text)
    };
    let types = "types:\n  - name: Lost\n  - { name: User, fields: [{ name: A, type: Lost }] }\n  \
                 - { name: Lister, fields: [{ name: A, type: List<Lost> }] }\n  \
                 - { name: Mapper, fields: [{ name: A, type: Map<Lost> }] }\n  \
                 - { name: Holder, fields: [{ name: A, type: Object, fields: [{ name: B, type: Lost }] }] }\n  \
                 - { name: Sound, fields: [{ name: A, type: String }] }\n  \
                 - { name: Sound, fields: [{ name: B, type: String }] }\n";
    let loaded = load_sources(&[
        service(),
        source("demo/2020-01-01/types.yaml", types),
        operation("GetLost", "Lost"),
        operation("GetUser", "User"),
        operation("GetSound", "Sound"),
    ]);
    let found: Vec<Code> = loaded.diagnostics.iter().map(|one| one.code).collect();
    assert_eq!(found, [Code::MissingKey, Code::DuplicateName], "{}", rendered(&loaded.diagnostics));
    let [service] = loaded.services.as_slice() else { panic!("one service") };
    assert_eq!(service.types.iter().map(|one| one.name.name.as_str()).collect::<Vec<_>>(), ["Sound"]);
    assert_eq!(service.operations.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["GetSound"]);
}

/// A type that has a field with a bad name is left out, and so is every operation that uses it.
#[test]
fn a_type_with_a_bad_name_is_left_out() {
    let loaded = case("shared_type_bad_names").load();
    assert_eq!(loaded.services[0].types.iter().count(), 0);
    let names: Vec<&str> = loaded.services[0].operations.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["GetOther"]);
    // A sound type before it stays.
    let types = "types:\n  - { name: A, fields: [{ name: '1', rust: '1', type: String }] }\n  - { name: B, fields: [{ name: X, type: String }] }\n";
    let loaded = load_sources(&[service(), source("demo/2020-01-01/types.yaml", types)]);
    assert_eq!(loaded.services[0].types.iter().map(|one| one.name.name.as_str()).collect::<Vec<_>>(), ["B"]);
}

/// The compiler prints `error: ` itself.
#[test]
fn the_unprefixed_text_differs_only_in_the_prefix() {
    let loaded = case("unknown_key").load();
    let text = loaded.diagnostics[0].to_string();
    assert_eq!(format!("error: {}", loaded.diagnostics[0].to_unprefixed_string()), text);
}

/// Editors do not show a byte order mark, and do not count a column for it.
#[test]
fn a_byte_order_mark_does_not_move_carets() {
    let mut case = case("missing_key_misspelt");
    let plain = rendered(&case.load().diagnostics);
    case.sources[0].text.insert(0, '\u{feff}');
    assert_eq!(rendered(&case.load().diagnostics), plain);
    case.sources[0].text = "\u{feff}unknown: 1\n".to_owned();
    let first = case.load().diagnostics.swap_remove(0);
    assert_eq!((first.line, first.column, first.source_line.as_str()), (1, 1, "unknown: 1"));
}

#[test]
fn errors_above_the_maximum_are_counted() {
    let keys: String = (0..60).map(|number| format!("error{number}: x\n")).collect();
    let text = format!("operation: GetThing\nsummary: Gets.\nmethods: [POST]\n{keys}");
    let loaded = load_sources(&[service(), source("demo/2020-01-01/GetThing.yaml", &text)]);
    assert_eq!(loaded.diagnostics.len(), 50);
    assert_eq!(loaded.diagnostics[49].help.as_deref(), Some("10 more errors in this file are not shown"));
    assert_eq!(loaded.diagnostics[49].line, 53);
}

/// A warning points to the name. There is one only if the spec does not set `sensitive`. The number of warnings for a
/// file is limited.
#[test]
fn texts_that_are_named_like_secrets_cause_warnings() {
    let start = "operation: GetThing\nsummary: Gets.\nmethods: [POST]\n";
    let fields = "parameters:\n  - { name: Password, type: String, sensitive: true }\n  - { name: HasPassword, type: Boolean }\n  \
                  - name: Login\n    type: Object\n    fields:\n      - { name: ApiKeys, type: List<String> }\n\
                  response:\n  - { name: Token, type: String, sensitive: false }\n  - { name: NextToken, type: String }\n  \
                  - { name: PrivateKey, type: String }\n";
    let many: String = (0..60).map(|number| format!("  - {{ name: Password{number}, type: String }}\n")).collect();
    let folder = folder_with(&[
        ("demo/2020-01-01/service.yaml", SERVICE.as_bytes()),
        ("demo/2020-01-01/GetThing.yaml", format!("\u{feff}{start}{fields}").as_bytes()),
        (
            "demo/2020-01-01/PutThing.yaml",
            format!("{start}parameters:\n{many}").replace("GetThing", "PutThing").as_bytes(),
        ),
    ]);
    let loaded = load_dir(folder.path(), "specs", None);
    assert!(loaded.diagnostics.is_empty(), "{}", rendered(&loaded.diagnostics));
    let warnings = find_warnings(&loaded.files);
    assert!(warnings.iter().all(|one| one.code == Code::UnmarkedSecret && one.code.is_warning()));
    let places = |name: &str| -> Vec<(usize, usize)> {
        let of_file = warnings.iter().filter(|one| one.file.ends_with(name));
        of_file.map(|one| (one.line, one.column)).collect()
    };
    assert_eq!(places("GetThing.yaml"), [(10, 17), (14, 13)]);
    assert_eq!(places("PutThing.yaml").len(), 50);
    let help = warnings.last().and_then(|one| one.help.as_deref());
    assert_eq!(help, Some("10 more warnings in this file are not shown"));
    let golden = "warning: `ApiKeys` has the name of a secret, but no `sensitive` key [S022]\n";
    assert!(warnings[0].to_string().starts_with(golden), "{}", warnings[0]);
}

fn folder_with(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

#[test]
fn invalid_utf8_is_reported() {
    let text = "operation: GetThing\nsummary: 删除\n# end\n".as_bytes();
    for (line, column, at) in [(2, 12, "operation: GetThing\nsummary: 删除".len()), (3, 1, text.len() - 6)] {
        let mut bytes = text.to_vec();
        bytes.insert(at, 0xff);
        let folder = folder_with(&[
            ("demo/2020-01-01/service.yaml", SERVICE.as_bytes()),
            ("demo/2020-01-01/GetThing.yaml", &bytes),
        ]);
        let loaded = load_dir(folder.path(), "specs", None);
        let [diagnostic] = loaded.diagnostics.as_slice() else { panic!("{}", rendered(&loaded.diagnostics)) };
        assert_eq!(diagnostic.code, Code::Unreadable);
        assert_eq!(diagnostic.file, "specs/demo/2020-01-01/GetThing.yaml");
        assert_eq!((diagnostic.line, diagnostic.column), (line, column), "{diagnostic}");
        assert_eq!(diagnostic.message, "the file is not UTF-8");
        assert_eq!(diagnostic.help.as_deref(), Some("save it as UTF-8"));
        assert_eq!(loaded.services.len(), 1, "the product is loaded anyway");
    }
}

#[test]
fn a_missing_folder_is_reported() {
    let folder = folder_with(&[]);
    let loaded = load_dir(&folder.path().join("nowhere"), "specs", None);
    let [diagnostic] = loaded.diagnostics.as_slice() else { panic!("{}", rendered(&loaded.diagnostics)) };
    assert_eq!((diagnostic.code, diagnostic.file.as_str()), (Code::Unreadable, "specs"));
    assert!(diagnostic.message.starts_with("cannot read `specs`: "), "{}", diagnostic.message);
}

/// If the name of `service.yaml` is almost right, the file is read, so that there is only one error.
#[test]
fn a_service_file_whose_name_is_almost_right_is_read() {
    for name in ["Service.yaml", "service.yml", "SERVICE.YML"] {
        let path = format!("demo/2020-01-01/{name}");
        let folder = folder_with(&[(path.as_str(), SERVICE.as_bytes())]);
        let loaded = load_dir(folder.path(), "specs", None);
        let [diagnostic] = loaded.diagnostics.as_slice() else { panic!("{}", rendered(&loaded.diagnostics)) };
        assert_eq!(diagnostic.message, format!("the file `{name}` should have the name `service.yaml`"));
        assert_eq!(loaded.services.len(), 1);
    }
    // Other files in the folder make no difference.
    let text = "operation: Do\nsummary: Does.\nmethods: [GET]\n";
    let files = [("demo/2020-01-01/Service.yaml", SERVICE.as_bytes()), ("demo/2020-01-01/Do.yaml", text.as_bytes())];
    let loaded = load_dir(folder_with(&files).path(), "specs", None);
    let [diagnostic] = loaded.diagnostics.as_slice() else { panic!("{}", rendered(&loaded.diagnostics)) };
    assert_eq!(diagnostic.help.as_deref(), Some("rename it"));
    let files = [files[0], files[1], ("demo/2020-01-01/service.yaml", SERVICE.as_bytes())];
    let loaded = load_dir(folder_with(&files).path(), "specs", None);
    let [diagnostic] = loaded.diagnostics.as_slice() else { panic!("{}", rendered(&loaded.diagnostics)) };
    assert_eq!(diagnostic.help.as_deref(), Some("remove one of the two"));
    let folder = folder_with(&[("demo/2020-01-01/Service.yml", format!("{SERVICE}odd: 1\n").as_bytes())]);
    let loaded = load_dir(folder.path(), "specs", None);
    let files: Vec<&str> = loaded.diagnostics.iter().map(|one| one.file.as_str()).collect();
    assert_eq!(files, ["specs/demo/2020-01-01/Service.yml"; 2], "the actual file is reported");
}

/// Reading ends soon, with a reason, whatever the file contains.
#[test]
fn files_that_are_too_large_or_not_regular_are_rejected_at_once() {
    let start = "operation: GetThing\nsummary: Gets a thing.\nmethods: [POST]\nparameters:";
    let parameter = |number: usize| format!("\n  - {{ name: P{number}, type: String }}");
    let many: String = (0..100_000).map(parameter).collect();
    let fields: String = (0..10_001).map(parameter).collect();
    let cases = [
        (format!("{start}{many}"), "the file has more than 400000 values and keys"),
        (format!("{start}{fields}"), "more than 10000 fields"),
        (format!("{start} {}", "[".repeat(100_000)), "the text is nested too deeply"),
        (format!("{start} {}{}", "{a: ".repeat(100_000), "}".repeat(100_000)), "the text is nested too deeply"),
        (format!("{start}\n#{}", " ".repeat(17 << 20)), "the file is larger than 16 MiB"),
    ];
    for (text, expected) in cases {
        let files =
            [("demo/2020-01-01/service.yaml", SERVICE.as_bytes()), ("demo/2020-01-01/GetThing.yaml", text.as_bytes())];
        let loaded = load_dir(folder_with(&files).path(), "specs", None);
        let [diagnostic] = loaded.diagnostics.as_slice() else { panic!("{}", rendered(&loaded.diagnostics)) };
        assert!(diagnostic.message.contains(expected), "{diagnostic}");
        if expected.starts_with("the file has") {
            assert_eq!(diagnostic.message, expected, "without the message of the parser");
        }
        if text.contains("[[") {
            assert_eq!((diagnostic.line, diagnostic.column), (4, 2013), "the 2001st bracket");
        }
    }
    // The largest allowed file.
    let folder = folder_with(&[("demo/2020-01-01/service.yaml", SERVICE.as_bytes())]);
    let path = folder.path().join("demo/2020-01-01/GetThing.yaml");
    fs::File::create(path).unwrap().set_len(16 << 20).unwrap();
    let loaded = load_dir(folder.path(), "specs", None);
    let [diagnostic] = loaded.diagnostics.as_slice() else { panic!("{}", rendered(&loaded.diagnostics)) };
    assert_eq!(diagnostic.code, Code::Syntax, "{diagnostic}");
    let folder = folder_with(&[("demo/2020-01-01/service.yaml", SERVICE.as_bytes())]);
    let large: String = (0..9_999).map(parameter).collect();
    fs::write(folder.path().join("demo/2020-01-01/GetThing.yaml"), format!("{start}{large}")).unwrap();
    let loaded = load_dir(folder.path(), "specs", None);
    assert_eq!(
        loaded.services[0].operations[0].parameters.len(),
        9_999,
        "larger than any real operation, but it is read"
    );
    fs::remove_file(folder.path().join("demo/2020-01-01/GetThing.yaml")).unwrap();
    fs::create_dir(folder.path().join("demo/2020-01-01/GetThing.yaml")).unwrap();
    let loaded = load_dir(folder.path(), "specs", None);
    let [diagnostic] = loaded.diagnostics.as_slice() else { panic!("{}", rendered(&loaded.diagnostics)) };
    assert!(diagnostic.message.ends_with("GetThing.yaml` is a folder, but a spec must be a file"), "{diagnostic}");
    fs::remove_dir(folder.path().join("demo/2020-01-01/GetThing.yaml")).unwrap();
    // The search for warnings must not wait for the pipe either.
    let pipe = folder.path().join("demo/2020-01-01/GetThing.yaml");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let loaded = load_dir(folder.path(), "specs", None);
    let [diagnostic] = loaded.diagnostics.as_slice() else { panic!("{}", rendered(&loaded.diagnostics)) };
    assert!(diagnostic.message.ends_with("this is not a regular file"), "{diagnostic}");
    assert_eq!(diagnostic.help.as_deref(), Some("replace it with a regular file, or remove it"));
    assert!(loaded.files.contains(&pipe) && find_warnings(&loaded.files).is_empty());
}

/// Folders contain other files, too. Only files that are meant to be specs are errors in the wrong folder.
#[test]
fn misplaced_files_are_reported_and_others_ignored() {
    let folder = folder_with(&[
        ("README.md", b"# About the specs"),
        ("demo/NOTES.txt", b"-"),
        ("demo/2020-01-01/README.md", b"-"),
        ("demo/2020-01-01/.GetThing.yaml.swp", b"\xff"),
        ("demo/2020-01-01/GetThing.yaml~", b"- ["),
        ("demo/2020-01-01/.GetThing.yaml", b"- ["),
        ("demo/2020-01-01/service.yaml", SERVICE.as_bytes()),
        ("Stray.yaml", b"-"),
        ("demo/Stray.yml", b"-"),
        ("demo/2020-01-01/Stray.yml", b"-"),
        ("demo/2020-01-01/Stray.YAML", b"-"),
        ("demo/2020-01-01/deeper/Stray.yaml", b"-"),
    ]);
    let loaded = load_dir(folder.path(), "specs", None);
    assert!(loaded.diagnostics.iter().all(|one| one.code == Code::Layout), "{}", rendered(&loaded.diagnostics));
    let files: Vec<&str> = loaded.diagnostics.iter().map(|one| one.file.as_str()).collect();
    assert_eq!(
        files,
        [
            "specs/Stray.yaml",
            "specs/demo/2020-01-01/Stray.YAML",
            "specs/demo/2020-01-01/Stray.yml",
            "specs/demo/2020-01-01/deeper",
            "specs/demo/Stray.yml",
        ]
    );
    assert!(
        loaded.diagnostics.iter().all(|one| !one.message.contains("is a folder")),
        "{}",
        rendered(&loaded.diagnostics)
    );
}

/// The beginning of a long line is shown, up to some characters after the error.
#[test]
fn a_long_line_is_cut_after_the_error() {
    for indent in [0, 9] {
        let text =
            format!("operation: Do\nsummary: Does.\nmethods: [GET]\n{}odd: {}\n", " ".repeat(indent), "x".repeat(5000));
        let text = if indent == 0 { text } else { text.replace("         odd", "limits: { odd") + "}\n" };
        let text = text.replace("x\n}", "x }");
        let loaded = load_sources(&[service(), source("demo/2020-01-01/Do.yaml", &text)]);
        let diagnostic = loaded.diagnostics.iter().find(|one| one.message.contains("`odd`")).unwrap();
        assert_eq!(diagnostic.source_line.chars().count(), diagnostic.column + 400, "{}", diagnostic.column);
    }
}
