//! Roles that STS gives credentials for: to one that may sign for them, or to whom an identity provider vouches for.

use std::path::PathBuf;
use std::sync::Arc;
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

const ASSUMED: &str = "AssumeRole";
const OIDC: &str = "OIDC role";

/// For all attempts of a call of STS.
const STS_LIMIT: Duration = Duration::from_secs(30);

/// A longer OIDC token than this is none.
const MOST_TOKEN_BYTES: u64 = 64 << 10;

/// What the two ways to a role have in common.
#[derive(Clone, Debug)]
struct RoleSession {
    role_arn: String,
    session_name: Option<String>,
    duration: Duration,
    policy: Option<String>,
    endpoint: String,
}

impl RoleSession {
    fn new(role_arn: String) -> Self {
        Self {
            role_arn,
            session_name: None,
            duration: Duration::from_secs(3600),
            policy: None,
            endpoint: "sts.aliyuncs.com".to_owned(),
        }
    }

    /// Audit logs show it, so each program has one of its own.
    fn session_name(&self) -> String {
        let named = self.session_name.clone();
        let seconds = || clock::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        named.unwrap_or_else(|| format!("alicloud-rust-{}", seconds()))
    }

    fn seconds(&self) -> i64 {
        i64::try_from(self.duration.as_secs()).unwrap_or(i64::MAX)
    }

    fn client(&self, credentials: impl ProvideCredentials + 'static) -> Result<sts::Client, crate::Failure> {
        sts::Client::new(&Config::new(credentials).endpoint(&self.endpoint).call_timeout(STS_LIMIT))
    }
}

/// What a profile may say of a session; what it leaves out is as it was.
#[derive(Default)]
pub(super) struct SessionSettings {
    pub(super) session_name: Option<String>,
    pub(super) duration: Option<Duration>,
    pub(super) policy: Option<String>,
    pub(super) endpoint: Option<String>,
}

macro_rules! session_settings {
    () => {
        /// As a profile says.
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

        /// What audit logs call the session. By default a name with the time it began.
        #[must_use]
        pub fn session_name(mut self, name: impl Into<String>) -> Self {
            self.session.session_name = Some(name.into());
            self
        }

        /// How long the credentials last. An hour by default; at least 15 minutes, at most what the role allows.
        #[must_use]
        pub fn duration(mut self, duration: Duration) -> Self {
            self.session.duration = duration;
            self
        }

        /// A policy in JSON that narrows what the credentials allow.
        #[must_use]
        pub fn policy(mut self, policy: impl Into<String>) -> Self {
            self.session.policy = Some(policy.into());
            self
        }

        /// The endpoint of STS, `sts.aliyuncs.com` by default. In a region there are others, such as
        /// `sts.cn-hangzhou.aliyuncs.com`, and `sts-vpc.cn-hangzhou.aliyuncs.com` inside a VPC.
        #[must_use]
        pub fn endpoint(mut self, endpoint: impl Into<String>) -> Self {
            self.session.endpoint = endpoint.into();
            self
        }
    };
}

/// Fetches credentials for a RAM role, with credentials that may take it.
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
    /// For the role of this ARN, with credentials from this provider.
    pub fn new(from: impl ProvideCredentials + 'static, role_arn: impl Into<String>) -> Self {
        Self { from: Arc::new(from), external_id: None, session: RoleSession::new(role_arn.into()) }
    }

    /// What the trust policy of the role may demand of a caller of another account.
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
        let client = session.client(Arc::clone(&self.from)).map_err(|failure| refused(ASSUMED, failure))?;
        let answer = client.assume_role(&request).await.map_err(|error| failed(ASSUMED, error))?;
        let key = answer.credentials;
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
}

/// Fetches credentials for a RAM role with the token of an OIDC identity provider, as pods of Kubernetes clusters have
/// one in a file. The file is read anew each time.
#[derive(Debug)]
pub struct AssumeRoleWithOidc {
    provider_arn: String,
    token_file: PathBuf,
    session: RoleSession,
}

impl AssumeRoleWithOidc {
    /// For the role of this ARN, with the token in this file, which the identity provider of this ARN gave.
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
        let client = session.client(Credentials::anonymous()).map_err(|failure| refused(OIDC, failure))?;
        let answer = client.assume_role_with_oidc(&request).await.map_err(|error| failed(OIDC, error))?;
        let key = answer.credentials;
        credentials(OIDC, key.access_key_id, key.access_key_secret, key.security_token, &key.expiration)
    }

    fn token(&self) -> Result<String, CredentialsFailure> {
        let token = profile_text::read_at_most(&self.token_file, MOST_TOKEN_BYTES, "which is no token");
        let refused = |why: String| CredentialsFailure::new(OIDC, format!("the token file {why}"));
        match token.map_err(refused)?.trim() {
            "" => Err(refused(format!("{} is empty", self.token_file.display()))),
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
}

fn refused(provider: &str, why: impl std::fmt::Display) -> CredentialsFailure {
    CredentialsFailure::new(provider, why.to_string())
}

/// Where the role was to be taken with credentials that are missing themselves, why. Of an answer that cannot be read
/// nothing is shown: it may contain secrets.
fn failed<E>(provider: &str, error: Error<E>) -> CredentialsFailure {
    match error.into_failure() {
        crate::Failure::Credentials(missing) => {
            CredentialsFailure::new(provider, "there are none to take the role with").after(vec![*missing])
        }
        crate::Failure::Unreadable(answer) => {
            let request_id = answer.request_id.as_deref().unwrap_or("unknown");
            let status = answer.status;
            refused(provider, format!("the answer cannot be read (HTTP {status}, RequestId {request_id})"))
        }
        failure => refused(provider, failure),
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
