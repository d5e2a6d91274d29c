//! The used nonces.

use std::collections::HashSet;
use std::mem;

use sha2::{Digest, Sha256};

/// The minimum number of latest nonces that are stored.
const KEPT: usize = 50_000;

/// The hash of a nonce and its AccessKey ID. Nonces can have any length.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct NonceHash([u8; 16]);

impl NonceHash {
    pub(crate) fn new(access_key_id: &str, nonce: &str) -> Self {
        // Headers and AccessKey IDs contain no line breaks.
        let all = Sha256::new().chain_update(access_key_id).chain_update("\n").chain_update(nonce).finalize();
        let mut half = [0; 16];
        half.iter_mut().zip(all).for_each(|(byte, hashed)| *byte = hashed);
        Self(half)
    }
}

/// The used nonces of each AccessKey. When both halves are full, the older one is cleared, which bounds the memory.
pub(crate) struct Nonces {
    recent: HashSet<NonceHash>,
    older: HashSet<NonceHash>,
}

impl Default for Nonces {
    fn default() -> Self {
        // Reserved memory costs nothing until it is used. A growing set would need its old and its new memory at the
        // same time.
        Self { recent: HashSet::with_capacity(KEPT), older: HashSet::with_capacity(KEPT) }
    }
}

impl Nonces {
    pub(crate) fn is_used(&self, nonce: &NonceHash) -> bool {
        self.recent.contains(nonce) || self.older.contains(nonce)
    }

    /// Marks a nonce as used. Returns `false` if it already was.
    pub(crate) fn take(&mut self, nonce: NonceHash) -> bool {
        if self.older.contains(&nonce) {
            return false;
        }
        if self.recent.len() >= KEPT && !self.recent.contains(&nonce) {
            mem::swap(&mut self.recent, &mut self.older);
            self.recent.clear();
        }
        self.recent.insert(nonce)
    }
}
