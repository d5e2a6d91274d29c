//! Which nonces were used.

use std::collections::HashMap;
use std::time::{Duration, SystemTime};

use sha2::{Digest, Sha256};

/// How far a time stamp may be from the gateway's clock.
pub(crate) const TOLERANCE: Duration = Duration::from_secs(15 * 60);

/// How many are kept; of more, those with the older time stamps are forgotten, so that memory stays bounded.
const MOST: usize = 450_000;

/// The nonces of each AccessKey, with the time stamps they came with.
pub(crate) struct Nonces {
    /// By their hash: a caller may send nonces of any length.
    used: HashMap<[u8; 16], SystemTime>,
}

impl Default for Nonces {
    fn default() -> Self {
        // At once, since a map that grows holds its old room beside the new one; untouched, the room costs nothing.
        Self { used: HashMap::with_capacity(MOST) }
    }
}

impl Nonces {
    pub(crate) fn is_used(&self, access_key: &str, nonce: &str) -> bool {
        self.used.contains_key(&hash(access_key, nonce))
    }

    /// Uses a nonce up. `false` where it was used before.
    pub(crate) fn take(&mut self, access_key: &str, nonce: &str, stamp: SystemTime, now: SystemTime) -> bool {
        if self.used.len() >= MOST {
            self.clear(now);
        }
        self.used.insert(hash(access_key, nonce), stamp).is_none()
    }

    fn clear(&mut self, now: SystemTime) {
        // What is older is refused for its time stamp.
        self.used.retain(|_, stamp| now.duration_since(*stamp).is_ok_and(|age| age <= TOLERANCE) || *stamp > now);
        if self.used.len() > MOST / 2 {
            let mut stamps: Vec<SystemTime> = self.used.values().copied().collect();
            let (_, middle, _) = stamps.select_nth_unstable(MOST / 2);
            let middle = *middle;
            self.used.retain(|_, stamp| *stamp > middle);
        }
    }
}

fn hash(access_key: &str, nonce: &str) -> [u8; 16] {
    // No header and no AccessKey id has a line break.
    let all = Sha256::new().chain_update(access_key).chain_update("\n").chain_update(nonce).finalize();
    let mut half = [0; 16];
    half.iter_mut().zip(all).for_each(|(byte, hashed)| *byte = hashed);
    half
}
