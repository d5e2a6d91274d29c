//! `alicloud`: works on specs from the command line.
//!
//! Each command has a file with its arguments, its help and what it does.

mod call;
mod check;
mod emulate;
mod ending;
mod expand;
mod ops;
mod output;
mod schema;
mod specs;

use std::process::ExitCode;

use alicloud_cli::import;
use clap::{Parser, Subcommand};

/// Works on alicloud specs: checks and lists them, serves and calls them, imports official metadata, shows the Rust they
/// become.
#[derive(Parser)]
#[command(name = "alicloud", version, after_help = AFTER_HELP, arg_required_else_help = true)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Call(Box<call::Arguments>),
    Check(check::Arguments),
    Emulate(emulate::Arguments),
    Expand(expand::Arguments),
    Import(import::Arguments),
    Ops(ops::Arguments),
    Schema(schema::Arguments),
}

const AFTER_HELP: &str = "\
Examples:
  alicloud call iot ResetThing --IotId i                one call of one operation
  alicloud check specs                                  all mistakes, with file, line and column
  alicloud emulate                                      a local gateway that serves the bundled specs
  alicloud expand specs --operation DeleteActivation    the Rust that one operation becomes
  alicloud ops specs                                    a table of all operations
  alicloud import api-docs.json --out specs             official metadata as specs
  alicloud schema --out schema/spec.schema.json         the spec format for editors

Exit codes:
  0  all is well
  1  the specs have mistakes, or a call was refused or not answered
  2  wrong usage, or something cannot be read or written";

fn main() -> ExitCode {
    let ended = match CommandLine::parse_from(call::with_parameters(std::env::args_os())).command {
        Command::Call(arguments) => call::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Emulate(arguments) => emulate::run(arguments),
        Command::Expand(arguments) => expand::run(&arguments),
        Command::Import(arguments) => return import::run(&arguments),
        Command::Ops(arguments) => ops::run(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
    };
    match ended {
        Ok(ending) => ending.into(),
        Err(failure) => {
            output::note(&failure.to_string());
            failure.into()
        }
    }
}
