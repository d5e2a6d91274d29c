//! Limits when the connection to the store is lost, and when it is restored.

use std::time::Duration;

use alicloud_limits_redis::{Account, RedisLimits, StoreChange};
use alicloud_runtime::Failure;
use alicloud_runtime::dynamic::Client;
use tokio::net::TcpListener;
use tokio::time::Instant;

use crate::calls::{Changes, ONCE_A_SECOND, TEN_A_SECOND, TENTH, call, client};
use crate::monitor::Monitor;
use crate::server::{Server, programs};

fn account() -> Account {
    Account::id("1234567890123456")
}

/// Makes calls until the store is restored.
async fn call_until_restored(client: &Client, changes: &Changes) {
    // A process tries once per second to reconnect. The limit of the process paces the calls: these take a minute.
    for _ in 0..600 {
        if changes.all().last() == Some(&StoreChange::Restored) {
            return;
        }
        call(client, &TEN_A_SECOND).await.unwrap();
    }
    panic!("the store is not restored: {changes:?}");
}

#[tokio::test]
async fn a_restart_loses_only_slots_of_the_last_second_and_no_call() {
    for program in programs() {
        let mut server = Server::start(program, &[]);
        let mut monitor = Monitor::start(&server);
        let observed =
            |changes: &Changes| client(changes.observe(RedisLimits::queue(server.url(), account()).unwrap()));
        let changes: Vec<Changes> = (0..8).map(|_| Changes::default()).collect();
        let clients: Vec<Client> = changes.iter().map(observed).collect();
        for client in &clients {
            call(client, &TEN_A_SECOND).await.unwrap();
        }
        let (slots, _) = monitor.record(&server, TENTH);
        assert_eq!(slots.len(), 8);
        // The next free slot is all that the store contains.
        assert!(slots.iter().all(|slot| slot.slot + TENTH < slot.taken_at + 1_000_000), "{slots:?}");

        server.kill();
        for (client, changes) in clients.iter().zip(&changes) {
            call(client, &TEN_A_SECOND).await.unwrap();
            let reason = changes.only_loss();
            assert!(reason.contains("Connection refused") || reason.contains("broken pipe"), "{reason}");
        }
        let begin = Instant::now();
        for _ in 0..5 {
            call(&clients[0], &TEN_A_SECOND).await.unwrap();
        }
        // The limit is now that of the process. It can take longer, and never less.
        assert!(begin.elapsed() >= Duration::from_millis(400), "{:?}", begin.elapsed());

        server.restart();
        for (client, changes) in clients.iter().zip(&changes) {
            call_until_restored(client, changes).await;
            assert_eq!(changes.all().len(), 2, "{changes:?}");
        }
        let mut monitor = Monitor::start(&server);
        for client in &clients {
            call(client, &TEN_A_SECOND).await.unwrap();
        }
        let (slots, _) = monitor.record(&server, TENTH);
        assert_eq!(slots.len(), 8, "the limits are shared again");
        assert!(slots.windows(2).all(|pair| pair[1].slot >= pair[0].slot + TENTH), "{slots:?}");
    }
}

#[tokio::test]
async fn a_connection_that_the_server_closes_is_replaced_in_silence() {
    for program in programs() {
        let server = Server::start(program, &[]);
        let changes = Changes::default();
        let client = client(changes.observe(RedisLimits::queue(server.url(), account()).unwrap()));
        for _ in 0..3 {
            call(&client, &TEN_A_SECOND).await.unwrap();
            redis::cmd("CLIENT").arg(&["KILL", "TYPE", "normal"]).exec(&mut server.connection()).unwrap();
        }
        call(&client, &TEN_A_SECOND).await.unwrap();
        assert!(changes.all().is_empty(), "{changes:?}");
    }
}

/// A server can accept connections and reject the script: a replica, a user without permission, a full memory.
#[tokio::test]
async fn a_server_that_rejects_the_script_is_lost_until_it_accepts_it() {
    for program in programs() {
        let server = Server::start(program, &[]);
        let user = |rules: &[&str]| {
            let start = ["SETUSER", "limits", "reset", "on", ">hush-password"];
            redis::cmd("ACL").arg(&start).arg(rules).exec(&mut server.connection()).unwrap();
        };
        let url = format!("{}?user=limits&pass=hush-password", server.url());
        let changes = Changes::default();
        let client = client(changes.observe(RedisLimits::queue(url, account()).unwrap()));
        // All that the README asks for, without `set`.
        user(&["+eval", "+time", "+get", "~alicloud:limits:*"]);
        let begin = Instant::now();
        while begin.elapsed() < Duration::from_millis(1500) {
            call(&client, &TEN_A_SECOND).await.unwrap();
        }
        let reason = changes.only_loss();
        assert!(reason.contains("script"), "{reason}");
        user(&["+eval", "+time", "+get", "+set", "~alicloud:limits:*"]);
        call_until_restored(&client, &changes).await;
        call(&client, &TEN_A_SECOND).await.unwrap();
        assert_eq!(changes.all().len(), 2, "{changes:?}");
    }
}

#[tokio::test]
async fn without_a_store_the_process_enforces_the_limits_for_itself() {
    // Nothing listens at this address.
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    // This server never responds.
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut urls = vec![
        (format!("redis://limits:hush-password@{closed}"), "Connection refused"),
        (format!("redis://limits:hush-password@{}", silent.local_addr().unwrap()), "timed out"),
    ];
    let server = programs().first().map(|program| Server::start(program, &["--requirepass", "other"]));
    urls.extend(
        server.iter().map(|server| (format!("{}?pass=hush-password", server.url()), "Password authentication failed")),
    );
    for (url, expected) in urls {
        let changes = Changes::default();
        let limits = RedisLimits::queue(url.as_str(), account()).unwrap().timeout(Duration::from_millis(50));
        let limits = changes.observe(limits);
        let text = format!("{limits:?}");
        let queue = client(limits);
        let begin = Instant::now();
        for _ in 0..4 {
            call(&queue, &TEN_A_SECOND).await.unwrap();
        }
        assert!(begin.elapsed() >= Duration::from_millis(300), "{:?}", begin.elapsed());
        let reason = changes.only_loss();
        assert!(reason.contains(expected), "{reason}");
        assert!(!reason.contains("hush") && !text.contains("hush"), "{reason} {text}");

        let fail_fast = client(RedisLimits::fail_fast(url.as_str(), account()).unwrap());
        let error = loop {
            if let Err(error) = call(&fail_fast, &ONCE_A_SECOND).await {
                break error;
            }
        };
        assert!(matches!(error.failure(), Failure::OverLimit { .. }), "{error:?}");
    }
}

#[test]
fn an_address_that_cannot_be_used_is_an_error_without_the_password() {
    for address in ["127.0.0.1:6379", "http://user:hush@host", "redis://user:hush@host:port"] {
        let error = RedisLimits::queue(address, account()).unwrap_err().to_string();
        assert!(error.starts_with("the address of the store is invalid: "), "{error}");
        assert!(error.ends_with("; expected a URL, such as `redis://127.0.0.1:6379`"), "{error}");
        assert!(!error.contains("hush"), "{error}");
    }
}

/// Everything that this program logs, by any crate and at any level.
#[cfg(feature = "tracing")]
static LOG: std::sync::Mutex<Vec<u8>> = std::sync::Mutex::new(Vec::new());

#[cfg(feature = "tracing")]
#[tokio::test]
async fn events_say_that_the_store_is_lost_and_restored() {
    use std::io;

    struct Log;

    impl io::Write for Log {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            LOG.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_writer(|| Log)
        .with_ansi(false)
        .init();
    for program in programs() {
        LOG.lock().unwrap().clear();
        let mut server = Server::start(program, &["--requirepass", "hush-password"]);
        let limits = RedisLimits::queue(format!("{}?pass=hush-password", server.url()), account()).unwrap();
        let changes = Changes::default();
        let client = client(changes.observe(limits));
        call(&client, &TEN_A_SECOND).await.unwrap();
        server.kill();
        call(&client, &TEN_A_SECOND).await.unwrap();
        server.restart();
        call_until_restored(&client, &changes).await;
        let log = String::from_utf8(LOG.lock().unwrap().clone()).unwrap();
        for (level, text) in [
            ("WARN", "alicloud: the store of the rate limits is lost; each process enforces them for itself reason="),
            ("INFO", "alicloud: the store of the rate limits is restored"),
        ] {
            assert!(log.lines().any(|line| line.contains(level) && line.contains(text)), "{text} in\n{log}");
        }
        assert!(!log.contains("hush"), "{log}");
    }
}
