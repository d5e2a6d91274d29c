//! `alicloud mcp`: operations as tools of AI agents, over the Model Context Protocol.

#[cfg(feature = "mcp")]
mod arguments;
#[cfg(feature = "mcp")]
mod calling;
#[cfg(feature = "mcp")]
mod command_line;
#[cfg(feature = "mcp")]
mod describing;
#[cfg(not(feature = "mcp"))]
mod left_out;
#[cfg(feature = "mcp")]
mod operations;
#[cfg(feature = "mcp")]
mod results;
#[cfg(feature = "mcp")]
mod server;
#[cfg(feature = "mcp")]
mod shortening;
#[cfg(feature = "mcp")]
mod tools;

#[cfg(feature = "mcp")]
pub(crate) use crate::mcp::command_line::Arguments;
#[cfg(not(feature = "mcp"))]
pub(crate) use crate::mcp::left_out::{Arguments, run};
#[cfg(feature = "mcp")]
pub(crate) use crate::mcp::server::run;
