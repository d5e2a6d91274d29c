//! A call of an operation with a spec, for commands that send many.

use std::convert::Infallible;

use alicloud_model::Service;
use alicloud_runtime::dynamic::Client;
use alicloud_runtime::{Config, Error, Format, HttpResponse};
use serde_json::{Map, Value};

use crate::call::connection::Connection;
use crate::call::dry_run::Unsent;
use crate::call::failed_call;
use crate::call::parameters::Given;
use crate::call::response_secrets::ResponseSecrets;
use crate::call::spec_operation::{ConvertedOperations, Prepared, Unread};
use crate::call::target::Target;
use crate::described::Described;
use crate::ending::Failure;
use crate::sample_values;

/// A call whose parameters have the types of the spec.
pub(crate) struct SpecCall<'m> {
    described: &'m Described,
    prepared: Prepared,
}

/// The request that a call would send.
pub(crate) struct PlannedRequest {
    pub(crate) method: &'static str,
    /// Without the query, which repeats parameters and has the signature.
    pub(crate) url: String,
    /// The parameters, with stars in place of secrets.
    pub(crate) parameters: Map<String, Value>,
    /// Whether no credentials were found.
    pub(crate) is_without_credentials: bool,
}

/// A body without the values of secret fields.
pub(crate) enum ShownBody {
    /// JSON, and the number of hidden values.
    Json(Value, usize),
    Text(String),
    /// Bytes that are not text, or text in which secrets cannot be found.
    Hidden(&'static str),
}

impl<'m> SpecCall<'m> {
    /// Fails if the spec does not have the parameters, or has them with other types.
    pub(crate) fn new(
        described: &'m Described,
        parameters: Map<String, Value>,
        converted: &mut ConvertedOperations,
    ) -> Result<Self, Failure> {
        let given = Given { texts: Vec::new(), object: parameters, options: Vec::new() };
        let prepared = Prepared::new(&target(described), given, converted)?;
        Ok(Self { described, prepared })
    }

    /// Creates the client of the operation's product.
    pub(crate) fn client(&self, config: &Config) -> Result<Client, Failure> {
        Client::new(self.prepared.operation.service, config).map_err(|failure| failed_call::unsent(&failure))
    }

    /// Checks the request like that of a call, and sends nothing.
    pub(crate) async fn planned(&self, connection: &Connection) -> Result<PlannedRequest, Failure> {
        let unsent = Unsent::new(connection, Format::Json, &self.prepared).await?;
        let mut url = unsent.url()?;
        url.set_query(None);
        Ok(PlannedRequest {
            method: unsent.request.method(),
            url: url.into(),
            parameters: sample_values::json_members(&self.prepared.shown),
            is_without_credentials: unsent.caller.is_made_up,
        })
    }

    /// Sends the request, after it is checked against the spec.
    pub(crate) async fn send(&self, client: &Client) -> Result<HttpResponse, Error<Infallible>> {
        client.send(self.prepared.operation, &self.prepared.input, &mut Unread(self.prepared.response)).await
    }

    /// The report about a call that was sent, or the failure of one that was not.
    pub(crate) fn report(&self, error: &Error<Infallible>) -> Result<String, Failure> {
        let report = failed_call::report(error, &target(self.described), &self.prepared);
        report.ok_or_else(|| failed_call::unsent_call(error.failure()))
    }

    /// The body of a response.
    pub(crate) fn shown(&self, body: &[u8]) -> ShownBody {
        let Described { service: Service { types, .. }, operation, .. } = self.described;
        let secrets = ResponseSecrets::of(types, operation);
        if let Ok(mut json) = serde_json::from_slice(body) {
            let hidden = secrets.hide(&mut json);
            return ShownBody::Json(json, hidden);
        }
        match str::from_utf8(body) {
            Err(_) => ShownBody::Hidden("the body is not text"),
            Ok(_) if secrets.has_any() => ShownBody::Hidden("the body is not JSON, and may have secrets"),
            Ok(text) => ShownBody::Text(text.to_owned()),
        }
    }
}

fn target(described: &Described) -> Target<'_> {
    Target::Described { service: &described.service, operation: &described.operation }
}
