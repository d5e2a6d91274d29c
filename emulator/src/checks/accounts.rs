//! The accounts, their secrets and security tokens.

use std::collections::HashMap;
use std::fmt;
use std::time::SystemTime;

use crate::checks::policy::Policy;
use crate::gateway_error::{self, GatewayError};

/// The AccessKey ID of the default account, which an emulator has if no other is added.
pub const ACCESS_KEY_ID: &str = "testid";

/// The secret of [`ACCESS_KEY_ID`].
pub const ACCESS_KEY_SECRET: &str = "testsecret";

/// An AccessKey and its secret.
///
/// ```
/// use std::time::{Duration, SystemTime};
///
/// use alicloud_emulator::Account;
///
/// let temporary = Account::new("STS.id", "secret").token("token");
/// let expired = temporary.clone().expires(SystemTime::now() - Duration::from_secs(1));
/// let inactive = Account::new("old", "secret").inactive();
/// ```
#[derive(Clone)]
#[must_use]
pub struct Account {
    pub(crate) id: String,
    pub(crate) secret: String,
    pub(crate) token: Option<String>,
    expires: Option<SystemTime>,
    is_inactive: bool,
    policy: Option<Policy>,
}

impl Account {
    /// Creates an active AccessKey that does not expire.
    pub fn new(access_key_id: impl Into<String>, access_key_secret: impl Into<String>) -> Self {
        let (id, secret) = (access_key_id.into(), access_key_secret.into());
        Self { id, secret, token: None, expires: None, is_inactive: false, policy: None }
    }

    /// Sets the security token, as temporary credentials have one.
    pub fn token(mut self, security_token: impl Into<String>) -> Self {
        self.token = Some(security_token.into());
        self
    }

    /// Sets the expiration time of the security token. After it, calls fail with `InvalidSecurityToken.Expired`.
    pub fn expires(mut self, at: SystemTime) -> Self {
        self.expires = Some(at);
        self
    }

    /// Disables the AccessKey: calls fail with `InvalidAccessKeyId.Inactive`.
    pub fn inactive(mut self) -> Self {
        self.is_inactive = true;
        self
    }

    /// Limits the account to what a RAM policy allows, as for a RAM user. Other calls fail with `Forbidden.RAM` or
    /// `NoPermission`. If it is called several times, the account can do what any of the policies allows. Without a
    /// policy, an account can call all operations.
    ///
    /// ```
    /// use alicloud_emulator::{Account, Policy};
    ///
    /// let reader = Account::new("reader", "secret").policy(Policy::parse(
    ///     r#"{ "Version": "1", "Statement": [{ "Effect": "Allow", "Action": "ecs:Describe*", "Resource": "*" }] }"#,
    /// )?);
    /// # Ok::<(), alicloud_emulator::PolicyError>(())
    /// ```
    pub fn policy(mut self, policy: Policy) -> Self {
        self.policy = Some(match self.policy.take() {
            Some(other) => other.or(policy),
            None => policy,
        });
        self
    }
}

/// Hides the secret and the token.
impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account")
            .field("id", &self.id)
            .field("expires", &self.expires)
            .field("is_inactive", &self.is_inactive)
            .field("policy", &self.policy)
            .finish_non_exhaustive()
    }
}

/// The accounts by AccessKey ID.
#[derive(Default)]
pub(crate) struct Accounts(HashMap<String, Account>);

impl Accounts {
    pub(crate) fn add(&mut self, account: Account) {
        self.0.insert(account.id.clone(), account);
    }

    pub(crate) fn or_default(mut self) -> Self {
        if self.0.is_empty() {
            self.add(Account::new(ACCESS_KEY_ID, ACCESS_KEY_SECRET));
        }
        self
    }

    pub(crate) fn ids(&self) -> Vec<&str> {
        let mut ids: Vec<&str> = self.0.keys().map(String::as_str).collect();
        ids.sort_unstable();
        ids
    }

    /// Gives a policy to all accounts that have none.
    pub(crate) fn limit(&mut self, policy: &Policy) {
        for account in self.0.values_mut().filter(|account| account.policy.is_none()) {
            account.policy = Some(policy.clone());
        }
    }

    /// Returns the policy of an account, or `None` if the account can call all operations.
    pub(crate) fn policy(&self, id: &str) -> Option<&Policy> {
        self.0.get(id)?.policy.as_ref()
    }

    pub(crate) fn get(&self, id: &str) -> Option<&Account> {
        self.0.get(id)
    }

    /// Returns all accounts: first the usable ones, then the others, each sorted by ID.
    pub(crate) fn usable_first(&self, now: SystemTime) -> Vec<&Account> {
        let is_usable = |account: &Account| self.secret_of(Some(&account.id), account.token.as_deref(), now).is_ok();
        let mut accounts: Vec<&Account> = self.0.values().collect();
        accounts.sort_unstable_by_key(|account| (!is_usable(account), account.id.as_str()));
        accounts
    }

    /// Returns the secret of an account that is allowed to call.
    pub(crate) fn secret_of(
        &self,
        id: Option<&str>,
        token: Option<&str>,
        now: SystemTime,
    ) -> Result<&str, GatewayError> {
        let id = id.ok_or_else(|| GatewayError::missing("AccessKeyId"))?;
        let account = self.0.get(id).ok_or_else(|| GatewayError::from(gateway_error::UNKNOWN_ACCESS_KEY))?;
        if account.is_inactive {
            return Err(gateway_error::INACTIVE_ACCESS_KEY.into());
        }
        match (&account.token, token) {
            (Some(_), None) => Err(GatewayError::missing("SecurityToken")),
            (expected, given) if expected.as_deref() != given => Err(gateway_error::TOKEN_MISMATCH.into()),
            _ if account.expires.is_some_and(|end| end <= now) => Err(gateway_error::TOKEN_EXPIRED.into()),
            _ => Ok(&account.secret),
        }
    }
}

/// Shows only the IDs.
impl fmt::Debug for Accounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}
