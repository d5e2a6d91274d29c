//! Environment variables. No other file reads them.

use std::env;

/// The value of a variable. As in the official SDKs, an empty variable counts as unset.
pub(crate) fn variable(name: &str) -> Option<String> {
    #[expect(clippy::disallowed_methods, reason = "this is the one place")]
    env::var(name).ok().filter(|value| !value.is_empty())
}
