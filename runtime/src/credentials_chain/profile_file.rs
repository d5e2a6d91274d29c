//! The profiles of the official SDKs, in an INI file.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use configparser::ini::Ini;

use crate::credentials::access_key::Credentials;
use crate::credentials::provider::{CredentialsFuture, ProvideCredentials};
use crate::credentials::refreshing::RefreshingProvider;
use crate::credentials_chain::ecs_ram_role::EcsRamRole;
use crate::credentials_chain::profile_text;
use crate::credentials_chain::role_session::{AssumeRole, AssumeRoleWithOidc, SessionSettings};
use crate::credentials_chain::variables::Variables;
use crate::error::credentials_failure::CredentialsFailure;
use crate::transport::connection_settings::ConnectionSettings;

const NAME: &str = "profile file";

/// A profile of the official SDKs, in `~/.alibabacloud/credentials.ini`, or in `~/.alibabacloud/credentials` if the
/// former does not exist.
///
/// A profile is a section with a `type`: `access_key`, `ram_role_arn`, `oidc_role_arn` or `ecs_ram_role`. The file is
/// read when credentials are first needed.
#[derive(Debug)]
pub struct ProfileFile {
    paths: Vec<PathBuf>,
    profile: String,
    loaded: OnceLock<Arc<dyn ProvideCredentials>>,
    connections: OnceLock<ConnectionSettings>,
}

impl ProfileFile {
    /// Uses this profile of this file.
    pub fn new(path: impl Into<PathBuf>, profile: impl Into<String>) -> Self {
        Self::first_of(vec![path.into()], profile.into())
    }

    /// The file and the profile that the environment variables select.
    pub(super) fn from_variables(variables: &Variables) -> Result<Self, CredentialsFailure> {
        let paths = match variables.get("ALIBABA_CLOUD_CREDENTIALS_FILE") {
            Some(path) => vec![PathBuf::from(path)],
            None => [".alibabacloud/credentials.ini", ".alibabacloud/credentials"]
                .iter()
                .filter_map(|path| variables.in_home(path))
                .collect(),
        };
        if paths.is_empty() {
            return Err(CredentialsFailure::new(
                NAME,
                "the home directory is unknown, because neither `HOME` nor `USERPROFILE` is set",
            ));
        }
        let profile = variables.get("ALIBABA_CLOUD_PROFILE").unwrap_or_else(|| "default".to_owned());
        Ok(Self::first_of(paths, profile))
    }

    fn first_of(paths: Vec<PathBuf>, profile: String) -> Self {
        Self { paths, profile, loaded: OnceLock::new(), connections: OnceLock::new() }
    }

    fn provider(&self) -> Result<&Arc<dyn ProvideCredentials>, CredentialsFailure> {
        if let Some(loaded) = self.loaded.get() {
            return Ok(loaded);
        }
        let path = self.paths.iter().find(|path| path.exists()).or(self.paths.first());
        let path = path.map_or(Path::new(""), PathBuf::as_path);
        let loaded = load(path, &self.profile).map_err(|reason| CredentialsFailure::new(NAME, reason))?;
        if let Some(settings) = self.connections.get() {
            loaded.connect_with(settings);
        }
        Ok(self.loaded.get_or_init(|| loaded))
    }
}

impl ProvideCredentials for ProfileFile {
    fn provide(&self) -> CredentialsFuture<'_> {
        Box::pin(async { self.provider()?.provide().await })
    }

    fn connect_with(&self, settings: &ConnectionSettings) {
        let settings = self.connections.get_or_init(|| settings.clone());
        if let Some(loaded) = self.loaded.get() {
            loaded.connect_with(settings);
        }
    }
}

fn load(path: &Path, profile: &str) -> Result<Arc<dyn ProvideCredentials>, String> {
    let text = profile_text::read(path)?;
    let shown = path.display();
    let mut ini = Ini::new_cs();
    // The parser's error is not shown, because it may quote a line with a secret.
    ini.read(text).map_err(|_| format!("{shown} is not a valid INI file"))?;
    if !ini.sections().iter().any(|section| section == profile) {
        return Err(format!("{shown} has no profile `{profile}`"));
    }
    let get = |key: &str| ini.get(profile, key).filter(|value| !value.is_empty());
    let need = |key: &str| get(key).ok_or_else(|| format!("profile `{profile}` of {shown} has no `{key}`"));
    let kind = need("type")?;
    let key = || Ok::<_, String>(Credentials::new(need("access_key_id")?, need("access_key_secret")?));
    let settings = || SessionSettings {
        session_name: get("role_session_name"),
        policy: get("policy"),
        ..SessionSettings::default()
    };
    match kind.as_str() {
        "access_key" => Ok(Arc::new(key()?)),
        "ecs_ram_role" => {
            let role = EcsRamRole::new();
            Ok(Arc::new(RefreshingProvider::new(match get("role_name") {
                Some(name) => role.role(name),
                None => role,
            })))
        }
        "ram_role_arn" => {
            let role = AssumeRole::new(key()?, need("role_arn")?);
            Ok(Arc::new(RefreshingProvider::new(role.with(settings()))))
        }
        "oidc_role_arn" => {
            let file = need("oidc_token_file_path")?;
            let role = AssumeRoleWithOidc::new(need("role_arn")?, need("oidc_provider_arn")?, file);
            Ok(Arc::new(RefreshingProvider::new(role.with(settings()))))
        }
        other => Err(format!(
            "profile `{profile}` of {shown} is of type `{other}`; expected access_key, ram_role_arn, oidc_role_arn or \
             ecs_ram_role"
        )),
    }
}
