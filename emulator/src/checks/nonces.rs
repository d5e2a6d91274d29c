//! Which nonces were used.

use std::collections::HashSet;
use std::mem;

use sha2::{Digest, Sha256};

/// How many are kept at least, once there were so many.
const KEPT: usize = 50_000;

/// The nonces of each AccessKey. When there is no room left the older half is forgotten, however young it is, so that memory
/// stays as it is.
pub(crate) struct Nonces {
    /// By their hash: a caller may send nonces of any length.
    recent: HashSet<[u8; 16]>,
    older: HashSet<[u8; 16]>,
}

impl Default for Nonces {
    fn default() -> Self {
        // All the room at once: untouched it costs nothing, and a set that grows holds its old room beside the new one.
        Self { recent: HashSet::with_capacity(KEPT), older: HashSet::with_capacity(KEPT) }
    }
}

impl Nonces {
    pub(crate) fn is_used(&self, access_key: &str, nonce: &str) -> bool {
        let hash = hash(access_key, nonce);
        self.recent.contains(&hash) || self.older.contains(&hash)
    }

    /// Uses a nonce up. `false` where it was used before.
    pub(crate) fn take(&mut self, access_key: &str, nonce: &str) -> bool {
        let hash = hash(access_key, nonce);
        if self.older.contains(&hash) {
            return false;
        }
        if self.recent.len() >= KEPT && !self.recent.contains(&hash) {
            mem::swap(&mut self.recent, &mut self.older);
            self.recent.clear();
        }
        self.recent.insert(hash)
    }
}

fn hash(access_key: &str, nonce: &str) -> [u8; 16] {
    // No header and no AccessKey id has a line break.
    let all = Sha256::new().chain_update(access_key).chain_update("\n").chain_update(nonce).finalize();
    let mut half = [0; 16];
    half.iter_mut().zip(all).for_each(|(byte, hashed)| *byte = hashed);
    half
}
