//! Tests of the SDK and of the repository. They are one program, because every test program links all operations.
//! `../interop/typed_client.rs` is another, because it needs an emulator that a script has started.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod add_a_spec;
mod calls;
mod compiler_messages;
mod exchange;
mod hand_written;
mod layers;
mod lists;
mod pages;
mod presigned_urls;
mod readme;
mod transcription;
mod untyped;
mod waiting;
mod wire;
