//! The next build notices a new spec file, a changed one and a deleted one.
//!
//! The test builds a separate crate with the manifest, build script and spec that the guide shows.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use alicloud_emulator::{ACCESS_KEY_ID, ACCESS_KEY_SECRET, Emulator};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const GUIDE: &str = "src/guide/adding_operations.md";
const SPEC: &str = "specs/ecs/2014-05-26/DisableActivation.yaml";

/// Returns the code block of the guide that begins with this line.
fn guide_block(first_line: &str) -> String {
    let guide = fs::read_to_string(Path::new(ROOT).join(GUIDE)).unwrap();
    let blocks = guide.split("```").skip(1).step_by(2);
    let mut found = blocks.filter_map(|block| {
        let (_, code) = block.split_once('\n')?;
        code.strip_prefix(first_line).map(|rest| format!("{first_line}{rest}"))
    });
    found.next().unwrap_or_else(|| panic!("{GUIDE} has no block that begins with {first_line:?}"))
}

struct Scratch {
    folder: PathBuf,
}

impl Scratch {
    fn write(&self, path: &str, text: &str) {
        let path = self.folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn cargo(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO"))
            .args(arguments)
            .args(["--quiet", "--offline"])
            .current_dir(&self.folder)
            // This crate's own target folder already contains most dependencies.
            .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap())
            .env_remove("ALICLOUD_PRODUCTS")
            .output()
            .unwrap()
    }

    fn build(&self) -> Result<(), String> {
        let output = self.cargo(&["build"]);
        if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
    }
}

#[test]
fn a_new_changed_or_deleted_spec_is_noticed() {
    let temporary = tempfile::tempdir().unwrap();
    let scratch = Scratch { folder: temporary.path().to_owned() };
    let manifest = guide_block("[dependencies]\nalicloud-macros");
    let manifest = manifest.replace("{ path = \"../alicloud/", &format!("{{ path = \"{ROOT}/"));
    scratch.write(
        "Cargo.toml",
        &format!("[package]\nname = \"scratch\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n\n{manifest}\ntokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}\n"),
    );
    scratch.write("build.rs", &guide_block("fn main() {\n    println!(\"cargo::rerun-if-changed=specs\");"));
    scratch.write("src/lib.rs", "alicloud_macros::generate!(\"specs\");\n");
    // The versions of the dependencies are those of this repository.
    fs::copy(Path::new(ROOT).join("Cargo.lock"), scratch.folder.join("Cargo.lock")).unwrap();
    for file in ["service.yaml", "DeleteActivation.yaml"] {
        let path = format!("specs/ecs/2014-05-26/{file}");
        scratch.write(&path, &fs::read_to_string(Path::new(ROOT).join(&path)).unwrap());
    }
    scratch.write(
        "src/main.rs",
        r#"
        use alicloud_runtime::{Config, Credentials};
        use scratch::ecs::{Client, DisableActivationError, DisableActivationRequest};

        #[tokio::main(flavor = "current_thread")]
        async fn main() {
            let arguments: Vec<String> = std::env::args().collect();
            let config = Config::new(Credentials::new(&arguments[2], &arguments[3])).endpoint(&arguments[1]);
            let client = Client::new(&config).unwrap();
            let request = DisableActivationRequest::new("cn-hangzhou", "4ECEEE12-56F1-4FBC-9AB1-890F1234****");
            let response = client.disable_activation(&request).await.unwrap();
            println!("{} {}", response.request_id, response.activation.disabled);
            let error = client.disable_activation(&request).await.unwrap_err();
            assert!(matches!(error.service_error(), Some(DisableActivationError::ActivationIdNotFound)));
        }
        "#,
    );

    let error = scratch.build().unwrap_err();
    assert!(error.contains("DisableActivationRequest"), "{error}");

    let spec = guide_block("# specs/ecs/2014-05-26/DisableActivation.yaml");
    scratch.write(SPEC, &spec);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let emulator = runtime.block_on(Emulator::start(scratch.folder.join("specs"))).unwrap();
    emulator
        .respond_next(
            "DisableActivation",
            alicloud_emulator::ScriptedResponse::json(200, r#"{"RequestId":"R","Activation":{"Disabled":"true"}}"#),
        )
        .unwrap();
    emulator.fail_next("DisableActivation", "ActivationId.NotFound").unwrap();
    let output = scratch.cargo(&["run", "--", emulator.url(), ACCESS_KEY_ID, ACCESS_KEY_SECRET]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&output.stdout), "R true\n");

    scratch.write(
        SPEC,
        &spec
            .replace(
                "name: ActivationId\n    type: String\n    required: true",
                "name: ActivationId\n    type: Long\n    required: true",
            )
            .replace("example: 4ECEEE12-56F1-4FBC-9AB1-890F1234****", "example: 4")
            .replace("ActivationId: 4ECEEE12-56F1-4FBC-9AB1-890F1234****", "ActivationId: 4"),
    );
    let error = scratch.build().unwrap_err();
    assert!(error.contains("expected `i64`, found `&str`"), "{error}");

    scratch.write(SPEC, &spec.replace("methods:", "method:"));
    let error = scratch.build().unwrap_err();
    assert!(error.contains("specs/ecs/2014-05-26/DisableActivation.yaml:"), "{error}");
    assert!(error.contains("did you mean `methods`?"), "{error}");

    fs::remove_file(scratch.folder.join(SPEC)).unwrap();
    let error = scratch.build().unwrap_err();
    assert!(error.contains("DisableActivationRequest"), "{error}");

    scratch.write(SPEC, &spec);
    scratch.build().unwrap();
}
