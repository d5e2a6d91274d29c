//! Credentials from wherever the official SDKs would find them.

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

/// Looks for credentials where the official SDKs do, in the same order. The first place with credentials is used:
///
/// 1. the variables `ALIBABA_CLOUD_ACCESS_KEY_ID` and `ALIBABA_CLOUD_ACCESS_KEY_SECRET`, with
///    `ALIBABA_CLOUD_SECURITY_TOKEN` if it is set;
/// 2. a role with the OIDC token of a pod: `ALIBABA_CLOUD_ROLE_ARN`, `ALIBABA_CLOUD_OIDC_PROVIDER_ARN`,
///    `ALIBABA_CLOUD_OIDC_TOKEN_FILE`;
/// 3. the current profile of the command line tool, in `~/.aliyun/config.json`: [`CliProfile`];
/// 4. a profile of the SDKs, in `~/.alibabacloud/credentials.ini` or `~/.alibabacloud/credentials`: [`ProfileFile`];
/// 5. the RAM role of the ECS instance: [`EcsRamRole`], unless `ALIBABA_CLOUD_ECS_METADATA_DISABLED` is `true`; without a
///    token (IMDSv1) only if `ALIBABA_CLOUD_IMDSV1_DISABLED` is `false`;
/// 6. the URL in `ALIBABA_CLOUD_CREDENTIALS_URI`: [`CredentialsUri`].
///
/// `ALIBABA_CLOUD_PROFILE` selects another profile for 3 and 4. If no place has credentials, the failure has a reason for
/// each. If a place had credentials once, its failure is returned and no other place is tried, because that could change the
/// caller without notice.
///
/// ```
/// use alicloud_runtime::{Config, DefaultCredentials};
///
/// let config = Config::new(DefaultCredentials::new()).region("cn-hangzhou");
/// ```
#[derive(Debug)]
pub struct DefaultCredentials {
    places: Vec<Place>,
    chosen: OnceLock<usize>,
}

/// A provider, or why there is none.
type Place = Result<Arc<dyn ProvideCredentials>, CredentialsFailure>;

impl DefaultCredentials {
    /// As the environment says now.
    pub fn new() -> Self {
        Self::of(&Variables::Environment)
    }

    /// As these variables say, for a program that keeps its environment elsewhere. `HOME` is one of them.
    pub fn from_variables<N: Into<String>, V: Into<String>>(variables: impl IntoIterator<Item = (N, V)>) -> Self {
        Self::of(&Variables::Given(variables.into_iter().map(|(name, value)| (name.into(), value.into())).collect()))
    }

    fn of(variables: &Variables) -> Self {
        let places = vec![
            place(Credentials::from_variables(|name| variables.get(name))),
            place(oidc_role(variables).map(RefreshingProvider::new)),
            place(CliProfile::from_variables(variables)),
            place(ProfileFile::from_variables(variables)),
            place(ecs_ram_role(variables).map(RefreshingProvider::new)),
            place(credentials_uri(variables).map(RefreshingProvider::new)),
        ];
        Self { places, chosen: OnceLock::new() }
    }

    async fn first(&self) -> Result<Credentials, CredentialsFailure> {
        if let Some(Ok(chosen)) = self.chosen.get().and_then(|index| self.places.get(*index)) {
            return chosen.provide().await;
        }
        let mut tried = Vec::new();
        for (index, place) in self.places.iter().enumerate() {
            let found = match place {
                Ok(provider) => provider.provide().await,
                Err(failure) => Err(failure.clone()),
            };
            match found {
                Ok(credentials) => {
                    // Of two calls at once the first decides for both from now on.
                    self.chosen.get_or_init(|| index);
                    return Ok(credentials);
                }
                Err(failure) => tried.push(failure),
            }
        }
        Err(CredentialsFailure::new("default chain", "no place has any").after(tried))
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

    fn region(&self) -> Option<String> {
        self.places.iter().find_map(|place| place.as_ref().ok()?.region())
    }
}

fn place<P: ProvideCredentials + 'static>(provider: Result<P, CredentialsFailure>) -> Place {
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
    // The official SDKs allow it unless the variable is `true`; here it has to be allowed by `false`.
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
