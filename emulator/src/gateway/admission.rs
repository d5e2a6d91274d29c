//! Finds the operation of a request, and checks the call.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::Value;

use crate::calls::call::Call;
use crate::catalog::lookup::{Found, OperationQuery};
use crate::catalog::served_operation::ServedOperation;
use crate::checks::requirements;
use crate::gateway::state::Gateway;
use crate::gateway_error::{self, GatewayError};
use crate::parameters::common_parameters::{CommonParameters, are_in_headers, authorization};
use crate::parameters::headers::header_parameters;
use crate::parameters::query_and_form::{CommonIn, Parameters};
use crate::parameters::structure::{RequestParts, Structured, structure};
use crate::wire::request::{MAX_BODY, WireRequest};

impl Gateway {
    /// Fills in the call, and returns its operation if it passes the checks.
    pub(crate) fn admit(&self, request: &WireRequest, call: &mut Call) -> Result<Arc<ServedOperation>, GatewayError> {
        let v3 = authorization(&request.headers)
            .map(Some)
            .or_else(|| are_in_headers(request).then_some(None))
            .map(|found| CommonParameters::of_headers(&request.headers, found));
        // With signature V3, the operation is known before the body is read. The body need not be a form.
        let found = v3.as_ref().map(|common| self.find(request, common));
        let is_form = !matches!(&found, Some(Ok(found)) if found.served.has_body_of_its_own());
        let form = if is_form { request.form() } else { &[] };
        let place = if v3.is_some() { CommonIn::Headers } else { CommonIn::Parameters };
        // If there are too many parameters, the query alone determines the format of the error.
        let query_alone = || Parameters::read(place, &request.query, &[]).unwrap_or_else(|_| Parameters::none(place));
        let (parameters, too_many) = match Parameters::read(place, &request.query, form) {
            Ok(parameters) => (parameters, None),
            Err(error) => (query_alone(), Some(error)),
        };
        let common = v3.unwrap_or_else(|| CommonParameters::of_parameters(&parameters));
        call.format = common.format.clone().unwrap_or_default();
        call.signature = common.signature.version();
        if request.body.is_none() {
            return Err(GatewayError::body_too_large(MAX_BODY));
        }
        if let Some(error) = too_many {
            return Err(error);
        }
        call.version = common.version.unwrap_or_default().to_owned();
        call.operation = common.action.unwrap_or_default().to_owned();
        call.nonce = common.nonce.unwrap_or_default().to_owned();
        call.parameters = parameters.business();
        call.query = parameters.names_in_query();
        call.form = parameters.names_in_form();

        let Found { served, path_parameters, host_label } = found.unwrap_or_else(|| self.find(request, &common))?;
        served.operation.name.clone_into(&mut call.operation);
        call.product.clone_from(&served.service.product);
        call.version.clone_from(&served.service.version);
        call.style = served.operation.style;
        call.names = Some(Arc::clone(&served.names));
        call.headers = header_parameters(&served.operation, &request.headers);
        let path = path_parameters.as_deref().unwrap_or_default();
        call.is_path_sensitive = path.iter().any(|(name, _)| served.names.is_sensitive(name));
        let body = request.body_of_its_own().filter(|_| served.has_body_of_its_own());
        call.body = body.unwrap_or_default().to_owned();
        let parts = RequestParts { parameters: &call.parameters, headers: &call.headers, path, host_label, body };
        let Structured { input, misfits } = structure(&served.operation, &served.service.types, &parts);
        call.input = Value::Object(input);

        if path_parameters.is_none() {
            return Err(gateway_error::UNKNOWN_ACTION.into());
        }
        if !served.accepts(&request.method) {
            return Err(gateway_error::UNSUPPORTED_METHOD.into());
        }
        if let Err(error) = &common.format {
            return Err(error.clone());
        }
        if common.access_key_id.is_some() || !self.access.is_anonymous {
            self.authenticate(request, &served, &parameters, &common)?;
            self.authorize(&served, common.access_key_id)?;
        }
        requirements::check(&served.operation, &served.service.types, &call.input, &misfits)?;
        if let Some(flow) = &mut self.state().flow {
            flow.admit(common.access_key_id.unwrap_or_default(), &served).map_err(GatewayError::throttled)?;
        }
        Ok(served)
    }

    fn find<'r>(&self, request: &'r WireRequest, common: &CommonParameters<'r>) -> Result<Found<'r>, GatewayError> {
        let parameters = || match Parameters::read(CommonIn::Parameters, &request.query, request.form()) {
            Ok(parameters) => &parameters.names_in_query() | &parameters.names_in_form(),
            Err(_) => BTreeSet::new(),
        };
        self.catalog.find(&OperationQuery {
            host: &request.host,
            method: &request.method,
            path: &request.path,
            version: common.version,
            action: common.action,
            parameters: &parameters,
        })
    }
}
