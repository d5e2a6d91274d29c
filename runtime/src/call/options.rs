//! What a caller sets for one call only.

use std::sync::Arc;
use std::time::Duration;

use crate::call::retry_policy::RetryPolicy;
use crate::credentials::provider::ProvideCredentials;
use crate::request::extra::Extra;

/// What a caller wants to be different in one call.
#[derive(Clone, Debug, Default)]
pub(crate) struct CallOptions {
    pub(crate) retry_policy: Option<RetryPolicy>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) credentials: Option<Arc<dyn ProvideCredentials>>,
    pub(crate) extras: Vec<Extra>,
    pub(crate) region: Option<String>,
    pub(crate) endpoint: Option<String>,
}

/// What most callers want to be different.
pub(super) static NOTHING: CallOptions = CallOptions {
    retry_policy: None,
    timeout: None,
    credentials: None,
    extras: Vec::new(),
    region: None,
    endpoint: None,
};
