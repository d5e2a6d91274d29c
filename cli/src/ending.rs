//! How a command ends, and the exit code that says so.

use std::fmt;
use std::process::ExitCode;

/// The command did what it was asked to.
#[derive(Clone, Copy)]
pub(crate) enum Ending {
    /// And there was nothing wrong.
    Fine,
    /// And the specs have errors.
    Mistakes,
    /// And the service rejected the call, or gave no response that can be read.
    Refused,
}

impl From<Ending> for ExitCode {
    fn from(ending: Ending) -> Self {
        match ending {
            Ending::Fine => Self::SUCCESS,
            Ending::Mistakes | Ending::Refused => Self::from(1),
        }
    }
}

/// The command could not do what it was asked to.
#[derive(Debug)]
pub(crate) struct Failure {
    message: String,
    help: Option<String>,
}

impl Failure {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None }
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl From<Failure> for ExitCode {
    fn from(_: Failure) -> Self {
        Self::from(2)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error: {}", self.message)?;
        match &self.help {
            Some(help) => write!(f, "\n  = help: {help}"),
            None => Ok(()),
        }
    }
}
