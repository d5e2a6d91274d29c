//! TLS: rustls with the ring provider, trusting what the operating system trusts.
//!
//! The provider is named here and not installed for the whole process, which is the application's to do.

use std::sync::Arc;

use rustls::{ClientConfig, RootCertStore, crypto};
use rustls_platform_verifier::BuilderVerifierExt as _;

use crate::failure::Failure;

/// The settings of encrypted connections. Where none will be made, as with an emulator on loopback, nothing is read
/// from the operating system, which may have no certificates.
pub(crate) fn settings(encrypted: bool) -> Result<ClientConfig, Failure> {
    let refused = |error: rustls::Error| Failure::configuration(format!("TLS cannot be set up: {error}"));
    let builder = ClientConfig::builder_with_provider(Arc::new(crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(refused)?;
    let builder = if encrypted {
        builder.with_platform_verifier().map_err(refused)?
    } else {
        builder.with_root_certificates(RootCertStore::empty())
    };
    Ok(builder.with_no_client_auth())
}
