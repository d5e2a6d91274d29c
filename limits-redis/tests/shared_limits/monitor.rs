//! The commands that a server has executed, with the server's times.

use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::net::UnixStream;

use crate::server::Server;

/// Records all commands of all clients, with the command `MONITOR`.
pub(crate) struct Monitor(BufReader<UnixStream>);

/// A slot that the script has given to a call. All times are in microseconds of the server's clock.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TakenSlot {
    /// The time of the script.
    pub(crate) taken_at: u64,
    pub(crate) slot: u64,
}

/// A call that was sent. [`Echo`](crate::calls::Echo) reports it to the server.
#[derive(Clone, Debug)]
pub(crate) struct SentCall {
    pub(crate) sent_at: u64,
    pub(crate) sender: String,
}

impl Monitor {
    pub(crate) fn start(server: &Server) -> Self {
        let mut stream = UnixStream::connect(server.socket()).unwrap();
        stream.write_all(b"MONITOR\r\n").unwrap();
        let mut lines = BufReader::new(stream);
        let mut first = String::new();
        lines.read_line(&mut first).unwrap();
        assert_eq!(first, "+OK\r\n");
        Self(lines)
    }

    /// Returns what was recorded until now. `interval` is the time between two slots, in microseconds.
    pub(crate) fn record(&mut self, server: &Server, interval: u64) -> (Vec<TakenSlot>, Vec<SentCall>) {
        redis::cmd("ECHO").arg("end").exec(&mut server.connection()).unwrap();
        let (mut slots, mut calls) = (Vec::new(), Vec::new());
        for line in (&mut self.0).lines() {
            let line = line.unwrap();
            let (seconds, micros) = line[1..].split_once(' ').unwrap().0.split_once('.').unwrap();
            let time = seconds.parse::<u64>().unwrap() * 1_000_000 + micros.parse::<u64>().unwrap();
            let words: Vec<&str> = line.split('"').skip(1).step_by(2).collect();
            match words[..] {
                ["ECHO", "end"] => break,
                ["ECHO", sender] => calls.push(SentCall { sent_at: time, sender: sender.to_owned() }),
                ["SET", _, next, ..] if line.contains(" lua] ") => {
                    slots.push(TakenSlot { taken_at: time, slot: next.parse::<u64>().unwrap() - interval });
                }
                _ => {}
            }
        }
        (slots, calls)
    }
}
