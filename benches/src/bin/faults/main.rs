//! Sends many calls to a faulty server, and checks the invariants of the client.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a program stops with a message if it fails, and it needs the clock"
)]

mod actions;
mod calls;
mod server;

use std::collections::{BTreeMap, HashSet};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use actions::{ACTIONS, GIVEN_UP, INTERRUPTED, NO_CONNECTION, TIMEOUT};
use alicloud_benches::command_line::Arguments;
use alicloud_benches::table;
use calls::{Ended, Kind};
use server::{Seen, Server};
use tokio::runtime::Handle;

const USAGE: &str = "\
faults [--calls 100000] [--at-once 128] [--seed 1]

Sends calls with a generated client to a server on loopback that resets, stalls, throttles, and returns invalid
responses. The seed determines the action for each attempt. The exit code is 1 if an invariant is violated.";

/// The maximum number of violations to print for each invariant.
const SHOWN: usize = 5;

fn main() -> ExitCode {
    let arguments = Arguments::read(USAGE, &[], &["--calls", "--at-once", "--seed"]);
    let calls: u64 = arguments.value("--calls", 100_000);
    let at_once: usize = arguments.value("--at-once", 128);
    let seed: u64 = arguments.value("--seed", 1);

    let server = Server::start(seed);
    let start = Instant::now();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let (ended, tasks) = runtime.block_on(async {
        let alive = || Handle::current().metrics().num_alive_tasks();
        let before = alive();
        let client = calls::client(&server.endpoint);
        let ended = calls::make(&client, calls, at_once).await;
        let during = alive();
        drop(client);
        // Connections detect a closed client when they are polled next.
        for _ in 0..500 {
            if alive() <= before {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        (ended, (before, during, alive()))
    });
    let seconds = start.elapsed().as_secs_f64();
    let seen = server.seen.lock().expect("the notes");
    report(&ended, &seen);
    let again = seen.calls.values().filter(|received| received.actions.len() > 1).count();
    println!("\n{calls} calls, {at_once} at once, seed {seed}: {seconds:.1} s");
    println!(
        "{} requests, several for {again} calls; {} connections, and {} more that were reset at once",
        seen.requests,
        seen.connections - seen.doomed,
        seen.doomed
    );
    println!("{} nonces; tasks before, after the calls, after the client: {tasks:?}\n", seen.nonces.len());
    let checks = checks(&ended, &seen, tasks.2.saturating_sub(tasks.0));
    let mut holds = true;
    for (invariant, violations) in checks {
        println!("{}  {invariant}", if violations.is_empty() { "holds   " } else { "VIOLATED" });
        for violation in violations.iter().take(SHOWN) {
            println!("          {violation}");
        }
        if violations.len() > SHOWN {
            println!("          and {} more", violations.len() - SHOWN);
        }
        holds &= violations.is_empty();
    }
    if holds { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Prints the actions of the server, and the results of the calls.
fn report(ended: &[Ended], seen: &Seen) {
    let requests: Vec<Vec<String>> = (ACTIONS.iter())
        .map(|(action, _, name, _)| vec![(*name).to_owned(), seen.actions.get(action).unwrap_or(&0).to_string()])
        .collect();
    table::print(&["action of the server", "requests"], &requests);
    println!();
    let mut outcomes: BTreeMap<&str, [u64; 4]> = BTreeMap::new();
    for one in ended {
        outcomes.entry(&one.outcome).or_default()[Kind::of(one.call) as usize] += 1;
    }
    let mut heads = vec!["result of the call"];
    heads.extend(Kind::ALL.iter().map(|(_, name)| *name));
    heads.push("all");
    let row = |name: &str, counts: &[u64; 4]| {
        let mut row = vec![name.to_owned()];
        row.extend(counts.iter().map(u64::to_string));
        row.push(counts.iter().sum::<u64>().to_string());
        row
    };
    let mut all = [0; 4];
    let mut rows = Vec::new();
    for (outcome, counts) in &outcomes {
        rows.push(row(outcome, counts));
        for (sum, count) in all.iter_mut().zip(counts) {
            *sum += count;
        }
    }
    rows.push(row("all", &all));
    table::print(&heads, &rows);
}

/// Returns the invariants, each with its violations.
fn checks(ended: &[Ended], seen: &Seen, leaked: usize) -> Vec<(&'static str, Vec<String>)> {
    let mut twice = Vec::new();
    let mut untyped = Vec::new();
    let mut unexplained = Vec::new();
    let mut uncounted = Vec::new();
    let mut tokens = Vec::new();
    let mut all_tokens = HashSet::new();
    for one in ended {
        let (call, kind) = (one.call, Kind::of(one.call));
        if one.is_wrong {
            untyped.push(format!("call {call}: {}", one.outcome));
        }
        let Some(received) = seen.calls.get(&call) else {
            // All of its connections were reset at once.
            if ![INTERRUPTED, NO_CONNECTION, TIMEOUT, GIVEN_UP].contains(&one.outcome.as_str()) {
                unexplained.push(format!("call {call} did not arrive, and is {}", one.outcome));
            }
            continue;
        };
        let actions = &received.actions;
        if kind == Kind::Write && received.possible_executions() > 1 {
            twice.push(format!("call {call}: {actions:?}"));
        }
        // A timeout, or a connection that is reset at once, can follow any action.
        let may_end_anyway = [INTERRUPTED, NO_CONNECTION, TIMEOUT, GIVEN_UP].contains(&one.outcome.as_str());
        let last = actions.last().map_or("", |action| action.outcome());
        if !may_end_anyway && last != one.outcome {
            unexplained.push(format!("call {call} is {}: {actions:?}", one.outcome));
        }
        let arrived = actions.len() as u32;
        match one.attempts {
            // Other attempts were reset at once, or not sent because of a timeout.
            Some(attempts) if attempts < arrived || attempts > 3 => {
                uncounted.push(format!("call {call}: {attempts} attempts, of which {arrived} arrived"));
            }
            _ => {}
        }
        let has_token = kind == Kind::WriteWithToken;
        let is_new = received.tokens.iter().all(|token| all_tokens.insert(token));
        if received.tokens.len() != usize::from(has_token) || !is_new {
            tokens.push(format!("call {call}: {:?}", received.tokens));
        }
    }
    let counted = |count: u64, noun: &str| if count == 0 { Vec::new() } else { vec![format!("{count} {noun}")] };
    vec![
        ("no write is sent twice unless it is idempotent or was throttled", twice),
        ("every failure is typed, and every response belongs to its call", untyped),
        ("the result of every call matches the last action", unexplained),
        ("failures report the actual number of attempts, at most three", uncounted),
        ("a ClientToken is the same in all attempts of a call, and unique to the call", tokens),
        ("every attempt's nonce is new", counted(seen.old_nonces, "requests without a new nonce")),
        ("no redirect is followed", counted(seen.redirected, "connections to its target")),
        ("no task is left after the client is dropped", counted(leaked as u64, "tasks")),
    ]
}
