//! The settings of a client that also apply to fetching credentials.

use crate::transport::proxies::Proxies;
use crate::transport::tls::TlsSettings;

/// The proxies and the TLS settings of a [`Config`](crate::Config). A client passes them to its credentials provider with
/// [`ProvideCredentials::connect_with`](crate::ProvideCredentials::connect_with).
#[derive(Clone, Debug, Default)]
pub struct ConnectionSettings {
    pub(crate) proxies: Proxies,
    pub(crate) tls: TlsSettings,
}
