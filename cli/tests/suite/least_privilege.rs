//! A program, its policy from its source and from its test's log, and its test under that policy.

#[allow(dead_code, reason = "the program's `main` is not called")]
#[path = "../../../examples/instances.rs"]
mod program;

use std::error::Error;
use std::fs;
use std::path::Path;

use alicloud::ecs::{Client, StopInstanceRequest};
use alicloud::{Config, Credentials};
use tempfile::TempDir;

use crate::program::{Ended, alicloud};
use crate::running::Running;

const PROGRAM: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/instances.rs");

/// Two of three instances are stopped.
const SCENARIO: &str = r#"
responses:
  - operation: DescribeInstances
    json: { TotalCount: 3, PageNumber: 1, PageSize: 10, Instances: { Instance: [
      { InstanceId: i-1, Status: Stopped }, { InstanceId: i-2, Status: Running }, { InstanceId: i-3, Status: Stopped } ] } }
  - { operation: DescribeInstances, json: { TotalCount: 3, PageNumber: 2, Instances: { Instance: [] } } }
"#;

fn policy(arguments: &[&str]) -> String {
    let ended = Ended::of(alicloud(&[]).arg("policy").args(arguments));
    assert_eq!(ended.code, Some(0), "{}", ended.errors);
    ended.out
}

fn emulator(folder: &Path, more: &[&str]) -> (Running, Config) {
    let arguments = [&["--product", "ecs", "--scenario", "stopped.yaml", "--no-flow-control"], more].concat();
    let running = Running::start(folder, &arguments);
    let config = Config::new(Credentials::new("testid", "testsecret"));
    let config = config.region("cn-hangzhou").endpoint(format!("http://{}", running.address));
    (running, config)
}

/// The program's test.
async fn starts_and_tags_what_is_stopped(config: &Config) -> Result<(), Box<dyn Error>> {
    assert_eq!(program::start_stopped(config, "cn-hangzhou").await?, ["i-1", "i-3"]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_policy_of_a_program_is_enough_for_its_test_and_for_nothing_else() {
    let folder = TempDir::new().unwrap();
    let in_folder = |name: &str| folder.path().join(name).display().to_string();
    fs::write(folder.path().join("stopped.yaml"), SCENARIO).unwrap();

    let of_source = policy(&["--source", PROGRAM]);
    let expected = "\
{
  \"Version\": \"1\",
  \"Statement\": [
    {
      \"Effect\": \"Allow\",
      \"Action\": [
        \"ecs:DescribeInstances\",
        \"ecs:StartInstance\",
        \"ecs:TagResources\"
      ],
      \"Resource\": \"*\"
    }
  ]
}
";
    assert_eq!(of_source, expected);

    let (logged, config) = emulator(folder.path(), &["--log", "calls.jsonl"]);
    starts_and_tags_what_is_stopped(&config).await.unwrap();
    drop(logged);
    assert_eq!(policy(&["--log", &in_folder("calls.jsonl")]), of_source);

    fs::write(folder.path().join("policy.json"), &of_source).unwrap();
    let (limited, config) = emulator(folder.path(), &["--policy", "policy.json"]);
    assert!(limited.greeting.contains("  policy            policy.json; "), "{}", limited.greeting);
    starts_and_tags_what_is_stopped(&config).await.unwrap();
    let ecs = Client::new(&config).unwrap();
    let error = ecs.stop_instance(&StopInstanceRequest::new("i-1")).await.unwrap_err();
    assert_eq!((error.code(), error.status()), (Some("Forbidden.RAM"), Some(403)), "{error}");
    drop(limited);

    // Without any of the actions, the test fails.
    for action in ["ecs:DescribeInstances", "ecs:StartInstance", "ecs:TagResources"] {
        fs::write(folder.path().join("less.json"), of_source.replace(action, "ecs:Nothing")).unwrap();
        let (_less, config) = emulator(folder.path(), &["--policy", "less.json"]);
        let error = starts_and_tags_what_is_stopped(&config).await.expect_err(action).to_string();
        assert!(error.contains("Forbidden.RAM"), "{action}: {error}");
    }
}
