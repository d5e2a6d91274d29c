//! The environment: the only file that reads it.

use std::env;

/// The value of a variable. As in the official SDKs an empty one counts as unset.
pub(crate) fn variable(name: &str) -> Option<String> {
    #[expect(clippy::disallowed_methods, reason = "this is the one place")]
    env::var(name).ok().filter(|value| !value.is_empty())
}
