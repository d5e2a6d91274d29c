//! The program `alicloud`, and how a run of it ended.

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use alicloud_emulator::{ACCESS_KEY_ID, ACCESS_KEY_SECRET};

/// The variables with the AccessKey of the emulator.
pub(crate) const ACCESS_KEY: [(&str, &str); 2] =
    [("ALIBABA_CLOUD_ACCESS_KEY_ID", ACCESS_KEY_ID), ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", ACCESS_KEY_SECRET)];

/// Returns a command with these variables, and nothing else that has an effect, in its environment.
pub(crate) fn alicloud(environment: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_alicloud"));
    command.env_clear().env("HOME", "/nowhere").envs(environment.iter().copied());
    command
}

/// The result of a run.
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) errors: String,
}

impl Ended {
    /// Runs the command without input.
    pub(crate) fn of(command: &mut Command) -> Self {
        command.output().unwrap().into()
    }

    /// Runs the command with this standard input.
    pub(crate) fn with_input(command: &mut Command, input: impl AsRef<[u8]>) -> Self {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // A command that reads no input may have ended already.
        drop(child.stdin.take().unwrap().write_all(input.as_ref()));
        child.wait_with_output().unwrap().into()
    }
}

impl From<Output> for Ended {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self { code: output.status.code(), out: text(output.stdout), errors: text(output.stderr) }
    }
}
