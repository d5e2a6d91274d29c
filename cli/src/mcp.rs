//! `alicloud mcp`: operations as tools of AI agents, over the Model Context Protocol.

#[cfg(feature = "mcp")]
mod arguments;
#[cfg(feature = "mcp")]
mod calling;
#[cfg(feature = "mcp")]
mod describing;
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
pub(crate) use with_feature::{Arguments, run};
#[cfg(not(feature = "mcp"))]
pub(crate) use without_feature::{Arguments, run};

#[cfg(feature = "mcp")]
mod with_feature {
    use clap::Args;

    use crate::call::Connection;
    use crate::ending::{Ending, Failure};
    use crate::mcp::server;

    const AFTER_HELP: &str = "\
The server has four tools: `search_operations`, `describe_operation`, `call_read_operation` and `call_write_operation`. The
first three change nothing. The last one sends nothing without --allow-writes: it only shows what it would send. With
--allow-writes, it sends if the agent passes `dry_run: false`. An operation counts as a write unless its spec says that it
reads.

Each call is checked against the spec before it is sent. Secret values in responses are replaced with ***. Long lists and
texts are cut, with a count.

Examples:
  alicloud mcp                                                    reads of all products
  alicloud mcp --products ecs,vpc --region cn-hangzhou            reads of two products
  alicloud mcp --products ecs --profile test --allow-writes       also writes, with the AccessKey of a profile
  alicloud mcp --endpoint http://127.0.0.1:8080                   calls `alicloud emulate`, without an account

Clients start the server themselves. Most of them read a configuration such as:

  {\"mcpServers\": {\"alicloud\": {\"command\": \"alicloud\", \"args\": [\"mcp\", \"--products\", \"ecs,vpc\"]}}}

Credentials are found as by `alicloud call`. Restrict them with a RAM policy, too: it also holds for other programs.

Exit codes:
  0  the client closed the connection
  2  wrong usage, an unknown product, or the client did not begin with `initialize`";

    /// Lets AI agents search, describe and call operations, over the Model Context Protocol (MCP)
    #[derive(Args)]
    #[command(after_help = AFTER_HELP)]
    pub(crate) struct Arguments {
        /// Also send writes
        #[arg(long)]
        pub(in crate::mcp) allow_writes: bool,
        /// Only these products, separated by commas, such as `ecs,vpc`; can be repeated [default: all products]
        #[arg(long, value_name = "NAMES", value_delimiter = ',')]
        pub(in crate::mcp) products: Vec<String>,
        #[command(flatten)]
        pub(in crate::mcp) connection: Connection,
    }

    pub(crate) fn run(arguments: Arguments) -> Result<Ending, Failure> {
        server::run(arguments)
    }
}

#[cfg(not(feature = "mcp"))]
mod without_feature {
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
}
