//! `alicloud new`: a crate that calls one operation.

mod manifest;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use alicloud_cli::import::{self, Writing};
use alicloud_model::{Operation, Service, load_dir};
use clap::Args;

use crate::add::Source;
use crate::ending::{Ending, Failure};
use crate::new_crate::manifest::{check_name, manifest};
use crate::output::print;
use crate::sample_call;
use crate::sdk::Sdk;

/// The variable with the endpoint that the program calls.
const ENDPOINT: &str = "ALICLOUD_ENDPOINT";

const BUILD_SCRIPT: &str = "\
//! Rebuilds the crate when a spec file is added.

fn main() {
    println!(\"cargo::rerun-if-changed=specs\");
}
";

const AFTER_HELP: &str = "\
The crate has its own spec files, from which the macro generates the client. `alicloud add` adds more operations. The program
calls the endpoint in the variable ALICLOUD_ENDPOINT if it is set, such as that of `alicloud emulate`. If the command fails,
nothing has changed.

Examples:
  alicloud new my-app                                    lists ECS instances
  alicloud new my-app vpc DescribeVpcs
  alicloud new my-app rds DescribeDBInstances --version 2014-08-15 --path ../alicloud

Exit codes:
  0  the crate was created
  2  wrong usage, an unknown name, or the folder is not empty or cannot be written; nothing has changed";

/// Creates a crate that calls an operation
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Arguments {
    /// The folder of the crate, which is created
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// The product, such as `ecs`
    #[arg(default_value = "ecs", requires = "operation")]
    product: String,
    /// The operation
    #[arg(default_value = "DescribeInstances")]
    operation: String,
    /// The API version [default: the one with the most documented operations]
    #[arg(long, value_name = "DATE")]
    version: Option<String>,
    /// The name of the crate [default: that of the folder]
    #[arg(long)]
    name: Option<String>,
    /// The folder of the SDK on this machine [default: the one that this program was built from]
    #[arg(long, value_name = "DIR")]
    path: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Ending, Failure> {
    let Arguments { folder, product, operation, version, name, path } = arguments;
    let name = match name {
        Some(name) => name.clone(),
        None => folder_name(folder)?,
    };
    check_name(&name)?;
    check_empty(folder)?;
    let sdk = match path {
        Some(path) => Sdk::at(path)?,
        None => Sdk::find(),
    };
    let source = Source::catalogue(product, version.as_deref())?;
    let operation = source.operation(operation)?;

    // The crate is written to a temporary folder, and moved when it is complete.
    let parent = existing_parent(folder);
    let staging = tempfile::Builder::new()
        .prefix(".alicloud-new-")
        .tempdir_in(&parent)
        .map_err(|error| cannot_write(&parent, &error))?;
    let staged = staging.path().join("crate");
    let written = write(&staged, &name, &source, &operation, &sdk, is_in_workspace(&parent))?;
    put(&staged, folder).map_err(|error| cannot_write(folder, &error))?;
    print(&next_steps(folder, &written, &operation, &sdk))?;
    Ok(Ending::Fine)
}

/// Writes the files of the crate.
fn write(
    folder: &Path,
    name: &str,
    source: &Source,
    operation: &str,
    sdk: &Sdk,
    is_in_workspace: bool,
) -> Result<Service, Failure> {
    let specs = folder.join("specs");
    let failed = |error: io::Error| cannot_write(folder, &error);
    fs::create_dir_all(folder.join("src")).map_err(failed)?;
    fs::create_dir_all(&specs).map_err(failed)?;
    import::add(source.files(), &[operation.to_owned()], &specs, Writing::Files)
        .map_err(|error| Failure::new(error.message()).help(error.help()))?;
    let loaded = load_dir(&specs, "specs", None);
    if let Some(diagnostic) = loaded.diagnostics.first() {
        return Err(Failure::new(format!("the specs of the catalogue have errors:\n{diagnostic}"))
            .help("install the tool again"));
    }
    let found = loaded.services.into_iter().find_map(|service| {
        let operation = service.operation(operation)?.clone();
        Some((service, operation))
    });
    let (service, operation) =
        found.ok_or_else(|| Failure::new(format!("the catalogue's spec of `{operation}` is not there")))?;
    for (path, text) in [
        ("Cargo.toml", manifest(name, sdk, &operation, is_in_workspace)),
        ("build.rs", BUILD_SCRIPT.to_owned()),
        ("src/main.rs", program(&service, &operation)?),
        (".gitignore", "/target\n".to_owned()),
    ] {
        fs::write(folder.join(path), text).map_err(failed)?;
    }
    Ok(service)
}

/// The program that calls the operation.
fn program(service: &Service, operation: &Operation) -> Result<String, Failure> {
    let Service { product, version, .. } = service;
    let region = sample_call::region(service).map(|region| format!(".region({region:?})")).unwrap_or_default();
    let statements = sample_call::formatted(&sample_call::statements(service, operation)?)?;
    let statements: String = statements.lines().map(|line| format!("{}\n", format!("    {line}").trim_end())).collect();
    Ok(format!(
        "//! Calls {name} of {product} {version}.

use alicloud_runtime::{{Config, DefaultCredentials}};

alicloud_macros::generate!(\"specs\");

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {{
    // Finds credentials like the official SDKs: in environment variables, profiles and roles.
    let mut config = Config::new(DefaultCredentials::new()){region};
    // A gateway on this machine, such as that of `alicloud emulate`.
    if let Ok(endpoint) = std::env::var(\"{ENDPOINT}\") {{
        config = config.endpoint(endpoint);
    }}
{statements}    Ok(())
}}
",
        name = operation.name,
    ))
}

fn folder_name(folder: &Path) -> Result<String, Failure> {
    let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let name = absolute.file_name().and_then(|name| name.to_str());
    name.map(str::to_owned).ok_or_else(|| {
        Failure::new(format!("`{}` cannot be the name of a crate", folder.display()))
            .help("give another folder, or a name with `--name`")
    })
}

/// Fails if the folder is not empty.
fn check_empty(folder: &Path) -> Result<(), Failure> {
    let shown = folder.display();
    match fs::read_dir(folder) {
        Ok(mut entries) => match entries.next() {
            None => Ok(()),
            Some(_) => Err(Failure::new(format!("the folder `{shown}` is not empty"))
                .help("give another folder; `alicloud add` adds operations to a crate")),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            Err(Failure::new(format!("`{shown}` is not a folder")).help("give another folder"))
        }
        Err(error) => Err(Failure::new(format!("cannot read `{shown}`: {error}"))),
    }
}

/// The nearest existing parent of the new folder.
fn existing_parent(folder: &Path) -> PathBuf {
    let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    absolute.ancestors().skip(1).find(|path| path.is_dir()).map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}

/// Whether a parent folder has a workspace.
fn is_in_workspace(parent: &Path) -> bool {
    parent.ancestors().any(|folder| folder.join("Cargo.toml").is_file())
}

/// Moves the complete crate to its folder.
fn put(staged: &Path, folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        // It fails unless the folder is still empty.
        fs::remove_dir(folder)?;
    } else if let Some(parent) = folder.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::rename(staged, folder)
}

fn cannot_write(path: &Path, error: &io::Error) -> Failure {
    Failure::new(format!("cannot write `{}`: {error}", path.display()))
        .help("nothing has changed; check the path, its permissions and the space on the disk")
}

fn next_steps(folder: &Path, service: &Service, operation: &str, sdk: &Sdk) -> String {
    let Service { product, version, feature, .. } = service;
    let shown = folder.display();
    let unpublished = match sdk {
        Sdk::Folder(_) => "",
        Sdk::Registry => "\nThe packages of the SDK are not on crates.io: run this again with `--path DIR`.\n",
    };
    format!(
        "created `{shown}`: {product} {version} {operation}

  cd {shown}
  cargo run

Without an account, in two terminals:

  alicloud emulate --product {feature}/{version}
  {ENDPOINT}=http://127.0.0.1:8080 ALIBABA_CLOUD_ACCESS_KEY_ID={id} ALIBABA_CLOUD_ACCESS_KEY_SECRET={secret} cargo run
{unpublished}",
        id = alicloud_emulator::ACCESS_KEY_ID,
        secret = alicloud_emulator::ACCESS_KEY_SECRET,
    )
}
