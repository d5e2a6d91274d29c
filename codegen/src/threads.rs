//! Writes operations on several threads.

use std::num::NonZero;
use std::thread;

use alicloud_model::Operation;

/// The minimum number of operations for another thread. With fewer operations, starting a thread costs more than it
/// saves.
const FEWEST_FOR_A_THREAD: usize = 16;

/// The stack size of a thread: as much as the main thread of a program has.
const STACK_BYTES: usize = 8 << 20;

/// Writes the code of all operations, in order, on all processors.
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
            // If the thread could not start or has panicked, its part is written here.
            let written = thread.ok().and_then(|thread| thread.join().ok());
            code.push_str(&written.unwrap_or_else(|| write(part)));
        }
        code
    })
}
