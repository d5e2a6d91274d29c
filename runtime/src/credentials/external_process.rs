//! Credentials that another program prints.

use std::fmt;
use std::process::Stdio;
use std::time::Duration;

use super::{Credentials, CredentialsFailure, Providing, Source};
use crate::clock::Deadline;
use crate::decode::{self, Decode, Slot};

const NAME: &str = "external process";

/// What the official tools wait for it.
const LIMIT: Duration = Duration::from_secs(60);

/// Runs a program, without a shell, that prints an object of JSON: `mode` (`AK` or `StsToken`), `access_key_id`,
/// `access_key_secret`, `sts_token`, `expiration`.
pub(super) struct ExternalProcess {
    words: Vec<String>,
}

impl ExternalProcess {
    /// With a command line as a shell would have it.
    pub(super) fn new(command: &str) -> Result<Self, String> {
        match shlex::split(command) {
            Some(words) if !words.is_empty() => Ok(Self { words }),
            _ => Err("`process_command` is no command with its arguments".to_owned()),
        }
    }

    async fn run(&self) -> Result<Credentials, CredentialsFailure> {
        let refused = |reason: String| CredentialsFailure::new(NAME, reason);
        let Some((program, arguments)) = self.words.split_first() else { return Err(refused("no command".to_owned())) };
        let mut command = tokio::process::Command::new(program);
        command.args(arguments).stdin(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
        let output = match Deadline::after(LIMIT).cut(command.output()).await {
            Some(output) => output.map_err(|error| refused(format!("`{program}` cannot be run: {error}")))?,
            None => return Err(refused(format!("`{program}` did not end in {} s", LIMIT.as_secs()))),
        };
        if !output.status.success() {
            return Err(refused(format!("`{program}` ended with {}", output.status)));
        }
        let mut printed = Printed::default();
        // Nothing of what it printed is told: it may be a secret.
        decode::from_bytes_any_root(&output.stdout, &mut printed)
            .map_err(|_| refused(format!("`{program}` printed no readable JSON object")))?;
        printed.into_credentials().map_err(|reason| refused(format!("`{program}` printed {reason}")))
    }
}

/// Arguments may be secrets.
impl fmt::Debug for ExternalProcess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExternalProcess").field("program", &self.words.first()).finish_non_exhaustive()
    }
}

impl Source for ExternalProcess {
    fn name(&self) -> &str {
        NAME
    }

    fn fetch(&self) -> Providing<'_> {
        Box::pin(self.run())
    }
}

#[derive(Default)]
struct Printed {
    mode: String,
    access_key_id: String,
    access_key_secret: String,
    sts_token: String,
    expiration: Option<String>,
}

impl Printed {
    fn into_credentials(self) -> Result<Credentials, String> {
        if self.access_key_id.is_empty() || self.access_key_secret.is_empty() {
            return Err("no `access_key_id` or no `access_key_secret`".to_owned());
        }
        let mut credentials = Credentials::new(self.access_key_id, self.access_key_secret);
        match self.mode.as_str() {
            "AK" => {}
            "StsToken" if self.sts_token.is_empty() => return Err("no `sts_token`".to_owned()),
            "StsToken" => credentials = credentials.security_token(self.sts_token),
            other => return Err(format!("the mode {other:?}; expected `AK` or `StsToken`")),
        }
        let Some(expiration) = self.expiration.filter(|expiration| !expiration.is_empty()) else {
            return Ok(credentials);
        };
        let at =
            humantime::parse_rfc3339(&expiration).map_err(|_| format!("the time {expiration:?}, which is none"))?;
        Ok(credentials.expiration(at))
    }
}

impl Decode for Printed {
    fn field(&mut self, index: usize) -> (&'static str, Slot<'_>) {
        match index {
            0 => ("mode", Slot::Text(&mut self.mode)),
            1 => ("access_key_id", Slot::Text(&mut self.access_key_id)),
            2 => ("access_key_secret", Slot::Text(&mut self.access_key_secret)),
            3 => ("sts_token", Slot::Text(&mut self.sts_token)),
            4 => ("expiration", Slot::OptionalText(&mut self.expiration)),
            _ => ("", Slot::Skip),
        }
    }
}
