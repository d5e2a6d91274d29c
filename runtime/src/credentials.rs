//! Credentials and credentials providers.

pub(crate) mod access_key;
pub(crate) mod provider;
pub(crate) mod refreshing;
