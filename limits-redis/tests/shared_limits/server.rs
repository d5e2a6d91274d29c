//! A server that a test starts, restarts and stops.

use std::io::{self, BufRead as _, BufReader, Write as _};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

/// A Redis or Valkey server without persistence, on a socket in a folder of its own.
pub(crate) struct Server {
    program: &'static str,
    options: Vec<&'static str>,
    folder: TempDir,
    process: Child,
}

/// The servers that are installed.
pub(crate) fn programs() -> Vec<&'static str> {
    let is_installed = |program: &&str| {
        let version = Command::new(program).arg("--version").output();
        if version.is_err() {
            // This is not printed with a macro, because the test harness would hide it.
            let message = format!("NOT CHECKED: shared limits in {program}, because it is not installed\n");
            io::stderr().write_all(message.as_bytes()).unwrap();
        }
        version.is_ok()
    };
    ["redis-server", "valkey-server"].into_iter().filter(is_installed).collect()
}

impl Server {
    pub(crate) fn start(program: &'static str, options: &[&'static str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let process = start(program, options, &folder);
        Self { program, options: options.to_vec(), folder, process }
    }

    /// Ends the server as a crash would: it saves nothing.
    pub(crate) fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// Starts the server again after [`Server::kill`]. It is empty.
    pub(crate) fn restart(&mut self) {
        self.process = start(self.program, &self.options, &self.folder);
    }

    pub(crate) fn socket(&self) -> String {
        socket(&self.folder)
    }

    pub(crate) fn url(&self) -> String {
        format!("redis+unix://{}", self.socket())
    }

    /// A connection of the test itself.
    pub(crate) fn connection(&self) -> redis::Connection {
        redis::Client::open(self.url()).unwrap().get_connection().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn socket(folder: &TempDir) -> String {
    folder.path().join("socket").display().to_string()
}

fn start(program: &str, options: &[&str], folder: &TempDir) -> Child {
    let mut process = Command::new(program)
        .args(["--port", "0", "--unixsocket", &socket(folder), "--save", "", "--appendonly", "no"])
        .args(options)
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
    let is_ready = |line: io::Result<String>| line.unwrap().to_lowercase().contains("ready to accept connections");
    assert!(lines.any(is_ready), "{program} did not start");
    process
}
