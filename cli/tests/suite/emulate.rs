//! `alicloud emulate` as its users run it.

use std::fs;
use std::io::{Read, Write};
use std::net::{IpAddr, TcpStream, UdpSocket};
use std::path::Path;
use std::process::Command;
use std::sync::{Mutex, PoisonError};

use tempfile::TempDir;

use crate::folder::folder;
use crate::program::Ended;
use crate::running::{Running, command};

fn ended(folder: &Path, arguments: &[&str]) -> Ended {
    Ended::of(&mut command(folder, arguments))
}

#[test]
fn everything_is_served_from_anywhere_and_each_call_is_a_line() {
    let folder = TempDir::new().unwrap();
    let mut running = Running::start(folder.path(), &["--anonymous"]);
    let greeting = &running.greeting;
    let start = "Serving 40841 operations of 799 product versions, from the catalogue\n\n  endpoint ";
    assert!(greeting.starts_with(start), "{greeting}");
    for part in ["  AccessKey id      testid\n", "  AccessKey secret  testsecret\n"] {
        assert!(greeting.contains(part), "{greeting}");
    }

    let reply = running.get("/?Action=ResetThing&Version=2018-01-20&IotId=hush&Format=JSON");
    assert!(reply.starts_with("HTTP/1.1 200 OK") && reply.contains("\"Success\": true"), "{reply}");
    let line = running.line();
    let columns: Vec<&str> = line.split_whitespace().collect();
    assert_eq!(columns[1..5], ["Iot", "ResetThing", "200", "-"], "{line}");
    assert_eq!((columns[0].len(), columns[6]), ("03:04:05".len(), "ms"), "{line}");
    assert!(!line.contains("hush"), "{line}");

    running.get("/?Action=%1b[31m%0aX&Version=2018-01-20&SecurityToken=hush");
    let line = running.line();
    assert!(line.contains("  \\u{1b}[31m\\nX ") && line.contains("  404  InvalidAction.NotFound "), "{line}");
    assert!(!line.contains("hush"), "{line}");
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_cleanly() {
    let folder = TempDir::new().unwrap();
    let mut running = Running::start(folder.path(), &[]);
    running.get("/");
    running.line();
    let id = running.child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    assert_eq!(running.child.wait().unwrap().code(), Some(0));
    let mut errors = String::new();
    running.child.stderr.take().unwrap().read_to_string(&mut errors).unwrap();
    assert_eq!(errors, "\nstopped after 1 call\n");
}

#[test]
fn documented_queries_per_second_are_enforced_by_default() {
    let service = "product: Demo\nversion: 2020-01-01\nstyle: RPC\nendpoints: { host: demo.aliyuncs.com }\n";
    let operation = "operation: Try\nsummary: Tries.\nmethods: [GET]\nlimits: { qps: 1 }\n";
    let specs = folder(&[("demo/2020-01-01/service.yaml", service), ("demo/2020-01-01/Try.yaml", operation)]);
    let specs_dir = specs.path().display().to_string();
    for (more, is_limited) in [(None, true), (Some("--no-flow-control"), false)] {
        let mut arguments = vec!["--anonymous", "--no-catalogue", "--specs", &specs_dir];
        arguments.extend(more);
        let running = Running::start(specs.path(), &arguments);
        assert!(running.greeting.starts_with("Serving 1 operation of 1 product version, from the given specs:\n"));
        // One of ten comes within a second of another, however slow the machine.
        let replies: Vec<String> = (0..10).map(|_| running.get("/?Action=Try&Version=2020-01-01")).collect();
        assert_eq!(replies.iter().any(|reply| reply.contains("x-acs-retry-after: ")), is_limited);
    }
}

#[test]
fn operations_that_cannot_be_served_are_reported() {
    let folder = folder(&[
        ("broken/demo/2020-01-01/service.yaml", "product: Demo\nversion: 2020-01-01\nstyle: RPC\ncolour: red\n"),
        ("deny.json", r#"{ "Version": "1", "Statement": [{ "Effect": "Deny" }] }"#),
    ]);
    fs::create_dir(folder.path().join("empty")).unwrap();
    let taken = Running::start(folder.path(), &[]);
    let port = taken.address.rsplit_once(':').unwrap().1;

    let in_use = format!("error: cannot listen at 127.0.0.1:{port}: ");
    let cases: [(&[&str], i32, &str); 9] = [
        (&["--policy", "missing.json"], 2, "error: cannot read the policy `missing.json`: "),
        (
            &["--policy", "deny.json"],
            2,
            "error: deny.json: statement 1 has the effect `Deny`, which the emulator cannot",
        ),
        (&["--log", "."], 2, "error: cannot write the calls to `.`: "),
        (&["--port", port], 2, &in_use),
        (&["--specs", "missing"], 2, "error: there is no folder `missing`\n"),
        (&["--specs", "empty", "--no-catalogue"], 2, "error: there is no operation to serve"),
        (&["--specs", "broken"], 1, "error: a service has no key `colour`"),
        (&["--region", "mars"], 2, "error: no product has an endpoint in the region `mars`\n"),
        (&["--port", "many"], 2, "error: invalid value 'many'"),
    ];
    for (arguments, code, start) in cases {
        let ended = ended(folder.path(), arguments);
        assert_eq!(ended.code, Some(code), "{}", ended.errors);
        assert!(ended.errors.starts_with(start), "{}", ended.errors);
    }
    assert!(ended(folder.path(), &["--specs", "broken"]).errors.ends_with("1 error in the specs; nothing is served\n"));
}

#[test]
fn a_scenario_file_is_played() {
    let folder = TempDir::new().unwrap();
    let scenario = "accounts: [{ id: one, secret: hush }, { id: two, secret: hush }]\nresponses: [{ operation: ResetThing, \
                    status: 503, body: busy }]\n";
    fs::write(folder.path().join("busy.yaml"), scenario).unwrap();
    let running = Running::start(folder.path(), &["--anonymous", "--scenario", "busy.yaml"]);
    assert!(running.greeting.contains("  AccessKey ids     one, two\n"), "{}", running.greeting);
    assert!(!running.greeting.contains("hush"));
    let target = "/?Action=ResetThing&Version=2018-01-20&IotId=i";
    assert!(running.get(target).starts_with("HTTP/1.1 503 "));
    assert!(running.get(target).starts_with("HTTP/1.1 200 "));
    assert!(running.get("/_emulator/calls?status=503").contains("\"operation\":\"ResetThing\""));

    fs::write(folder.path().join("odd.yaml"), "responses: [{ operation: ResetThings }]").unwrap();
    let cases = [
        ("missing.yaml", "error: missing.yaml: "),
        (
            "odd.yaml",
            "error: the scenario does not fit the specs: response 1: no spec describes `ResetThings`; did you mean",
        ),
    ];
    for (file, start) in cases {
        let ended = ended(folder.path(), &["--scenario", file]);
        assert_eq!(ended.code, Some(2));
        assert!(ended.errors.starts_with(start), "{}", ended.errors);
    }
}

/// An address of this machine that is not a loopback one, as others see it. Nothing is sent.
fn outer_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind("0.0.0.0:0").unwrap();
    socket.connect("192.0.2.1:9").ok()?;
    socket.local_addr().ok().map(|address| address.ip()).filter(|ip| !ip.is_loopback() && !ip.is_unspecified())
}

#[test]
fn other_machines_may_call_but_not_administer_by_default() {
    let folder = TempDir::new().unwrap();
    let Some(outer) = outer_address() else {
        println!("not checked: this machine has no address but loopback ones");
        return;
    };
    for (more, status) in [(None, "403"), (Some("--open-admin"), "200")] {
        let mut arguments = vec!["--anonymous", "--address", "0.0.0.0"];
        arguments.extend(more);
        let running = Running::start(folder.path(), &arguments);
        let (host, port) = running.address.rsplit_once(':').unwrap();
        assert_eq!(host, "127.0.0.1", "what is shown can be called");
        let address = format!("{outer}:{port}");
        let called = running.get_at(&address, "/?Action=ResetThing&Version=2018-01-20&IotId=i");
        assert!(called.starts_with("HTTP/1.1 200 "), "{called}");
        let administered = running.get_at(&address, "/_emulator/calls");
        assert!(administered.starts_with(&format!("HTTP/1.1 {status} ")), "{administered}");
        assert!(running.get("/_emulator/calls").starts_with("HTTP/1.1 200 "));
    }
}

/// The tests that open hundreds of connections take turns, because a process often may have only 1024 open files. The
/// emulator is another process for the same reason.
static MANY_CONNECTIONS: Mutex<()> = Mutex::new(());

#[test]
fn the_idlest_connections_make_room_for_others() {
    let _turn = MANY_CONNECTIONS.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = TempDir::new().unwrap();
    let running = Running::start(folder.path(), &["--anonymous"]);
    let call = |mut stream: &TcpStream| {
        stream.write_all(b"GET /?Action=ResetThing&Version=2018-01-20&IotId=i HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
        let mut start = [0; 12];
        stream.read_exact(&mut start).map(|()| String::from_utf8_lossy(&start).into_owned())
    };
    let mut idle = Vec::new();
    for at in 0..700 {
        let mut stream = TcpStream::connect(&running.address).unwrap();
        match at % 3 {
            0 => stream.write_all(b"GET /?Action=Reset").unwrap(),
            1 => stream.write_all(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nAct").unwrap(),
            _ => {}
        }
        idle.push(stream);
    }
    assert!(running.get("/?Action=ResetThing&Version=2018-01-20&IotId=i").starts_with("HTTP/1.1 200 "));
    // Of the latest, one that has said nothing yet.
    assert_eq!(call(&idle[698]).unwrap(), "HTTP/1.1 200");
    let mut rest = Vec::new();
    let closed = (&idle[0]).read_to_end(&mut rest);
    assert!(matches!(closed, Ok(0) | Err(_)), "it is closed, or reset where its half request was not read");
}

#[test]
fn clients_beyond_the_limit_of_connections_wait_and_none_is_dropped() {
    let _turn = MANY_CONNECTIONS.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = TempDir::new().unwrap();
    let mut running = Running::start(folder.path(), &["--anonymous"]);
    // A line for each call is more than a pipe holds.
    let mut lines = running.out.take().unwrap();
    std::thread::spawn(move || std::io::copy(&mut lines, &mut std::io::sink()));
    let request = b"GET /?Action=ResetThing&Version=2018-01-20&IotId=i HTTP/1.1\r\nHost: x\r\n\r\n";
    // Each sends its request at once: a connection that sends none for a second can be closed to make room.
    let mut clients: Vec<TcpStream> = (0..600)
        .map(|_| {
            let mut client = TcpStream::connect(&running.address).unwrap();
            client.write_all(request).unwrap();
            client
        })
        .collect();
    for client in &mut clients {
        let mut start = [0; 12];
        client.read_exact(&mut start).unwrap();
        assert_eq!(&start, b"HTTP/1.1 200");
    }
}
