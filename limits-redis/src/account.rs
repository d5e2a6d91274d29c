//! The account whose limits are shared.

use alicloud_runtime::{Credentials, Failure};
use sha2::{Digest as _, Sha256};

/// The account whose limits are shared. Programs share limits if they name the account in the same way.
///
/// The service counts the calls of an account: those of all its RAM users and roles together. Only the account ID
/// stands for all of them. The store contains a hash of the account, never the AccessKey ID or the account ID.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    hash: String,
}

impl Account {
    /// Names the account by its ID, such as `1234567890123456`.
    ///
    /// Use this with RAM roles, STS tokens, and several RAM users. The console shows the account ID, and the operation
    /// `GetCallerIdentity` of STS returns it for any credentials. Any other text that all programs agree on also works.
    pub fn id(account_id: impl AsRef<str>) -> Self {
        Self::hashed("account", account_id.as_ref())
    }

    /// Names the account by its AccessKey ID. Only programs with the same AccessKey share limits.
    ///
    /// # Errors
    ///
    /// Returns an error if the credentials are temporary. STS issues another AccessKey ID with each session, so no two
    /// programs would share limits, and no program its own after the next refresh. Use [`Account::id`].
    ///
    /// ```
    /// use alicloud_limits_redis::Account;
    /// use alicloud_runtime::Credentials;
    ///
    /// let credentials = Credentials::new("LTAI5tExample", "secret");
    /// assert!(Account::access_key(&credentials).is_ok());
    /// assert!(Account::access_key(&credentials.security_token("CAIS...")).is_err());
    /// ```
    pub fn access_key(credentials: &Credentials) -> Result<Self, Failure> {
        let problem = if credentials.is_temporary() {
            "these credentials are temporary, and their AccessKey ID changes with each session"
        } else if credentials.access_key_id().is_empty() {
            "these credentials have no AccessKey ID"
        } else {
            return Ok(Self::hashed("access-key", credentials.access_key_id()));
        };
        Err(Failure::Configuration(format!("limits cannot be shared by AccessKey: {problem}; use `Account::id`")))
    }

    fn hashed(kind: &str, name: &str) -> Self {
        let digest = Sha256::digest(format!("{kind}:{name}"));
        // Half of the digest is enough to distinguish accounts.
        Self { hash: digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect() }
    }

    /// The hash, in 32 hexadecimal digits.
    pub(crate) fn hash(&self) -> &str {
        &self.hash
    }
}
