//! Credentials, and the providers that a client gets them from.

pub(crate) mod access_key;
pub(crate) mod provider;
pub(crate) mod refreshing;
