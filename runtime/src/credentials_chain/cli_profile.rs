//! The profiles of the official command line tool, in `~/.aliyun/config.json`.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, UNIX_EPOCH};

use serde_json::{Map, Value};
use zeroize::Zeroizing;

use crate::credentials::access_key::Credentials;
use crate::credentials::provider::{CredentialsFuture, ProvideCredentials};
use crate::credentials::refreshing::{CredentialsSource, RefreshingProvider};
use crate::credentials_chain::cloud_sso::CloudSso;
use crate::credentials_chain::credentials_uri::CredentialsUri;
use crate::credentials_chain::ecs_ram_role::EcsRamRole;
use crate::credentials_chain::external_process::ExternalProcess;
use crate::credentials_chain::profile_text;
use crate::credentials_chain::role_session::{AssumeRole, AssumeRoleWithOidc, SessionSettings};
use crate::credentials_chain::variables::Variables;
use crate::error::credentials_failure::CredentialsFailure;
use crate::system::clock;
use crate::transport::connection_settings::ConnectionSettings;

const NAME: &str = "CLI profile";

/// The maximum length of a chain of profiles. For each profile in the chain, a role is assumed.
const MAX_CHAINED: usize = 16;

/// A profile of the official command line tool, in `~/.aliyun/config.json`.
///
/// The supported modes are `AK`, `StsToken`, `RamRoleArn`, `EcsRamRole`, `RamRoleArnWithRoleName`, `OIDC`,
/// `ChainableRamRoleArn`, `External`, `CredentialsURI`, `CloudSSO` and `OAuth`. The file is read when credentials are
/// first needed, and never written: with the mode `OAuth`, the session that the tool has stored in the file is used
/// until it expires. With the mode `External`, the program runs again before its credentials expire, or after 15 minutes if
/// they have no expiration.
#[derive(Debug)]
pub struct CliProfile {
    path: PathBuf,
    profile: Option<String>,
    may_run_programs: bool,
    loaded: OnceLock<Arc<dyn ProvideCredentials>>,
    connections: OnceLock<ConnectionSettings>,
}

impl CliProfile {
    /// Uses the current profile of this file.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into(),
            profile: None,
            may_run_programs: true,
            loaded: OnceLock::new(),
            connections: OnceLock::new(),
        }
    }

    /// Selects the profile with this name. Defaults to the current profile of the file.
    #[must_use]
    pub fn profile(mut self, name: impl Into<String>) -> Self {
        self.profile = Some(name.into());
        self
    }

    /// The file and the profile that the environment variables select.
    pub(super) fn from_variables(variables: &Variables) -> Result<Self, CredentialsFailure> {
        let error = |reason: &str| Err(CredentialsFailure::new(NAME, reason));
        if variables.is_true("ALIBABA_CLOUD_CLI_PROFILE_DISABLED") {
            return error("`ALIBABA_CLOUD_CLI_PROFILE_DISABLED` is set");
        }
        let path = variables.get("ALIBABA_CLOUD_CONFIG_FILE").map(PathBuf::from);
        let Some(path) = path.or_else(|| variables.in_home(".aliyun/config.json")) else {
            return error("the home directory is unknown, because neither `HOME` nor `USERPROFILE` is set");
        };
        Ok(Self {
            profile: variables.get("ALIBABA_CLOUD_PROFILE"),
            may_run_programs: !variables.is_true("ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS"),
            ..Self::new(path)
        })
    }

    fn provider(&self) -> Result<&Arc<dyn ProvideCredentials>, CredentialsFailure> {
        if let Some(loaded) = self.loaded.get() {
            return Ok(loaded);
        }
        let loaded = self.load().map_err(|reason| CredentialsFailure::new(NAME, reason))?;
        if let Some(settings) = self.connections.get() {
            loaded.connect_with(settings);
        }
        Ok(self.loaded.get_or_init(|| loaded))
    }

    fn load(&self) -> Result<Arc<dyn ProvideCredentials>, String> {
        let file = self.file()?;
        self.profiles(&file).provider(self.name(&file), &mut Vec::new())
    }

    fn file(&self) -> Result<Value, String> {
        let text = Zeroizing::new(profile_text::read(&self.path)?);
        // The parser's errors contain positions, and no part of the text.
        serde_json::from_str(&text).map_err(|error| format!("{} is not valid JSON: {error}", self.path.display()))
    }

    fn profiles<'f>(&'f self, file: &'f Value) -> Profiles<'f> {
        Profiles { file, path: &self.path, may_run_programs: self.may_run_programs }
    }

    fn name<'f>(&'f self, file: &'f Value) -> &'f str {
        let current = || file.get("current").and_then(Value::as_str);
        self.profile.as_deref().or_else(current).unwrap_or("default")
    }
}

impl ProvideCredentials for CliProfile {
    fn provide(&self) -> CredentialsFuture<'_> {
        Box::pin(async { self.provider()?.provide().await })
    }

    fn connect_with(&self, settings: &ConnectionSettings) {
        let settings = self.connections.get_or_init(|| settings.clone());
        if let Some(loaded) = self.loaded.get() {
            loaded.connect_with(settings);
        }
    }

    fn region(&self) -> Option<String> {
        let file = self.file().ok()?;
        let profiles = self.profiles(&file);
        let region = profiles.fields(self.name(&file)).ok()?.get("region_id")?.as_str()?;
        (!region.is_empty()).then(|| region.to_owned())
    }
}

/// The content of the file.
struct Profiles<'f> {
    file: &'f Value,
    path: &'f Path,
    may_run_programs: bool,
}

impl Profiles<'_> {
    /// The credentials provider of a profile. `through` are the profiles that refer to it.
    fn provider(&self, name: &str, through: &mut Vec<String>) -> Result<Arc<dyn ProvideCredentials>, String> {
        if through.iter().any(|known| known == name) {
            return Err(format!("the profiles {} refer to each other in a cycle", through.join(" -> ")));
        }
        if through.len() == MAX_CHAINED {
            return Err(format!(
                "more than {MAX_CHAINED} profiles are chained with `source_profile`: {}",
                through.join(" -> ")
            ));
        }
        through.push(name.to_owned());
        let profile = Profile { name, fields: self.fields(name)?, path: self.path };
        let mode = profile.text("mode").unwrap_or_else(|| "AK".to_owned());
        match mode.as_str() {
            "AK" => Ok(Arc::new(profile.key()?)),
            "StsToken" => Ok(Arc::new(profile.key()?.security_token(profile.need("sts_token")?))),
            "RamRoleArn" => {
                let key = profile.key()?;
                let key = match profile.text("sts_token") {
                    Some(token) => key.security_token(token),
                    None => key,
                };
                refreshing(profile.assume_role(key)?)
            }
            "ChainableRamRoleArn" => {
                let source = self.provider(&profile.need("source_profile")?, through)?;
                refreshing(profile.assume_role(source)?)
            }
            "EcsRamRole" => refreshing(match profile.text("ram_role_name") {
                Some(role) => EcsRamRole::new().role(role),
                None => EcsRamRole::new(),
            }),
            // The tool no longer offers this mode, but existing profiles may have it.
            "RamRoleArnWithRoleName" => {
                let of_instance = EcsRamRole::new().role(profile.need("ram_role_name")?);
                refreshing(profile.assume_role(RefreshingProvider::new(of_instance))?)
            }
            "OAuth" => Ok(Arc::new(profile.signed_in()?)),
            "OIDC" => {
                let (arn, file) = (profile.need("oidc_provider_arn")?, profile.need("oidc_token_file")?);
                let role = AssumeRoleWithOidc::new(profile.need("ram_role_arn")?, arn, file);
                refreshing(role.with(profile.session_settings()))
            }
            "External" if !self.may_run_programs => {
                Err(profile.error("runs a program, which `ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS` forbids"))
            }
            "External" => {
                let process = ExternalProcess::new(&profile.need("process_command")?);
                refreshing(process.map_err(|reason| profile.error(&format!("cannot be used: {reason}")))?)
            }
            "CredentialsURI" if !self.may_run_programs => {
                Err(profile.error("fetches a URL, which `ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS` forbids"))
            }
            "CredentialsURI" => refreshing(CredentialsUri::new(profile.need("credentials_uri")?)),
            "CloudSSO" => refreshing(CloudSso {
                sign_in_url: profile.need("cloud_sso_sign_in_url")?,
                account_id: profile.need("cloud_sso_account_id")?,
                access_configuration: profile.need("cloud_sso_access_config")?,
                access_token: Zeroizing::new(profile.need("access_token")?),
                token_expiration: profile.number("cloud_sso_access_token_expire").unwrap_or(i64::MAX),
                http: CloudSso::http(),
            }),
            other => Err(profile.error(&format!(
                "has the mode `{other}`; expected AK, StsToken, RamRoleArn, ChainableRamRoleArn, EcsRamRole, \
                 RamRoleArnWithRoleName, OIDC, OAuth, External, CredentialsURI or CloudSSO"
            ))),
        }
    }

    fn fields(&self, name: &str) -> Result<&Map<String, Value>, String> {
        let profiles = self.file.get("profiles").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let known = profiles.iter().filter_map(Value::as_object);
        let found = known.clone().find(|fields| fields.get("name").and_then(Value::as_str) == Some(name));
        found.ok_or_else(|| {
            let names: Vec<&str> = known.filter_map(|fields| fields.get("name")?.as_str()).collect();
            let names = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
            format!("{} has no profile `{name}`; it has {names}", self.path.display())
        })
    }
}

fn refreshing(source: impl CredentialsSource + 'static) -> Result<Arc<dyn ProvideCredentials>, String> {
    Ok(Arc::new(RefreshingProvider::new(source)))
}

/// One profile.
struct Profile<'f> {
    name: &'f str,
    fields: &'f Map<String, Value>,
    path: &'f Path,
}

impl Profile<'_> {
    fn error(&self, problem: &str) -> String {
        format!("profile `{}` of {} {problem}", self.name, self.path.display())
    }

    fn text(&self, key: &str) -> Option<String> {
        let text = self.fields.get(key)?.as_str()?;
        (!text.is_empty()).then(|| text.to_owned())
    }

    fn need(&self, key: &str) -> Result<String, String> {
        self.text(key).ok_or_else(|| self.error(&format!("has no `{key}`")))
    }

    fn number(&self, key: &str) -> Option<i64> {
        self.fields.get(key)?.as_i64().filter(|number| *number > 0)
    }

    fn key(&self) -> Result<Credentials, String> {
        Ok(Credentials::new(self.need("access_key_id")?, self.need("access_key_secret")?))
    }

    /// The session of an OAuth sign-in, which the tool stores in the profile and renews.
    fn signed_in(&self) -> Result<Credentials, String> {
        let renew = "; run any command of `aliyun` with this profile to renew it";
        let expires = self.number("sts_expiration").and_then(|seconds| u64::try_from(seconds).ok());
        let expires = expires.and_then(|seconds| UNIX_EPOCH.checked_add(Duration::from_secs(seconds)));
        let Some(expires) = expires.filter(|_| self.text("sts_token").is_some()) else {
            return Err(self.error(&format!("has no session yet{renew}")));
        };
        if expires <= clock::now() {
            return Err(self.error(&format!("has an expired session{renew}")));
        }
        Ok(self.key()?.security_token(self.need("sts_token")?).expiration(expires))
    }

    fn duration(&self) -> Option<Duration> {
        self.number("expired_seconds").and_then(|seconds| u64::try_from(seconds).ok()).map(Duration::from_secs)
    }

    fn sts_endpoint(&self) -> Option<String> {
        let is_vpc = self.fields.get("enable_vpc").and_then(Value::as_bool).unwrap_or_default();
        let host = if is_vpc { "sts-vpc" } else { "sts" };
        self.text("sts_endpoint").or_else(|| Some(format!("{host}.{}.aliyuncs.com", self.text("sts_region")?)))
    }

    fn assume_role(&self, from: impl ProvideCredentials + 'static) -> Result<AssumeRole, String> {
        let role = AssumeRole::new(from, self.need("ram_role_arn")?).with(self.session_settings());
        Ok(match self.text("external_id") {
            Some(id) => role.external_id(id),
            None => role,
        })
    }

    fn session_settings(&self) -> SessionSettings {
        SessionSettings {
            session_name: self.text("ram_session_name"),
            duration: self.duration(),
            policy: self.text("policy"),
            endpoint: self.sts_endpoint(),
        }
    }
}
