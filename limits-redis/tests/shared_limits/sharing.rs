//! Processes share slots, which follow the server's clock.

use std::collections::BTreeMap;
use std::env;
use std::process::{Command, Stdio};
use std::time::Duration;

use alicloud_limits_redis::{Account, RedisLimits};
use alicloud_runtime::dynamic::Client;
use alicloud_runtime::{Credentials, Failure, WaitingFor};
use tokio::task::JoinSet;

use crate::calls::{Changes, Echo, ONCE_A_SECOND, SERVICE, TEN_A_SECOND, TENTH, call, client, config};
use crate::monitor::Monitor;
use crate::server::{Server, programs};

const PROCESSES: usize = 8;
const CALLS_PER_PROCESS: usize = 8;

/// The variables of a process: the URL of the store, and the name of the process.
const STORE: &str = "ALICLOUD_TEST_STORE";
const NAME: &str = "ALICLOUD_TEST_NAME";

fn account() -> Account {
    Account::id("1234567890123456")
}

#[test]
fn eight_processes_together_keep_to_the_limit_and_none_starves() {
    for program in programs() {
        let server = Server::start(program, &[]);
        let mut monitor = Monitor::start(&server);
        let process = |number: usize| {
            Command::new(env::current_exe().unwrap())
                .args(["--exact", "sharing::one_of_eight_processes", "--ignored"])
                .envs([(STORE, server.url()), (NAME, number.to_string())])
                .stdout(Stdio::null())
                .spawn()
                .unwrap()
        };
        let processes: Vec<_> = (0..PROCESSES).map(process).collect();
        for mut process in processes {
            assert!(process.wait().unwrap().success());
        }

        let (slots, calls) = monitor.record(&server, TENTH);
        assert_eq!((slots.len(), calls.len()), (64, 64), "a slot for each call, and no other");
        for pair in slots.windows(2) {
            assert!(pair[1].slot >= pair[0].slot + TENTH, "{pair:?}");
        }
        // The other processes have at most one slot each that is still to come, in a row.
        let longest = slots.iter().map(|slot| slot.slot.saturating_sub(slot.taken_at)).max().unwrap();
        assert!(longest <= PROCESSES as u64 * TENTH + 1000, "a call waited for {longest} µs");
        for (call, slot) in calls.iter().zip(&slots) {
            assert!(call.sent_at >= slot.slot, "{call:?} before {slot:?}");
        }
        let mut per_process = BTreeMap::<_, usize>::new();
        let mut per_second = BTreeMap::<_, (usize, usize)>::new();
        for (slot, call) in slots.iter().zip(&calls) {
            *per_process.entry(&call.sender).or_default() += 1;
            per_second.entry((slot.slot - slots[0].slot) / 1_000_000).or_default().0 += 1;
            per_second.entry((call.sent_at - slots[0].slot) / 1_000_000).or_default().1 += 1;
        }
        assert_eq!(per_process.len(), PROCESSES);
        assert!(per_process.values().all(|calls| *calls == CALLS_PER_PROCESS), "{per_process:?}");
        assert!(per_second.values().all(|(slots, _)| *slots <= 10), "{per_second:?}");
        println!("{program}: slots and calls per second {per_second:?}, longest wait {longest} µs");
    }
}

#[tokio::test]
#[ignore = "the test above runs it, eight times"]
#[expect(clippy::disallowed_methods, reason = "the test above sets the variables")]
async fn one_of_eight_processes() {
    let (Ok(url), Ok(sender)) = (env::var(STORE), env::var(NAME)) else { return };
    let changes = Changes::default();
    let limits = changes.observe(RedisLimits::queue(url.as_str(), account()).unwrap().timeout(Duration::from_secs(60)));
    let client = Client::new(&SERVICE, &config(limits).transport(Echo { url, sender })).unwrap();
    let mut calls = JoinSet::new();
    for _ in 0..CALLS_PER_PROCESS {
        let client = client.clone();
        calls.spawn(async move { call(&client, &TEN_A_SECOND).await.unwrap() });
    }
    calls.join_all().await;
    assert!(changes.all().is_empty(), "{changes:?}");
}

#[tokio::test]
async fn a_call_that_is_not_to_wait_fails_with_the_time_until_the_next_slot() {
    for program in programs() {
        let server = Server::start(program, &[]);
        let (here, there) = (client(fail_fast(&server)), client(fail_fast(&server)));
        let error = loop {
            call(&here, &ONCE_A_SECOND).await.unwrap();
            // The next call of another process is too early, unless this one needs a second.
            if let Err(error) = call(&there, &ONCE_A_SECOND).await {
                break error;
            }
        };
        let Failure::OverLimit { limit, wait } = error.failure() else { panic!("{error:?}") };
        assert_eq!((limit.product(), limit.operation(), limit.per_second()), ("Test", "OnceASecond", 1));
        assert!(*wait > Duration::ZERO && *wait <= Duration::from_secs(1), "{wait:?}");
        assert_eq!(error.attempts(), 0);
        // Another operation, and another account.
        call(&there, &TEN_A_SECOND).await.unwrap();
        let other = RedisLimits::fail_fast(server.url(), Account::id("6543210987654321")).unwrap();
        call(&client(other), &ONCE_A_SECOND).await.unwrap();
    }
}

fn fail_fast(server: &Server) -> RedisLimits {
    RedisLimits::fail_fast(server.url(), account()).unwrap()
}

#[tokio::test]
async fn the_slot_of_a_call_that_gives_up_goes_to_the_next_call() {
    for program in programs() {
        let server = Server::start(program, &[]);
        let mut monitor = Monitor::start(&server);
        let limits = RedisLimits::queue(server.url(), account()).unwrap();
        let hasty = config(limits).call_timeout(Duration::from_millis(200));
        let client = Client::new(&SERVICE, &hasty).unwrap();
        let mut sent = 0;
        // If each call took a slot, the second one would never be sent.
        for _ in 0..20 {
            match call(&client, &ONCE_A_SECOND).await {
                Ok(()) => sent += 1,
                Err(error) => {
                    let Failure::NotSent { waiting_for, .. } = error.failure() else { panic!("{error:?}") };
                    assert_eq!(*waiting_for, WaitingFor::RateLimit);
                }
            }
            if sent == 2 {
                break;
            }
        }
        let (slots, _) = monitor.record(&server, 1_000_000);
        assert!(sent == 2 && slots.len() <= 3, "{sent} calls with {slots:?}");
    }
}

#[tokio::test]
async fn the_store_contains_a_small_key_for_each_operation_which_expires() {
    for program in programs() {
        let server = Server::start(program, &[]);
        call(&client(fail_fast(&server)), &TEN_A_SECOND).await.unwrap();
        let access_key = Account::access_key(&Credentials::new("LTAI5tExample", "hush")).unwrap();
        call(&client(RedisLimits::queue(server.url(), access_key).unwrap()), &ONCE_A_SECOND).await.unwrap();

        let mut connection = server.connection();
        // `printf account:1234567890123456 | sha256sum`, and `printf access-key:LTAI5tExample | sha256sum`
        let (by_id, by_access_key) = (
            "alicloud:limits:e631a53ca34e05d50afa653c89b19e50:Test:TenASecond",
            "alicloud:limits:92309ffdc8b61d59053893731ae35f7d:Test:OnceASecond",
        );
        for (key, longest) in [(by_id, 1100), (by_access_key, 2000)] {
            let milliseconds: i64 = redis::cmd("PTTL").arg(key).query(&mut connection).unwrap();
            assert!((1..=longest).contains(&milliseconds), "{key}: {milliseconds}");
            let bytes: usize = redis::cmd("MEMORY").arg("USAGE").arg(key).query(&mut connection).unwrap();
            assert!(bytes < 256, "{bytes}");
            println!("{program}: {bytes} bytes for {key}");
        }
        let keys: Vec<String> = redis::cmd("KEYS").arg("*").query(&mut connection).unwrap();
        assert_eq!(keys.len(), 2, "{keys:?}");
    }
}

/// After a failover, the slots of another server's clock can be far in the future.
#[tokio::test]
async fn a_clock_that_was_set_back_stops_no_call() {
    for program in programs() {
        let server = Server::start(program, &[]);
        let patient = config(RedisLimits::queue(server.url(), account()).unwrap());
        let client = Client::new(&SERVICE, &patient.call_timeout(Duration::from_secs(60))).unwrap();
        let key = "alicloud:limits:e631a53ca34e05d50afa653c89b19e50:Test:TenASecond";
        // The first one is the year 2100.
        for value in ["4102444800000000", "not a number"] {
            redis::cmd("SET").arg(key).arg(value).exec(&mut server.connection()).unwrap();
            call(&client, &TEN_A_SECOND).await.unwrap();
        }
    }
}

#[test]
fn temporary_credentials_do_not_name_an_account() {
    let credentials = Credentials::new("STS.NT3kExample", "hush").security_token("hush-token");
    for (credentials, problem) in [
        (credentials, "these credentials are temporary, and their AccessKey ID changes with each session"),
        (Credentials::anonymous(), "these credentials have no AccessKey ID"),
    ] {
        let error = Account::access_key(&credentials).unwrap_err().to_string();
        assert_eq!(error, format!("limits cannot be shared by AccessKey: {problem}; use `Account::id`"));
    }
    // `Account::id` names another account than an AccessKey with the same text.
    let access_key = Account::access_key(&Credentials::new("LTAI5tExample", "hush")).unwrap();
    assert_ne!(Account::id("LTAI5tExample"), access_key);
}
