//! What the compiler says to people who use the crate wrongly or make an error in a spec.
//!
//! `TRYBUILD=overwrite cargo test --test ui` writes the expected texts anew.

use std::error::Error;
use std::io::{self, Write as _};
use std::process::Command;

/// The compiler that wrote the expected texts. Other versions use other words.
const COMPILER: &str = "rustc 1.95.";

#[test]
fn mistakes_are_compile_errors_that_say_where_and_what() -> Result<(), Box<dyn Error>> {
    let version = Command::new("rustc").arg("--version").output()?.stdout;
    if !version.starts_with(COMPILER.as_bytes()) {
        let version = String::from_utf8_lossy(&version);
        // Not with a macro, because the test harness would hide it.
        let message = format!("NOT CHECKED: tests/ui, which needs {COMPILER}x; this is {}\n", version.trim_end());
        io::stderr().write_all(message.as_bytes())?;
        return Ok(());
    }
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/ui/*.rs");
    Ok(())
}
