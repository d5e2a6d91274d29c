//! The forms of `NO_PROXY` that exclude a host.

#![allow(clippy::disallowed_methods, reason = "the test reads its environment")]

use std::env;
use std::process::Command;

use crate::server::{Server, respond};
use crate::test_service::{SERVICE, request};
use alicloud_runtime::dynamic::{Client, Input, Operation, Parameters};
use alicloud_runtime::{Config, Credentials, Method, RetryPolicy};

request!(Ping, Operation::new(&SERVICE, "Ping", Method::Get, Parameters::NONE));

/// Calls the endpoint `TARGET`. This part of the test runs in another process, because a process has one environment.
async fn call_target(target: &str) {
    let config = Config::new(Credentials::new("id", "secret")).endpoint(target).retry_policy(RetryPolicy::none());
    let _ = Client::new(&SERVICE, &config).unwrap().call(&Ping(Input::new())).await;
}

#[tokio::test]
async fn hosts_are_excluded_in_every_form_that_people_write() {
    if let Ok(target) = env::var("TARGET") {
        return call_target(&target).await;
    }
    let proxy = Server::with_script([respond("200 OK", r#"{"RequestId":"R"}"#)]).await;
    let direct = Server::with_script([respond("200 OK", r#"{"RequestId":"R"}"#)]).await;
    // The port of `direct` is excluded with its host.
    let (local, with_port) = (direct.url(), direct.address());
    let named = "http://ecs.example.invalid";
    let cases = [
        (local, "127.0.0.1", true),
        (local, "127.0.0.0/8", true),
        (local, "127.*", true),
        (local, "127.0.*.*", true),
        (local, "*", true),
        (local, with_port, true),
        (local, local, true),
        (local, "http://127.0.0.1/", true),
        (local, "10.0.0.1;127.0.0.1", true),
        (local, "  localhost 127.0.0.1 ", true),
        (local, "[::1]:80,127.0.0.1", true),
        (local, "10.*", false),
        (local, "*.0.0.1", false),
        (local, "127.0.0.1.example.com", false),
        (local, "::1", false),
        (local, "", false),
        (named, "*.example.invalid", true),
        (named, "*.EXAMPLE.invalid:443", true),
        (named, ".example.invalid", true),
        (named, "example.invalid", true),
        (named, "example.invalid.", true),
        (named, "https://ecs.example.invalid/path", true),
        (named, "*ample.invalid", false),
        (named, "cs.example.invalid", false),
        (named, "example.invalid.com *.org", false),
    ];
    for (target, excluded, is_direct) in cases {
        let before = proxy.requests().len();
        let mut child = Command::new(env::current_exe().unwrap());
        child.args(["--exact", "proxies::hosts_are_excluded_in_every_form_that_people_write"]);
        for name in ["http_proxy", "https_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy", "no_proxy"] {
            child.env_remove(name);
        }
        child.env("TARGET", target).env("HTTP_PROXY", proxy.url()).env("NO_PROXY", excluded);
        let output = tokio::task::spawn_blocking(move || child.output()).await.unwrap().unwrap();
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && text.contains("1 passed"), "{text}");
        assert_eq!(proxy.requests().len() - before, usize::from(!is_direct), "NO_PROXY={excluded} for {target}");
    }
}
