//! The clock and the source of nonces: the only file that reads either.

use std::time::SystemTime;

/// The time now.
pub(crate) fn now() -> SystemTime {
    #[expect(clippy::disallowed_methods, reason = "this is the one place")]
    SystemTime::now()
}

/// A text that no other request has: a random UUID without hyphens.
pub(crate) fn nonce() -> uuid::fmt::Simple {
    uuid::Uuid::new_v4().simple()
}
