//! The used nonces.

use std::collections::HashSet;
use std::mem;

use sha2::{Digest, Sha256};

/// The minimum number of latest nonces that are stored.
const KEPT: usize = 50_000;

/// The used nonces of each AccessKey. When both halves are full, the older one is cleared, which bounds the memory.
pub(crate) struct Nonces {
    /// Hashes, because nonces can have any length.
    recent: HashSet<[u8; 16]>,
    older: HashSet<[u8; 16]>,
}

impl Default for Nonces {
    fn default() -> Self {
        // Reserved memory costs nothing until it is used. A growing set would need its old and its new memory at the
        // same time.
        Self { recent: HashSet::with_capacity(KEPT), older: HashSet::with_capacity(KEPT) }
    }
}

impl Nonces {
    pub(crate) fn is_used(&self, access_key: &str, nonce: &str) -> bool {
        let hash = hash(access_key, nonce);
        self.recent.contains(&hash) || self.older.contains(&hash)
    }

    /// Marks a nonce as used. Returns `false` if it already was.
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
    // Headers and AccessKey IDs contain no line breaks.
    let all = Sha256::new().chain_update(access_key).chain_update("\n").chain_update(nonce).finalize();
    let mut half = [0; 16];
    half.iter_mut().zip(all).for_each(|(byte, hashed)| *byte = hashed);
    half
}
