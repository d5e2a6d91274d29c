//! Who may call.

use std::collections::HashMap;
use std::fmt;
use std::time::SystemTime;

use crate::gateway_error::{self, GatewayError};

/// The AccessKey id that an emulator accepts where no account was named.
pub const ACCESS_KEY_ID: &str = "testid";

/// The secret of [`ACCESS_KEY_ID`].
pub const ACCESS_KEY_SECRET: &str = "testsecret";

/// An AccessKey with what the gateway knows of it.
///
/// ```
/// use std::time::{Duration, SystemTime};
///
/// use alicloud_emulator::Account;
///
/// let temporary = Account::new("STS.id", "secret").token("token");
/// let ended = temporary.clone().expires(SystemTime::now() - Duration::from_secs(1));
/// let disabled = Account::new("old", "secret").inactive();
/// ```
#[derive(Clone)]
#[must_use]
pub struct Account {
    pub(crate) id: String,
    pub(crate) secret: String,
    pub(crate) token: Option<String>,
    expires: Option<SystemTime>,
    is_inactive: bool,
}

impl Account {
    /// An active AccessKey that lasts.
    pub fn new(access_key_id: impl Into<String>, access_key_secret: impl Into<String>) -> Self {
        let (id, secret) = (access_key_id.into(), access_key_secret.into());
        Self { id, secret, token: None, expires: None, is_inactive: false }
    }

    /// The security token that goes with it, as with all temporary credentials.
    pub fn token(mut self, security_token: impl Into<String>) -> Self {
        self.token = Some(security_token.into());
        self
    }

    /// When the security token ends. From then on calls are refused with `InvalidSecurityToken.Expired`.
    pub fn expires(mut self, at: SystemTime) -> Self {
        self.expires = Some(at);
        self
    }

    /// Disabled: calls are refused with `InvalidAccessKeyId.Inactive`.
    pub fn inactive(mut self) -> Self {
        self.is_inactive = true;
        self
    }
}

/// The secret and the token stay out of logs.
impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account")
            .field("id", &self.id)
            .field("expires", &self.expires)
            .field("is_inactive", &self.is_inactive)
            .finish_non_exhaustive()
    }
}

/// The accounts by AccessKey id.
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

    pub(crate) fn get(&self, id: &str) -> Option<&Account> {
        self.0.get(id)
    }

    /// All of them: first those that are let in, each part by id.
    pub(crate) fn usable_first(&self, now: SystemTime) -> Vec<&Account> {
        let is_usable = |account: &Account| self.secret_of(Some(&account.id), account.token.as_deref(), now).is_ok();
        let mut accounts: Vec<&Account> = self.0.values().collect();
        accounts.sort_unstable_by_key(|account| (!is_usable(account), account.id.as_str()));
        accounts
    }

    /// The secret to check the signature with.
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

/// Only the ids: secrets and tokens stay out of logs.
impl fmt::Debug for Accounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}
