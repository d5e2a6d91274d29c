//! `alicloud expand`: the Rust code that specs generate.

use std::path::{Path, PathBuf};

use alicloud_model::{Diagnostic, Loaded, nearest};
use clap::Args;

use crate::ending::{Ending, Failure};
use crate::output::{note, print};
use crate::specs;

/// Shows the Rust code that specs generate, formatted
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Arguments {
    /// The folder with `<product>/<version>/service.yaml`
    specs_dir: PathBuf,
    /// Print only the code of this operation, without the client and the hosts of its product
    #[arg(long, value_name = "NAME")]
    operation: Option<String>,
}

const AFTER_HELP: &str = "\
Examples:
  alicloud expand specs > generated.rs
  alicloud expand specs --operation DeleteActivation

This is the code that `alicloud_macros::generate!` expands to. It depends only on the crate `alicloud-runtime`. With
`--operation`, it is incomplete.

Exit codes:
  0  the code was printed
  1  the specs have errors; the code of the other operations was printed
  2  wrong usage, no such operation, or the folder cannot be read";

pub(crate) fn run(arguments: &Arguments) -> Result<Ending, Failure> {
    let mut loaded = specs::load(&arguments.specs_dir)?;
    if let Some(name) = &arguments.operation {
        let in_the_way = errors_of_operation(&loaded, name);
        if !in_the_way.is_empty() {
            in_the_way.into_iter().for_each(|diagnostic| note(&format!("{diagnostic}\n")));
            return Ok(specs::ending(&loaded, &arguments.specs_dir));
        }
        keep_only(&mut loaded, name)?;
    }
    let mut code = String::new();
    for service in &loaded.services {
        let generated = if arguments.operation.is_some() {
            code.push_str(&format!("// {} {}\n", service.product, service.version));
            alicloud_codegen::operations(service)
        } else {
            alicloud_codegen::service(service)
        };
        let file = syn::parse_file(&generated).map_err(|error| {
            Failure::new(format!("the code of `{}` is not valid Rust: {error}", service.module))
                .help("this is a bug in the generator, not in the specs")
        })?;
        code.push_str(&prettyplease::unparse(&file));
    }
    print(&code)?;
    Ok(specs::ending(&loaded, &arguments.specs_dir))
}

/// The errors that prevent an operation: in its file, or in the types that it may use.
fn errors_of_operation<'l>(loaded: &'l Loaded, name: &str) -> Vec<&'l Diagnostic> {
    if loaded.services.iter().any(|service| service.operation(name).is_some()) {
        return Vec::new();
    }
    let has_stem = |file: &Path, stem: &str| file.file_stem().is_some_and(|own| own == stem);
    let folders: Vec<Option<&Path>> =
        loaded.files.iter().filter(|file| has_stem(file, name)).map(|file| file.parent()).collect();
    let is_in_the_way = |diagnostic: &&Diagnostic| {
        let file = Path::new(&diagnostic.file);
        folders.contains(&file.parent()) && (has_stem(file, name) || has_stem(file, "types"))
    };
    loaded.diagnostics.iter().filter(is_in_the_way).collect()
}

/// Leaves out all other operations, and the products without one of this name.
fn keep_only(loaded: &mut Loaded, name: &str) -> Result<(), Failure> {
    let operations = loaded.services.iter().flat_map(|service| &service.operations);
    let known: Vec<&str> = operations.map(|one| one.name.as_str()).collect();
    if !known.contains(&name) {
        let failure = Failure::new(format!("there is no operation `{name}`"));
        return Err(match nearest(name, known) {
            Some(near) => failure.help(format!("did you mean `{near}`?")),
            None => failure.help("`alicloud ops` lists the operations"),
        });
    }
    for service in &mut loaded.services {
        service.operations.retain(|operation| operation.name == name);
    }
    loaded.services.retain(|service| !service.operations.is_empty());
    Ok(())
}
