//! `alicloud`: the command line tool.
//!
//! Each command has a file with its arguments, its help and its code.

mod add;
mod call;
mod catalogue;
mod check;
mod completions;
mod described;
mod emulate;
mod ending;
mod expand;
mod explain;
mod manual;
mod mcp;
mod new_crate;
mod operation_entry;
mod ops;
mod output;
mod policy;
mod sample_call;
mod sample_values;
mod schema;
mod sdk;
mod search;
mod show;
mod specs;
mod terminal;

use std::process::ExitCode;

use alicloud_cli::{import, transcribe};
use clap::{CommandFactory as _, Parser, Subcommand};

use crate::ending::{Ending, Failure};

/// Generate, check, call and emulate Alibaba Cloud APIs from spec files.
#[derive(Parser)]
#[command(name = "alicloud", version, after_help = AFTER_HELP, arg_required_else_help = true)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Add(add::Arguments),
    Call(Box<call::Arguments>),
    Check(check::Arguments),
    Completions(completions::Arguments),
    Emulate(emulate::Arguments),
    Expand(expand::Arguments),
    Explain(explain::Arguments),
    Import(import::Arguments),
    Mcp(mcp::Arguments),
    New(new_crate::Arguments),
    Ops(ops::Arguments),
    Policy(policy::Arguments),
    Schema(schema::Arguments),
    Search(search::Arguments),
    Show(show::Arguments),
    Transcribe(Box<transcribe::Arguments>),
}

const AFTER_HELP: &str = "\
Examples:
  alicloud add ecs DescribeInstances                    adds an operation of the catalogue to your specs
  alicloud new my-app ecs DescribeInstances             creates a crate that calls an operation
  alicloud search security group                        finds operations, parameters and error codes
  alicloud show ecs DescribeInstances                   shows the parameters, response and errors of an operation
  alicloud explain Throttling.User                      explains an error code
  alicloud call iot ResetThing --IotId i                calls one operation
  alicloud check specs                                  shows all errors, with file, line and column
  alicloud completions bash                             completes operations and parameters in a shell
  alicloud emulate                                      serves all products on a local gateway
  alicloud expand specs --operation DeleteActivation    shows the Rust code of one operation
  alicloud ops specs                                    lists all operations
  alicloud mcp --products ecs,vpc                       lets AI agents call operations that read
  alicloud policy --source src                          prints the RAM policy that your program needs
  alicloud import api-docs.json --out specs             converts official metadata to specs
  alicloud schema --out schema/spec.schema.json         writes the spec format for editors
  alicloud transcribe page.md --out specs               drafts a spec from a documentation page

Exit codes:
  0  success
  1  the specs have errors or are outdated, a call failed, or a policy is incomplete
  2  wrong usage, or a file cannot be read or written";

fn main() -> ExitCode {
    completions::complete(CommandLine::command);
    let arguments = call::with_parameters(std::env::args_os());
    // `--help` with an operation shows its parameters.
    let named = call::without_help(&arguments).and_then(|others| CommandLine::try_parse_from(others).ok());
    if let Some(CommandLine { command: Command::Call(named) }) = named {
        return exit_code(call::help(&named));
    }
    exit_code(match CommandLine::parse_from(arguments).command {
        Command::Add(arguments) => add::run(&arguments),
        Command::Call(arguments) => call::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Completions(arguments) => completions::run(&arguments),
        Command::Emulate(arguments) => emulate::run(arguments),
        Command::Expand(arguments) => expand::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Import(arguments) => return import::run(&arguments),
        Command::Mcp(arguments) => mcp::run(arguments),
        Command::New(arguments) => new_crate::run(&arguments),
        Command::Ops(arguments) => ops::run(&arguments),
        Command::Policy(arguments) => policy::run(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
        Command::Search(arguments) => search::run(&arguments),
        Command::Show(arguments) => show::run(&arguments),
        Command::Transcribe(arguments) => return transcribe::run(&arguments, &catalogue::KnownOperations),
    })
}

fn exit_code(ended: Result<Ending, Failure>) -> ExitCode {
    match ended {
        Ok(ending) => ending.into(),
        Err(failure) => {
            output::note(&failure.to_string());
            failure.into()
        }
    }
}
