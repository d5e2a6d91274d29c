//! Code that the benchmarks of `alicloud` share.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a benchmark stops with a message if it fails, and it needs the clock"
)]

pub mod cargo;
pub mod command_line;
pub mod edit;
pub mod facts;
pub mod generated;
pub mod generated_lines;
pub mod instances;
pub mod measured_command;
pub mod measuring;
pub mod metadata;
pub mod scratch;
pub mod signed_request;
pub mod synthetic_api;
pub mod synthetic_crate;
pub mod table;
