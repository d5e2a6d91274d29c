//! The command line.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use alicloud_cli::import;

#[derive(Parser)]
#[command(name = "alicloud", version, about = "Works with the operation specs of alicloud.")]
struct Line {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Turns an official API metadata document into spec files
    Import(import::Arguments),
}

fn main() -> ExitCode {
    match Line::parse().command {
        Command::Import(arguments) => import::run(&arguments),
    }
}
