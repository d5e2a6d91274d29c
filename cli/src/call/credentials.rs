//! The credentials of a call.

use std::env;
use std::path::PathBuf;
use std::sync::Arc;

use alicloud_runtime::{
    CliProfile, Credentials, CredentialsFailure, CredentialsFuture, DefaultCredentials, ProvideCredentials,
};

use crate::call::arguments::Arguments;
use crate::call::failed_call;
use crate::ending::Failure;
use crate::output::note;

/// The credentials provider.
pub(super) fn provider(arguments: &Arguments) -> Result<Arc<dyn ProvideCredentials>, Failure> {
    Ok(match &arguments.profile {
        _ if arguments.anonymous => Arc::new(Credentials::anonymous()),
        Some(name) => Arc::new(CliProfile::new(profiles_file()?).profile(name)),
        None => Arc::new(DefaultCredentials::new()),
    })
}

/// The file of the official command line tool.
pub(super) fn profiles_file() -> Result<PathBuf, Failure> {
    let named = variable("ALIBABA_CLOUD_CONFIG_FILE").map(PathBuf::from);
    let in_home = || Some(env::home_dir()?.join(".aliyun/config.json"));
    named.or_else(in_home).ok_or_else(|| Failure::new("no profiles can be found: the home folder is unknown"))
}

/// Warns if other users can read the file of the profiles, and the call may use it.
pub(super) fn warn_of_readers(arguments: &Arguments) {
    let from_environment = arguments.profile.is_none() && variable("ALIBABA_CLOUD_ACCESS_KEY_ID").is_some();
    if arguments.anonymous || from_environment {
        return;
    }
    #[cfg(unix)]
    if let Ok(path) = profiles_file() {
        use std::os::unix::fs::PermissionsExt as _;

        let mode = path.metadata().map_or(0, |known| known.permissions().mode() & 0o777);
        if mode & 0o077 != 0 {
            let shown = path.display();
            note(&format!(
                "warning: other users can read the credentials in {shown} (mode {mode:o})\n  = help: chmod 600 {shown}"
            ));
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the environment is read only here in this crate")]
fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

/// The caller that a dry run shows.
#[derive(Clone, Debug)]
pub(super) struct Caller {
    pub(super) credentials: Credentials,
    /// Whether they are sample credentials, because none were found.
    pub(super) is_made_up: bool,
    region: Option<String>,
}

impl Caller {
    /// Finds the caller of the real call, without the metadata server of an ECS instance: on other machines, the request
    /// would only time out.
    pub(super) async fn find(arguments: &Arguments) -> Result<Self, Failure> {
        if arguments.anonymous || arguments.profile.is_some() {
            let provider = provider(arguments)?;
            let credentials = provider.provide().await.map_err(|failure| failed_call::unsent(&failure.into()))?;
            return Ok(Self { credentials, is_made_up: false, region: provider.region() });
        }
        let variables =
            env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
        let without_metadata = ("ALIBABA_CLOUD_ECS_METADATA_DISABLED".to_owned(), "true".to_owned());
        let provider = DefaultCredentials::from_variables(variables.chain([without_metadata]));
        let found: Result<Credentials, CredentialsFailure> = provider.provide().await;
        let is_made_up = found.is_err();
        let made_up = |_| Credentials::new("YourAccessKeyId", "YourAccessKeySecret");
        Ok(Self { credentials: found.unwrap_or_else(made_up), is_made_up, region: provider.region() })
    }
}

impl ProvideCredentials for Caller {
    fn provide(&self) -> CredentialsFuture<'_> {
        self.credentials.provide()
    }

    fn region(&self) -> Option<String> {
        self.region.clone()
    }

    fn fixed(&self) -> Option<&Credentials> {
        Some(&self.credentials)
    }
}
