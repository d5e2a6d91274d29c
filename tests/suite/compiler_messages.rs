//! The compiler messages for wrong uses of the crate, and for errors in specs.
//!
//! `TRYBUILD=overwrite cargo test -p alicloud --test suite compiler_messages` updates the expected texts.

use std::error::Error;
use std::io::{self, Write as _};
use std::process::Command;

/// The compiler that wrote the expected texts. Other versions write other texts.
const COMPILER: &str = "rustc 1.95.";

#[test]
fn errors_are_reported_by_the_compiler_with_their_locations() -> Result<(), Box<dyn Error>> {
    let version = Command::new("rustc").arg("--version").output()?.stdout;
    if !version.starts_with(COMPILER.as_bytes()) {
        let version = String::from_utf8_lossy(&version);
        // This is not printed with a macro, because the test harness would hide it.
        let message = format!("NOT CHECKED: tests/ui, which needs {COMPILER}x; this is {}\n", version.trim_end());
        io::stderr().write_all(message.as_bytes())?;
        return Ok(());
    }
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/ui/*.rs");
    Ok(())
}
