//! What a command took: its time, and the memory of its largest process.
//!
//! What a finished process and its children used is told by the system for all children together, so each command that
//! is measured runs below a process of its own, which calls [`run`] and nothing else.

use std::fs;
use std::path::Path;
use std::process::{Command, ExitStatus};
use std::time::Instant;

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike as _;

/// What a command took.
#[derive(Clone, Copy, Debug)]
pub struct Usage {
    /// Seconds from start to end.
    pub wall: f64,
    /// Seconds of all its processes.
    pub cpu: f64,
    /// MiB of the largest of them.
    pub memory: f64,
}

/// Runs the command to its end and writes what it used to a file.
pub fn run(mut command: Command, result: &Path) -> ExitStatus {
    let start = Instant::now();
    let status = command.status().expect("a command that can be run");
    let wall = start.elapsed().as_secs_f64();
    let used = getrusage(UsageWho::RUSAGE_CHILDREN).expect("the use of the children");
    let cpu = (used.user_time().num_microseconds() + used.system_time().num_microseconds()) as f64 / 1e6;
    fs::write(result, format!("{wall} {cpu} {}", used.max_rss() as f64 / 1024.0)).expect("a result file");
    status
}

/// Reads what [`run`] wrote; nothing where it did not come to its end.
pub fn usage(result: &Path) -> Option<Usage> {
    let text = fs::read_to_string(result).ok()?;
    let mut numbers = text.split(' ').map_while(|number| number.parse().ok());
    Some(Usage { wall: numbers.next()?, cpu: numbers.next()?, memory: numbers.next()? })
}

/// Takes from a cargo that is run what the cargo that runs this program has set, which is about this program.
pub fn forget_this_cargo(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy();
        if ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_TARGET_", "CARGO_BUILD_", "CARGO_PROFILE_", "RUSTFLAGS"]
            .iter()
            .any(|start| name.starts_with(start))
        {
            command.env_remove(&*name);
        }
    }
}
