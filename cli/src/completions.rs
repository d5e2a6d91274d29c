//! `alicloud completions`: completions for shells, with the names of products, operations, parameters and error codes.
//!
//! The shell calls the program with the words so far, after `--`, and a variable that selects the form of the response. The
//! library completes options and subcommands. Names are added to its description of the command line before that.

use alicloud_catalogue::{Catalogue, Product};
use alicloud_model::{Field, Type};
use clap::builder::PossibleValue;
use clap::{Arg, Args, Command, ValueEnum};
use clap_complete::env::{Bash, CompleteEnv, EnvCompleter, Fish, Powershell, Zsh};

use crate::catalogue::{self, Found};
use crate::ending::{Ending, Failure};
use crate::output::print_bytes;

/// The variable by which a shell asks for completions.
const VARIABLE: &str = "ALICLOUD_COMPLETE";

const AFTER_HELP: &str = "\
The script calls `alicloud` for each completion, so it also knows the operations of a product and the parameters of an operation:
those of the catalogue. Load it in the startup file of your shell.

Examples:
  alicloud completions bash          echo 'source <(alicloud completions bash)' >> ~/.bashrc
  alicloud completions zsh           echo 'source <(alicloud completions zsh)' >> ~/.zshrc
  alicloud completions fish          echo 'alicloud completions fish | source' >> ~/.config/fish/config.fish
  alicloud completions powershell    echo 'alicloud completions powershell | Out-String | Invoke-Expression' >> $PROFILE

Exit codes:
  0  the script was printed
  2  wrong usage";

/// Prints a script that completes commands, operations and parameters in a shell
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Arguments {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

#[derive(Clone, Copy, ValueEnum)]
enum Shell {
    Bash,
    Fish,
    Powershell,
    Zsh,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Ending, Failure> {
    let shell: &dyn EnvCompleter = match arguments.shell {
        Shell::Bash => &Bash,
        Shell::Fish => &Fish,
        Shell::Powershell => &Powershell,
        Shell::Zsh => &Zsh,
    };
    let mut script = Vec::new();
    shell
        .write_registration(VARIABLE, "alicloud", "alicloud", "alicloud", &mut script)
        .map_err(|error| Failure::new(format!("cannot write the script: {error}")))?;
    print_bytes(&script)?;
    Ok(Ending::Fine)
}

/// Completes a command line and ends the program, if a shell requests it.
pub(crate) fn complete(command: impl Fn() -> Command) {
    let words: Vec<String> = std::env::args_os()
        .skip_while(|word| word != "--")
        .skip(2)
        .filter_map(|word| word.into_string().ok())
        .collect();
    CompleteEnv::with_factory(|| with_names(command(), &words)).var(VARIABLE).complete();
}

/// The command with the names that fit the words: those of the command and its arguments.
fn with_names(command: Command, words: &[String]) -> Command {
    let Some((name, words)) = words.split_first() else { return command };
    let Some(subcommand) = command.find_subcommand(name) else { return command };
    let Ok(catalogue) = Catalogue::bundled() else { return command };
    let mut given = positionals(subcommand, words).into_iter();
    if name == "new" {
        given.next();
    }
    let (product, operation) = (given.next(), given.next());
    let version = option(words, "--version");
    let products = || possible(catalogue.products().iter().map(Product::folder));
    command.mut_subcommand(name, |subcommand| match name.as_str() {
        "add" => {
            let operations = operations(product.as_deref(), version);
            named(named(subcommand, "product", products()), "operations", operations)
        }
        "show" | "new" => {
            let operations = operations(product.as_deref(), version);
            named(named(subcommand, "product", products()), "operation", operations)
        }
        "call" => {
            let operations = operations(product.as_deref(), version);
            let subcommand = named(named(subcommand, "product", products()), "operation", operations);
            match (product, operation) {
                (Some(product), Some(operation)) => with_parameters(subcommand, &product, version, &operation),
                _ => subcommand,
            }
        }
        "policy" => named(subcommand, "operations", dotted(words.last().map_or("", String::as_str))),
        "search" | "emulate" => named(subcommand, "product", products()),
        "explain" => {
            let codes = possible(catalogue.error_codes().into_iter().flatten());
            named(named(subcommand, "product", products()), "code", codes)
        }
        _ => subcommand,
    })
}

fn possible<'n>(names: impl Iterator<Item = &'n str>) -> Vec<PossibleValue> {
    // The library requires static texts. The program ends after one completion.
    names.map(|name| PossibleValue::new(leaked(name))).collect()
}

fn leaked(text: &str) -> &'static str {
    Box::leak(Box::from(text))
}

fn named(subcommand: Command, id: &'static str, names: Vec<PossibleValue>) -> Command {
    subcommand.mut_arg(id, |argument| argument.value_parser(names).hide_possible_values(true))
}

/// The operations of a product.
fn operations(product: Option<&str>, version: Option<&str>) -> Vec<PossibleValue> {
    let names = product.and_then(|product| {
        let catalogue = Catalogue::bundled().ok()?;
        let product = catalogue.find(product).ok()?;
        let version = match version {
            Some(version) => product.version(version).ok()?,
            None => product.default_version(),
        };
        Some(possible(catalogue.operations(version).ok()?.map(|operation| operation.name)))
    });
    names.unwrap_or_default()
}

/// The operations as `alicloud policy` takes them: `ecs.` first, then `ecs.DescribeInstances`.
fn dotted(word: &str) -> Vec<PossibleValue> {
    let Some((product, _)) = word.rsplit_once('.') else {
        let products = Catalogue::bundled().map(Catalogue::products).unwrap_or_default();
        return products.iter().map(|product| PossibleValue::new(leaked(&format!("{}.", product.folder())))).collect();
    };
    let (name, version) = match product.split_once('/') {
        Some((name, version)) => (name, Some(version)),
        None => (product, None),
    };
    let names = operations(Some(name), version);
    names.iter().map(|name| PossibleValue::new(leaked(&format!("{product}.{}", name.get_name())))).collect()
}

/// The command with an option for each parameter of an operation.
fn with_parameters(mut subcommand: Command, product: &str, version: Option<&str>, operation: &str) -> Command {
    let Ok(Found { service, operation, .. }) = catalogue::find(product, version, operation) else { return subcommand };
    let parameters = service.operation(&operation).map(|operation| operation.ordered_parameters()).unwrap_or_default();
    for parameter in parameters {
        let field = &parameter.field;
        let is_option = subcommand.get_arguments().any(|known| known.get_long() == Some(&field.name));
        let is_name = field.name.chars().all(|one| one.is_ascii_alphanumeric() || "-_.".contains(one));
        if is_option || !is_name || field.name.starts_with('-') {
            continue;
        }
        subcommand = subcommand.arg(option_of(field));
    }
    subcommand
}

fn option_of(field: &Field) -> Arg {
    let required = if field.required { ", required" } else { "" };
    let argument = Arg::new(leaked(&format!("parameter {}", field.name)))
        .long(leaked(&field.name))
        .help(format!("{}{required}", field.ty.spelling()));
    match &field.ty {
        Type::Boolean => argument.value_parser(possible(["true", "false"].into_iter())),
        _ if !field.values.is_empty() => argument.value_parser(possible(field.values.iter().map(String::as_str))),
        _ => argument,
    }
}

/// The words that are neither options nor values of options.
fn positionals(subcommand: &Command, words: &[String]) -> Vec<String> {
    let takes_value = |name: &str| {
        let known = subcommand.get_arguments().find(|argument| argument.get_long() == Some(name));
        // Others are parameters of an operation.
        known.map_or(name != "help", |argument| argument.get_action().takes_values())
    };
    let mut positionals = Vec::new();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match word.strip_prefix("--") {
            Some(name) if !name.contains('=') && takes_value(name) => drop(words.next()),
            Some(_) => {}
            None if word.starts_with('-') => {}
            None => positionals.push(word.clone()),
        }
    }
    positionals
}

/// The value of an option in the words.
fn option<'w>(words: &'w [String], name: &str) -> Option<&'w str> {
    let at = words.iter().position(|word| word == name)?;
    words.get(at + 1).map(String::as_str)
}
