//! Tests of the runtime through its public surface. They are one program, because every test program links the runtime.
//! `memory.rs` is another, because it reads the memory of its whole process.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

#[cfg(feature = "gzip")]
mod connections;
#[cfg(feature = "chain")]
mod credentials;
#[cfg(all(feature = "chain", feature = "test-kit"))]
mod debug;
mod decoding;
mod endpoints;
mod faults;
#[cfg(all(feature = "chain", feature = "gzip"))]
mod fetching;
mod flattening;
mod hostile;
mod json;
#[cfg(feature = "limits")]
mod limits;
#[cfg(all(feature = "tracing", feature = "chain"))]
mod observing;
mod outcomes;
#[cfg(feature = "pagination")]
mod pages;
mod presigned_urls;
mod proxies;
mod requests;
mod responses;
mod retrying;
mod secrets;
mod server;
mod signature;
#[cfg(feature = "blocking")]
mod single_calls;
#[cfg(feature = "test-kit")]
mod test_kit;
mod test_service;
mod transport_double;
#[cfg(feature = "pagination")]
mod waiting;
