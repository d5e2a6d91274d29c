//! Operations of the catalogue are added to specs, called and served without spec files.

use std::fs;
use std::path::Path;

use alicloud_catalogue::Catalogue;
use alicloud_emulator::Emulator;
use tempfile::TempDir;

use crate::program::{self, ACCESS_KEY, Ended};

/// Runs a command in a folder.
fn alicloud(folder: &Path, arguments: &[&str]) -> Ended {
    Ended::of(program::alicloud(&ACCESS_KEY).current_dir(folder).args(arguments))
}

async fn serve(product: &str) -> Emulator {
    let catalogue = Catalogue::bundled().unwrap();
    let version = catalogue.find(product).unwrap().default_version();
    let sources = catalogue.spec_files(version).unwrap().sources();
    Emulator::builder().sources(sources).start().await.unwrap()
}

#[test]
fn added_operations_pass_check() {
    let folder = TempDir::new().unwrap();
    for (arguments, files) in [
        (&["vpc", "describe-vpcs"][..], &["vpc/2016-04-28/DescribeVpcs.yaml"][..]),
        (
            &["ECS", "DescribeInstances", "run_instances"],
            &["ecs/2014-05-26/RunInstances.yaml", "ecs/2014-05-26/DescribeInstances.yaml"],
        ),
        (&["sts", "--all"], &["sts/2015-04-01/AssumeRole.yaml", "sts/2015-04-01/GetCallerIdentity.yaml"]),
        (&["rds", "DescribeDBInstances", "--version", "2014-08-15"], &["rds/2014-08-15/DescribeDBInstances.yaml"]),
    ] {
        let ended = alicloud(folder.path(), &[&["add"], arguments].concat());
        assert_eq!((ended.code, ended.errors.as_str()), (Some(0), ""), "{arguments:?}");
        assert!(ended.out.contains("A call in Rust"), "{}", ended.out);
        for file in files {
            assert!(folder.path().join("specs").join(file).is_file(), "{file}");
        }
    }
    let ended = alicloud(folder.path(), &["check", "specs"]);
    assert_eq!((ended.code, ended.errors.as_str()), (Some(0), "8 operations of 4 products, 0 errors\n"));
}

#[test]
fn manual_changes_are_kept_and_check_reports_outdated_files() {
    let folder = TempDir::new().unwrap();
    assert_eq!(alicloud(folder.path(), &["add", "vpc", "DescribeVpcs"]).code, Some(0));
    let file = folder.path().join("specs/vpc/2016-04-28/DescribeVpcs.yaml");
    let imported = fs::read_to_string(&file).unwrap();
    let changed = imported.replace("summary: Returns VPCs.", "summary: Lists the networks of an account.");
    assert_ne!(imported, changed);
    fs::write(&file, &changed).unwrap();
    assert_eq!(alicloud(folder.path(), &["add", "vpc", "DescribeVpcs"]).code, Some(0));
    assert!(fs::read_to_string(&file).unwrap().contains("summary: Lists the networks of an account."));
    assert_eq!(alicloud(folder.path(), &["add", "vpc", "--check"]).code, Some(0));
    let ended = alicloud(folder.path(), &["add", "vpc", "DescribeVpcs", "DescribeVSwitches", "--check"]);
    assert_eq!(ended.code, Some(1));
    assert!(ended.out.contains("missing: specs/vpc/2016-04-28/DescribeVSwitches.yaml"), "{}", ended.out);
    assert!(!folder.path().join("specs/vpc/2016-04-28/DescribeVSwitches.yaml").exists());
}

#[test]
fn unknown_names_are_errors_with_suggestions_and_nothing_is_written() {
    let folder = TempDir::new().unwrap();
    for (arguments, error, help) in [
        (
            &["add", "ecs", "DescribeInstancs"][..],
            "has no operation `DescribeInstancs`",
            "did you mean `DescribeInstances`",
        ),
        (&["add", "ecz", "DescribeInstances"], "the catalogue has no product `ecz`", "`Ecs`"),
        (&["add", "ecs", "RunInstances", "--version", "2014-01-01"], "no version `2014-01-01`", "`2014-05-26`"),
        (&["add", "vpc"], "no operation is given", "`--all`"),
        (
            &["call", "ecs", "DescribeInstancs"],
            "has no operation `DescribeInstancs`",
            "did you mean `DescribeInstances`",
        ),
        (&["call", "vpcs", "DescribeVpcs"], "there is no product `vpcs`", "`Vpc`"),
        (&["emulate", "--product", "vpcc"], "the catalogue has no product `vpcc`", "`Vpc`"),
    ] {
        let ended = alicloud(folder.path(), arguments);
        assert_eq!(ended.code, Some(2), "{arguments:?}");
        assert!(ended.errors.contains(error) && ended.errors.contains(help), "{arguments:?}: {}", ended.errors);
        assert!(!folder.path().join("specs").exists(), "{arguments:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operation_of_the_catalogue_is_called_by_name() {
    let folder = TempDir::new().unwrap();
    let emulator = serve("vpc").await;
    let arguments = ["call", "vpc", "describe-vpcs", "--endpoint", emulator.url(), "--RegionId"];
    let ended = alicloud(folder.path(), &[&arguments[..], &["cn-hangzhou"]].concat());
    assert_eq!(ended.code, Some(0), "{}", ended.errors);
    assert!(ended.out.contains("\"Vpcs\""), "{}", ended.out);
    assert!(ended.errors.contains("`alicloud add vpc DescribeVpcs`"), "{}", ended.errors);
    let call = emulator.take_calls().pop().unwrap();
    assert_eq!((call.operation.as_str(), call.parameters["RegionId"].as_str()), ("DescribeVpcs", "cn-hangzhou"));
    // The spec checks the call before it is sent.
    let ended = alicloud(folder.path(), &["call", "vpc", "DescribeVpcs", "--endpoint", emulator.url()]);
    assert!(ended.code == Some(2) && ended.errors.contains("RegionId: is required"), "{}", ended.errors);
    assert!(emulator.take_calls().is_empty());
}
