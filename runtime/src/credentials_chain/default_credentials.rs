//! The default credentials chain, as in the official SDKs.

use std::sync::{Arc, OnceLock};

use crate::credentials::access_key::Credentials;
use crate::credentials::provider::{CredentialsFuture, ProvideCredentials};
use crate::credentials::refreshing::RefreshingProvider;
use crate::credentials_chain::cli_profile::CliProfile;
use crate::credentials_chain::credentials_uri::CredentialsUri;
use crate::credentials_chain::ecs_ram_role::EcsRamRole;
use crate::credentials_chain::profile_file::ProfileFile;
use crate::credentials_chain::role_session::AssumeRoleWithOidc;
use crate::credentials_chain::variables::Variables;
use crate::error::credentials_failure::CredentialsFailure;
use crate::transport::connection_settings::ConnectionSettings;

/// The default credentials chain. It tries the same sources as the official SDKs, in the same order, and uses the first
/// source that has credentials:
///
/// 1. the variables `ALIBABA_CLOUD_ACCESS_KEY_ID` and `ALIBABA_CLOUD_ACCESS_KEY_SECRET`, with
///    `ALIBABA_CLOUD_SECURITY_TOKEN` if it is set;
/// 2. a role with the OIDC token of a pod: `ALIBABA_CLOUD_ROLE_ARN`, `ALIBABA_CLOUD_OIDC_PROVIDER_ARN`,
///    `ALIBABA_CLOUD_OIDC_TOKEN_FILE`;
/// 3. the current profile of the command line tool, in `~/.aliyun/config.json`: [`CliProfile`];
/// 4. a profile of the SDKs, in `~/.alibabacloud/credentials.ini` or `~/.alibabacloud/credentials`: [`ProfileFile`];
/// 5. the RAM role of the ECS instance: [`EcsRamRole`], unless `ALIBABA_CLOUD_ECS_METADATA_DISABLED` is `true`;
///    without a token (IMDSv1) only if `ALIBABA_CLOUD_IMDSV1_DISABLED` is `false`;
/// 6. the URL in `ALIBABA_CLOUD_CREDENTIALS_URI`: [`CredentialsUri`].
///
/// `ALIBABA_CLOUD_PROFILE` selects another profile for 3 and 4. If no source has credentials, the failure contains the
/// reason for each source. Once a source has returned credentials, it is always used: if it fails later, its failure is
/// returned and no other source is tried, because that could change the caller's identity without notice.
///
/// ```
/// use alicloud_runtime::{Config, DefaultCredentials};
///
/// let config = Config::new(DefaultCredentials::new()).region("cn-hangzhou");
/// ```
#[derive(Debug)]
pub struct DefaultCredentials {
    sources: Vec<Source>,
    chosen: OnceLock<usize>,
}

/// A provider, or the reason why it is not available.
type Source = Result<Arc<dyn ProvideCredentials>, CredentialsFailure>;

impl DefaultCredentials {
    /// Creates the chain from the environment variables. They are read once, now.
    pub fn new() -> Self {
        Self::of(&Variables::Environment)
    }

    /// Creates the chain from these variables instead of the environment. `HOME` must be among them if a profile is in
    /// the home directory.
    pub fn from_variables<N: Into<String>, V: Into<String>>(variables: impl IntoIterator<Item = (N, V)>) -> Self {
        Self::of(&Variables::Map(variables.into_iter().map(|(name, value)| (name.into(), value.into())).collect()))
    }

    fn of(variables: &Variables) -> Self {
        let sources = vec![
            source(Credentials::from_variables(|name| variables.get(name))),
            source(oidc_role(variables).map(RefreshingProvider::new)),
            source(CliProfile::from_variables(variables)),
            source(ProfileFile::from_variables(variables)),
            source(ecs_ram_role(variables).map(RefreshingProvider::new)),
            source(credentials_uri(variables).map(RefreshingProvider::new)),
        ];
        Self { sources, chosen: OnceLock::new() }
    }

    async fn first(&self) -> Result<Credentials, CredentialsFailure> {
        if let Some(Ok(chosen)) = self.chosen.get().and_then(|index| self.sources.get(*index)) {
            return chosen.provide().await;
        }
        let mut tried = Vec::new();
        for (index, source) in self.sources.iter().enumerate() {
            let found = match source {
                Ok(provider) => provider.provide().await,
                Err(failure) => Err(failure.clone()),
            };
            match found {
                Ok(credentials) => {
                    // If two calls run at the same time, the first one selects the source for both.
                    self.chosen.get_or_init(|| index);
                    return Ok(credentials);
                }
                Err(failure) => tried.push(failure),
            }
        }
        Err(CredentialsFailure::new("default chain", "no source has credentials").after(tried))
    }
}

impl Default for DefaultCredentials {
    fn default() -> Self {
        Self::new()
    }
}

impl ProvideCredentials for DefaultCredentials {
    fn provide(&self) -> CredentialsFuture<'_> {
        Box::pin(self.first())
    }

    fn connect_with(&self, settings: &ConnectionSettings) {
        self.sources.iter().flatten().for_each(|source| source.connect_with(settings));
    }

    fn region(&self) -> Option<String> {
        self.sources.iter().find_map(|source| source.as_ref().ok()?.region())
    }
}

fn source<P: ProvideCredentials + 'static>(provider: Result<P, CredentialsFailure>) -> Source {
    provider.map(|provider| Arc::new(provider) as Arc<dyn ProvideCredentials>)
}

fn oidc_role(variables: &Variables) -> Result<AssumeRoleWithOidc, CredentialsFailure> {
    let need = |name: &str| {
        variables.get(name).ok_or_else(|| CredentialsFailure::new("OIDC role", format!("`{name}` is not set")))
    };
    let role_arn = need("ALIBABA_CLOUD_ROLE_ARN")?;
    let provider_arn = need("ALIBABA_CLOUD_OIDC_PROVIDER_ARN")?;
    let mut role = AssumeRoleWithOidc::new(role_arn, provider_arn, need("ALIBABA_CLOUD_OIDC_TOKEN_FILE")?);
    if let Some(name) = variables.get("ALIBABA_CLOUD_ROLE_SESSION_NAME") {
        role = role.session_name(name);
    }
    if let Some(region) = variables.get("ALIBABA_CLOUD_STS_REGION") {
        let host = if variables.is_true("ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED") { "sts-vpc" } else { "sts" };
        role = role.endpoint(format!("{host}.{region}.aliyuncs.com"));
    }
    Ok(role)
}

fn ecs_ram_role(variables: &Variables) -> Result<EcsRamRole, CredentialsFailure> {
    if variables.is_true("ALIBABA_CLOUD_ECS_METADATA_DISABLED") {
        let reason = "`ALIBABA_CLOUD_ECS_METADATA_DISABLED` is set";
        return Err(CredentialsFailure::new("ECS RAM role", reason));
    }
    // The official SDKs allow IMDSv1 unless the variable is `true`. This SDK allows it only if the variable is `false`.
    let allows_v1 =
        variables.get("ALIBABA_CLOUD_IMDSV1_DISABLED").is_some_and(|value| value.eq_ignore_ascii_case("false"));
    let role = EcsRamRole::new().allow_v1(allows_v1);
    Ok(match variables.get("ALIBABA_CLOUD_ECS_METADATA") {
        Some(name) => role.role(name),
        None => role,
    })
}

fn credentials_uri(variables: &Variables) -> Result<CredentialsUri, CredentialsFailure> {
    let name = "ALIBABA_CLOUD_CREDENTIALS_URI";
    let unset = || CredentialsFailure::new("credentials URI", format!("`{name}` is not set"));
    variables.get(name).map(CredentialsUri::new).ok_or_else(unset)
}
