//! Credentials for the RAM role of the ECS instance that the program runs on, from the metadata server.

use crate::credentials::access_key::Credentials;
use crate::credentials::provider::CredentialsFuture;
use crate::credentials::refreshing::CredentialsSource;
use crate::credentials_chain::http::Http;
use crate::credentials_chain::session_key::SessionKey;
use crate::error::credentials_failure::CredentialsFailure;
use crate::operation::description::Method;
use crate::request::percent;

const NAME: &str = "ECS RAM role";
const SERVER: &str = "http://100.100.100.200";
const ROLES: &str = "/latest/meta-data/ram/security-credentials/";

/// Fetches credentials for the RAM role of the ECS instance, from the instance's metadata server.
///
/// Uses version 2 of the metadata service (IMDSv2), in which each request contains a token that only the instance can
/// obtain. Version 1 needs no token, so it also responds to forged requests. It is used only if it is
/// [allowed](Self::allow_v1) and the server does not issue a token.
///
/// ```
/// use alicloud_runtime::{Config, EcsRamRole, RefreshingProvider};
///
/// let config = Config::new(RefreshingProvider::new(EcsRamRole::new())).region("cn-hangzhou");
/// ```
#[derive(Debug)]
pub struct EcsRamRole {
    role: Option<String>,
    server: String,
    allow_v1: bool,
    http: Http,
}

impl EcsRamRole {
    /// Creates a source for the role of the instance.
    pub fn new() -> Self {
        Self { role: None, server: SERVER.to_owned(), allow_v1: false, http: Http::near(NAME) }
    }

    /// Sets the name of the role, which saves a request. Defaults to asking the metadata server.
    #[must_use]
    pub fn role(mut self, name: impl Into<String>) -> Self {
        self.role = Some(name.into());
        self
    }

    /// Sets the URL of the metadata server. Defaults to `http://100.100.100.200`.
    #[must_use]
    pub fn server(mut self, url: impl Into<String>) -> Self {
        self.server = url.into();
        self
    }

    /// Sets whether to use IMDSv1, without a token, if the server does not issue tokens. Defaults to `false`.
    #[must_use]
    pub fn allow_v1(mut self, allow: bool) -> Self {
        self.allow_v1 = allow;
        self
    }

    async fn token(&self) -> Result<Option<String>, CredentialsFailure> {
        let url = format!("{}/latest/api/token", self.server);
        let life = [("x-aliyun-ecs-metadata-token-ttl-seconds", "21600")];
        match self.http.send(Method::Put, &url, &life, None).await {
            Ok(response) => self.text(response.body()).map(Some),
            Err(_) if self.allow_v1 => Ok(None),
            Err(failure) => Err(failure),
        }
    }

    async fn get(&self, path: &str, token: Option<&str>) -> Result<Vec<u8>, CredentialsFailure> {
        let url = format!("{}{path}", self.server);
        let token = token.map(|token| ("x-aliyun-ecs-metadata-token", token));
        let response = self.http.send(Method::Get, &url, token.as_slice(), None).await?;
        Ok(response.body().to_vec())
    }

    fn text(&self, body: &[u8]) -> Result<String, CredentialsFailure> {
        let text =
            str::from_utf8(body).map_err(|_| self.http.failure("the metadata server did not respond with text"))?;
        Ok(text.trim().to_owned())
    }

    async fn session_key(&self) -> Result<Credentials, CredentialsFailure> {
        let token = self.token().await?;
        let role = match &self.role {
            Some(role) => role.clone(),
            None => self.text(&self.get(ROLES, token.as_deref()).await?)?,
        };
        if role.is_empty() {
            return Err(self.http.failure("the instance has no RAM role"));
        }
        let mut path = ROLES.to_owned();
        percent::encode(&role, &mut path);
        let body = self.get(&path, token.as_deref()).await?;
        SessionKey::from_json(&body, NAME)?.into_credentials(NAME)
    }
}

impl Default for EcsRamRole {
    fn default() -> Self {
        Self::new()
    }
}

impl CredentialsSource for EcsRamRole {
    fn name(&self) -> &str {
        NAME
    }

    fn fetch(&self) -> CredentialsFuture<'_> {
        Box::pin(self.session_key())
    }
}
