//! Tests of the model through its public surface. They are one program, because every test program links the model.
//! `repository.rs` is another, because the package cannot contain the files that it reads.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod bad;
mod bad_cases;
mod descriptions;
mod good;
mod hostile;
mod naming;
mod nearest;
mod samples;
mod schema;
mod sources;
mod usual_yaml;
