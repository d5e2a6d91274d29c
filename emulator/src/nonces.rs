//! Which nonces were used.

use std::collections::HashMap;
use std::time::{Duration, SystemTime};

/// How far a time stamp may be from the gateway's clock.
pub(crate) const TOLERANCE: Duration = Duration::from_secs(15 * 60);

const FIRST_CLEARING: usize = 10_000;

/// The nonces of each AccessKey, with the time stamps they came with.
pub(crate) struct Nonces {
    used: HashMap<(String, String), SystemTime>,
    clear_at: usize,
}

impl Default for Nonces {
    fn default() -> Self {
        Self { used: HashMap::new(), clear_at: FIRST_CLEARING }
    }
}

impl Nonces {
    /// Uses a nonce up. `false` where it was used before.
    pub(crate) fn take(&mut self, access_key: &str, nonce: &str, stamp: SystemTime, now: SystemTime) -> bool {
        if self.used.len() >= self.clear_at {
            // What is older is refused for its time stamp.
            self.used.retain(|_, stamp| now.duration_since(*stamp).is_ok_and(|age| age <= TOLERANCE) || *stamp > now);
            self.clear_at = FIRST_CLEARING.max(2 * self.used.len());
        }
        self.used.insert((access_key.to_owned(), nonce.to_owned()), stamp).is_none()
    }
}
