//! Tests of the catalogue through its public surface. They are one program, because every test program links its data.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod bundled;
mod damaged;
