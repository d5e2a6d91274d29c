//! The outcome of a command, and its exit code.

use std::fmt;
use std::process::ExitCode;

/// The command ran.
#[derive(Clone, Copy)]
pub(crate) enum Ending {
    /// Without errors.
    Fine,
    /// The specs have errors.
    SpecErrors,
    /// The specs differ from their source.
    Outdated,
    /// The service returned an error, or a response that cannot be decoded.
    CallFailed,
    /// The policy lacks an action.
    Incomplete,
}

impl From<Ending> for ExitCode {
    fn from(ending: Ending) -> Self {
        match ending {
            Ending::Fine => Self::SUCCESS,
            Ending::SpecErrors | Ending::Outdated | Ending::CallFailed | Ending::Incomplete => Self::from(1),
        }
    }
}

/// The command could not run.
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

    /// The problem, and how to solve it.
    #[cfg(feature = "mcp")]
    pub(crate) fn parts(&self) -> (&str, Option<&str>) {
        (&self.message, self.help.as_deref())
    }
}

impl Failure {
    /// Adds a help, if there is none.
    pub(crate) fn or_help(mut self, help: impl Into<String>) -> Self {
        self.help.get_or_insert_with(|| help.into());
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
