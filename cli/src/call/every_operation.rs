//! Every operation of the catalogue has a manual page, and the emulator accepts the call that the page shows.
//!
//! `cargo test` checks one operation in five hundred. This checks all of them, which takes minutes:
//!
//! ```text
//! ALICLOUD_EVERY_OPERATION=1 cargo test --release -p alicloud-cli --bin alicloud every_operation -- --nocapture
//! ```

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
#![expect(clippy::disallowed_methods, reason = "a variable selects the operations of the test")]

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::time::Duration;

use alicloud_catalogue::{Catalogue, Operation};
use alicloud_emulator::{ACCESS_KEY_ID, ACCESS_KEY_SECRET, Emulator};
use alicloud_runtime::dynamic::Client;
use alicloud_runtime::{Config, Credentials, RetryPolicy};
use clap::Parser as _;

use crate::call::parameters::{given, option_names, with_parameters};
use crate::call::spec_operation::{ConvertedOperations, Prepared, Unread};
use crate::call::target::Target;
use crate::described::{self, Specs};
use crate::{Command, CommandLine, manual};

/// Calls that the emulator cannot accept: a part of the error, and the reason.
const EXPLAINED: [(&str, &str); 3] = [
    ("whose signature this client does not support", "the product has a gateway of its own"),
    ("(HTTP 200", "the documented sample response reports a failure, which the emulator sends"),
    ("is not a valid host", "a parameter is part of the host, and the host of the emulator is an address"),
];

/// Of the sample, this many operations are checked: one of so many.
const SAMPLE: usize = 499;

#[tokio::test]
async fn the_call_of_every_manual_page_is_accepted() {
    let step = if std::env::var_os("ALICLOUD_EVERY_OPERATION").is_some() { 1 } else { SAMPLE };
    let catalogue = Catalogue::bundled().unwrap();
    let emulator = Emulator::builder().catalogue().start().await.unwrap();
    let config = Config::new(Credentials::new(ACCESS_KEY_ID, ACCESS_KEY_SECRET)).endpoint(emulator.url());
    let config = config.retry_policy(RetryPolicy::new().max_attempts(1).max_delay(Duration::ZERO));
    let operations = catalogue.versions().flat_map(|version| catalogue.operations(version).unwrap());
    let (mut pages, mut accepted) = (0, 0);
    let mut explained: BTreeMap<&str, usize> = BTreeMap::new();
    let mut rejected: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for operation in operations.step_by(step) {
        let place = format!("{}/{}", operation.version.folder(), operation.name);
        let line = page(&operation).unwrap_or_else(|problem| panic!("{place} has no page: {problem}"));
        pages += 1;
        match call(&line, &operation, &config).await {
            Ok(()) => accepted += 1,
            Err(problem) => match EXPLAINED.iter().find(|(part, _)| problem.contains(part)) {
                Some((_, reason)) => *explained.entry(reason).or_default() += 1,
                None => rejected.entry(problem).or_default().push(format!("{place}\n      {line}")),
            },
        }
        emulator.take_calls();
    }
    println!("{pages} pages, {accepted} calls accepted");
    explained.iter().for_each(|(reason, count)| println!("{count}: {reason}"));
    for (problem, places) in &rejected {
        println!("{}: {problem}", places.len());
        places.iter().take(5).for_each(|place| println!("    {place}"));
    }
    assert!(rejected.is_empty(), "{} calls are rejected", rejected.values().map(Vec::len).sum::<usize>());
}

/// The command line that the manual page of an operation shows.
fn page(operation: &Operation<'_>) -> Result<String, String> {
    let (product, version) = (operation.version.product(), operation.version.version());
    let failed = |failure: crate::ending::Failure| failure.to_string();
    let specs = Specs::read(None, product, Some(operation.name)).map_err(failed)?;
    let described = described::find(&specs, product, Some(version), operation.name).map_err(failed)?;
    let options = option_names();
    manual::operation(&described, &options).map_err(failed)?;
    Ok(manual::command_line(&described.service, &described.operation, &options))
}

/// Calls the operation like this command line.
async fn call(line: &str, operation: &Operation<'_>, config: &Config) -> Result<(), String> {
    let words = shlex::split(&line.replace("\\\n", "")).ok_or("it is not a command line")?;
    let arguments = with_parameters(words.into_iter().map(OsString::from));
    let parsed = CommandLine::try_parse_from(arguments).map_err(|error| error.to_string())?;
    let Command::Call(arguments) = parsed.command else { return Err("it is another command".to_owned()) };
    let failed = |failure: crate::ending::Failure| failure.to_string();
    let (product, version) = (&arguments.product, arguments.version.as_deref());
    let specs = Specs::read(None, product, Some(&arguments.operation)).map_err(failed)?;
    let described = described::find(&specs, product, version, &arguments.operation).map_err(failed)?;
    let called = (described.service.version.as_str(), described.operation.name.as_str());
    if called != (operation.version.version(), operation.name) {
        return Err(format!("it calls {} {}", called.0, called.1));
    }
    let mut arguments = *arguments;
    arguments.product.clone_from(&described.service.product);
    let services = [described.service];
    let target = Target::find(&services, &arguments).map_err(failed)?;
    let given = given(&arguments).map_err(failed)?;
    let prepared = Prepared::new(&target, given, &mut ConvertedOperations::default()).map_err(failed)?;
    let client = Client::new(prepared.operation.service, config).map_err(|failure| failure.to_string())?;
    let response = client.send(prepared.operation, &prepared.input, &mut Unread(prepared.response)).await;
    response.map(drop).map_err(|error| error.to_string())
}
