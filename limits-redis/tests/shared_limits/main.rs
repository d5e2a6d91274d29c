//! Limits that several processes share, in a real server.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test fails by panicking"
)]

mod calls;
mod loss;
mod monitor;
mod server;
mod sharing;
