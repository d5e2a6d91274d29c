//! Tests of the code generator through its public surface, and of the code that it generates. They are one program,
//! because every test program links the generator.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

#[path = "../../../model/tests/suite/bad_cases.rs"]
mod bad_cases;
mod example_values;
// Public, so that the compiler checks that all generated code has documentation.
pub mod generated;
mod golden;
#[path = "../../../model/tests/suite/sources.rs"]
mod sources;
mod specs_with_errors;
