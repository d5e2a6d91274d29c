//! Credentials that another program prints.

use std::fmt;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

#[cfg(unix)]
use rustix::process::{Pid, Signal, kill_process_group};
use tokio::io::AsyncReadExt as _;
use tokio::process::{Child, Command};
use zeroize::Zeroizing;

use crate::credentials::access_key::Credentials;
use crate::credentials::provider::CredentialsFuture;
use crate::credentials::refreshing::CredentialsSource;
use crate::decoding::body;
use crate::decoding::decode::{Decode, Slot};
use crate::error::credentials_failure::CredentialsFailure;
use crate::system::clock::Deadline;

const NAME: &str = "external process";

/// As long as the official tools wait for it.
const LIMIT: Duration = Duration::from_secs(60);

/// Credentials have some hundred bytes.
const MOST_BYTES: usize = 64 << 10;

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
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
        // So that the programs which it starts can be killed with it.
        #[cfg(unix)]
        command.process_group(0);
        let mut child = command.spawn().map_err(|error| refused(format!("`{program}` cannot be run: {error}")))?;
        let group = ProcessGroup::of(&child);
        let (printed, status) = match Deadline::after(LIMIT).cut(output(&mut child)).await {
            Some(output) => output.map_err(|reason| refused(format!("`{program}` {reason}")))?,
            None => return Err(refused(format!("`{program}` did not end within {} s", LIMIT.as_secs()))),
        };
        group.has_ended();
        if !status.success() {
            return Err(refused(format!("`{program}` ended with {status}")));
        }
        let mut key = Printed::default();
        // Nothing of what it printed is shown: it may be a secret.
        body::from_bytes_any_root(&printed, &mut key)
            .map_err(|_| refused(format!("`{program}` printed no readable JSON object")))?;
        key.into_credentials().map_err(|reason| refused(format!("`{program}` printed {reason}")))
    }
}

/// What the program prints, when it has ended.
async fn output(child: &mut Child) -> Result<(Zeroizing<Vec<u8>>, ExitStatus), String> {
    let failed = |error: std::io::Error| format!("cannot be read from: {error}");
    // With room for everything, nothing is moved and left behind in memory.
    let mut printed = Zeroizing::new(Vec::with_capacity(MOST_BYTES + 1));
    if let Some(stdout) = child.stdout.take() {
        stdout.take(MOST_BYTES as u64 + 1).read_to_end(&mut printed).await.map_err(failed)?;
    }
    if printed.len() > MOST_BYTES {
        return Err(format!("printed more than {MOST_BYTES} bytes, which are no credentials"));
    }
    let status = child.wait().await.map_err(failed)?;
    Ok((printed, status))
}

/// The program and those that it has started. Dropping this kills them all.
struct ProcessGroup {
    /// On Unix the group has the number of the program.
    id: Option<u32>,
}

impl ProcessGroup {
    fn of(child: &Child) -> Self {
        Self { id: child.id() }
    }

    /// The program ended by itself. Its number may be given to another one now.
    fn has_ended(mut self) {
        self.id = None;
    }
}

impl Drop for ProcessGroup {
    fn drop(&mut self) {
        #[cfg(unix)]
        if let Some(group) = self.id.and_then(|id| i32::try_from(id).ok()).and_then(Pid::from_raw) {
            // They may have ended in the meantime.
            let _ = kill_process_group(group, Signal::KILL);
        }
    }
}

/// Arguments may be secrets.
impl fmt::Debug for ExternalProcess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExternalProcess").field("program", &self.words.first()).finish_non_exhaustive()
    }
}

impl CredentialsSource for ExternalProcess {
    fn name(&self) -> &str {
        NAME
    }

    fn fetch(&self) -> CredentialsFuture<'_> {
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
            // The value may be a secret.
            _ => return Err("another `mode` than `AK` or `StsToken`".to_owned()),
        }
        let Some(expiration) = self.expiration.filter(|expiration| !expiration.is_empty()) else {
            return Ok(credentials);
        };
        let at = humantime::parse_rfc3339(&expiration)
            .map_err(|_| "an `expiration` that is no time of RFC 3339".to_owned())?;
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
