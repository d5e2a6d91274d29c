//! Why there are no credentials.

use std::error::Error as StdError;
use std::fmt;

/// Why a provider has no credentials; for one that asks others, why each of them has none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CredentialsFailure {
    provider: String,
    reason: String,
    tried: Vec<CredentialsFailure>,
}

impl CredentialsFailure {
    /// The failure of a provider. Nothing of the reason may be secret: it is shown and logged.
    pub fn new(provider: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { provider: provider.into(), reason: reason.into(), tried: Vec::new() }
    }

    /// The failure of a provider that has asked others in vain.
    #[must_use]
    pub fn after(mut self, tried: Vec<CredentialsFailure>) -> Self {
        self.tried = tried;
        self
    }

    /// Which provider it is.
    pub fn provider(&self) -> &str {
        &self.provider
    }

    /// Why it has none.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// The providers that it has asked, in this order.
    pub fn tried(&self) -> &[CredentialsFailure] {
        &self.tried
    }
}

impl fmt::Display for CredentialsFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.provider, self.reason)?;
        for (index, failure) in self.tried.iter().enumerate() {
            write!(f, "{}{failure}", if index == 0 { ": " } else { "; " })?;
        }
        Ok(())
    }
}

impl StdError for CredentialsFailure {}
