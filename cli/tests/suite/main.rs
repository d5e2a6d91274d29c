//! Tests of the command line tool and its library. They are one program, because every test program links both.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod any_operation;
mod bundled_products_are_fresh;
mod call;
mod call_results;
mod catalogue_is_fresh;
mod commands;
mod completions;
mod emulate;
#[path = "../../../tests/suite/exchange.rs"]
mod exchange;
mod folder;
#[path = "../../../tests/suite/hand_written.rs"]
mod hand_written;
mod hostile_names;
mod import;
mod import_files;
mod import_meaning;
mod import_summaries;
mod import_yaml;
mod imported;
mod imported_calls;
mod imported_specs_check_clean;
mod least_privilege;
#[cfg(feature = "mcp")]
mod mcp;
#[cfg(not(feature = "mcp"))]
mod mcp_left_out;
mod new_crate;
mod official;
mod official_calls;
mod official_specs;
mod policy;
mod program;
mod reference;
mod running;
mod served;
mod spec_text;
mod transcribe;
