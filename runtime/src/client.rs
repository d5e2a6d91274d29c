//! A product's client, without its operations: validates, signs, sends, classifies.

use std::borrow::Cow;
use std::sync::Arc;

use crate::addressing;
use crate::clock;
use crate::config::{Config, Format, SignatureVersion};
use crate::credentials::Credentials;
use crate::endpoint;
use crate::failure::Failure;
use crate::input::Input;
use crate::operation::{Operation, Service};
use crate::outgoing::{Outgoing, Unsigned};
use crate::reply::Reply;
use crate::request_body;
use crate::transport::Transport;
use crate::validation;
use crate::wire_parameters;

/// What every generated client is made of. Clones share connections.
#[derive(Clone, Debug)]
pub struct Client {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    credentials: Credentials,
    format: Format,
    signature_version: SignatureVersion,
    transport: Transport,
}

impl Client {
    /// A client for one product.
    pub fn new(service: &'static Service, config: &Config) -> Result<Self, Failure> {
        config.credentials.check()?;
        if let Some(gateway) = service.gateway {
            return Err(Failure::configuration(format!(
                "{} is behind the gateway {gateway}, which wants a signature of its own that this client does not make",
                service.product
            )));
        }
        let base = endpoint::resolve(service, config.region.as_deref(), config.endpoint.as_deref())?;
        let transport = Transport::new(config, base)?;
        Ok(Self {
            shared: Arc::new(Shared {
                credentials: config.credentials.clone(),
                format: config.format,
                signature_version: config.signature_version,
                transport,
            }),
        })
    }

    pub(crate) async fn send(&self, operation: &'static Operation, input: &Input) -> Result<Reply, Failure> {
        let outgoing = self.prepare(operation, input)?;
        let incoming = self.shared.transport.send(outgoing).await?;
        Ok(Reply::new(incoming))
    }

    /// The request as it would go out now: validated, with a new nonce and the time, signed.
    pub fn prepare(&self, operation: &'static Operation, input: &Input) -> Result<Outgoing, Failure> {
        let violations = validation::violations(operation, input);
        if !violations.is_empty() {
            return Err(Failure::Invalid(violations));
        }
        // V1 adds nine.
        let mut parameters = Vec::with_capacity(operation.parameters.len() + 9);
        wire_parameters::append(input, operation, &mut parameters);
        let shared = &self.shared;
        let host_label = addressing::host_label(&parameters)?;
        let host = match &host_label {
            None => Cow::Borrowed(shared.transport.host()),
            Some(label) => Cow::Owned(format!("{label}.{}", shared.transport.host())),
        };
        let unsigned = Unsigned {
            operation,
            host: &host,
            host_label,
            path: addressing::path(operation, &parameters)?,
            format: shared.format,
            parameters,
            body: request_body::body(operation, input),
        };
        let mut nonce = [0; uuid::fmt::Simple::LENGTH];
        let nonce = clock::nonce().encode_lower(&mut nonce);
        match shared.signature_version {
            SignatureVersion::V1 => unsigned.sign_v1(&shared.credentials, clock::now(), nonce),
            SignatureVersion::V3 => unsigned.sign_v3(&shared.credentials, clock::now(), nonce),
        }
    }
}
