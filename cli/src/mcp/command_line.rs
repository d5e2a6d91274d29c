//! The command line of `alicloud mcp`.

use clap::Args;

use crate::call::Connection;

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
    pub(super) allow_writes: bool,
    /// Only these products, separated by commas, such as `ecs,vpc`; can be repeated [default: all products]
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub(super) products: Vec<String>,
    #[command(flatten)]
    pub(super) connection: Connection,
}
