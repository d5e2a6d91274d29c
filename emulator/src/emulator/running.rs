//! A running emulator.

use std::fmt;
use std::sync::Arc;

use tokio::task::JoinHandle;

use crate::calls::call::Call;
use crate::calls::packed_call::PackedCall;
use crate::catalog::served_product::ServedProduct;
use crate::gateway::state::Gateway;
use crate::scenario::script_error::ScriptError;
use crate::scenario::scripted_response::ScriptedResponse;

/// A running emulator. It stops when it is dropped.
pub struct Emulator {
    pub(crate) url: String,
    pub(crate) gateway: Arc<Gateway>,
    pub(crate) server: JoinHandle<()>,
}

impl Emulator {
    /// Returns the URL to send calls to: `http://127.0.0.1:<port>`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Returns the AccessKey IDs of all accounts, sorted.
    pub fn access_key_ids(&self) -> Vec<&str> {
        self.gateway.access.accounts.ids()
    }

    /// Returns the products and versions that are served, sorted.
    pub fn products(&self) -> Vec<ServedProduct> {
        self.gateway.products()
    }

    /// Makes the operation's next call fail with this error code.
    ///
    /// The code is one that the operation's spec documents, or one of the gateway, such as `Throttling.User`. A `%s` in
    /// a documented code must be filled in. If a code is documented with several statuses, the response has the first
    /// one.
    ///
    /// Scripted responses of an operation are used in order, each for one call that passes the checks. After them,
    /// calls succeed again.
    ///
    /// # Errors
    ///
    /// [`ScriptError`] if no spec describes the operation, or if the code is not documented.
    pub fn fail_next(&self, operation: &str, code: &str) -> Result<(), ScriptError> {
        self.respond_next(operation, ScriptedResponse::documented(code))
    }

    /// Scripts the response to the operation's next call, in the order that [`Emulator::fail_next`] describes.
    ///
    /// # Errors
    ///
    /// [`ScriptError`] if no spec describes the operation, if the response cannot be sent, or if there are too many.
    pub fn respond_next(&self, operation: &str, response: ScriptedResponse) -> Result<(), ScriptError> {
        self.gateway.respond_next(operation, response)
    }

    /// Restores the state after the start: no recorded calls, no used nonces, and the responses and resources of the
    /// scenario.
    pub fn reset(&self) {
        self.gateway.reset();
    }

    /// Returns the recorded calls, in order: at most the latest 10,000, with at most 64 MiB.
    pub fn calls(&self) -> Vec<Call> {
        self.gateway.calls().iter().map(PackedCall::unpack).collect()
    }

    /// Returns the recorded calls, and removes them from the log.
    pub fn take_calls(&self) -> Vec<Call> {
        self.gateway.take_calls().iter().map(PackedCall::unpack).collect()
    }
}

impl fmt::Debug for Emulator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Emulator").field("url", &self.url).finish_non_exhaustive()
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        self.server.abort();
    }
}
