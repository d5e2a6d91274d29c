//! `alicloud mcp` of a program without the feature `mcp`.

use std::ffi::OsString;

use clap::Args;

use crate::ending::{Ending, Failure};

/// Lets AI agents search, describe and call operations, over the Model Context Protocol (not in this build)
#[derive(Args)]
pub(crate) struct Arguments {
    /// Ignored
    #[arg(hide = true, trailing_var_arg = true, allow_hyphen_values = true)]
    rest: Vec<OsString>,
}

pub(crate) fn run(_: Arguments) -> Result<Ending, Failure> {
    Err(Failure::new("this build of `alicloud` has no MCP server")
        .help("install it with the feature: `cargo install --path cli --features mcp`"))
}
