//! TLS, with rustls, the ring crypto provider, and the root certificates of the operating system.
//!
//! The crypto provider is set for each client. Only the application should install one for the whole process.

use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore, crypto, version};
use rustls_platform_verifier::Verifier;

use crate::error::failure::Failure;

/// A version of TLS.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum TlsVersion {
    /// TLS 1.2 (RFC 5246).
    #[default]
    V1_2,
    /// TLS 1.3 (RFC 8446).
    V1_3,
}

/// The TLS settings of a client.
#[derive(Clone, Debug, Default)]
pub(crate) struct TlsSettings {
    pub(crate) minimum: TlsVersion,
    /// Trusted root certificates in addition to those of the operating system, in PEM.
    pub(crate) roots: Vec<Vec<u8>>,
}

impl TlsSettings {
    /// Creates the TLS configuration. For a client of plain HTTP, such as with a local emulator, certificates of the
    /// operating system are not loaded, because there may be none.
    pub(crate) fn client(&self, is_encrypted: bool) -> Result<ClientConfig, Failure> {
        let invalid = |error: rustls::Error| Failure::configuration(format!("TLS cannot be set up: {error}"));
        let provider = Arc::new(crypto::ring::default_provider());
        let versions: &[_] = match self.minimum {
            TlsVersion::V1_2 => &[&version::TLS12, &version::TLS13],
            TlsVersion::V1_3 => &[&version::TLS13],
        };
        let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
            .with_protocol_versions(versions)
            .map_err(invalid)?;
        if !is_encrypted {
            return Ok(builder.with_root_certificates(RootCertStore::empty()).with_no_client_auth());
        }
        let mut roots = Vec::new();
        for pem in &self.roots {
            let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
            match found {
                Ok(found) if !found.is_empty() => roots.extend(found),
                Ok(_) => return Err(unreadable("there is no certificate")),
                Err(error) => return Err(unreadable(&error.to_string())),
            }
        }
        let verifier = Verifier::new_with_extra_roots(roots, provider).map_err(invalid)?;
        Ok(builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier)).with_no_client_auth())
    }
}

fn unreadable(reason: &str) -> Failure {
    Failure::configuration(format!("`Config::root_certificates` expects certificates in PEM: {reason}"))
}
