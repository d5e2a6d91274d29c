//! The transport: the trait that sends requests, and the default HTTP client.

pub(crate) mod connection_settings;
pub(crate) mod http_client;
pub(crate) mod proxies;
pub(crate) mod sending;
pub(crate) mod tls;
