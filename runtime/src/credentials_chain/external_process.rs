//! Credentials that an external program prints.

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

/// The timeout of the program, as in the official tools.
const TIMEOUT: Duration = Duration::from_secs(60);

/// The time after which the program runs again if its credentials have no expiration: they may have been rotated.
const REFRESH_AFTER: Duration = Duration::from_secs(15 * 60);

/// The maximum size of the output. Credentials have a few hundred bytes.
const MAX_OUTPUT_BYTES: usize = 64 << 10;

/// Runs a program, without a shell, that prints a JSON object with `mode` (`AK` or `StsToken`), `access_key_id`,
/// `access_key_secret`, `sts_token` and `expiration`.
pub(super) struct ExternalProcess {
    words: Vec<String>,
}

impl ExternalProcess {
    /// Splits a command line as a shell would.
    pub(super) fn new(command: &str) -> Result<Self, String> {
        match shlex::split(command) {
            Some(words) if !words.is_empty() => Ok(Self { words }),
            _ => Err("`process_command` is not a valid command line".to_owned()),
        }
    }

    async fn run(&self) -> Result<Credentials, CredentialsFailure> {
        let error = |reason: String| CredentialsFailure::new(NAME, reason);
        let Some((program, arguments)) = self.words.split_first() else {
            return Err(error("the command is empty".to_owned()));
        };
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
        // A process group, so that the programs that it starts can be killed with it.
        #[cfg(unix)]
        command.process_group(0);
        let mut child = command.spawn().map_err(|cause| error(format!("`{program}` cannot be run: {cause}")))?;
        let group = ProcessGroup::of(&child);
        let (printed, status) = match Deadline::after(TIMEOUT).timeout(output(&mut child)).await {
            Some(output) => output.map_err(|reason| error(format!("`{program}` {reason}")))?,
            None => return Err(error(format!("`{program}` did not end within {} s", TIMEOUT.as_secs()))),
        };
        group.has_ended();
        if !status.success() {
            return Err(error(format!("`{program}` ended with {status}")));
        }
        let mut key = Printed::default();
        // The error does not show the output, which may contain secrets.
        body::from_bytes_any_root(&printed, &mut key)
            .map_err(|_| error(format!("`{program}` did not print a valid JSON object")))?;
        key.into_credentials().map_err(|reason| error(format!("`{program}` printed {reason}")))
    }
}

/// Waits until the program has ended, and returns its output.
async fn output(child: &mut Child) -> Result<(Zeroizing<Vec<u8>>, ExitStatus), String> {
    let failed = |error: std::io::Error| format!("cannot be read: {error}");
    // With enough capacity, the buffer is never moved, so no copy of a secret stays in memory.
    let mut printed = Zeroizing::new(Vec::with_capacity(MAX_OUTPUT_BYTES + 1));
    if let Some(stdout) = child.stdout.take() {
        stdout.take(MAX_OUTPUT_BYTES as u64 + 1).read_to_end(&mut printed).await.map_err(failed)?;
    }
    if printed.len() > MAX_OUTPUT_BYTES {
        return Err(format!("printed more than {MAX_OUTPUT_BYTES} bytes, which is too long for credentials"));
    }
    let status = child.wait().await.map_err(failed)?;
    Ok((printed, status))
}

/// The program and the programs that it has started. They are all killed when this is dropped.
struct ProcessGroup {
    /// The process ID of the program, which is also the ID of the group on Unix.
    id: Option<u32>,
}

impl ProcessGroup {
    fn of(child: &Child) -> Self {
        Self { id: child.id() }
    }

    /// Marks the program as ended. The operating system may now assign its ID to another process.
    fn has_ended(mut self) {
        self.id = None;
    }
}

impl Drop for ProcessGroup {
    fn drop(&mut self) {
        #[cfg(unix)]
        if let Some(group) = self.id.and_then(|id| i32::try_from(id).ok()).and_then(Pid::from_raw) {
            // Fails if they have ended in the meantime.
            let _ = kill_process_group(group, Signal::KILL);
        }
    }
}

/// Shows the program without its arguments, which may be secrets.
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

    fn refresh_after(&self) -> Option<Duration> {
        Some(REFRESH_AFTER)
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
            _ => return Err("a `mode` other than `AK` or `StsToken`".to_owned()),
        }
        let Some(expiration) = self.expiration.filter(|expiration| !expiration.is_empty()) else {
            return Ok(credentials);
        };
        let at = humantime::parse_rfc3339(&expiration)
            .map_err(|_| "an `expiration` that is not an RFC 3339 time".to_owned())?;
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
