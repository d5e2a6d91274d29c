//! `alicloud completions`: the scripts, and what the program completes when a shell calls it.

use std::path::Path;
use std::process::Command;

use crate::program::{Ended, alicloud};

/// The completions of the last of these words.
fn completed(words: &[&str]) -> Vec<String> {
    let mut command =
        alicloud(&[("ALICLOUD_COMPLETE", "bash"), ("_CLAP_IFS", "\n"), ("_CLAP_COMPLETE_COMP_TYPE", "9")]);
    command.env("_CLAP_COMPLETE_INDEX", words.len().to_string()).args(["--", "alicloud"]).args(words);
    let ended = Ended::of(&mut command);
    assert_eq!((ended.code, ended.errors.as_str()), (Some(0), ""), "{words:?}");
    ended.out.lines().map(|line| line.trim().to_owned()).collect()
}

#[test]
fn names_of_the_catalogue_are_completed() {
    for (words, all) in [
        (&["sea"][..], &["search"][..]),
        (&["call", "onsm"], &["onsmqtt"]),
        (&["call", "ecs", "StopInv"], &["StopInvocation"]),
        (&["call", "ecs", "StopInstance", "--Ins"], &["--InstanceId"]),
        // Options of the command in addition to parameters, and after other words.
        (&["call", "ecs", "StopInstance", "--InstanceId", "x", "--region", "y", "--For"], &["--ForceStop"]),
        (&["call", "ecs", "StopInstance", "--reg"], &["--region"]),
        (&["call", "--region", "y", "ECS", "stop-instance", "--ForceStop", "t"], &["true"]),
        (&["call", "rds", "--version", "2014-08-15", "DescribeDBInstanceSS"], &["DescribeDBInstanceSSL"]),
        (&["show", "sts", "Get"], &["GetCallerIdentity"]),
        (&["add", "sts", "GetCallerIdentity", "AssumeRoleWithS"], &["AssumeRoleWithSAML"]),
        (&["new", "my-app", "sts", "Get"], &["GetCallerIdentity"]),
        (&["emulate", "--product", "onsm"], &["onsmqtt"]),
        (&["search", "instance", "--product", "onsm"], &["onsmqtt"]),
        (&["mcp", "--products", "onsm"], &["onsmqtt"]),
        (&["mcp", "--allow"], &["--allow-writes"]),
        (&["explain", "Throttling.U"], &["Throttling.User"]),
        (&["policy", "onsm"], &["onsmqtt."]),
        (&["policy", "ecs.StopInstance", "sts.Get"], &["sts.GetCallerIdentity"]),
        (&["policy", "rds/2014-08-15.DescribeDBInstanceSS"], &["rds/2014-08-15.DescribeDBInstanceSSL"]),
        (&["completions", "po"], &["powershell"]),
        // There is nothing to complete.
        (&["call", "nosuchproduct", "Get"], &[]),
        (&["call", "ecs", "NoSuchOperation", "--Ins"], &[]),
    ] {
        assert_eq!(completed(words), all, "{words:?}");
    }
    let parameters = completed(&["call", "ecs", "DescribeInstances", "--"]);
    assert!(["--RegionId", "--Tag", "--dry-run"].iter().all(|one| parameters.iter().any(|known| known == one)));
}

#[test]
fn each_shell_has_a_script() {
    for (shell, part) in [
        ("bash", "complete -o nospace"),
        ("zsh", "#compdef alicloud"),
        ("fish", "complete --keep-order"),
        ("powershell", "Register-ArgumentCompleter"),
    ] {
        let ended = Ended::of(alicloud(&[]).args(["completions", shell]));
        let script = ended.out;
        assert!(ended.code == Some(0) && script.contains(part), "{shell}: {script}");
        assert!(script.contains("ALICLOUD_COMPLETE"), "{shell}: {script}");
    }
}

/// Runs the script in a real shell.
#[cfg(unix)]
#[test]
fn bash_completes_an_operation() {
    let folder = Path::new(env!("CARGO_BIN_EXE_alicloud")).parent().unwrap();
    let script = "source <(alicloud completions bash)
        COMP_WORDS=(alicloud show sts GetC) COMP_CWORD=3 COMP_TYPE=9
        _clap_complete_alicloud alicloud GetC sts
        echo \"${COMPREPLY[@]}\"";
    let path = format!("{}:/usr/bin:/bin", folder.display());
    let ended = Ended::of(Command::new("bash").env_clear().env("PATH", path).args(["--norc", "-c", script]));
    assert_eq!(ended.out.trim(), "GetCallerIdentity", "{}", ended.errors);
}
