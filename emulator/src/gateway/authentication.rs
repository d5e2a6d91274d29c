//! Checks the account, the time stamp, the nonce and the signature of a call.

use crate::catalog::served_operation::ServedOperation;
use crate::checks::nonces::NonceHash;
use crate::checks::timestamp;
use crate::gateway::state::Gateway;
use crate::gateway_error::{self, GatewayError};
use crate::parameters::common_parameters::{CommonParameters, Signature};
use crate::parameters::query_and_form::Parameters;
use crate::signature::{v1, v3};
use crate::wire::request::WireRequest;

impl Gateway {
    pub(crate) fn authenticate(
        &self,
        request: &WireRequest,
        served: &ServedOperation,
        parameters: &Parameters<'_>,
        common: &CommonParameters<'_>,
    ) -> Result<(), GatewayError> {
        let now = self.now();
        let secret = self.access.accounts.secret_of(common.access_key_id, common.security_token, now)?;
        timestamp::check(mandatory("Timestamp", common.timestamp)?, now)?;
        let access_key_id = mandatory("AccessKeyId", common.access_key_id)?;
        let nonce = common.nonce.map(|nonce| NonceHash::new(access_key_id, nonce));
        if nonce.is_some_and(|nonce| self.state().nonces.is_used(&nonce)) {
            return Err(gateway_error::NONCE_USED.into());
        }
        match &common.signature {
            Signature::V1 { method, version, signature } => {
                if mandatory("SignatureMethod", *method)? != "HMAC-SHA1" {
                    return Err(gateway_error::SIGNATURE_METHOD.into());
                }
                // Signature V1 does not cover paths and bodies.
                if mandatory("SignatureVersion", *version)? != "1.0" || served.is_roa() {
                    return Err(GatewayError::invalid("SignatureVersion"));
                }
                let signature = mandatory("Signature", *signature)?;
                v1::check(&request.method, parameters.signed(), secret, signature)?;
            }
            Signature::V3(authorization) => v3::check(request, parameters.query(), secret, authorization)?,
            Signature::Missing => return Err(GatewayError::missing("Signature")),
        }
        // The nonce is marked as used after the signature check, so that forged requests cannot use up nonces.
        let nonce = nonce.ok_or_else(|| GatewayError::missing("SignatureNonce"))?;
        if !self.state().nonces.take(nonce) {
            return Err(gateway_error::NONCE_USED.into());
        }
        Ok(())
    }
}

fn mandatory<'r>(name: &str, value: Option<&'r str>) -> Result<&'r str, GatewayError> {
    value.ok_or_else(|| GatewayError::missing(name))
}
