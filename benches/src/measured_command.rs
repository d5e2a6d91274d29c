//! The resources that a command used: its time, and the memory of its largest process.
//!
//! The system reports the usage of all child processes together, so each measured command runs in a separate process,
//! which only calls [`run`].

use std::fs;
use std::path::Path;
use std::process::{Command, ExitStatus};
use std::time::Instant;

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike as _;

/// The resources that a command used.
#[derive(Clone, Copy, Debug)]
pub struct Usage {
    /// Seconds from start to end.
    pub wall: f64,
    /// Seconds of all its processes.
    pub cpu: f64,
    /// MiB of the largest of them.
    pub memory: f64,
}

/// Runs the command, and writes its usage to a file.
pub fn run(mut command: Command, result: &Path) -> ExitStatus {
    let start = Instant::now();
    let status = command.status().expect("a command that can be run");
    let wall = start.elapsed().as_secs_f64();
    let used = getrusage(UsageWho::RUSAGE_CHILDREN).expect("the use of the children");
    let cpu = (used.user_time().num_microseconds() + used.system_time().num_microseconds()) as f64 / 1e6;
    fs::write(result, format!("{wall} {cpu} {}", used.max_rss() as f64 / 1024.0)).expect("a result file");
    status
}

/// Reads the file of [`run`]. Returns `None` if the command did not end.
pub fn usage(result: &Path) -> Option<Usage> {
    let text = fs::read_to_string(result).ok()?;
    let mut numbers = text.split(' ').map_while(|number| number.parse().ok());
    Some(Usage { wall: numbers.next()?, cpu: numbers.next()?, memory: numbers.next()? })
}

/// Removes the environment variables that cargo has set for this program.
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
