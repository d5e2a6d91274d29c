//! `alicloud new`: the created crate builds and runs. A failure leaves no files.

use std::fs;
use std::path::Path;
use std::process::Command;

use alicloud_catalogue::Catalogue;
use alicloud_emulator::Emulator;
use tempfile::TempDir;

use crate::program::{self, ACCESS_KEY, Ended};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

fn alicloud(folder: &Path, arguments: &[&str]) -> Ended {
    Ended::of(program::alicloud(&[]).current_dir(folder).arg("new").args(arguments))
}

/// The names in a folder.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = entries.collect();
    names.sort();
    names
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_crate_builds_and_calls_the_operation() {
    let catalogue = Catalogue::bundled().unwrap();
    let folder = TempDir::new().unwrap();
    // A list, page by page; and a call with a required parameter, in an existing empty folder.
    fs::create_dir(folder.path().join("zones")).unwrap();
    for (arguments, operation, printed) in [
        (&["my-app", "--path", ROOT][..], "DescribeInstances", "InstanceId: "),
        (&["zones", "ECS", "describe-zones", "--path", ROOT], "DescribeZones", "DescribeZonesResponse {"),
    ] {
        let created = alicloud(folder.path(), arguments);
        assert_eq!(created.code, Some(0), "{}", created.errors);
        let folder = folder.path().join(arguments[0]);
        assert!(created.out.contains(&format!("cd {}\n  cargo run\n", arguments[0])));
        assert_eq!(names(&folder), [".gitignore", "Cargo.toml", "build.rs", "specs", "src"]);
        // Uses the tested versions of the dependencies.
        fs::copy(Path::new(ROOT).join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
        let version = catalogue.find("ecs").unwrap().default_version();
        let emulator = Emulator::builder()
            .sources(catalogue.spec_files(version).unwrap().operation_sources(operation))
            .start()
            .await
            .unwrap();
        let mut command = Command::new(env!("CARGO"));
        command
            .args(["run", "--quiet", "--offline"])
            .current_dir(&folder)
            // The target folder of this crate already contains most dependencies.
            .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap())
            .env("ALICLOUD_ENDPOINT", emulator.url())
            .envs(ACCESS_KEY)
            .env_remove("ALICLOUD_PRODUCTS");
        let ended = Ended::of(&mut command);
        // No warnings.
        assert_eq!((ended.code, ended.errors.as_str()), (Some(0), ""));
        assert!(ended.out.contains(printed), "{}", ended.out);
        assert_eq!(emulator.take_calls()[0].operation, operation);
    }
}

#[test]
fn a_crate_in_a_workspace_has_a_separate_workspace() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("Cargo.toml"), "[workspace]\nmembers = []\n").unwrap();
    let created = alicloud(folder.path(), &["tools/my-app", "sts", "GetCallerIdentity", "--path", ROOT]);
    assert_eq!(created.code, Some(0), "{}", created.errors);
    let manifest = fs::read_to_string(folder.path().join("tools/my-app/Cargo.toml")).unwrap();
    assert!(manifest.contains("\n[workspace]\n") && manifest.contains("name = \"my-app\""), "{manifest}");
    assert!(!manifest.contains("pagination"), "{manifest}");
}

#[test]
fn a_failure_leaves_no_files() {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("full")).unwrap();
    fs::write(folder.path().join("full/mine.txt"), "mine").unwrap();
    fs::write(folder.path().join("file"), "mine").unwrap();
    for (arguments, error, help) in [
        (&["full"][..], "the folder `full` is not empty", "`alicloud add`"),
        (&["file"], "`file` is not a folder", "another folder"),
        (&["file/app"], "`file/app` is not a folder", "another folder"),
        (&["app", "ecs"], "the following required arguments were not provided", "<OPERATION>"),
        (&["app", "ecz", "DescribeInstances"], "the catalogue has no product `ecz`", "`Ecs`"),
        (&["app", "ecs", "DescribInstances"], "no operation `DescribInstances`", "`DescribeInstances`"),
        (&["app", "ecs", "RunInstances", "--version", "1999-01-01"], "no version `1999-01-01`", "`2014-05-26`"),
        (&["app", "--path", "full"], "`full` does not hold the SDK", "`macros` and `runtime`"),
        (&["app", "--path", "nowhere"], "cannot read `nowhere`", "`macros` and `runtime`"),
        (&["1app"], "a crate cannot be called `1app`", "`--name`"),
        (&["my app"], "a crate cannot be called `my app`", "`--name`"),
        (&["app", "--name", "tokio"], "a crate cannot be called `tokio`", "`--name`"),
        (&["app", "--name", "match"], "a crate cannot be called `match`", "`--name`"),
        (&["/"], "`/` cannot be the name of a crate", "`--name`"),
    ] {
        let ended = alicloud(folder.path(), arguments);
        assert_eq!(ended.code, Some(2), "{arguments:?}: {}", ended.errors);
        let errors = &ended.errors;
        assert!(errors.contains(error) && errors.contains(help), "{arguments:?}: {errors}");
        assert_eq!(names(folder.path()), ["file", "full"], "{arguments:?}");
    }
    assert_eq!(names(&folder.path().join("full")), ["mine.txt"]);
}
