//! Checks that the policy of an account allows a call.

use crate::catalog::served_operation::ServedOperation;
use crate::gateway::state::Gateway;
use crate::gateway_error::{self, GatewayError};

impl Gateway {
    /// Checks that the account can call the operation. Accounts without a policy can call all of them.
    pub(crate) fn authorize(&self, served: &ServedOperation, access_key_id: Option<&str>) -> Result<(), GatewayError> {
        let Some(policy) = access_key_id.and_then(|id| self.access.accounts.policy(id)) else { return Ok(()) };
        match served.service.ram_action(&served.operation) {
            Some(needed) if policy.allows(&needed.action) => Ok(()),
            Some(needed) => Err(GatewayError { denied_action: Some(needed.action), ..denied(served) }),
            None if policy.allows_everything() => Ok(()),
            // No policy could allow it, and none could be found sufficient.
            None => Err(GatewayError {
                message: format!(
                    "The emulator does not know the RAM action of {}. Add `ram` to its spec, or `ram_code` to \
                     the service.yaml of {} {}.",
                    served.operation.name, served.service.product, served.service.version
                ),
                ..denied(served)
            }),
        }
    }
}

/// The error of this operation for a call that no policy allows: the code that it documents, or else that of most
/// services.
fn denied(served: &ServedOperation) -> GatewayError {
    let usual = if served.is_roa() { gateway_error::NO_PERMISSION } else { gateway_error::FORBIDDEN_RAM };
    let documents = |code: &&str| served.documented_codes().any(|documented| documented == *code);
    let code = [gateway_error::FORBIDDEN_RAM.code, gateway_error::NO_PERMISSION.code].into_iter().find(documents);
    let error = code.and_then(|code| served.error(code)).unwrap_or_else(|| usual.into());
    match error.message.contains("%s") {
        // Only the service knows what it puts there.
        true => GatewayError { message: gateway_error::NO_PERMISSION.message.to_owned(), ..error },
        false => error,
    }
}
