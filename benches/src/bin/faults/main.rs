//! Very many calls to a server that breaks in every way, and whether what must hold then does.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a program that cannot go on says so and stops; it reads the clock to tell how long it took"
)]

mod acts;
mod calls;
mod server;

use std::collections::{BTreeMap, HashSet};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use acts::{ACTS, GIVEN_UP, INTERRUPTED, NO_CONNECTION, TIMEOUT};
use alicloud_benches::command_line::Arguments;
use alicloud_benches::table;
use calls::{Ended, Kind};
use server::{Seen, Server};
use tokio::runtime::Handle;

const USAGE: &str = "\
faults [--calls 100000] [--at-once 128] [--seed 1]

Makes so many calls with a generated client, so many of them at once, to a server on loopback that resets, stalls,
throttles, and answers badly; what it does to which attempt of which call, the seed says. The exit code is 1 where
something does not hold that must.";

/// How many violations of a kind are told one by one.
const TOLD: usize = 5;

fn main() -> ExitCode {
    let arguments = Arguments::read(USAGE, &[], &["--calls", "--at-once", "--seed"]);
    let calls: u64 = arguments.value("--calls", 100_000);
    let at_once: usize = arguments.value("--at-once", 128);
    let seed: u64 = arguments.value("--seed", 1);

    let server = Server::start(seed);
    let start = Instant::now();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("an event loop");
    let (ended, tasks) = runtime.block_on(async {
        let alive = || Handle::current().metrics().num_alive_tasks();
        let before = alive();
        let client = calls::client(&server.endpoint);
        let ended = calls::make(&client, calls, at_once).await;
        let during = alive();
        drop(client);
        // Connections notice that their client is gone when they are polled next.
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
    let again = seen.calls.values().filter(|received| received.acts.len() > 1).count();
    println!("\n{calls} calls, {at_once} at once, seed {seed}: {seconds:.1} s");
    println!(
        "{} requests, of {again} calls more than one; {} connections, {} more reset before anything was read",
        seen.requests,
        seen.connections - seen.doomed,
        seen.doomed
    );
    println!("{} nonces; tasks before, after the calls, after the client: {tasks:?}\n", seen.nonces.len());
    let checks = checks(&ended, &seen, tasks.2.saturating_sub(tasks.0));
    let mut holds = true;
    for (what, violations) in checks {
        println!("{}  {what}", if violations.is_empty() { "holds   " } else { "VIOLATED" });
        for violation in violations.iter().take(TOLD) {
            println!("          {violation}");
        }
        if violations.len() > TOLD {
            println!("          and {} more", violations.len() - TOLD);
        }
        holds &= violations.is_empty();
    }
    if holds { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// What the server did, and how the calls ended.
fn report(ended: &[Ended], seen: &Seen) {
    let requests: Vec<Vec<String>> = (ACTS.iter())
        .map(|(act, _, name, _)| vec![(*name).to_owned(), seen.acts.get(act).unwrap_or(&0).to_string()])
        .collect();
    table::print(&["what the server did", "requests"], &requests);
    println!();
    let mut outcomes: BTreeMap<&str, [u64; 4]> = BTreeMap::new();
    for one in ended {
        outcomes.entry(&one.outcome).or_default()[Kind::of(one.call) as usize] += 1;
    }
    let mut heads = vec!["how calls ended"];
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

/// What must hold, with what violates it.
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
            // Of its connections, none came to be read.
            if ![INTERRUPTED, NO_CONNECTION, TIMEOUT, GIVEN_UP].contains(&one.outcome.as_str()) {
                unexplained.push(format!("call {call} never came, and is {}", one.outcome));
            }
            continue;
        };
        let acts = &received.acts;
        if kind == Kind::Write && received.perhaps_acted() > 1 {
            twice.push(format!("call {call}: {acts:?}"));
        }
        // A time limit may pass, and a connection be reset that nothing was read of, whatever was done before.
        let may_end_anyway = [INTERRUPTED, NO_CONNECTION, TIMEOUT, GIVEN_UP].contains(&one.outcome.as_str());
        let last = acts.last().map_or("", |act| act.outcome());
        if !may_end_anyway && last != one.outcome {
            unexplained.push(format!("call {call} is {}: {acts:?}", one.outcome));
        }
        let came = acts.len() as u32;
        match one.attempts {
            // What the server did not see was reset before anything was read, or never sent for lack of time.
            Some(attempts) if attempts < came || attempts > 3 => {
                uncounted.push(format!("call {call}: {attempts} attempts, of which {came} came"));
            }
            _ => {}
        }
        let has_token = kind == Kind::WriteWithToken;
        let is_new = received.tokens.iter().all(|token| all_tokens.insert(token));
        if received.tokens.len() != usize::from(has_token) || !is_new {
            tokens.push(format!("call {call}: {:?}", received.tokens));
        }
    }
    let counted = |count: u64, what: &str| if count == 0 { Vec::new() } else { vec![format!("{count} {what}")] };
    vec![
        ("no write is sent twice unless it is idempotent, or was refused for the number of calls", twice),
        ("every failure is typed, and every answer is the call's own", untyped),
        ("every call ends as what was done to its last attempt says", unexplained),
        ("the attempts that a failure tells of are those that were made, three at most", uncounted),
        ("a ClientToken is the same in all attempts of a call, and no other call's", tokens),
        ("every attempt's nonce is new", counted(seen.old_nonces, "requests without a new one")),
        ("no redirect is followed", counted(seen.redirected, "connections to where it points")),
        ("no task is left when the client is gone", counted(leaked as u64, "tasks")),
    ]
}
