//! Credentials for RAM roles, from STS. The caller authenticates with credentials, or with the token of an OIDC
//! identity provider.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, UNIX_EPOCH};

use crate::call::config::Config;
use crate::credentials::access_key::Credentials;
use crate::credentials::provider::{CredentialsFuture, ProvideCredentials};
use crate::credentials::refreshing::CredentialsSource;
use crate::credentials_chain::generated::sts;
use crate::credentials_chain::profile_text;
use crate::error::call_error::Error;
use crate::error::credentials_failure::CredentialsFailure;
use crate::system::clock;
use crate::transport::connection_settings::ConnectionSettings;

const ASSUMED: &str = "AssumeRole";
const OIDC: &str = "OIDC role";

/// The timeout of a call of STS, including retries.
const STS_TIMEOUT: Duration = Duration::from_secs(30);

/// The maximum size of a file with an OIDC token.
const MAX_TOKEN_BYTES: u64 = 64 << 10;

/// The settings that [`AssumeRole`] and [`AssumeRoleWithOidc`] share.
#[derive(Clone, Debug)]
struct RoleSession {
    role_arn: String,
    session_name: Option<String>,
    duration: Duration,
    policy: Option<String>,
    endpoint: String,
    connections: OnceLock<ConnectionSettings>,
}

impl RoleSession {
    fn new(role_arn: String) -> Self {
        Self {
            role_arn,
            session_name: None,
            duration: Duration::from_secs(3600),
            policy: None,
            endpoint: "sts.aliyuncs.com".to_owned(),
            connections: OnceLock::new(),
        }
    }

    /// The name of the session in audit logs. The default contains the time, so that programs can be distinguished.
    fn session_name(&self) -> String {
        let named = self.session_name.clone();
        let seconds = || clock::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        named.unwrap_or_else(|| format!("alicloud-rust-{}", seconds()))
    }

    fn seconds(&self) -> i64 {
        i64::try_from(self.duration.as_secs()).unwrap_or(i64::MAX)
    }

    fn client(&self, credentials: impl ProvideCredentials + 'static) -> Result<sts::Client, crate::Failure> {
        let mut config = Config::new(credentials).endpoint(&self.endpoint).call_timeout(STS_TIMEOUT);
        config.connections = self.connections.get().cloned().unwrap_or_default();
        sts::Client::new(&config)
    }
}

/// The session settings of a profile. A setting that is `None` keeps its default.
#[derive(Default)]
pub(super) struct SessionSettings {
    pub(super) session_name: Option<String>,
    pub(super) duration: Option<Duration>,
    pub(super) policy: Option<String>,
    pub(super) endpoint: Option<String>,
}

macro_rules! session_settings {
    () => {
        /// Applies the session settings of a profile.
        #[must_use]
        pub(super) fn with(mut self, settings: SessionSettings) -> Self {
            let session = &mut self.session;
            session.session_name = settings.session_name.or(session.session_name.take());
            session.duration = settings.duration.unwrap_or(session.duration);
            session.policy = settings.policy.or(session.policy.take());
            if let Some(endpoint) = settings.endpoint {
                session.endpoint = endpoint;
            }
            self
        }

        /// Sets the name of the session, which audit logs show. Defaults to a name with the time when the session
        /// began.
        #[must_use]
        pub fn session_name(mut self, name: impl Into<String>) -> Self {
            self.session.session_name = Some(name.into());
            self
        }

        /// Sets the lifetime of the credentials. Defaults to one hour. The minimum is 15 minutes; the role sets the
        /// maximum.
        #[must_use]
        pub fn duration(mut self, duration: Duration) -> Self {
            self.session.duration = duration;
            self
        }

        /// Sets a policy, in JSON, that restricts the permissions of the credentials. Defaults to all permissions of
        /// the role.
        #[must_use]
        pub fn policy(mut self, policy: impl Into<String>) -> Self {
            self.session.policy = Some(policy.into());
            self
        }

        /// Sets the endpoint of STS. Defaults to `sts.aliyuncs.com`. Regions have their own endpoints, such as
        /// `sts.cn-hangzhou.aliyuncs.com`, or `sts-vpc.cn-hangzhou.aliyuncs.com` inside a VPC.
        #[must_use]
        pub fn endpoint(mut self, endpoint: impl Into<String>) -> Self {
            self.session.endpoint = endpoint.into();
            self
        }
    };
}

/// Fetches credentials for a RAM role from STS, with other credentials that have permission to assume the role.
///
/// ```
/// use alicloud_runtime::{AssumeRole, Config, Credentials, RefreshingProvider};
///
/// let mine = Credentials::new("id", "secret");
/// let role = AssumeRole::new(mine, "acs:ram::123456789012****:role/reader").session_name("nightly-report");
/// let config = Config::new(RefreshingProvider::new(role)).region("cn-hangzhou");
/// ```
#[derive(Debug)]
pub struct AssumeRole {
    from: Arc<dyn ProvideCredentials>,
    external_id: Option<String>,
    session: RoleSession,
}

impl AssumeRole {
    /// Creates a source for the role with this ARN. The provider `from` returns the credentials that assume the role.
    pub fn new(from: impl ProvideCredentials + 'static, role_arn: impl Into<String>) -> Self {
        Self { from: Arc::new(from), external_id: None, session: RoleSession::new(role_arn.into()) }
    }

    /// Sets the external ID, which the trust policy of the role may require from callers of other accounts.
    #[must_use]
    pub fn external_id(mut self, id: impl Into<String>) -> Self {
        self.external_id = Some(id.into());
        self
    }

    session_settings!();

    async fn assume(&self) -> Result<Credentials, CredentialsFailure> {
        let session = &self.session;
        let mut request =
            sts::AssumeRoleRequest::new(&session.role_arn, session.session_name()).duration_seconds(session.seconds());
        if let Some(policy) = &session.policy {
            request = request.policy(policy);
        }
        if let Some(id) = &self.external_id {
            request = request.external_id(id);
        }
        let client = session.client(Arc::clone(&self.from)).map_err(|error| failure(ASSUMED, error))?;
        let response = client.assume_role(&request).await.map_err(|error| call_failure(ASSUMED, error))?;
        let key = response.credentials;
        credentials(ASSUMED, key.access_key_id, key.access_key_secret, key.security_token, &key.expiration)
    }
}

impl CredentialsSource for AssumeRole {
    fn name(&self) -> &str {
        ASSUMED
    }

    fn fetch(&self) -> CredentialsFuture<'_> {
        Box::pin(self.assume())
    }

    fn connect_with(&self, settings: &ConnectionSettings) {
        self.session.connections.get_or_init(|| settings.clone());
        self.from.connect_with(settings);
    }
}

/// Fetches credentials for a RAM role from STS, with the token of an OIDC identity provider. Pods in Kubernetes
/// clusters have such a token in a file. The file is read for each fetch.
#[derive(Debug)]
pub struct AssumeRoleWithOidc {
    provider_arn: String,
    token_file: PathBuf,
    session: RoleSession,
}

impl AssumeRoleWithOidc {
    /// Creates a source for the role with the ARN `role_arn`. The identity provider with the ARN `provider_arn` has
    /// issued the token in `token_file`.
    pub fn new(role_arn: impl Into<String>, provider_arn: impl Into<String>, token_file: impl Into<PathBuf>) -> Self {
        Self {
            provider_arn: provider_arn.into(),
            token_file: token_file.into(),
            session: RoleSession::new(role_arn.into()),
        }
    }

    session_settings!();

    async fn assume(&self) -> Result<Credentials, CredentialsFailure> {
        let session = &self.session;
        let mut request = sts::AssumeRoleWithOIDCRequest::new(session.session_name())
            .oidc_provider_arn(&self.provider_arn)
            .role_arn(&session.role_arn)
            .oidc_token(self.token()?)
            .duration_seconds(session.seconds());
        if let Some(policy) = &session.policy {
            request = request.policy(policy);
        }
        let client = session.client(Credentials::anonymous()).map_err(|error| failure(OIDC, error))?;
        let response = client.assume_role_with_oidc(&request).await.map_err(|error| call_failure(OIDC, error))?;
        let key = response.credentials;
        credentials(OIDC, key.access_key_id, key.access_key_secret, key.security_token, &key.expiration)
    }

    fn token(&self) -> Result<String, CredentialsFailure> {
        let token = profile_text::read_at_most(&self.token_file, MAX_TOKEN_BYTES, "an OIDC token");
        let error = |problem: String| CredentialsFailure::new(OIDC, format!("the token file {problem}"));
        match token.map_err(error)?.trim() {
            "" => Err(error(format!("{} is empty", self.token_file.display()))),
            token => Ok(token.to_owned()),
        }
    }
}

impl CredentialsSource for AssumeRoleWithOidc {
    fn name(&self) -> &str {
        OIDC
    }

    fn fetch(&self) -> CredentialsFuture<'_> {
        Box::pin(self.assume())
    }

    fn connect_with(&self, settings: &ConnectionSettings) {
        self.session.connections.get_or_init(|| settings.clone());
    }
}

fn failure(provider: &str, reason: impl std::fmt::Display) -> CredentialsFailure {
    CredentialsFailure::new(provider, reason.to_string())
}

/// The failure of a call of STS. A response that cannot be decoded is not shown, because it may contain secrets.
fn call_failure<E>(provider: &str, error: Error<E>) -> CredentialsFailure {
    match error.into_failure() {
        crate::Failure::Credentials(missing) => {
            CredentialsFailure::new(provider, "there are no credentials to assume the role with").after(vec![*missing])
        }
        crate::Failure::Unreadable(response) => {
            let request_id = response.request_id.as_deref().unwrap_or("unknown");
            let status = response.status;
            failure(provider, format!("the response cannot be decoded (HTTP {status}, RequestId {request_id})"))
        }
        other => failure(provider, other),
    }
}

fn credentials(
    provider: &str,
    id: String,
    secret: String,
    token: String,
    expiration: &str,
) -> Result<Credentials, CredentialsFailure> {
    let key = super::session_key::SessionKey {
        code: String::new(),
        access_key_id: id,
        access_key_secret: secret,
        security_token: token,
        expiration: expiration.to_owned(),
    };
    key.into_credentials(provider)
}
