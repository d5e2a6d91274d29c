//! A running `alicloud emulate`.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use crate::program::alicloud;

/// A running `alicloud emulate`, which ends with the test.
pub(crate) struct Running {
    pub(crate) child: Child,
    pub(crate) out: Option<BufReader<ChildStdout>>,
    pub(crate) greeting: String,
    pub(crate) address: String,
}

impl Running {
    pub(crate) fn start(folder: &Path, arguments: &[&str]) -> Self {
        let mut child = command(folder, arguments).arg("--port=0").spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut greeting = String::new();
        while !greeting.contains("Ctrl-C") {
            assert!(out.read_line(&mut greeting).unwrap() > 0, "it ended: {greeting}");
        }
        let address = greeting.split_once("http://").unwrap().1.split_whitespace().next().unwrap().to_owned();
        Self { child, out: Some(out), greeting, address }
    }

    pub(crate) fn get(&self, target: &str) -> String {
        self.get_at(&self.address, target)
    }

    pub(crate) fn get_at(&self, address: &str, target: &str) -> String {
        let mut stream = TcpStream::connect(address).unwrap();
        write!(stream, "GET {target} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
        let mut reply = String::new();
        stream.read_to_string(&mut reply).unwrap();
        reply
    }

    /// The next line on standard output.
    pub(crate) fn line(&mut self) -> String {
        let mut line = String::new();
        self.out.as_mut().unwrap().read_line(&mut line).unwrap();
        line
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

pub(crate) fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = alicloud(&[]);
    command.current_dir(folder).arg("emulate").args(arguments);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}
