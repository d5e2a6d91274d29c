//! Why there are no credentials.

use std::error::Error as StdError;
use std::fmt;

/// Why a provider has no credentials. For a chain of providers, it contains the failure of each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CredentialsFailure {
    provider: String,
    reason: String,
    tried: Vec<CredentialsFailure>,
}

impl CredentialsFailure {
    /// Creates the failure of a provider. The reason must not contain secrets, because it is shown and logged.
    pub fn new(provider: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { provider: provider.into(), reason: reason.into(), tried: Vec::new() }
    }

    /// Adds the failures of the providers that this provider tried.
    #[must_use]
    pub fn after(mut self, tried: Vec<CredentialsFailure>) -> Self {
        self.tried = tried;
        self
    }

    /// Returns the name of the provider.
    pub fn provider(&self) -> &str {
        &self.provider
    }

    /// Returns the reason.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// Returns the failures of the providers that this provider tried, in their order.
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
