//! A running emulator.

use std::fmt;
use std::sync::Arc;

use tokio::task::JoinHandle;

use crate::calls::call::Call;
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
    /// Where it listens: `http://127.0.0.1:<port>`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The AccessKeys that the gateway knows, in order.
    pub fn access_key_ids(&self) -> Vec<&str> {
        self.gateway.access.accounts.ids()
    }

    /// What is served: the versions of products, in order.
    pub fn products(&self) -> Vec<ServedProduct> {
        self.gateway.products()
    }

    /// Answers the operation's next call with this error, which is one that its spec documents or one of the gateway's
    /// own, such as `Throttling.User`. Where the spec's code has a `%s`, give it filled in. A code that stands under
    /// several statuses is answered with the first of them.
    ///
    /// Prepared answers of an operation are given in order, each to one call that passes the gateway's checks. Then
    /// all is as usual again.
    pub fn fail_next(&self, operation: &str, code: &str) -> Result<(), ScriptError> {
        self.respond_next(operation, ScriptedResponse::documented(code))
    }

    /// Gives the operation's next call this answer, in the order that [`Emulator::fail_next`] describes.
    pub fn respond_next(&self, operation: &str, answer: ScriptedResponse) -> Result<(), ScriptError> {
        self.gateway.respond_next(operation, answer)
    }

    /// Makes all as it was at the start: no calls, no used nonces, the answers and things of the scenario.
    pub fn reset(&self) {
        self.gateway.reset();
    }

    /// The calls so far, in order. Of very many, the latest 10,000; of great ones, the latest 64 MiB.
    pub fn calls(&self) -> Vec<Call> {
        self.gateway.calls().into_iter().map(Arc::unwrap_or_clone).collect()
    }

    /// The calls so far, which are then forgotten.
    pub fn take_calls(&self) -> Vec<Call> {
        self.gateway.take_calls().into_iter().map(Arc::unwrap_or_clone).collect()
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
