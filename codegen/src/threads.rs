//! Many operations written at once.

use std::num::NonZero;
use std::thread;

use alicloud_model::Operation;

/// Fewer operations than this are written sooner than a thread is started.
const FEWEST_FOR_A_THREAD: usize = 16;

/// The stack of a thread that writes: as much as the main thread of a program has.
const STACK_BYTES: usize = 8 << 20;

/// The code of all operations, one after another, written by all processors.
pub(crate) fn write_each(operations: &[Operation], write_one: impl Fn(&Operation) -> String + Sync) -> String {
    let write = |part: &[Operation]| part.iter().map(&write_one).collect::<String>();
    let processors = thread::available_parallelism().map_or(1, NonZero::get);
    let part = operations.len().div_ceil(processors).max(FEWEST_FOR_A_THREAD);
    let mut parts = operations.chunks(part);
    let own = parts.next().unwrap_or_default();
    thread::scope(|scope| {
        let started: Vec<_> = parts
            .map(|part| (part, thread::Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, || write(part))))
            .collect();
        let mut code = write(own);
        for (part, thread) in started {
            // Where there was no thread to be had, or it went down, the part is written here.
            let written = thread.ok().and_then(|thread| thread.join().ok());
            code.push_str(&written.unwrap_or_else(|| write(part)));
        }
        code
    })
}
