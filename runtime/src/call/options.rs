//! The options of a single call.

use std::sync::Arc;
use std::time::Duration;

use crate::call::retry_policy::RetryPolicy;
use crate::credentials::provider::ProvideCredentials;
use crate::request::extra::Extra;

/// The options of a single call, which override those of the client.
#[derive(Clone, Debug, Default)]
pub(crate) struct CallOptions {
    pub(crate) retry_policy: Option<RetryPolicy>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) credentials: Option<Arc<dyn ProvideCredentials>>,
    pub(crate) extras: Vec<Extra>,
    pub(crate) region: Option<String>,
    pub(crate) endpoint: Option<String>,
}

/// No options, as in most calls.
pub(super) static NO_OPTIONS: CallOptions = CallOptions {
    retry_policy: None,
    timeout: None,
    credentials: None,
    extras: Vec::new(),
    region: None,
    endpoint: None,
};
