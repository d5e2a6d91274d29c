//! The log of calls.

use std::collections::VecDeque;

use crate::calls::packed_call::PackedCall;

/// The maximum number of calls in the log. Older ones are removed, which bounds the memory of a long-running emulator.
const KEPT_CALLS: usize = 10_000;

/// The maximum size of the calls in the log, in bytes.
const KEPT_BYTES: usize = 64 * 1024 * 1024;

/// The latest calls, in order.
#[derive(Default)]
pub(crate) struct CallLog {
    kept: VecDeque<PackedCall>,
    /// The size of the calls, in bytes.
    bytes: usize,
    /// The number of calls since the start.
    count: u64,
}

impl CallLog {
    /// Numbers a call and adds it. Returns its number.
    pub(crate) fn push(&mut self, mut call: PackedCall) -> u64 {
        self.count += 1;
        call.number = self.count;
        self.bytes += call.weight();
        self.kept.push_back(call);
        while self.kept.len() > KEPT_CALLS || self.bytes > KEPT_BYTES {
            let Some(oldest) = self.kept.pop_front() else { break };
            self.bytes -= oldest.weight();
        }
        self.count
    }

    pub(crate) fn all(&self) -> Vec<PackedCall> {
        self.kept.iter().cloned().collect()
    }

    pub(crate) fn take(&mut self) -> Vec<PackedCall> {
        self.bytes = 0;
        std::mem::take(&mut self.kept).into()
    }
}
