//! A product's client, without its operations: validates, signs, sends, classifies.

use std::borrow::Cow;
use std::sync::Arc;

use crate::clock;
use crate::config::{Config, Format};
use crate::credentials::Credentials;
use crate::endpoint;
use crate::failure::Failure;
use crate::input::Input;
use crate::operation::{Operation, Place, Service};
use crate::reply::Reply;
use crate::signature;
use crate::transport::{Outgoing, Transport};
use crate::validation;
use crate::wire_parameters::{self, WireParameter};

/// What every generated client is made of. Clones share connections.
#[derive(Clone, Debug)]
pub struct Client {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    credentials: Credentials,
    format: Format,
    transport: Transport,
}

impl Client {
    /// A client for one product.
    pub fn new(service: &'static Service, config: &Config) -> Result<Self, Failure> {
        config.credentials.check()?;
        let base = endpoint::resolve(service, config.region.as_deref(), config.endpoint.as_deref())?;
        let transport = Transport::new(config, base)?;
        Ok(Self {
            shared: Arc::new(Shared { credentials: config.credentials.clone(), format: config.format, transport }),
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
        let parameters = self.parameters(operation, input);
        let headers = parameters
            .iter()
            .filter(|parameter| parameter.place == Place::Header)
            .map(|parameter| (parameter.name.to_string(), parameter.value.to_string()))
            .collect();
        let mut nonce = [0; uuid::fmt::Simple::LENGTH];
        let nonce = clock::nonce().encode_lower(&mut nonce);
        let signed = signature::sign(operation.method, parameters, &self.shared.credentials, clock::now(), nonce);
        Ok(Outgoing { method: operation.method, query: signed.query, form: signed.form, headers })
    }

    fn parameters<'a>(&self, operation: &'static Operation, input: &'a Input) -> Vec<WireParameter<'a>> {
        // Three here, six with the signature.
        let mut parameters = Vec::with_capacity(operation.parameters.len() + 9);
        let mut common = |name, value| {
            parameters.push(WireParameter {
                name: Cow::Borrowed(name),
                value: Cow::Borrowed(value),
                place: Place::Query,
            });
        };
        common("Action", operation.name);
        common("Format", self.shared.format.as_str());
        common("Version", operation.service.version);
        wire_parameters::append(input, &operation.parameters, &mut parameters);
        parameters
    }
}
