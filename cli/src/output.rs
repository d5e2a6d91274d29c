//! Output that survives a closed pipe: `alicloud … | head` must not panic, as `println!` does.

use std::io::{self, ErrorKind, Write as _};

use anstream::AutoStream;
use serde::Serialize;

use crate::ending::Failure;

/// Prints text. A closed pipe is not a failure.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    print_bytes(text.as_bytes())
}

/// Prints bytes that may not be text.
pub(crate) fn print_bytes(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    written(out.write_all(bytes).and_then(|()| out.flush()))
}

fn written(result: io::Result<()>) -> Result<(), Failure> {
    match result {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::new(format!("cannot write to standard output: {error}")))
        }
        _ => Ok(()),
    }
}

/// Prints a text with colours: those of ANSI escape codes, which other outputs than terminals do not get.
pub(crate) fn print_styled(text: &str) -> Result<(), Failure> {
    let mut out = AutoStream::auto(io::stdout().lock());
    written(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
}

/// JSON for scripts, indented for people.
pub(crate) fn json<T: Serialize>(value: &T) -> Result<String, Failure> {
    let text = serde_json::to_string_pretty(value);
    text.map(|text| text + "\n").map_err(|error| Failure::new(format!("cannot write JSON: {error}")))
}

/// Writes a note to standard error.
pub(crate) fn note(text: &str) {
    // If standard error is closed, the note is lost.
    drop(writeln!(io::stderr().lock(), "{text}"));
}

/// `1 error`, `2 errors`.
pub(crate) fn counted(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}
